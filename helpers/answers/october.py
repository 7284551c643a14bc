"""Did October 2019 change anything?

What is done to promote blockchain, and what to restrict cryptocurrency, is compared before and
after the day of the study session: in the record, and in the sources as far as they give dates.
"""

from itertools import count

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, from_claims, from_record, without
from helpers.corpus import Corpus
from helpers.findings import Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.shifts import (
    DAY,
    SIDES,
    WINDOW,
    WINDOWS,
    Shift,
    acts,
    near,
    on_the_day,
    rises,
    shift,
    sums_by_chance,
)
from helpers.tables import LEVELS
from helpers.words import named

_RARE = 0.05  # the customary limit of what is put down to chance


def verdict(events: pd.DataFrame) -> str:
    """The answer in short: 'turn', 'more', 'none', or 'silent' where there is nothing to count."""
    promoted = shift(events, "promote")
    if promoted.rows.empty:
        return "silent"
    if promoted.chance > _RARE:
        return "none"
    return "turn" if _tipped(events) <= _RARE else "more"


def _tipped(events: pd.DataFrame) -> float:
    """How likely it is that promotion has so large a part of what came after, by chance."""
    promoted, restricted = (shift(events, stance) for stance in SIDES)
    kinds = [1] * len(promoted.rows) + [0] * len(restricted.rows)
    after = promoted.after + restricted.after
    return sum(sums_by_chance(kinds, after)[promoted.after :])


_IN_WORDS = {
    "turn": "Yes, the balance tipped",
    "more": "There was more after it, but no turn",
    "none": "No change shows that could not be chance",
    "silent": "That cannot be told from here",
}


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "october.rise": from_record(
        lambda record: None if _is_silent(record) else _IN_WORDS[verdict(record.events)].lower()
    ),
    "october.chance": from_record(
        lambda record: (
            f"the rise of promotion is {_rarely(record.events, 'promote')}, that of restriction"
            f" {_rarely(record.events, 'restrict')}"
            if not _is_silent(record)
            else None
        )
    ),
    "october.balance": from_record(
        lambda record: (
            f"the balance {'tipped' if _tipped(record.events) <= _RARE else 'did not tip'}"
            if not _is_silent(record)
            else None
        )
    ),
    "october.who": from_record(
        lambda record: (
            f"most of the rise is of {named(_by_level(record)['rise'].idxmax())}"
            if not _is_silent(record)
            else None
        )
    ),
    "october.surer": from_record(
        lambda record: (
            f"by what a second page bears out, the rise is {_rarely(_borne_out(record), 'promote')}"
            if not _is_silent(record)
            else None
        )
    ),
    "october.dated": from_claims(
        lambda corpus, record, claims: (
            f"{'most' if 2 * _near_it(claims) > len(claims) else 'few'} claims of the sources are"
            " dated near that day"
        )
    ),
}


def _is_silent(record: Record) -> bool:
    """Whether there is nothing to count."""
    return shift(record.events, "promote").rows.empty


def _near_it(claims: Rows) -> int:
    """How many claims begin and end within some months of the day."""
    first, last = (DAY + pd.DateOffset(months=months) for months in (-WINDOW, WINDOW))
    return sum(first <= claim.earliest and claim.latest <= last for claim in claims)


def _rarely(events: pd.DataFrame, stance: str) -> str:
    return "more than chance" if shift(events, stance).chance <= _RARE else "perhaps chance"


