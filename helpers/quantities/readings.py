"""The stated numbers of a sentence, each kind by a function of its own."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from helpers.letters import lowered
from helpers.quantities.context import counted, is_count, is_duration, is_label, next_word
from helpers.quantities.words import (
    AFTER,
    BEFORE,
    CARDINALS,
    COINS,
    DIGITS,
    FRACTIONS,
    LETTERS,
    MONEY,
    ONES,
    ORDINALS,
    PARTS,
    RATES,
    SCALES,
    SMALL,
    SPELT,
    TENS,
    UNITS,
    VAGUE,
    WORDS,
    any_of,
    value_of,
)

# 'HKD2.4 billion': behind the letters of money a number may begin too.
_GLUED = "".join(rf"|(?<=\b{money})" for money in MONEY if money.isalpha() and money.isascii())
# One group for each kind of number, tried in this order.
_NUMBER = re.compile(
    rf"(?:(?<![\w.,/:]){_GLUED})(?:(?P<fraction>\d{{1,3}}/\d{{1,4}})(?![\d/])"
    rf"|(?P<ratio>{SMALL} (?:in every|in|out of) {SMALL})"
    rf"|(?P<rank>(?:\d+(?:st|nd|rd|th)|{any_of(ORDINALS)})\b)"
    rf"|(?P<share>(?!half an? (?:{any_of(SCALES)})\b){PARTS})"
    rf"|(?P<vague>(?:{any_of(VAGUE)})(?= of\b))"
    rf"|(?P<digits>{DIGITS}(?!:?\d))|(?P<spelt>{SPELT}))"
)
# Sentences without a digit and without any of these have no number; "teen" is in seven of them.
_DIGIT = re.compile(r"\d")
_HINTS = (*ONES[1:9], "ten ", "eleven", "twelve", "teen", *TENS, *SCALES, *FRACTIONS, *ORDINALS)
_MONEY_BEFORE = re.compile(rf"(?<![a-z])(?:{any_of(MONEY)}) ?$")
_COMPARED = re.compile(rf"(?<!\w)(?:{any_of(BEFORE)})\s*$")
_AFTERWARDS = re.compile(rf" ?(?:{any_of(AFTER)})(?!\w)")
_SCALE = re.compile(rf"[ -]?(?P<scale>{any_of(SCALES)})\b")
_UNIT = re.compile(rf"[ -]?(?P<unit>{any_of(UNITS)})(?!\w)")
_RATE = re.compile(rf" (?P<rate>{any_of(RATES)})\b")
_TO = re.compile(rf"%?(?P<to> ?[-–—] ?| to | and )(?:{any_of(MONEY)})?(?P<high>{DIGITS}|{SPELT})")
_JOINED = re.compile(r"[A-Za-z]*")
_RANKED = re.compile(
    r"\brank(?:s|ed|ing|ings)?\b[^.;]{0,25}$|\b(?:placed|finish(?:ed|es)|c[ao]mes?)(?: in)? $"
)


_NUMERO = re.compile(r"(?:([^\W\d_]+)['’]?s? )?(no\. ?)$")
_PLACED = re.compile(r" (?:in|among|worldwide|globally|spot|place|position|on)\b")


class Reading(NamedTuple):
    """A quantity in a sentence: its span there, and the columns of the table."""

    start: int
    end: int
    value: float
    value_high: float | None
    unit: str | None
    comparison: str
    of: str | None
    rule: str


def readings(sentence: str) -> Iterator[Reading]:
    """The quantities of a sentence, in reading order."""
    low = lowered(sentence)
    if not _may_have_numbers(low):
        return
    done = 0
    for match in _NUMBER.finditer(low):
        if match.start() < done:
            continue
        found = _KINDS[match.lastgroup](sentence, match)
        if found:
            done = found.end
            yield found


def _may_have_numbers(low: str) -> bool:
    if _DIGIT.search(low):
        return True
    for hint in _HINTS:  # noqa: SIM110 - a loop is three times as fast as `any`
        if hint in low:
            return True
    return False


def _comparison(low: str, start: int) -> tuple[int, str]:
    """Where a quantity begins with the words that compare it, and how they do."""
    match = _COMPARED.search(low, max(0, start - 24), start)
    return (match.start(), BEFORE[match[0].rstrip()]) if match else (start, "exact")


def _fraction(sentence: str, match: re.Match) -> Reading | None:
    """'1/10 of the population'."""
    part, whole = map(int, match[0].split("/"))
    return _share(sentence, match, part / whole) if part < whole else None


def _ratio(sentence: str, match: re.Match) -> Reading | None:
    """'Three in five', 'nine out of ten'."""
    first, last = (value_of(word) for word in re.split(r" in every | in | out of ", match[0]))
    if not first < last or is_duration(match.string, match.end()):
        return None
    return _share(sentence, match, first / last)


def _parts(sentence: str, match: re.Match) -> Reading | None:
    """'Half of', 'a third of', 'two-thirds'; a bare 'third' or 'quarter' is none."""
    *count, name = re.split("[ -]", match[0])
    low, whole = match.string, FRACTIONS[name]
    if not count and name != "half":
        return None
    if not low.startswith((" of ", " the "), match.end()):
        several = count and count[0] in CARDINALS
        if not several and _comparison(low, match.start())[1] == "exact":
            return None
    return _share(sentence, match, (CARDINALS.get(count[0], 1) if count else 1) / whole)


def _share(sentence: str, match: re.Match, value: float) -> Reading:
    low = match.string
    start, comparison = _comparison(low, match.start())
    of, _ = counted(sentence, low, match.end())
    return Reading(start, match.end(), value, None, "share", comparison, of, match.lastgroup)


def _rank(sentence: str, match: re.Match) -> Reading | None:
    """'144th place', 'ranked 13th', 'the second-largest'; other ordinals are no quantities."""
    low, end = match.string, match.end()
    ranked = _RANKED.search(low, max(0, end - 40), match.start())
    if not ranked and next_word(low, end) not in WORDS["ranks"]:
        return None
    word = match[0]
    value = float(word[:-2] if word[0].isdigit() else ORDINALS.index(word) + 1)
    return Reading(match.start(), end, value, None, "rank", "exact", None, "rank")


def _placed(match: re.Match) -> Reading | None:
    """'No. 13 in an index'; 'Document No. 13' is no quantity."""
    low, first, end = match.string, match.start(), match.end()
    named = _NUMERO.search(low, max(0, first - 20), first)
    if not named or named[1] in WORDS["labels"] or not _PLACED.match(low, end):
        return None
    return Reading(named.start(2), end, float(match[0]), None, "rank", "exact", None, "rank")


def _vague(sentence: str, match: re.Match) -> Reading | None:
    """'Dozens of firms'."""
    of, noun = counted(sentence, match.string, match.end())
    if not noun or noun in WORDS["durations"]:
        return None
    span, value = match.span(), VAGUE[match[0]]
    return Reading(*span, value, None, noun, "at_least", of, "vague")


def _number(sentence: str, match: re.Match) -> Reading | None:
    """Money, measures and counts: '$27 trillion', '65-75%', 'two to five industry bases'."""
    low, first = match.string, match.start()
    money = _MONEY_BEFORE.search(low, max(0, first - 6), first)
    currency = money and MONEY[money[0].strip()]
    if not money and is_label(match):
        return _placed(match)
    value, end = _scaled(sentence, low, match[0], match.end(), bool(money))
    if value is None:
        return None
    first = money.start() if money else first
    start, comparison = _comparison(low, first)
    value, high, end = _high(sentence, low, first, end, value, bool(money))
    unit, end = _unit(sentence, low, end, currency)
    if after := _AFTERWARDS.match(low, end):
        comparison, end = AFTER[after[0].strip()], after.end()
    of, noun = counted(sentence, low, end)
    rule = "measure" if unit else "count"
    if not unit:
        unit = noun
        told = comparison != "exact" and low[start].isalpha()
        if not is_count(sentence, match, noun, value, told) or is_duration(low, end):
            return None
    if rate := _RATE.match(low, end):
        unit = f"{unit} {RATES[rate['rate']]}"
    comparison = "range" if high is not None else comparison
    return Reading(start, end, value, high, unit, comparison, of, rule)


_KINDS = {
    "fraction": _fraction,
    "ratio": _ratio,
    "share": _parts,
    "rank": _rank,
    "vague": _vague,
    "digits": _number,
    "spelt": _number,
}


def _scaled(sentence: str, low: str, text: str, end: int, money: bool) -> tuple[float | None, int]:
    """The value with the scale behind it, and where that ends; None for codes such as '5G'."""
    value = value_of(text)
    if value is None or not text[0].isdigit():
        return value, end
    joined = _JOINED.match(sentence, end)[0]
    if joined in LETTERS and (money or joined not in WORDS["lengths"]):
        return value * LETTERS[joined], end + len(joined)
    if joined and joined.lower() not in UNITS:
        return None, end
    scale = _SCALE.match(low, end)
    return (value * SCALES[scale["scale"]], scale.end()) if scale else (value, end)


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
    changed = "by" in before[-1:] or ("from" in words and words & WORDS["changes"])
    if joiner == "to" and changed:  # 'rose from 5 to 8': two numbers
        return value, None, end
    plain = value_of(match["high"])
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
    name, unit = match["unit"], UNITS[match["unit"]]
    if name in COINS and counted(sentence, low, match.end())[1]:  # 10 bitcoin exchanges
        return currency, end
    return (unit, match.end()) if currency in (None, unit) else (currency, end)
