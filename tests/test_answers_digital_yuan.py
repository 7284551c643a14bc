"""The answers about the digital yuan, on sources and record as they are and altered."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus

from helpers import read_corpus, read_record, read_reference
from helpers.answers import digital_yuan
from helpers.figures import readiness
from helpers.series import PAYMENTS, PILOTS, VALUE, WALLETS, falls, means, points, yuan_courses

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(ROOT / "seeds")


@pytest.fixture(scope="module")
def record():
    return read_record(ROOT / "seeds/record")


def with_values(record, series, values):
    """The record with other values in the points of one series, in the order of time."""
    changed = record.series.copy()
    changed.loc[points(record, series).index, "value"] = values
    return replace(record, series=changed)


def without_events(record, *instruments):
    """The record without the events of some instruments."""
    events = record.events
    return replace(record, events=events[~events["instrument"].isin(instruments)])


def said(findings):
    return {found.id.removeprefix("yuan."): found.sentence for found in findings}


def drawn(corpus, record):
    figures, promised = yuan_courses(record), digital_yuan.promised_in(corpus)
    caption = digital_yuan.over_time(corpus, record)
    return readiness(corpus, digital_yuan.events(record), figures, promised, caption)


def test_the_promise_is_the_first_of_a_source_with_a_date(corpus):
    promised = digital_yuan.promise(corpus)
    assert promised.claim["source"].tolist() == ["004"]
    assert promised.earliest == pd.Timestamp("2019-10-24")
    for end in ("published_earliest", "published_latest"):  # a window that is open tells no day
        documents = corpus.documents.assign(**{end: pd.NaT})
        assert digital_yuan.promise(replace(corpus, documents=documents)) is None
    done = corpus.claims.assign(status="done")
    assert digital_yuan.promise(replace(corpus, claims=done)) is None


def test_what_came_first_says_how_ready_it_was(corpus, record):
    first = said(digital_yuan.answer(corpus, record))["first"]
    assert first.startswith("Ready to be tried, not to be launched. Source 004, published between")
    assert "173 days later" in first
    no_trials = without_events(record, "pilot")
    assert said(digital_yuan.answer(corpus, no_trials))["first"].startswith("Not ready for use")
    launched = without_events(record, "pilot", "law")
    assert said(digital_yuan.answer(corpus, launched))["first"].startswith("Ready to be launched")
    words = without_events(record, "pilot", "law", "launch")
    assert said(digital_yuan.answer(corpus, words))["first"].startswith("Nothing came of it")


def test_the_events_since_are_counted_by_how_far_they_went(corpus, record):
    later = digital_yuan.since(corpus, record)
    assert later["earliest"].min() > pd.Timestamp("2019-10-25")
    found = said(digital_yuan.answer(corpus, record))["stages"]
    for stage, number in later["stage"].value_counts().items():
        assert f"{number} are {stage}" in found
    assert digital_yuan.events(record)["stage"].notna().all()


def test_a_total_that_falls_counts_something_else(corpus, record):
    fell = falls(points(record, WALLETS))
    assert list(zip(fell["before"], fell["value"], strict=True)) == [(261, 120)]
    assert "not the same wallets" in digital_yuan.wallets(corpus, record).sentence
    rising = with_values(record, WALLETS, [1, 2, 3, 4, 5, 6])
    assert "not" not in digital_yuan.wallets(corpus, rising).sentence
    assert "counted anew" in drawn(corpus, record).svg
    assert "counted anew" not in drawn(corpus, rising).svg


def test_units_that_change_are_pointed_out(corpus, record):
    assert "changes from count to count" in digital_yuan.pilots(corpus, record).sentence
    one = replace(record, series=record.series.assign(unit="cities"))
    assert "changes" not in digital_yuan.pilots(corpus, one).sentence


def test_the_mean_payment_is_that_between_two_days(corpus, record):
    spans = means(record)
    assert spans[0].mean == pytest.approx(0.0345e12 / 0.07075e9)
    assert spans[-1].mean == pytest.approx((16.7 - 14.2) * 1e12 / ((3.48 - 3.32) * 1e9))
    sentence = digital_yuan.payments(corpus, record).sentence
    assert "larger payments" in sentence
    assert "about 15,600 yuan each after 30 September 2025" in sentence
    values = [0.001 * n for n in range(1, 9)]
    assert (
        "smaller payments"
        in digital_yuan.payments(corpus, with_values(record, VALUE, values)).sentence
    )
    once = with_values(record, PAYMENTS, [1, 1, 1, 1, 1])  # no payment between the days
    assert len(means(once)) == 1
    other_unit = replace(record, series=record.series.assign(unit="USD"))
    assert means(other_unit) == []


def test_the_greatest_step_is_found(corpus, record):
    assert "18-fold" in digital_yuan.jumps(corpus, record).sentence
    even = with_values(record, VALUE, [1, 2, 4, 8, 16, 32, 64, 640])
    found = digital_yuan.jumps(corpus, even)
    assert (found.values["times"], found.values["rest"]) == (10, 2)


def test_checks_of_sentences_on_it(corpus, record):
    found = digital_yuan.tested(corpus, record)
    assert found.values["checks"] == 5
    assert "1 confirmed" in found.sentence
    unchecked = replace(record, checks=record.checks.head(0))
    assert "was not checked" in digital_yuan.tested(corpus, unchecked).sentence


def test_without_the_source_of_the_promise_there_is_none(corpus):
    reference = read_reference(ROOT / "tests/reference")
    assert digital_yuan.left_out(corpus).values["others"] == ["004"]
    assert "a promise" in digital_yuan.recoded(corpus, reference).sentence


def test_nothing_is_said_and_drawn_where_there_is_nothing(record):
    empty = small_corpus({"a": "Nothing is said here."})
    nothing = replace(
        record,
        events=record.events.head(0),
        series=record.series.head(0),
        checks=record.checks.head(0),
    )
    [only] = digital_yuan.answer(empty, nothing)
    assert only.sentence.startswith("That cannot be told from here")
    for found in (
        digital_yuan.pilots,
        digital_yuan.wallets,
        digital_yuan.payments,
        digital_yuan.circulating,
        digital_yuan.jumps,
        digital_yuan.tested,
        digital_yuan.lasting,
    ):
        assert found(empty, nothing).sentence
    assert digital_yuan.left_out(empty).sentence
    assert digital_yuan.recoded(empty, read_reference(ROOT / "tests/reference")).sentence
    assert "<svg" in drawn(empty, nothing).svg


def test_the_record_without_events_or_figures_is_said_so(corpus, record):
    bare = replace(record, events=record.events.head(0), series=record.series.head(0))
    found = said(digital_yuan.answer(corpus, bare))
    assert found["first"].startswith("Nothing came of it")
    assert found["stages"] == "The record has no event on the digital yuan since."


def test_the_figure_says_its_numbers_and_links_all(corpus, record):
    figure = drawn(corpus, record)
    assert figure.caption.sentence in figure.svg
    for line in points(record, PILOTS, WALLETS, VALUE)["line"]:
        assert f'series.csv#L{line}"' in figure.svg
    for line in digital_yuan.events(record)["line"]:
        assert f'events.csv#L{line}"' in figure.svg
    assert "004_4567e733cf40784b.txt#" in figure.svg
