"""The answers about sources and record, on both as they are and altered."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus

from helpers import match, read_corpus, read_record, read_reference
from helpers.answers import checks
from helpers.coverage import SEEN, pairs, seen
from helpers.figures import sightings, verdicts

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(ROOT / "seeds")


@pytest.fixture(scope="module")
def record():
    return read_record(ROOT / "seeds/record")


@pytest.fixture(scope="module")
def empty():
    return small_corpus({"a": "Nothing is said here."})


@pytest.fixture(scope="module")
def nothing(record):
    return replace(
        record,
        events=record.events.head(0),
        series=record.series.head(0),
        checks=record.checks.head(0),
    )


def with_verdicts(record, verdict, only=slice(None)):
    """The record with one verdict in place of all, or of some."""
    changed = record.checks.copy()
    changed.loc[changed.index[only], "verdict"] = verdict
    return replace(record, checks=changed)


def said(findings):
    return {found.id.removeprefix("checks."): found.sentence for found in findings}


@pytest.mark.parametrize(
    ("verdict", "only", "begins"),
    [
        ("confirmed", slice(None), "Mostly, yes: of 99 statements that could be checked, 99 are"),
        ("partly", slice(None), "In part: "),
        ("contradicted", slice(None), "Hardly: "),
        ("unverified", slice(0, 80), "Hardly: "),
    ],
)
def test_the_answer_follows_the_verdicts(corpus, record, verdict, only, begins):
    other = with_verdicts(record, verdict, only)
    assert said(checks.answer(corpus, other))["verdicts"].startswith(begins)


def test_numbers_are_those_of_the_record(corpus, record):
    numbers = record.checks["verdict"].value_counts()
    found = checks.answer(corpus, record)[0]
    assert {name: found.values[name] for name in numbers.index} == dict(numbers)
    assert len(found.evidence) == len(record.checks)


def test_what_is_contradicted_is_named(corpus, record):
    statement = record.checks.iloc[30]["statement"]
    other = with_verdicts(record, "contradicted", slice(30, 31))
    assert f"“{statement}”" in said(checks.answer(corpus, other))["wrong"]
    none = with_verdicts(record, "partly")
    assert said(checks.answer(corpus, none))["wrong"] == "No statement is contradicted."


def test_best_and_worst_source_follow_the_verdicts(corpus, record):
    last = (record.checks["source"] == "003").to_numpy().nonzero()[0]
    other = with_verdicts(record, "contradicted", last)
    sentence = said(checks.answer(corpus, other))["by-source"]
    assert "source 003 least, with 0%: 24 contradicted" in sentence


def test_statements_whose_words_are_gone_are_left_out(corpus, record):
    changed = record.checks.copy()
    changed.loc[0, "exact"] = "x" * len(changed.loc[0, "exact"])
    other = replace(record, checks=changed)
    assert len(checks.statements(corpus, other)) == len(record.checks) - 1
    assert "1 more is left out" in said(checks.answer(corpus, other))["verdicts"]


def test_an_event_is_seen_as_surely_as_its_best_pair(corpus, record):
    events = seen(corpus, record).set_index("event")["seen"]
    best = match(corpus.claims, record.events, corpus.documents).groupby("event")["sureness"].max()
    assert set(events.index[events != "not seen"]) == set(best.index)
    assert set(events.index[events == "seen"]) == set(best.index[best != "weak"])
    assert events["E039"] == "seen"


def test_without_claims_nothing_is_seen(corpus, record):
    silent = replace(corpus, claims=corpus.claims.head(0))
    assert (seen(silent, record)["seen"] == "not seen").all()
    sentence = said(checks.answer(silent, record))["unseen"]
    assert "the sources see little: for 127 of 127 events" in sentence
    assert checks.unheard(silent, record).values["unheard"] == 154


def test_where_no_day_of_publication_is_known_all_events_count(corpus, record):
    documents = corpus.documents.assign(published_latest=pd.NaT)
    sentence = said(checks.answer(replace(corpus, documents=documents), record))["unseen"]
    assert "of 154 events, no claim can be told" in sentence


def test_events_of_kinds_that_nobody_speaks_of_are_counted(corpus, record):
    found = checks.unheard(corpus, record)
    assert "cities and provinces restricting cryptocurrency (16)" in found.sentence
    claims = corpus.claims.copy()
    claims.loc[0, ["stance", "object", "level"]] = ["restrict", "cryptocurrency", "local"]
    heard = checks.unheard(replace(corpus, claims=claims), record)
    assert heard.values["unheard"] == found.values["unheard"] - 16


def test_unseen_events_answer_the_question_of_the_contradiction(corpus, record):
    found = said(checks.answer(corpus, record))["contradiction"]
    assert "by the sources there is no contradiction" in found
    assert "stablecoins by Hong Kong (1 restricting" in found
    acts = record.events[record.events["event"].isin(["E097", "E039"])]
    bare = said(checks.answer(corpus, replace(record, events=acts)))["contradiction"]
    assert "(1 restricting" not in bare


def test_claims_in_confirmed_words_are_counted(corpus, record):
    found = checks.borne_out(corpus, record)
    none = checks.borne_out(corpus, with_verdicts(record, "contradicted"))
    assert none.values["confirmed"] == 0
    unchecked = replace(record, checks=record.checks.head(0))
    assert checks.borne_out(corpus, unchecked).sentence.startswith("No words of these claims")
    assert "statement" not in checks.left_out(corpus, unchecked)[0].sentence
    assert none.values["doubtful"] > found.values["doubtful"]
    assert "there is nothing to ask it of" in none.sentence


def test_pairs_say_which_event_and_why(corpus, record):
    rows = pairs(corpus, record)
    assert rows["rule"].str.match(r"E\d{3} \((weak|likely|strong)\): ").all()
    found = checks.paired(corpus, record)
    assert found.values["likely"] <= found.values["any"] <= found.values["claims"]


def test_what_is_open_may_still_change_it(corpus, record):
    found = checks.open_questions(corpus, record)
    assert found.values["sources"] == ["000", "004"]
    assert found.values["high"] > found.values["low"]
    settled = checks.open_questions(corpus, with_verdicts(record, "confirmed"))
    assert settled.sentence == "No statement was left without a verdict."


def test_each_source_left_out_and_the_reference_coding(corpus, record):
    left = checks.left_out(corpus, record)
    assert len(left) == len(corpus.documents)
    assert all(found.values["checks"] < len(record.checks) for found in left)
    reference = read_reference(ROOT / "tests/reference")
    found = checks.recoded(corpus, record, reference).values
    assert found["both"] <= min(found["coder"], found["reference"])


def test_nothing_is_said_and_drawn_where_there_is_nothing(empty, record, nothing):
    first, *others = checks.answer(empty, record)
    assert first.sentence.startswith("That cannot be told from here")
    assert [found.id for found in others] == [
        "checks.unseen",
        "checks.unheard",
        "checks.contradiction",
    ]
    assert len(checks.answer(empty, nothing)) == 1
    reference = read_reference(ROOT / "tests/reference")
    for other in (record, nothing):
        for found in (checks.borne_out, checks.paired, checks.pages, checks.open_questions):
            assert found(empty, other).sentence
        assert checks.left_out(empty, other)[0].sentence
        assert checks.recoded(empty, other, reference).sentence
        by_verdict, by_year = checks.by_verdict(empty, other), checks.by_year(empty, other)
        assert "<svg" in verdicts(empty, checks.statements(empty, other), by_verdict).svg
        assert "<svg" in sightings(empty, seen(empty, other), by_year).svg


def test_the_figures_link_every_statement_and_every_event(corpus, record):
    caption = checks.by_verdict(corpus, record)
    figure = verdicts(corpus, checks.statements(corpus, record), caption)
    assert caption.sentence in figure.svg
    for check in record.checks["check"]:
        assert f"{check}, " in figure.svg
    events = seen(corpus, record)
    figure = sightings(corpus, events, checks.by_year(corpus, record))
    for line in events["line"]:
        assert f'events.csv#L{line}"' in figure.svg


def test_events_keep_the_order_of_how_well_they_are_seen(corpus, record):
    found = seen(corpus, record)["seen"]
    assert isinstance(found.dtype, pd.CategoricalDtype)
    assert tuple(found.cat.categories) == SEEN
