"""The codebook: what is coded and by which words, as data that a researcher can read and edit.

`codebook.md` is its prose; the other files hold the words. Door: `load_codebook`.
"""

import csv
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from helpers.codebook.lexicon import Lexicon, forms, plurals
from helpers.tables import LEVELS, OBJECTS, STANCES, TYPES

_HERE = Path(__file__).parent
_FILES = ("zones", "objects", "acts", "cues", "nouns")
_VAGUE = {"assets": "digital_asset", "currencies": "cbdc"}
_KINDS = {
    "noun": "nouns",
    "adjective": "adjectives",
    "prefix": "prefixes",
    "tone": "tone",
    "attitude": "attitudes",
}
_ENTITY_COLUMNS = ["entity", "type", "level", "object", "names"]


class CodebookError(ValueError):
    """A codebook that cannot be used: names the file, the line and the mend."""


@dataclass(frozen=True, slots=True)
class Act:
    """A family of acts, and what each can be done to and by whom."""

    family: str
    stance: str
    objects: frozenset[str]
    level: str | None
    who: frozenset[str]
    things: frozenset[str]
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActForm:
    """One written form of an act: a verb (base, s, ed, ing), noun, adjective or tone."""

    act: Act
    form: str
    lemma: str
    middle: bool = False
    weak: bool = False
    aims: bool = False
    through: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """A name of an object. A vague one stands for another object where the state promotes it."""

    name: str
    weak: bool = False
    vague: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    entity: str
    type: str
    level: str | None
    named: bool = True


@dataclass(frozen=True)
class Codebook:
    """The words of the codebook. `lexicon` has the layers object, act, actor and cue.

    `invariant` are the verbs whose base form is also their past.
    """

    families: tuple[str, ...]
    zones: dict
    cues: dict
    names: dict[str, frozenset[str]]
    stands_for: dict[str, str]
    carried: dict[str, frozenset[str]]
    asset_denials: tuple[str, ...]
    invariant: frozenset[str]
    lexicon: Lexicon
    prose: str


@lru_cache(maxsize=4)
def load_codebook(folder: str | Path = _HERE) -> Codebook:
    """Read the codebook of a folder (the project's own by default).

    Raises CodebookError where a file is missing or cannot be parsed, or holds a value that is
    not in its closed set; the message names the file, the line and the mend.
    """
    folder = Path(folder)
    data = {name: _toml(folder / f"{name}.toml") for name in _FILES}
    lexicon = Lexicon()
    cues = data["cues"]
    carried = {name: frozenset(words) for name, words in cues["carried_objects"].items()}
    _add_objects(lexicon, data["objects"], folder / "objects.toml")
    _add_acts(lexicon, data["acts"], folder / "acts.toml")
    # Of two entries with the same words the first wins: a name before a noun.
    _add_entities(lexicon, folder / "entities.csv")
    _add_nouns(lexicon, data["nouns"])
    for kind, phrases in cues.items():
        for phrase in phrases if isinstance(phrases, list) else ():
            lexicon.add(f"cue {kind}", phrase, kind)
    for part in ("openers", "verbs"):
        for phrase in cues["attribution"][part]:
            lexicon.add(f"attribution {part}", phrase, part)
    return Codebook(
        families=tuple(row["family"] for row in data["acts"]["act"]),
        zones=data["zones"],
        cues=cues,
        names={kind: frozenset(words) for kind, words in data["nouns"]["names"].items()},
        stands_for=data["nouns"]["stands_for"],
        carried=carried,
        asset_denials=tuple(data["objects"]["assets"]["denials"]),
        invariant=frozenset(
            verb for verb, others in data["acts"]["inflections"].items() if verb in others
        ),
        lexicon=lexicon.close(),
        prose=_read(folder / "codebook.md"),
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CodebookError(f"{path}: is missing; restore it from the project") from None
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path}: is not UTF-8 at byte {error.start}; save it so") from None


