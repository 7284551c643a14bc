"""How ready was the digital yuan?

A source says that it is about to be launched. The record says what came of that: events from
research to pilots and law, and figures whose meaning changes from one to the next.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, from_claims, from_record, rows_of, without
from helpers.checked import checked, verdicts
from helpers.corpus import Corpus
from helpers.findings import Citation, Finding, cite, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.series import (
    CIRCULATION,
    PAYMENTS,
    PILOTS,
    VALUE,
    WALLETS,
    course,
    days,
    falls,
    means,
    points,
)
from helpers.words import when

# What an event's instrument says of how far the digital yuan had come.
STAGES = {
    "words or plans": ("plan", "speech", "statement", "notice", "standard", "funding"),
    "trials": ("pilot",),
    "launches or laws": ("launch", "licence", "law", "enforcement"),
}


class Promise(NamedTuple):
    """The first claim that the digital yuan is to come, and the days that it may be of."""

    claim: Any  # its row of the claims table
    earliest: pd.Timestamp
    latest: pd.Timestamp


def promise(corpus: Corpus) -> Promise | None:
    """The first promise of the digital yuan in a source whose publication is bounded, if any."""
    found = _promised(corpus, rows_of(corpus.claims))
    return found and Promise(corpus.claims.loc[[found.claim.Index]], *found[1:])


def _promised(corpus: Corpus, claims: Rows) -> Promise | None:
    """The same among any claims."""
    columns = ("source", "published_earliest", "published_latest")
    known = corpus.documents.dropna(subset=columns)
    published = {
        source: days for source, *days in zip(*(known[column] for column in columns), strict=True)
    }
    promises = [
        Promise(claim, *published[claim.source])
        for claim in claims
        if (claim.object, claim.stance, claim.status) == ("cbdc", "promote", "planned")
        and claim.source in published
    ]
    return min(promises, key=lambda promise: promise.earliest, default=None)


@lru_cache(maxsize=4)
def events(record: Record) -> pd.DataFrame:
    """The events on the digital yuan, in the order of time, with their `stage`.

    The table is shared: do not change it.
    """
    mine = record.events[
        (record.events["object"] == "cbdc") & (record.events["stance"] == "promote")
    ].sort_values("earliest", kind="stable")
    stages = {instrument: stage for stage, names in STAGES.items() for instrument in names}
    found = mine["instrument"].astype(object).map(stages)
    return mine.assign(stage=pd.Categorical(found, list(STAGES), ordered=True))


def since(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The events on the digital yuan after the promise."""
    promised = promise(corpus)
    return _after(promised, record) if promised else events(record).head(0)