def _borne_out(record: Record) -> pd.DataFrame:
    """The events that a second page bears out."""
    return record.events[record.events["second_url"].notna()]


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: what rose, by chance or not, whose acts, what sources add."""
    if _is_silent(record):
        return [_silent(corpus), dated(corpus)]
    tested = [test(corpus, record) for test in (_rise, _chance, _balance, _who)]
    return [*tested, surer(corpus, record), dated(corpus)]


def _silent(corpus: Corpus) -> Finding:
    values = {"day": DAY, "window": WINDOW}
    sentence = (
        f"{_IN_WORDS['silent']}: the record has no event that promotes blockchain within"
        " {window:words} months of {day}."
    )
    return finding("october.rise", sentence, values, evidence(corpus, corpus.documents))


def _rise(corpus: Corpus, record: Record) -> Finding:
    values = {"day": DAY, "window": WINDOW} | _numbers(record.events)
    opening = _IN_WORDS[verdict(record.events)]
    sentence = (
        f"{opening}: in the {{window:words}} months after {{day}} the record has {{promoted:words}}"
        " {promoted:event that promotes/events that promote} blockchain and {restricted:words} that"
        " {restricted:restricts/restrict} cryptocurrency, in the {window:words} months before"
        " {promoted_before:count} and {restricted_before:count}."
    )
    shown = evidence(corpus, near(record.events), by=("stance", "side"))
    return finding("october.rise", sentence, values, shown)


def _numbers(rows: pd.DataFrame) -> dict[str, int]:
    """How many acts of each side there are near the day, after it and before."""
    promoted, restricted = (shift(rows, stance) for stance in SIDES)
    return {
        "promoted": promoted.after,
        "restricted": restricted.after,
        "promoted_before": promoted.before,
        "restricted_before": restricted.before,
    }


def _chance(corpus: Corpus, record: Record) -> Finding:
    promoted, restricted = (shift(record.events, stance) for stance in SIDES)
    rare = [side.chance <= _RARE for side in (promoted, restricted)]
    values = {
        "months": 2 * WINDOW,
        "promoted": promoted.chance,
        "restricted": restricted.chance,
        "limit": _RARE,
    }
    said = {
        (True, True): "both are less than {limit:share}, so neither rise is put down to chance",
        (True, False): "only the first is less than {limit:share}, so only the rise of promotion"
        " is not put down to chance",
        (False, True): "only the second is less than {limit:share}, so only the rise of"
        " restriction is not put down to chance",
        (False, False): "neither is less than {limit:share}, so both may be chance",
    }[*rare]
    sentence = (
        "If these {months} months came in any other order, as many promotions would fall after the"
        " day in {promoted:.1%} of all orders, as many restrictions in {restricted:.1%}; "
    ) + f"{said}."
    shown = evidence(corpus, near(record.events), by=("stance", "side"))
    return finding("october.chance", sentence, values, shown)


def _balance(corpus: Corpus, record: Record) -> Finding:
    numbers = _numbers(record.events)
    before = numbers["promoted_before"] + numbers["restricted_before"]
    after = numbers["promoted"] + numbers["restricted"]
    tipped = _tipped(record.events)
    values = numbers | {"before": before, "after": after, "chance": tipped}
    if not before:
        sentence = "Before the day the record has neither, so no balance can have tipped."
    else:
        sentence = (
            "The balance between the sides "
            + ("tipped" if tipped <= _RARE else "did not tip")
            + ": {promoted_before:words} of {before:words} before the day promoted,"
            " {promoted:words} of {after:words} after it. Were it chance which of all these came"
            " after the day, promotion would have as large a part in {chance:share} of all cases."
        )
    shown = evidence(corpus, near(record.events), by=("stance", "side"))
    return finding("october.balance", sentence, values, shown)


def _by_level(record: Record) -> pd.DataFrame:
    """How many promotions each level has before the day and after it."""
    promoted = shift(record.events, "promote").rows
    sides = promoted.groupby(["level", "side"], observed=False).size().unstack(fill_value=0)
    sides = sides.reindex(index=LEVELS, columns=["before", "after"], fill_value=0)
    return sides.assign(rise=sides["after"] - sides["before"])


def _who(corpus: Corpus, record: Record) -> Finding:
    sides = _by_level(record)
    most = sides["rise"].idxmax()
    values = {
        "who": most,
        "after": int(sides.loc[most, "after"]),
        "before": int(sides.loc[most, "before"]),
        "central_after": int(sides.loc["central", "after"]),
        "central_before": int(sides.loc["central", "before"]),
    }
    if sides.loc[most, "rise"] <= 0:
        sentence = "Nobody promoted blockchain more often after the day than before it."
    else:
        sentence = (
            "Most of the rise is of {who:name}, with {after:words} {after:event/events} that"
            " {after:promotes/promote} blockchain after the day and {before:count} before it"
        )
        sentence += (
            "."
            if most == "central"
            else "; of the central state itself there are {central_after:count} after and"
            " {central_before:count} before."
        )
    promoted = shift(record.events, "promote").rows
    return finding("october.who", sentence, values, evidence(corpus, promoted, by=("level",)))


def dated(corpus: Corpus) -> Finding:
    """What the sources' own dates could say about it, which is little."""
    claims = pd.concat([acts(corpus.claims, stance) for stance in SIDES])
    on, beside = on_the_day(claims), near(claims)
    values = {
        "claims": len(claims),
        "on": len(on),
        "before": int((beside["side"] == "before").sum()),
        "after": int((beside["side"] == "after").sum()),
        "window": WINDOW,
        "earlier": int((corpus.documents["published_latest"] < DAY).sum()),
        "sources": len(corpus.documents),
    }
    if claims.empty:
        sentence = "The sources have no claim of either kind."
    else:
        sentence = (
            "The sources cannot tell by themselves: of their {claims} {claims:claim/claims} of"
            " either kind, {on:count} {on:is/are} dated to the day itself, {before:count} to the"
            " {window:words} months before it and {after:count} to those after; and {earlier:count}"
            " of the {sources:words} {sources:source/sources} {earlier:is/are} known to be from"
            " before."
        )
    shown = evidence(corpus, pd.concat([on, beside]), by=("stance",), anchor="claims")
    return finding("october.dated", sentence, values, shown)


