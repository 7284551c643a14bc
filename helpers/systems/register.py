"""The register: each system, with all that the sources say of it and what the record has on it."""

from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.checked import checked
from helpers.corpus import Corpus
from helpers.findings import ARTICLE
from helpers.mentions import mentions
from helpers.record import Record
from helpers.systems import OF_ACTORS, named_in, roles, systems
from helpers.tables import table

ANCHOR = "register"  # of the evidence table with all namings

# What becomes of a system in the sources, and how the figure and the notebook head it.
GROUPS = {
    "built": "Being built, or built",
    "acted on": "Acted on by a ban",
    "named": "Only a name",
}
STAGE_WORDS = {
    "planned": "planned",
    "piloted": "on trial",
    "launched": "launched",
    "withdrawn": "withdrawn",
}


class Entry(NamedTuple):
    """One system: its namings, what they say of it, and what the record has on it."""

    system: str
    kind: str
    group: str
    namings: pd.DataFrame
    roles: pd.DataFrame
    events: pd.DataFrame
    checks: pd.DataFrame

    @property
    def stage(self) -> str:
        """The furthest stage that the sources give it."""
        return self.namings["stage"].max()

    def who(self, *kinds: str) -> list[str]:
        """Those who have a role, in the order in which they are named."""
        return [*dict.fromkeys(self.roles.loc[self.roles["role"].isin(kinds), "who"])]


def entries(corpus: Corpus, record: Record) -> list[Entry]:
    """The register, by group, by the day for which a system is first spoken of, and by name."""
    namings = systems(corpus)
    behind = roles(corpus, namings)
    events = events_naming(record)
    made = []
    for system, named in namings.groupby("system"):
        mine = events[events["key"] == key_of(named.iloc[0])].drop(columns="key")
        made.append(
            Entry(
                system,
                named["kind"].iloc[0],
                _group(corpus, named),
                named,
                behind[behind["system"] == system],
                mine,
                checked(corpus, record, _said_spans(named)),
            )
        )
    return sorted(made, key=_order)


def _said_spans(named: pd.DataFrame) -> pd.DataFrame:
    """The namings with the spans of all that says how far a system has come."""
    return named.assign(start=named["said_start"], end=named["said_end"])


def _order(entry: Entry) -> tuple:
    first = entry.namings["earliest"].min()
    return [*GROUPS].index(entry.group), pd.isna(first), first, entry.system


def _group(corpus: Corpus, named: pd.DataFrame) -> str:
    """Whether a system is built, acted on, or only named; what readers write does not count."""
    named = named[named["zone"].isin(ARTICLE)]
    if (named["stage"] != "unknown").any():
        return "built"
    bans = corpus.claims.loc[corpus.claims["stance"] == "restrict", ["source", "sentence"]]
    return "acted on" if len(named.merge(bans, on=["source", "sentence"])) else "named"


@lru_cache(maxsize=4)
def events_naming(record: Record) -> pd.DataFrame:
    """The record's events once for each system that they name, with a column `key`: its name.

    A system told apart by the actor that it belongs to goes by its name in the codebook.
    The table is shared: do not change it.
    """
    events = record.events
    texts = [
        f"{row['issuer']}. {row['place']}: {row['title']}. {row['summary']}"
        for row in events.to_dict("records")
    ]
    # Each event is a source of its own, so that no name is carried from one to the next.
    units = [
        (event, 0, 0, len(text), text, 1, "body")
        for event, text in zip(events["event"], texts, strict=True)
    ]
    sentences = table("sentences", units)
    named = named_in(sentences, mentions(sentences))
    pairs = {(naming.source, key_of(naming)) for naming in named.itertuples()}
    return events.merge(pd.DataFrame(sorted(pairs), columns=["event", "key"]), on="event")


def key_of(naming: Any) -> str:
    """By what a system is known again in the record, which may name another owner for it."""
    return naming.entry if naming.entry in OF_ACTORS else naming.system
