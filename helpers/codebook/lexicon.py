"""The codebook's words as one lexicon: tokens in, the entries that they spell out."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

# Quotation marks are no tokens: what stands in quotes is read like the rest.
TOKEN = re.compile(r"\w+n['’]t\b|\w+(?:-\w+|\.\d+|\.\w\b)*|(?<=\w)['’]\w{1,2}\b|[^\w\s\"“”‘’'«»„]")

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


class Token(NamedTuple):
    start: int
    end: int
    text: str
    lower: str  # with straight apostrophes


class Hit(NamedTuple):
    """An entry that tokens `first` to `last` (excluded) spell out."""

    first: int
    last: int
    entry: Any


def tokens(text: str) -> list[Token]:
    """The words, possessive endings and marks of a text, with their spans."""
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in TOKEN.finditer(text)
    ]


class Lexicon:
    """Phrases in layers. Within a layer the longest phrase wins, and hits do not overlap."""

    def __init__(self) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str, Any]]] = {}

    def add(self, layer: str, phrase: str, entry: Any, cased: bool = False) -> None:
        """Enter a phrase. A cased one must stand in the text with the same capitals."""
        plain = phrase.replace(" ", "").isalnum()
        key = tuple(phrase.lower().split() if plain else (word.lower for word in tokens(phrase)))
        exact = phrase.replace("’", "'") if cased else ""
        self._phrases.setdefault(key[0], []).append((key, layer, exact, entry))

    def close(self) -> "Lexicon":
        """Call once when all is entered: puts longer phrases before shorter ones."""
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase[0]))
        return self

    def scan(self, text: str, words: Sequence[Token]) -> dict[str, list[Hit]]:
        """The hits of every layer in a text, in the order in which they stand."""
        found: dict[str, list[Hit]] = {}
        free: dict[str, int] = {}
        lowers = [word.lower for word in words]
        for i, lower in enumerate(lowers):
            for key, layer, exact, entry in self._phrases.get(lower, ()):
                last = i + len(key)
                if free.get(layer, 0) > i or tuple(lowers[i:last]) != key:
                    continue
                written = text[words[i].start : words[last - 1].end] if exact else ""
                if exact and not _same_capitals(exact, written):
                    continue
                found.setdefault(layer, []).append(Hit(i, last, entry))
                free[layer] = last
        return found


def _same_capitals(exact: str, written: str) -> bool:
    """Capitals where the entry has them; a heading may have them everywhere."""
    if exact.isupper() or len(exact) <= 3:
        return written == exact
    written = written.replace("’", "'")
    return len(written) == len(exact) and all(
        not e.isupper() or w.isupper() for e, w in zip(exact, written, strict=True)
    )


def plurals(phrase: str) -> list[str]:
    """A noun phrase in the singular and the plural."""
    if phrase.endswith("s") or not phrase[-1].isalpha():
        return [phrase]
    if phrase.endswith("y") and phrase[-2] not in "aeiou":
        return [phrase, phrase[:-1] + "ies"]
    return [phrase, phrase + ("es" if _SIBILANT.search(phrase) else "s")]


def forms(verb: str, irregular: dict[str, list[str]]) -> Iterable[tuple[str, str]]:
    """The forms of a verb and what each is: base, s, ed or ing; its first word is inflected."""
    head, _, rest = verb.partition(" ")
    rest = rest and " " + rest
    yield verb, "base"
    for form in irregular.get(head) or _regular(head):
        kind = "ing" if form.endswith("ing") and form != head else "ed"
        kind = "s" if form.endswith("s") and form.startswith(head[:-1]) else kind
        yield form + rest, kind


def _regular(head: str) -> list[str]:
    if head.endswith("e"):
        return [head + "s", head + "d", head[:-1] + "ing"]
    if head.endswith("y") and head[-2] not in "aeiou":
        return [head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    stem = head + head[-1] if len(head) < 5 and _DOUBLED.search(head) else head
    return [head + ("es" if _SIBILANT.search(head) else "s"), stem + "ed", stem + "ing"]
