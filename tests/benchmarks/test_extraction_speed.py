"""How fast phrases are found and whole profiles read, beside flashtext, flashtext2 and spaCy's PhraseMatcher.

Every phrase matcher has the dictionary of the release's trades and skills and the same folded texts; that they find
the same is checked first. Beside whole profiles flashtext has the phrases that those are read with: of all fields, not
of trades and skills alone. Peers that are not installed are left out (extra `bench`). Run by `make bench`.
"""

# ruff: noqa: T201

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from matching.domain.survey import Survey
from matching.extraction.finder import PhraseFinder
from matching.extraction.phrases import lexicon_of
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy
from matching.text.fold import fold
from matching.text.syllables import syllables
from tests.benchmarks.engine.report import keep_part, table
from tests.benchmarks.peers import Find, installed_peers
from tests.benchmarks.rounds import interleaved, ratio, summary

GOLD = Path(__file__).parents[1] / "extraction" / "data" / "invented_gold.jsonl"
LOOK_UPS = 5
"""Times flashtext reads the same texts in its turn: one reading is too short to be timed well."""

BATCH = 100
"""Times the answers are repeated for a batch."""

_LOADED = """
import gc, json, os, time
from matching.extraction.survey import SurveyReader
from matching.taxonomy.release import current_taxonomy

def resident():
    gc.collect()
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

before, begun = resident(), time.process_time()
reader = SurveyReader(current_taxonomy())
print(json.dumps({"seconds": time.process_time() - begun, "megabytes": (resident() - before) / 2**20}))
"""


@cache
def answers() -> tuple[str, ...]:
    """Invented answers as typed, some 24 words each."""
    return tuple(json.loads(line)["text"] for line in GOLD.read_text(encoding="utf-8").splitlines())


@cache
def of_forty_words() -> tuple[str, ...]:
    """Answers joined and cut to forty words, as typed."""
    words = ". ".join(text.rstrip(".") for text in answers()).split()
    return tuple(" ".join(words[i : i + 40]) for i in range(0, len(words) - 40, 40))


def folded(texts: tuple[str, ...]) -> list[str]:
    """Texts for matchers: folded words with single spaces."""
    return [" ".join(syllables(text).folded) for text in texts]


@cache
def dictionary() -> tuple[str, ...]:
    taxonomy = current_taxonomy()
    aliases = (*taxonomy.occupations.aliases, *taxonomy.skills.aliases)
    return tuple(dict.fromkeys(" ".join(syllables(alias.phrase).folded) for alias in aliases))


@cache
def dictionary_of_all_fields() -> tuple[str, ...]:
    """All that the profile reader looks for; of phrases with a gap, what stands before and after it."""
    phrases = lexicon_of(current_taxonomy()).phrases()
    return tuple(dict.fromkeys(" ".join(map(fold, words)) for words in phrases))


@cache
def peers() -> dict[str, Find]:
    return installed_peers(dictionary())


@cache
def finder() -> PhraseFinder:
    return PhraseFinder(dictionary())


@cache
def reader() -> SurveyReader:
    return SurveyReader(current_taxonomy())


def read_all(texts: tuple[str, ...]) -> None:
    for text in texts:
        reader().read(Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)))


def read_side_by_side(texts: tuple[str, ...]) -> None:
    surveys = (Survey(person_id="P1", text=text, surveyed_on=date(2026, 11, 2)) for text in texts)
    for _ in reader().read_all(surveys):
        pass


def told(times: Mapping[str, float]) -> str:
    """Return a median with its quartiles."""
    return f"{times['median_us']:.1f} ({times['quartile_low_us']:.1f} to {times['quartile_high_us']:.1f})"


def find_each(find: Find, texts: list[str]) -> None:
    for text in texts:
        find(text)


def equal_texts() -> list[str]:
    """Texts in which all find the same; flashtext2 loses a phrase that begins inside a longer one it gives up."""
    return [text for text in folded(answers()) if all(find(text) == finder().find(text) for find in peers().values())]


def test_all_matchers_find_the_same() -> None:
    """Speed is compared between equals only."""
    texts = folded(answers())
    ours = finder().find_all(texts)
    assert ours == [finder().find(text) for text in texts]
    for name, find in peers().items():
        if name != "flashtext2":
            assert [find(text) for text in texts] == ours, name
    assert len(equal_texts()) >= 0.9 * len(texts)


