"""Another version of the sources changes the findings that rest on it, and says by which words."""

import shutil
import subprocess
from pathlib import Path

import pytest

from helpers import collection
from helpers.changes import Change, ChangesError, Edit, changes, checked_out, edits, find, report
from helpers.corpus import read_corpus

ROOT = Path(__file__).parent.parent
BAN = "China still strictly bans ICOs and cryptocurrency trading"
NO_CLAIM = "is a place where soldiers must fight"


def _finding(id: str, sentence: str, *places: tuple[str, int], **values: int) -> dict:
    evidence = [{"source": source, "sentence": number} for source, number in places]
    return {
        "id": id,
        "notebook": "02_x.ipynb",
        "sentence": sentence,
        "values": values,
        "evidence": evidence,
    }


def _edited(into: Path, old: str, new: str) -> Path:
    """A copy of the sources in which one sentence says something else."""
    folder = into / "seeds"
    shutil.copytree(ROOT / "seeds", folder)
    changed = 0
    for path in folder.glob("*.txt"):
        text = path.read_bytes().decode()
        changed += text.count(old)
        path.write_bytes(text.replace(old, new).encode())
    assert changed == 1
    return folder


def test_only_what_is_said_otherwise_is_a_change():
    before = [_finding("a", "Two.", ("s", 0), n=2), _finding("b", "One.", ("s", 1), n=1)]
    after = [_finding("a", "Three.", ("s", 0), n=3), _finding("b", "One.", ("s", 7), n=1)]
    assert [change.id for change in changes(before, after, [])] == ["a"]


def test_a_value_that_the_sentence_does_not_show_is_a_change():
    found = changes([_finding("a", "Many.", n=20)], [_finding("a", "Many.", n=30)], [])
    assert [change.id for change in found] == ["a"]


def test_findings_that_come_and_go_are_changes():
    found = changes([_finding("old", "Gone.")], [_finding("new", "Come.")], [])
    assert [(change.id, change.before is None, change.after is None) for change in found] == [
        ("old", False, True),
        ("new", True, False),
    ]


def test_edits_are_told_by_the_evidence_of_their_own_version():
    removed, added, other = (
        Edit("s", 4, "Out.", added=False),
        Edit("s", 5, "In.", added=True),
        Edit("s", 9, "Elsewhere.", added=True),
    )
    before, after = _finding("a", "Two.", ("s", 4)), _finding("a", "One.", ("s", 5))
    [change] = changes([before], [after], [removed, added, other])
    assert change.edits == (removed, added)


def test_a_finding_on_whole_sources_rests_on_all_their_edits():
    edited = [Edit("s", 4, "Out.", added=False), Edit("t", 1, "In.", added=True)]
    whole = {"source": "s", "sha256": "0"}
    before = _finding("a", "Two.") | {"evidence": [whole]}
    [change] = changes([before], [before | {"sentence": "One."}], edited)
    assert change.edits == (edited[0],)


def test_edits_are_sentences_of_one_version_only(tmp_path):
    after = read_corpus(_edited(tmp_path, BAN, "China no longer bans them"))
    found = edits(read_corpus(ROOT / "seeds"), after)
    assert [(edit.source, edit.added) for edit in found] == [("000", False), ("000", True)]
    assert BAN in found[0].exact
    assert "no longer" in found[1].exact
    assert found[0].sentence == found[1].sentence


def test_a_report_shows_words_as_they_are():
    edit = Edit("s", 4, "A <script> and a | pipe.", added=True)
    change = Change("a", None, _finding("a", "More than *stars*."), (edit,))
    text = report([change], [edit], unchanged=3)
    assert "1 of 4 findings differ" in text
    assert "<script>" not in text
    assert "*stars*" not in text.replace(r"\*stars\*", "")


def test_a_revision_that_git_does_not_know_is_named(tmp_path):
    with pytest.raises(ChangesError, match="no-such-revision"):
        checked_out("no-such-revision", ROOT / "seeds", tmp_path)


def test_a_revision_is_read_as_it_was(tmp_path):
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "x"]):
        if command[0] == "init":
            _edited(tmp_path / "repository", BAN, "China bans them")
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *command],
            cwd=tmp_path / "repository",
            check=True,
        )
    seeds = tmp_path / "repository" / "seeds"
    committed = read_corpus(seeds).documents["sha256"].tolist()
    shutil.rmtree(seeds)
    shutil.copytree(ROOT / "seeds", seeds)
    folder = checked_out("HEAD", seeds, tmp_path)
    assert read_corpus(folder).documents["sha256"].tolist() == committed


def test_editing_one_sentence_changes_the_findings_that_rest_on_it_and_no_others(tmp_path):
    flagship = [path for path in collection.notebooks(ROOT / "notebooks") if path.name[:2] == "02"]
    before = collection.findings(flagship)  # as stored, which validation holds to be true

    idle = _edited(tmp_path / "idle", NO_CLAIM, "is a place that people like")
    # A source that was changed has to be coded a second time before the reference can be asked.
    asked = {change.id for change in changes(before, find(idle, flagship), [])}
    assert all(id.endswith(("recoded", "stands")) for id in asked), asked

    telling = _edited(tmp_path / "telling", BAN, "Markets were calm on Friday")
    edited = edits(read_corpus(ROOT / "seeds"), read_corpus(telling))
    found = {change.id: change for change in changes(before, find(telling, flagship), edited)}
    one_less = found["contradiction.both"]
    assert one_less.after["values"]["restrictions"] == one_less.before["values"]["restrictions"] - 1
    assert [edit.sentence for edit in one_less.edits if not edit.added] == [edited[0].sentence]
    # Without the source of the sentence, it cannot matter; without another one, it does.
    assert "contradiction.without-000" not in found
    assert "contradiction.without-001" in found
    # No promotion was touched, nor what the record says.
    assert "contradiction.record" not in found
