"""The codebook's own words, out of which texts are made up for tests."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path

from helpers.codebook.lexicon import forms

_CODEBOOK = Path(__file__).parent.parent / "helpers/codebook"


def _read(name: str) -> dict:
    return tomllib.loads((_CODEBOOK / f"{name}.toml").read_text(encoding="utf-8"))


def _strings(data: object) -> Iterator[str]:
    """All words and phrases in nested data; a text of several words stands for its words."""
    if isinstance(data, str):
        yield from data.split()
    elif isinstance(data, dict):
        for inner in data.values():
            yield from _strings(inner)
    elif isinstance(data, list):
        for inner in data:
            yield from [inner] if isinstance(inner, str) else _strings(inner)


def _distinct(words: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _entities() -> Iterator[str]:
    with (_CODEBOOK / "entities.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from row["names"].split("|")


def _acts() -> Iterator[str]:
    """Every form of every verb, and every noun and adjective; a gap holds nothing."""
    inflections = _read("grammar")["inflections"]
    for act in _read("acts")["act"]:
        for verb in _strings(act.get("verbs", [])):
            yield from (form.replace(" … ", " ") for form in forms(verb, inflections))
        for kind in ("nouns", "adjectives", "tone", "prefixes"):
            yield from (word.replace(" … ", " ") for word in _strings(act.get(kind, [])))


def _furniture() -> Iterator[str]:
    for entry in _read("zones")["furniture"]:
        yield from _strings(entry.get("lines", []))


ENTITIES = _distinct(_entities())
NOUNS = _distinct(_strings(_read("nouns")))
ACTS = _distinct(_acts())
OBJECTS = _distinct(_strings(_read("objects")))
CUES = _distinct(_strings(_read("cues")))
SMALL = _distinct(_strings(_read("grammar")))
NUMBERS = _distinct(_strings(_read("quantities")))
FURNITURE = _distinct(_furniture())
DATES = [
    *("yesterday", "today", "last year", "this month", "next week", "two years ago", "on Friday"),
    *("in May", "in May 2021", "24 October 2019", "October 24, 2019", "2019-10-24", "24/10/2019"),
    *("in 2017", "by 2020", "since 2013", "by the end of 2025", "early March", "mid-2019", "94"),
    *("the third quarter of 2018", "the first half of the year", "the 1990s", "9.4", "the 144th"),
    *("from 2017 to 2019", "between May and July", "the same day", "a day later", "May"),
    *("three weeks before", "the 19th Party Congress", "Spring Festival", "31 February 2021"),
    *("in the year 99999", "0 May", "2021-13-45", "99999 years ago", "BEIJING, May 5, 2019 --"),
]
ALL = [*ENTITIES, *NOUNS, *ACTS, *OBJECTS, *CUES, *SMALL, *NUMBERS, *FURNITURE, *DATES]
