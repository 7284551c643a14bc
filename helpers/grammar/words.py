"""The words of a sentence: what the codebook knows of them, and which of them are acts."""

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from helpers.codebook import ActForm, load_codebook
from helpers.codebook.lexicon import Hit, Token, tokens

FINITE = ("be", "have", "do", "modals")

# 'BEIJING, May 21 (Reuters) - ': where a report was written, not what it is about.
_DATELINE = re.compile(
    r"(?:[A-Z]{2,}[A-Z /,.]*|[A-Z][\w ]+?)(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?:, \d{4})?"
    r" ?(?:\([^)]{2,30}\))? ?[-–—]{1,2} "
)
_NOUN_PHRASE = 4  # tokens between a noun and its determiner, at most


class Act(NamedTuple):
    """A written form of an act, at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    form: str  # base, s, ed, ing, noun, adjective, prefix, attitude
    voice: str  # active, passive, reduced ('led by'), attributive ('banned coins'), nominal
    entry: ActForm

    @property
    def stance(self) -> str:
        return self.entry.act.stance


class Words:
    """One sentence: tokens, and the codebook's objects, actors, acts and cues in it."""

    def __init__(self, text: str):
        self.text = text
        self.words: list[Token] = tokens(text)
        self.low = [word.lower for word in self.words]
        self.size = len(self.words)
        self.hits = load_codebook().lexicon.scan(text, self.words)
        self._cues: list[set[str]] = [set() for _ in self.words]
        self._verbs: dict[int, set[str]] = {}
        for layer, hits in self.hits.items():
            group, _, kind = layer.partition(" ")
            for hit in hits:
                if group in ("cue", "attribution"):
                    for i in range(hit.first, hit.last):
                        self._cues[i].add(kind)
                elif group == "act":
                    self._verbs.setdefault(hit.first, set()).add(hit.entry.form)

    def at(self, i: int, *kinds: str) -> bool:
        """Token i exists and is a cue of one of these kinds."""
        return 0 <= i < self.size and not self._cues[i].isdisjoint(kinds)

    def word(self, i: int) -> str:
        return self.low[i] if 0 <= i < self.size else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters that tokens `first` to `last` (excluded) take."""
        return self.words[first].start, self.words[last - 1].end

    @cached_property
    def is_title_case(self) -> bool:
        """Most words have capitals, as in a heading: capitals do not tell a name."""
        long = [word.text for word in self.words if word.text[0].isalpha() and len(word.text) > 3]
        return len(long) > 3 and sum(word[0].isupper() for word in long) > 0.85 * len(long)

    def token_at(self, offset: int) -> int:
        """The first token that ends behind a character offset."""
        return bisect_right(self.words, offset, key=lambda word: word.end - 1)

    @cached_property
    def objects(self) -> list[Hit]:
        """Objects in order; of a compound only its last strong name is left."""
        found: list[Hit] = []
        for hit in self.hits.get("object", ()):
            if hit.entry.name == "none" or not found or found[-1].last != hit.first:
                found.append(hit)
            else:
                entry = found[-1].entry if hit.entry.weak else hit.entry
                found[-1] = Hit(found[-1].first, hit.last, entry)
        found = [hit for hit in found if hit.entry.name != "none"]
        return sorted([*found, *self._hyphenated(found)], key=lambda hit: hit.first)

    def _hyphenated(self, found: list[Hit]) -> list[Hit]:
        """'Crypto-anything': a compound that begins or ends with an object."""
        taken = {i for hit in found for i in range(hit.first, hit.last)}
        more = {}
        for i, low in enumerate(self.low):
            if "-" not in low or i in taken or low.startswith("non-"):
                continue
            for part in (low.split("-")[0], low.split("-")[-1]):
                hits = load_codebook().lexicon.scan(part, tokens(part)).get("object", ())
                if hits and not hits[0].entry.weak and hits[0].entry.name != "none":
                    more[i] = Hit(i, i + 1, hits[0].entry)
        return list(more.values())

    @cached_property
    def actors(self) -> list[Hit]:
        """Names and nouns of who could act, in order; a dateline names nobody."""
        dateline = _DATELINE.match(self.text)
        begin = dateline.end() if dateline and dateline.group()[:2].isupper() else 0
        return [
            hit
            for hit in self.hits.get("actor", ())
            if self.words[hit.first].start >= begin
            and (
                hit.entry.type != "document"
                or self._in_noun_phrase(hit.first)
                or self.phrase_start(hit.first) < hit.first
            )
        ]

    @cached_property
    def acts(self) -> list[Act]:
        """The acts, in order, but for those inside a longer one or inside a name."""
        found = []
        for layer, hits in self.hits.items():
            kind = layer.partition(" ")[0]
            if kind == "attitude":
                found += [act for hit in hits if (act := self._attitude(hit))]
            elif kind in ("noun", "adjective", "prefix"):
                voice = "attributive" if kind == "prefix" else "nominal"
                fits = [hit for hit in hits if kind != "noun" or self._is_noun(hit)]
                found += [Act(hit.first, hit.last, kind, voice, hit.entry) for hit in fits]
            elif kind == "act":
                voiced = [(hit, self._voice(hit)) for hit in hits]
                found += [Act(h.first, h.last, h.entry.form, v, h.entry) for h, v in voiced if v]
        names = [hit for hit in self.actors if hit.last - hit.first > 1]
        names += [hit for hit in self.hits.get("object", ()) if hit.entry.name == "none"]
        found = [act for act in found if not any(_holds(other, act) for other in (*found, *names))]
        return sorted(found, key=lambda act: (act.first, -act.last))

    def _attitude(self, hit: Hit) -> Act | None:
        """'Stance' is an act only behind a tone of its family, as in 'hostile stance'."""
        for tone in self.hits.get(f"tone {hit.entry.act.family}", ()):
            if hit.first - 5 <= tone.first and tone.last <= hit.first:
                return Act(tone.first, hit.last, "attitude", "nominal", hit.entry)
        return None

    def _is_noun(self, hit: Hit) -> bool:
        """Not what stands where only a verb can, if the word can be a verb at all."""
        if hit.last - hit.first > 1 or self._in_noun_phrase(hit.first):
            return True
        if hit.first not in self._verbs:
            return True
        before = hit.first - 1
        if self.word(before) in ("to", "not", "they", "we", "it", "he", "who"):
            return False
        if self.at(before, "modals", "possible"):
            return False
        return hit.last == self.size or self.at(hit.last, "nominal_followers")

    def _in_noun_phrase(self, i: int) -> bool:
        """Token i stands behind a determiner, a possessive, a preposition or an adjective."""
        if self.word(i - 1) in ("", "to", "that", "not", "also", "all", "both"):
            return False
        return self.word(i - 1) == "'s" or self.at(
            i - 1, "determiners", "prepositions", "adjectives"
        )

    def _voice(self, hit: Hit) -> str | None:
        """The voice of a verb form, or None where the word is a noun or an adjective."""
        form, before = hit.entry.form, hit.first - 1
        if form == "ed":
            return self._participle(hit)
        if form in ("base", "s") and self._in_noun_phrase(hit.first):
            return None
        if form == "base" and not self._can_be_base(hit.first):
            # 'China shut down exchanges': some verbs are the same in the past.
            invariant = self.low[hit.first] in load_codebook().invariant
            return self._participle(hit) if invariant else None
        modifies = self.at(before, "determiners", "adjectives", "prenominal") and not self.at(
            before, "adverbs"
        )
        if form == "ing" and (modifies or self.at(hit.first, "prenominal") or self._of_object(hit)):
            return None
        return None if self._governs(hit) else "active"

    def _can_be_base(self, i: int) -> bool:
        """A base form stands behind 'to', an auxiliary, a plural, or at the head of a command."""
        before = i - 1
        while self.at(before, "adverbs") and not self.at(before, *FINITE, "possible", "plural"):
            before -= 1
        before = self._past_place(before)
        word = self.word(before)
        if before < 0 or word == "to" or word.endswith("n't"):
            return True
        if self.at(before, "do", "modals", "possible", "bare", "plural"):
            return True
        if word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")):
            return True
        near = range(max(before - 3, 0), before)
        return any(self.at(j, "bare") and self.low[j].isalpha() for j in near)

    def _past_place(self, i: int) -> int:
        """The head of 'courts in Hangzhou', where token i ends the place."""
        for actor in self.hits.get("actor", ()):
            if actor.last == i + 1 and self.word(actor.first - 1) in ("in", "of", "from"):
                return actor.first - 2
        return i

    def _of_object(self, hit: Hit) -> bool:
        """'Bitcoin trading' is a noun."""
        return any(other.last == hit.first for other in self.objects)

    def _governs(self, hit: Hit) -> bool:
        """'Starts using', 'helps to build': the act is the verb behind it."""
        if hit.entry.act.stance != "promote":
            return False
        gerund = "ing" in self._verbs.get(hit.last, ()) and self.at(hit.first, "begun")
        return gerund or (self.word(hit.last) == "to" and bool(self._verbs.get(hit.last + 1)))

    def _participle(self, hit: Hit) -> str:
        i = hit.first - 1
        while self.at(i, "adverbs", "negators"):
            i -= 1
        if self.at(i, "be"):
            return "passive"
        if self.at(i, "have", "do"):
            return "active"
        if self.word(hit.last) == "by":
            return "reduced"
        return "attributive" if self._in_noun_phrase(hit.first) else "active"

    def phrase_start(self, i: int) -> int:
        """The first token of the noun phrase that reaches up to token i."""
        start = i
        while start > 0 and self.at(start - 1, "prenominal", "determiners"):
            start -= 1
        if start < i:
            return start
        for j in range(i - 1, max(i - _NOUN_PHRASE - 1, -1), -1):
            if self.low[j] in (",", ";") or j in self._verbs or self.at(j, *FINITE, "prepositions"):
                break
            if self.at(j, "determiners"):
                return j
        return i


def _holds(other: Act | Hit, act: Act) -> bool:
    """Another, longer, has all the tokens of this act."""
    longer = other.last - other.first > act.last - act.first
    return longer and other.first <= act.first and act.last <= other.last
