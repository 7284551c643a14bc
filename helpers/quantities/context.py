"""What stands around a number: whether it counts anything, and what."""

import re

from helpers.quantities.words import IDIOMS, WORDS, any_of

_LABEL = re.compile(r"(?:(?<![^\W\d_])([^\W\d_]{1,9})\.? ?|#|[^\W_]-)$")
_IDIOM = re.compile(any_of(IDIOMS))
_LISTED = re.compile(r"\W{0,3}\d{1,3}[.):\]]\s")
_WORD = re.compile(r"[^\W\d_][\w'’]*")
_FOLLOWING = re.compile(r"\s+([^\W_][\w&'’/-]*)")
_DECIMAL = re.compile(r"\.\d\d?$")
_POSSESSIVE = re.compile(r"['’]s$")
_COPULAS = ("is ", "are ", "was ", "were ")
_NO_PLURALS = ("ss", "us", "is")  # how words in s end that are none


def is_label(match: re.Match) -> bool:
    """Whether a number only says which: 'Layer 2', 'ERC-20', '(3)', 'No. 289'."""
    low, first = match.string, match.start()
    label = _LABEL.search(low, max(0, first - 12), first)
    if label and (label[1] is None or label[1] in WORDS["labels"]):
        return True
    return first < 4 and bool(_LISTED.match(low))


def is_count(sentence: str, match: re.Match, noun: str | None, value: float, told: bool) -> bool:
    """Whether a number without measure counts something.

    Either a plural noun follows, or, for digits, it is `told` by words of comparison or written
    with marks between the thousands.
    """
    low, first, end = match.string, match.start(), match.end()
    idioms = _IDIOM.finditer(low, max(0, first - 40), end + 40)
    decimal = value < 1000 and _DECIMAL.search(match[0])  # 'Ethereum 2.0'
    if not value or decimal or any(idiom.start() <= first < idiom.end() for idiom in idioms):
        return False
    if match.lastgroup == "digits":
        return bool(noun) or told or not match[0].isdecimal()
    if value == 1 or not noun or _is_contrast(low, first, end):
        return False
    return not sentence[first].isupper() or not _is_name(sentence, first, end)


def _is_contrast(low: str, first: int, end: int) -> bool:
    """'Are two completely different things': nothing is counted."""
    before = low[max(0, first - 5) : first]
    return before.endswith(_COPULAS) and next_word(low, end) in WORDS["apart"]


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


def next_word(low: str, end: int) -> str:
    """The first word after a place."""
    match = _WORD.search(low, end, end + 24)
    return match[0] if match else ""


def is_duration(low: str, end: int) -> bool:
    """Whether a number is so many days or years, or joined to a noun ('five-year')."""
    words = _WORD.findall(low, end, end + 40)[:2]
    if low.startswith("-", end) or (words[:1] and words[0] in WORDS["durations"]):
        return True
    return len(words) == 2 and words[1] in WORDS["durations"] and words[0] not in WORDS["stops"]


def counted(sentence: str, low: str, end: int) -> tuple[str | None, str | None]:
    """The words for what a number counts, and the noun among them."""
    first, last, noun, joined = None, end, None, None
    for match in _FOLLOWING.finditer(low, end, end + 120):
        word = match[1].rstrip("'’")
        if match.start() != last or word[0].isdigit() or (noun and not _is_plural(word)):
            break
        if first is None and (word == "of" or word in WORDS["owners"]):
            last = match.end()
            continue
        if word in WORDS["stops"]:
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
    word = _POSSESSIVE.sub("", word)
    if word in WORDS["plurals"]:
        return True
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(_NO_PLURALS)
    return plural and word not in WORDS["singular"]
