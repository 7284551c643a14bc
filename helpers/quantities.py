"""Stated numbers: how many, how much, what share, which rank.

A number is found first, in digits or in words. What stands before it says how it is compared and in
which money, what stands after it gives scale, measure and the thing counted. The words for all this
are data, in `codebook/quantities.toml`.
"""

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from helpers.tables import table

_ZONES = {"headline", "keypoint", "body"}

with (Path(__file__).parent / "codebook" / "quantities.toml").open("rb") as _file:
    _DATA = tomllib.load(_file)
_BEFORE = {phrase: name for name, phrases in _DATA["before"].items() for phrase in phrases}
_AFTER = {phrase: name for name, phrases in _DATA["after"].items() for phrase in phrases}
_SCALES, _LETTERS = _DATA["scales"], _DATA["letters"]
_VAGUE, _FRACTIONS, _RATES = _DATA["vague"], _DATA["fractions"], _DATA["rates"]
_MONEY, _UNITS = _DATA["money"], _DATA["coins"] | _DATA["currencies"] | _DATA["measures"]
_WORDS = {name: frozenset(text.split()) for name, text in _DATA["words"].items()}

_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_CARDINALS = {word: count for count, word in enumerate(_ONES, 1)}
_CARDINALS |= {word: 10 * count for count, word in enumerate(_TENS, 2)}


