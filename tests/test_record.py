import csv
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from helpers.corpus import read_corpus
from helpers.reading import SourceError
from helpers.record import locate, read_record

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = "\N{BULLET} The city funded a chain. Later, the city banned mining. Later, it did not.\n"

EVENT = {
    "event": "E001",
    "earliest": "2019-10-01",
    "latest": "2019-10-31",
    "granularity": "month",
    "issuer": "City of Linjiang",
    "level": "local",
    "place": "Linjiang",
    "stance": "clarify",
    "object": "blockchain",
    "instrument": "plan",
    "title": "Linjiang funds a chain",
    "summary": "A fund was set up.",
    "url": "https://example.org/a?b=c",
    "publisher": "Example",
    "second_url": "",
    "confidence": "high",
}
POINT = {
    "series": "wallets",
    "unit": "million",
    "date": "2021",
    "value": "20.87",
    "url": "http://example.org",
    "publisher": "Example",
    "note": "",
}
CHECK = {
    "source": "a",
    "start": "27",
    "end": "54",
    "exact": "Later, the city banned mini",
    "statement": "The city banned mining",
    "verdict": "partly",
    "finding": "It planned to.",
    "url": "https://example.org/b",
    "second_url": "",
}


def write(folder, events=(EVENT,), series=(POINT,), checks=(CHECK,)):
    rows = {"events": (EVENT, events), "series": (POINT, series), "checks": (CHECK, checks)}
    for name, (example, given) in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, example)
            writer.writeheader()
            writer.writerows(given)
    return folder


def corpus_of(folder, text):
    (folder / "a.txt").write_text(text, encoding="utf-8", newline="")
    return read_corpus(folder)


def test_the_record_is_sound_and_its_quotations_stand_in_the_seeds():
    record = read_record(SEEDS / "record", read_corpus(SEEDS))
    for name in ("events", "series", "checks"):
        assert len(getattr(record, name)) == len(pd.read_csv(SEEDS / "record" / f"{name}.csv"))


def test_rows_are_typed_numbered_and_know_their_lines(tmp_path):
    two_lines = EVENT | {"summary": "one\ntwo"}
    record = read_record(write(tmp_path, [two_lines, EVENT | {"event": "E007"}], [POINT] * 1))
    assert record.events["line"].tolist() == [2, 4]
    assert record.events["stance"].tolist() == ["clarify", "clarify"]
    assert record.events["second_url"].isna().all()
    assert record.series["series_id"].tolist() == ["S001"]
    assert record.series["value"].tolist() == [20.87]
    assert record.checks["check"].tolist() == ["K001"]
    assert record.checks["verdict"].cat.ordered


@pytest.mark.parametrize(
    ("written", "earliest", "latest", "granularity"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "year"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3), "day"),
    ],
)
def test_a_point_bounds_its_days(tmp_path, written, earliest, latest, granularity):
    record = read_record(write(tmp_path, series=[POINT | {"date": written}]))
    [point] = record.series.itertuples()
    assert (point.earliest.date(), point.latest.date()) == (earliest, latest)
    assert (point.date, point.granularity) == (written, granularity)


