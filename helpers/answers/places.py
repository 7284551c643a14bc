"""Where is it happening?

A claim happens at the place that it names, or that acts in it; where a city, a province or Hong
Kong acts and no place stands in the claim, at the place named last. An event happens at the places
that the record gives. What the central state does at its seat is of the whole country.
"""

from bisect import bisect_left
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.answers.variations import (
    Conclusions,
    Rows,
    from_claims,
    from_record,
    from_sources,
    rows_of,
    without,
)
from helpers.corpus import Corpus
from helpers.findings import CONFIRMED, Finding, evidence, finding
from helpers.places import place_of, places_in
from helpers.record import Record
from helpers.tables import STANCES
from helpers.words import slug

_SEAT = "Beijing"  # of the central state
_RULERS = ("local", "hong_kong")
_SHOWN = 6  # places in a sentence


@lru_cache(maxsize=8)
def named(corpus: Corpus) -> pd.DataFrame:
    """The mentions of places in the articles, with a column `at`: the place.

    The name of a place's government counts as one of the place. The table is shared: do not change
    it.
    """
    rows = corpus.mentions.assign(at=corpus.mentions["entity"].map(place_of))
    return rows.dropna(subset=["at"])


def claims_at(corpus: Corpus) -> pd.DataFrame:
    """The claims of acts done or planned that have a place, once for each, with a column `at`."""
    found = [
        (claim.Index, place)
        for claim in _acts_of(rows_of(corpus.claims))
        for place in _at(corpus, claim)
    ]
    claims = corpus.claims.loc[[index for index, _ in found]]
    return claims.assign(at=pd.Series([place for _, place in found], claims.index, dtype=object))


def _acts_of(claims: Rows) -> Rows:
    return [claim for claim in claims if claim.status in CONFIRMED]


def _at(corpus: Corpus, claim: Any) -> list[str]:
    """The places of one claim: those of its words, or for rulers of places the one named last."""
    words = " ".join(part for part in (claim.place, claim.actor) if isinstance(part, str))
    known = places_in(words)
    if not known and claim.level in _RULERS:
        starts, places = _named_in(corpus).get(claim.source, ((), ()))
        known = places[: bisect_left(starts, claim.end)][-1:]
    return [place for place in known if (claim.level, place) != ("central", _SEAT)]


@lru_cache(maxsize=8)
def _named_in(corpus: Corpus) -> dict[str, tuple[list[int], list[str]]]:
    """Where each source names a place, and which."""
    return {
        source: (found["start"].tolist(), found["at"].tolist())
        for source, found in named(corpus).groupby("source")
    }


def events_at(record: Record) -> pd.DataFrame:
    """The events that restrict or promote at a place, once for each, with a column `at`."""
    events = record.events[record.events["stance"].isin(STANCES)]
    # 'Sanya, Hainan; Wuhan' are two places: of a city and its province the city.
    found = [
        list(dict.fromkeys(place for part in where.split(";") for place in places_in(part)[:1]))
        for where in events["place"]
    ]
    rows = events.assign(at=pd.Series(found, events.index, dtype=object)).explode("at")
    rows = rows.dropna(subset=["at"])
    return rows[~((rows["level"] == "central") & (rows["at"] == _SEAT))]


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "places.named": from_sources(
        lambda corpus, record: (
            f"the place named most often is {_most(named(corpus))[0]}"
            if len(named(corpus))
            else None
        )
    ),
    "places.capital": from_sources(
        lambda corpus, record: (
            f"{_SEAT} is mostly {'no' if _is_the_state(corpus) else 'a'} place"
            if len(named(corpus))
            else None
        )
    ),
    "places.acts": from_claims(
        lambda corpus, record, claims: (
            f"{'some' if _is_any_restricted(corpus, claims) else 'no'} ban has a place"
            if len(named(corpus))
            else None
        )
    ),
    "places.record": from_record(
        lambda record: (
            f"by the record most is promoted in {places[0]}"
            if (places := _most(_promoted(events_at(record))))
            else None
        )
    ),
    "places.passed-over": from_sources(
        lambda corpus, record: (
            f"the sources pass over {'places' if len(_missing(corpus, record)) else 'no place'}"
            " where the record has bans"
            if len(events_at(record))
            else None
        )
    ),
}


def _is_the_state(corpus: Corpus) -> bool:
    """Whether most mentions of the capital mean the state."""
    rows = named(corpus)
    mine = rows.loc[rows["at"] == _SEAT, "level"]
    return 2 * (mine == "central").sum() > len(mine)


