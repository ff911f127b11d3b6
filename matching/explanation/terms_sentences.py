"""Sentences on the way, working time, licences, papers, schooling and contract."""

from matching.explanation.sentence import Sentence

TERMS_SENTENCES: dict[str, Sentence] = {
    "distance_km": Sentence(
        good=("Gần nhà, cách khoảng {f.km}.", "Close to home, about {f.km} away."),
        bad=(
            "Cách nhà khoảng {f.km}: hỏi có xe đưa rước hoặc chỗ ở không.",
            "About {f.km} from home: ask about transport or housing.",
        ),
        unknown=("cách nhà bao xa", "how far it is"),
    ),
    "commute_minutes": Sentence(
        good=("Đi lại khoảng {f.minutes} phút ({f.means}).", "About {f.minutes} minutes {f.means}."),
        bad=(
            "Đi lại mất khoảng {f.minutes} phút ({f.means}): tính chuyện đi chung xe hoặc ở trọ.",
            "About {f.minutes} minutes {f.means}: think of sharing a ride or a room.",
        ),
        unknown=("đi lại bằng gì, mất bao lâu", "how the person would travel, and how long"),
    ),
    "housed_away_km": Sentence(
        good=("Có chỗ ở và cách nhà chỉ {f.km}.", "Housing is given, only {f.km} from home."),
        bad=(
            "Có chỗ ở nhưng cách nhà {f.km}: hỏi xem ở lại đó có tiện không.",
            "Housing is given, but {f.km} from home: ask whether living there would do.",
        ),
        unknown=("chỗ ở cách nhà bao xa", "how far the housing is from home"),
    ),
    "same_commune": Sentence(
        good=("Ngay trong xã.", "In the same commune."),
        bad=("Ở xã khác: xem cách đi lại.", "In another commune: look at the way there."),
        unknown=("có cùng xã không", "whether it is in the same commune"),
    ),
    "transport_given": Sentence(
        good=("Có xe đưa rước, quãng đường {f.km}.", "The employer takes people along the {f.km}."),
        bad=(
            "Không có xe đưa rước: hỏi có ai cùng đường để đi chung không.",
            "No transport is given: ask who else goes that way.",
        ),
        unknown=("có xe đưa rước không", "whether transport is given"),
    ),
    "work_at_home": Sentence(
        good=("Có thể làm tại nhà.", "Can be done at home."),
        bad=("Không làm tại nhà được.", "Cannot be done at home."),
        unknown=("có làm tại nhà được không", "whether it can be done at home"),
    ),
    "night_shift": Sentence(
        good=("Không phải làm ca đêm.", "No night shifts."),
        bad=(
            "Có ca đêm: hỏi trước xem có hợp không, hoặc xin ca ngày.",
            "Night shifts: ask first whether they suit, or ask for days.",
        ),
        unknown=("có ca đêm không", "whether there are night shifts"),
    ),
    "night_shift_welcome": Sentence(
        good=("Làm ca đêm được, việc này có ca đêm.", "Nights suit the person, and this work has them."),
        bad=("Làm ca đêm được nhưng việc này chỉ có ca ngày.", "Nights would suit, but this work is by day."),
        unknown=("có ca đêm không", "whether there are night shifts"),
    ),
    "nights_away": Sentence(
        good=("Không phải ngủ xa nhà.", "No nights away from home."),
        bad=(
            "Mỗi chuyến xa nhà {f.number} đêm: bàn với gia đình trước.",
            "{f.number} nights away a trip: talk it over with the family first.",
        ),
        unknown=("có phải ngủ xa nhà không", "whether it means nights away"),
    ),
    "hours_outside_care": Sentence(
        good=("Giờ làm {f.hours} hợp với việc chăm sóc gia đình.", "Hours {f.hours} leave time for the family."),
        bad=(
            "Giờ làm {f.hours}, {f.number} giờ ngoài giờ gửi trẻ: xin ca khác hoặc nhờ người trông.",
            "Hours {f.hours}, {f.number} of them outside care hours: ask for another shift, or find somebody to help.",
        ),
        unknown=("giờ làm", "the working hours"),
    ),
    "part_time_wanted": Sentence(
        good=("Làm bán thời gian như mong muốn.", "Part time, as wished."),
        bad=("Làm cả ngày: hỏi có nhận bán thời gian không.", "Full time: ask whether part time is possible."),
        unknown=("làm cả ngày hay bán thời gian", "whether it is part time"),
    ),
    "licence_used": Sentence(
        good=("Có sẵn giấy tờ nghề cần thiết: {f.required}.", "Holds what is required: {f.required}."),
        bad=("Chưa có {f.required}: xem lớp cấp bằng.", "Does not hold {f.required}: look at courses that lead to it."),
        unknown=("cần bằng cấp gì", "which licence is required"),
    ),
    "papers_needed": Sentence(
        good=("Vào làm được ngay khi còn thiếu giấy tờ.", "Can start while papers are still lacking."),
        bad=(
            "Ký hợp đồng cần căn cước: làm lại giấy tờ trước, cán bộ hướng dẫn.",
            "The contract needs an identity card: renew the papers first, the officer helps.",
        ),
        unknown=("có cần giấy tờ không", "whether papers are needed"),
    ),
    "reading_needed": Sentence(
        good=("Không đòi hỏi học vấn.", "No schooling is asked for."),
        bad=(
            "Nơi nhận muốn học xong lớp {f.grade}, người này đọc viết còn khó: gọi hỏi trước.",
            "Grade {f.grade} is asked for and reading is hard for the person: call first.",
        ),
        unknown=("có cần đọc viết không", "whether reading is needed"),
    ),
    "schooling_gap": Sentence(
        good=("Học vấn đáp ứng yêu cầu.", "The schooling is what is asked for."),
        bad=(
            "Nơi tuyển muốn học xong lớp {f.grade}, còn thiếu {f.number} lớp: gọi hỏi trước.",
            "Grade {f.grade} is asked for, {f.number} more than finished: call first.",
        ),
        unknown=("học vấn so với yêu cầu", "how the schooling compares"),
    ),
    "strain": Sentence(
        good=("Tin tuyển không nêu việc nặng.", "The posting names nothing hard on the body."),
        bad=(
            "Việc phải {f.demands} trong khi sức khỏe cần giữ: hỏi có phần việc nhẹ hơn không.",
            "The work means {f.demands} and health has to be spared: ask about lighter duties.",
        ),
        unknown=("việc nặng hay nhẹ", "how hard the work is on the body"),
    ),
    "stable_contract": Sentence(
        good=("Hợp đồng có thời hạn rõ ràng.", "A contract of stated length."),
        bad=(
            "Việc theo ngày, theo vụ hoặc khoán: hỏi việc kéo dài bao lâu.",
            "By the day, season or piece: ask how long.",
        ),
        unknown=("hình thức hợp đồng", "the form of the contract"),
    ),
    "formal_contract_wanted": Sentence(
        good=("Có hợp đồng như mong muốn.", "A written contract, as wished."),
        bad=(
            "Không có hợp đồng chính thức: hỏi có ký sau thử việc không.",
            "No formal contract: ask about one after a trial.",
        ),
        unknown=("có hợp đồng không", "whether there is a contract"),
    ),
    "seasonal_when_lasting_wanted": Sentence(
        good=("Việc quanh năm như mong muốn.", "Work the year round, as wished."),
        bad=(
            "Việc theo vụ, trong khi muốn làm quanh năm: tính thêm việc lúc hết vụ.",
            "By season, while the year round is wished: plan for the months between.",
        ),
        unknown=("việc có quanh năm không", "whether it is the year round"),
    ),
}
