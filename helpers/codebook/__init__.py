"""The codebook: what is coded and by which words, as data that a researcher can read and edit.

`codebook.md` is its prose; the other files hold the words. Door: `load_codebook`.
"""

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from helpers.codebook.entries import FOREIGN, Act, ActForm, Entity, Object, StandIn
from helpers.codebook.lexicon import Lexicon, forms, plurals
from helpers.tables import LEVELS, OBJECTS, STANCES, TYPES

__all__ = ["CodebookError", "load_codebook"]

_HERE = Path(__file__).parent
_FILES = ("zones", "objects", "acts", "cues", "nouns", "grammar")
_VAGUE = {"assets": "digital_asset", "currencies": "cbdc"}
# Of an act family: the lists of words, and what their entries are.
_WORDS = {
    "nouns": "noun",
    "adjectives": "adjective",
    "prefixes": "prefix",
    "tone": "tone",
    "attitudes": "attitude",
}
_NOUN_KINDS = {
    "pronouns": "pronoun",
    "speakers": "speaker",
    "system": "system",
    "document": "document",
}
_ENTITY_COLUMNS = ["entity", "type", "level", "object", "names", "source"]


class CodebookError(ValueError):
    """A codebook that cannot be used: names the file, the line and the mend."""


@dataclass(frozen=True)
class Codebook:
    """The words of the codebook.

    `lexicon` has the layers object, stand-in, actor, cue, and for each family of acts one for each
    kind of word. `cues` and `verbs` are what single words are: kinds of cues, and verb forms;
    `lemmas` has the base form of each of these.
    """

    zones: dict
    acts: tuple[Act, ...]
    lexicon: Lexicon
    cues: Mapping[str, frozenset[str]]
    verbs: Mapping[str, frozenset[str]]
    lemmas: Mapping[str, str]
    names: Mapping[str, frozenset[str]]
    stands_for: Mapping[str, str]
    asset_denials: tuple[str, ...]
    prose: str


@lru_cache(maxsize=4)
def load_codebook(folder: str | Path = _HERE) -> Codebook:
    """Read the codebook of a folder (the project's own by default).

    Raises CodebookError where a file is missing or cannot be parsed, or holds a value that is
    not in its closed set; the message names the file, the line and the mend.
    """
    folder = Path(folder)
    data = {name: _toml(folder / f"{name}.toml") for name in _FILES}
    lexicon, inflections = Lexicon(), data["grammar"]["inflections"]
    _add_objects(lexicon, data["objects"], folder / "objects.toml")
    acts = _add_acts(lexicon, data["acts"]["act"], inflections, folder / "acts.toml")
    # Of two entries with the same words the first wins: a name before a noun.
    _add_entities(lexicon, folder / "entities.csv")
    _add_nouns(lexicon, data["nouns"])
    return Codebook(
        zones=data["zones"],
        acts=acts,
        cues=_add_cues(lexicon, _cues(data["cues"], data["grammar"], inflections)),
        verbs=_verbs(_listed(data["grammar"]["verbs"]["common"]), inflections),
        lemmas=_lemmas(_listed(data["grammar"]["verbs"]["common"]), inflections),
        names={kind: frozenset(_listed(words)) for kind, words in data["nouns"]["names"].items()},
        stands_for=data["nouns"]["stands_for"],
        asset_denials=tuple(data["objects"]["assets"]["denials"]),
        lexicon=lexicon.close(),
        prose=_read(folder / "codebook.md"),
    )


# --- reading and checking -----------------------------------------------------------------------


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


def _check(value: str, allowed: Iterable[str], what: str, path: Path) -> str:
    if value not in allowed:
        lines = _read(path).splitlines()
        line = next((n for n, text in enumerate(lines, 1) if value in text), 1)
        raise CodebookError(
            f"{path}, line {line}: {what} {value!r} is unknown; use one of {', '.join(allowed)}"
        )
    return value


def _listed(words: str | list[str]) -> list[str]:
    """A list of words and phrases; a text stands for its words."""
    return words.split() if isinstance(words, str) else words


# --- objects ------------------------------------------------------------------------------------


def _add_objects(lexicon: Lexicon, data: dict, path: Path) -> None:
    vague = {
        form: other
        for key, other in _VAGUE.items()
        for phrase in data[key]["names"]
        for form in plurals(phrase)
    }
    stand_ins: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for name, words in data.items():
        if name in _VAGUE:
            continue
        _check(name, (*OBJECTS, "none"), "the object", path)
        for form in _plurals(words["names"]):
            lexicon.add("object", form, Object(name, vague.get(form)))
        for key in ("kin", "everyday"):
            for form in _plurals(words.get(key, ())):
                stand_ins[form][key].add(name)
    for form, names in stand_ins.items():
        entry = StandIn(frozenset(names["kin"]), frozenset(names["everyday"]))
        lexicon.add("stand-in", form, entry)


def _plurals(words: str | list[str]) -> Iterator[str]:
    for phrase in _listed(words):
        yield from plurals(phrase)


# --- acts ---------------------------------------------------------------------------------------


