"""The answers about October 2019, on the record as it is and altered."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus

from helpers import read_corpus, read_record, read_reference
from helpers.answers import october
from helpers.figures import interruption
from helpers.shifts import DAY, placed, shift, sums_by_chance

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def corpus():
    return read_corpus(ROOT / "seeds")


@pytest.fixture(scope="module")
def record():
    return read_record(ROOT / "seeds/record")


@pytest.fixture(scope="module")
def reference():
    return read_reference(ROOT / "tests/reference")


@pytest.fixture(scope="module")
def empty():
    return small_corpus({"a": "Nothing is said here."})


def altered(record, keep=None, **changes):
    """The record with only the events that `keep` says, and with some columns changed."""
    events = record.events if keep is None else record.events[keep(record.events)]
    return replace(record, events=events.assign(**changes))


def sentences(findings):
    return {found.id.removeprefix("october."): found.sentence for found in findings}


@pytest.mark.parametrize("values", [[], [0], [3], [1, 0, 2], [1, 4, 1, 0, 0, 4], [2, 2, 2, 2]])
def test_the_distribution_is_that_of_all_ways_to_pick(values):
    for k in range(len(values) + 1):
        picks = [sum(pick) for pick in combinations(values, k)]
        likely = [Counter(picks)[total] / len(picks) for total in range(sum(values) + 1)]
        assert sums_by_chance(values, k) == pytest.approx(likely)


@pytest.mark.parametrize(
    ("earliest", "latest", "month", "side"),
    [
        ("2019-10-23", "2019-10-23", -1, "before"),
        ("2019-10-25", "2019-10-25", 0, "after"),
        ("2019-11-24", "2019-11-24", 1, "after"),
        ("2019-09-01", "2019-09-30", -2, "before"),
        ("2018-10-24", "2018-10-24", -12, "before"),
        ("2020-01-01", "2020-03-31", 3, "after"),
        ("2019-10-24", "2019-10-24", None, ""),
        ("2019-10-01", "2019-10-31", None, ""),  # before or after the day?
        ("2020-01-01", "2020-12-31", None, ""),  # in which month?
        (None, None, None, ""),
        ("2019-11-01", None, None, ""),
    ],
)
def test_months_are_counted_from_the_day(earliest, latest, month, side):
    row = pd.DataFrame({"earliest": [earliest], "latest": [latest]}).astype("datetime64[s]")
    [found] = placed(row).to_dict("records")
    assert (None if pd.isna(found["month"]) else found["month"], found["side"]) == (month, side)


def test_the_answer_says_what_rose_and_what_did_not(corpus, record):
    promoted = shift(record.events, "promote")
    said = sentences(october.answer(corpus, record))
    assert october.verdict(record.events) == "more"
    assert said["rise"].startswith("There was more after it, but no turn")
    assert f"{promoted.chance:.1%} of all orders" in said["chance"]
    assert "did not tip" in said["balance"]
    assert "cities and provinces" in said["who"]


def test_without_what_came_after_there_is_no_change(corpus, record):
    fewer = altered(record, lambda e: ~((e["stance"] == "promote") & (e["earliest"] > DAY)))
    assert october.verdict(fewer.events) == "none"
    said = sentences(october.answer(corpus, fewer))
    assert said["rise"].startswith("No change shows that could not be chance")
    assert said["who"].startswith("Nobody promoted blockchain more often")
    assert "more promotions after the day" in october.overlooked(corpus, fewer).sentence


def test_with_no_ban_after_and_several_before_the_balance_tips(corpus, record):
    events = record.events
    bans = events[(events["stance"] == "restrict") & (events["earliest"] > DAY)].index
    turned = events.drop(bans[8:])
    turned.loc[bans[:8], ["earliest", "latest"]] = DAY - pd.Timedelta(40, "D")
    other = replace(record, events=turned)
    assert october.verdict(turned) == "turn"
    said = sentences(october.answer(corpus, other))
    assert said["rise"].startswith("Yes, the balance tipped")
    assert "The balance between the sides tipped" in said["balance"]


def test_who_did_more_follows_the_levels(corpus, record):
    levels = record.events["level"].where(record.events["level"] != "local", "central")
    said = sentences(october.answer(corpus, altered(record, level=levels)))
    assert said["who"].startswith("Most of the rise is of the central state, with 13 events")
    assert "itself" not in said["who"]


def test_events_on_one_page_only_do_not_count_as_borne_out(corpus, record):
    alone = altered(record, second_url=None)
    assert "none before and none after" in october.surer(corpus, alone).sentence


def test_other_windows_and_other_days(corpus, record):
    said = october.windows(corpus, record)
    assert set(said.values["rare"]) | set(said.values["common"]) == {
        "3",
        "6",
        "12",
        "18",
        "24",
        "36",
    }
    earlier = altered(
        record,
        earliest=record.events["earliest"] - pd.Timedelta(400, "D"),
        latest=record.events["latest"] - pd.Timedelta(400, "D"),
    )
    assert october.other_days(corpus, earlier).values["larger"] > 0
    assert october.other_days(corpus, record).values["larger"] == 0


def test_adding_what_was_overlooked_would_undo_the_rise(corpus, record):
    added = october.overlooked(corpus, record).values["added"]
    [before] = record.events[record.events["event"] == "E037"].index
    rows = [
        record.events.loc[[before]].assign(
            earliest=DAY - pd.DateOffset(months=n, days=2),
            latest=DAY - pd.DateOffset(months=n, days=2),
        )
        for n in (2, 3, 4, 5, 6)[:added]
    ]
    enough = pd.concat([record.events, *rows])
    almost = pd.concat([record.events, *rows[1:]])
    assert [october.verdict(events) for events in (enough, almost)] == ["none", "more"]


def test_the_sources_dates_follow_the_claims(corpus, record, reference):
    assert october.dated(corpus).values["on"] > 0
    undated = corpus.claims.assign(earliest=pd.NaT, latest=pd.NaT)
    found = october.dated(replace(corpus, claims=undated))
    assert (found.values["on"], found.values["before"], found.values["after"]) == (0, 0, 0)
    assert (
        "no source dates a claim"
        in october.the_day(replace(corpus, claims=undated), record).sentence
    )
    assert october.left_out(corpus).values["least"] == "004"
    assert "between" not in october.left_out(replace(corpus, claims=undated)).sentence
    assert "reference coding" in october.recoded(corpus, reference).sentence


def test_nothing_to_count_is_said_and_drawn(empty, record, reference):
    nothing = altered(record, lambda events: events["event"] == "")
    first, second = october.answer(empty, nothing)
    assert first.sentence.startswith("That cannot be told from here")
    assert second.sentence == "The sources have no claim of either kind."
    for found in (
        october.by_month(empty, nothing),
        october.windows(empty, nothing),
        october.other_days(empty, nothing),
        october.surer(empty, nothing),
        october.overlooked(empty, nothing),
        october.the_day(empty, nothing),
        october.left_out(empty),
        october.recoded(empty, reference),
    ):
        assert found.sentence
    assert "<svg" in interruption(empty, nothing, october.by_month(empty, nothing)).svg


def test_the_figure_says_its_numbers_and_links_every_act(corpus, record):
    caption = october.by_month(corpus, record)
    figure = interruption(corpus, record, caption)
    assert caption.sentence in figure.svg
    for event in shift(record.events, "promote").rows["line"]:
        assert f'events.csv#L{event}"' in figure.svg