def test_the_phrase_matcher_beside_its_peers() -> None:
    """A batch at least 10 times as fast as flashtext, text by text at least 2.5 times."""
    if "flashtext" not in peers():
        pytest.skip("flashtext is not installed")
    texts = equal_texts() * BATCH
    runs = {name: lambda find=find: find_each(find, texts) for name, find in peers().items()}
    runs |= {
        "viecgan, a text at a time": lambda: find_each(finder().find, texts),
        "viecgan, a batch": lambda: finder().find_all(texts),
    }
    seconds = interleaved(runs)
    report = summary(seconds, len(texts))
    times = {name: ratio(seconds["flashtext"], taken) for name, taken in seconds.items()}
    page = [
        "## Phrases in texts",
        f"{len(dictionary()):,} phrases (trades and skills by hand, without accents) looked for in "
        f"{len(equal_texts())} answers in which all find the same. Processor time in microseconds an answer.",
        "",
        *table(
            ("matcher", "an answer", "flashtext takes x"), [(n, told(r), f"{times[n]:.1f}") for n, r in report.items()]
        ),
        "",
        "The bars: a batch 10 times as fast as flashtext, a text at a time 2.5 times.",
    ]
    print("\n" + "\n".join(page))
    found = {"texts": len(texts), "phrases": len(dictionary()), "matchers": report, "ratios": times}
    keep_part("phrase_matchers", page=page, found=found)
    assert times["viecgan, a batch"] >= 10
    assert times["viecgan, a text at a time"] >= 2.5


def test_a_whole_profile_beside_one_look_up() -> None:
    """All fields of a 40-word answer in at most 25 flashtext look-ups; at least 1,500 answers a second a core."""
    if "flashtext" not in peers():
        pytest.skip("flashtext is not installed")
    texts, plain = of_forty_words(), folded(of_forty_words())
    look_up = installed_peers(dictionary_of_all_fields(), only="flashtext")["flashtext"]
    seconds = interleaved(
        {
            "flashtext look-up, 40 words": lambda: find_each(look_up, plain * LOOK_UPS),
            "flashtext look-up, trades and skills only": lambda: find_each(peers()["flashtext"], plain * LOOK_UPS),
            "profile, 40 words": lambda: read_all(texts),
            "profile, answers": lambda: read_all(answers()),
            "profile, answers side by side": lambda: read_side_by_side(answers()),
        }
    )
    of_answers = {name: seconds.pop(name) for name in ("profile, answers", "profile, answers side by side")}
    look_ups = {}
    for name in [name for name in seconds if name.startswith("flashtext")]:
        seconds[name] = [one / LOOK_UPS for one in seconds[name]]
        look_ups[name] = ratio(seconds["profile, 40 words"], seconds[name])
    the_same, fewer = look_ups.values()
    report = summary(seconds, len(texts)) | summary(of_answers, len(answers()))
    a_second, side_by_side = (1e6 / report[name]["median_us"] for name in of_answers)
    page = [
        "## Whole profiles",
        f"Every field of {len(texts)} answers of 40 words, beside flashtext look-ups of the same texts with the "
        f"{len(dictionary_of_all_fields()):,} phrases that profiles are read with: in its turn flashtext reads the "
        f"texts {LOOK_UPS} times, the profile reader once. Processor time in microseconds a text.",
        "",
        *table(("", "a text"), [(name, told(r)) for name, r in report.items()]),
        "",
        f"A profile of 40 words takes {the_same:.1f} look-ups (the bar is 25, the aim 18), and {fewer:.1f} of a "
        f"flashtext that looks for the {len(dictionary()):,} trades and skills by hand only; {a_second:,.0f} answers "
        "of some 24 words a second on one core (the bar is 1,500), "
        f"{side_by_side:,.0f} where many are read side by side.",
    ]
    print("\n" + "\n".join(page))
    found = {
        "times": report,
        "look_ups_a_profile": look_ups,
        "answers_a_second": a_second,
        "side_by_side": side_by_side,
    }
    keep_part("profiles", page=page, found=found)
    assert the_same <= 25
    assert a_second >= 1500
    assert side_by_side > a_second


def test_the_loaded_taxonomy_is_small() -> None:
    """The release with its lexicon, spelling index and back-off takes less than 150 MB of a process."""
    process = subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True)
    found = json.loads(process.stdout)
    page = [
        "## The loaded taxonomy",
        f"The release with the lexicon, the spelling index and the back-off of its reader takes "
        f"{found['megabytes']:.0f} MB of a process (the bar is 150) and loads in {found['seconds']:.2f} s of "
        "processor time.",
    ]
    print("\n" + "\n".join(page))
    keep_part("taxonomy", page=page, found=found)
    assert found["megabytes"] < 150
