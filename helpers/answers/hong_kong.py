"""Is Hong Kong the exception?

The two sides are Hong Kong, and those who rule the mainland: the central state, cities and
provinces. They are compared in what they do about coins, stablecoins among them, but not about
digital assets that are said to be no coins. An act is a claim of something done or planned.
"""

from collections import Counter

import pandas as pd

from helpers.answers.variations import (
    Conclusions,
    Rows,
    flips,
    from_claims,
    from_record,
    rows_of,
    without,
)
from helpers.checked import checked, verdicts
from helpers.corpus import Corpus
from helpers.findings import ARTICLE, CONFIRMED, Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.tables import STANCES
from helpers.words import slug, when

COINS = ("cryptocurrency", "stablecoin")
SIDES = {"Hong Kong": ("hong_kong",), "the mainland": ("central", "local")}

_HONG_KONG, _MAINLAND = SIDES
_FEW = 5  # claims; a side that rests on so few is said to

# What came of it: figures of the record, and what each of them counts.
_FIGURES = {
    "hk_virtual_asset_firms_interested": "Firms interested",
    "hk_vatp_licences": "Licences for trading platforms",
    "hk_stablecoin_licence_applications": "Applications of stablecoin issuers",
    "hk_stablecoin_licences": "Licences for stablecoin issuers",
}


def of_side(table: pd.DataFrame, side: str, stance: str | None = None) -> pd.DataFrame:
    """The claims or events of one side about coins, if asked for of one stance."""
    rows = table[table["level"].isin(SIDES[side]) & table["object"].isin(COINS)]
    return rows[rows["stance"] == stance] if stance else rows


def of_both(table: pd.DataFrame) -> pd.DataFrame:
    """The claims or events of both sides about coins."""
    return pd.concat([of_side(table, side) for side in SIDES])


def _acts(claims: pd.DataFrame) -> pd.DataFrame:
    return claims[claims["status"].isin(CONFIRMED)]


def _balance(table: pd.DataFrame | Rows) -> dict[str, int]:
    """How often each side promotes and restricts coins: by acts done or planned, or by events."""
    counts = Counter(
        (row.level, row.stance)
        for row in rows_of(table)
        if row.object in COINS and getattr(row, "status", CONFIRMED[0]) in CONFIRMED
    )
    return {
        f"{side} {stance}": sum(counts[level, stance] for level in levels)
        for side, levels in SIDES.items()
        for stance in STANCES
    }


def verdict(table: pd.DataFrame | Rows) -> str:
    """The answer by claims or events: 'exception', 'alike', 'reverse', or what is 'missing'."""
    counts = _balance(table)
    for side in SIDES:
        if not counts[f"{side} promote"] + counts[f"{side} restrict"]:
            return f"{side} missing"
    leans = [counts[f"{side} promote"] > counts[f"{side} restrict"] for side in SIDES]
    return "alike" if leans[0] == leans[1] else "exception" if leans[0] else "reverse"


_IN_WORDS = {
    "exception": "Hong Kong is the exception",
    "alike": "Hong Kong is no exception",
    "reverse": "it is the other way round",
    "Hong Kong missing": "nothing is said of Hong Kong",
    "the mainland missing": "nothing is said of the mainland",
}


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "hong-kong.said": from_claims(
        lambda corpus, record, claims: f"by the sources {_IN_WORDS[verdict(claims)]}"
    ),
    "hong-kong.few": from_claims(lambda corpus, record, claims: _resting(_balance(claims))),
    "hong-kong.record": from_record(
        lambda record: (
            f"by the record {_IN_WORDS[verdict(record.events)]}" if len(record.events) else None
        )
    ),
    "hong-kong.since": from_record(
        lambda record: (
            "Hong Kong did not always promote coins"
            if len(_turn(record)[0])
            else "Hong Kong did nothing about coins before it promoted them"
            if len(_turn(record)[1])
            else None
        )
    ),
    "hong-kong.limits": from_record(
        lambda record: (
            "coins are restricted in Hong Kong, too"
            if any(map(len, _limits(record)))
            else "nobody restricts coins in Hong Kong"
            if len(record.events)
            else None
        )
    ),
}


