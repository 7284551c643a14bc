"""Where texts name systems."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

import pandas as pd

from helpers.places import place_of
from helpers.systems.lexicon import Entry, entries, nouns

UNLISTED = "unlisted"  # the kind of what the codebook does not list
KINDS = (*dict.fromkeys(entry.kind for entry in entries()), UNLISTED)


class Naming(NamedTuple):
    """A place where a text names a system; the span is that of the source."""

    source: str
    sentence: int
    start: int
    end: int
    exact: str
    system: str
    entry: str
    kind: str
    zone: str

    def overlaps(self, start: int, end: int) -> bool:
        """Whether the name shares a character with a span."""
        return self.start < end and start < self.end


def find(sentences: pd.DataFrame, mentions: pd.DataFrame) -> list[Naming]:
    """Every naming of a system in these sentences, by source and start.

    `sentences` has the columns source, sentence, start, exact and zone; `mentions` those of the
    mentions table.
    """
    by_source = defaultdict(list)
    for mention in mentions.itertuples():
        by_source[mention.source].append(mention)
    units = sorted(sentences.itertuples(), key=lambda unit: (unit.source, unit.start))
    found = []
    for source, of_source in groupby(units, key=lambda unit: unit.source):
        reader = _Reader(by_source[source])
        for unit in of_source:
            found += reader.read(unit)
    return found


def by_sentence(rows: pd.DataFrame) -> dict[tuple[str, int], list]:
    """Rows of a table as named tuples, by source and sentence."""
    grouped = defaultdict(list)
    for row in rows.itertuples():
        grouped[row.source, row.sentence].append(row)
    return grouped


class _Reader:
    """Reads one source from its beginning, and remembers what was named."""

    def __init__(self, mentions: list):
        self.mentions = mentions
        self.owners = {
            whose: [(m, name) for m in mentions if (name := _name(m, whose))]
            for whose in ("place", "actor")
        }
        self.named: dict[Entry, str] = {}  # what it was called in full; the last named last

    def read(self, unit: Any) -> Iterator[Naming]:
        """The namings in one sentence."""
        mine = [mention for mention in self.mentions if mention.sentence == unit.sentence]
        for start, end, entry in sorted(_found(unit, mine), key=lambda found: found[:2]):
            exact = unit.exact[start - unit.start : end - unit.start]
            listed = self._again(exact.lower()) if entry is None else entry
            if isinstance(listed, Entry):
                if entry:
                    self._remember(listed, unit.sentence, start)
                names = (self.named[listed], listed.system, listed.kind)
            elif listed:
                names = (listed, listed, UNLISTED)
            else:
                continue
            yield Naming(unit.source, unit.sentence, start, end, exact, *names, unit.zone)

    def _again(self, noun: str) -> Entry | None:
        """The system that a noun means: of those that one calls so, the one named last."""
        meant = [entry for entry in self.named if noun in entry.again]
        return meant[-1] if meant else None

    def _remember(self, entry: Entry, sentence: int, start: int) -> None:
        """Note a listed system as named, with the name of whom it belongs to."""
        owner = self._owner(entry.whose, sentence, start) if entry.whose else None
        self.named.pop(entry, None)
        self.named[entry] = f"{owner}'s {entry.system}" if owner else entry.system

    def _owner(self, whose: str, sentence: int, start: int) -> str | None:
        """The place or the actor that a system belongs to.

        That is the nearest in the sentence (an actor only if named before the system), or else the
        place that was named last.
        """
        known = self.owners[whose]
        near = [
            (abs(mention.start - start), name)
            for mention, name in known
            if mention.sentence == sentence and (whose == "place" or mention.start < start)
        ]
        if near or whose == "actor":
            return min(near)[1] if near else None
        before = [name for mention, name in known if mention.start < start]
        return before[-1] if before else None


def _found(unit: Any, mentions: list) -> list[tuple[int, int, Entry | str | None]]:
    """Spans of a sentence with the listed system they name, or the name of another, or neither.

    Neither is where a noun may speak again of a system. Of spans that overlap a name goes before a
    noun, a listed one before any other, and the longest before the rest. A part of the name of a
    body (a ministry, an institute) names no system.
    """
    spans: list[tuple[int, int, Entry | str | None]] = [
        (unit.start + match.start(), unit.start + match.end(), entry)
        for entry in entries()
        for match in entry.words.finditer(unit.exact)
    ]
    spans.sort(key=lambda span: span[0] - span[1])
    spans += [(m.start, m.end, m.entity) for m in mentions if m.type == "system"]
    spans += [
        (unit.start + match.start("noun"), unit.start + match.end("noun"), None)
        for match in nouns().finditer(unit.exact)
    ]
    bodies = [(m.start, m.end) for m in mentions if m.type in ("actor", "person")]
    kept: list[tuple[int, int, Entry | str | None]] = []
    for start, end, entry in spans:
        longer = [(a, b) for a, b in bodies if b - a > end - start]
        taken = [*longer, *(span[:2] for span in kept)]
        if all(end <= left or right <= start for left, right in taken):
            kept.append((start, end, entry))
    return kept


def _name(mention: Any, whose: str) -> str | None:
    """The name that a mention gives to what belongs to it."""
    if whose == "place":
        return place_of(mention.entity)
    return mention.entity if mention.type == "actor" else None
