"""Do the sources match the record?

First each statement that was checked, with its verdict; then the other way round, the events of the
record for which no source has a claim; and what both do to the question of the contradiction.
"""

from functools import lru_cache
from operator import attrgetter

import pandas as pd

from helpers.answers import contradiction
from helpers.answers.variations import (
    Conclusions,
    Rows,
    from_claims,
    from_sources,
    rows_of,
    without,
)
from helpers.checked import checked, verdicts
from helpers.corpus import Corpus
from helpers.coverage import SEEN, pairs, seen, seen_by
from helpers.findings import Finding, evidence, finding
from helpers.record import CLOSED_SETS, Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.tables import STANCES
from helpers.words import named, slug

VERDICTS = CLOSED_SETS["verdict"]
_OPENINGS = {
    "mostly": "Mostly, yes",
    "partly": "In part",
    "hardly": "Hardly",
    "silent": "That cannot be told from here",
}
_DOING = {"restrict": "restricting", "promote": "promoting"}
_KINDS = ["stance", "object", "level"]
_KEYS = ["source", "start", "end", "stance", "object", "level", "status"]  # of a claim


def statements(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The checks whose quotations stand in the sources as they are: those of `checked`."""
    return checked(corpus, record, corpus.sentences)


# What the answer concludes, by the finding that says it.
CONCLUSIONS: Conclusions = {
    "checks.verdicts": from_sources(
        lambda corpus, record: (
            f"do sources and record match? {_OPENINGS[_how(checks)].lower()}"
            if len(checks := statements(corpus, record))
            else None
        )
    ),
    "checks.by-source": from_sources(
        lambda corpus, record: (
            f"the source borne out most is {shares.idxmax()}, least {shares.idxmin()}"
            if len(shares := _shares(corpus, record))
            else None
        )
    ),
    "checks.wrong": from_sources(
        lambda corpus, record: (
            f"{'something' if 'contradicted' in set(found) else 'nothing'} is contradicted"
            if len(found := statements(corpus, record)["verdict"])
            else None
        )
    ),
    "checks.unseen": from_claims(
        lambda corpus, record, claims: (
            f"the sources see {'little' if _sees_little(corpus, record, claims) else 'much'} of the"
            " record"
            if len(record.events)
            else None
        )
    ),
    "checks.unheard": from_claims(
        lambda corpus, record, claims: (
            f"the record has {'' if len(_strange(record, claims)) else 'no '}acts of kinds that no"
            " source speaks of"
            if len(record.events)
            else None
        )
    ),
    "checks.contradiction": from_claims(
        lambda corpus, record, claims: (
            f"by what the sources do not see, {_in_words(_unseen_acts(corpus, record, claims))}"
            if len(record.events)
            else None
        )
    ),
}


def _shares(corpus: Corpus, record: Record) -> pd.Series:
    """Which part of the checked statements of each source is confirmed."""
    checks = statements(corpus, record)
    return (checks["verdict"] == "confirmed").groupby(checks["source"]).mean()


@lru_cache(maxsize=4)
def _acts(record: Record) -> Rows:
    """The events that promote or restrict, in the place of claims: acts that were done."""
    events = record.events[record.events["stance"].isin(STANCES)]
    return rows_of(events.assign(status="done"))


def _unseen_acts(corpus: Corpus, record: Record, claims: Rows) -> Rows:
    """Those of which no claim can be told to be."""
    how = seen_by(corpus, record, claims)
    return [act for act in _acts(record) if act.event not in how]


def _sees_little(corpus: Corpus, record: Record, claims: Rows) -> bool:
    """Whether that is so of most up to the last day that a source is known to be of."""
    last = corpus.documents["published_latest"].max()
    how = seen_by(corpus, record, claims)
    until = [act.event for act in _acts(record) if pd.isna(last) or act.earliest <= last]
    return 2 * sum(event not in how for event in until) > len(until)


def _strange(record: Record, claims: Rows) -> pd.DataFrame:
    """The events of a kind (who does what to what) that no claim is of."""
    kind_of = attrgetter(*_KINDS)
    spoken = set(map(kind_of, claims))
    return record.events.loc[[act.Index for act in _acts(record) if kind_of(act) not in spoken]]


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: verdicts, sources, the other way round, the contradiction."""
    found = [_verdicts(corpus, record)]
    if len(statements(corpus, record)):
        found += [_by_source(corpus, record), _wrong(corpus, record)]
    if len(record.events):
        found += [_unseen(corpus, record), unheard(corpus, record)]
        found.append(_contradiction(corpus, record))
    return found


def _numbers(checks: pd.DataFrame) -> dict[str, int]:
    return {verdict: int((checks["verdict"] == verdict).sum()) for verdict in VERDICTS}


def _how(checks: pd.DataFrame) -> str:
    """How well what was checked is borne out: a key of `_OPENINGS`."""
    numbers = _numbers(checks)
    if checks.empty:
        return "silent"
    if numbers["confirmed"] > len(checks) / 2:
        return "mostly"
    return "partly" if numbers["confirmed"] + numbers["partly"] > len(checks) / 2 else "hardly"


def _verdicts(corpus: Corpus, record: Record) -> Finding:
    checks = statements(corpus, record)
    numbers = _numbers(checks)
    values = {"checks": len(checks), "orphans": len(record.checks) - len(checks)} | numbers
    if checks.empty:
        sentence = f"{_OPENINGS['silent']}: no statement of these sources was checked."
        return finding("checks.verdicts", sentence, values, evidence(corpus, checks))
    sentence = (
        f"{_OPENINGS[_how(checks)]}: of {{checks}} {{checks:statement/statements}} that could be"
        " checked,"
        " {confirmed} {confirmed:is/are} confirmed, {partly} hold in part, {contradicted}"
        " {contradicted:is/are} contradicted, and of {unverified} nothing could be found."
    )
    if values["orphans"]:
        sentence += (
            " {orphans} more {orphans:is/are} left out, whose words no longer stand in the sources."
        )
    shown = evidence(corpus, checks, by=("verdict", "source"))
    return finding("checks.verdicts", sentence, values, shown)


def _by_source(corpus: Corpus, record: Record) -> Finding:
    """Which source is borne out most, and which least."""
    checks, shares = statements(corpus, record), _shares(corpus, record)
    best, worst = shares.idxmax(), shares.idxmin()
    values = {
        "best": best,
        "best_share": shares[best],
        "worst": worst,
        "worst_share": shares[worst],
        "rest": verdicts(checks[checks["source"] == worst]),
    }
    sentence = (
        "Source {best} is borne out most, with {best_share:share} of its statements confirmed;"
        " source {worst} least, with {worst_share:share}: {rest}."
        if best != worst
        else "Of source {best}, {best_share:share} of the statements are confirmed."
    )
    return finding(
        "checks.by-source", sentence, values, evidence(corpus, checks, by=("verdict", "source"))
    )


def _wrong(corpus: Corpus, record: Record) -> Finding:
    """What is contradicted."""
    checks = statements(corpus, record)
    wrong = checks[checks["verdict"] == "contradicted"]
    values = {
        "statements": [f"“{statement}”" for statement in wrong["statement"]],
        "sources": sorted(set(wrong["source"])),
    }
    sentence = (
        "What is contradicted stands in {sources:source/sources} {sources}: {statements}."
        if len(wrong)
        else "No statement is contradicted."
    )
    return finding("checks.wrong", sentence, values, evidence(corpus, wrong))


def _unseen(corpus: Corpus, record: Record) -> Finding:
    """The other way round: events for which the sources have no claim."""
    events = seen(corpus, record)
    last = corpus.documents["published_latest"].max()
    before = events if pd.isna(last) else events[events["earliest"] <= last]
    missed = before[before["seen"] == SEEN[2]]
    cells = missed.groupby([missed["earliest"].dt.year, "object"], observed=True).size()
    values = {
        "events": len(before),
        "missed": len(missed),
        "perhaps": int((before["seen"] == SEEN[1]).sum()),
        "later": len(events) - len(before),
        "most": int(cells.max()) if len(cells) else 0,
        "year": f"{cells.idxmax()[0]}" if len(cells) else "",
        "object": cells.idxmax()[1] if len(cells) else "",
    }
    if before.empty:
        sentence = "The record has no event from before the last of the sources was published."
    else:
        until = "" if pd.isna(last) else " up to the last day that a source is known to be of"
        much = "the sources see little: for" if len(missed) > len(before) / 2 else "for"
        sentence = (
            f"The other way round {much} {{missed}} of {{events}} {{events:event/events}}{until},"
            " no claim can be told to be of the same act, for {perhaps} perhaps one"
        )
        sentence += (
            "; the largest group of these is {object:name} in {year} ({most})."
            if len(missed)
            else "."
        )
    shown = evidence(corpus, missed, by=("object",), anchor="unseen")
    return finding("checks.unseen", sentence, values, shown)


_IN_WORDS = {
    "no claims": "there is nothing to ask it of",
    "one half": "the question does not arise, since not both are said",
    "remains": "there is a contradiction",
}


def _in_words(claims: pd.DataFrame) -> str:
    """What the answer to the question of the contradiction would be by these claims."""
    return _IN_WORDS.get(contradiction.verdict(claims), "there is no contradiction")


def _contradiction(corpus: Corpus, record: Record) -> Finding:
    """What the answer of notebook 02 is by what the sources do not see."""
    acts = _unseen_acts(corpus, record, rows_of(corpus.claims))
    missed = record.events.loc[[act.Index for act in acts]].assign(status="done")
    opposed = contradiction.opposed(missed, "status")
    groups = opposed.groupby(["object", "level"], observed=True)["stance"]
    values = {
        "now": _in_words(corpus.claims),
        "missed": _in_words(missed),
        "both": [
            f"{named(thing)} by {named(level)} ({', '.join(_sides(stances))})"
            for (thing, level), stances in groups
        ],
    }
    sentence = (
        "For the question whether the same is banned and promoted: by the sources {now}; by the"
        " events that they do not see {missed}"
    )
    sentence += "." if opposed.empty else ", in {both}."
    shown = evidence(corpus, opposed.drop(columns="status"), by=("object",), anchor="unseen")
    return finding("checks.contradiction", sentence, values, shown)


def _sides(stances: pd.Series) -> list[str]:
    return [f"{(stances == stance).sum()} {_DOING[stance]}" for stance in STANCES]


def borne_out(corpus: Corpus, record: Record) -> Finding:
    """What the answer of notebook 02 is by claims whose words were checked and held."""
    checks = statements(corpus, record)
    found = [
        set(
            checks.loc[
                (checks["source"] == claim.source)
                & (checks["start"] < claim.end)
                & (checks["end"] > claim.start),
                "verdict",
            ]
        )
        for claim in corpus.claims.itertuples()
    ]
    confirmed = corpus.claims[[one == {"confirmed"} for one in found]]
    doubtful = [bool(one & {"contradicted", "unverified"}) for one in found]
    values = {
        "claims": len(corpus.claims),
        "confirmed": len(confirmed),
        "by_confirmed": _in_words(confirmed),
        "doubtful": sum(doubtful),
        "by_others": _in_words(corpus.claims[[not one for one in doubtful]]),
    }
    sentence = (
        "Of the {claims} {claims:claim/claims}, {confirmed} {confirmed:stands/stand} in words that"
        " were checked and confirmed, {doubtful} in words that were contradicted or could not be"
        " verified. By the confirmed alone {by_confirmed}; without the doubtful ones {by_others}."
        if any(found)
        else "No words of these claims were checked."
    )
    return finding("checks.borne-out", sentence, values, evidence(corpus, confirmed, anchor="held"))


def unheard(corpus: Corpus, record: Record) -> Finding:
    """Events of a kind (who does what to what) that no source speaks of at all."""
    rows = _strange(record, rows_of(corpus.claims))
    numbers = rows[_KINDS].astype(object).value_counts()
    values = {
        "events": int(record.events["stance"].isin(STANCES).sum()),
        "unheard": len(rows),
        "kinds": [
            f"{named(level)} {_DOING[stance]} {named(thing)} ({number})"
            for (stance, thing, level), number in numbers.head(3).items()
        ],
    }
    sentence = (
        "{unheard} of {events} {events:event is/events are} of a kind that no source speaks of"
    )
    sentence += ", most often {kinds}." if len(rows) else "."
    shown = evidence(corpus, rows, by=("object",), anchor="unseen")
    return finding("checks.unheard", sentence, values, shown)


def paired(corpus: Corpus, record: Record) -> Finding:
    """How many claims have an event of the record."""
    rows = pairs(corpus, record)
    values = {"claims": len(corpus.claims)} | {
        name: len(part.drop_duplicates(_KEYS))
        for name, part in (("any", rows), ("likely", rows[rows["sureness"] != "weak"]))
    }
    values["events"] = rows["rule"].str.split(" ").str[0].nunique()
    values["undated"] = int(corpus.claims[["earliest", "latest"]].isna().all(axis="columns").sum())
    sentence = (
        "Of {claims} {claims:claim/claims}, {undated} {undated:has/have} no date; {any} may be of"
        " the same act as an event of the record, {likely} of them likely or surely. {events}"
        " {events:event is/events are} among these pairs."
    )
    shown = evidence(corpus, rows, by=("sureness",), anchor="pairs")
    return finding("checks.paired", sentence, values, shown)


def by_verdict(corpus: Corpus, record: Record) -> Finding:
    """The verdicts on each source: the figure."""
    checks = statements(corpus, record)
    values = {
        "checks": len(checks),
        "parts": "; ".join(
            f"{source}: {', '.join(verdicts(rows))}" for source, rows in checks.groupby("source")
        ),
    }
    sentence = (
        "The {checks} {checks:statement/statements} that were checked, in the order in which they"
        " stand in their sources – {parts}."
        if len(checks)
        else "No statement of these sources was checked."
    )
    shown = evidence(corpus, checks, by=("verdict", "source"))
    return finding("checks.by-verdict", sentence, values, shown)


def by_year(corpus: Corpus, record: Record) -> Finding:
    """The events by year and object, and whether a source has them: the figure."""
    events = seen(corpus, record)
    numbers = events["seen"].value_counts()
    values = {
        "events": len(events),
        "seen": int(numbers[SEEN[0]]),
        "perhaps": int(numbers[SEEN[1]]),
        "missed": int(numbers[SEEN[2]]),
        "parts": [
            f"{int(rows.sum())} of {len(rows)} on {named(thing)}"
            for thing, rows in (events["seen"] == SEEN[2]).groupby(events["object"], observed=True)
        ],
    }
    sentence = (
        "Of the {events} {events:event/events} of the record by which something is promoted or"
        " restricted, the sources have {seen} for sure or likely, {perhaps} perhaps, and {missed}"
        " not, as far as can be told. Not seen are {parts}."
    )
    shown = evidence(corpus, events[events["seen"] == SEEN[2]], by=("object",), anchor="unseen")
    return finding("checks.by-year", sentence, values, shown)


def pages(corpus: Corpus, record: Record) -> Finding:
    """On how many pages the checks rest."""
    checks = statements(corpus, record)
    second = checks["second_url"].notna().sum()
    alone = (checks["url"].notna() & checks["second_url"].isna()).sum()
    values = {"checks": len(checks), "second": second, "alone": alone}
    values["without"] = len(checks) - second - alone
    sentence = (
        "Of {checks} {checks:check/checks}, {second} {second:rests/rest} on more than one page,"
        " {alone} on one, {without} on none that was found."
        if len(checks)
        else "No statement of these sources was checked."
    )
    return finding("checks.pages", sentence, values, evidence(corpus, checks, by=("verdict",)))


def left_out(corpus: Corpus, record: Record) -> list[Finding]:
    """What the verdicts and the unseen events are without each of the sources."""
    return [_left_out(corpus, record, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, record: Record, source: str) -> Finding:
    rest = without(corpus, source)
    checks, events = statements(rest, record), seen(rest, record)
    values = {
        "source": source,
        "checks": len(checks),
        "confirmed": _numbers(checks)["confirmed"],
        "missed": int((events["seen"] == SEEN[2]).sum()),
        "events": len(events),
    }
    sentence = "Without source {source}, "
    if len(checks):
        sentence += "{confirmed} of {checks} {checks:statement is/statements are} confirmed, and "
    sentence += (
        "for {missed} of {events} {events:event/events} no claim can be told to be of the same act."
    )
    document = corpus.documents[corpus.documents["source"] == source]
    return finding(f"checks.without-{slug(source)}", sentence, values, evidence(corpus, document))


def recoded(corpus: Corpus, record: Record, reference: Reference) -> Finding:
    """How many events the sources would have by the reference coding."""
    compared = comparable(corpus, reference)
    other = reference.claims[reference.claims["source"].isin(compared)]
    other = other.rename(columns={"unit": "sentence"})
    here, there = (
        {act.event for act in _acts(record)} & {*seen_by(corpus, record, rows_of(claims))}
        for claims in (corpus.claims, other)
    )
    values = {"coder": len(here), "reference": len(there), "both": len(here & there)}
    sentence = (
        "By the coder's claims {coder} {coder:event is/events are} seen or perhaps seen, by those"
        " of the reference coding {reference}; {both} by both. The verdicts rest on no coding."
        if compared
        else "Nobody has read these sources a second time, so no coding is disputed."
    )
    rows = record.events[record.events["event"].isin(here ^ there)]
    return finding("checks.recoded", sentence, values, evidence(corpus, rows, anchor="recoded"))


def open_questions(corpus: Corpus, record: Record) -> Finding:
    """What would change the answer: the statements of which nothing was found."""
    checks = statements(corpus, record)
    unknown = checks[checks["verdict"] == "unverified"]
    least = _numbers(checks)["confirmed"]
    values = {
        "unknown": len(unknown),
        "sources": sorted(set(unknown["source"])),
        "low": least / len(checks) if len(checks) else 0,
        "high": (least + len(unknown)) / len(checks) if len(checks) else 0,
    }
    sentence = (
        "What would change it are pages on the {unknown:words} {unknown:statement/statements} of"
        " which nothing was found, in {sources:source/sources} {sources}: if all held, {high:share}"
        " would be confirmed in place of {low:share}."
        if len(unknown)
        else "No statement was left without a verdict."
    )
    return finding("checks.open", sentence, values, evidence(corpus, unknown, anchor="open"))
