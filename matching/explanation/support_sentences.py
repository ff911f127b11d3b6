"""Sentences on programmes, loans, and how likely an introduction is to come to something."""

from matching.explanation.sentence import Sentence

SUPPORT_SENTENCES: dict[str, Sentence] = {
    "programme_wished": Sentence(
        good=("Lớp dạy đúng nghề muốn học ({f.wish}).", "Teaches the trade the person wishes ({f.wish})."),
        bad=("Không phải nghề đang muốn học: hỏi lại trước.", "Not the trade wished for: ask first."),
        unknown=("lớp dạy nghề gì", "which trade it teaches"),
    ),
    "programme_builds_on": Sentence(
        good=("Nối tiếp nghề đã làm ({f.trade}).", "Builds on the trade done before ({f.trade})."),
        bad=(
            "Nghề mới, học từ đầu: hỏi xem có thích nghề này không.",
            "A new trade, learnt from the start: ask whether it appeals.",
        ),
        unknown=("lớp dạy nghề gì", "which trade it teaches"),
    ),
    "programme_mastered": Sentence(
        good=("Lớp có điều mới để học.", "There is something new to learn."),
        bad=(
            "Đã vững nghề này ({f.trade}): xem lớp nâng cao hoặc xin việc luôn.",
            "Knows this trade already ({f.trade}): look for an advanced course, or apply for work now.",
        ),
        unknown=("đã vững nghề này chưa", "whether the trade is known already"),
    ),
    "programme_new_skills": Sentence(
        good=("Học thêm: {f.skills_lacking}.", "Adds skills: {f.skills_lacking}."),
        bad=(
            "Những kỹ năng lớp dạy đều đã biết: xem lớp cao hơn.",
            "The skills taught are known already: look for a higher course.",
        ),
        unknown=("lớp dạy kỹ năng gì", "which skills are taught"),
    ),
    "programme_new_licence": Sentence(
        good=("Học xong có {f.gained}.", "Leads to {f.gained}."),
        bad=(
            "Lớp không cấp thêm bằng, chứng chỉ nghề: cần thì xem lớp khác.",
            "Leads to no new licence: look at other courses where one is needed.",
        ),
        unknown=("lớp cấp bằng gì", "which licence it leads to"),
    ),
    "programme_fee": Sentence(
        good=("Học phí: {f.fee}.", "Fee: {f.fee}."),
        bad=(
            "Học phí {f.fee}: hỏi miễn giảm hoặc vay vốn học nghề.",
            "The fee is {f.fee}: ask for a waiver or a training loan.",
        ),
        unknown=("học phí", "the fee"),
    ),
    "fee_without_money": Sentence(
        good=("Không tốn học phí, hợp lúc chưa có vốn.", "No fee, good while money is short."),
        bad=(
            "Học phí {f.fee} trong khi chưa có tiền: hỏi miễn giảm hoặc vay vốn học nghề.",
            "A fee of {f.fee} while money is short: ask for a waiver or a training loan.",
        ),
        unknown=("học phí", "the fee"),
    ),
    "programme_weeks": Sentence(
        good=("Học nhanh, {f.weeks}.", "Short: {f.weeks}."),
        bad=("Học dài, {f.weeks}: tính trước chuyện thu nhập.", "Long: {f.weeks}; plan what to live on."),
        unknown=("học bao lâu", "how long it takes"),
    ),
    "programme_support": Sentence(
        good=("Được hỗ trợ {f.support}.", "Pays {f.support}."),
        bad=("Không có hỗ trợ khi học: hỏi thêm ở xã.", "No support while learning: ask the commune."),
        unknown=("có hỗ trợ gì khi học", "what is paid for learners"),
    ),
    "programme_hours_conflict": Sentence(
        good=("Giờ học không vướng.", "The lessons fit the person's hours."),
        bad=(
            "Giờ học vướng giờ của người này: hỏi lớp khác giờ.",
            "The lessons clash with the person's hours: ask for others.",
        ),
        unknown=("giờ học", "when lessons are"),
    ),
    "loan_amount_fit": Sentence(
        good=("Mức vay đủ cho {f.asked_sum} đang cần.", "Covers the {f.asked_sum} asked for."),
        bad=(
            "Mức vay không khớp với {f.asked_sum} đang cần: bàn lại số tiền hoặc ghép nguồn khác.",
            "Does not fit the {f.asked_sum} asked for: discuss the sum, or add another source.",
        ),
        unknown=("cần vay bao nhiêu: hỏi thêm", "how much is needed; ask"),
    ),
    "loan_purpose_fit": Sentence(
        good=("Vốn dành cho đúng việc định làm ({f.purpose}).", "Meant for the work planned ({f.purpose})."),
        bad=(
            "Vốn dành cho việc khác với việc định làm ({f.purpose}): tìm nguồn khác.",
            "Meant for other work than planned ({f.purpose}): look for another source.",
        ),
        unknown=("vay để làm gì: hỏi thêm", "what the loan is for; ask"),
    ),
    "loan_rate": Sentence(
        good=("Lãi suất {f.number}% một năm.", "Interest {f.number}% a year."),
        bad=("Lãi suất {f.number}% một năm: so với nguồn khác trước.", "Interest {f.number}% a year: compare first."),
        unknown=("lãi suất", "the interest"),
    ),
    "seats_left": Sentence(
        good=("Còn nhiều chỗ ({f.number}).", "Several places are left ({f.number})."),
        bad=("Chỉ còn {f.number} chỗ: nên gọi sớm.", "Few places are left ({f.number}): call soon."),
        unknown=("còn bao nhiêu chỗ", "how many places are left"),
    ),
    "days_to_close": Sentence(
        good=("Còn {f.number} ngày để nộp.", "{f.number} days are left to apply."),
        bad=("Sắp hết hạn ({f.closes}): gọi ngay.", "Closes soon ({f.closes}): call now."),
        unknown=("hạn nộp", "the last day to apply"),
    ),
    "fair_chance_pledge": Sentence(
        good=("Nơi tuyển đã cam kết xét theo tay nghề.", "The employer has promised to look at the work first."),
        bad=(
            "Nơi tuyển chưa cam kết: cán bộ gọi trước.",
            "The employer has made no such promise: the officer calls first.",
        ),
        unknown=("nơi tuyển có cam kết không", "whether the employer made a promise"),
    ),
    "response_rate": Sentence(
        good=("Nơi tuyển thường trả lời.", "The employer mostly answers."),
        bad=(
            "Nơi tuyển ít khi trả lời: gọi thẳng thay vì gửi.",
            "The employer seldom answers: call instead of writing.",
        ),
        unknown=("nơi tuyển có hay trả lời không", "how the employer answers"),
    ),
    "record_clause": Sentence(
        good=("Tin tuyển không đòi hỏi gì về lý lịch.", "The posting asks nothing about background."),
        bad=(
            "Tin tuyển có yêu cầu về lý lịch: cán bộ gọi hỏi trước.",
            "The posting asks about background: the officer calls first.",
        ),
        unknown=("tin tuyển có hỏi lý lịch không", "whether background is asked about"),
    ),
}
