"""How far the sources cover the record: which events they have a claim for."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import pandas as pd

from helpers.corpus import Corpus
from helpers.matching import SURENESS, Matcher, match
from helpers.record import Record
from helpers.tables import STANCES

SEEN = ("seen", "perhaps seen", "not seen")  # how well the sources have an event


def seen(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The events that promote or restrict, with `seen`: whether a source has a claim for it.

    An event is seen where a claim is paired with it that is likely or surely of the same act, and
    perhaps seen where only weak pairs are.
    """
    how = seen_by(corpus, record, corpus.claims.itertuples())
    events = record.events[record.events["stance"].isin(STANCES)]
    found = [how.get(event, SEEN[2]) for event in events["event"]]
    return events.assign(seen=pd.Categorical(found, SEEN, ordered=True))


def seen_by(corpus: Corpus, record: Record, claims: Iterable[Any]) -> dict[str, str]:
    """The same by any claims, given as named tuples: by id, for events that are (perhaps) seen."""
    how: dict[str, str] = {}
    for _, event, sureness, _ in _matcher(corpus, record)(claims):
        if sureness != SURENESS[0] or event not in how:
            how[event] = SEEN[1] if sureness == SURENESS[0] else SEEN[0]
    return how


@lru_cache(maxsize=8)
def _matcher(corpus: Corpus, record: Record) -> Matcher:
    return Matcher(record.events, corpus.documents)


def pairs(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The claims that were paired with events; `rule` says with which, how surely and why."""
    found = match(corpus.claims, record.events, corpus.documents)
    said = found["event"] + " (" + found["sureness"].astype(str) + "): " + found["why"]
    return found.drop(columns="event").assign(rule=said)
