"""What only loan rules may read travels in a closed envelope."""

import ast
from datetime import date
from pathlib import Path

import numpy as np

import matching
from matching.pool.restricted import seal
from tests.builders import released

ALLOWED = {"matching/rules/loan.py", "matching/pool/build.py"}


def test_the_envelope_follows_its_people_and_prints_nothing():
    sealed = seal([released("completed", date(2025, 1, 1)), None, released("community")])
    taken = sealed[np.array([2, 0])]
    assert len(sealed) == 3 and taken.category.tolist() == [3, 0]
    assert taken.completed_on.tolist() == [0, date(2025, 1, 1).toordinal()]
    assert repr(taken) == "Sealed(2 rows)" == str(taken)


def test_only_loan_rules_and_the_builder_import_it():
    root = Path(matching.__file__).parent
    readers = {
        f"matching/{path.relative_to(root).as_posix()}"
        for path in root.rglob("*.py")
        if any(
            (isinstance(node, ast.ImportFrom) and node.module == "matching.pool.restricted")
            or (isinstance(node, ast.Import) and any(a.name == "matching.pool.restricted" for a in node.names))
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        )
    }
    assert readers == ALLOWED
