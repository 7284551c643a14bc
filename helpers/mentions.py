"""Who and what a text names: actors, people, systems, places and assets."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from helpers.codebook import load_codebook
from helpers.codebook.entries import FOREIGN
from helpers.codebook.lexicon import Hit
from helpers.grammar import Parse, parse, pieces
from helpers.grammar.tags import POSS, PREP
from helpers.tables import CARRYING, table

_WORD = r"(?:[A-Z][\w’'-]*[A-Za-z0-9]|[A-Z]{2,})"
_NAME = re.compile(rf"{_WORD}(?:(?:\s+(?:of|and|for|the|on|in|&))*\s+{_WORD}){{1,9}}")
_QUOTED = re.compile(r"[\"“‘]([^\"“”‘’]{8,120})[\"”’]")
_QUOTES = re.compile('["“‘]')
_BACKING = re.compile(r"-(?:backed|led|owned|based|developed|run|linked|affiliated)\b")
_BACKED = re.compile(rf"({_WORD}?[a-z0-9]+){_BACKING.pattern}")
_INTRODUCED = re.compile(r"\b([A-Z][A-Z0-9]{1,6}), (?:the|a|an) ((?:[\w’'-]+ ?){1,6})")
_TOWNS = ("city", "municipality", "government", "province")
_TOWARDS = ("towards", "toward", "with")
_BARE = ("let", "lets", "letting", "make", "makes", "making")
_OPENERS = frozenset("The A An In On At By For With From According Despite While Since As".split())


class _Named(NamedTuple):
    start: int
    end: int
    entity: str
    type: str
    level: str | None


class _Context:
    """What was named before in the same source: whom 'the government' means, and where it is."""

    def __init__(self) -> None:
        self.stands_for = dict(load_codebook().stands_for)
        self.place: str | None = None

    def remember(self, named: _Named) -> None:
        if named.entity.endswith("overnment"):
            self.stands_for["government"] = named.entity
        if named.type in ("place", "actor") and named.level in ("local", "hong_kong"):
            self.place = named.entity.split(" Municipal")[0]


def mentions(sentences: pd.DataFrame) -> pd.DataFrame:
    """Everything that headlines, keypoints and body name.

    Columns: source, sentence, start, end, exact, entity (the name that the codebook gives it, or
    the words themselves where the codebook does not know it), type (actor, person, system, place,
    asset), level (of an actor; missing where it has none, as foreign ones do).

    A place is an actor where it acts ('Beijing bans'). 'The government' is the one named last. Of
    names that overlap the longest stays.
    """
    rows: list[tuple] = []
    carrying = sentences[sentences["zone"].isin(CARRYING)]
    columns = (carrying[name].tolist() for name in ("source", "sentence", "start", "exact"))
    source, context = None, _Context()
    for of, number, start, text in zip(*columns, strict=True):
        if of != source:
            source, context = of, _Context()
        for offset, piece in pieces(text):
            for named in _named(parse(piece), context):
                context.remember(named)
                begin, end = start + offset + named.start, start + offset + named.end
                level = None if named.level == FOREIGN else named.level
                exact = piece[named.start : named.end]
                rows.append((of, number, begin, end, exact, named.entity, named.type, level))
    return table("mentions", rows)


def _named(sentence: Parse, context: _Context) -> list[_Named]:
    found = [*_known(sentence, context), *_unknown(sentence)]
    kept: list[_Named] = []
    for named in sorted(found, key=lambda named: named.start - named.end):
        if not any(other.start < named.end and named.start < other.end for other in kept):
            kept.append(named)
    return sorted(kept)


def _known(sentence: Parse, context: _Context) -> Iterator[_Named]:
    """Entities of the codebook, and the bodies that bare nouns stand for."""
    known = sentence.hits.get("actor", ())
    if not any(hit.entry.named or hit.entry.entity in context.stands_for for hit in known):
        known = ()  # so that most sentences are never tagged
    for hit in known and sentence.actors:
        start, end = sentence.span(hit.first, hit.last)
        entity = hit.entry
        if entity.named:
            kind = "actor" if entity.type == "place" and _acts(sentence, hit) else entity.type
            yield _Named(start, end, _placed(entity.entity, context), kind, entity.level)
        elif entity.entity in context.stands_for and not sentence.at(hit.last, "not_of_it"):
            place = _place_before(sentence, hit)
            if place:
                name, level = f"{place.entry.entity} {entity.entity.title()}", place.entry.level
                yield _Named(sentence.words[place.first].start, end, name, "actor", level)
            else:
                yield _Named(start, end, context.stands_for[entity.entity], "actor", entity.level)
    joined = "-" in sentence.text and _BACKING.search(sentence.text)
    for match in _BACKED.finditer(sentence.text) if joined else ():
        if hits := [hit for hit in parse(match.group(1)).actors if hit.entry.named]:
            entity = hits[0].entry
            yield _Named(*match.span(1), entity.entity, entity.type, entity.level)


def _placed(entity: str, context: _Context) -> str:
    """A kind of system is told apart by where it is: the digital asset exchange of Chongqing."""
    return (
        f"{context.place} {entity}"
        if entity == "digital asset exchange" and context.place
        else entity
    )


def _place_before(sentence: Parse, noun: Hit) -> Hit | None:
    places = [a for a in sentence.actors if a.last == noun.first and a.entry.type == "place"]
    return places[-1] if places else None


def _acts(sentence: Parse, place: Hit) -> bool:
    """A place acts as the subject of a verb, or as the possessor of what is done."""
    before, after = sentence.word(place.first - 1), place.last
    if sentence.tag(after) == POSS:
        owned = sentence.phrase_of(after + 1)
        return owned is not None and any(
            _is_done(sentence, i) for i in range(owned.first, owned.last)
        )
    if sentence.tag(place.first - 1) == PREP:
        towns = before == "of" and sentence.word(place.first - 2) in _TOWNS
        return towns or (before in _TOWARDS and sentence.forms.get(after) == "ing")
    return before in _BARE or sentence.verb_follows(after)


def _is_done(sentence: Parse, i: int) -> bool:
    """Token i names what somebody does: an act, a plan, an approach."""
    acts = (act.voice == "nominal" and act.first <= i < act.last for act in sentence.acts)
    return sentence.at(i, "planned", "begun", "stances") or any(acts)


def _unknown(sentence: Parse) -> Iterator[_Named]:
    """Names that the codebook does not know, told by their last word or their quotation marks."""
    names, text = load_codebook().names, sentence.text
    for match in _INTRODUCED.finditer(text) if ", " in text else ():
        if names["system"].intersection(match.group(2).split()):
            yield _Named(*match.span(1), match.group(1), "system", None)
    for match in _QUOTED.finditer(text) if _QUOTES.search(text) else ():
        title = match.group(1).removeprefix("The ").strip(" ,.")
        words = [word.strip(",.").lower() for word in title.split()]
        capitals = sum(word[0].isupper() for word in title.split())
        if capitals >= 3 and capitals > len(words) / 2 and names["system"].intersection(words):
            start = match.start(1) + match.group(1).index(title)
            yield _Named(start, start + len(title), title, "system", None)
    found = [*_capitalised(text, names)]
    if found and not sentence.is_title_case:
        yield from found


def _capitalised(text: str, names: dict[str, frozenset[str]]) -> Iterator[_Named]:
    for match in _NAME.finditer(text):
        words = match.group().split()
        while words and words[0] in _OPENERS:
            words = words[1:]
        last = words[-1].lower() if len(words) > 1 else ""
        kind = next((kind for kind, heads in names.items() if last in heads), None)
        if kind:
            start = match.start() + match.group().index(" ".join(words[:1]))
            level = _head_level(last) if kind == "actor" else None
            yield _Named(start, match.end(), text[start : match.end()], kind, level)


def _head_level(noun: str) -> str | None:
    """The level of an organisation that the codebook does not know, by its last word."""
    hits = parse(noun).actors
    return hits[0].entry.level if hits else "industry"
