"""Sentences on trade, wish, skills, need and pay."""

from matching.explanation.sentence import Sentence

WORK_SENTENCES: dict[str, Sentence] = {
    "occupation_exact": Sentence(
        good=("Đã làm đúng nghề này ({f.trade}).", "Has done exactly this work ({f.trade})."),
        bad=(
            "Chưa từng làm đúng nghề {f.work}: hỏi nơi tuyển có nhận người mới không.",
            "Has not done exactly this work ({f.work}): ask whether newcomers are taken.",
        ),
        unknown=("việc này thuộc nghề nào", "which trade this work belongs to"),
    ),
    "occupation_similarity": Sentence(
        good=("Nghề đã làm ({f.trade}) gần với việc này.", "The trade done before ({f.trade}) is close to this work."),
        bad=(
            "Phiếu chưa ghi nghề nào gần với việc này ({f.work}): hỏi thêm, hoặc xem lớp học, nơi có kèm việc.",
            "The survey names no trade close to this work ({f.work}): ask, or look at courses and employers who train.",
        ),
        unknown=("việc này thuộc nghề nào", "which trade this work belongs to"),
    ),
    "trade_years": Sentence(
        good=("Có {f.number} năm làm việc cùng loại.", "Has {f.number} years in this kind of work."),
        bad=(
            "Phiếu chưa ghi năm nào làm việc cùng loại: hỏi thêm, hoặc xin thử việc.",
            "The survey shows no years in this kind of work: ask, or offer a trial.",
        ),
        unknown=("số năm trong nghề: hỏi thêm", "how many years in the trade; ask"),
    ),
    "years_against_asked": Sentence(
        good=(
            "{f.enough_years}.",
            "{f.enough_years}.",
        ),
        bad=(
            "Nơi tuyển muốn {f.asked_years} năm kinh nghiệm, phiếu ghi {f.years}: gọi hỏi trước, xin thử việc.",
            "Wants {f.asked_years} years of experience, the survey shows {f.years}: call first, offer a trial.",
        ),
        unknown=("số năm kinh nghiệm", "how the years of experience compare"),
    ),
    "wish_similarity": Sentence(
        good=("Đúng hướng muốn làm ({f.wish}).", "It is what the person wishes to do ({f.wish})."),
        bad=(
            "Chưa đúng việc mong muốn: hỏi xem có muốn làm tạm không.",
            "It is not the work wished for: ask whether it would do for a while.",
        ),
        unknown=("việc này có hợp mong muốn không", "whether this is the work wished for"),
    ),
    "refused_neighbour": Sentence(
        good=("Không thuộc nhóm nghề đã nói không muốn làm.", "It is not among the trades the person refuses."),
        bad=(
            "Gần với nghề đã nói không muốn làm nữa: hỏi lại trước khi giới thiệu.",
            "It is close to a trade the person no longer wants: ask before proposing it.",
        ),
        unknown=("việc này có gần nghề không muốn làm không", "whether it is close to a trade the person refuses"),
    ),
    "trains_on_job": Sentence(
        good=("Chưa biết việc vẫn được: nơi tuyển kèm tại chỗ.", "No need to know the work: the employer trains."),
        bad=(
            "Nơi tuyển không kèm việc cho người mới: nên học một lớp trước.",
            "The employer does not train newcomers: take a course first.",
        ),
        unknown=("nơi tuyển có kèm việc không", "whether the employer trains"),
    ),
    "skill_cover": Sentence(
        good=("Có kỹ năng nơi tuyển cần: {f.skills_had}.", "Has skills the posting asks for: {f.skills_had}."),
        bad=(
            "Phiếu chưa nhắc đến kỹ năng nơi tuyển cần: {f.skills_lacking}. Hỏi xem đã làm qua chưa.",
            "The survey does not mention skills asked for: {f.skills_lacking}. Ask whether they were ever used.",
        ),
        unknown=("nơi tuyển cần kỹ năng gì", "which skills are asked for"),
    ),
    "skills_missing": Sentence(
        good=("Không thiếu kỹ năng nào nơi tuyển nêu.", "None of the skills asked for is lacking."),
        bad=(
            "Còn thiếu {f.number} kỹ năng nơi tuyển nêu: {f.skills_lacking}. Hỏi nơi tuyển có kèm không.",
            "Lacks {f.number} of the skills asked for: {f.skills_lacking}. Ask whether they can be learnt there.",
        ),
        unknown=("nơi tuyển cần kỹ năng gì", "which skills are asked for"),
    ),
    "need_fit": Sentence(
        good=("{f.answers} điều người này đang cần.", "{f.answers} what the person asks for."),
        bad=(
            "Không phải điều người này đang hỏi: chỉ nêu ra nếu thấy có ích.",
            "It is not what the person asked for: mention it only where it helps.",
        ),
        unknown=("người này cần gì: hỏi thêm", "what the person needs; ask"),
    ),
    "housing_wanted": Sentence(
        good=("Có chỗ ở, đúng điều đang cần.", "Housing is given, which is needed."),
        bad=(
            "Không có chỗ ở: phải tìm nhà trọ gần đó.",
            "No housing is given: a room nearby has to be found.",
        ),
        unknown=("có chỗ ở hay không", "whether housing is given"),
    ),
    "meals_or_housing_wanted": Sentence(
        good=("Có lo cơm hoặc chỗ ở như mong muốn.", "Meals or housing are given, as wished."),
        bad=("Không lo cơm và chỗ ở: hỏi xem có phụ cấp không.", "Neither meals nor housing: ask about an allowance."),
        unknown=("có lo cơm, chỗ ở không", "whether meals or housing are given"),
    ),
    "wage_known": Sentence(
        good=("Lương ghi rõ: {f.wage} một tháng.", "The wage is stated: {f.wage} a month."),
        bad=(
            "Lương không quy ra tháng được (thỏa thuận, ăn chia hoặc khoán): hỏi rõ trước.",
            "The wage cannot be put as a month's (by agreement, share or piece): ask first.",
        ),
        unknown=("mức lương", "the wage"),
    ),
    "wage_to_floor": Sentence(
        good=(
            "Lương tới {f.wage}, trên mức mong muốn {f.floor}.",
            "Pays {f.wage}, above the least wished for ({f.floor}).",
        ),
        bad=(
            "Lương {f.wage}, dưới mức mong muốn {f.floor}: hỏi có thương lượng được không.",
            "Pays {f.wage}, below the least wished for ({f.floor}): ask whether it is negotiable.",
        ),
        unknown=("lương so với mức mong muốn", "how the wage compares with the least wished for"),
    ),
    "wage_to_usual": Sentence(
        good=(
            "Lương {f.wage} một tháng, {f.against_usual}.",
            "Pays {f.wage} a month, {f.against_usual}.",
        ),
        bad=(
            "Lương {f.wage} một tháng, {f.against_usual}: hỏi thêm về tăng ca, phụ cấp.",
            "Pays {f.wage} a month, {f.against_usual}: ask about overtime and allowances.",
        ),
        unknown=("lương so với mức thường thấy", "how the wage compares with what is usual"),
    ),
    "higher_wage_wanted": Sentence(
        good=(
            "Đang muốn lương cao hơn, nơi này trả {f.wage}.",
            "Wishes better pay, and this one pays {f.wage}.",
        ),
        bad=(
            "Đang muốn lương cao hơn nhưng nơi này trả {f.wage}: hỏi có tăng sau thử việc không.",
            "Wishes better pay, but this one pays {f.wage}: ask whether it rises after the trial.",
        ),
        unknown=("lương so với mức thường thấy", "how the wage compares with what is usual"),
    ),
    "daily_pay_wanted": Sentence(
        good=("Trả theo ngày như mong muốn.", "Paid by the day, as wished."),
        bad=("Không trả theo ngày: hỏi có cho ứng lương không.", "Not paid by the day: ask about an advance."),
        unknown=("trả lương theo ngày hay tháng", "whether it is paid by the day"),
    ),
}
