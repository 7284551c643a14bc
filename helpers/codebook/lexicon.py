"""The codebook's words as one lexicon: tokens in, the entries that they spell out."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

# Quotation marks, and the stars of Markdown, are no tokens: what they mark is read like the rest.
TOKEN = re.compile(
    r"\b(?:[A-Z]\.){2,}|\w+n['’]t\b|\d{1,3}(?:,\d{3})+\b|\w+(?:-\w+|\.\d+|\.\w\b)*|(?<=\w)['’]\w{1,2}\b|[^\w\s\"“”‘’'«»„*]"
)

_LONGEST_KEPT = 40  # characters; longer runs without white space are rare, and seldom come again

_GAP = "…"  # in a phrase: where its object may stand, as in 'hand … out'
_WIDEST_GAP = 8  # tokens
_CLOSING = frozenset(", . ; : and that which who but".split())  # no object goes beyond these
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_DOUBLED = re.compile(r"(?:qu|[^aeiou])*[aeiou][bdgklmnprtz]$")  # one vowel, one consonant: 'ban'


class Token(NamedTuple):
    start: int
    end: int
    text: str
    lower: str  # with straight apostrophes


_made = tuple.__new__  # much faster than Token() and Hit(), and there are many


class Hit(NamedTuple):
    """An entry that tokens `first` to `last` (excluded) spell out."""

    first: int
    last: int
    entry: Any


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    behind: tuple[str, ...]  # the words behind the gap
    layer: str
    exact: str  # how a cased phrase is written; else empty
    entry: Any


def tokens(text: str) -> list[Token]:
    """The words, possessive endings and marks of a text, with their spans."""
    found, at = [], 0
    for run in text.split():
        at = text.index(run, at)
        for start, end, word, lower in _kept(run) if len(run) <= _LONGEST_KEPT else _in_run(run):
            found.append(_made(Token, (at + start, at + end, word, lower)))
        at += len(run)
    return found


def _in_run(run: str) -> list[tuple[int, int, str, str]]:
    """The tokens of a run of characters without white space, which no token has in it."""
    return [
        (*match.span(), match.group(), match.group().lower().replace("’", "'"))
        for match in TOKEN.finditer(run)
    ]


_kept = lru_cache(maxsize=1 << 15)(_in_run)  # most runs are words, and come again and again


@cache
def kind_of(layer: str) -> str:
    """The kind of a layer: of the verbs of a family 'verb'."""
    return layer.partition(" ")[0]


class Lexicon:
    """Phrases in layers. Within a layer the longest phrase wins, and hits do not overlap.

    The hit of a phrase with a gap is what stands before the gap, or all of it where nothing does.
    """

    def __init__(self) -> None:
        self._phrases: dict[str, list[_Phrase]] = {}
        self._following: dict[str, dict[str, list[_Phrase]]] = {}

    def add(self, layer: str, phrase: str, entry: Any, cased: bool = False) -> None:
        """Enter a phrase. A cased one must stand in the text with the same capitals."""
        head, _, behind = phrase.partition(_GAP)
        words, tail = (tuple(_words(part)) for part in (head, behind))
        exact = phrase.replace("’", "'") if cased else ""
        self._phrases.setdefault(words[0], []).append(_Phrase(words, tail, layer, exact, entry))

    def close(self) -> "Lexicon":
        """Call once when all is entered: puts longer phrases before shorter ones.

        Behind each first word, the phrases are kept apart by their second: few words have to be
        compared then, however many phrases begin alike.
        """
        for first, phrases in self._phrases.items():
            phrases.sort(key=lambda phrase: -len(phrase.words) - len(phrase.behind))
            seconds = {phrase.words[1] for phrase in phrases if len(phrase.words) > 1}
            self._following[first] = {
                second: [p for p in phrases if len(p.words) == 1 or p.words[1] == second]
                for second in seconds
            }
            self._following[first][""] = [p for p in phrases if len(p.words) == 1]
        return self

    def scan(self, text: str, words: Sequence[Token]) -> dict[str, list[Hit]]:
        """The hits of every layer in a text, in the order in which they stand."""
        found: dict[str, list[Hit]] = {}
        free: dict[str, int] = {}
        lowers = tuple([word.lower for word in words])
        size = len(lowers)
        for i, begun in enumerate(map(self._following.get, lowers)):
            if begun is None:
                continue
            second = lowers[i + 1] if i + 1 < size else ""
            for key, behind, layer, exact, entry in begun.get(second) or begun[""]:
                last = i + len(key)
                if free.get(layer, 0) > i or (len(key) > 2 and lowers[i:last] != key):
                    continue
                if behind and behind[0] not in lowers[last : last + _WIDEST_GAP]:
                    continue
                if behind and not (at := _found_behind(behind, lowers, last)):
                    continue
                if behind and at == last:
                    last += len(behind)
                if exact and not _same_capitals(exact, text[words[i].start : words[last - 1].end]):
                    continue
                found.setdefault(layer, []).append(_made(Hit, (i, last, entry)))
                free[layer] = last
        return found


def _words(phrase: str) -> list[str]:
    # Most phrases are words and nothing else, and there are thousands of them.
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        return phrase.lower().split()
    return [word.lower for word in tokens(phrase)]


def _found_behind(behind: tuple[str, ...], lowers: tuple[str, ...], last: int) -> int | None:
    """Where the words behind a gap stand: close behind token `last`, before the next clause."""
    for i in range(last, min(last + _WIDEST_GAP, len(lowers))):
        if lowers[i : i + len(behind)] == behind:
            return i
        if lowers[i] in _CLOSING:
            return None
    return None


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


def forms(verb: str, irregular: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The forms of a verb, and what each can be: base, s, ed or ing.

    Of a verb of several words the first is inflected. `irregular` has, for a base form, the other
    forms: first the one in -s, then the past, the participle and the one in -ing, in any spelling.
    """
    head, gap, rest = verb.partition(" ")
    third, *others = irregular.get(head) or _regular(head)
    kinds = {head: {"base"}}
    kinds.setdefault(third, set()).add("s")
    for form in others:
        kinds.setdefault(form, set()).add("ing" if form.endswith("ing") else "ed")
    return {form + gap + rest: frozenset(kind) for form, kind in kinds.items()}


def _regular(head: str) -> list[str]:
    if head.endswith("ee"):
        return [head + "s", head + "d", head + "ing"]
    if head.endswith("e"):
        return [head + "s", head + "d", head[:-1] + "ing"]
    if head.endswith("y") and head[-2] not in "aeiou":
        return [head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    stem = head + head[-1] if _DOUBLED.fullmatch(head) else head
    return [head + ("es" if _SIBILANT.search(head) else "s"), stem + "ed", stem + "ing"]
