"""The tables, as they are after the newest migration.

Instants are ISO 8601 text in UTC, records are JSON text: both read the same in every database.
A person's row key is random and never leaves the service; `person_id` is unique within its commune only,
so that recording somebody never tells whether another commune knows the same id.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Facts about the database itself: the secret's fingerprint, whether samples were loaded."""

versions = Table(
    "versions",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Integer, nullable=False),
)
"""Counters that go up with every change of the people or the offers; caches compare them."""

users = Table(
    "users",
    metadata,
    Column("user", String(80), primary_key=True),
    Column("password_hash", Text, nullable=False),
    Column("role", String(20), nullable=False),
    Column("communes", Text, nullable=False),
    Column("disabled_at", String(32)),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("user", String(80), ForeignKey("users.user", ondelete="CASCADE"), nullable=False),
    Column("expires_at", String(32), nullable=False),
)

wrong_passwords = Table(
    "wrong_passwords",
    metadata,
    Column("counted", String(32), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Index("wrong_passwords_by_time", "at"),
)
"""Wrong passwords in a row under one name, from one network or from anywhere: `counted` is a keyed digest of which,
`at` when the last one was given."""

known_origins = Table(
    "known_origins",
    metadata,
    Column("origin", String(32), primary_key=True),
    Column("user", String(80), ForeignKey("users.user", ondelete="CASCADE"), nullable=False),
    Column("at", String(32), nullable=False),
)
"""Networks from which users signed in of late, each as a keyed digest of user and network."""

people = Table(
    "people",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("person_id", String(80), nullable=False),
    Column("commune", String(10), nullable=False),
    Column("surveyed_on", String(10), nullable=False),
    Column("agreed_to_be_shown", Boolean, nullable=False),
    Column("survey", Text, nullable=False),
    Column("survey_sha256", String(64), nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("recorded_by", String(80), nullable=False),
    UniqueConstraint("commune", "person_id"),
    Index("people_by_commune", "commune", "surveyed_on"),
    Index("people_agreed", "agreed_to_be_shown"),
)
"""One row a person; the survey without what is restricted."""

restricted = Table(
    "restricted",
    metadata,
    Column("person_key", String(32), ForeignKey("people.key", ondelete="CASCADE"), primary_key=True),
    Column("body", Text, nullable=False),
)
"""Category and date of completion: read for loan rules and by the person's own officer, by nobody else."""

profiles = Table(
    "profiles",
    metadata,
    Column("person_key", String(32), ForeignKey("people.key", ondelete="CASCADE"), primary_key=True),
    Column("taxonomy_release", String(40), nullable=False),
    Column("taxonomy_sha256", String(64), nullable=False),
    Column("as_read", Text, nullable=False),
    Column("profile", Text, nullable=False),
    Column("corrections", Integer, nullable=False),
)
"""What was read from the survey, and the same with the officer's corrections (how many versions there are)."""

corrections = Table(
    "corrections",
    metadata,
    Column("person_key", String(32), ForeignKey("people.key", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
    Column("body", Text, nullable=False),
    Column("undone_in", Integer),
)

lexicon = Table(
    "lexicon",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
    Column("verdict", String(10), nullable=False),
    Column("phrase", String(200), nullable=False),
    Column("code", String(10)),
    Column("region", String(20)),
    Column("undone_in", Integer),
)
"""What became of phrases that no alias read; verdict: accepted, rejected or undone. No person is named."""

offers = Table(
    "offers",
    metadata,
    Column("offer_id", String(80), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("owner", String(80), nullable=False),
    Column("status", String(10), nullable=False),
    Column("offer", Text, nullable=False),
    Column("posting_read", Text),
    Column("recorded_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("changed_in", Integer, nullable=False, server_default="0"),
    Index("offers_by_owner", "owner", "kind"),
    Index("offers_by_change", "changed_in"),
)
"""Status: open, held (the posting breaks the law) or closed; `posting_read` for openings only; `changed_in` is the
value of the counter "offers" after the row was last written."""

audit = Table(
    "audit",
    metadata,
    Column("entry", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("actor", String(80), nullable=False),
    Column("role", String(20), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subjects", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
)

audit_subjects = Table(
    "audit_subjects",
    metadata,
    Column("subject", String(32), primary_key=True),
    Column("entry", Integer, ForeignKey("audit.entry"), primary_key=True),
)
"""Index of the entries about one pseudonym; the chain itself holds the truth."""

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("seal", String(64), nullable=False),
    Column("mark", String(64), nullable=False),
)
"""How long the chain is, sealed, so that a cut tail is seen."""

idempotency = Table(
    "idempotency",
    metadata,
    Column("user", String(80), primary_key=True),
    Column("key", String(200), primary_key=True),
    Column("request_sha256", String(64), nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("person_key", String(32), ForeignKey("people.key", ondelete="CASCADE")),
    Column("at", String(32), nullable=False),
)
"""Answers already given, so that the same write sent twice is done once."""

referrals = Table(
    "referrals",
    metadata,
    Column("referral_id", String(32), primary_key=True),
    Column("person_key", String(32), ForeignKey("people.key", ondelete="CASCADE"), nullable=False),
    Column("offer_id", String(80), ForeignKey("offers.offer_id"), nullable=False),
    Column("status", String(12), nullable=False),
    Column("steps", Integer, nullable=False),
    Column("model", String(80)),
    Column("features", Text),
    Column("asked_at", String(32)),
    Column("consent", Text),
    Column("shares", Text),
    Column("until", String(10)),
    Column("recorded_at", String(32), nullable=False),
    Column("changed_at", String(32), nullable=False),
    Column("ended_at", String(32)),
    Index("referrals_by_person", "person_key"),
    Index("referrals_by_offer", "offer_id", "status"),
)
"""One row for each time a person was put forward for an offer; `model` ranked it (null: an employer asked), `features`
is what a model may see of the pair, from which outcomes are learnt (null: not known, or a loan), `asked_at` is when the
employer asked to meet the person, `shares` is emptied when the referral ends."""

Index(
    "one_referral_stands",
    referrals.c.person_key,
    referrals.c.offer_id,
    unique=True,
    sqlite_where=referrals.c.ended_at.is_(None),
    postgresql_where=referrals.c.ended_at.is_(None),
)
"""Of one person and one offer, one referral at a time."""

referral_steps = Table(
    "referral_steps",
    metadata,
    Column("referral_id", String(32), ForeignKey("referrals.referral_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", String(12), nullable=False),
    Column("on", String(10), nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
    Column("declined_by", String(10)),
    Column("reason", Text),
)
"""Every step of every referral, from which outcomes are learnt: `on` is the day on which it happened, `at` when it was
written down."""

fund_entries = Table(
    "fund_entries",
    metadata,
    Column("fund", String(80), ForeignKey("offers.offer_id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), nullable=False),
    Column("amount_vnd", BigInteger, CheckConstraint("amount_vnd > 0"), nullable=False),
    Column("balance_vnd", BigInteger, CheckConstraint("balance_vnd >= 0"), nullable=False),
    Column("on", String(10), nullable=False),
    Column("at", String(32), nullable=False),
    Column("by", String(80), nullable=False),
    Column("receipt", String(40)),
    Column("repays", Integer),
    Column("takes_back", Integer),
    ForeignKeyConstraint(["fund", "repays"], ["fund_entries.fund", "fund_entries.number"]),
    Index("taken_back_once", "fund", "takes_back", unique=True),
)
"""The ledgers of funds, a row for each entry; rows are only ever added. `balance_vnd` is what the fund holds after it,
`repays` the number of the loan that came back, `takes_back` that of an entry written by mistake, `on` the day the money
changed hands, `at` when it was written down."""

fund_borrowers = Table(
    "fund_borrowers",
    metadata,
    Column("fund", String(80), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column(
        "referral_id",
        String(32),
        ForeignKey("referrals.referral_id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    ForeignKeyConstraint(["fund", "number"], ["fund_entries.fund", "fund_entries.number"]),
)
"""Whose referral a loan was paid out on, beside the ledger: it goes when the person is erased, and the entry stays."""
