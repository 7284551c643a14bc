import floors
import pytest


@pytest.fixture(scope="module")
def figures():
    return floors.reached()


def test_no_figure_falls_below_its_floor(figures):
    assert floors.fallen(floors.pinned()["floors"], figures) == []


def test_every_figure_has_a_floor(figures):
    assert list(floors.pinned()["floors"]) == list(figures)


def test_the_floors_are_those_of_these_texts_and_this_reference():
    mend = "run `python tests/floors.py` and look at what it says"
    assert floors.pinned()["corpus"] == floors.corpus_hash(), mend


def test_a_floor_is_raised_and_never_lowered():
    old, now = (
        {"claim f1": 0.9, "level f1": 0.8, "gone f1": 0.7},
        {"claim f1": 0.95, "level f1": 0.7},
    )
    assert floors.raised(old, now) == {"claim f1": 0.95, "level f1": 0.8, "gone f1": 0.7}
    assert floors.fallen(old, now) == [
        "level f1 has fallen from 0.8 to 0.7",
        "gone f1 has fallen from 0.7 to nothing",
    ]
    assert floors.fallen(now, now) == []


def test_pinning_anew_keeps_what_was_higher(tmp_path, monkeypatch):
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.toml")
    monkeypatch.setattr(floors, "reached", lambda: {"claim f1": 0.95, "zone f1": 1.0})
    assert floors.main() == 0
    monkeypatch.setattr(floors, "reached", lambda: {"claim f1": 0.9, "zone f1": 1.0})
    assert floors.main() == 1
    assert floors.pinned()["floors"] == {"claim f1": 0.95, "zone f1": 1.0}
