"""How far the sources cover the record: which events they have a claim for."""

import pandas as pd

from helpers.corpus import Corpus
from helpers.matching import match
from helpers.record import Record
from helpers.tables import STANCES

SEEN = ("seen", "perhaps seen", "not seen")  # how well the sources have an event


def seen(corpus: Corpus, record: Record, claims: pd.DataFrame | None = None) -> pd.DataFrame:
    """The events that promote or restrict, with `seen`: whether a source has a claim for it.

    An event is seen where a claim is paired with it that is likely or surely of the same act, and
    perhaps seen where only weak pairs are. `claims` are those of the corpus if not given.
    """
    pairs = match(corpus.claims if claims is None else claims, record.events, corpus.documents)
    events = record.events[record.events["stance"].isin(STANCES)]
    surely = set(pairs.loc[pairs["sureness"] != "weak", "event"])
    perhaps = set(pairs["event"])
    how = [
        SEEN[0] if event in surely else SEEN[1] if event in perhaps else SEEN[2]
        for event in events["event"]
    ]
    return events.assign(seen=pd.Categorical(how, SEEN, ordered=True))


def pairs(corpus: Corpus, record: Record) -> pd.DataFrame:
    """The claims that were paired with events; `rule` says with which, how surely and why."""
    found = match(corpus.claims, record.events, corpus.documents)
    said = found["event"] + " (" + found["sureness"].astype(str) + "): " + found["why"]
    return found.drop(columns="event").assign(rule=said)