def _after(promised: Promise, record: Record) -> pd.DataFrame:
    return events(record)[events(record)["earliest"] > promised.latest]


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "yuan.first": from_claims(
        lambda corpus, record, claims: (
            f"the digital yuan: {_opening(_beyond_words(_after(found, record))).lower()}"
            if (found := _promised(corpus, claims))
            else None
        )
    ),
    "yuan.stages": from_claims(
        lambda corpus, record, claims: (
            f"what came since are mostly {later['stage'].value_counts().idxmax()}"
            if (found := _promised(corpus, claims)) and len(later := _after(found, record))
            else None
        )
    ),
    "yuan.pilots": from_record(
        lambda record: (
            f"places of trial are counted {'alike' if units < 2 else 'in more than one way'}"
            if (units := points(record, PILOTS)["unit"].nunique())
            else None
        )
    ),
    "yuan.wallets": from_record(
        lambda record: (
            "the count of wallets once fell"
            if len(falls(rows := points(record, WALLETS)))
            else "the count of wallets never fell"
            if len(rows)
            else None
        )
    ),
    "yuan.payments": from_record(
        lambda record: (
            f"payments became {'larger' if spans[-1].mean > spans[0].mean else 'smaller'}"
            if len(spans := means(record)) > 1
            else None
        )
    ),
}


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: the promise and what came first, what else, and how much."""
    if promise(corpus) is None:
        return [_unpromised(corpus)]
    return [
        _first(corpus, record),
        _stages(corpus, record),
        pilots(corpus, record),
        wallets(corpus, record),
        payments(corpus, record),
    ]


def _unpromised(corpus: Corpus) -> Finding:
    sentence = (
        "That cannot be told from here: no source whose day of publication is known says that the"
        " digital yuan is to come."
    )
    return finding("yuan.first", sentence, {}, evidence(corpus, corpus.documents))


def _first(corpus: Corpus, record: Record) -> Finding:
    """The promise, and the first event after it that was more than words."""
    promised, acts = promise(corpus), _acts(corpus, record)
    [claim] = promised.claim.to_dict("records")
    values = {
        "source": claim["source"],
        "words": claim["exact"],
        "said": (promised.earliest, promised.latest),
    }
    said = "Source {source}, published {said:when}, says {words:quote}"
    if acts.empty:
        sentence = (
            f"{_opening(acts)}. {said}; the record has no trial, no launch and no law after that."
        )
    else:
        first = acts.iloc[0]
        values |= {"days": (first["earliest"] - promised.latest).days, "title": first["title"]}
        sentence = (
            f"{_opening(acts)}. {said}; {{days}} days later came the first of which the record has"
            " more than words and plans: {title:quote}."
        )
    shown = evidence(corpus, promised.claim) + evidence(corpus, acts.head(1))
    return finding("yuan.first", sentence, values, shown)


def _acts(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The events after the promise that were more than words."""
    return _beyond_words(since(corpus, record))


def _beyond_words(events: pd.DataFrame) -> pd.DataFrame:
    return events[events["stage"] != "words or plans"]


def _opening(acts: pd.DataFrame) -> str:
    """The answer in short, by the first act after the promise."""
    if acts.empty:
        return "Nothing came of it as far as the record goes"
    openings = {
        "pilot": "Ready to be tried, not to be launched",
        "launch": "Ready to be launched",
    }
    return openings.get(acts.iloc[0]["instrument"], "Not ready for use")


def _stages(corpus: Corpus, record: Record) -> Finding:
    """Of what kinds the events since are, and what the last of them is."""
    later = since(corpus, record)
    numbers = later["stage"].value_counts()
    values = {
        "events": len(later),
        "kinds": [
            f"{numbers[stage]} {'is' if numbers[stage] == 1 else 'are'} {stage}"
            for stage in STAGES
            if numbers.get(stage)
        ],
    }
    if later.empty:
        sentence = "The record has no event on the digital yuan since."
    else:
        last = later.iloc[-1]
        values |= {"last": last["title"], "last_when": days(last)}
        sentence = (
            "Of the {events} {events:event/events} that the record has on the digital yuan since,"
            " {kinds}; the last is {last:quote}, {last_when:when}."
        )
    return finding("yuan.stages", sentence, values, evidence(corpus, later, by=("stage",)))


def pilots(corpus: Corpus, record: Record) -> Finding:
    """In how many places it was tried, by whatever was counted."""
    rows = points(record, PILOTS)
    values = {
        "counts": [
            f"{row.value:g} {row.unit} {when(row.earliest, row.latest)}"
            for row in rows.itertuples()
        ],
        "units": rows["unit"].nunique(),
    }
    sentence = "It was tried in {counts}"
    sentence += (
        "; what is called a place changes from count to count." if values["units"] > 1 else "."
    )
    if rows.empty:
        sentence = "The record does not say in how many places it was tried."
    return finding("yuan.pilots", sentence, values, evidence(corpus, rows, anchor="figures"))


def wallets(corpus: Corpus, record: Record) -> Finding:
    """How many wallets there were, and whether the counts can be compared."""
    rows = points(record, WALLETS)
    if rows.empty:
        sentence = "The record does not say how many wallets there were."
        return finding("yuan.wallets", sentence, {}, evidence(corpus, rows))
    went, fell = course(rows), falls(rows)
    values = {
        "first": went.first["value"],
        "first_when": days(went.first),
        "last": went.last["value"],
        "last_when": days(went.last),
    }
    sentence = (
        "Personal wallets were {first:g} million {first_when:when} and {last:g} million"
        " {last_when:when}"
    )
    if len(fell):
        row = fell.iloc[0]
        values |= {"before": row["before"], "after": row["value"], "after_when": days(row)}
        sentence += (
            ", but not by growth alone: from {before:g} million the count fell to {after:g} million"
            " {after_when:when}, so not the same wallets were counted."
        )
    else:
        sentence += "."
    return finding("yuan.wallets", sentence, values, evidence(corpus, rows, anchor="figures"))