def test_sources_that_disagree_both_stay(tmp_path):
    other = POINT | {"value": "21", "url": "https://example.org/other"}
    assert read_record(write(tmp_path, series=[POINT, other])).series["value"].tolist() == [
        20.87,
        21,
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"events": [EVENT, EVENT]}, "events.csv:3: event 'E001' has a row already, in line 2."),
        ({"events": [EVENT | {"event": "11"}]}, "events.csv:2: event '11' is not the id of an"),
        ({"events": [EVENT | {"latest": "2019-09-30"}]}, "comes after latest 2019-09-30."),
        ({"events": [EVENT | {"latest": "2019-10-30"}]}, "2019-10-01 to 2019-10-30 is no month."),
        ({"events": [EVENT | {"granularity": "day"}]}, "2019-10-01 to 2019-10-31 is no day."),
        ({"events": [EVENT | {"granularity": "year"}]}, "2019-10-01 to 2019-10-31 is no year."),
        ({"events": [EVENT | {"stance": "ban"}]}, "events.csv:2: stance 'ban' is none of restrict"),
        ({"events": [EVENT | {"level": "city"}]}, "events.csv:2: level 'city' is none of central"),
        ({"events": [EVENT | {"title": ""}]}, "events.csv:2: title is empty."),
        ({"events": [EVENT | {"url": "example.org"}]}, "url 'example.org' is not the address"),
        ({"events": [EVENT | {"second_url": "https://exa mple.org"}]}, "second_url 'https://exa"),
        ({"events": [EVENT | {"url": "https://[::1"}]}, "url 'https://[::1' is not the address"),
        ({"series": [POINT, POINT]}, "series.csv:3: series 'wallets', date '2021'"),
        ({"series": [POINT | {"value": "1,000"}]}, "series.csv:2: value '1,000' is not a number."),
        ({"series": [POINT | {"date": "2021-13"}]}, "series.csv:2: date '2021-13' is not a day."),
        ({"series": [POINT | {"date": "May 2021"}]}, "date 'May 2021' is not a year, month or day"),
        ({"checks": [CHECK | {"verdict": "true"}]}, "checks.csv:2: verdict 'true' is none of"),
        ({"checks": [CHECK | {"start": "55"}]}, "checks.csv:2: start 55 comes after end 54."),
        ({"checks": [CHECK | {"end": "55"}]}, "the quotation has 27 characters, its span 28."),
    ],
)
def test_a_wrong_record_says_so(tmp_path, rows, expected):
    with pytest.raises(SourceError) as caught:
        read_record(write(tmp_path, **rows))
    [found] = caught.value.problems
    assert found.startswith(f"{tmp_path}/")
    assert expected in found


def test_a_missing_file_of_the_record_is_named(tmp_path):
    (write(tmp_path) / "series.csv").unlink()
    with pytest.raises(SourceError, match=r"series\.csv: cannot be read \(No such file"):
        read_record(tmp_path)


@pytest.mark.parametrize(
    ("text", "located", "expected"),
    [
        (TEXT, "in place", None),
        ("A new line.\n" + TEXT, "moved", ":2: .* Mend: it begins at 39 and ends at 66."),
        (TEXT.replace("banned", "allowed"), "orphan", ":2: 'Later, the city banned mini' is not"),
        ("A line.\n" + TEXT + TEXT, "orphan", "is not verbatim at its span in source a"),
    ],
)
def test_quotations_are_found_again_or_left_alone(tmp_path, text, located, expected):
    corpus = corpus_of(tmp_path, text)
    [check] = locate(read_record(write(tmp_path)).checks, corpus).to_dict("records")
    assert check["located"] == located
    if located != "orphan":
        assert text[check["start"] : check["end"]] == CHECK["exact"]
        sentences = corpus.sentences.set_index("sentence")["exact"]
        assert CHECK["exact"] in sentences[check["sentence"]]
    if expected:
        with pytest.raises(SourceError, match=expected):
            read_record(tmp_path, corpus)


def test_a_quotation_that_begins_before_its_sentence_is_found(tmp_path):
    check = CHECK | {"start": "0", "end": "5", "exact": "\N{BULLET} The"}
    corpus = corpus_of(tmp_path, TEXT)
    [found] = locate(read_record(write(tmp_path, checks=[check])).checks, corpus)["sentence"]
    assert found == 0


def test_a_check_of_a_source_that_is_not_there_is_an_orphan(tmp_path):
    corpus = corpus_of(tmp_path, TEXT)
    record = read_record(write(tmp_path, checks=[CHECK | {"source": "b"}]))
    located = locate(record.checks, corpus)
    assert located["located"].tolist() == ["orphan"]
    assert located[["start", "end", "sentence"]].isna().all(axis=None)
