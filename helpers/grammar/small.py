"""The small words of a sentence: prepositions, auxiliaries, marks and the like, told by lists."""

import re
from functools import cache, lru_cache

from helpers.grammar.words import Words

NOUN, VERB, AUX, DET, PRON, PREP, TO = "N", "V", "X", "D", "O", "P", "T"
CONJ, SUB, ADV, POSS, COMMA, MARK = "C", "B", "R", "S", ",", "."

# In this order, of a word with several classes the first is what it is.
_CLASSES = (
    ("adverbs", ADV),
    ("be", AUX),
    ("have", AUX),
    ("do", AUX),
    ("modals", AUX),
    ("possible", AUX),
    ("pronouns", PRON),
    ("determiners", DET),
    ("conjunctions", CONJ),
    ("subordinators", SUB),
    ("prepositions", PREP),
)
_MARKS = {",": COMMA, "&": CONJ, "'s": POSS, "%": NOUN, "$": NOUN, "¥": NOUN, "€": NOUN, "£": NOUN}
_DASHES = frozenset(";:-–—|•")
_ASIDES = ("however", "meanwhile", "though", "too")
_FLOATING = ("all", "both", "each")
_ROUGHLY = ("about", "over", "around", "under", "above", "near")
_IN_PLACE = frozenset(["may", *_ROUGHLY, *_ASIDES, *_FLOATING])
_ADVERB = re.compile(r"[a-z-]{3,}ly")
_NOT_ADVERBS = frozenset(
    "supply family reply apply rely ally rally imply assembly anomaly italy july".split()
)


_ASK = "?"  # the class of a word that what stands around it has to tell


@cache
def _class_of(cues: frozenset[str]) -> str | None:
    """The class of a word with these cues, if they make it a small word."""
    return next((tag for kind, tag in _CLASSES if kind in cues), None)


@lru_cache(maxsize=1 << 15)
def _class_alone(word: str, cues: frozenset[str]) -> str | None:
    """The class that a word with these cues has wherever it stands; None of no small word."""
    if word in _MARKS:
        return _ASK if word == "'s" else _MARKS[word]
    if word in _DASHES:
        return _ASK if word == "-" else SUB
    if not word[-1].isalnum():
        return MARK
    if word[0].isdigit():
        return NOUN
    if word == "to":
        return PREP if "prepositions" in cues else TO
    if word in _IN_PLACE or not cues.isdisjoint(("passives", "enumerators")):
        return _ASK
    return _class_of(cues) or (_ASK if _is_adverb(word) else None)


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and bool(_ADVERB.fullmatch(word)) and word not in _NOT_ADVERBS


class SmallWords:
    """The class of every small word of a sentence; None for the words that lists cannot tell.

    `forms` are the verb forms that each token could be.
    """

    def __init__(self, words: Words, forms: dict[int, frozenset[str]]):
        self._words, self._at, self._forms = words, words.at, forms
        self._closed = list(map(_class_alone, words.low, words.cues))
        for i, tag in enumerate(self._closed):
            if tag == _ASK:
                self._closed[i] = self._class_in_place(i)
        for i in reversed([i for i, tag in enumerate(self._closed) if tag == TO]):
            self._closed[i] = self._to(i)

    def _closed_at(self, i: int) -> str | None:
        """The class of token i; a mark behind the end."""
        return self._closed[i] if i < self._words.size else MARK

    def _class_in_place(self, i: int) -> str | None:
        """The class of a word that has one here and another, or none, elsewhere."""
        word, cues = self._words.low[i], self._words.cues[i]
        if word == "'s":
            return AUX if self._is_verbal_s(i) else POSS
        if word == "-":
            return MARK if self._is_joined(i) else SUB
        if cues and (tag := self._class_of_cue(i, word, cues)):
            return tag
        return ADV if _is_adverb(word) and not self._words.has_capital(i) else None

    def _class_of_cue(self, i: int, word: str, cues: frozenset[str]) -> str | None:
        if "passives" in cues:
            return AUX if self._takes_participle(i) else None
        if word in _ROUGHLY and self._closed_before_number(i):
            return ADV
        if word == "about":
            return PREP
        if word in _ASIDES and self._words.word(i - 1) == "," == self._words.word(i + 1):
            return ADV
        if word in _FLOATING and self._at(i - 1, "be", "have") and self._forms.get(i + 1):
            return ADV  # 'have all joined'
        if word == "may" and self._words.words[i].text[0] == "M" and i > 0:
            return NOUN
        if "enumerators" in cues and self._words.word(i + 1) == ",":
            return ADV
        return _class_of(cues)

    def _is_joined(self, i: int) -> bool:
        """A hyphen within a word, as in '(HKD)-backed'."""
        words = self._words.words
        return i > 0 and words[i - 1].end == words[i].start

    def _closed_before_number(self, i: int) -> bool:
        return self._words.word(i + 1)[:1].isdigit() or self._words.word(i + 1) in ("to", "$", "¥")

    def _takes_participle(self, i: int) -> bool:
        """'Gets banned' is a passive, 'gets a test' is none."""
        return not {"ed"}.isdisjoint(self._forms.get(i + 1, ()))

    def _is_verbal_s(self, i: int) -> bool:
        """'It's' and 'China's rushing to' have a verb, 'China's bank' has none."""
        if self._at(i - 1, "pronouns") or self._words.word(i - 1) in (
            "that",
            "there",
            "what",
            "here",
        ):
            return True
        behind = self._words.low[i + 1 : i + 3]
        return (
            len(behind) > 1 and behind[0].endswith("ing") and behind[1] in ("to", "its", "the", "a")
        )

    def _to(self, i: int) -> str:
        """'To' before a verb, or before a noun."""
        j = i + 1
        while self._closed_at(j) == ADV:
            j += 1
        verb = "base" in self._forms.get(j, ()) or self._at(j, "be", "have", "do")
        return TO if verb or self._acts_as_verb(j) else PREP

    def _acts_as_verb(self, i: int) -> bool:
        """An unknown word before what only a verb has behind it: 'to hand over', 'to jail the'."""
        word = self._words.word(i)
        unknown = (
            word.isalpha() and not word.endswith(("s", "ing")) and not self._words.has_capital(i)
        )
        if not unknown or self._closed_at(i) is not None:
            return False
        return self._closed_at(i + 1) in (DET, PRON) or self._at(i + 1, "particles")