def by_month(corpus: Corpus, record: Record) -> Finding:
    """The months before and after, and what other orders of them would bring: the figure."""
    promoted, restricted = (shift(record.events, stance) for stance in SIDES)
    claims = pd.concat([acts(corpus.claims, stance) for stance in SIDES])
    values = {
        "day": DAY,
        "window": WINDOW,
        "promoted": promoted.after,
        "promotions": sum(promoted.counts),
        "restricted": restricted.after,
        "restrictions": sum(restricted.counts),
        "claims": len(near(claims)) + len(on_the_day(claims)),
        "by_chance": promoted.chance,
        "by_chance_too": restricted.chance,
    }
    sentence = (
        "Of {promotions} {promotions:event that promotes/events that promote} blockchain within"
        " {window:words} months of {day}, {promoted} came after it; of {restrictions} that"
        " {restrictions:restricts/restrict} cryptocurrency, {restricted}. In other orders of the"
        " months as many would come after it in {by_chance:.1%} and {by_chance_too:.1%} of cases."
        " The sources add {claims} dated {claims:claim/claims}."
    )
    shown = evidence(corpus, near(record.events), by=("stance", "side"))
    return finding("october.by-month", sentence, values, shown)


def the_day(corpus: Corpus, record: Record) -> Finding:
    """What sources and record have on the day itself."""
    claims, events = on_the_day(corpus.claims), on_the_day(record.events)
    values = {
        "day": DAY,
        "claims": len(claims),
        "sources": sorted(set(claims["source"])),
        "titles": [*events["title"]],
    }
    if events.empty:
        sentence = "The record has nothing on {day}"
    else:
        sentence = "On {day} the record has: {titles}"
    sentence += (
        "; the sources date {claims:words} {claims:claim/claims} to it, in {sources:source/sources}"
        " {sources}."
        if len(claims)
        else "; no source dates a claim to it."
    )
    shown = evidence(corpus, claims, anchor="day") + evidence(corpus, events, anchor="day")
    return finding("october.day", sentence, values, shown)


def windows(corpus: Corpus, record: Record) -> Finding:
    """For which windows the rise of promotion is more than chance would bring."""
    shifts = {window: shift(record.events, "promote", window) for window in WINDOWS}
    rare = [window for window in WINDOWS if shifts[window].chance <= _RARE]
    values = {
        "shortest": min(WINDOWS),
        "longest": max(WINDOWS),
        "rare": [f"{window}" for window in rare],
        "common": [f"{window}" for window in WINDOWS if window not in rare],
        "limit": _RARE,
        "rises": [f"{shift.before} to {shift.after}" for shift in shifts.values()],
    }
    sentence = (
        "As the window grows from {shortest} to {longest} months on either side, promotions go from"
        " {rises}. "
    ) + {
        (True, True): "Chance would bring as much in less than {limit:share} of all orders for"
        " windows of {rare} months, but not for {common}.",
        (True, False): "For each of these windows ({rare}) chance would bring as much in less than"
        " {limit:share} of all orders.",
        (False, True): "For none of these windows ({common}) is that more than chance would bring"
        " in {limit:share} of all orders.",
    }[bool(rare), len(rare) < len(WINDOWS)]
    shown = evidence(corpus, shifts[max(WINDOWS)].rows, by=("side",), anchor="widest")
    return finding("october.windows", sentence, values, shown)