def _is_any_restricted(corpus: Corpus, claims: Rows) -> bool:
    return any(claim.stance == "restrict" and _at(corpus, claim) for claim in _acts_of(claims))


def _promoted(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["stance"] == "promote"]


def _most(rows: pd.DataFrame) -> list[str]:
    """The places of rows, the one with the most rows first."""
    counts = rows["at"].value_counts()
    return sorted(counts.index, key=lambda place: (-counts[place], place))


def _counted(rows: pd.DataFrame, most: int = _SHOWN) -> list[str]:
    """The places with the most rows, with their numbers, in words."""
    counts = rows["at"].value_counts()
    return [f"{place} ({counts[place]})" for place in _most(rows)[:most]]


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: which places are named, and where something is done."""
    if named(corpus).empty:
        return [_named(corpus), _in_record(corpus, record)]
    return [
        _named(corpus),
        _seat(corpus),
        _acts(corpus),
        _in_record(corpus, record),
        passed_over(corpus, record),
    ]


def _named(corpus: Corpus) -> Finding:
    """Which places the sources name, and how often."""
    rows = named(corpus)
    values = {
        "places": rows["at"].nunique(),
        "mentions": len(rows),
        "most": _counted(rows),
    }
    sentence = (
        "The sources name {places:words} {places:place/places} that a point on a map can stand for,"
        " {mentions} times in all: {most}."
        if len(rows)
        else "These sources cannot say: they name no place that a point on a map can stand for."
    )
    shown = evidence(corpus, rows, by=("at",) if len(rows) else (), anchor="named", kwic=True)
    return finding("places.named", sentence, values, shown)


def _seat(corpus: Corpus) -> Finding:
    """Whether the name of the capital means the city or the state."""
    rows = named(corpus)
    rows = rows[rows["at"] == _SEAT]
    values = {
        "seat": _SEAT,
        "mentions": len(rows),
        "state": int((rows["level"] == "central").sum()),
    }
    sentence = (
        "{seat} is mostly no place: of {mentions} {mentions:mention/mentions} the coder takes"
        " {state} for the state and not for the city."
        if 2 * values["state"] > len(rows)
        else "{seat} is named {mentions} {mentions:time/times}, and in {state:count} of these the"
        " coder takes it for the state."
    )
    shown = evidence(corpus, rows, anchor="named", kwic=True)
    return finding("places.capital", sentence, values, shown)


def _acts(corpus: Corpus) -> Finding:
    """Where something is restricted, and where promoted."""
    claims = corpus.claims[corpus.claims["status"].isin(CONFIRMED)]
    rows = claims_at(corpus)
    restricted, promoted = (rows[rows["stance"] == stance] for stance in STANCES)
    values = {
        "claims": len(claims),
        "placed": len(rows.drop_duplicates(["source", "start", "end", "stance", "object"])),
        "promoted": _counted(promoted),
        "restricted": _counted(restricted),
    }
    sentence = (
        "Of {claims} {claims:claim/claims} of acts done or planned, {placed} {placed:has/have} a"
        " place: something is promoted in {promoted}"
        if len(promoted)
        else "Of {claims} {claims:claim/claims} of acts done or planned, {placed}"
        " {placed:has/have} a place, and at none is anything promoted"
    )
    sentence += ", and restricted in {restricted}." if len(restricted) else "; no ban has a place."
    shown = evidence(corpus, rows, by=("at", "stance") if len(rows) else ())
    return finding("places.acts", sentence, values, shown)


def _in_record(corpus: Corpus, record: Record) -> Finding:
    """Where the record has something restricted, and where promoted."""
    rows = events_at(record)
    restricted, promoted = (rows[rows["stance"] == stance] for stance in STANCES)
    acts = record.events["stance"].isin(STANCES)
    values = {
        "events": int(acts.sum()),
        "placed": rows["event"].nunique(),
        "places": rows["at"].nunique(),
        "promoted": _counted(promoted),
        "restricted": _counted(restricted),
    }
    sentence = (
        "In the record {placed} of {events} {events:event/events} have a place of their own,"
        " {places} places in all. Most is promoted in {promoted}; most is restricted in"
        " {restricted}."
        if len(rows)
        else "The record has no event with a place of its own."
    )
    by = ("at", "stance") if len(rows) else ()
    return finding(
        "places.record", sentence, values, evidence(corpus, rows, by=by, anchor="record")
    )


def _missing(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The record's bans at places that the sources do not name."""
    rows = events_at(record)
    return rows[(rows["stance"] == "restrict") & ~rows["at"].isin(named(corpus)["at"])]