def _resting(counts: dict[str, int]) -> str | None:
    claims = sum(counts[f"{_HONG_KONG} {stance}"] for stance in STANCES)
    few = "a few claims" if claims <= _FEW else "more than a few claims"
    return f"for Hong Kong that rests on {few}" if claims else None


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: what the sources say, on what, and what the record has."""
    found = [_said(corpus)]
    if "missing" not in verdict(corpus.claims):
        found.append(_few(corpus))
    return [*found, _in_record(corpus, record), _since(corpus, record), _reach(corpus, record)]


def _said(corpus: Corpus) -> Finding:
    """What the sources say of the two sides."""
    now = verdict(corpus.claims)
    counts = _balance(corpus.claims)
    values = {
        "here_promoted": counts["Hong Kong promote"],
        "here_restricted": counts["Hong Kong restrict"],
        "there_promoted": counts["the mainland promote"],
        "there_restricted": counts["the mainland restrict"],
    }
    numbers = (
        "Hong Kong promotes coins in {here_promoted:words} {here_promoted:claim/claims} and"
        " restricts them in {here_restricted:count}, the mainland restricts them in"
        " {there_restricted:count} and promotes them in {there_promoted:count}"
    )
    sentence = {
        "exception": f"Yes, by what the sources say: {numbers}.",
        "alike": f"No, not by what the sources say: {numbers}.",
        "reverse": f"By what the sources say it is the other way round: {numbers}.",
    }.get(now, f"These sources cannot say, because {_IN_WORDS[now]}: {numbers}.")
    shown = evidence(corpus, of_both(_acts(corpus.claims)), by=("level", "stance"))
    return finding("hong-kong.said", sentence, values, shown)


def _few(corpus: Corpus) -> Finding:
    """On how much the side of Hong Kong rests."""
    rows = of_side(_acts(corpus.claims), _HONG_KONG)
    values = {
        "claims": len(rows),
        "sources": rows["source"].nunique(),
        "all": len(corpus.documents),
    }
    sentence = (
        "That rests on very little: {claims:words} {claims:claim/claims} of Hong Kong, in"
        " {sources:words} of the {all:words} {all:source/sources}"
        if len(rows) <= _FEW
        else "That rests on {claims} claims of Hong Kong, in {sources:words} of the {all:words}"
        " {all:source/sources}"
    )
    sentence += "; without that one there would be no answer." if values["sources"] == 1 else "."
    shown = evidence(corpus, rows, by=("stance",))
    return finding("hong-kong.few", sentence, values, shown)


def _in_record(corpus: Corpus, record: Record) -> Finding:
    """What the record has of the two sides."""
    counts = _balance(record.events)
    values = {
        "here_promoted": counts["Hong Kong promote"],
        "here_restricted": counts["Hong Kong restrict"],
        "there_promoted": counts["the mainland promote"],
        "there_restricted": counts["the mainland restrict"],
    }
    sentence = (
        "In the record Hong Kong promotes coins in {here_promoted} {here_promoted:event/events} and"
        " restricts them in {here_restricted}; the mainland restricts them in {there_restricted}"
        " and promotes them in {there_promoted}."
    )
    rows = of_both(record.events)
    shown = evidence(corpus, rows, by=("level", "stance"), anchor="record")
    return finding("hong-kong.record", sentence, values, shown)


def _since(corpus: Corpus, record: Record) -> Finding:
    """Since when Hong Kong promotes, and what the mainland has done since."""
    before, first, later = _turn(record)
    values = {
        "first": when(first["earliest"].min(), first["latest"].min()),
        "title": first["title"].iloc[0] if len(first) else "",
        "before": len(before),
        "later": len(later),
    }
    sentence = (
        "It was not always so. The first event by which Hong Kong promotes coins falls {first}"
        " ({title:quote}); before that, {before:words} only set out what might come. The mainland"
        " has restricted coins in {later} {later:event/events} since."
        if len(before)
        else "The first event by which Hong Kong promotes coins falls {first} ({title:quote}). The"
        " mainland has restricted coins in {later} {later:event/events} since."
    )
    if first.empty:
        sentence = "The record has no event by which Hong Kong promotes coins."
    shown = evidence(corpus, pd.concat([first, before, later]), by=("level",), anchor="record")
    return finding("hong-kong.since", sentence, values, shown)


def _turn(record: Record) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The first event by which Hong Kong promotes coins, what it did before, and bans since."""
    first = of_side(record.events, _HONG_KONG, "promote").sort_values("earliest").head(1)
    start = first["earliest"].min()
    here, there = of_side(record.events, _HONG_KONG), of_side(record.events, _MAINLAND, "restrict")
    return here[here["earliest"] < start], first, there[there["earliest"] > start]