def payments(corpus: Corpus, record: Record) -> Finding:
    """How much was paid with it, and how large a payment was on average, early and late."""
    rows, spans = points(record, VALUE), means(record)
    if rows.empty:
        sentence = "The record does not say how much was paid with it."
        return finding("yuan.payments", sentence, {}, evidence(corpus, rows))
    last = rows.iloc[-1]
    values = {"value": last["value"], "unit": last["unit"], "when": days(last)}
    sentence = "In all, {value:g} {unit} had been paid with it {when:when}"
    if len(spans) > 1:
        first, latest = spans[0], spans[-1]
        values |= {
            "first": int(float(f"{first.mean:.3g}")),
            "first_until": first.until,
            "latest": int(float(f"{latest.mean:.3g}")),
            "latest_since": latest.since,
        }
        size = "larger" if latest.mean > first.mean else "smaller"
        sentence += (
            f", in {size} payments than at first: about {{first}} yuan each until"
            " {first_until}, about {latest} yuan each after {latest_since}."
        )
    else:
        sentence += "."
    shown = evidence(corpus, points(record, VALUE, PAYMENTS), anchor="figures")
    return finding("yuan.payments", sentence, values, shown)


def circulating(corpus: Corpus, record: Record) -> Finding:
    """How much of it there was at once."""
    rows = points(record, CIRCULATION)
    values = {
        "amounts": [
            f"{row.value:g} {row.unit} {when(row.earliest, row.latest)}"
            + (f" ({row.note})" if row.note else "")
            for row in rows.itertuples()
        ]
    }
    sentence = (
        "In circulation at one time were {amounts}."
        if len(rows)
        else "The record does not say how much of it was in circulation."
    )
    return finding("yuan.circulating", sentence, values, evidence(corpus, rows, anchor="figures"))


def jumps(corpus: Corpus, record: Record) -> Finding:
    """By how much the total paid grew from one figure to the next, at the most."""
    rows = points(record, VALUE)
    values = {"figures": len(rows)}
    if len(rows) < 2:
        sentence = "The record has no totals of what was paid to compare."
    else:
        times = rows["value"] / rows["value"].shift()
        place = int(times.argmax())
        values |= {
            "times": float(times.max()),
            "from": days(rows.iloc[place - 1]),
            "to": days(rows.iloc[place]),
            "rest": float(times.drop(times.index[place]).max()),
        }
        sentence = (
            "Among the {figures:words} totals of what was paid, the greatest step is to the"
            " {times:.0f}-fold, from that {from:when} to that {to:when}"
        ) + (", the next to the {rest:.1f}-fold." if len(rows) > 2 else ".")
    return finding("yuan.jumps", sentence, values, evidence(corpus, rows, anchor="figures"))


def promised_in(corpus: Corpus) -> tuple[Citation, pd.Timestamp] | None:
    """Where the promise stands, and its day."""
    found = promise(corpus)
    return found and (cite(corpus, found.claim.iloc[0].to_dict()), found.earliest)


