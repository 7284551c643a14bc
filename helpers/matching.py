"""Which events of the record a claim corresponds to, how sure that is, and why."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from helpers.mentions import mentions
from helpers.tables import CLOSED_SETS, frame, table

SURENESS = ("weak", "likely", "strong")

_CLAIM = ("source", "sentence", "start", "end", "exact", "stance", "object", "level", "status")
_WHO_WHEN_WHERE = ("actor", "earliest", "latest", "place")

_MONTH = 31  # days; a longer interval could hold many acts of a kind
_TELLING = 0.03  # a name tells events apart when no more than this share of them has it

# Where it happens matters for those who rule a place; an act of the centre is of the whole country.
_RULERS_OF_PLACES = {"local", "hong_kong"}
_WHOLE_COUNTRY = {"China", "mainland China"}


class _Act(NamedTuple):
    """What a claim and an event are compared by."""

    earliest: pd.Timestamp
    latest: pd.Timestamp
    level: str
    places: frozenset[str]
    names: frozenset[str]

    @property
    def is_dated(self) -> bool:
        return pd.notna(self.earliest) and pd.notna(self.latest)

    @property
    def days(self) -> int:
        return (self.latest - self.earliest).days + 1


class Matcher:
    """Pairs claims with events by the rules of `match`; it keeps what it has found for a claim."""

    def __init__(self, events: pd.DataFrame, documents: pd.DataFrame | None = None) -> None:
        self._published = {} if documents is None else _last_days(documents)
        self._by_code = defaultdict(list)
        for event, act in zip(events.itertuples(index=False), _event_acts(events), strict=True):
            self._by_code[event.object, event.stance].append((event.event, act))
        acts = (act for acts in self._by_code.values() for _, act in acts)
        self._known = frozenset(name for act in acts for name in act.names)
        self._found: dict[tuple, list[tuple]] = {}
        self._named: dict[str, tuple[frozenset, frozenset]] = {}

    def __call__(self, claims: Iterable[Any]) -> Iterator[tuple]:
        """For each pair of a claim, as a named tuple: the claim, the event's id, sureness, why."""
        claims = list(claims)
        texts = {_text_of(claim) for claim in claims} - self._named.keys()
        if texts:
            self._named |= zip(texts, _named(texts), strict=True)
        for claim in claims:
            # Its index aside, which says nothing of it.
            key = tuple(getattr(claim, column) for column in (*_CLAIM, *_WHO_WHEN_WHERE))
            if key not in self._found:
                self._found[key] = [*self._pairs(claim)]
            for pair in self._found[key]:
                yield claim, *pair

    def _pairs(self, claim: Any) -> Iterator[tuple[str, str, str]]:
        act = self._act(claim)
        last = act.latest if act.is_dated else self._published.get(claim.source, _NEVER)
        for event, other in self._by_code[claim.object, claim.stance]:
            if claim.status == "denied" or other.earliest > last:
                continue
            points, why = _points(act, other)
            if claim.status == "rumoured":
                points, why = points - 1, [*why, "a rumour"]
            if points > 0:
                yield event, SURENESS[min(points, len(SURENESS)) - 1], "; ".join(why)

    def _act(self, claim: Any) -> _Act:
        """What a claim is compared by; of its names those that the record knows."""
        places, names = self._named[_text_of(claim)]
        place = [claim.place] if isinstance(claim.place, str) else []
        act = _act(claim, (*place, *places), names)
        return act._replace(names=act.names & self._known)