def _limits(record: Record) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The restrictions of coins by Hong Kong itself, and those of the mainland that reach it."""
    others = of_side(record.events, _MAINLAND, "restrict")
    return (
        of_side(record.events, _HONG_KONG, "restrict"),
        others[others["place"].str.contains(_HONG_KONG)],
    )


def _reach(corpus: Corpus, record: Record) -> Finding:
    """Where the exception ends: what is restricted in Hong Kong, and by whom."""
    own, others = _limits(record)
    values = {
        "own": len(own),
        "others": len(others),
        "titles": [f"“{title}”" for title in (*own["title"], *others["title"])],
    }
    sentence = (
        "It has its limits. The record has {own:words} {own:restriction/restrictions} of coins by"
        " Hong Kong itself, and {others:words} by the mainland that"
        " {others:reaches/reach} into Hong Kong: {titles}."
        if values["titles"]
        else "The record has no restriction of coins in Hong Kong."
    )
    rows = pd.concat([own, others])
    shown = evidence(corpus, rows, by=("level",), anchor="limits")
    return finding("hong-kong.limits", sentence, values, shown)


def over_time(corpus: Corpus, record: Record) -> Finding:
    """What the figure shows: both sides, in claims and in events, year by year."""
    values = {}
    for side, name in ((_HONG_KONG, "here"), (_MAINLAND, "there")):
        for stance in STANCES:
            values[f"{name}_{stance}_claims"] = len(of_side(corpus.claims, side, stance))
            values[f"{name}_{stance}_events"] = len(of_side(record.events, side, stance))
    sentence = (
        "What is done about coins, year by year: in Hong Kong, {here_promote_claims}"
        " {here_promote_claims:claim/claims} and {here_promote_events}"
        " {here_promote_events:event/events} that promote, {here_restrict_claims} and"
        " {here_restrict_events} that restrict; on the mainland, {there_promote_claims} and"
        " {there_promote_events} that promote, {there_restrict_claims} and {there_restrict_events}"
        " that restrict."
    )
    shown = evidence(corpus, of_both(corpus.claims), by=("level", "stance"))
    return finding("hong-kong.years", sentence, values, shown)


def tables(corpus: Corpus, record: Record) -> dict[str, tuple[pd.DataFrame, pd.DataFrame]]:
    """For each side its claims and its events about coins: what the figure draws."""
    return {side: (of_side(corpus.claims, side), of_side(record.events, side)) for side in SIDES}


def spoken_of(corpus: Corpus) -> pd.DataFrame:
    """The mentions of Hong Kong in the articles."""
    return corpus.mentions[corpus.mentions["entity"].str.startswith(_HONG_KONG)]


def statements(corpus: Corpus, record: Record) -> Finding:
    """What the record says of the sources' statements about Hong Kong."""
    keys = ["source", "sentence"]
    naming = corpus.sentences.merge(spoken_of(corpus)[keys].drop_duplicates(), on=keys)
    checks = checked(corpus, record, naming)
    values = {"checks": len(checks), "verdicts": verdicts(checks)}
    sentence = (
        "Of {checks:words} checked {checks:statement/statements} in sentences that name Hong Kong,"
        " the record has {verdicts}."
        if len(checks)
        else "No statement in a sentence that names Hong Kong was checked."
    )
    shown = evidence(corpus, checks, by=("verdict",) if len(checks) else (), anchor="checks")
    return finding("hong-kong.statements", sentence, values, shown)


def figures(corpus: Corpus, record: Record) -> list[Finding]:
    """What came of it, by figures of the record: the first and the last value of each."""
    return [_figure(corpus, record, name) for name in _FIGURES if name in _names(record)]