def _toml(path: Path) -> dict:
    try:
        return tomllib.loads(_read(path))
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{path}: cannot be read as TOML: {error}") from None


def _check(value: str, allowed: tuple[str, ...], what: str, path: Path) -> str:
    if value not in allowed:
        lines = _read(path).splitlines()
        line = next((n for n, text in enumerate(lines, 1) if value in text), 1)
        raise CodebookError(
            f"{path}, line {line}: {what} {value!r} is unknown; use one of {', '.join(allowed)}"
        )
    return value


def _add_objects(lexicon: Lexicon, data: dict, path: Path) -> None:
    vague = {
        form: other
        for key, other in _VAGUE.items()
        for phrase in data[key]["names"]
        for form in plurals(phrase)
    }
    for name, words in data.items():
        if name in _VAGUE:
            continue
        _check(name, (*OBJECTS, "none"), "the object", path)
        for weak in (False, True):
            for phrase in words.get("weak" if weak else "names", ()):
                for form in plurals(phrase):
                    lexicon.add("object", form, Object(name, weak, vague.get(form)))


def _add_acts(lexicon: Lexicon, data: dict, path: Path) -> None:
    for row in data["act"]:
        act = Act(
            family=row["family"],
            stance=_check(row["stance"], (*STANCES, "permit"), "the stance", path),
            objects=frozenset(
                _check(name, OBJECTS, "the object", path) for name in row.get("objects", OBJECTS)
            ),
            level=row.get("level") and _check(row["level"], LEVELS, "the level", path),
            who=frozenset(
                _check(name, LEVELS, "the level", path) for name in row.get("who", LEVELS)
            ),
            things=frozenset(row.get("things", ())),
            subjects=frozenset(row.get("subjects", ())),
        )
        weak, middle, aims = (set(row.get(key, ())) for key in ("weak", "middle", "aims"))
        through = set(row.get("through", ()))
        for verb in sorted({*row.get("verbs", ()), *middle, *through}):
            traits = [verb in words for words in (middle, weak, aims, through)]
            for form, kind in forms(verb, data["inflections"]):
                entry = ActForm(act, kind, verb, *traits)
                lexicon.add(f"act {act.family}", form, entry)
        for kind, key in _KINDS.items():
            for phrase in row.get(key, ()):
                for form in plurals(phrase) if kind == "noun" else [phrase]:
                    entry = ActForm(act, kind, phrase, weak=phrase in weak, aims=phrase in aims)
                    lexicon.add(f"{kind} {act.family}", form, entry)


def _add_nouns(lexicon: Lexicon, data: dict) -> None:
    for level in (*LEVELS, "system", "document", "pronouns", "speakers", "foreign"):
        kind = {"pronouns": "pronoun"}.get(
            level, level if level in ("system", "document") else "noun"
        )
        of = level if level in (*LEVELS, "foreign") else None
        for word in data.get(level, ()):
            lexicon.add("actor", word, Entity(word, kind, of, named=False))


def _add_entities(lexicon: Lexicon, path: Path) -> None:
    reader = csv.DictReader(_read(path).splitlines())
    if reader.fieldnames != _ENTITY_COLUMNS:
        raise CodebookError(
            f"{path}, line 1: the columns are {reader.fieldnames}; "
            f"they have to be {', '.join(_ENTITY_COLUMNS)}"
        )
    for row in reader:
        kind = _check(row["type"], TYPES, "the type", path)
        level = row["level"] and _check(row["level"], (*LEVELS, "foreign"), "the level", path)
        name = row["object"] and _check(row["object"], (*OBJECTS, "exchange"), "the object", path)
        # An exchange is what is closed, but only where the text is about coins.
        target = Object("cryptocurrency", weak=True) if name == "exchange" else Object(name)
        entity = Entity(row["entity"], kind, level or None)
        for phrase in row["names"].split("|"):
            lexicon.add("actor", phrase, entity, cased=phrase != phrase.lower())
            if target.name:
                lexicon.add("object", phrase, target, cased=phrase != phrase.lower())
