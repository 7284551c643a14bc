"""Did the crackdown bite?

What enforcement counted stands on one side, in the sources and in the record; on the other what
went on all the same: mining, trade from person to person, sums that were moved.
"""

import pandas as pd

from helpers.answers.variations import (
    Conclusions,
    Rows,
    from_claims,
    from_record,
    from_sources,
    without,
)
from helpers.checked import checked, verdicts
from helpers.corpus import Corpus
from helpers.findings import Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.series import (
    COUNTED,
    MINING,
    MINING_OTHERWISE,
    RANK,
    RANK_OVERALL,
    VOLUMES,
    YUAN,
    Course,
    bans,
    counts,
    course,
    days,
    in_words,
    points,
    ranks,
)
from helpers.words import when

_AT_HOME = ("domestic_exchanges_exited", "xinhua_2019_crackdown_domestic_exchanges_closed")
_ABROAD = (
    "overseas_exchanges_identified_for_blocking",
    "xinhua_2019_crackdown_overseas_platforms_handled",
)
_BITTEN = 0.5  # a fall to less than this part of the highest is called a bite
_BACK = 0.1  # a rise by more than this part of the highest is called a return


def verdict(record: Record) -> str:
    """The answer in short, by mining: 'for good', 'for a while', 'not', or 'silent'."""
    rows = points(record, MINING)
    if len(rows) < 2:
        return "silent"
    _, highest, lowest, last = (row["value"] for row in course(rows))
    if lowest > _BITTEN * highest:
        return "not"
    return "for a while" if last - lowest > _BACK * highest else "for good"


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "crackdown.mining": from_record(lambda record: _MINING.get(verdict(record))),
    "crackdown.before": from_record(lambda record: _fell_before(record)),
    "crackdown.ranks": from_sources(
        lambda corpus, record: (
            f"trade between persons {_went(ranked)}"
            if len(ranked := _known_ranks(corpus, record)) > 1
            else None
        )
    ),
    "crackdown.sums": from_record(
        lambda record: "what was traded is known" if len(points(record, *VOLUMES)) else None
    ),
    "crackdown.counted": from_claims(
        lambda corpus, record, claims: (
            f"what enforcement counted is {_held(corpus, record, claims)}"
            if len(counts(corpus, claims))
            else None
        )
    ),
}

_MINING = {
    "for a while": "mining fell, but not for long",
    "for good": "mining fell, and stayed down",
    "not": "mining did not fall",
}


def _fell_before(record: Record) -> str | None:
    """Whether most of the fall came before the centre moved."""
    if verdict(record) not in ("for a while", "for good"):
        return None
    rows = points(record, MINING)
    step = _step(record, went := course(rows))
    most = "most" if step and _part(went, _eve(rows, step)) > 1 / 2 else "at most half"
    return f"{most} of the fall came before the central state moved"


