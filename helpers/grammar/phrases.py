"""Noun phrases, and the objects and actors in them."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from helpers.codebook import load_codebook
from helpers.codebook.entries import NO_OBJECT, Object
from helpers.codebook.lexicon import Hit, tokens
from helpers.grammar.lazy import lazy
from helpers.grammar.tags import ADV, DET, NOUN, POSS, PREP, PRON, Tags
from helpers.grammar.words import Words

# 'BEIJING, May 21 (Reuters) - ': where a report was written, not what it is about.
_DATELINE = re.compile(
    r"[A-Z]{2,}[A-Z /,.]{0,40}(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?:, \d{4})? ?"
    r"(?:\([^)]{2,30}\))? ?[-–—]{1,2} "
)
_OF_A_PLACE = ("ern", "ese", "an")  # 'Western China', 'Chinese Hong Kong'
_YEAR = re.compile(r"(?:19|20)\d\d")


class Phrase(NamedTuple):
    """A noun phrase: nouns at tokens `first` to `last` (excluded), its determiner from `begin`."""

    begin: int
    first: int
    last: int


class Phrases(Words):
    """The words of a sentence with their tags, as noun phrases."""

    @lazy
    def _tagged(self) -> tuple[list[str], dict[int, str]]:
        tagged = Tags(self)  # when first asked: most sentences are read without it
        return tagged.tags, tagged.forms  # not itself: it has the sentence, and would keep it

    @lazy
    def tags(self) -> list[str]:
        return self._tagged[0]

    @lazy
    def forms(self) -> dict[int, str]:
        """The forms of the verbs: base, s, ed or ing, by their tokens."""
        return self._tagged[1]

    def tag(self, i: int) -> str:
        return self.tags[i] if 0 <= i < self.size else ""

    # --- phrases --------------------------------------------------------------------------------

    @lazy
    def phrases(self) -> list[Phrase]:
        """The noun phrases, in order. A pronoun is one; a possessor is one of its own."""
        names = {hit.first for hit in self.hits.get("actor", ()) if hit.entry.named}
        found, i, tags = [], 0, [*self.tags, ""]
        while i < self.size:
            begin = i
            while tags[i] == DET or (tags[i] == ADV and self._is_inner_adverb(i)):
                i += 1
            first = i
            if tags[i] == PRON:
                i += 1
            while tags[i] == NOUN and not (i > first and self._begins_anew(i, names)):
                i += 1
            if i == first and first > begin:
                first = begin  # 'this', 'many': a determiner that stands alone
            if i > first:
                found.append(Phrase(begin, first, i))
            i = max(i, begin + 1)
        return found

    def _begins_anew(self, i: int, names: set[int]) -> bool:
        """A noun phrase begins right behind another: 'in 2017 | Beijing', 'China | last month'."""
        if self._is_time(i - 1) and (i in names or (self.has_capital(i) and not self._is_time(i))):
            return True
        return self.low[i] in ("last", "next", "past") and self.at(i + 1, "times")

    def _is_inner_adverb(self, i: int) -> bool:
        """Of an adverb: 'the newly launched chain', 'Beijing's newly launched chain'."""
        return self.tag(i + 1) == NOUN and self.tag(i - 1) in (DET, POSS)

    def _is_time(self, i: int) -> bool:
        return self.at(i, "times") or bool(_YEAR.fullmatch(self.low[i]))

    @lazy
    def _firsts(self) -> list[int]:
        return [phrase.begin for phrase in self.phrases]

    def phrase_of(self, i: int) -> Phrase | None:
        """The noun phrase that token i is in."""
        k = bisect_right(self._firsts, i) - 1
        return self.phrases[k] if k >= 0 and i < self.phrases[k].last else None

    def phrases_between(self, first: int, last: int) -> Iterator[Phrase]:
        """The noun phrases that begin at tokens `first` to `last` (excluded)."""
        for k in range(bisect_right(self._firsts, first - 1), len(self.phrases)):
            if self.phrases[k].begin >= last:
                break
            yield self.phrases[k]

    def is_time(self, phrase: Phrase) -> bool:
        """The phrase says when: 'last year', 'September 2017'."""
        return self._is_time(phrase.last - 1)

    def is_time_before(self, phrase: Phrase) -> bool:
        """The phrase follows one that says when: 'the first time the party studied'."""
        before = self.phrase_of(phrase.begin - 1)
        return before is not None and self.is_time(before)

    # --- objects --------------------------------------------------------------------------------

    @lazy
    def objects(self) -> list[Hit]:
        """Objects, and words that can stand for them, in order; of a compound the last name."""
        hits = [*self.hits.get("object", ()), *self._hyphenated(), *self.hits.get("stand-in", ())]
        found: list[Hit] = []
        # Of hits that overlap the longer wins, and of equal ones the name.
        for hit in sorted(hits, key=lambda hit: (hit.first, -hit.last)):
            if found and hit.last <= found[-1].last:
                continue
            if self.tag(hit.last - 1) != NOUN or self.tag(hit.first) not in (NOUN, POSS, DET):
                continue
            if found and hit.first <= found[-1].last and self.tag(hit.first) == NOUN:
                hit = Hit(found[-1].first, hit.last, _stronger(found[-1].entry, hit.entry))
                found.pop()
            found.append(hit)
        return [hit for hit in found if hit.entry != NO_OBJECT]

    def _hyphenated(self) -> Iterator[Hit]:
        """'Crypto-anything': a compound that begins or ends with an object."""
        if "-" not in self.text:
            return
        taken = {i for hit in self.hits.get("object", ()) for i in range(hit.first, hit.last)}
        for i, low in enumerate(self.low):
            if "-" not in low or i in taken or low.startswith("non-"):
                continue
            first, *_, last = low.split("-")
            if entry := _object_of(first) or _object_of(last):
                yield Hit(i, i + 1, entry)

    # --- actors ---------------------------------------------------------------------------------

    @lazy
    def actors(self) -> list[Hit]:
        """Names and nouns of who could act, in order; a dateline names nobody."""
        dateline = _DATELINE.match(self.text)
        begin = dateline.end() if dateline else 0
        return [
            hit
            for hit in self.hits.get("actor", ())
            if self.words[hit.first].start >= begin and self.tag(hit.last - 1) in (NOUN, PRON, DET)
        ]

    @lazy
    def _actor_ends(self) -> dict[int, Hit]:
        return {i: hit for hit in self.actors for i in range(hit.first, hit.last)}

    def actor_in(self, phrase: Phrase) -> Hit | None:
        """Who a noun phrase names: its head, or a name that only capitals follow."""
        for i in range(phrase.last - 1, phrase.begin - 1, -1):
            if hit := self._actor_ends.get(i):
                company = self._company_named_after(hit, phrase)
                return hit if company is None else self._actor_ends.get(company)
            if not (self.has_capital(i) or self.is_title_case or self.low[i][0].isdigit()):
                return None
        return None

    def _company_named_after(self, place: Hit, phrase: Phrase) -> int | None:
        """'Walmart China': the last token of the name before a place, which is not who acts."""
        i = place.first - 1
        last = place.entry.type == "place" and place.last == phrase.last
        if not last or i < phrase.first or not (i == 0 or self.has_capital(i)):
            return None
        before = self._actor_ends.get(i)
        company = (
            before.entry.level == "industry" if before else not self.low[i].endswith(_OF_A_PLACE)
        )
        return i if company else None

    def is_name(self, phrase: Phrase) -> bool:
        """The last word of a phrase has a capital that only a name has, and is no object."""
        last = phrase.last - 1
        called = last > phrase.first and self.words[last - 1].text[0].isupper()  # 'Kestrel Markets'
        known = any(
            hit.first <= last < hit.last and (isinstance(hit.entry, Object) or not called)
            for hit in self.objects
        )
        if known or self.is_time(phrase) or self.low[last].endswith(("ese", "ly")):
            return False
        opens = not any(word[0].isalpha() for word in self.low[:last])
        within = any(c.isupper() for c in self.words[last].text[1:])
        return within or (self.has_capital(last) and not opens)

    def begins(self, i: int) -> int:
        """Where the noun phrase of token i begins, its determiner included."""
        phrase = self.phrase_of(i)
        return phrase.begin if phrase else i

    def is_governed(self, phrase: Phrase) -> bool:
        """The phrase stands behind a preposition, or behind one that does ('in X and Y')."""
        return self.tag(phrase.begin - 1) == PREP


@lru_cache(maxsize=1 << 12)
def _object_of(part: str) -> Object | None:
    """The object that a part of a compound names, if any."""
    hits = load_codebook().lexicon.scan(part, tokens(part)).get("object", ())
    return hits[0].entry if hits and hits[0].entry != NO_OBJECT else None


def _stronger(first: object, second: object) -> object:
    """Of two parts of a compound: the last that is a name."""
    return second if isinstance(second, Object) else first
