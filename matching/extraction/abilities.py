"""Which skills are told as skills: what somebody says they can, beside what every one of their trade does."""

from matching.extraction.lexicon import Hit
from matching.extraction.reading import Reading

_OF_NO_TRADE = frozenset(
    {
        "chinese_basic", "computer_basic", "english_basic", "excel", "interpreting", "japanese_basic", "korean_basic",
        "livestream", "minority_language", "russian_basic", "team_lead", "work_at_height",
    }
)  # fmt: skip
"""Skills that no trade has of itself: to name one is to have it."""

_BY_MACHINE = ("sew_", "weld_")
"""How the codes begin that tell which machine or rod somebody of a trade works with."""

SOUGHT = frozenset(
    {
        "bricklaying", "camera_install", "cooking_banquet", "cooking_seafood", "df_pruning", "door_assembly",
        "engine_repair", "mixing_drinks", "plastering", "pump_repair", "spraying", "squid_jigging", "tile_laying",
        "trawl", "water_management",
    }
)  # fmt: skip
"""Tasks by whose name people are hired and taught: who does one of them has it, also where it is all their trade."""

_KNOWS = frozenset({"biet", "bit", "bik", "thao", "ranh", "gioi", "kheo", "quen", "sanh"})
"""Words that tell of skill for a whole list: "biết câu mực, kéo lưới", "chong đèn, vuốt tai biết hết"."""
_LIST = 10
"""Syllables of a list to each side."""

_ABLE = frozenset({"duoc", "dc", "dep", "het", "noi", "cung", "deu"})
"""Words that tell of skill right after what somebody can: "xây tô được"."""
_AFTER = 2

_PAPERS = ("licence", "licence_head")
_WAY = "way"
"""Code of the words that come before many papers and other things too: "học", "thi"."""

_LEARNT = "hoc"
_OF_SKILLS = "skill"


def is_told(reading: Reading, skill: Hit) -> bool:
    """Whether a phrase tells a skill of its own: it belongs to no trade, or words of knowing stand beside it.

    What a trade does anyway is no skill beside it ("thợ sơn nước, trét bột 6 năm"), unless people are hired for it by
    its name, nor is what a paper is for.
    """
    named = skill.code in _OF_NO_TRADE or skill.code in SOUGHT or skill.code.startswith(_BY_MACHINE)
    told = named or _is_known(reading, skill)
    return told and not _names_a_paper(reading, skill)


def _names_a_paper(reading: Reading, skill: Hit) -> bool:
    return any(
        paper.overlaps(skill) or paper.stop == skill.first
        for paper in reading.layers(*_PAPERS)
        if paper.first < skill.first and paper.code != _WAY
    )


def _is_known(reading: Reading, skill: Hit) -> bool:
    """Whether a word of knowing stands in its list, or one of being able right behind it; years are no ability."""
    folded = reading.text.folded
    header = reading.header_over(skill.first)
    if folded[skill.first - 1] == _LEARNT or (header is not None and header.code == _OF_SKILLS):
        return True
    begin, stop = reading.sentence_bounds(skill.first)
    for i in reading.where(_KNOWS):
        if max(begin, skill.first - _LIST) <= i < min(stop, skill.stop + _LIST) and not reading.negated(i):
            return True
    end = min(skill.stop + _AFTER, reading.clause_bounds(skill.first)[1])
    for i in range(skill.stop, end):
        if folded[i] in _ABLE and not (i + 1 < len(folded) and folded[i + 1].isdigit()):
            return True
    return False
