"""Which programme would open which offers: the same rules, asked again as if the person had finished it.

Nothing is inferred from the words of a verdict. The person gets what the programme awards (its licences with all they
cover, and enrolment), every rule is asked again, and what passes then and did not before is what the programme opens.
Skills that are taught open nothing: no rule asks for skills.
"""

from dataclasses import replace

import numpy as np

from matching.domain.bits import members_of, positions
from matching.domain.match import Unlock
from matching.domain.offer import Programme
from matching.domain.vocabulary import LicenceCode, OfferKind
from matching.explanation.facts import weeks
from matching.pool.pairs import Pairs
from matching.pool.people import BoolArray, FloatArray, IntArray, People
from matching.rules import passes
from matching.rules.words import listed
from matching.search import Found
from matching.taxonomy.licences import Licences

_OPENING = positions(OfferKind)[OfferKind.OPENING]
_PROGRAMME = positions(OfferKind)[OfferKind.PROGRAMME]
_LOAN = positions(OfferKind)[OfferKind.LOAN]

_WEEKS_A_MONTH = 52 / 12


def unlocks(found: Found, n: int, licences: Licences) -> list[tuple[Unlock, ...]]:
    """Return what each of *n* people could open by a programme that they may take, what opens most first.

    Parameters
    ----------
    found : Found
        What a search per person judged: programmes that pass today, and what fails.
    n : int
        Number of people asked for.
    licences : Licences
        What each licence covers.
    """
    is_key = found.eligible.offers.kind[found.eligible.offer] == _PROGRAMME
    keys, keys_of = found.eligible.where(is_key), found.eligible_of[is_key]
    is_locked = _could_open(found.excluded)
    locked, locked_of = found.excluded.where(is_locked), found.excluded_of[is_locked]
    gained = _gained(keys, licences)
    alike, like = _alike(keys_of, gained, keys.offers.weeks[keys.offer])
    key, lock = _meet(keys_of[alike], locked_of, n)
    helps = _could_help(locked.where(lock), gained[alike[key]])
    key, lock = key[helps], lock[helps]
    used, person = np.unique(key, return_inverse=True)
    then = _afterwards(keys.where(alike[used]), gained[alike[used]])
    opened = passes(replace(locked, people=then, person=person, offer=locked.offer[lock]))
    opens = _by_key(key[opened], locked.offer[lock[opened]])
    return _told(keys, keys_of, [opens.get(i, _NOTHING) for i in like.tolist()], n, licences)


_NOTHING = np.zeros(0, dtype=np.int64)


def _could_open(pairs: Pairs) -> BoolArray:
    """Say which excluded pairs a licence or an enrolment touches at all; rules read these columns for no others."""
    kind = pairs.offers.kind[pairs.offer]
    lacking = pairs.offers.licences_required[pairs.offer] & ~pairs.people.licences[pairs.person]
    return np.asarray(((kind == _OPENING) & (lacking != 0)) | ((kind == _LOAN) & ~pairs.people.enrolled[pairs.person]))


def _could_help(pairs: Pairs, gained: IntArray) -> BoolArray:
    """Say where a programme gives every licence that lacks (a loan needs the enrolment only)."""
    lacking = pairs.offers.licences_required[pairs.offer] & ~pairs.people.licences[pairs.person] & ~gained
    return np.asarray(lacking == 0)