def _any(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_WORD = rf"(?:{_any([*_CARDINALS, *_SCALES])})\b"
_SPELT = (
    rf"(?:(?:half )?an? (?=(?:{_any(_SCALES)})\b))?{_WORD}"
    rf"(?:(?:[ -]|(?:(?<=hundred)|(?<=thousand)) and ){_WORD}){{0,6}}"
)
_DIGITS = r"\d+(?:[.,]\d+)*"
_SMALL = rf"(?:(?:{_any(_CARDINALS)})\b|\d{{1,3}}\b)"
_PARTS = rf"(?:(?:an?|{_any(_ONES[:9])})[ -])?(?:{_any(_FRACTIONS)})\b"
# One group for each kind of number, tried in this order.
_NUMBER = re.compile(
    rf"(?<![\w.,/:])(?:(?P<fraction>\d{{1,3}}/\d{{1,4}})(?![\d/])"
    rf"|(?P<ratio>{_SMALL} (?:in every|in|out of) {_SMALL})"
    rf"|(?P<share>(?!half an? (?:{_any(_SCALES)})\b){_PARTS})"
    rf"|(?P<rank>\d+(?:st|nd|rd|th)\b)"
    rf"|(?P<vague>(?:{_any(_VAGUE)})(?= of\b))"
    rf"|(?P<digits>{_DIGITS}(?!:?\d))|(?P<spelt>{_SPELT}))"
)
# Sentences without a digit and without any of these have no number; "teen" is in seven of them.
_DIGIT = re.compile(r"\d")
_HINTS = (*_ONES[1:9], " ten", "Ten", "eleven", "twelve", "teen", *_TENS, *_SCALES, *_FRACTIONS)
_MONEY_BEFORE = re.compile(rf"(?<![a-z])(?:{_any(_MONEY)}) ?$")
_COMPARED = re.compile(rf"(?<!\w)(?:{_any(_BEFORE)})\s*$")
_AFTERWARDS = re.compile(rf" ?(?:{_any(_AFTER)})(?!\w)")
_SCALE = re.compile(rf"[ -]?(?P<scale>{_any(_SCALES)})\b")
_UNIT = re.compile(rf"[ -]?(?P<unit>{_any(_UNITS)})(?!\w)")
_RATE = re.compile(rf" (?P<rate>{_any(_RATES)})\b")
_TO = re.compile(rf"%?(?P<to> ?[-–—] ?| to | and )(?:{_any(_MONEY)})?(?P<high>{_DIGITS}|{_SPELT})")
_JOINED = re.compile(r"[A-Za-z]*")
_LABEL = re.compile(r"(?:(?<![^\W\d_])([^\W\d_]{1,9})\.? ?|#|[^\W_]-)$")
_IDIOM = re.compile(_any(_DATA["idioms"]))
_LISTED = re.compile(r"\W{0,3}\d{1,3}[.):\]]\s")
_WORD_OF = re.compile(r"[^\W\d_][\w'’]*")
_FOLLOWING = re.compile(r"\s+([^\W_][\w&'’/-]*)")
_RANKED = re.compile(r"\brank(?:s|ed|ing|ings)?\b[^.;]{0,25}$")


_NO_PLURALS = ("ss", "us", "is")  # how words in s end that are none


class _Reading(NamedTuple):
    """A quantity in a sentence: its span there, and the columns of the table."""

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str | None
    comparison: str
    of: str | None
    rule: str


def quantities(sentences: pd.DataFrame, dates: pd.DataFrame) -> pd.DataFrame:
    """The stated numbers in the headlines, key points and body of each source.

    Money, percentages, fractions, counts and ranks; not dates, durations, ages, list numbers or
    names, nor numbers inside a span of `dates`. `sentences` has the columns source, sentence,
    start, exact and zone.

    Columns: source, sentence, start, end, exact, value, value_high (of a range), unit_of_measure
    (a currency by its ISO 4217 code, `percent`, `share` for fractions, `rank`, a measure or the
    noun counted), comparison, of (the words for what is counted), rule.
    """
    dated = defaultdict(list)
    spans = (dates[name].tolist() for name in ("source", "sentence", "start", "end"))
    for source, sentence, start, end in zip(*spans, strict=True):
        dated[source, sentence].append((end, start))
    columns = (
        sentences[name].tolist() for name in ("source", "sentence", "start", "exact", "zone")
    )
    rows = []
    for source, sentence, offset, exact, zone in zip(*columns, strict=True):
        if zone not in _ZONES:
            continue
        for found in _readings(exact):
            start, end = offset + found.start, offset + found.end
            if not _overlaps(dated[source, sentence], start, end):
                rows.append(
                    (source, sentence, start, end, exact[found.start : found.end], *found[2:])
                )
    return table("quantities", rows)


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether another span meets one of these, which are given as (end, start) in reading order."""
    at = bisect_right(spans, (start, end))
    return at < len(spans) and spans[at][1] < end


def _readings(sentence: str) -> Iterable[_Reading]:
    low = sentence.lower()
    if len(low) != len(sentence):  # a letter that has no single small one
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in sentence)
    if not _DIGIT.search(low) and not any(hint in low for hint in _HINTS):
        return
    done = 0
    for match in _NUMBER.finditer(low):
        if match.start() < done:
            continue
        found = _KINDS[match.lastgroup](sentence, match)
        if found:
            done = found.end
            yield found


def _comparison(low: str, start: int) -> tuple[int, str]:
    """Where a quantity begins with the words that compare it, and how they do."""
    match = _COMPARED.search(low, max(0, start - 24), start)
    return (match.start(), _BEFORE[match[0].rstrip()]) if match else (start, "exact")


def _fraction(sentence: str, match: re.Match) -> _Reading | None:
    """'1/10 of the population'."""
    part, whole = map(int, match[0].split("/"))
    return _share(sentence, match, part / whole) if part < whole else None


def _ratio(sentence: str, match: re.Match) -> _Reading | None:
    """'Three in five', 'nine out of ten'."""
    first, last = (_value(word) for word in re.split(r" in every | in | out of ", match[0]))
    if not first < last or _is_duration(match.string, match.end()):
        return None
    return _share(sentence, match, first / last)


def _parts(sentence: str, match: re.Match) -> _Reading | None:
    """'Half of', 'a third of', 'two-thirds'; a bare 'third' or 'quarter' is none."""
    *count, name = re.split("[ -]", match[0])
    low, whole = match.string, _FRACTIONS[name]
    if not count and name != "half":
        return None
    if not low.startswith((" of ", " the "), match.end()):
        several = count and count[0] in _CARDINALS
        if not several and _comparison(low, match.start())[1] == "exact":
            return None
    return _share(sentence, match, (_CARDINALS.get(count[0], 1) if count else 1) / whole)


def _share(sentence: str, match: re.Match, value: float) -> _Reading:
    low = match.string
    start, comparison = _comparison(low, match.start())
    of, _ = _counted(sentence, low, match.end())
    return _Reading(start, match.end(), value, None, "share", comparison, of, match.lastgroup)


def _rank(sentence: str, match: re.Match) -> _Reading | None:
    """'144th place', 'ranked 13th'; other ordinals are no quantities."""
    low, end = match.string, match.end()
    if _next_word(low, end) not in _WORDS["ranks"] and not _RANKED.search(
        low, max(0, end - 40), match.start()
    ):
        return None
    value = float(match[0][:-2])
    return _Reading(match.start(), end, value, None, "rank", "exact", None, "rank")


def _vague(sentence: str, match: re.Match) -> _Reading | None:
    """'Dozens of firms'."""
    of, noun = _counted(sentence, match.string, match.end())
    if not noun or noun in _WORDS["durations"]:
        return None
    span, value = match.span(), _VAGUE[match[0]]
    return _Reading(*span, value, None, noun, "at_least", of, "vague")


def _number(sentence: str, match: re.Match) -> _Reading | None:
    """Money, measures and counts: '$27 trillion', '65-75%', 'two to five industry bases'."""
    low, first = match.string, match.start()
    money = _MONEY_BEFORE.search(low, max(0, first - 6), first)
    currency = money and _MONEY[money[0].strip()]
    if not money and _is_label(sentence, match):
        return None
    value, end = _scaled(sentence, low, match[0], match.end(), bool(money))
    if value is None:
        return None
    first = money.start() if money else first
    start, comparison = _comparison(low, first)
    value, high, end = _high(sentence, low, first, end, value, bool(money))
    unit, end = _unit(sentence, low, end, currency)
    if after := _AFTERWARDS.match(low, end):
        comparison, end = _AFTER[after[0].strip()], after.end()
    of, noun = _counted(sentence, low, end)
    rule = "measure" if unit else "count"
    if not unit:
        unit = noun
        told = comparison != "exact" and low[start].isalpha()
        if not _is_count(sentence, match, noun, value, told) or _is_duration(low, end):
            return None
    if rate := _RATE.match(low, end):
        unit = f"{unit} {_RATES[rate['rate']]}"
    comparison = "range" if high is not None else comparison
    return _Reading(start, end, value, high, unit, comparison, of, rule)


_KINDS = {
    "fraction": _fraction,
    "ratio": _ratio,
    "share": _parts,
    "rank": _rank,
    "vague": _vague,
    "digits": _number,
    "spelt": _number,
}


def _value(text: str) -> float | None:
    """The value of a number in digits or in small words, or None where it is not a number."""
    if text[0].isdigit():
        return _digits(text)
    total = current = 0.0
    for word in re.split(r"[ -]", text):
        if word in _SCALES and _SCALES[word] >= 1000:
            total, current = total + (current or 1) * _SCALES[word], 0.0
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
        else:
            current += {"half": 0.5}.get(word) or _CARDINALS.get(word, 0)
    return total + current


def _digits(text: str) -> float | None:
    """'10,000', '70,000.00', and '7.000.000' with dots between the thousands."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}\.000", text):
        return float(text.replace(".", ""))
    return float(text) if re.fullmatch(r"\d+(?:\.\d+)?", text) else None