def match(
    claims: pd.DataFrame, events: pd.DataFrame, documents: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The pairs of a claim and an event that may well be the same act.

    Only claims and events of one object and one stance are paired, and only if nothing rules it
    out: days that are apart, places that are apart where one of the two is the act of a province, a
    city or Hong Kong, a claim that is denied. What speaks for a pair is counted in points:

    - 3 for one and the same day, 2 for days that overlap in intervals of a month at most, 1 where
      one of the intervals is longer, 0 where the claim has no date;
    - 1 more for a name in common that tells (one that at most 3 % of the events have), or a place;
      but an undated claim needs a name, since a place would join it to all that happened there;
    - 1 less where the level differs (a name in common is then needed, too), where both are local
      and nothing says of what place the claim is, where the claim names somebody whom the record
      knows from other events only, and where the claim is a rumour.

    Three points or more are `strong`, two `likely`, one `weak`; with none there is no pair. A claim
    may have several events and an event several claims, and most have none: nothing is forced.
    Without its date a claim could be of any time. So it is paired only where `documents` says when
    its source was published, only with events that had begun by then, and never better than weakly.

    Columns: source, sentence, start, end, exact, stance, object, level, status (the claim's), event
    (its id), sureness (an ordered category, weak < likely < strong), why (in words). Sorted by
    source, start and claim, the surest first.
    """
    rows = [
        (*(getattr(claim, column) for column in _CLAIM), *pair)
        for claim, *pair in Matcher(events, documents)(claims.itertuples())
    ]
    pairs = frame((*_CLAIM, "event", "sureness", "why"), rows, CLOSED_SETS | {"sureness": SURENESS})
    order = ["source", "start", "end", *_CLAIM[5:], "sureness", "event"]
    rising = [column != "sureness" for column in order]
    return pairs.sort_values(order, ascending=rising, ignore_index=True)


_NEVER = pd.Timestamp.min


def _last_days(documents: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """The last day on which each source can have been published."""
    return documents.set_index("source")["published_latest"].dropna().to_dict()


def _points(claim: _Act, event: _Act) -> tuple[int, list[str]]:
    """How much speaks for one act behind a claim and an event, and what, in words."""
    names, places = claim.names & event.names, claim.places & event.places
    same_level = claim.level == event.level
    over = claim.is_dated and event.latest < claim.earliest
    if over or _apart(claim, event) or not (names or (same_level and claim.is_dated)):
        return 0, []
    points, when = _when(claim, event)
    why = [when]
    if names or places:
        points += 1
        why.append("both name " + ", ".join(sorted(names | places)))
    if not same_level:
        points -= 1
        why.append(f"of {claim.level} here, of {event.level} there")
    if same_level and claim.level == "local" and not places:
        points -= 1
        why.append("of no known place here")
    if claim.names and not names:
        points -= 1
        why.append("names " + ", ".join(sorted(claim.names)))
    return points, why


def _when(claim: _Act, event: _Act) -> tuple[int, str]:
    """The points for the days of both, which are not apart."""
    if not claim.is_dated:
        return 0, "the claim has no date"
    if claim.days == event.days == 1:
        return 3, f"both on {claim.earliest:%Y-%m-%d}"
    if max(claim.days, event.days) <= _MONTH:
        return 2, "days that overlap"
    return 1, "days that overlap within a long time"


def _apart(claim: _Act, event: _Act) -> bool:
    """Whether both are of certain places, and these are not the same."""
    here, there = claim.places, event.places
    rule = {claim.level, event.level} & _RULERS_OF_PLACES
    return bool(rule and here and there and not here & there)


def _event_acts(events: pd.DataFrame) -> list[_Act]:
    """What events are compared by; of their names those that tell."""
    texts = events["issuer"] + ". " + events["title"]
    acts = [
        _act(event, (*re.split(r"[;,] ", event.place), *places), names)
        for event, (places, names) in zip(events.itertuples(), _named(texts), strict=True)
    ]
    number = Counter(name for act in acts for name in act.names)
    return [
        act._replace(names=frozenset(n for n in act.names if number[n] <= _TELLING * len(acts)))
        for act in acts
    ]


def _text_of(claim: Any) -> str:
    """The words by which a claim's names are known."""
    actor = claim.actor if isinstance(claim.actor, str) else ""
    return f"{actor}. {claim.exact}"


def _act(row: Any, places: Iterable[str], names: frozenset[str]) -> _Act:
    return _Act(row.earliest, row.latest, row.level, frozenset(places) - _WHOLE_COUNTRY, names)


def _named(texts: Iterable[str]) -> list[tuple[frozenset[str], frozenset[str]]]:
    """The places, and the names of all else, that each text mentions: found as in any source."""
    units = [("", number, 0, len(text), text, 1, "body") for number, text in enumerate(texts)]
    named: list[tuple[set[str], set[str]]] = [(set(), set()) for _ in units]
    for mention in mentions(table("sentences", units)).itertuples():
        named[mention.sentence][mention.type != "place"].add(mention.entity)
    return [(frozenset(places), frozenset(names)) for places, names in named]
