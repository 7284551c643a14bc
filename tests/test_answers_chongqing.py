"""What happened to Chongqing's exchange? Other words, another story."""

from shutil import copytree

import pytest
from small import small_corpus, small_record

from helpers import read_corpus, read_record
from helpers.answers import chongqing as answers
from helpers.figures import story
from helpers.record import Record


@pytest.fixture(scope="module")
def collection():
    return read_corpus("seeds"), read_record("seeds/record")


def changed(folder, *edits):
    """The collection with some words of the first source replaced by others."""
    copy = copytree("seeds", folder / "seeds")
    [file] = copy.glob("000*.txt")
    text = file.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")
    return read_corpus(copy)


def said(corpus, record):
    return {found.id: found.sentence for found in answers.answer(corpus, record)}


def test_the_story_of_the_sources(collection):
    found = said(*collection)
    assert found["chongqing.outcome"].startswith("It came and went")
    assert found["chongqing.outcome"].endswith("one day later.")
    steps = [step.name for step in answers.story(*collection)]
    assert steps.index("The notice") < steps.index("How it was read")
    assert steps.index("How it was read") < steps.index("What was withdrawn")


def test_a_notice_that_stays_is_not_withdrawn(collection, tmp_path):
    corpus = changed(tmp_path, ("pulled the article this morning", "kept the article this morning"))
    found = said(corpus, collection[1])
    assert found["chongqing.outcome"].startswith("It was announced: of a withdrawal")
    concluded = answers.CONCLUSIONS["chongqing.outcome"].draw(corpus, collection[1], [])
    assert concluded == "the exchange of Chongqing: it was announced"
    assert "What was withdrawn" not in [step.name for step in answers.story(corpus, collection[1])]


def test_another_word_for_it_is_another_stage(collection, tmp_path):
    before = said(*collection)["chongqing.told"]
    assert "in one it stands there already" in before
    corpus = changed(tmp_path, ("has established a", "plans to build a"))
    assert said(corpus, collection[1])["chongqing.told"].endswith("and never there already.")


def test_without_explanations_nothing_is_denied(collection, tmp_path):
    corpus = changed(
        tmp_path,
        ("are not virtual currencies, much less tokens, but the digitization", "are the making"),
        ("may not refer to token trading, but rather", "may refer to"),
    )
    found = {f.id: f.values for f in answers.answer(corpus, collection[1])}
    assert found["chongqing.denied"]["meant"] == 0
    assert found["chongqing.denied"]["denied"] > 0


def test_goals_follow_their_numbers_and_their_checks(collection, tmp_path):
    corpus, record = collection
    every, *each = answers.targets(corpus, record)
    assert every.values["goals"] == len(each) == len(answers.goals(corpus))
    first = each[0]
    assert first.sentence.startswith("two to five blockchain industry bases, by 31 December 2020")
    assert "confirmed" in first.sentence
    other = changed(tmp_path, ("two to five blockchain", "three to six blockchain"))
    _, new, *rest = answers.targets(other, record)
    assert new.sentence.startswith("three to six blockchain industry bases")
    assert new.sentence.endswith("nobody checked that.")
    assert [found.sentence for found in rest] == [found.sentence for found in each[1:]]


def test_a_later_exchange_in_the_record_is_told(collection):
    corpus = collection[0]
    later = {"earliest": "2020-01-01", "latest": "2020-01-01", "place": "Chongqing"}
    opened = small_record(later | {"title": "A digital asset exchange opens"})
    assert "Something followed" in said(corpus, opened)["chongqing.after"]
    foreign = small_record(later | {"title": "It looks after foreign exchange"})
    assert "and none of them names such" in said(corpus, foreign)["chongqing.after"]
    nothing = small_record({"place": "Wuhan"})
    assert "has nothing of Chongqing" in said(corpus, nothing)["chongqing.after"]


def test_contradicted_statements_are_quoted(collection):
    corpus, record = collection
    every, *wrong = answers.statements(corpus, record)
    contradicted = [verdict for verdict in every.values["verdicts"] if "contradicted" in verdict]
    assert contradicted == [f"{len(wrong)} contradicted"]
    calm = record.checks[record.checks["verdict"] != "contradicted"]
    assert len(answers.statements(corpus, Record(record.events, record.series, calm))) == 1


def test_texts_without_the_exchange_say_so_and_still_have_a_figure():
    corpus, record = small_corpus({"a": "It rains."}), small_record()
    [only] = answers.answer(corpus, record)
    assert only.sentence.startswith("These sources cannot say: they do not speak of Chongqing's")
    caption = answers.over_time(corpus, record)
    assert caption.sentence in story(corpus, answers.story(corpus, record), caption).svg
    [none] = answers.targets(corpus, record)
    assert none.sentence.startswith("The sources name no goal in numbers")
    for found in (
        *answers.statements(corpus, record),
        *answers.left_out(corpus),
        answers.after(corpus, record),
    ):
        assert found.sentence.endswith(".")
    assert answers.nearest(corpus, record).sentence.endswith("comes near to that.")


def test_each_piece_of_evidence_is_drawn_and_leads_to_its_words(collection):
    corpus, record = collection
    steps = answers.story(corpus, record)
    svg = story(corpus, steps, answers.over_time(corpus, record)).svg
    assert svg.count("<a ") == sum(len(step.rows) for step in steps)
    for step in steps:
        assert f">{step.name}</text>" in svg