def _scaled(sentence: str, low: str, text: str, end: int, money: bool) -> tuple[float | None, int]:
    """The value with the scale behind it, and where that ends; None for codes such as '5G'."""
    value = _value(text)
    if value is None or not text[0].isdigit():
        return value, end
    joined = _JOINED.match(sentence, end)[0]
    if joined in _LETTERS and (money or joined not in _DATA["words"]["lengths"]):
        return value * _LETTERS[joined], end + len(joined)
    if joined and joined.lower() not in _UNITS:
        return None, end
    scale = _SCALE.match(low, end)
    return (value * _SCALES[scale["scale"]], scale.end()) if scale else (value, end)


def _high(
    sentence: str, low: str, first: int, end: int, value: float, money: bool
) -> tuple[float, float | None, int]:
    """Low and high value of a range and its end; the number alone where it is no range."""
    match, before = _TO.match(low, end), low[max(0, first - 60) : first].split()
    if not match:
        return value, None, end
    joiner, words = match["to"].strip(), set(before)
    if joiner == "and" and before[-1:] != ["between"]:
        return value, None, end
    changed = "by" in before[-1:] or ("from" in words and words & _WORDS["changes"])
    if joiner == "to" and changed:  # 'rose from 5 to 8': two numbers
        return value, None, end
    plain = _value(match["high"])
    high, last = _scaled(sentence, low, match["high"], match.end(), money)
    if high is None or low.startswith("-", last):  # a telephone number, not a range
        return value, None, end
    if value <= plain < high:  # two to three million
        value *= high / plain
    return (value, high, last) if value < high else (value, None, end)