def other_days(corpus: Corpus, record: Record) -> Finding:
    """Whether the rise of promotion is as large around other days of the record."""
    found = rises(record.events)
    rivals = sorted(month for month in found if month and found[month] >= found[0])
    values = {
        "days": len(found) - 1,
        "window": WINDOW,
        "rise": found[0],
        "larger": sum(found[month] > found[0] for month in rivals),
        "same": sum(found[month] == found[0] for month in rivals),
        "first": DAY + pd.DateOffset(months=min(rivals, default=0)),
        "last": DAY + pd.DateOffset(months=max(rivals, default=0)),
    }
    sentence = (
        "The rise is of {rise:words} {rise:event/events}. Of the {days:words} other days of the"
        " record that lie whole months away, {larger:count} {larger:has/have} a larger one and"
        " {same:count} the same"
    ) + (
        ": those lie between {first} and {last}."
        if len(rivals) > 1
        else ": that is {first}."
        if rivals and rivals[0] < 0
        else ": that is {last}."
        if rivals
        else ", so no other day fits as well."
    )
    shown = evidence(corpus, shift(record.events, "promote").rows, by=("side",))
    return finding("october.other-days", sentence, values, shown)


def surer(corpus: Corpus, record: Record) -> Finding:
    """The rise of promotion among the events that a second page bears out."""
    every = shift(record.events, "promote")
    borne_out = shift(_borne_out(record), "promote")
    values = {
        "single": every.after - borne_out.after,
        "every": every.after,
        "before": borne_out.before,
        "after": borne_out.after,
        "chance": borne_out.chance,
    }
    sentence = (
        "Of the {every:words} {every:promotion/promotions} after the day, {single:words}"
        " {single:rests/rest} on one page only. With those that were seen on a second page alone,"
        " there are {before:count} before and {after:count} after the day, and chance would bring"
        " as many in {chance:.1%} of all orders."
    )
    return finding(
        "october.surer", sentence, values, evidence(corpus, borne_out.rows, anchor="surer")
    )


def overlooked(corpus: Corpus, record: Record) -> Finding:
    """How many promotions the record would have to have overlooked for the rise to be chance."""
    found = shift(record.events, "promote")
    added = next(number for number in count() if _with(found, number).chance > _RARE)
    values = {"added": added, "limit": _RARE, "before": found.before}
    if not added:
        sentence = "What would change it are more promotions after the day than the record has."
    else:
        sentence = (
            "What would change it are {added:words} {added:promotion/promotions} before the day"
            " that the record overlooked, in months of their own: beside the {before:words} that"
            " it has, they would make the rise one that chance brings in more than {limit:share} of"
            " all orders."
        )
    shown = evidence(corpus, found.rows, by=("side",))
    return finding("october.overlooked", sentence, values, shown)


def _with(found: Shift, added: int) -> Shift:
    """The same with so many more acts before the day, each in the month that has the fewest."""
    counts = list(found.counts)
    for _ in range(added):
        counts[counts.index(min(counts[:WINDOW]))] += 1
    return Shift(found.rows, counts)


def left_out(corpus: Corpus) -> Finding:
    """What the sources' dates would be without each of the sources."""
    afters = {}
    for source in corpus.documents["source"]:
        claims = without(corpus, source).claims
        beside = near(claims)
        afters[source] = len(beside) + len(on_the_day(claims))
    values = {
        "sources": len(afters),
        "low": min(afters.values(), default=0),
        "high": max(afters.values(), default=0),
        "least": min(afters, key=afters.get, default=""),
    }
    sentence = (
        "The answer is the record's, and stays the same whichever of the {sources:words}"
        " {sources:source/sources} is left out."
    )
    if values["high"]:
        sentence += (
            " Of the sources' own claims on that day or within the months around it there would be"
            " between {low} and {high}, fewest without {least}."
        )
    return finding("october.left-out", sentence, values, evidence(corpus, corpus.documents))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """What the sources' dates would be by the reference coding."""
    compared = comparable(corpus, reference)
    other = reference.claims[reference.claims["source"].isin(compared)]
    values = {"sources": len(compared)} | _numbers(other) | {"on": len(on_the_day(other))}
    if not compared:
        sentence = "Nobody has read these sources a second time, so no coding is disputed."
    else:
        sentence = (
            "By the reference coding the sources have {on:words} {on:claim/claims} dated to the day"
            " itself; before it {promoted_before:count} that {promoted_before:promotes/promote}"
            " blockchain and {restricted_before:count} that {restricted_before:restricts/restrict}"
            " cryptocurrency, after it {promoted:count} and {restricted:count}."
        )
    return finding("october.recoded", sentence, values, evidence(corpus, corpus.documents))
