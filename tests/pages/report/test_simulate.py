"""The simulated class, which shows what a report looks like."""

import importlib
from pathlib import Path

import nbformat
import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def simulated(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(EXAMPLES))
    script = importlib.import_module("simulate")

    def simulate(name, seed):
        script.simulate(tmp_path / name, 8, seed)
        return {path.name: path.read_text("utf-8") for path in (tmp_path / name).iterdir()}

    return simulate


def test_the_same_seed_makes_the_same_class(simulated):
    first = simulated("first", 1)
    assert sorted(first) == [f"student00{number}.ipynb" for number in range(1, 9)]
    assert simulated("again", 1) == first
    other = simulated("other", 2)
    assert [name for name in first if first[name] == other[name]] == ["student007.ipynb"]
    for text in first.values():
        nbformat.validate(nbformat.reads(text, as_version=4))
    assert "while len(shared_ids) < 1000" in first["student007.ipynb"]