def _unit(sentence: str, low: str, end: int, currency: str | None) -> tuple[str | None, int]:
    """The currency or measure of a number, and where it ends."""
    match = _UNIT.match(low, end)
    if not match:
        return currency, end
    name, unit = match["unit"], _UNITS[match["unit"]]
    if name in _DATA["coins"] and _counted(sentence, low, match.end())[1]:  # 10 bitcoin exchanges
        return currency, end
    return (unit, match.end()) if currency in (None, unit) else (currency, end)


def _is_label(sentence: str, match: re.Match) -> bool:
    """Whether a number only says which: 'Layer 2', 'ERC-20', '(3)', 'No. 289'."""
    low, first = match.string, match.start()
    label = _LABEL.search(low, max(0, first - 12), first)
    if label and (label[1] is None or label[1] in _WORDS["labels"]):
        return True
    return first < 4 and bool(_LISTED.match(low))


def _is_count(sentence: str, match: re.Match, noun: str | None, value: float, told: bool) -> bool:
    """Whether a number without measure counts something.

    Either a plural noun follows, or, for digits, it is `told` by words of comparison or written
    with marks between the thousands.
    """
    low, first, end = match.string, match.start(), match.end()
    idioms = _IDIOM.finditer(low, max(0, first - 40), end + 40)
    decimal = re.search(r"\.\d\d?$", match[0]) and value < 1000  # 'Ethereum 2.0'
    if not value or decimal or any(idiom.start() <= first < idiom.end() for idiom in idioms):
        return False
    if match.lastgroup == "digits":
        return bool(noun) or told or not match[0].isdecimal()
    if value == 1 or not noun or _is_contrast(low, first, end):
        return False
    return (
        not sentence[first].isupper() or _is_titled(sentence) or not _is_name(sentence, first, end)
    )


def _is_contrast(low: str, first: int, end: int) -> bool:
    """'Are two completely different things': nothing is counted."""
    copula = low[max(0, first - 8) : first].split()[-1:]
    return (
        copula in (["is"], ["are"], ["was"], ["were"]) and _next_word(low, end) in _WORDS["apart"]
    )


def _is_name(sentence: str, first: int, end: int) -> bool:
    """'Three Words Finance', 'the Big Four': capitals where the sentence would have none."""
    if _is_titled(sentence):
        return False
    begins = first < 4 and not re.search(r"\w", sentence[:first])
    followers = sentence[end : end + 60].split()[:2]
    return not begins or all(word[0].isupper() for word in followers)


def _is_titled(sentence: str) -> bool:
    """Whether a sentence is a title with Capitals in Most Words."""
    words = [word for word in sentence[:200].split() if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) > 0.8 * len(words)


def _next_word(low: str, end: int) -> str:
    match = _WORD_OF.search(low, end, end + 24)
    return match[0] if match else ""


def _is_duration(low: str, end: int) -> bool:
    """Whether a number is so many days or years, or joined to a noun ('five-year')."""
    words = _WORD_OF.findall(low, end, end + 40)[:2]
    if low.startswith("-", end) or (words[:1] and words[0] in _WORDS["durations"]):
        return True
    return len(words) == 2 and words[1] in _WORDS["durations"] and words[0] not in _WORDS["stops"]


def _counted(sentence: str, low: str, end: int) -> tuple[str | None, str | None]:
    """The words for what a number counts, and the noun among them."""
    first, last, noun, joined = None, end, None, None
    for match in _FOLLOWING.finditer(low, end, end + 120):
        word = match[1].rstrip("'’")
        if match.start() != last or word[0].isdigit() or (noun and not _is_plural(word)):
            break
        if first is None and (word == "of" or word in _WORDS["owners"]):
            last = match.end()
            continue
        if word in _WORDS["stops"]:
            break
        if word == "and" and noun is None:
            joined = joined or last
        last = match.end()
        first = match.start(1) if first is None else first
        noun = word if _is_plural(word) else noun
    if noun is None and joined:  # 'Alipay and WeChat accounts', but not 'China's people and'
        last = joined
    return (sentence[first:last] if first is not None else None), noun


def _is_plural(word: str) -> bool:
    word = re.sub(r"['’]s$", "", word)
    if word in _WORDS["plurals"]:
        return True
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURALS)
    return plural and word not in _WORDS["singular"]
