"""When, where and according to whom: what a sentence tells beside the act itself."""

from collections import defaultdict
from typing import Any

import pandas as pd

from helpers.claims.coding import Claim
from helpers.claims.context import Actor
from helpers.codebook.lexicon import Hit
from helpers.grammar import Parse

_TARGETS = ("by", "for", "before", "until")  # before a date: till when a plan is to be carried out


class Circumstances:
    """The dates and places of every sentence."""

    def __init__(self, dates: pd.DataFrame, mentions: pd.DataFrame):
        self._dates = _by_sentence(dates, "start", "end", "earliest", "latest")
        self._places = _by_sentence(mentions, "start", "end", "entity", "type")

    def of(self, source: str, number: int, start: int) -> "_Told":
        """What is told in one sentence, which begins at the offset `start`."""
        key = source, number
        return _Told(start, self._dates.get(key, []), self._places.get(key, []))


def _by_sentence(frame: pd.DataFrame, *columns: str) -> dict[tuple, list[tuple]]:
    found = defaultdict(list)
    cells = (frame[name].tolist() for name in ("source", "sentence", *columns))
    for source, number, *row in zip(*cells, strict=True):
        found[source, number].append(tuple(row))
    return found


class _Told:
    """The dates and places of one sentence, asked by claim."""

    def __init__(self, start: int, dates: list[tuple], places: list[tuple]):
        self._start, self._dates, self._places = start, dates, places

    def cells(self, sentence: Parse, claim: Claim) -> tuple[Any, ...]:
        """earliest, latest, place, actor, attribution of a claim."""
        return (
            *self._when(sentence, claim),
            self._where(sentence, claim),
            claim.actor.name if claim.actor else None,
            _according_to(sentence, claim),
        )

    def _when(self, sentence: Parse, claim: Claim) -> tuple[Any, Any]:
        """The date of the act's own clause, or the one that opens the sentence."""
        low, high = sentence.clause(claim.act.first)
        fitting = []
        for start, _, earliest, latest in self._dates:
            i = sentence.token_at(start - self._start)
            opens = i <= 8 and claim.act.first >= i and claim.act.voice in ("active", "passive")
            target = claim.status == "planned" and (
                sentence.word(i) in _TARGETS or sentence.word(i - 1) in _TARGETS
            )
            if (low <= i < high or opens) and not target:
                fitting.append((abs(i - claim.act.first), earliest, latest))
        if not fitting:
            return None, None
        _, earliest, latest = min(fitting, key=lambda date: date[0])
        return earliest, latest

    def _where(self, sentence: Parse, claim: Claim) -> str | None:
        """A place that the clause of the act names, or the one that acts."""
        low, high = sentence.clause(claim.act.first)
        acting = claim.actor and sentence.span(sentence.begins(claim.actor.first), claim.actor.last)
        for start, end, entity, kind in self._places:
            begin, stop = start - self._start, end - self._start
            i = sentence.token_at(begin)
            within = low <= i < high and sentence.word(i - 1) in ("in", "at", "across", "within")
            if kind == "place" and within:
                return entity
            acts = acting and acting[0] < stop and begin < acting[1]
            if acts and claim.level in ("local", "hong_kong"):
                return entity.split(" Municipal")[0].split(" Government")[0]
        return None


def _according_to(sentence: Parse, claim: Claim) -> str | None:
    """Who is named behind 'according to' in the sentence, other than who acts."""
    if said := _said_by(sentence, claim):
        return said
    for other in sentence.actors:
        before = sentence.begins(other.first) - 1
        if sentence.at(before, "attribution") and not _is(other, claim.actor):
            return sentence.text[slice(*sentence.span(other.first, other.last))]
    return None


def _said_by(sentence: Parse, claim: Claim) -> str | None:
    """Who is the subject of a verb of saying in another clause of the sentence."""
    for i, form in sentence.forms.items():
        if not sentence.at(i, "saying") or form == "ing" or not sentence.is_finite(i):
            continue
        found = (
            sentence.subject(i) if sentence.clause(i) != sentence.clause(claim.act.first) else None
        )
        if (
            found
            and found.who
            and not _is(found.who, claim.actor)
            and found.who.entry.type != "pronoun"
        ):
            return sentence.text[slice(*sentence.span(found.who.first, found.who.last))]
    return None


def _is(hit: Hit, actor: Actor | None) -> bool:
    return actor is not None and (hit.first, hit.last) == (actor.first, actor.last)