def _held(corpus: Corpus, record: Record, claims: Rows) -> str:
    """What became of the counts when they were checked."""
    about = checked(corpus, record, counts(corpus, claims))
    if about.empty:
        return "not known to be right"
    return "confirmed" if (about["verdict"] == "confirmed").all() else "not confirmed throughout"


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: mining, and what had fallen before; ranks, sums, tallies."""
    found = [_mining(corpus, record)]
    if verdict(record) in ("for a while", "for good"):
        found.append(_before(corpus, record))
    return [*found, ranked(corpus, record), traded(corpus, record), counted(corpus, record)]


def _mining(corpus: Corpus, record: Record) -> Finding:
    rows = points(record, MINING)
    said = verdict(record)
    if said == "silent":
        sentence = "That cannot be told from here: the record has no course of mining in China."
        return finding("crackdown.mining", sentence, {}, evidence(corpus, rows))
    went = course(rows)
    values = {
        "highest": went.highest["value"],
        "highest_when": days(went.highest),
        "lowest": went.lowest["value"],
        "lowest_when": days(went.lowest),
        "last": went.last["value"],
        "last_when": days(went.last),
    }
    fell = (
        "China's declared share of the world's bitcoin mining fell from {highest:g}%"
        " {highest_when:when} to {lowest:g}% {lowest_when:when}"
    )
    sentence = {
        "for a while": f"It bit, but not for long: {fell}, and was back at {{last:g}}%"
        " {last_when:when}.",
        "for good": f"It bit: {fell}, and was at {{last:g}}% when last measured,"
        " {last_when:when}.",
        "not": "It did not bite where that was measured: China's declared share of the world's"
        " bitcoin mining was at most {highest:g}%, {highest_when:when}, and never fell below"
        " {lowest:g}% after that.",
    }[said]
    return finding("crackdown.mining", sentence, values, evidence(corpus, rows))


def _before(corpus: Corpus, record: Record) -> Finding:
    """How much of the fall came before the centre moved against mining."""
    rows = points(record, MINING)
    went = course(rows)
    step = _step(record, went)
    if step is None:
        sentence = "The record has no step of the central state against mining within that fall."
        return finding("crackdown.before", sentence, {}, evidence(corpus, record.events.head(0)))
    eve = _eve(rows, step)
    values = {
        "step": step["title"],
        "on": days(step),
        "eve": eve["value"],
        "eve_when": days(eve),
        "part": _part(went, eve),
    }
    sentence = (
        "{part:share} of that fall came before the central state moved against mining {on:when}"
        " ({step:quote}): {eve_when:when} the share was already down to {eve:g}%."
    )
    events = record.events[record.events["event"] == step["event"]]
    shown = evidence(corpus, events, anchor="bans") + evidence(corpus, rows.loc[[eve.name]])
    return finding("crackdown.before", sentence, values, shown)


def _eve(rows: pd.DataFrame, step: dict) -> pd.Series:
    """The last point of a series before a step."""
    return rows[rows["latest"] < step["earliest"]].iloc[-1]


def _part(went: Course, eve: pd.Series) -> float:
    """How much of a fall was over at some point."""
    return (went.highest["value"] - eve["value"]) / (went.highest["value"] - went.lowest["value"])


def _step(record: Record, went: Course) -> dict | None:
    """The first event by which the centre restricted mining within the fall, if there is one."""
    events = bans(record)
    titles = events["title"].str.contains("mining|miners", case=False)
    between = events["earliest"].between(went.highest["latest"], went.lowest["latest"])
    found = events[titles & between].sort_values("earliest")
    return None if found.empty else found.iloc[0].to_dict()


def ranked(corpus: Corpus, record: Record) -> Finding:
    """Trade between persons, by rank: the sources beside the record."""
    stated, recorded = ranks(corpus), points(record, RANK)
    known = _known_ranks(corpus, record)
    if len(known) < 2:
        sentence = "Neither the sources nor the record rank trade between persons more than once."
        return finding("crackdown.ranks", sentence, {}, evidence(corpus, stated))
    first, last = known.iloc[0], known.iloc[-1]
    overall = points(record, RANK_OVERALL)
    beside = [_at(overall, row) for row in (first, last)]
    values = {
        "first": int(first["value"]),
        "first_when": days(first),
        "last": int(last["value"]),
        "last_when": days(last),
        "same": sum(
            _at(recorded, row) is not None and _at(recorded, row)["value"] == row["value"]
            for _, row in stated.iterrows()
        ),
        "stated": len(stated),
        "went": _went(known),
    }
    sentence = (
        "Among all countries, China's trade from person to person {went} from rank"
        " {first} {first_when:when} to rank {last} {last_when:when}"
    )
    if len(stated) < 2:
        sentence += ", says the record; the sources do not say."
    elif values["same"] == values["stated"]:
        sentence += ", say sources and record alike."
    else:
        sentence += ", say the sources; of these ranks the record has {same:count}."
    if len(recorded) and recorded.iloc[0]["earliest"] < first["earliest"]:
        values |= {"once": int(recorded.iloc[0]["value"]), "once_when": days(recorded.iloc[0])}
        sentence += " Before that the record has rank {once} {once_when:when}."
    if all(row is not None for row in beside):
        values["overall_first"], values["overall_last"] = (int(row["value"]) for row in beside)
        sentence += (
            " Over all kinds of use it went from rank {overall_first} to rank {overall_last} while"
            " trade {went}."
        )
    shown = evidence(corpus, stated, anchor="ranks")
    shown += evidence(corpus, points(record, RANK, RANK_OVERALL), anchor="ranks")
    return finding("crackdown.ranks", sentence, values, shown)


def _known_ranks(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The ranks of the sources, or those of the record where the sources have but one."""
    stated = ranks(corpus).sort_values("earliest")
    return stated if len(stated) > 1 else points(record, RANK)


def _went(ranks: pd.DataFrame) -> str:
    """Where ranks went, from the first to the last."""
    return "rose" if ranks["value"].iloc[-1] < ranks["value"].iloc[0] else "fell"


