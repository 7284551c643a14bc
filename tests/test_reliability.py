"""The comparison of two codings, on two small sources coded by hand here."""

import csv
from math import isnan
from pathlib import Path

import pytest

from helpers.corpus import Corpus
from helpers.reading import SourceError
from helpers.reference import read_reference
from helpers.reliability import agreement, comparable, disagreements
from helpers.tables import table

TEXTS = {
    "a": "A ban\nChina bans mining. The province funds a chain in 2019.\nGreat post!",
    "b": "On Monday the bank launched its coin in 3 cities. Firms may not trade.",
}
SENTENCES = [
    ("a", "A ban", "headline"),
    ("a", "China bans mining.", "body"),
    ("a", "The province funds a chain in 2019.", "body"),
    ("a", "Great post!", "comment"),
    ("b", "On Monday the bank launched its coin in 3 cities.", "body"),
    ("b", "Firms may not trade.", "body"),
]
CLAIMS = [
    ("a", "China bans mining", "restrict", "cryptocurrency", "central", "done", None),
    ("a", "province funds a chain", "promote", "blockchain", "local", "done", "2019-06-01"),
    ("b", "bank launched its coin", "promote", "cbdc", "central", "done", None),
    ("b", "Firms may not trade", "restrict", "cryptocurrency", "central", "done", None),
]
DATES = [("a", "in 2019", "2019-01-01", "2019-12-31"), ("b", "Monday", "2020-01-06", "2020-01-06")]
QUANTITIES = [("b", "3", 3, None, "exact")]
MENTIONS = [("a", "China", "China", "actor"), ("a", "province", "Hainan", "actor")]

VARIABLES = {
    "sentences": ["zone"],
    "claims": [
        *("claim", "stance", "object", "level", "status"),
        *("full claim", "claim interval", "claim place"),
    ],
    "dates": ["date", "date interval"],
    "quantities": ["quantity", "quantity value", "quantity comparison"],
    "mentions": ["mention", "mention entity"],
}


def coding(
    sentences=SENTENCES, claims=CLAIMS, dates=DATES, quantities=QUANTITIES, mentions=MENTIONS
):
    """The tables of one coding: rows as dictionaries, `sentence` counted from 0 in each source."""
    spans = [_span(*row[:2]) for row in sentences]

    def rows(given, *columns):
        for source, exact, *values in given:
            span = _span(source, exact)
            here = [s for s in spans if s["source"] == source]
            number = sum(s["start"] <= span["start"] for s in here) - 1
            yield span | {"sentence": number} | dict(zip(columns, values, strict=True))

    claims = rows(claims, "stance", "object", "level", "status", "earliest")
    return {
        "sentences": list(rows(sentences, "zone")),
        "claims": [row | {"latest": row["earliest"]} for row in claims],
        "dates": [r | {"anchor": "calendar"} for r in rows(dates, "earliest", "latest")],
        "quantities": list(rows(quantities, "value", "value_high", "comparison")),
        "mentions": list(rows(mentions, "entity", "type")),
    }


def _span(source, exact):
    start = TEXTS[source].index(exact)
    return {"source": source, "start": start, "end": start + len(exact), "exact": exact}


def corpus(texts=TEXTS, **coded):
    further = {"line": 1, "rule": "by hand"}
    tables = {n: [further | row for row in rows] for n, rows in coding(**coded).items()}
    tables |= {"documents": [{"source": s, "characters": len(texts[s])} for s in texts]}
    return Corpus(
        folder=Path(),
        zones=table("zones", []),
        _texts=texts,
        **{name: table(name, rows) for name, rows in tables.items()},
    )


