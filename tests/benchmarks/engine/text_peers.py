"""Engines that others built, each asked the same smaller job: the best k by words, in a box or housed, still open.

Each maker takes what is to be found and returns a function from what is asked to rows of openings, best first.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from tests.benchmarks.engine.postgres_cluster import missing_programs, temporary_cluster

_NEAREST = 4_000
"""Neighbours that the vector index returns before those that are closed or far are left out."""


@dataclass(frozen=True, kw_only=True)
class Stock:
    """Openings as these engines take them."""

    texts: Sequence[str]
    lat: Any
    lon: Any
    housed: Any
    """1 where housing is given, else 0, (n,)."""
    open_until: Any
    """Ordinal of the last day to apply, int (n,); 0 when held, a far day when there is none."""
    vectors: Any
    """Trade and place as numbers, float32 (n, d)."""

    def rows(self) -> Iterator[tuple[int, str, float, float, int, int]]:
        """Yield the openings as rows of a table."""
        yield from zip(
            range(len(self.texts)),
            self.texts,
            self.lat.tolist(),
            self.lon.tolist(),
            self.housed.tolist(),
            self.open_until.tolist(),
            strict=True,
        )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What one person asks such an engine for."""

    words: tuple[str, ...]
    box: tuple[float, float, float, float]
    """Least and largest latitude, least and largest longitude."""
    day: int
    vector: Any
    k: int

    def allows(self, stock: Stock, rows: Any) -> Any:
        """Say which rows lie in the box or give housing, and are still open."""
        south, north, west, east = self.box
        lat, lon = stock.lat[rows], stock.lon[rows]
        inside = (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
        return (inside | (stock.housed[rows] == 1)) & (stock.open_until[rows] >= self.day)


Ask = Callable[[Asked], list[int]]


def sqlite_fts5(stock: Stock, stack: ExitStack) -> Ask:
    """SQLite, in memory: bm25 of FTS5 joined with a table of facts."""
    database = sqlite3.connect(":memory:")
    stack.callback(database.close)
    database.execute(
        "create virtual table words using fts5(text, content='', tokenize='unicode61 remove_diacritics 0')"
    )
    columns = "row integer primary key, lat real, lon real, housed integer, open_until integer"
    database.execute(f"create table facts ({columns})")
    database.executemany("insert into words (rowid, text) values (?, ?)", enumerate(stock.texts))
    facts = ((row, *rest) for row, _, *rest in stock.rows())
    database.executemany("insert into facts values (?, ?, ?, ?, ?)", facts)
    query = (
        "select words.rowid from words join facts on facts.row = words.rowid where words match ? "
        "and (housed = 1 or lat between ? and ? and lon between ? and ?) and open_until >= ? "
        "order by bm25(words) limit ?"
    )

    def ask(asked: Asked) -> list[int]:
        words = " OR ".join(f'"{word}"' for word in asked.words)
        return [row for (row,) in database.execute(query, (words, *asked.box, asked.day, asked.k))]

    return ask


def tantivy(stock: Stock, _: ExitStack) -> Ask:
    """tantivy, in memory: BM25, with ranges over fast fields."""
    library: Any = import_module("tantivy")
    builder = library.SchemaBuilder()
    builder.add_text_field("text", index_option="freq")
    for name in ("lat", "lon"):
        builder.add_float_field(name, fast=True)
    for name in ("row", "housed", "open_until"):
        builder.add_integer_field(name, fast=True)
    schema = builder.build()
    index = library.Index(schema)
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    for row, text, lat, lon, housed, day in stock.rows():
        writer.add_document(library.Document(text=text, lat=lat, lon=lon, row=row, housed=housed, open_until=day))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher, query = index.searcher(), library.Query
    must, should = library.Occur.Must, library.Occur.Should
    whole, real = library.FieldType.Integer, library.FieldType.Float

    def ask(asked: Asked) -> list[int]:
        south, north, west, east = asked.box
        words = [(should, query.term_query(schema, "text", word, "freq")) for word in asked.words]
        box = query.boolean_query(
            [
                (must, query.range_query(schema, "lat", real, south, north)),
                (must, query.range_query(schema, "lon", real, west, east)),
            ]
        )
        near = query.boolean_query([(should, box), (should, query.range_query(schema, "housed", whole, 1, 1))])
        still = query.range_query(schema, "open_until", whole, asked.day, None)
        filters = [(must, query.const_score_query(its, 0.0)) for its in (near, still)]
        every = query.boolean_query([(must, query.boolean_query(words)), *filters])
        hits = searcher.search(every, asked.k, count=False).hits
        rows: list[int] = searcher.fast_field_values("row", [address for _, address in hits])
        return rows

    return ask


def faiss_flat(stock: Stock, _: ExitStack) -> Ask:
    """faiss, every vector compared: nearest in trade and place, then those that are closed or far left out."""
    library: Any = import_module("faiss")
    library.omp_set_num_threads(1)
    index = library.IndexFlatL2(stock.vectors.shape[1])
    index.add(stock.vectors)

    def ask(asked: Asked) -> list[int]:
        rows = index.search(asked.vector[None, :], _NEAREST)[1][0]
        found: list[int] = rows[asked.allows(stock, rows)][: asked.k].tolist()
        return found

    return ask


def postgresql(stock: Stock, stack: ExitStack) -> Ask:
    """PostgreSQL, a cluster of its own: ts_rank over a GIN index of words, with ranges."""
    address = stack.enter_context(temporary_cluster())
    connection: Any = import_module("psycopg").connect(address, autocommit=True)
    stack.callback(connection.close)
    connection.execute("set max_parallel_workers_per_gather = 0")
    connection.execute("set maintenance_work_mem = '512MB'")
    connection.execute(
        "create unlogged table offers (row int, text text, lat float8, lon float8, housed int, open_until int, "
        "words tsvector generated always as (to_tsvector('simple', text)) stored)"
    )
    with connection.cursor().copy("copy offers (row, text, lat, lon, housed, open_until) from stdin") as copy:
        for row in stock.rows():
            copy.write_row(row)
    connection.execute("create index on offers using gin (words)")
    connection.execute("create index on offers (lat, lon)")
    connection.execute("create index on offers (housed) where housed = 1")
    connection.execute("vacuum analyze offers")
    query = (
        "select row from offers, to_tsquery('simple', %s) asked where words @@ asked "
        "and (housed = 1 or lat between %s and %s and lon between %s and %s) and open_until >= %s "
        "order by ts_rank(words, asked) desc limit %s"
    )

    def ask(asked: Asked) -> list[int]:
        values = (" | ".join(asked.words), *asked.box, asked.day, asked.k)
        return [row for (row,) in connection.execute(query, values, prepare=True)]

    return ask


def absent() -> dict[str, str]:
    """Return why a peer cannot be asked here, by name."""
    reasons = {name: f"{module} is not installed" for name, module in _NEEDS.items() if not find_spec(module)}
    unstartable = missing_programs()
    return reasons | ({"postgresql": unstartable} if unstartable else {})


_NEEDS = {"tantivy": "tantivy", "faiss": "faiss", "postgresql": "psycopg"}
"""The module that each peer needs."""

MAKERS: dict[str, Callable[[Stock, ExitStack], Ask]] = {
    "sqlite": sqlite_fts5,
    "tantivy": tantivy,
    "faiss": faiss_flat,
    "postgresql": postgresql,
}
