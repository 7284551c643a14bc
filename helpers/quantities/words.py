"""The words of quantities, as `codebook/quantities.toml` lists them, and the values of numbers."""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from helpers.codebook import CodebookError
from helpers.tables import COMPARISONS

_TABLES = frozenset(
    "idioms before after scales letters vague fractions money currencies coins measures rates "
    "words".split()
)
_FILE = Path(__file__).parents[1] / "codebook" / "quantities.toml"


def load_words(path: Path = _FILE) -> dict:
    """The words of a quantities.toml.

    Raises CodebookError, naming the file and the mend, where it cannot be read, lacks a table or
    has a comparison that the codebook does not know.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CodebookError(f"{path}: cannot be read: {error}") from None
    if lacking := _TABLES - data.keys():
        raise CodebookError(f"{path}: has no {sorted(lacking)[0]!r}; take it from the project")
    for name in (*data["before"], *data["after"]):
        if name not in COMPARISONS:
            allowed = ", ".join(COMPARISONS)
            raise CodebookError(f"{path}: comparison {name!r} is unknown; use one of {allowed}")
    return data


_DATA = load_words()

BEFORE = {phrase: name for name, phrases in _DATA["before"].items() for phrase in phrases}
AFTER = {phrase: name for name, phrases in _DATA["after"].items() for phrase in phrases}
SCALES, LETTERS = _DATA["scales"], _DATA["letters"]
VAGUE, FRACTIONS, RATES = _DATA["vague"], _DATA["fractions"], _DATA["rates"]
MONEY, COINS = _DATA["money"], _DATA["coins"]
UNITS = COINS | _DATA["currencies"] | _DATA["measures"]
IDIOMS = _DATA["idioms"]
WORDS = {name: frozenset(text.split()) for name, text in _DATA["words"].items()}

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
CARDINALS = {word: count for count, word in enumerate(ONES, 1)}
CARDINALS |= {word: 10 * count for count, word in enumerate(TENS, 2)}
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WORD = rf"(?:{any_of([*CARDINALS, *SCALES])})\b"
SPELT = (
    rf"(?:(?:half )?an? (?=(?:{any_of(SCALES)})\b))?{_WORD}"
    rf"(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)) and ){_WORD}){{0,6}}"
)
DIGITS = r"\d+(?:[.,]\d+)*"
SMALL = rf"(?:(?:{any_of(CARDINALS)})\b|\d{{1,3}}\b)"
PARTS = rf"(?:(?:an?|{any_of(ONES[:9])})[ -])?(?:{any_of(FRACTIONS)})\b"


@lru_cache(maxsize=1 << 12)
def value_of(text: str) -> float | None:
    """The value of a number in digits or in small words, or None where it is not a number."""
    if text[0].isdigit():
        return _digits(text)
    total = current = 0.0
    for word in re.split(r"[ -]", text):
        if word in SCALES and SCALES[word] >= 1000:
            total, current = total + (current or 1) * SCALES[word], 0.0
        elif word in SCALES:
            current = (current or 1) * SCALES[word]
        else:
            current += {"half": 0.5}.get(word) or CARDINALS.get(word, 0)
    return total + current


def _digits(text: str) -> float | None:
    """'10,000', '70,000.00', and '7.000.000' with dots between the thousands."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}\.000", text):
        return float(text.replace(".", ""))
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None
