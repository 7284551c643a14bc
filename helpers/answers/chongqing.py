"""What happened to Chongqing's 'digital asset exchange'?

The story is told by what the sources and the record say of it: the plans before, the notice, how it
was read, what was denied, what was withdrawn, and what came after.
"""

from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, from_claims, from_sources, without
from helpers.checked import checked, verdicts
from helpers.codebook import load_codebook
from helpers.corpus import Corpus
from helpers.findings import ARTICLE, CONFIRMED, Finding, evidence, finding
from helpers.record import Record
from helpers.systems import systems
from helpers.systems.register import events_naming
from helpers.words import slug, when

PLACE = "Chongqing"
SYSTEM = f"{PLACE}'s digital asset exchange"

_THERE = ("piloted", "launched")  # how far what stands there already has come


class Step(NamedTuple):
    """One part of the story: rows of one table of the corpus or of the record."""

    name: str
    rows: pd.DataFrame


@lru_cache(maxsize=8)
def namings(corpus: Corpus) -> pd.DataFrame:
    """Every place where an article names the exchange, with what it says of how far that came.

    The table is shared: do not change it.
    """
    found = systems(corpus)
    return found[(found["system"] == SYSTEM) & found["zone"].isin(ARTICLE)]


def _told(corpus: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of a table that are of sources which name the exchange."""
    return table[table["source"].isin(namings(corpus)["source"])]


def _before(corpus: Corpus) -> pd.DataFrame:
    """The dated claims of what the city did for blockchain before the notice."""
    claims = _told(corpus, corpus.claims)
    start = _notice(corpus)["earliest"].min()
    return claims[
        (claims["level"] == "local")
        & (claims["object"] == "blockchain")
        & claims["status"].isin(CONFIRMED)
        & (claims["latest"] < start)
    ].sort_values("earliest", kind="stable")


def _of_stage(corpus: Corpus, *stages: str) -> pd.DataFrame:
    found = namings(corpus)
    return found[found["stage"].isin(stages)]


def _notice(corpus: Corpus) -> pd.DataFrame:
    """Where the exchange is told of as planned, or as if it were there."""
    return _of_stage(corpus, "planned", *_THERE)


def _withdrawn(corpus: Corpus) -> pd.DataFrame:
    return _of_stage(corpus, "withdrawn")


def _allowed(corpus: Corpus, status: str) -> pd.DataFrame:
    """The claims that coins are or will be allowed which are 'rumoured' or 'denied'."""
    claims = _told(corpus, corpus.claims)
    chosen = (claims["status"] == status) & (claims["stance"] == "promote")
    return claims[chosen & (claims["object"] == "cryptocurrency")]


def _explained(corpus: Corpus) -> pd.DataFrame:
    """The sentences that deny that the assets meant are coins."""
    denials = load_codebook().asset_denials
    units = _told(corpus, corpus.sentences[corpus.sentences["zone"].isin(ARTICLE)])
    says = units["exact"].str.lower().map(lambda text: any(words in text for words in denials))
    return units[says.astype(bool)]


def _events(record: Record) -> pd.DataFrame:
    """The record's events in the city, by their first day."""
    events = record.events[record.events["place"].str.contains(PLACE)]
    return events.sort_values("earliest", kind="stable")


def _later_exchanges(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The record's events after those days of which the sources speak that name the exchange."""
    events = events_naming(record)
    end = namings(corpus)["latest"].max()
    return events[(events["key"] == SYSTEM) & (events["earliest"] > end)].drop(columns="key")


def story(corpus: Corpus, record: Record) -> list[Step]:
    """The steps of the story in their order; those of which nothing is said are left out."""
    steps = (
        Step("The city's plans before", _before(corpus)),
        Step("The notice", _notice(corpus)),
        Step("How it was read", _allowed(corpus, "rumoured")),
        Step("What it was said to mean", _explained(corpus)),
        Step("What was denied", _allowed(corpus, "denied")),
        Step("What was withdrawn", _withdrawn(corpus)),
        Step("What the record has of the city", _events(record)),
    )
    return [Step(step.name, _once(step.rows)) for step in steps if len(step.rows)]


def _once(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, but of each sentence the first only."""
    return rows.drop_duplicates(["source", "sentence"]) if "sentence" in rows else rows


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "chongqing.outcome": from_sources(
        lambda corpus, record: (
            f"the exchange of {PLACE}: {_outcome(corpus)}" if len(namings(corpus)) else None
        )
    ),
    "chongqing.told": from_sources(
        lambda corpus, record: (
            f"the exchange is mostly told of as {'there' if _is_there(corpus) else 'a plan'}"
            if len(namings(corpus))
            else None
        )
    ),
    "chongqing.read": from_claims(
        lambda corpus, record, claims: (
            "the news was read as the ban's end"
            if _is_said(corpus, claims, "rumoured")
            else "nobody read the news as the ban's end"
            if len(namings(corpus))
            else None
        )
    ),
    "chongqing.denied": from_claims(
        lambda corpus, record, claims: (
            "that coins are allowed was denied"
            if _is_said(corpus, claims, "denied") or len(_explained(corpus))
            else "that coins are allowed was not denied"
            if len(namings(corpus))
            else None
        )
    ),
    "chongqing.after": from_sources(
        lambda corpus, record: (
            f"{'another' if len(_later_exchanges(corpus, record)) else 'no other'} exchange"
            " followed"
            if len(_events(record)) and len(namings(corpus))
            else None
        )
    ),
}


def _is_there(corpus: Corpus) -> bool:
    """Whether more namings have it there already than planned."""
    return len(_of_stage(corpus, *_THERE)) > len(_of_stage(corpus, "planned"))


def _is_said(corpus: Corpus, claims: Rows, status: str) -> bool:
    """Whether a source that names the exchange has a claim of `_allowed`."""
    telling = set(namings(corpus)["source"])
    said = ("promote", "cryptocurrency", status)
    return any(
        (claim.stance, claim.object, claim.status) == said and claim.source in telling
        for claim in claims
    )


def _outcome(corpus: Corpus) -> str:
    """The answer in short."""
    if len(_withdrawn(corpus)):
        return "it was announced and withdrawn"
    return "it was announced" if len(_notice(corpus)) else "it is named, and no more"


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: the outcome, how it was read, denied, and what followed."""
    if namings(corpus).empty:
        values = {"system": SYSTEM}
        sentence = "These sources cannot say: they do not speak of {system}."
        shown = evidence(corpus, corpus.documents)
        return [finding("chongqing.outcome", sentence, values, shown)]
    return [
        _ending(corpus),
        _told_as(corpus),
        _read(corpus),
        _was_denied(corpus),
        after(corpus, record),
    ]


def _ending(corpus: Corpus) -> Finding:
    """When it was announced, and when withdrawn."""
    notice, withdrawn = _notice(corpus), _withdrawn(corpus)
    dated = [rows[rows["dated"]] for rows in (notice, withdrawn)]
    first, last = (rows.sort_values("earliest").head(1) for rows in dated)
    values = {"system": SYSTEM, "announced": _when(first), "withdrawn": _when(last)}
    if len(first) and len(last):
        values["days"] = int((last["earliest"].iloc[0] - first["earliest"].iloc[0]).days)
    if values.get("days") is not None:
        sentence = (
            "It came and went: {system} was announced {announced}, and the announcement was taken"
            " back {withdrawn}, {days:words} {days:day/days} later."
        )
    elif len(withdrawn):
        sentence = "It came and went: {system} was announced, and the announcement was taken back."
    elif len(notice):
        sentence = "It was announced: of a withdrawal of {system} the sources say nothing."
    else:
        sentence = (
            "The sources name {system}, and say neither that it is planned nor that it is there."
        )
    rows = pd.concat([notice, withdrawn])
    rows = rows if len(rows) else namings(corpus)
    return finding("chongqing.outcome", sentence, values, evidence(corpus, rows, by=("stage",)))


def _when(rows: pd.DataFrame) -> str:
    return when(rows["earliest"].iloc[0], rows["latest"].iloc[0]) if len(rows) else ""


def _told_as(corpus: Corpus) -> Finding:
    """As what the exchange is told of, sentence by sentence."""
    found = namings(corpus)
    counts = found["stage"].value_counts()
    there = counts[[*_THERE]].sum()
    values = {
        "namings": len(found),
        "sources": [*dict.fromkeys(found["source"])],
        "planned": int(counts["planned"]),
        "there": int(there),
    }
    sentence = (
        "Of the {namings} times that it is named, in {sources:source/sources} {sources}, it is a"
        " plan in {planned:count}"
    )
    sentence += (
        ", and in {there:words} it stands there already." if there else ", and never there already."
    )
    rows = _notice(corpus)
    shown = evidence(corpus, rows if len(rows) else found, by=("stage",))
    return finding("chongqing.told", sentence, values, shown)


def _read(corpus: Corpus) -> Finding:
    """How it was read: the rumours that coins would be allowed."""
    rows = _allowed(corpus, "rumoured")
    values = {"rumours": len(rows)}
    sentence = (
        "It was read as the end of the ban: {rumours:words} {rumours:claim/claims} in the same text"
        " {rumours:is a rumour/are rumours} that coins would be allowed again."
        if len(rows)
        else "That anybody read it as the end of the ban is not said."
    )
    return finding("chongqing.read", sentence, values, evidence(corpus, rows))


def _was_denied(corpus: Corpus) -> Finding:
    """What was denied: that the assets are coins, and that coins are allowed."""
    meant, denied = _explained(corpus), _allowed(corpus, "denied")
    values = {"meant": len(meant), "denied": len(denied)}
    sentence = (
        "Against that stand {meant:words} {meant:sentence/sentences} that the assets meant are no"
        " coins, and {denied:words} {denied:claim/claims} that coins are not allowed after all."
        if len(meant) + len(denied)
        else "Nobody denies it."
    )
    shown = evidence(corpus, meant)
    shown = shown + evidence(corpus, denied) if len(denied) else shown
    return finding("chongqing.denied", sentence, values, shown)


def after(corpus: Corpus, record: Record) -> Finding:
    """What the record has of the city after the days of which the sources speak."""
    found, later = namings(corpus), _events(record)
    if len(found):
        later = later[later["earliest"] > found["latest"].max()]
    exchanges = _later_exchanges(corpus, record)
    things = list(dict.fromkeys(later["object"]))
    values = {
        "later": len(later),
        "things": things or ["nothing"],
        "exchanges": len(exchanges),
        "place": PLACE,
        "titles": [f"“{title}”" for title in exchanges["title"]],
    }
    if found.empty:
        sentence = "The record has {later:words} {later:event/events} in {place}."
    elif later.empty:
        sentence = "The record has nothing of {place} afterwards."
    elif exchanges.empty:
        sentence = (
            "No exchange followed, as far as the record goes: its {later:words} later"
            " {later:event/events} in {place} {later:is/are} about {things:name}, and"
            " {exchanges:count} of them names such an exchange."
        )
    else:
        sentence = (
            "Something followed: of {later:words} later {later:event/events} in {place},"
            " {exchanges:words} {exchanges:names/name} such an exchange ({titles})."
        )
    shown = evidence(corpus, exchanges if len(exchanges) else later, anchor="record")
    return finding("chongqing.after", sentence, values, shown)


def over_time(corpus: Corpus, record: Record) -> Finding:
    """What the figure shows: how many pieces of evidence each step of the story has."""
    steps = story(corpus, record)
    values = {"parts": [f"{step.name.lower()} ({len(step.rows)})" for step in steps] or ["nothing"]}
    sentence = "The story in pieces of evidence, from top to bottom: {parts}."
    found = namings(corpus)
    shown = evidence(corpus, found, by=("stage",) if len(found) else ())
    return finding("chongqing.story", sentence, values, shown)


def statements(corpus: Corpus, record: Record) -> list[Finding]:
    """What the record found of the sources' statements about the exchange."""
    keys = ["source", "sentence"]
    units = corpus.sentences.merge(namings(corpus)[keys].drop_duplicates(), on=keys)
    checks = checked(corpus, record, units)
    values = {"checks": len(checks), "verdicts": verdicts(checks)}
    sentence = (
        "Of {checks:words} checked {checks:statement/statements} in the sentences that name it, the"
        " record has {verdicts}."
        if len(checks)
        else "No statement about it was checked."
    )
    by = ("verdict",) if len(checks) else ()
    shown = evidence(corpus, checks, by=by, anchor="checks", caption="What was checked, and found")
    found = [finding("chongqing.checked", sentence, values, shown)]
    wrong = checks[checks["verdict"] == "contradicted"] if len(checks) else checks
    return [*found, *(_contradicted(corpus, check) for check in wrong.to_dict("records"))]


def _contradicted(corpus: Corpus, check: dict) -> Finding:
    values = {"said": check["exact"], "found": check["finding"]}
    sentence = "Contradicted: {said:quote}. What the record found instead: {found}"
    shown = evidence(corpus, pd.DataFrame([check]), anchor="checks")
    return finding(f"chongqing.contradicted-{slug(check['check'])}", sentence, values, shown)


def goals(corpus: Corpus) -> pd.DataFrame:
    """The numbers that the city set itself, with a column `by`: the day by which.

    Those are the quantities of sentences that name the city and a day by which something is to be.
    """
    days = corpus.dates[corpus.dates["earliest"].isna() & corpus.dates["latest"].notna()]
    days = days.groupby(["source", "sentence"])["latest"].max().rename("by").reset_index()
    naming = corpus.mentions[corpus.mentions["entity"].str.startswith(PLACE)]
    days = days.merge(naming[["source", "sentence"]].drop_duplicates(), on=["source", "sentence"])
    return corpus.quantities.merge(days, on=["source", "sentence"])


def targets(corpus: Corpus, record: Record) -> list[Finding]:
    """For each goal what is known of it."""
    rows = goals(corpus)
    if rows.empty:
        values = {"place": PLACE}
        sentence = "The sources name no goal in numbers that {place} set itself for a day."
        return [finding("chongqing.targets", sentence, values, evidence(corpus, rows))]
    found = [_target(corpus, record, rows.loc[[place]]) for place in rows.index]
    return [_all_targets(corpus, record, rows), *found]


def _all_targets(corpus: Corpus, record: Record, rows: pd.DataFrame) -> Finding:
    checks = checked(corpus, record, rows)
    values = {
        "goals": len(rows),
        "days": [*dict.fromkeys(day.date() for day in rows["by"])],
        "place": PLACE,
        "known": int((checks["verdict"] != "unverified").sum()) if len(checks) else 0,
    }
    values["days"] = [f"{when(None, day)}" for day in values["days"]]
    sentence = (
        "{place} set itself {goals:words} {goals:goal/goals} in numbers, to be met {days}. Another"
        " page than the source says so of {known:count}."
    )
    return finding("chongqing.targets", sentence, values, evidence(corpus, rows, anchor="targets"))


def _target(corpus: Corpus, record: Record, row: pd.DataFrame) -> Finding:
    goal = row.iloc[0]
    checks = checked(corpus, record, row)
    values = {
        "number": goal["exact"],
        "of": goal["of"] or "",
        "by": when(None, goal["by"]),
        "verdicts": [*checks["verdict"].astype(str)] if len(checks) else [],
        "found": " ".join(checks["finding"]) if len(checks) else "",
    }
    sentence = "{number} {of}, {by}: "
    sentence += "{verdicts}. {found}" if len(checks) else "nobody checked that."
    shown = evidence(corpus, row, anchor="targets")
    shown = shown + evidence(corpus, checks) if len(checks) else shown
    id = f"chongqing.target-{slug(goal['source'], str(goal['start']))}"
    return finding(id, sentence, values, shown)


def left_out(corpus: Corpus) -> list[Finding]:
    """What the answer is without each of the sources."""
    return [_left_out(corpus, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, source: str) -> Finding:
    values = {"source": source, "outcome": _outcome(without(corpus, source))}
    document = corpus.documents[corpus.documents["source"] == source]
    id = f"chongqing.without-{slug(source)}"
    return finding(id, "Without source {source}, {outcome}.", values, evidence(corpus, document))


def nearest(corpus: Corpus, record: Record) -> Finding:
    """What would change the answer, and what comes nearest to it."""
    rows = _of_stage(corpus, "launched", "piloted")
    values = {"there": len(rows), "exchanges": len(_later_exchanges(corpus, record))}
    sentence = (
        "What would change it is a page that shows such an exchange at work. Nearest to that"
        " {there:comes/come} {there:words} {there:sentence that speaks/sentences that speak} of it"
        " as if it were there; the record has {exchanges:count} later."
        if len(rows)
        else "What would change it is a page that shows such an exchange at work; no sentence of"
        " the sources comes near to that."
    )
    shown = evidence(corpus, rows if len(rows) else corpus.sentences.head(0), anchor="nearest")
    return finding("chongqing.nearest", sentence, values, shown)