def write_reference(folder, **changes):
    columns = {
        "sentences": "zone",
        "claims": "stance,object,level,status,earliest,latest,place,actor,attribution",
        "dates": "earliest,latest,anchor",
        "quantities": "value,value_high,unit_of_measure,comparison,of",
        "mentions": "entity,type",
    }
    for name, rows in coding(**changes).items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            header = f"source,unit,start,end,{columns[name]},exact".split(",")
            writer = csv.DictWriter(file, header, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(row | {"unit": row["sentence"]} for row in rows)
    return folder


@pytest.fixture
def reference(tmp_path):
    return read_reference(write_reference(tmp_path))


def counts(table, variable):
    [row] = table[table["variable"] == variable].to_dict("records")
    return row["n_reference"], row["n_coded"], row["matched"]


def changed(rows, at, **by_place):
    """The rows with one of them changed, by the place of the value in it."""
    row = list(rows[at])
    for place, value in by_place.items():
        row[int(place.removeprefix("at_"))] = value
    return [*rows[:at], tuple(row), *rows[at + 1 :]]


def test_a_coding_agrees_with_itself(reference):
    table = agreement(corpus(), reference)
    assert (table["f1"] == 1).all()
    assert (table["low"] == 1).all()
    assert table["alpha"].dropna().eq(1).all()
    with_alpha = table["variable"][table["alpha"].notna()]
    assert list(with_alpha) == ["zone", "stance", "object", "level", "status"]
    assert list(table["variable"]) == [name for names in VARIABLES.values() for name in names]
    assert (table["n_sources"] == 2).all()
    assert disagreements(corpus(), reference).empty


@pytest.mark.parametrize(
    ("coded", "expected"),
    [
        ({"claims": CLAIMS[1:]}, {"claim": (4, 3, 3), "full claim": (4, 3, 3), "level": (3, 3, 3)}),
        (
            {"claims": changed(CLAIMS, 1, at_3="digital_asset")},
            {"claim": (4, 4, 3), "stance": (4, 4, 4), "object": (4, 4, 3), "level": (3, 3, 3)},
        ),
        (
            {"claims": changed(CLAIMS, 1, at_4="central")},
            {"claim": (4, 4, 4), "level": (4, 4, 3), "status": (4, 4, 4), "full claim": (4, 4, 3)},
        ),
        (
            {"claims": changed(CLAIMS, 1, at_5="planned")},
            {"claim": (4, 4, 4), "status": (4, 4, 3), "full claim": (4, 4, 3)},
        ),
        (
            {"claims": changed(CLAIMS, 1, at_6="2019-07-01")},
            {"full claim": (4, 4, 4), "claim interval": (4, 4, 3)},
        ),
        (  # one act of two levels: two claims, of which the reference has one
            {"claims": [*CLAIMS, (*CLAIMS[2][:4], "industry", "done", None)]},
            {"claim": (4, 4, 4), "level": (4, 5, 4), "status": (4, 5, 4), "full claim": (4, 5, 4)},
        ),
        (  # the same claim twice in one sentence counts once
            {"claims": [*CLAIMS, ("b", "its coin", *CLAIMS[2][2:])]},
            {"claim": (4, 4, 4), "full claim": (4, 4, 4), "level": (4, 4, 4)},
        ),
        (  # a claim in a comment is one too many
            {"claims": [*CLAIMS, ("a", "Great post", *CLAIMS[2][2:])]},
            {"claim": (4, 5, 4)},
        ),
        ({"sentences": changed(SENTENCES, 3, at_2="body")}, {"zone": (6, 6, 5)}),
        ({"dates": DATES[:1]}, {"date": (2, 1, 1), "date interval": (2, 1, 1)}),
        (
            {"dates": changed(DATES, 1, at_2=None, at_1="On Monday")},
            {"date": (2, 2, 2), "date interval": (2, 2, 1)},
        ),
        (  # a number that is no date
            {"dates": [*DATES, ("b", "3", "2003-01-01", "2003-12-31")]},
            {"date": (2, 3, 2), "date interval": (2, 3, 2)},
        ),
        (  # dates in comments have not been coded
            {"dates": [*DATES, ("a", "Great", None, None)]},
            {"date": (2, 2, 2)},
        ),
        (
            {"quantities": [("b", "in 3 cities", 3, 4, "range")]},
            {"quantity": (1, 1, 1), "quantity value": (1, 1, 0), "quantity comparison": (1, 1, 0)},
        ),
        (
            {"mentions": changed(MENTIONS, 0, at_3="place")},
            {"mention": (2, 2, 1), "mention entity": (2, 2, 1)},
        ),
        (
            {"mentions": changed(MENTIONS, 1, at_2="Henan")},
            {"mention": (2, 2, 2), "mention entity": (2, 2, 1)},
        ),
        (  # two spans over one of the reference: only one can match
            {"mentions": [*MENTIONS, ("a", "ince", "Ince", "actor")]},
            {"mention": (2, 3, 2), "mention entity": (2, 3, 2)},
        ),
    ],
)
def test_what_differs_is_counted_where_it_differs_and_nowhere_else(reference, coded, expected):
    table = agreement(corpus(**coded), reference)
    assert {variable: counts(table, variable) for variable in expected} == expected
    others = ~table["variable"].isin(VARIABLES[next(iter(coded))])
    assert (table[others]["f1"] == 1).all()


def test_sentences_may_be_cut_otherwise(reference):
    joined = [
        ("a", "A ban", "headline"),
        ("a", "China bans mining. The province funds a chain in 2019.", "body"),
        ("a", "Great post!", "comment"),
        ("b", "On Monday the bank launched", "body"),
        ("b", "its coin in 3 cities.", "body"),
        ("b", "Firms may not trade.", "body"),
    ]
    table = agreement(corpus(sentences=joined), reference)
    assert (table["f1"] == 1).all()


def test_a_unit_with_sentences_of_two_zones_is_wrong(reference):
    cut = [*SENTENCES[:4], ("b", "On Monday", "headline"), ("b", "the bank launched its", "body")]
    assert counts(agreement(corpus(sentences=cut), reference), "zone") == (6, 5, 4)


def test_disagreements_stand_beside_their_sentences(reference):
    coded = [
        CLAIMS[0],
        (*CLAIMS[1][:4], "central", "planned", None),
        ("b", "its coin", "promote", "stablecoin", "central", "done", None),
        CLAIMS[3],
    ]
    rows = disagreements(corpus(claims=coded), reference)
    columns = ["source", "sentence", "exact", "kind", "reference", "coded", "coded_exact", "rule"]
    in_b = ["b", 0, "On Monday the bank launched its coin in 3 cities."]
    assert rows[columns].values.tolist() == [
        [
            "a",
            2,
            "The province funds a chain in 2019.",
            "different",
            "promote blockchain, local, done",
            "promote blockchain, central, planned",
            "province funds a chain",
            "by hand",
        ],
        [*in_b, "missed", "promote cbdc, central, done", None, None, None],
        [*in_b, "extra", None, "promote stablecoin, central, done", "its coin", "by hand"],
    ]
    assert all(TEXTS[r.source][r.start : r.end] == r.exact for r in rows.itertuples())


def test_a_source_that_changed_is_not_compared(reference):
    texts = TEXTS | {"b": TEXTS["b"].replace("3", "4")}
    assert comparable(corpus(texts), reference) == ["a"]
    table = agreement(corpus(texts), reference)
    assert counts(table, "claim") == (2, 2, 2)
    assert table["low"].isna().all()


def test_other_sources_leave_nothing_to_compare(reference):
    texts = {"c": "Something else."}
    other = {"sentences": [], "claims": [], "dates": [], "quantities": [], "mentions": []}
    table = agreement(corpus(texts, **other), reference)
    assert (table["n_reference"] == 0).all()
    assert table[["precision", "recall", "f1", "alpha"]].isna().all(axis=None)
    assert disagreements(corpus(texts, **other), reference).empty


def test_where_there_is_no_reference_nothing_is_compared(tmp_path):
    none = read_reference(tmp_path / "reference")
    assert comparable(corpus(), none) == []
    assert (agreement(corpus(), none)["n_reference"] == 0).all()


def test_alpha_falls_with_what_is_missed(reference):
    table = agreement(corpus(claims=CLAIMS[1:]), reference).set_index("variable")
    assert table.loc["zone", "alpha"] == 1
    assert 0 < table.loc["stance", "alpha"] < 1
    assert isnan(table.loc["claim", "alpha"])


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("claims.csv", "restrict", "forbid", ":2: stance 'forbid' is none of restrict, promote."),
        ("claims.csv", "a,1,", "a,9,", ":2: unit 9 of source a is not in sentences.csv."),
        ("sentences.csv", "a,1,6,", "a,1,x,", ":3: start 'x' is not a whole number."),
        ("sentences.csv", "a,1,6,24", "a,1,24,6", ":3: start 24 comes after end 6."),
        ("sentences.csv", "a,1,", "a,0,", ":3: source 'a', unit '0' has a row already, in line 2."),
        ("dates.csv", "2019-12-31", "2018-12-31", ":2: earliest 2019-01-01 comes after latest"),
        ("quantities.csv", ",3,", ",three,", ":2: value 'three' is not a number."),
        ("mentions.csv", "type", "kind", ":1: unknown column 'kind'."),
    ],
)
def test_a_wrong_reference_says_so(tmp_path, file, old, new, expected):
    path = write_reference(tmp_path) / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        read_reference(tmp_path)
    assert any(f"{path}{expected}" in line for line in caught.value.problems)
