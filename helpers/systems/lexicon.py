"""The words of `codebook/systems.csv` and `codebook/stages.toml`, ready to be searched for."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from helpers.reading import Column, SourceError, one_of, problem, read_rows, repetitions

_CODEBOOK = Path(__file__).parent.parent / "codebook"
_QUOTES = "\"“”‘’'"
_SIDES = ("after", "beside", "before")


class Entry(NamedTuple):
    """A system of the codebook; `whose` says by what it is told apart: place, actor or nothing."""

    system: str
    kind: str
    whose: str | None
    words: re.Pattern
    again: tuple[str, ...]


class Stages(NamedTuple):
    """Patterns of words: for each stage by the side on which the system is named, and others."""

    stages: dict[str, dict[str, re.Pattern]]
    not_after: re.Pattern
    roles: dict[str, re.Pattern]
    purpose: re.Pattern


def _words(cell: str) -> list[str]:
    return [word.strip() for word in cell.split("|")]


_COLUMNS = {
    "system": Column(filled=True),
    "kind": Column(filled=True),
    "whose": Column(one_of("place", "actor")),
    "words": Column(_words, filled=True),
    "again": Column(_words),
}


@cache
def entries(path: Path = _CODEBOOK / "systems.csv") -> tuple[Entry, ...]:
    """The systems that the codebook lists.

    Columns of the file: system (its name), kind, whose (`place` or `actor`: the name is given to
    it, as in 'Chongqing's development fund'), words (how texts call it, with | between) and again
    (nouns by which a text speaks of it once it was named).

    Raises SourceError that lists everything to be mended, with file and line.
    """
    problems: list[str] = []
    rows = read_rows(path, _COLUMNS, problems)
    problems += repetitions(path, rows, "system")
    if problems:
        raise SourceError(problems)
    return tuple(
        Entry(
            row["system"],
            row["kind"],
            row["whose"],
            _pattern(row["words"], plurals=True),
            tuple(row["again"] or ()),
        )
        for row in rows
    )


@cache
def nouns() -> re.Pattern:
    """The nouns by which texts speak again of any system: as a group, after an article or such."""
    words = _pattern({noun for entry in entries() for noun in entry.again}).pattern
    return re.compile(
        rf"(?:\b(?i:the|this|that|its|an?)|[’']s)\s(?:\w\S*\s){{0,4}}?(?P<noun>{words})"
    )


@cache
def lexicon(path: Path = _CODEBOOK / "stages.toml") -> Stages:
    """The words that say how far a system has come, who is behind it, and what it is for.

    Raises SourceError where the file cannot be read or lacks a part.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        stages = {
            stage["name"]: {side: _pattern(stage[side]) for side in _SIDES if side in stage}
            for stage in data["stage"]
        }
        agents = "|".join(map(re.escape, data["not_after"]["words"]))
        return Stages(
            stages,
            re.compile(rf"\b(?:{agents})\s+(?:\w+\s+)?$", re.I),
            {role["name"]: _pattern(role["words"]) for role in data["role"]},
            _pattern(data["purpose"]["words"]),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SourceError([problem(path, f"cannot be read ({error})", "mend it")]) from None
    except KeyError as error:
        what, mend = f"has no {error.args[0]!r}", "write it as in the project's own"
        raise SourceError([problem(path, what, mend)]) from None


def _pattern(words: Iterable[str], plurals: bool = False) -> re.Pattern:
    """Words as they may stand in a text: quotation marks may come between them.

    Words in lower case are found in any case, others only as they are written. Of words that begin
    alike the longest is found.
    """
    between = rf"[{_QUOTES},]*\s+[{_QUOTES}]*"
    forms = []
    for word in sorted(words, key=len, reverse=True):
        form = between.join(map(re.escape, word.split())) + ("s?" if plurals else "")
        forms.append(f"(?i:{form})" if word == word.lower() else form)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w])")
