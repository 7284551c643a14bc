"""Does China ban crypto and promote blockchain at the same time?

The claims are told apart in steps: by what they speak of, then by who acts as well, then with
rumours and denials set aside. Where claims of both stances stay together to the end, there is a
contradiction; otherwise it dissolves at the first step that keeps the stances apart.
"""

from operator import attrgetter
from typing import Any

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, flips, from_claims, rows_of, without
from helpers.corpus import Corpus
from helpers.findings import CONFIRMED, Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.tables import STANCES
from helpers.words import slug

STEPS = {"object": ["object"], "level": ["object", "level"], "status": ["object", "level"]}

# What a verdict means; those in STEPS say that there is no contradiction.
_IN_WORDS = {
    "no claims": "the sources make no claim at all",
    "one half": "the sources do not say both that the one is restricted and the other promoted",
    "object": "the contradiction dissolves once it is told apart what is meant",
    "level": "the contradiction dissolves once it is told apart what is meant and who acts",
    "status": "the contradiction dissolves once rumours and denials are set aside as well",
    "remains": "a contradiction remains",
}
_BY = ("stance", "object", "level")


_HALVES = (("restrict", "cryptocurrency", "central"), ("promote", "blockchain", "central"))


def opposed(claims: pd.DataFrame, step: str) -> pd.DataFrame:
    """The claims that still stand against others of their group when told apart up to a step."""
    return claims.loc[_are_opposed(rows_of(claims), step)]


def _are_opposed(claims: Rows, step: str) -> list[bool]:
    """For each claim, whether it does."""
    group_of = attrgetter(*STEPS[step])
    counted = [step != "status" or claim.status in CONFIRMED for claim in claims]
    stances = [(group_of(claim), claim.stance) for claim in claims]
    taken = {pair for pair, is_counted in zip(stances, counted, strict=True) if is_counted}
    return [
        is_counted and all((group, stance) in taken for stance in STANCES)
        for (group, _), is_counted in zip(stances, counted, strict=True)
    ]


def verdict(claims: pd.DataFrame | Rows) -> str:
    """The answer in short: a step of `STEPS`, 'remains', 'one half' or 'no claims'."""
    claims = rows_of(claims)
    if not claims:
        return "no claims"
    if not all(_acts(claims, half) for half in _HALVES):
        return "one half"
    return next((step for step in STEPS if not any(_are_opposed(claims, step))), "remains")


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "contradiction.both": from_claims(
        lambda corpus, record, claims: (
            "the sources say both" if _is_asked(claims) else "the sources do not say both"
        )
    ),
    "contradiction.times": from_claims(
        lambda corpus, record, claims: (
            f"bans and promotions: {_timing(*_years_of_halves(claims))}"
            if _is_asked(claims)
            else None
        )
    ),
    "contradiction.clash": from_claims(
        lambda corpus, record, claims: _IN_WORDS[verdict(claims)] if _is_asked(claims) else None
    ),
}


def _is_asked(claims: Rows) -> bool:
    """Whether the question arises: both halves are said."""
    return verdict(claims) not in ("no claims", "one half")


def _acts(found: Rows, half: tuple[str, str, str]) -> Rows:
    """Claims of acts done or planned, or events, of one stance, object and level."""
    return [
        row
        for row in found
        if (row.stance, row.object, row.level) == half
        and getattr(row, "status", CONFIRMED[0]) in CONFIRMED
    ]


