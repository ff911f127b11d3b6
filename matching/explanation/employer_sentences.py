"""What an employer may read about a candidate: trade, years, skills, licences, and roughly how near.

Needs, limits, wages wished, papers, money and family are never told; neither is a feature that is not listed here.
"""

from matching.explanation.sentence import Sentence

_UNKNOWN = ("điều này", "this")

EMPLOYER_SENTENCES: dict[str, Sentence] = {
    "occupation_exact": Sentence(
        good=("Đã làm đúng nghề này.", "Has done exactly this work."),
        bad=("Chưa làm đúng nghề này; có thể thử việc.", "Has not done exactly this work; a trial is possible."),
        unknown=_UNKNOWN,
    ),
    "occupation_similarity": Sentence(
        good=("Đã làm việc gần với việc này.", "Has done work close to this."),
        bad=(
            "Việc này còn mới với ứng viên; cần kèm lúc đầu.",
            "This work is new to the candidate; needs help at first.",
        ),
        unknown=_UNKNOWN,
    ),
    "trade_years": Sentence(
        good=("Kinh nghiệm: {f.years_band}.", "Experience: {f.years_band}."),
        bad=("Chưa có năm kinh nghiệm trong việc này.", "No years in this work so far."),
        unknown=("số năm kinh nghiệm", "how many years of experience"),
    ),
    "years_against_asked": Sentence(
        good=("Số năm kinh nghiệm đáp ứng yêu cầu.", "The years of experience are what is asked for."),
        bad=("Kinh nghiệm ít hơn yêu cầu; có thể thử việc.", "Fewer years than asked for; a trial is possible."),
        unknown=("số năm kinh nghiệm", "how many years of experience"),
    ),
    "skill_cover": Sentence(
        good=("Có kỹ năng cần thiết: {f.skills_had}.", "Has skills asked for: {f.skills_had}."),
        bad=(
            "Còn thiếu một số kỹ năng đã nêu; có thể học tại chỗ.",
            "Lacks some skills asked for; can learn on the job.",
        ),
        unknown=_UNKNOWN,
    ),
    "licence_used": Sentence(
        good=("Có {f.required}.", "Holds {f.required}."),
        bad=("Chưa có {f.required}.", "Does not hold {f.required}."),
        unknown=_UNKNOWN,
    ),
    "distance_km": Sentence(
        good=("Ở gần nơi làm ({f.distance_band}).", "Lives near the workplace ({f.distance_band})."),
        bad=("Ở xa nơi làm ({f.distance_band}).", "Lives away from the workplace ({f.distance_band})."),
        unknown=_UNKNOWN,
    ),
}