def _at(rows: pd.DataFrame, other: pd.Series) -> pd.Series | None:
    """The row that is of the same days as another, if there is one."""
    same = (rows["earliest"] == other["earliest"]) & (rows["latest"] == other["latest"])
    return rows[same].iloc[0] if same.any() else None


def traded(corpus: Corpus, record: Record) -> Finding:
    """What the record says of the sums that were traded."""
    rows = points(record, *VOLUMES)
    values = {
        "sums": [
            f"{row.value:g} {row.unit}" + (f" ({row.note})" if row.note else "")
            for row in rows.itertuples()
        ]
    }
    sentence = (
        "The record puts what was traded at {sums}."
        if len(rows)
        else "The record has no estimate of what was traded."
    )
    return finding("crackdown.sums", sentence, values, evidence(corpus, rows, anchor="sums"))


def counted(corpus: Corpus, record: Record) -> Finding:
    """What the sources count of enforcement, and what became of that when it was checked."""
    rows = counts(corpus)
    about = checked(corpus, record, rows)
    values = {
        "counts": [in_words(row) for row in rows.to_dict("records")],
        "verdicts": verdicts(about),
        "urls": about["url"].nunique(),
    }
    if rows.empty:
        sentence = "The sources do not say what enforcement counted."
    elif about.empty:
        sentence = "What enforcement counted, say the sources, are {counts}; none was checked."
    else:
        sentence = (
            "What enforcement counted, say the sources, are {counts}. Checked against"
            " {urls:words} {urls:page/pages}: {verdicts}."
        )
    shown = evidence(corpus, rows, anchor="counts")
    return finding("crackdown.counted", sentence, values, shown)


def moved(corpus: Corpus, record: Record) -> Finding:
    """How what was closed at home, and what was kept out from abroad, went from tally to tally."""
    home, abroad = points(record, *_AT_HOME), points(record, *_ABROAD)
    rows = pd.concat([home, abroad])
    values = {
        "home": [f"{value:g} {when(*days)}" for value, *days in _values(home)],
        "abroad": [f"{value:g} {when(*days)}" for value, *days in _values(abroad)],
    }
    if len(home) < 2 or len(abroad) < 2:
        sentence = "The record has no second tally of what was closed to compare with the first."
    else:
        sentence = "Exchanges closed at home were {home}; platforms to be kept out, {abroad}"
        fewer = home["value"].iloc[-1] < home["value"].iloc[0]
        more = abroad["value"].iloc[-1] > abroad["value"].iloc[0]
        sentence += ": fewer at home, more abroad." if fewer and more else "."
    return finding("crackdown.moved", sentence, values, evidence(corpus, rows, anchor="tallies"))


def _values(rows: pd.DataFrame) -> list[tuple]:
    return list(rows[["value", "earliest", "latest"]].itertuples(index=False, name=None))


def yuan(corpus: Corpus, record: Record) -> Finding:
    """How much of the trade in bitcoin was in yuan, before the exchanges were closed and after."""
    rows = points(record, YUAN)
    values = {"shares": [f"{value:g}% {when(*days)}" for value, *days in _values(rows)]}
    sentence = (
        "Of the world's trade in bitcoin, the part that was in yuan went so: {shares}."
        if len(rows)
        else "The record does not say how much of the world's trade in bitcoin was in yuan."
    )
    return finding("crackdown.yuan", sentence, values, evidence(corpus, rows, anchor="yuan"))


def tallies(corpus: Corpus, record: Record) -> Finding:
    """All that the record has of what enforcement counted, and on how many pages it was seen."""
    rows = points(record, *COUNTED)
    days = rows.groupby(["earliest", "latest"])["url"].nunique()
    values = {
        "tallies": len(rows),
        "days": len(days),
        "pages": rows["url"].nunique(),
        "notes": rows["note"].notna().sum(),
    }
    sentence = (
        "The record has {tallies:words} {tallies:tally/tallies} of enforcement, of {days:words}"
        " {days:day/different days} and seen on {pages:words} {pages:page/pages}; {notes:count}"
        " {notes:has a note/have notes} on what was counted."
    )
    return finding("crackdown.tallies", sentence, values, evidence(corpus, rows, anchor="tallies"))


