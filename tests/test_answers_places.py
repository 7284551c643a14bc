"""Where is it happening? Other places, other maps."""

from dataclasses import replace
from shutil import copytree

import pytest
from small import small_corpus, small_record

from helpers import read_corpus, read_record
from helpers.answers import places as answers
from helpers.answers.variations import rows_of
from helpers.figures import atlas
from helpers.mentions import mentions


@pytest.fixture(scope="module")
def collection():
    return read_corpus("seeds"), read_record("seeds/record")


def said(corpus, record):
    return {found.id: found.sentence for found in answers.answer(corpus, record)}


def maps_of(corpus, record):
    return {
        "In the sources": (answers.claims_at(corpus), "evidence"),
        "In the record": (answers.events_at(record), "record"),
    }


def read(folder, text):
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return read_corpus(folder)


def test_another_name_is_another_place(collection, tmp_path):
    folder = copytree("seeds", tmp_path / "seeds")
    [file] = folder.glob("002*.txt")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Hainan", "Sichuan"), encoding="utf-8")
    before, after = collection[0], read_corpus(folder)
    assert "Hainan (1)" in said(before, collection[1])["places.named"]
    assert "Sichuan (1)" in said(after, collection[1])["places.named"]
    assert "Sichuan" in set(answers.claims_at(after)["at"])
    gone = said(after, collection[1])["places.passed-over"]
    assert "Sichuan" in said(before, collection[1])["places.passed-over"]
    assert "Sichuan" not in gone


def test_a_ban_with_a_place_is_told(collection, tmp_path):
    corpus, record = collection
    assert said(corpus, record)["places.acts"].endswith("; no ban has a place.")
    banned = read(tmp_path, "Sichuan banned crypto mining. Chongqing promoted blockchain.")
    sentence = said(banned, record)["places.acts"]
    assert "promoted in Chongqing (1), and restricted in Sichuan (1)." in sentence
    draw = answers.CONCLUSIONS["places.acts"].draw
    assert draw(banned, record, rows_of(banned.claims)) == "some ban has a place"


def test_a_claim_without_a_place_is_at_the_one_named_last():
    text = "Chongqing is large.\nThe city builds a chain.\nWuhan is, too."
    claim = {"source": "a", "exact": "The city builds a chain", "actor": "The city"} | {
        "stance": "promote",
        "object": "blockchain",
        "level": "local",
    }
    corpus = small_corpus({"a": text}, [claim])
    assert answers.claims_at(corpus).empty  # nothing is named yet
    named = read_mentions(corpus)
    assert answers.claims_at(named)["at"].tolist() == ["Chongqing"]
    central = small_corpus({"a": text}, [claim | {"level": "central"}])
    assert answers.claims_at(read_mentions(central)).empty


def read_mentions(corpus):
    """The corpus with its places found."""
    return replace(corpus, mentions=mentions(corpus.sentences))


def test_events_stand_at_each_of_their_places_but_not_at_the_seat():
    record = small_record(
        {"place": "Sanya, Hainan; Wuhan", "level": "local"},
        {"place": "Beijing"},
        {"place": "Beijing", "level": "local"},
        {"place": "China"},
        {"place": "Wuhan", "stance": "clarify"},
    )
    assert answers.events_at(record)["at"].tolist() == ["Sanya", "Wuhan", "Beijing"]


def test_the_capital_may_be_the_state_or_the_city(collection, tmp_path):
    corpus, record = collection
    assert said(corpus, record)["places.capital"].startswith("Beijing is mostly no place")
    city = read(tmp_path, "The Beijing Municipal Government met. It likes blockchain.")
    assert "is named 1 time" in said(city, record)["places.capital"]


def test_what_is_on_no_map_is_counted(collection):
    corpus, record = collection
    found = answers.elsewhere(corpus, record)
    acts = record.events[record.events["stance"] != "clarify"]
    assert found.values["whole"] == len(acts) - answers.events_at(record)["event"].nunique()
    assert "China (" in found.sentence


def test_texts_without_places_say_so_and_still_have_a_map():
    corpus, record = small_corpus({"a": "It rains."}), small_record({})
    assert said(corpus, record)["places.named"].startswith("These sources cannot say")
    caption = answers.mapped(corpus, record)
    assert caption.sentence in atlas(maps_of(corpus, record), caption).svg
    for found in (
        answers.passed_over(corpus, record),
        answers.elsewhere(corpus, record),
        *answers.left_out(corpus),
        answers.nearest(corpus),
    ):
        assert found.sentence.endswith(".")


def test_each_point_has_its_halves_and_leads_to_its_rows(collection):
    corpus, record = collection
    svg = atlas(maps_of(corpus, record), answers.mapped(corpus, record)).svg
    for rows in (answers.claims_at(corpus), answers.events_at(record)):
        for (place, stance), group in rows.groupby(["at", "stance"], observed=True):
            assert place in svg
            alone = f"{stance}: {len(group)} in {place}<"
            assert alone in svg or f"in {place}," in svg or f", {place}" in svg
    lines = [f'href="#evidence-{place.lower()}-promote"' for place in ("Chongqing", "Shanghai")]
    assert all(line in svg for line in lines)


def test_one_place_alone_can_be_drawn():
    corpus = small_corpus({"a": "It rains."})
    record = small_record({"place": "Wuhan", "level": "local"})
    svg = atlas(maps_of(corpus, record), answers.mapped(corpus, record)).svg
    assert "restrict: 1 in Wuhan" in svg