def _add_acts(lexicon: Lexicon, rows: list[dict], inflections: dict, path: Path) -> tuple[Act, ...]:
    acts = []
    for row in rows:
        acts.append(act := _act(row, path))
        traits = {key: set(_listed(row.get(key, ()))) for key in ("weak", "middle", "aims")}
        through = _listed(row.get("through", ()))
        nouns = _listed(row.get("nouns", ()))
        reaching = (word for word in through if word not in nouns)
        verbs = [*_listed(row.get("verbs", ())), *sorted(traits["middle"]), *reaching]
        for verb in dict.fromkeys(verbs):
            has = {key: verb in words for key, words in traits.items()}
            for form, kinds in forms(verb, inflections).items():
                entry = ActForm(act, "verb", verb, kinds, through=verb in through, **has)
                lexicon.add(f"verb {act.family}", form, entry)
        for key, kind in _WORDS.items():
            for phrase in _listed(row.get(key, ())):
                has = {key: phrase in words for key, words in traits.items()}
                has["through"] = phrase in through
                for form in plurals(phrase) if kind == "noun" else [phrase]:
                    lexicon.add(f"{kind} {act.family}", form, ActForm(act, kind, phrase, **has))
    return tuple(acts)


def _act(row: dict, path: Path) -> Act:
    def checked(key: str, allowed: tuple[str, ...], what: str) -> frozenset[str]:
        return frozenset(_check(name, allowed, what, path) for name in row.get(key, allowed))

    return Act(
        family=row["family"],
        stance=_check(row["stance"], (*STANCES, "permit"), "the stance", path),
        objects=checked("objects", OBJECTS, "the object"),
        level=row.get("level") and _check(row["level"], LEVELS, "the level", path),
        who=checked("who", LEVELS, "the level"),
        things=frozenset(_listed(row.get("things", ()))),
        told=row.get("told", False),
        of=row.get("of") and _check(row["of"], OBJECTS, "the object", path),
    )


# --- actors -------------------------------------------------------------------------------------


def _add_nouns(lexicon: Lexicon, data: dict) -> None:
    for key, words in data.items():
        if isinstance(words, dict):
            continue
        level = key if key in (*LEVELS, FOREIGN) else None
        for word in _listed(words):
            entity = Entity(word, _NOUN_KINDS.get(key, "noun"), level, named=False)
            for form in [word] if key in ("pronouns", "speakers") else plurals(word):
                lexicon.add("actor", form, entity)


def _add_entities(lexicon: Lexicon, path: Path) -> None:
    reader = csv.DictReader(_read(path).splitlines())
    if reader.fieldnames != _ENTITY_COLUMNS:
        raise CodebookError(
            f"{path}, line 1: the columns are {reader.fieldnames}; "
            f"they have to be {', '.join(_ENTITY_COLUMNS)}"
        )
    for row in reader:
        kind = _check(row["type"], TYPES, "the type", path)
        level = row["level"] and _check(row["level"], (*LEVELS, FOREIGN), "the level", path)
        name = row["object"] and _check(row["object"], (*OBJECTS, "exchange"), "the object", path)
        exchange = name == "exchange"
        target = Object("cryptocurrency" if exchange else name, is_exchange=exchange)
        entity = Entity(row["entity"], kind, level or None)
        for phrase in row["names"].split("|"):
            lexicon.add("actor", phrase, entity, cased=phrase != phrase.lower())
            if name:
                lexicon.add("object", phrase, target, cased=phrase != phrase.lower())


# --- small words --------------------------------------------------------------------------------


def _cues(cues: dict, grammar: dict, inflections: dict) -> dict[str, set[str]]:
    """Each word or phrase that is a cue, and of which kinds."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind, lists in cues.items():
        for form in (*_listed(lists.get("words", ())), *_inflected(lists, inflections)):
            found[form].add(kind)
    for kind, words in grammar["classes"].items():
        for word in _listed(words):
            found[word].add(kind)
    for kind in ("nouns_too", "gerunds", "not_verbs"):
        for word in _listed(grammar["verbs"][kind]):
            for form in plurals(word) if kind == "nouns_too" else [word]:
                found[form].add(kind)
    return found


def _inflected(lists: dict[str, Any], inflections: dict) -> Iterator[str]:
    for verb in _listed(lists.get("verbs", ())):
        yield from forms(verb, inflections)


def _add_cues(lexicon: Lexicon, cues: dict[str, set[str]]) -> dict[str, frozenset[str]]:
    """The cues of one word; those of several go into the lexicon."""
    single = {}
    for phrase, kinds in cues.items():
        if " " in phrase:
            lexicon.add("cue", phrase, frozenset(kinds))
        else:
            single[phrase] = frozenset(kinds)
    return single


def _verbs(verbs: list[str], inflections: dict) -> dict[str, frozenset[str]]:
    """The forms of verbs that are no acts, and what each can be: base, s, ed or ing."""
    found: dict[str, frozenset[str]] = {}
    for verb in verbs:
        for form, kinds in forms(verb, inflections).items():
            found[form] = found.get(form, frozenset()) | kinds
    return found


def _lemmas(verbs: list[str], inflections: dict) -> dict[str, str]:
    """The base form of each form of these verbs."""
    return {form: verb for verb in verbs for form in forms(verb, inflections)}
