"""The answers about the crackdown, on sources and record as they are and altered."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus

from helpers import read_corpus, read_record, read_reference
from helpers.answers import crackdown
from helpers.figures import pursuit
from helpers.series import COUNTED, MINING, RANK, bans, counts, course, in_words, points, ranks

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


def without_series(record, *series):
    return replace(record, series=record.series[~record.series["series"].isin(series)])


def sentences(findings):
    return {found.id.removeprefix("crackdown."): found.sentence for found in findings}


@pytest.mark.parametrize(
    ("values", "verdict", "begins"),
    [
        ([75, 65, 49, 46, 45, 0, 0, 22, 21], "for a while", "It bit, but not for long: "),
        ([75, 65, 49, 46, 45, 0, 0, 2, 3], "for good", "It bit: "),
        ([75, 65, 49, 46, 45, 60, 50, 55, 45], "not", "It did not bite"),
        ([10, 20, 30, 40, 50, 60, 70, 80, 90], "not", "It did not bite"),
    ],
)
def test_whether_it_bit_follows_the_course_of_mining(corpus, record, values, verdict, begins):
    other = with_values(record, MINING, values)
    assert crackdown.verdict(other) == verdict
    said = sentences(crackdown.answer(corpus, other))
    assert said["mining"].startswith(begins)
    assert ("before" in said) == (verdict != "not")


def test_a_course_has_its_lowest_after_its_highest(record):
    rows = with_values(record, MINING, [1, 65, 80, 46, 45, 5, 5, 22, 21]).series
    went = course(rows[rows["series"] == MINING])
    assert [row["value"] for row in went] == [1, 80, 5, 21]
    assert went.lowest["date"] == "2021-07"  # of equal values the earliest


def test_what_fell_before_the_first_step_is_told_from_the_rest(corpus, record):
    found = sentences(crackdown.answer(corpus, record))["before"]
    went = course(points(record, MINING))
    assert f"{(went.highest['value'] - 46) / went.highest['value']:.0%} of that fall" in found
    later = record.events.copy()
    mining = later["title"].str.contains("mining|miners", case=False)
    later.loc[mining & (later["earliest"] < "2022"), ["earliest", "latest"]] = pd.Timestamp(
        "2022-06-01"
    )
    said = sentences(crackdown.answer(corpus, replace(record, events=later)))
    assert said["before"].startswith("The record has no step of the central state")


def test_ranks_of_sources_and_record_are_compared(corpus, record):
    said = sentences(crackdown.answer(corpus, record))["ranks"]
    assert "rose from rank 144 in 2022 to rank 13 in 2023, say sources and record alike." in said
    other = with_values(record, RANK, [53, 155, 144, 14])
    assert "of these ranks the record has one" in crackdown.ranked(corpus, other).sentence
    unsaid = replace(corpus, quantities=corpus.quantities.head(0))
    silent = crackdown.ranked(unsaid, with_values(record, RANK, [13, 15, 14, 153])).sentence
    assert "fell from rank 13 in 2020 to rank 153 in 2023, says the record" in silent
    neither = crackdown.ranked(unsaid, without_series(record, RANK)).sentence
    assert neither.startswith("Neither the sources nor the record rank")


def test_a_rank_needs_a_date_and_trade_from_person_to_person(corpus):
    assert ranks(corpus)["earliest"].dt.year.tolist() == [2022, 2023]
    assert ranks(replace(corpus, dates=corpus.dates[corpus.dates["exact"] != "2023"])).empty
    words = corpus.sentences["exact"].str.replace("peer-to-peer", "spot")
    assert ranks(replace(corpus, sentences=corpus.sentences.assign(exact=words))).empty


def test_counts_are_those_of_restrictions_only(corpus, record):
    assert counts(corpus)["value"].tolist() == [6, 203, 10000, 300]
    others = corpus.claims[corpus.claims["stance"] == "promote"]
    bare = replace(corpus, claims=others)
    assert counts(bare).empty
    said = crackdown.counted(bare, record).sentence
    assert said == "The sources do not say what enforcement counted."


def test_only_what_can_be_closed_is_counted(corpus):
    households = corpus.quantities.assign(of="households", unit_of_measure=None)
    assert counts(replace(corpus, quantities=households)).empty
    machines = corpus.quantities.assign(of="Mining Machines", unit_of_measure=None)
    assert len(counts(replace(corpus, quantities=machines))) == 4
    many = replace(corpus, quantities=machines.assign(value=3e7))
    assert in_words(counts(many).iloc[0].to_dict()) == "30,000,000 Mining Machines"


def test_counts_come_with_how_they_were_checked(corpus, record):
    said = crackdown.counted(corpus, record).sentence
    assert "about 10,000 " in said
    assert "more than 300 " in said
    assert said.endswith("Checked against one page: 2 confirmed and 2 confirmed in part.")
    denied = record.checks.assign(
        verdict=record.checks["verdict"].where(record.checks["check"] != "K059", "contradicted")
    )
    said = crackdown.counted(corpus, replace(record, checks=denied)).sentence
    assert "1 contradicted" in said
    unchecked = replace(record, checks=record.checks.head(0))
    assert "none was checked" in crackdown.counted(corpus, unchecked).sentence


def test_tallies_at_home_and_abroad(corpus, record):
    assert crackdown.moved(corpus, record).sentence.endswith("fewer at home, more abroad.")
    more = with_values(record, "xinhua_2019_crackdown_domestic_exchanges_closed", [100])
    assert "fewer" not in crackdown.moved(corpus, more).sentence
    one = without_series(record, "xinhua_2019_crackdown_domestic_exchanges_closed")
    assert "no second tally" in crackdown.moved(corpus, one).sentence
    assert crackdown.tallies(corpus, record).values["tallies"] == len(COUNTED)


def test_without_a_source_its_counts_or_ranks_are_gone(corpus):
    found = crackdown.left_out(corpus).values
    assert (found["counting"], found["ranking"]) == (["002"], ["003"])
    silent = replace(corpus, quantities=corpus.quantities.head(0))
    assert "All of the answer is the record's" in crackdown.left_out(silent).sentence


def test_the_reference_coding_is_asked_for_the_same_values(corpus):
    reference = read_reference(ROOT / "tests/reference")
    found = crackdown.recoded(corpus, reference).values
    assert found["rows"] == found["same"] == 6
    none = replace(reference, quantities=reference.quantities.assign(value=-1.0))
    assert crackdown.recoded(corpus, none).values["same"] == 0


def test_nothing_is_said_and_drawn_where_there_is_nothing(record):
    empty = small_corpus({"a": "Nothing is said here."})
    nothing = replace(
        record,
        events=record.events.head(0),
        series=record.series.head(0),
        checks=record.checks.head(0),
    )
    said = sentences(crackdown.answer(empty, nothing))
    assert said["mining"].startswith("That cannot be told from here")
    assert said["sums"] == "The record has no estimate of what was traded."
    for found in (
        crackdown.moved,
        crackdown.yuan,
        crackdown.tallies,
        crackdown.gaps,
        crackdown.lasting,
    ):
        assert found(empty, nothing).sentence
    assert crackdown.left_out(empty).sentence
    assert crackdown.recoded(empty, read_reference(ROOT / "tests/reference")).sentence
    assert bans(nothing).empty
    assert "<svg" in pursuit(empty, nothing, crackdown.over_time(empty, nothing)).svg


def test_the_figure_links_each_figure_and_each_source(corpus, record):
    caption = crackdown.over_time(corpus, record)
    svg = pursuit(corpus, record, caption).svg
    assert caption.sentence.replace("&", "&amp;") in svg
    for line in points(record, *COUNTED, MINING, RANK)["line"]:
        assert f'series.csv#L{line}"' in svg
    assert svg.count("002_753114000cd6d8ce.txt#") == len(counts(corpus))
    assert svg.count("003_dc409e194a8331e8.txt#") == len(ranks(corpus))
