"""The notebook runs from its first cell to its last, and holds no result that somebody else's run left."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOK = json.loads((ROOT / ".readme" / "frontline.ipynb").read_text(encoding="utf-8"))
CODE = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def test_every_cell_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    names: dict[str, object] = {}
    for number, cell in enumerate(CODE, 1):
        try:
            exec(compile("".join(cell["source"]), f"cell {number}", "exec"), names)
        except Exception as error:
            pytest.fail(f"cell {number}: {error!r}")
    assert len(CODE) >= 5 and "projection" in names


def test_it_is_saved_without_results():
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in CODE)
