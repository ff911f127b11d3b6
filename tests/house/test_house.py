"""The laws of the house that no other tool checks: sizes, clocks, environments, words that stigmatise."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("matching/**/*.py"), *ROOT.glob("service/**/*.py")])
MAX_FILE, MAX_FUNCTION = 400, 50


def code_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    assert node.end_lineno is not None
    doc = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (doc.count("\n") + 1 if doc else 0)


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= MAX_FILE
    tree = ast.parse(text)
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    assert {f.name: code_lines(f) for f in functions if code_lines(f) > MAX_FUNCTION} == {}


@pytest.mark.parametrize("path", [p for p in FILES if p.is_relative_to(ROOT / "matching")], ids=lambda p: p.name)
def test_matching_reads_no_clock_and_no_environment(path: Path) -> None:
    """Law 2: the day is a parameter and randomness is a seed."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"os\.environ|getenv|\.now\(|date\.today\(|time\.time\(|utcnow", text)


def test_no_file_names_a_person_by_their_past() -> None:
    """P10: words for people that the product never uses stand in no code and no page."""
    words = re.compile(r"returnee|ex-offender|ex-convict", re.IGNORECASE)
    holds_the_list = ROOT / "service" / "privacy.py"
    texts = [*(p for p in FILES if p != holds_the_list), *ROOT.glob("service/web/**/*.html"), ROOT / "README.md"]
    assert [str(p) for p in texts if words.search(p.read_text(encoding="utf-8"))] == []


def test_no_path_of_a_machine_and_no_registry_is_written_down() -> None:
    found = re.compile(r"/(?:home|root|work)/|pypi\.org|files\.pythonhosted|index-url|find-links")
    texts = [*FILES, *ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md"), ROOT / "constraints.txt", ROOT / "Makefile"]
    assert [str(p) for p in texts if p.exists() and found.search(p.read_text(encoding="utf-8"))] == []