def over_time(corpus: Corpus, record: Record) -> Finding:
    """What was counted beside what went on: the figure."""
    mined, ranked = points(record, MINING), points(record, RANK)
    drawn = points(record, *COUNTED, MINING, MINING_OTHERWISE, RANK, RANK_OVERALL)["earliest"]
    during = bans(record)["earliest"].dt.year.between(drawn.min().year, drawn.max().year)
    values = {
        "tallies": len(points(record, *COUNTED)),
        "mining": [f"{value:g}%" for value in _turns(mined)],
        "ranks": [f"{value:g}" for value in ranked["value"]],
        "bans": int(during.sum()),
    }
    sentence = (
        "Above, {tallies:words} tallies of what enforcement closed, blocked or shut. In the middle,"
        " China's declared share of bitcoin mining: {mining}. Below, its rank in trade from person"
        " to person, year by year: {ranks}. The light lines behind are {bans} events by which the"
        " central state restricts cryptocurrency."
    )
    rows = pd.concat([mined, ranked])
    return finding("crackdown.over-time", sentence, values, evidence(corpus, rows, by=("series",)))


def _turns(rows: pd.DataFrame) -> list[float]:
    """The values at which a course turns: its highest, its lowest after that, its last."""
    if rows.empty:
        return []
    went = course(rows)
    return [row["value"] for row in (went.highest, went.lowest, went.last)]


def gaps(corpus: Corpus, record: Record) -> Finding:
    """Where the course of mining has its longest gaps, and what a figure of another method says."""
    rows = points(record, MINING)
    other = points(record, MINING_OTHERWISE)
    values = {"points": len(rows)}
    if len(rows) > 1:
        gap = (rows["earliest"] - rows["latest"].shift()).dt.days
        ends = rows.iloc[gap.argmax() - 1], rows.iloc[gap.argmax()]
        values |= {"days": int(gap.max()), "from": days(ends[0]), "to": days(ends[1])}
    sentence = "The course of mining has {points:words} {points:point/points}" + (
        "; the longest gap is of {days} days, between the figure {from:when} and that {to:when}."
        if len(rows) > 1
        else "."
    )
    if len(other):
        last = other.iloc[-1]
        values |= {"other": last["value"], "other_when": days(last)}
        sentence += " A figure of another method has {other:g}% {other_when:when}."
    shown = evidence(corpus, pd.concat([rows, other]), anchor="gaps")
    return finding("crackdown.gaps", sentence, values, shown)


def left_out(corpus: Corpus) -> Finding:
    """Which sources the answer takes its counts and ranks from."""
    left = {source: without(corpus, source) for source in corpus.documents["source"]}
    values = {
        "sources": len(left),
        "counting": [s for s, rest in left.items() if len(counts(rest)) < len(counts(corpus))],
        "ranking": [s for s, rest in left.items() if len(ranks(rest)) < len(ranks(corpus))],
    }
    sentence = (
        "Of the {sources:words} {sources:source/sources} the counts of enforcement are from"
        " {counting}, the ranks from {ranking}; without them, these would be the record's alone."
        " What it says of mining and of sums rests on no source."
        if values["counting"] or values["ranking"]
        else "All of the answer is the record's, whichever of the {sources:words}"
        " {sources:source/sources} is left out: none has a count of enforcement, or a rank."
    )
    return finding("crackdown.left-out", sentence, values, evidence(corpus, corpus.documents))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """Whether the reference coding reads the same values out of the counts and ranks."""
    compared = comparable(corpus, reference)
    rows = pd.concat([counts(corpus), ranks(corpus)[[*corpus.quantities]]])
    rows = rows[rows["source"].isin(compared)]
    other = reference.quantities
    same = [
        (
            (other["source"] == row.source)
            & (other["start"] < row.end)
            & (other["end"] > row.start)
            & (other["value"] == row.value)
        ).any()
        for row in rows.itertuples()
    ]
    values = {"rows": len(rows), "same": sum(same)}
    if not compared:
        sentence = "Nobody has read these sources a second time, so no coding is disputed."
    else:
        sentence = (
            "Of the {rows:words} {rows:count or rank/counts and ranks} that are taken from the"
            " sources here, the reference coding has {same:count} with the same value."
        )
    return finding("crackdown.recoded", sentence, values, evidence(corpus, rows, anchor="counts"))


def lasting(corpus: Corpus, record: Record) -> Finding:
    """What would change the answer: figures of what the record does not know."""
    rows = points(record, MINING)
    values = {
        "last": days(rows.iloc[-1]) if len(rows) else None,
        "end": record.events["latest"].max(),
    }
    sentence = (
        "What would change it is a share of mining, by the same method, later than the last that"
        " the record has, {last:when}; the record itself goes on until {end}."
    )
    return finding("crackdown.lasting", sentence, values, evidence(corpus, rows.tail(1)))
