"""Is Hong Kong the exception? Other sources, other answers."""

from dataclasses import replace

import pandas as pd
import pytest
from small import small_corpus, small_record

from helpers import read_corpus, read_record, read_reference
from helpers.answers import hong_kong as answers
from helpers.figures import sides
from helpers.record import Record

TEXT = (
    "China bans crypto.\nHong Kong welcomes crypto.\nHong Kong bans coins.\nA city opens a market."
)
BAN = {"source": "a", "exact": "China bans crypto"}
WELCOME = {"source": "a", "exact": "Hong Kong welcomes crypto"} | {
    "level": "hong_kong",
    "stance": "promote",
}
HERE_TOO = {"source": "a", "exact": "Hong Kong bans coins", "level": "hong_kong"}
MARKET = {"source": "a", "exact": "A city opens a market", "level": "local", "stance": "promote"}


def corpus_of(*claims):
    return small_corpus({"a": TEXT}, [*claims])


def said(corpus, record=None):
    record = record or small_record({})
    return {found.id: found.sentence for found in answers.answer(corpus, record)}


@pytest.fixture(scope="module")
def collection():
    return read_corpus("seeds"), read_record("seeds/record")


@pytest.mark.parametrize(
    ("claims", "verdict", "words"),
    [
        ([BAN, WELCOME], "exception", "Yes, by what the sources say: Hong Kong promotes coins in"),
        ([BAN, HERE_TOO], "alike", "No, not by what the sources say"),
        ([MARKET, HERE_TOO], "reverse", "By what the sources say it is the other way round"),
        ([BAN], "Hong Kong missing", "cannot say, because nothing is said of Hong Kong"),
        ([WELCOME], "the mainland missing", "cannot say, because nothing is said of the mainland"),
        ([], "Hong Kong missing", "These sources cannot say"),
    ],
)
def test_the_answer_follows_the_claims(claims, verdict, words):
    corpus = corpus_of(*claims)
    assert answers.verdict(corpus.claims) == verdict
    assert words in said(corpus)["hong-kong.said"]


def test_rumours_and_what_is_no_coin_do_not_count():
    rumour = corpus_of(BAN, WELCOME | {"status": "rumoured"})
    assert answers.verdict(rumour.claims) == "Hong Kong missing"
    asset = corpus_of(BAN, WELCOME | {"object": "digital_asset"})
    assert answers.verdict(asset.claims) == "Hong Kong missing"
    assert answers.verdict(corpus_of(BAN, WELCOME | {"object": "stablecoin"}).claims) == "exception"


def test_an_answer_that_hangs_on_one_source_says_so():
    assert (
        "very little: one claim of Hong Kong, in one of the one"
        in said(corpus_of(BAN, WELCOME))["hong-kong.few"]
    )
    two = small_corpus({"a": TEXT, "b": TEXT}, [BAN, WELCOME, WELCOME | {"source": "b"}])
    assert said(two)["hong-kong.few"].endswith(
        "two claims of Hong Kong, in two of the two sources."
    )


def test_the_record_says_since_when_and_with_what_limits():
    corpus = corpus_of(BAN, WELCOME)
    here = {"level": "hong_kong", "place": "Hong Kong"}
    record = small_record(
        here | {"stance": "clarify", "earliest": "2018-11-01", "latest": "2018-11-01"},
        here | {"stance": "promote", "title": "A licence"},
        {"earliest": "2020-01-01", "latest": "2020-01-01"},
        here | {"title": "A warning"},
        here | {"level": "central", "title": "A pause"},
    )
    found = said(corpus, record)
    assert (
        "falls on 24 October 2019 (“A licence”); before that, one only" in found["hong-kong.since"]
    )
    assert "coins in 1 event since" in found["hong-kong.since"]
    assert "one restriction of coins by Hong Kong itself, and one by" in found["hong-kong.limits"]
    assert "“A warning” and “A pause”" in found["hong-kong.limits"]
    nothing = said(corpus, small_record(here))
    assert (
        nothing["hong-kong.since"] == "The record has no event by which Hong Kong promotes coins."
    )


def test_statements_and_figures_follow_the_record(collection):
    corpus, record = collection
    now = answers.statements(corpus, record)
    fewer = Record(
        record.events, record.series, record.checks.drop(index=now_index(corpus, record))
    )
    assert answers.statements(corpus, fewer).sentence.startswith("No statement in a sentence")
    assert now.values["checks"] == len(now.evidence)
    no_series = Record(record.events, record.series.head(0), record.checks)
    assert answers.figures(corpus, no_series) == []
    for found in answers.figures(corpus, record):
        assert f"{found.values['last']} {found.values['later']}" in found.sentence


def now_index(corpus, record):
    """The rows of the checks that statements about Hong Kong rest on."""
    labels = [row.citation.label for row in answers.statements(corpus, record).evidence.rows]
    return record.checks.index[record.checks["check"].isin(labels)]


def test_sentences_that_only_name_hong_kong_are_shown(collection):
    corpus = collection[0]
    unused = answers.unused(corpus)
    assert unused["exact"].str.contains("Hong Kong").all()
    claiming = corpus.claims[corpus.claims["level"] == "hong_kong"]
    keys = [["source", "sentence"]] * 2
    assert unused.merge(claiming, left_on=keys[0], right_on=keys[1]).empty


def test_texts_without_claims_still_have_a_figure_and_every_finding():
    corpus, record = corpus_of(), small_record({})
    caption = answers.over_time(corpus, record)
    assert caption.sentence in sides(corpus, answers.tables(corpus, record), caption).svg
    for found in (
        answers.statements(corpus, record),
        *answers.left_out(corpus),
        answers.recoded(corpus, read_reference("tests/reference")),
        answers.nearest(corpus, record),
    ):
        assert found.sentence.endswith(".")


def test_every_claim_and_event_about_coins_has_its_mark(collection):
    corpus, record = collection
    caption = answers.over_time(corpus, record)
    drawn = sides(corpus, answers.tables(corpus, record), caption).svg.count("<a ")
    acts = answers.of_both(record.events)["stance"] != "clarify"
    assert drawn == len(answers.of_both(corpus.claims)) + acts.sum()
    later = record.events.assign(earliest=record.events["earliest"] + pd.DateOffset(years=9))
    moved = replace(record, events=later)
    assert sides(corpus, answers.tables(corpus, moved), caption).svg.count("<a ") == drawn
