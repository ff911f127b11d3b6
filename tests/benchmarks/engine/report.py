"""The page of measured numbers; written by a run and by nothing else."""

from pathlib import Path
from typing import Any

_DOCS = Path(__file__).parents[3] / "docs"

_HEAD = """# Performance

Written by `make bench`; every number is from that run. Correctness comes first: a time is taken only where the answer
is identical to brute force (rules, features and scores of every offer of the pool, in numpy), ties included.

"""

_NOT_DONE = """
## Not measured here

Text engines and vector indexes beside this one (tantivy, SQLite FTS5, faiss, PostgreSQL), the boosted model with its
features built in pandas (only its prediction is timed, without any features), batches of 100,000 people, and the HTTP
service under load.
"""


def write(found: dict[str, Any]) -> None:
    """Write docs/performance.md."""
    (_DOCS / "performance.md").write_text(_page(found), encoding="utf-8")


def _page(found: dict[str, Any]) -> str:
    its = found["machine"]
    lines = [
        f"Machine: {its['cpu']}, {its['cores']} cores, load {its['load_1min']} when the run began "
        f"(Python {its['python']}, numpy {its['numpy']}). Times are processor time of the asking "
        "thread in milliseconds: median (quartiles).",
        "",
        "## The exact best 200 for one person, of the whole pool",
        "",
        "| pool | offers | best 200 | within reach only | brute force | times as fast | offers judged |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {row['shape']} | {row['offers']:,} | {_spread(row['best'])} | {_spread(row['within_reach'])} "
        f"| {_spread(row['brute_force'])} | {row['ratio']} | {row['judged']:,} |"
        for row in found["top_k"]
    ]
    growth = ", ".join(f"{shape} {exponent}" for shape, exponent in found["growth"].items())
    lines += ["", f"Growth exponent of the time from 10,000 to 1,000,000 offers: {growth}."]
    reached = ", ".join(f"{r['shape']} {r['ratio']}" for r in found["top_k"] if r["offers"] == 1_000_000)
    lines += ["", f"The aim at 1,000,000 offers is 200 times as fast as brute force. Reached in this run: {reached}."]
    if found["pairs"]:
        pairs = found["pairs"]
        lines += [
            "",
            "## Features, scores and contributions of 200 pairs",
            "",
            f"{_spread(pairs['ours'])} ms. Prediction alone by a boosted additive model without interactions "
            f"(scikit-learn, 200 rounds, features given): {_spread(pairs['boosted_predict_alone'])} ms.",
        ]
    return _HEAD + "\n".join(lines) + "\n" + _NOT_DONE


def _spread(times: dict[str, float]) -> str:
    return f"{times['median']:.2f} ({times['q1']:.2f} to {times['q3']:.2f})"
