"""Each rule family of the codebook, and each construction, on sentences made for it."""

import sys
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from helpers.claims import claims
from helpers.codebook import load_codebook
from helpers.dates import dates
from helpers.grammar import parse
from helpers.mentions import mentions
from helpers.tables import table

RULES = tomllib.loads((Path(__file__).parent / "rules.toml").read_text(encoding="utf-8"))
CONSTRUCTION = "construction: "
ENOUGH = 6


def _coded(*texts: str) -> pd.DataFrame:
    """The claims of sentences that make up one source."""
    rows = [
        ("s", n, 1000 * n, 1000 * n + len(text), text, 1, "body") for n, text in enumerate(texts)
    ]
    sentences = table("sentences", rows)
    documents = table("documents", [{"source": "s", "characters": 0}])
    found = claims(sentences, dates(sentences, documents), mentions(sentences))
    return found[found["sentence"] == len(texts) - 1]


def _codes(found: pd.DataFrame) -> set[str]:
    columns = ["stance", "object", "level", "status"]
    return {" ".join(row) for row in found[columns].astype(str).itertuples(index=False)}


def _of_family(found: pd.DataFrame, name: str) -> pd.DataFrame:
    if name.startswith(CONSTRUCTION):
        return found
    return found[found["rule"].str.startswith(f"{name}: ")]


def _cases(kind: str) -> list:
    return [
        pytest.param(name, case, id=f"{name}: {case[0] if kind == 'fires' else case}")
        for name, cases in RULES.items()
        for case in cases[kind]
    ]


@pytest.mark.parametrize(("name", "case"), _cases("fires"))
def test_fires(name, case):
    text, codes = case
    found = _coded(text)
    assert codes in _codes(_of_family(found, name)), found[["exact", "rule"]].values.tolist()


@pytest.mark.parametrize(("name", "text"), _cases("silent"))
def test_is_silent(name, text):
    found = _of_family(_coded(text), name)
    assert found.empty, (_codes(found), found["rule"].tolist())


def test_every_family_has_its_sentences():
    families = load_codebook().families
    named = {name for name in RULES if not name.startswith(CONSTRUCTION)}
    assert named == set(families)
    for name, cases in RULES.items():
        fires, silent = len(cases["fires"]), len(cases["silent"])
        assert fires + silent >= ENOUGH, name
        assert fires >= ENOUGH / 2, name
        assert silent >= ENOUGH / 2, name


@pytest.mark.parametrize(
    ("before", "text", "codes"),
    [
        (
            "China banned crypto trading.",
            "The ban hurt many.",
            "restrict cryptocurrency central done",
        ),
        (
            "Blockchain is young.",
            "The ministry supports this technology.",
            "promote blockchain central done",
        ),
        (
            "Hong Kong wrote rules for virtual assets.",
            "The city welcomes crypto firms.",
            "promote cryptocurrency hong_kong done",
        ),
        (
            "Huawei showed a blockchain.",
            "The company will launch it in May.",
            "promote blockchain industry planned",
        ),
    ],
)
def test_objects_and_actors_are_carried_over(before, text, codes):
    assert codes in _codes(_coded(before, text))


PLAN = "The city of Chengdu published its blockchain plan."


@pytest.mark.parametrize(
    "text",
    [
        "Actively promote blockchain, and build a blockchain platform.",
        "Third, strengthen the development of blockchain.",
        "Accelerate blockchain research.",
    ],
)
def test_the_commands_of_a_plan_are_its_authors(text):
    assert "promote blockchain local planned" in _codes(_coded(PLAN, text))


@pytest.mark.parametrize(
    "text",
    [
        "Read this guide to bitcoin first.",
        "Never mind the price of bitcoin.",
        "Meet the man behind the crypto museum.",
        "Buy bitcoin now.",
    ],
)
def test_what_readers_are_told_is_no_claim(text):
    assert _coded(text).empty


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("China banned plastic bags.", "The ban hurt many."),
        ("Bitcoin fell.", "The company will launch a car in May."),
    ],
)
def test_nothing_is_carried_over_that_was_not_there(before, text):
    assert _coded(before, text).empty


def test_a_claim_is_dated_placed_and_attributed_by_its_own_sentence():
    [claim] = _coded(
        "According to Reuters, Hainan launched a blockchain park in Hainan on 3 May 2019."
    ).to_dict("records")
    assert (claim["actor"], claim["place"], claim["attribution"]) == ("Hainan", "Hainan", "Reuters")
    day = pd.Timestamp("2019-05-03")
    assert (claim["earliest"], claim["latest"]) == (day, day)


def test_the_year_a_plan_is_to_be_met_does_not_date_it():
    [claim] = _coded("By 2030, Hainan will build a blockchain park.").to_dict("records")
    assert claim["status"] == "planned"
    assert pd.isna(claim["earliest"])
    assert pd.isna(claim["latest"])


def test_two_objects_of_two_stances_have_spans_of_their_own():
    found = _coded("China bans crypto trading and promotes blockchain.")
    assert len(found) == 2
    assert found["exact"].nunique() == 2


def _visited(text: str) -> int:
    """How many function calls the coder makes of one sentence: a measure that no load disturbs."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    parse.cache_clear()
    sys.setprofile(count)
    try:
        _coded(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "part",
    [
        "ban crypto and ",
        "to to to ",
        ", , , ",
        "((( ",
        "China's China's ",
        "China and Beijing and ",
        "if not that which ",
        "will not ban the ban on the crypto ban ",
        "x" * 5000 + " ",
    ],
)
def test_long_sentences_take_time_by_their_length(part):
    _coded(part * 2)  # so that nothing is loaded while it is measured
    half, whole = (part * (length // len(part)) for length in (6_000, 12_000))
    assert _visited(whole) < 2.5 * _visited(half)


def test_claims_of_long_sentences_keep_their_spans():
    text = "lorem ipsum " * 600 + "China banned crypto trading " + "dolor sit " * 600
    [claim] = _coded(text).to_dict("records")
    assert text[claim["start"] : claim["end"]] == claim["exact"]
    assert claim["exact"].startswith("China banned crypto")
