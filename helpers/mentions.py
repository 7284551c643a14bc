"""Who and what a text names: actors, people, systems, places and assets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers.codebook import load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar import Parse, parse
from helpers.tables import CARRYING, table

_NAME = re.compile(
    r"(?:[A-Z][\w’'-]*[A-Za-z0-9]|[A-Z]{2,})"
    r"(?:(?:\s+(?:of|and|for|the|on|in|&))*\s+(?:[A-Z][\w’'-]*[A-Za-z0-9]|[A-Z]{2,})){1,9}"
)
_OPENERS = frozenset("The A An In On At By For With From According Despite While Since As".split())


class _Named(NamedTuple):
    start: int
    end: int
    entity: str
    type: str
    level: str | None


def mentions(sentences: pd.DataFrame) -> pd.DataFrame:
    """Everything that headlines, keypoints and body name.

    Columns: source, sentence, start, end, exact, entity (the name that the codebook gives it, or
    the words themselves where the codebook does not know it), type (actor, person, system, place,
    asset), level (of an actor; missing where it has none, as foreign ones do).

    A place is an actor where it acts ('Beijing bans'). 'The government' is the one named last.
    """
    rows: list[tuple] = []
    carrying = sentences[sentences["zone"].isin(CARRYING)]
    columns = (carrying[name].tolist() for name in ("source", "sentence", "start", "exact"))
    source, government = None, _CENTRAL
    for of, number, start, text in zip(*columns, strict=True):
        if of != source:
            source, government = of, _CENTRAL
        for named in _named(parse(text), government):
            if named.type == "actor" and "overnment" in named.entity or named.entity == _CENTRAL:
                government = named.entity
            exact = text[named.start : named.end]
            level = None if named.level == "foreign" else named.level
            span = (of, number, start + named.start, start + named.end, exact)
            rows.append((*span, named.entity, named.type, level))
    return table("mentions", rows)


_CENTRAL = "Chinese central government"


def _named(sentence: Parse, government: str) -> list[_Named]:
    """The names of one sentence, in order; of names that overlap the longer."""
    found = [
        named
        for hit in sentence.actors
        if (named := _known(sentence, hit, government))
    ]
    found += [named for named in _unknown(sentence) if not _overlaps(named, found)]
    return sorted(found)


def _overlaps(named: _Named, others: list[_Named]) -> bool:
    return any(other.start < named.end and named.start < other.end for other in others)


def _known(sentence: Parse, hit: Hit, government: str) -> _Named | None:
    """An entity of the codebook, or the government that 'government' stands for."""
    start, end = sentence.span(hit.first, hit.last)
    entity = hit.entry
    if entity.named:
        kind = "actor" if entity.type == "place" and _acts(sentence, hit) else entity.type
        return _Named(start, end, entity.entity, kind, entity.level)
    if entity.entity == "government" and sentence.word(hit.last) not in ("at", "affairs", "mouthpiece"):
        place = [a for a in sentence.actors if a.last == hit.first and a.entry.type == "place"]
        if place:
            first, name = place[-1].first, f"{place[-1].entry.entity} Government"
            return _Named(sentence.words[first].start, end, name, "actor", place[-1].entry.level)
        return _Named(start, end, government, "actor", "central" if government == _CENTRAL else None)
    return None


def _acts(sentence: Parse, place: Hit) -> bool:
    """A place acts as the subject of a verb, or as the possessor of an act."""
    before, after = sentence.word(place.first - 1), place.last
    if sentence.at(place.first - 1, "prepositions") and not sentence.verb_follows(after):
        return False
    if sentence.word(after) == "'s":
        acts = (act for act in sentence.acts if after < act.first <= after + 4)
        return any(act.voice == "nominal" for act in acts)
    return before == "let" or sentence.verb_follows(after)


def _unknown(sentence: Parse) -> Iterator[_Named]:
    """Names of several capitalised words that end in the word of a body or a system."""
    names = load_codebook().names
    # Where most words have capitals, as in a heading, capitals do not tell a name.
    words = [word.text for word in sentence.words if word.text[0].isalpha() and len(word.text) > 3]
    if sum(word[0].isupper() for word in words) > 0.7 * len(words):
        return
    for match in _NAME.finditer(sentence.text):
        words = match.group().split()
        while words and words[0] in _OPENERS:
            words = words[1:]
        last = words[-1].lower() if len(words) > 1 else ""
        kind = next((kind for kind, heads in names.items() if last in heads), None)
        if kind:
            name = " ".join(words)
            start = match.end() - len(match.group()[match.group().index(words[0]) :])
            yield _Named(start, match.end(), name, kind, head_level(last) if kind == "actor" else None)


def head_level(noun: str) -> str | None:
    """The level of an organisation that the codebook does not know, by its last word."""
    hits = parse(noun).actors
    return hits[0].entry.level if hits else "industry"
