"""Many keepers at once: nothing is lent twice, and a process that is killed leaves no entry half written."""

from collections.abc import Callable
from pathlib import Path

from service import audit
from service.access import OPERATOR, Actor, Role
from service.operations.funds import LendingAsked, find_fund, lend
from service.privacy import Keys
from service.storage.engine import Database
from service.storage.replies import Reply
from service.storage.store import Store
from tests.service.conftest import World
from tests.service.test_funds import keeper_of, pool_balance
from tests.service.test_kills import run_and_kill
from tests.service.test_referral_races import WRITERS, at_once, written

KEEPER = Actor(user="fund.tratan", role=Role.LENDER)
LOANS = 5

GIVER = """
import sys
from datetime import UTC, date, datetime
from matching.domain.fund import Entry, EntryKind
from matching.domain.offer import Loan
from service import audit
from service.access import OPERATOR
from service.privacy import Keys
from service.storage.engine import Database
from service.storage.rows import OfferStatus

database = Database(sys.argv[1], Keys(b"k" * 32))
database.prepare()
with database.store(OPERATOR, write=True) as store:
    store.offers.record(Loan(offer_id="L", title="x"), None, status=OfferStatus.OPEN, at=datetime.now(UTC))
for i in range(100_000):
    kind = (EntryKind.CONTRIBUTION, EntryKind.LOAN, EntryKind.REPAYMENT)[i % 3]
    entry = Entry(kind=kind, amount_vnd=10, on=date(2026, 11, 23), repays=i if kind is EntryKind.REPAYMENT else None)
    with database.store(OPERATOR, write=True) as store:
        row = store.funds.add("L", entry, at=datetime.now(UTC))
        audit.record(store, "fund", at=datetime.now(UTC))
    print(row.number, flush=True)
"""


def test_sixteen_writers_cannot_lend_more_than_there_is(
    build: Callable[..., World], tmp_path: Path, database_url: str
) -> None:
    """F6, on both databases."""
    world = build(tmp_path, database_url)
    keeper_of(world, balance_vnd=10 * LOANS + 9)
    house = world.house

    def take(_number: int) -> str:
        def write(store: Store) -> Reply:
            lend(store, house, "L1", LendingAsked(amount_vnd=10))
            return Reply(status=201, body=b"lent")

        return written(house, write, actor=KEEPER)

    answers = at_once(take)
    assert (answers.count("lent"), answers.count("refused")) == (LOANS, WRITERS - LOANS)
    found = find_fund(house, KEEPER, "L1", limit=100)
    assert (found.balance_vnd, len(found.entries), pool_balance(world)) == (9, LOANS + 1, 9)


def test_a_killed_writer_leaves_every_entry_whole(tmp_path: Path) -> None:
    """F5: entries, balance, what matchers are told and the audit say the same."""
    url = f"sqlite:///{tmp_path / 'a.db'}"
    acknowledged = run_and_kill(url, "", 0.3, GIVER)
    database = Database(url, Keys(b"k" * 32))
    database.prepare()
    with database.store(OPERATOR) as store:
        entries = store.funds.page("L", limit=100_000)
        audited, _ = audit.verify(store.connection, store.keys)
        told = store.funds.get("L").offer
    database.close()
    assert len(entries) - len(acknowledged) in (0, 1), "one entry may have been kept that nobody was told of"
    assert audited == len(entries) == entries[0].number
    balances = [entry.balance_vnd for entry in reversed(entries)]
    assert balances == [(10, 0, 10)[i % 3] + 10 * (i // 3) for i in range(len(balances))]
    assert told.balance_vnd == balances[-1]  # type: ignore[union-attr]
