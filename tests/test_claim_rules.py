"""Every rule of the coder on sentences of our own: where it has to fire, and where it must not.

The sentences stand in rules/*.toml, which say how they are written. They were coded by the codebook
before the coder saw them.
"""

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from helpers.claims import claims
from helpers.codebook import load_codebook
from helpers.dates import dates
from helpers.mentions import mentions
from helpers.tables import table

FILES = sorted((Path(__file__).parent / "rules").glob("*.toml"))
CODES = ["stance", "object", "level", "status"]
DETAILS = {"actor", "place", "earliest", "latest", "attribution"}
LEAST = 3  # sentences of a rule that fire, and that are quiet, at least


@dataclass(frozen=True)
class Case:
    """A sentence and what the codebook says of it."""

    rule: str
    family: str | None
    shows: str | None
    fires: bool
    zone: str
    text: str
    claims: tuple[str, ...]
    details: dict
    before: str | None


def _case(rule: dict, entry: list, fires: bool) -> Case:
    text, *codes = entry
    details = codes.pop() if codes and isinstance(codes[-1], dict) else {}
    family = rule.get("family")
    return Case(
        rule=family or rule["name"],
        family=family,
        shows=rule.get("shows"),
        fires=fires,
        zone=rule.get("zone", "body"),
        text=text,
        claims=tuple(codes),
        details={key: value for key, value in details.items() if key != "before"},
        before=details.get("before"),
    )


CASES = [
    _case(rule, entry, fires)
    for file in FILES
    for rule in tomllib.loads(file.read_text(encoding="utf-8"))["rule"]
    for fires in (True, False)
    for entry in rule["fires" if fires else "quiet"]
]


def coded(*texts: str, zone: str = "body") -> pd.DataFrame:
    """The claims of the last of some sentences that make up one source."""
    rows, start = [], 0
    for number, text in enumerate(texts):
        rows.append(("s", number, start, start + len(text), text, number + 1, zone))
        start += len(text) + 1
    sentences = table("sentences", rows)
    told = dates(sentences, table("documents", []))
    found = claims(sentences, told, mentions(sentences))
    return found[found["sentence"] == len(texts) - 1]


def _codes(found: pd.DataFrame) -> list[str]:
    return [" ".join(row) for row in found[CODES].itertuples(index=False)]


def _plain(value):
    return value.date() if isinstance(value, pd.Timestamp) else value


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.text}")
def test_sentence(case: Case):
    before = [case.before] if case.before else []
    found = coded(*before, case.text, zone=case.zone)
    assert sorted(_codes(found)) == sorted(case.claims), found[["exact", "rule"]].values.tolist()
    if case.details:
        first = found[[codes == case.claims[0] for codes in _codes(found)]].iloc[0]
        assert {key: _plain(first[key]) for key in case.details} == case.details
    if case.family:
        by_it = found["rule"].str.startswith(f"{case.family}: ")
        assert by_it.any() == case.fires


def test_every_family_has_sentences():
    tested = {case.family for case in CASES} - {None}
    assert tested == {act.family for act in load_codebook().acts}


@pytest.mark.parametrize("rule", sorted({case.rule for case in CASES}))
def test_half_of_the_sentences_are_near_misses(rule):
    """A rule that fires everywhere, or nowhere, would fail on half of its sentences."""
    mine = [case for case in CASES if case.rule == rule]
    assert sum(case.fires for case in mine) >= LEAST
    assert sum(not case.fires for case in mine) >= LEAST
    for case in mine:
        if case.shows:
            shown = {code for claim in case.claims for code in claim.split()} | set(case.details)
            assert (case.shows in shown) == case.fires
        assert not case.details or (case.details.keys() <= DETAILS and case.claims)


def test_sentences_are_their_own():
    """No text stands twice, nor in the articles."""
    texts = [case.text for case in CASES]
    assert len(set(texts)) == len(texts)
    seeds = Path(__file__).parent.parent / "seeds"
    articles = " ".join(path.read_text(encoding="utf-8") for path in seeds.glob("*.txt"))
    assert not [text for text in texts if text in articles]


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
    assert coded(text).empty


def test_the_year_a_plan_is_to_be_met_does_not_date_it():
    [claim] = coded("By 2030, Hainan will build a blockchain park.").to_dict("records")
    assert claim["status"] == "planned"
    assert pd.isna(claim["earliest"])
    assert pd.isna(claim["latest"])


def test_two_claims_of_a_sentence_have_spans_of_their_own():
    found = coded("China bans crypto trading and promotes blockchain.")
    assert found["exact"].tolist() == [
        "China bans crypto trading",
        "China bans crypto trading and promotes blockchain",
    ]


def test_claims_of_long_sentences_keep_their_spans():
    text = "lorem ipsum " * 600 + "China banned crypto trading " + "dolor sit " * 600
    [claim] = coded(text).to_dict("records")
    assert text[claim["start"] : claim["end"]] == claim["exact"]
    assert claim["exact"].startswith("China banned crypto")


def _calls(text: str) -> int:
    """How many function calls the coder makes of a sentence: a measure that no load disturbs."""
    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        coded(text)
    finally:
        sys.setprofile(None)
    return calls


def _repeated(part: str, length: int) -> str:
    """A text of about `length` characters that never quite repeats itself."""
    block = part * max(200 // len(part), 1)
    return " ".join(f"{block}{n}" for n in range(length // len(block)))


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
        "plans to plan to ",
        "will not ban the ban on the crypto ban ",
        "x" * 5000 + " ",
    ],
)
def test_long_sentences_take_time_by_their_length(part):
    coded(part * 2)  # so that nothing is loaded while it is measured
    half, whole = (_calls(_repeated(part, length)) for length in (10_000, 20_000))
    assert whole < 2.5 * half