def _halves(table: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows by which the central state restricts cryptocurrency, and promotes blockchain."""
    return [table.loc[[row.Index for row in _acts(rows_of(table), half)]] for half in _HALVES]


def _years_of_halves(claims: Rows) -> list[list[int]]:
    """The years in which the dated ones of both began."""
    return [
        sorted({row.earliest.year for row in _acts(claims, half) if _is_dated(row)})
        for half in _HALVES
    ]


def _is_dated(row: Any) -> bool:
    return pd.notna(row.earliest) and pd.notna(row.latest)


def answer(corpus: Corpus) -> list[Finding]:
    """The answer in a few findings: whether both are said, when, whether they clash, how surely."""
    both = [_both(corpus)]
    if not _is_asked(rows_of(corpus.claims)):
        return both
    return [*both, _times(corpus), _clash(corpus), _any_left_out(corpus)]


def _both(corpus: Corpus) -> Finding:
    restrictions, promotions = _halves(corpus.claims)
    values = {
        "restrictions": len(restrictions),
        "promotions": len(promotions),
        "both": len(set(restrictions["source"]) & set(promotions["source"])),
        "sources": len(corpus.documents),
    }
    halves = (
        "the central state restricts cryptocurrency in {restrictions}"
        " {restrictions:claim/claims}, and promotes blockchain in {promotions}"
    )
    if corpus.claims.empty:
        sentence = (
            "That cannot be told from here: {sources:words} {sources:source/sources}"
            " {sources:makes/make} no claim that anything is restricted or promoted."
        )
    elif restrictions.empty or promotions.empty:
        sentence = f"The sources do not say both: {halves}."
    elif values["both"] in (0, values["sources"]):
        which = "every source has both" if values["both"] else "no source has both by itself"
        sentence = f"Yes, the sources say both: {halves}; {which}."
    else:
        sentence = (
            f"Yes, the sources say both: {halves}; {{both:words}} of the {{sources:words}} sources"
            " {both:has/have} both."
        )
    shown = evidence(corpus, pd.concat([restrictions, promotions]), by=("stance",))
    return finding("contradiction.both", sentence, values, shown)


def _times(corpus: Corpus) -> Finding:
    restricted, promoted = _years_of_halves(rows_of(corpus.claims))
    values = {
        "restricted": [f"{year}" for year in restricted],
        "promoted": [f"{year}" for year in promoted],
    }
    how = _timing(restricted, promoted).capitalize()
    sentence = (
        f"{how}: where the sources give dates, restrictions fall in {{restricted}}, promotions in"
        " {promoted}."
        if restricted and promoted
        else f"{how}: the years that the sources give are, for restrictions, {{restricted}}, and"
        " for promotions, {promoted}."
    )
    dated = corpus.claims.dropna(subset=["earliest", "latest"])
    shown = evidence(corpus, pd.concat(_halves(dated)), by=("stance",))
    return finding("contradiction.times", sentence, values, shown)


def _timing(restricted: list[int], promoted: list[int]) -> str:
    """How the years of restrictions and of promotions lie."""
    if not (restricted and promoted):
        return "whether it was at the same time is not said"
    if set(restricted) & set(promoted):
        return "at the same time"
    if restricted[0] < promoted[-1] and promoted[0] < restricted[-1]:
        return "by turns"
    return "not at the same time, as far as the dates go"


def in_record(corpus: Corpus, record: Record) -> Finding:
    """In how many years the record has acts of both kinds, and which acts those are."""
    sides = _halves(record.events)
    both = set.intersection(*(set(events["earliest"].dt.year) for events in sides))
    acts = pd.concat([events[events["earliest"].dt.year.isin(both)] for events in sides])
    years = record.events["earliest"].dt.year
    values = {"both": len(both), "first": years.min(), "last": years.max()}
    values["years"] = values["last"] - values["first"] + 1
    sentence = (
        "The cited record of what happened has acts of both kinds within one year in {both:words}"
        " of the {years:words} years from {first:d} to {last:d}."
    )
    caption = "What the record has of such years"
    shown = evidence(corpus, acts, by=("stance",), anchor="record", caption=caption)
    return finding("contradiction.record", sentence, values, shown)


def _clash(corpus: Corpus) -> Finding:
    claims = corpus.claims
    step = verdict(claims)
    acts = claims[claims["status"].isin(CONFIRMED)]
    at_odds = opposed(claims, "object")
    about = acts[acts["object"].isin(at_odds["object"])]
    together = opposed(claims, "status" if step == "remains" else "level")
    values = {
        "restricted": _codes(acts[acts["stance"] == "restrict"], "object"),
        "promoted": _codes(acts[acts["stance"] == "promote"], "object"),
        "things": _codes(together if step == "remains" else at_odds, "object"),
        "restrictors": _codes(about[about["stance"] == "restrict"], "level") or ["nobody"],
        "promoters": _codes(about[about["stance"] == "promote"], "level") or ["nobody"],
        "both": _codes(together, "level"),
        "doubtful": len(_doubtful(claims)),
    }
    apart = (
        "It is no contradiction: on {things:name}, restriction is the work of {restrictors:name},"
        " promotion that of {promoters:name}"
    )
    sentence = {
        "object": "It is no contradiction: what is restricted is {restricted:name}, what is"
        " promoted is {promoted:name}.",
        "level": f"{apart}.",
        "status": f"{apart}; that {{both:name}} would do both is only rumoured or denied, in"
        " {doubtful:words} {doubtful:claim/claims}.",
        "remains": "A contradiction remains: on {things:name}, there are acts both ways by"
        " {both:name}.",
    }[step]
    said = at_odds if len(at_odds) else pd.concat(_halves(claims))
    shown = evidence(corpus, said, by=("stance", "level"))
    return finding("contradiction.clash", sentence, values, shown)


def _codes(table: pd.DataFrame, column: str) -> list[str]:
    """The codes that occur in a column, in the codebook's order."""
    return [code for code in table[column].cat.categories if (table[column] == code).any()]


def told_apart(corpus: Corpus) -> Finding:
    """How many claims stand against others, step by step: what the matrix shows."""
    claims = corpus.claims
    values = {"claims": len(claims)} | {step: len(opposed(claims, step)) for step in STEPS}
    sentence = (
        "Of {claims} {claims:claim/claims}, {object:count} {object:stands/stand} against others"
        " when told apart by object, {level:count} when told apart by who acts as well, and"
        " {status:count} when rumours and denials are set aside."
    )
    return finding("contradiction.steps", sentence, values, evidence(corpus, claims, by=_BY[:2]))


def over_time(corpus: Corpus, record: Record) -> Finding:
    """How many claims there are on each side, and how many of them have a date: the timeline."""
    claims = corpus.claims
    undated = claims["earliest"].isna() & claims["latest"].isna()
    values = {
        "claims": len(claims),
        "promote": int((claims["stance"] == "promote").sum()),
        "restrict": int((claims["stance"] == "restrict").sum()),
        "undated": int(undated.sum()),
        "events": int(record.events["stance"].isin(STANCES).sum()),
    }
    sentence = (
        "Of {claims} {claims:claim/claims}, {promote} {promote:says/say} that something is promoted"
        " (above the years) and {restrict} that something is restricted (below them); {undated}"
        " {undated:has/have} no date and {undated:stands/stand} beside the years. Behind them,"
        " lighter, {events:stands/stand} {events} {events:event/events} of the record."
    )
    return finding("contradiction.timeline", sentence, values, evidence(corpus, claims, by=_BY[:1]))


def _any_left_out(corpus: Corpus) -> Finding:
    now = _outcome(verdict(corpus.claims))
    changed = [
        source
        for source in corpus.documents["source"]
        if _outcome(verdict(without(corpus, source).claims)) != now
    ]
    values = {"sources": len(corpus.documents), "changed": changed, "hangs": len(changed)}
    sentence = (
        "The answer hangs on {hangs:words} of the {sources:words} {sources:source/sources}:"
        " without {changed} it would be another."
        if changed
        else "The answer stays the same whichever of the {sources:words} {sources:source/sources}"
        " is left out."
    )
    return finding("contradiction.left-out", sentence, values, evidence(corpus, corpus.documents))


def _outcome(verdict: str) -> str:
    """A verdict without the step at which the contradiction dissolves."""
    return "no contradiction" if verdict in STEPS else verdict


def left_out(corpus: Corpus) -> list[Finding]:
    """What the answer is without each of the sources."""
    return [_left_out(corpus, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, source: str) -> Finding:
    claims = without(corpus, source).claims
    restrictions, promotions = _halves(claims)
    values = {
        "source": source,
        "restrictions": len(restrictions),
        "promotions": len(promotions),
        "verdict": _IN_WORDS[verdict(claims)],
    }
    sentence = (
        "Without source {source}, the central state restricts cryptocurrency in {restrictions}"
        " {restrictions:claim/claims} and promotes blockchain in {promotions}, and {verdict}."
    )
    document = corpus.documents[corpus.documents["source"] == source]
    id = f"contradiction.without-{slug(source)}"
    return finding(id, sentence, values, evidence(corpus, document))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """What the answer is under the other reading of the sentences whose coding is disputed."""
    compared = comparable(corpus, reference)
    disputed = flips(corpus, reference)
    sentences = [flip.sentence for flip in disputed]
    now = verdict(corpus.claims)
    turning = [flip.sentence for flip in disputed if verdict(flip.claims) != now]
    other = reference.claims[reference.claims["source"].isin(compared)]
    values = {
        "disputed": len(disputed),
        "turning": len(turning),
        "verdict": _IN_WORDS[now],
        "other": _IN_WORDS[verdict(other)],
    }
    same = values["verdict"] == values["other"]
    if not compared:
        sentence = "Nobody has read these sources a second time, so no coding is disputed."
    elif turning:
        sentence = (
            "The coding of {disputed} {disputed:sentence/sentences} is disputed, and {turning} of"
            " them would turn the answer, if read the other way; if all were, {other}."
        )
    else:
        sentence = (
            "The coding of {disputed} {disputed:sentence/sentences} is disputed. Read any one of"
            " them the other way, and still {verdict}; "
            + ("and the same is true of all together." if same else "read all so, and {other}.")
        )
    tried = pd.concat(turning or sentences or [corpus.sentences.head(0)])
    shown = evidence(corpus, tried, anchor="disputed", caption="Sentences whose coding is disputed")
    return finding("contradiction.recoded", sentence, values, shown)


def _doubtful(claims: pd.DataFrame) -> pd.DataFrame:
    """The rumours and denials without which nobody would do both: no act stands behind them."""
    together = opposed(claims, "level")
    is_act = together["status"].isin(CONFIRMED)
    kinds = [together[column] for column in ("object", "level", "stance")]
    return together[~is_act.groupby(kinds, observed=True).transform("any")]


def nearest(corpus: Corpus) -> Finding:
    """What would change the answer, and the claims that come nearest to that."""
    now = verdict(corpus.claims)
    near = opposed(corpus.claims, "status") if now == "remains" else _doubtful(corpus.claims)
    values = {"near": len(near), "sources": near["source"].nunique()}
    if now == "remains":
        sentence = (
            "What would change it is that the {near} {near:claim/claims} of acts both ways turned"
            " out to be of different actors, or no more than rumours."
        )
    elif now in STEPS:
        sentence = (
            "What would change it is an act, done or planned, by which somebody promotes what they"
            " restrict. "
        ) + (
            "Nearest to that {near:comes/come} {near:words} {near:claim/claims} of {sources:words}"
            " {sources:source/sources}, {near:a rumour or denial/all of them rumours or denials}."
            if len(near)
            else "No rumour and no denial comes near to that."
        )
    else:
        sentence = "What would change it is a claim of the half that the sources do not say."
    shown = evidence(corpus, near, anchor="nearest", caption="Claims that come nearest")
    return finding("contradiction.nearest", sentence, values, shown)
