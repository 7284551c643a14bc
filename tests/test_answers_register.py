"""What is being built? Other sources, other registers."""

from dataclasses import replace
from shutil import copytree

import pytest
from small import small_corpus, small_record

from helpers import read_corpus, read_record
from helpers.answers import register as answers
from helpers.figures import register
from helpers.record import Record
from helpers.systems.register import GROUPS, entries


@pytest.fixture(scope="module")
def collection():
    corpus = read_corpus("seeds")
    record = read_record("seeds/record")
    return corpus, record, entries(corpus, record)


def of(corpus, record=None):
    return entries(corpus, record or small_record({}))


def said(corpus, record=None):
    """The sentences of all entries, by system."""
    listed = of(corpus, record)
    return {
        found.values["system"]: found.sentence
        for group in GROUPS
        for found in answers.entry_findings(corpus, listed, group)
    }


def corpus_of(folder, text, old="", new=""):
    (folder / "a.txt").write_text(text.replace(old, new), encoding="utf-8")
    return read_corpus(folder)


def test_each_system_is_in_one_group(collection):
    corpus, _, listed = collection
    shown = [
        found.id for group in GROUPS for found in answers.entry_findings(corpus, listed, group)
    ]
    assert len(shown) == len(set(shown)) == len(listed)


def test_another_word_is_another_stage(tmp_path):
    text = "Officials of Wuhan launched a test platform."
    system = "Wuhan's testing platform"
    assert "launched (told on a day not stated)" in said(corpus_of(tmp_path, text))[system]
    other = said(corpus_of(tmp_path, text, "launched", "plan to build"))[system]
    assert "planned (told on a day not stated)" in other
    bare = said(corpus_of(tmp_path, text, "launched", "like"))[system]
    assert "a name and no more" in bare


def test_a_system_in_a_sentence_of_a_ban_is_acted_on(tmp_path):
    corpus = corpus_of(tmp_path, "China banned crypto trading on Binance.\n\nOKX is big.")
    assert {entry.system: entry.group for entry in of(corpus)} == {
        "Binance": "acted on",
        "OKX": "named",
    }
    silent = replace(corpus, claims=corpus.claims.head(0))
    assert {entry.group for entry in of(silent)} == {"named"}


def test_what_only_readers_name_says_so(collection):
    corpus, record, _ = collection
    assert "only readers name it, under an article" in said(corpus, record)["NEO"]


def test_the_record_adds_events_and_verdicts(collection):
    corpus, record, listed = collection
    [huobi] = [entry for entry in listed if entry.system == "Huobi"]
    assert huobi.events["title"].str.contains("Huobi").any()
    sentence = said(corpus, record)["Huobi"]
    assert f"The record has {len(huobi.events)} events on it" in sentence
    none = Record(record.events.head(0), record.series, record.checks.head(0))
    assert said(corpus, none)["Huobi"].endswith("The record has nothing on it.")
    elsewhere = small_record({"title": "Wuhan plans a development fund", "place": "Wuhan"})
    assert "The record has nothing" in said(corpus, elsewhere)["Chongqing's development fund"]
    here = small_record({"title": "A development fund of Chongqing", "place": "Chongqing"})
    assert "The record has 1 event on it" in said(corpus, here)["Chongqing's development fund"]


def test_a_changed_sentence_changes_the_entry(tmp_path):
    folder = copytree("seeds", tmp_path / "seeds")
    file = next(folder.glob("002*.txt"))
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("hope the region could develop", "say the region was developed").replace(
            "initiated by the State Information Center", "which started at a fair"
        ),
        encoding="utf-8",
    )
    corpus, changed = read_corpus("seeds"), read_corpus(folder)
    before, after = said(corpus), said(changed)
    differing = {system for system in before if before[system] != after.get(system)}
    assert differing == {"BSN", "Hainan's demonstration area"}
    assert "State Information Center" not in after["BSN"]


def test_texts_that_name_nothing_are_told_so_and_have_a_figure():
    corpus = small_corpus({"a": "It rains."})
    listed = of(corpus)
    [only] = answers.answer(corpus, listed)
    assert only.sentence == "These sources cannot say: they name no system."
    caption = answers.overview(corpus, listed)
    assert caption.sentence in register(corpus, listed, caption).svg
    concluded = answers.CONCLUSIONS["register.named"].draw(corpus, small_record(), [])
    assert concluded.startswith("at most half")
    for found in (
        *answers.left_out(corpus),
        answers.behind(corpus, listed),
        answers.unsure(corpus, listed),
        answers.nearest(corpus, listed),
    ):
        assert found.sentence.endswith(".")
    assert answers.namings(listed).empty


def test_the_figure_has_a_row_for_each_system_and_marks_that_lead_to_the_words(collection):
    corpus, _, listed = collection
    svg = register(corpus, listed, answers.overview(corpus, listed)).svg
    for entry in listed:
        assert f">{entry.system.replace('&', '&amp;')}</text>" in svg
        stages = set(entry.namings["stage"]) - {"unknown"}
        assert svg.count(f"All that names {entry.system}<") == 1
        assert stages or entry.group != "built"


def test_findings_say_how_thin_the_ground_is(collection):
    corpus, _, listed = collection
    found = {finding.id: finding for finding in answers.answer(corpus, listed)}
    alone = [
        entry
        for entry in listed
        if entry.group == "built" and entry.namings["source"].nunique() == 1
    ]
    assert found["register.thin"].values["one_source"] == len(alone)
    assert len(answers.left_out(corpus)) == len(corpus.documents)