def passed_over(corpus: Corpus, record: Record) -> Finding:
    """Which places of the record's bans the sources do not even name."""
    rows = _missing(corpus, record)
    values = {"places": rows["at"].nunique(), "names": _counted(rows, most=len(rows))}
    sentence = (
        "Of places where the record has bans the sources pass over {places:words}: {names}."
        if len(rows)
        else "Every place where the record has a ban is named in the sources as well."
    )
    by = ("at",) if len(rows) else ()
    shown = evidence(corpus, rows, by=by, anchor="passed-over")
    return finding("places.passed-over", sentence, values, shown)


def mapped(corpus: Corpus, record: Record) -> Finding:
    """What the figure shows: how much happens where, in the sources and in the record."""
    claims, events = claims_at(corpus), events_at(record)
    values = {
        "claims": claims["at"].nunique(),
        "sources": _counted(claims),
        "only": [place for place in _most(named(corpus)) if place not in set(claims["at"])],
        "events": events["at"].nunique(),
        "record": _counted(events),
    }
    sentence = "In the sources something is done in {claims:words} {claims:place/places}"
    sentence += ": {sources}" if len(claims) else ""
    sentence += "; only named: {only}. " if values["only"] else ". "
    sentence += "In the record it is done in {events} {events:place/places}"
    sentence += ", most in {record}." if len(events) else "."
    shown = evidence(corpus, claims, by=("at", "stance") if len(claims) else ())
    return finding("places.map", sentence, values, shown)


def elsewhere(corpus: Corpus, record: Record) -> Finding:
    """What the map leaves out: names of regions and countries, and what is of the whole country."""
    mentions = corpus.mentions[corpus.mentions["type"] == "place"]
    rows = mentions[mentions["entity"].map(place_of).isna()]
    counts = rows["entity"].value_counts()
    events = record.events[record.events["stance"].isin(STANCES)]
    values = {
        "mentions": len(rows),
        "names": [f"{name} ({count})" for name, count in sorted(counts.items(), key=_by_number)],
        "whole": len(events) - events_at(record)["event"].nunique(),
        "events": len(events),
    }
    sentence = (
        "{mentions} {mentions:mention is/mentions are} of countries or regions, for which no point"
        " can stand"
    )
    sentence += ": {names}. " if len(rows) else ". "
    sentence += (
        "Of {events} {events:event/events} of the record, {whole} {whole:is/are} of the whole"
        " country or abroad, and on no map here."
    )
    shown = evidence(
        corpus, rows, by=("entity",) if len(rows) else (), anchor="elsewhere", kwic=True
    )
    return finding("places.elsewhere", sentence, values, shown)


def _by_number(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def left_out(corpus: Corpus) -> list[Finding]:
    """Which places would not be named without each of the sources."""
    return [_left_out(corpus, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, source: str) -> Finding:
    rest = named(without(corpus, source))
    gone = [place for place in _most(named(corpus)) if place not in set(rest["at"])]
    values = {
        "source": source,
        "places": rest["at"].nunique(),
        "most": _counted(rest),
        "gone": gone,
    }
    sentence = "Without source {source}, {places:words} {places:place/places} would be named"
    sentence += ": {most}" if len(rest) else ""
    sentence += "; gone would be {gone}." if gone else "."
    document = corpus.documents[corpus.documents["source"] == source]
    return finding(f"places.without-{slug(source)}", sentence, values, evidence(corpus, document))


def nearest(corpus: Corpus) -> Finding:
    """What would change the answer: claims of cities and provinces whose place is a guess."""
    rows = claims_at(corpus)
    words = rows["place"].fillna("") + " " + rows["actor"].fillna("")
    guessed = rows[[place not in text for place, text in zip(rows["at"], words, strict=True)]]
    values = {"guessed": len(guessed), "placed": len(rows)}
    sentence = (
        "What would change it are texts that say where. Of the {placed} {placed:claim/claims} with"
        " a place, {guessed} {guessed:has/have} it only from what was named before."
    )
    shown = evidence(corpus, guessed, by=("at",) if len(guessed) else (), anchor="guessed")
    return finding("places.nearest", sentence, values, shown)