def _alike(keys_of: IntArray, gained: IntArray, weeks: FloatArray) -> tuple[IntArray, IntArray]:
    """Return one key of each sort that gives the same person the same, and the sort of each key."""
    sorts = np.stack((keys_of, gained, np.nan_to_num(_months(weeks), nan=-1).astype(np.int64)), axis=1)
    _, first, like = np.unique(sorts, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    position = np.empty_like(order)
    position[order] = np.arange(len(order))
    return first[order], position[like.reshape(-1)]


def _months(weeks: FloatArray) -> FloatArray:
    """Return begun months of a programme, as enrolments are counted."""
    return np.asarray(np.ceil(weeks / _WEEKS_A_MONTH))


def _gained(keys: Pairs, licences: Licences) -> IntArray:
    """Return the mask of licences each programme gives, with all they cover, (n_keys,)."""
    awarded = keys.offers.licences_awarded[keys.offer]
    masks, at = np.unique(awarded, return_inverse=True)
    covered = np.array([licences.satisfied_by(mask) for mask in masks.tolist()], dtype=np.int64)
    return covered[at] if len(covered) else np.zeros(0, dtype=np.int64)


def _meet(keys_of: IntArray, locked_of: IntArray, n: int) -> tuple[IntArray, IntArray]:
    """Return every key with every lock of the same person, as two index arrays."""
    sizes = np.bincount(locked_of, minlength=n)
    starts = np.cumsum(sizes) - sizes
    counts = sizes[keys_of]
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    return np.repeat(np.arange(len(keys_of)), counts), np.repeat(starts[keys_of], counts) + within


def _afterwards(keys: Pairs, gained: IntArray) -> People:
    """Return the people as they would be with what their programme gives, one row a key."""
    people = keys.people.take(keys.person)
    months = np.where(people.enrolled, people.training_months, _months(keys.offers.weeks[keys.offer]))
    return replace(
        people,
        licences=people.licences | gained,
        licences_expired=people.licences_expired & ~gained,
        licences_lost=people.licences_lost & ~gained,
        licences_in_progress=people.licences_in_progress & ~gained,
        enrolled=np.ones(len(people), dtype=bool),
        training_months=months.astype(people.training_months.dtype),
    )


def _by_key(key: IntArray, offer: IntArray) -> dict[int, IntArray]:
    """Return the offers of each key that opens any."""
    order = np.argsort(key, kind="stable")
    keys, starts = np.unique(key[order], return_index=True)
    return dict(zip(keys.tolist(), np.split(offer[order], starts[1:]), strict=False))


def _told(
    keys: Pairs, keys_of: IntArray, opens: list[IntArray], n: int, licences: Licences
) -> list[tuple[Unlock, ...]]:
    """Return the sentences, by person."""
    found: list[list[Unlock]] = [[] for _ in range(n)]
    for row, offers in enumerate(opens):
        if len(offers):
            found[keys_of[row]].append(_unlock(keys, row, offers, licences))
    return [tuple(sorted(its, key=lambda u: (-len(u.opens), u.offer_id))) for its in found]


def _unlock(keys: Pairs, row: int, offers: IntArray, licences: Licences) -> Unlock:
    record = keys.offers.records[keys.offer[row]]
    held = int(keys.people.licences[keys.person[row]])
    new = members_of(int(keys.offers.licences_awarded[keys.offer[row]]) & ~held, LicenceCode)
    length = record.weeks if isinstance(record, Programme) else None
    after_vi, after_en = ("", "") if length is None else (f" ({w})" for w in weeks(length))
    gains_vi = f", có {listed([licences.names_vi[c] for c in new], 'và')}" if new else ""
    gains_en = f", with {listed([licences.names_en[c] for c in new], 'and')}" if new else ""
    loans = int((keys.offers.kind[offers] == _LOAN).sum())
    jobs = len(offers) - loans
    counts_vi = listed([f"{n} {word}" for n, word in ((jobs, "việc"), (loans, "nguồn vốn")) if n], "và")
    counts_en = listed([_counted(n, word) for n, word in ((jobs, "opening"), (loans, "loan")) if n], "and")
    return Unlock(
        offer_id=record.offer_id,
        opens=tuple(sorted(keys.offers.ids[i] for i in offers.tolist())),
        text_vi=f"Học lớp “{record.title}”{after_vi}{gains_vi}: mở thêm {counts_vi}.",
        text_en=f"Taking “{record.title}”{after_en}{gains_en} opens {counts_en}.",
    )


def _counted(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"