def over_time(corpus: Corpus, record: Record) -> Finding:
    """The promise, the events and the figures: what the figure shows."""
    promised = promise(corpus)
    rows = {series: points(record, series)["value"] for series in (PILOTS, WALLETS, VALUE)}
    values = {
        "events": len(events(record)),
        "before": len(events(record)) - len(since(corpus, record)),
        "places": [f"{value:g}" for value in rows[PILOTS]],
        "wallets": [f"{value:g}" for value in rows[WALLETS]],
        "paid": [f"{value:.3g}" for value in rows[VALUE]],
    }
    sentence = (
        "{events} {events:event/events} on the digital yuan by how far they went, {before:words}"
        " of them before the promise. Below them, places where it is tried: {places}; millions of"
        " personal wallets: {wallets}; and trillions of yuan paid in all: {paid}."
    )
    shown = evidence(corpus, events(record), by=("stage",))
    if promised:
        values |= {"said": (promised.earliest, promised.latest)}
        sentence = sentence.replace("the promise.", "the promise, which was made {said:when}.")
    return finding("yuan.over-time", sentence, values, shown)


def tested(corpus: Corpus, record: Record) -> Finding:
    """What became of the promise, and of other claims on it, when they were checked."""
    claims, sentences = corpus.claims[corpus.claims["object"] == "cbdc"], corpus.sentences
    keys = ["source", "sentence"]
    speaking = pd.MultiIndex.from_frame(sentences[keys]).isin(
        pd.MultiIndex.from_frame(claims[keys])
    )
    about = checked(corpus, record, sentences[speaking])
    values = {"checks": len(about), "verdicts": verdicts(about)}
    sentence = (
        "Of what the sources say where they speak of the digital yuan, {checks:words}"
        " {checks:statement was/statements were} checked: {verdicts}."
        if len(about)
        else "What the sources say of the digital yuan was not checked."
    )
    shown = evidence(corpus, about, by=("verdict",), anchor="checks")
    return finding("yuan.checked", sentence, values, shown)


def left_out(corpus: Corpus) -> Finding:
    """Which sources promise the digital yuan, and which only speak of it."""
    claims = corpus.claims[corpus.claims["object"] == "cbdc"]
    promising = sorted(set(claims.loc[claims["status"] == "planned", "source"]))
    found = promise(corpus)
    others = [
        source
        for source in corpus.documents["source"]
        if found and _day(promise(without(corpus, source))) != found.earliest
    ]
    values = {
        "sources": len(corpus.documents),
        "speaking": sorted(set(claims["source"])),
        "promising": promising,
        "others": others,
    }
    sentence = (
        "Of the {sources:words} {sources:source/sources}, {speaking} {speaking:speaks/speak} of the"
        " digital yuan, and {promising} {promising:says/say} that it is to come."
    )
    if found:
        sentence += (
            " Without {others} the promise would be another, or none; what came of it stays."
            if others
            else " Whichever is left out, the day of the promise stays."
        )
    return finding("yuan.left-out", sentence, values, evidence(corpus, corpus.documents))


def _day(promised: Promise | None) -> pd.Timestamp | None:
    return promised.earliest if promised else None


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """Whether the reference coding has the promise, too."""
    compared = comparable(corpus, reference)
    claims = reference.claims[reference.claims["source"].isin(compared)]
    mine = claims[claims["object"] == "cbdc"]
    values = {
        "claims": len(mine),
        "planned": int((mine["status"] == "planned").sum()),
        "coded": int((corpus.claims["object"] == "cbdc").sum()),
    }
    sentence = (
        "The reference coding has {claims:words} {claims:claim/claims} on the digital yuan,"
        " {planned:words} of them {planned:a promise/promises}; the coder has {coded:words}."
        if compared
        else "Nobody has read these sources a second time, so no coding is disputed."
    )
    rows = corpus.claims[corpus.claims["object"] == "cbdc"]
    return finding("yuan.recoded", sentence, values, evidence(corpus, rows, anchor="claims"))


def lasting(corpus: Corpus, record: Record) -> Finding:
    """What would change the answer."""
    launches = since(corpus, record)
    launches = launches[launches["stage"] == "launches or laws"]
    values = {"launches": len(launches), "titles": [f"“{title}”" for title in launches["title"]]}
    sentence = "What would change it is an event by which everybody in the country can use it. "
    sentence += (
        "Nearest to that, of launches and laws since the promise the record has {titles}."
        if len(launches)
        else "The record has no launch and no law since a promise."
    )
    return finding("yuan.lasting", sentence, values, evidence(corpus, launches, anchor="launches"))