def _names(record: Record) -> set[str]:
    return set(record.series["series"]) if len(record.series) else set()


def _figure(corpus: Corpus, record: Record, name: str) -> Finding:
    rows = record.series[record.series["series"] == name].sort_values("earliest")
    first, last = rows.iloc[0], rows.iloc[-1]
    values = {
        "what": _FIGURES[name],
        "first": f"{first['value']:,g}",
        "then": when(first["earliest"], first["latest"]),
        "last": f"{last['value']:,g}",
        "later": when(last["earliest"], last["latest"]),
        "points": len(rows),
    }
    sentence = "{what}: {first} {then}" + (", and {last} {later}." if len(rows) > 1 else ".")
    shown = evidence(corpus, rows, anchor="figures")
    return finding(f"hong-kong.{slug(_FIGURES[name])}", sentence, values, shown)


def left_out(corpus: Corpus) -> list[Finding]:
    """What the answer is without each of the sources."""
    return [_left_out(corpus, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, source: str) -> Finding:
    rest = without(corpus, source)
    acts = _acts(rest.claims)
    values = {
        "source": source,
        "here": len(of_side(acts, _HONG_KONG)),
        "there": len(of_side(acts, _MAINLAND)),
        "answer": _IN_WORDS[verdict(rest.claims)],
    }
    sentence = (
        "Without source {source} there {here:is/are} {here:words} {here:claim/claims} of Hong Kong"
        " and {there} of the mainland about coins: {answer}."
    )
    document = corpus.documents[corpus.documents["source"] == source]
    id = f"hong-kong.without-{slug(source)}"
    return finding(id, sentence, values, evidence(corpus, document))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """What the answer is under the other reading of the sentences whose coding is disputed."""
    disputed = flips(corpus, reference)
    now = verdict(corpus.claims)
    turning = [flip.sentence for flip in disputed if verdict(flip.claims) != now]
    other = reference.claims[reference.claims["source"].isin(comparable(corpus, reference))]
    values = {
        "disputed": len(disputed),
        "turning": len(turning),
        "other": _IN_WORDS[verdict(other)],
    }
    if not disputed:
        sentence = "No coding is disputed here: nobody has read these sources another way."
    else:
        sentence = (
            "Read the other way, {turning:count} of {disputed} disputed"
            " {disputed:sentence/sentences} would by itself change that. By the reference coding as"
            " a whole, {other}."
        )
    rows = pd.concat(turning or [flip.sentence for flip in disputed] or [corpus.sentences.head(0)])
    shown = evidence(corpus, rows, anchor="disputed", caption="Sentences whose coding is disputed")
    return finding("hong-kong.recoded", sentence, values, shown)


def unused(corpus: Corpus) -> pd.DataFrame:
    """Sentences of the articles that name Hong Kong and make no claim of Hong Kong's."""
    keys = ["source", "sentence"]
    naming = pd.MultiIndex.from_frame(spoken_of(corpus)[keys])
    claiming = corpus.claims[corpus.claims["level"].isin(SIDES[_HONG_KONG])]
    claiming = pd.MultiIndex.from_frame(claiming[keys])
    units = corpus.sentences[corpus.sentences["zone"].isin(ARTICLE)]
    index = pd.MultiIndex.from_frame(units[keys])
    return units[index.isin(naming) & ~index.isin(claiming)]


def nearest(corpus: Corpus, record: Record) -> Finding:
    """What would change the answer, and the events that come nearest to that."""
    rows = pd.concat(
        [
            of_side(record.events, _HONG_KONG, "restrict"),
            of_side(record.events, _MAINLAND, "promote"),
        ]
    )
    values = {"events": len(rows)}
    sentence = (
        "What would change it: restrictions of coins by Hong Kong that outnumber what it promotes,"
        " or promotions of coins on the mainland that outnumber what it restricts. The record has"
        " {events:words} {events:event/events} of either kind."
    )
    shown = evidence(corpus, rows, by=("level", "stance"), anchor="nearest")
    return finding("hong-kong.nearest", sentence, values, shown)
