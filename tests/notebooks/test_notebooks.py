"""Notebooks are thin, run from top to bottom, and are kept without what a run leaves behind."""

import ast
import tomllib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SECONDS = 300


def code_of(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_is_kept_without_outputs_and_defines_nothing(path: Path) -> None:
    """What is worth a function belongs to the library."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in cells)
    nodes = [node for cell in cells for node in ast.walk(ast.parse(cell.source))]
    assert not [node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def test_ranking_is_learnt_compared_saved_promoted_and_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model life cycle from judged pairs to an answer, in a store of its own."""
    monkeypatch.setenv("VIECGAN_MODELS", str(tmp_path))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    before = sorted(path.name for path in (ROOT / "models").iterdir())
    notebook = nbformat.read(ROOT / "notebooks" / "1-ranking.ipynb", as_version=4)
    client = NotebookClient(notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": ROOT}})
    client.execute()
    served = tomllib.loads((tmp_path / "serving.toml").read_text(encoding="utf-8"))["release"]
    assert served.startswith("ranking-")
    assert (tmp_path / served / "model.json").exists()
    said = "".join(out.get("text", "") for cell in notebook.cells for out in cell.get("outputs", ()))
    assert f"· {served}" in said
    assert "['offence'] are not in the closed list" in said
    pictures = [out for cell in notebook.cells for out in cell.get("outputs", ()) if "image/png" in out.get("data", {})]
    assert len(pictures) == 2
    assert sorted(path.name for path in (ROOT / "models").iterdir()) == before
