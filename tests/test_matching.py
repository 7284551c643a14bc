"""Pairs of claims and events, on events and claims made up here."""

from datetime import date

import pandas as pd
import pytest

from helpers.matching import match
from helpers.record import CLOSED_SETS
from helpers.tables import frame, table

EVENT = {
    "event": "E001",
    "earliest": date(2019, 3, 5),
    "latest": date(2019, 3, 5),
    "issuer": "Shenzhen city government",
    "level": "local",
    "place": "Shenzhen",
    "stance": "promote",
    "object": "blockchain",
    "title": "Shenzhen funds a chain with Huawei",
}
# Names tell only where few events have them, so there must be some more events.
OTHERS = [
    EVENT | {"event": f"E1{n:02}", "object": "cbdc", "issuer": "A bank", "title": "A pilot"}
    for n in range(40)
]
CLAIM = {
    "source": "a",
    "sentence": 3,
    "start": 10,
    "end": 30,
    "exact": "the city funds a chain",
    "stance": "promote",
    "object": "blockchain",
    "level": "local",
    "status": "done",
    "earliest": date(2019, 3, 5),
    "latest": date(2019, 3, 5),
    "place": "Shenzhen",
    "actor": "the city",
}
MARCH = {"earliest": date(2019, 3, 1), "latest": date(2019, 3, 31)}
YEAR = {"earliest": date(2019, 1, 1), "latest": date(2019, 12, 31)}
UNDATED = {"earliest": None, "latest": None}
NO_PLACE = {"place": None}
CENTRAL = {"level": "central", "place": "China"}
HUAWEI = {"actor": "Huawei"}


def pairs(claim, event=None, published=None, further=()):
    """(event, sureness, why) for each pair of the claim and the event."""
    events = [EVENT | (event or {}), *further, *OTHERS]
    documents = None
    if published:
        documents = table("documents", [{"source": "a", "characters": 1, **published}])
    found = match(
        table("claims", [CLAIM | claim]),
        frame(list(EVENT), [list(row.values()) for row in events], CLOSED_SETS),
        documents,
    )
    return list(found[["event", "sureness", "why"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    ("claim", "event", "sureness", "why"),
    [
        ({}, {}, "strong", "both on 2019-03-05; both name Shenzhen"),
        (MARCH, {}, "strong", "days that overlap; both name Shenzhen"),
        (YEAR, {}, "likely", "days that overlap within a long time; both name Shenzhen"),
        (CENTRAL, CENTRAL, "strong", "both on 2019-03-05"),
        (MARCH | CENTRAL, CENTRAL, "likely", "days that overlap"),
        (MARCH | CENTRAL | HUAWEI, CENTRAL, "strong", "days that overlap; both name Huawei"),
        (YEAR | CENTRAL, CENTRAL, "weak", "days that overlap within a long time"),
        (CENTRAL, YEAR | CENTRAL, "weak", "days that overlap within a long time"),
        (NO_PLACE, {}, "likely", "both on 2019-03-05; of no known place here"),
        (MARCH | NO_PLACE, {}, "weak", "days that overlap; of no known place here"),
        (
            MARCH | HUAWEI | {"level": "industry"},
            {},
            "likely",
            "days that overlap; both name Huawei, Shenzhen; of industry here, of local there",
        ),
        (
            MARCH | {"status": "rumoured"},
            {},
            "likely",
            "days that overlap; both name Shenzhen; a rumour",
        ),
        (MARCH | {"status": "planned"}, {}, "strong", "days that overlap; both name Shenzhen"),
        (  # an act of the centre is of the whole country, wherever it was said
            CENTRAL | {"place": "Hainan"},
            CENTRAL | {"place": "Beijing"},
            "strong",
            "both on 2019-03-05",
        ),
        (
            MARCH | {"place": "Suzhou"},
            {"place": "Suzhou; Xi'an", "issuer": "Two cities", "title": "A fund"},
            "strong",
            "days that overlap; both name Suzhou",
        ),
    ],
)
def test_what_speaks_for_a_pair_makes_it_surer(claim, event, sureness, why):
    assert pairs(claim, event) == [("E001", sureness, why)]


@pytest.mark.parametrize(
    ("claim", "event"),
    [
        ({"object": "cryptocurrency"}, {}),
        ({"stance": "restrict"}, {}),
        ({}, {"stance": "clarify"}),
        ({"status": "denied"}, {}),
        ({"earliest": date(2019, 3, 6), "latest": date(2019, 3, 31)}, {}),
        ({"earliest": date(2019, 3, 1), "latest": date(2019, 3, 4)}, {}),
        ({"place": "Chengdu"}, {}),
        ({"place": "Hong Kong", "level": "hong_kong"}, {}),
        (MARCH | {"level": "industry"}, {}),  # another level, and no name in common
        (YEAR | HUAWEI | {"level": "industry", "status": "rumoured"}, {}),
        (YEAR | NO_PLACE, {}),
        (UNDATED, {}),
        (UNDATED | HUAWEI, {}),  # nothing says when the source was published
    ],
)
def test_nothing_is_forced(claim, event):
    assert pairs(claim, event) == []


def test_an_undated_claim_needs_a_name_and_an_event_before_its_publication():
    after = {"published_latest": date(2019, 3, 5)}
    before = {"published_latest": date(2019, 3, 4)}
    why = "the claim has no date; both name Huawei, Shenzhen"
    assert pairs(UNDATED | HUAWEI, published=after) == [("E001", "weak", why)]
    assert pairs(UNDATED | HUAWEI, published=before) == []
    assert pairs(UNDATED, published=after) == []


def test_who_is_known_from_other_events_speaks_against():
    other = [EVENT | {"event": "E002", "issuer": "Tencent", "title": "A fund"}]
    claim = MARCH | {"actor": "Tencent"}
    assert pairs(claim, further=other) == [
        ("E002", "strong", "days that overlap; both name Shenzhen, Tencent"),
        ("E001", "likely", "days that overlap; both name Shenzhen; names Tencent"),
    ]
    assert pairs(claim) == [("E001", "strong", "days that overlap; both name Shenzhen")]


def test_a_name_that_many_events_have_does_not_tell():
    everywhere = [EVENT | {"event": f"E2{n:02}", "object": "cbdc"} for n in range(9)]
    [pair] = pairs(MARCH | CENTRAL | HUAWEI, CENTRAL, further=everywhere)
    assert pair == ("E001", "likely", "days that overlap")


def test_pairs_have_the_claims_span_and_an_ordered_sureness():
    found = match(table("claims", [CLAIM]), frame(list(EVENT), [list(EVENT.values())], CLOSED_SETS))
    [row] = found.to_dict("records")
    said = ["source", "sentence", "start", "end", "exact", "stance", "object", "level", "status"]
    assert list(row) == [*said, "event", "sureness", "why"]
    assert all(row[column] == CLAIM[column] for column in said)
    assert list(found["sureness"].cat.categories) == ["weak", "likely", "strong"]
    assert found["sureness"].cat.ordered


def test_nothing_to_match_gives_an_empty_table():
    found = match(table("claims", []), frame(list(EVENT), [list(EVENT.values())], CLOSED_SETS))
    assert found.empty
    assert isinstance(found["sureness"].dtype, pd.CategoricalDtype)
