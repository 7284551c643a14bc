"""Enough grammar to tell who acts on what, and how it is meant, without a parser.

A `Parse` holds one sentence with the codebook's entries found in it. It answers what the coder asks
of an act: in which clause it stands, who its subject is, and what governs it. Door: `parse`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from helpers.codebook.lexicon import Hit
from helpers.grammar.words import Act, Words

__all__ = ["Act", "Modality", "Parse", "parse", "pieces"]

# Nobody writes a longer sentence. What is longer is a page without full stops, and is read piece by
# piece, so that the time it takes grows with its length alone.
_LONGEST = 1500  # characters
_LOOK_BACK = 12  # tokens between 'to' and what governs it, at most
_GOVERNORS = ("exceptions", "orders", "planned", "begun", "able", "rumours", "negators")
_AUXILIARIES = ("adverbs", "be", "have", "do", "modals", "possible", "negators", "rumours")


class Modality(NamedTuple):
    """How an act is meant; `first` is where its verb group, governors included, begins."""

    planned: bool = False
    possible: bool = False
    rumoured: bool = False
    negated: bool = False
    able: bool = False
    ordered: bool = False
    purpose: bool = False
    forbidden: bool = False
    first: int = 0


_MARKS = ("planned", "possible", "rumoured", "negated", "able", "forbidden")


class Parse(Words):
    """One sentence, with its clauses and with what governs and who does its acts."""

    # --- clauses -------------------------------------------------------------------------------

    @cached_property
    def barriers(self) -> list[int]:
        """Tokens at which a clause ends: conjunctions, marks, and commas before a new subject."""
        found = {i for i in range(self.size) if self.at(i, "barriers") and not self._as_joins(i)}
        for actor in self.actors:
            before = self.phrase_start(actor.first) - 1
            joins = self.word(before) in ("and", ",", "but", "or", "yet")
            if joins and self.verb_follows(actor.last):
                found.add(before)
        if 0 in found:
            found.update(self._outer_commas()[:1])  # the end of 'Despite …,' and 'While …,'
        return sorted(found)

    def _outer_commas(self) -> list[int]:
        """The commas outside brackets."""
        depth, commas = 0, []
        for i, word in enumerate(self.low):
            depth += (word == "(") - (word == ")")
            if word == "," and depth == 0:
                commas.append(i)
        return commas

    def _as_joins(self, i: int) -> bool:
        """'As well as', 'such as' and 'as early as' join; 'as' alone opens a clause."""
        near = self.low[max(i - 2, 0) : i + 3]
        return self.low[i] == "as" and ("well" in near or "such" in near or near.count("as") > 1)

    def verb_follows(self, i: int) -> bool:
        """A finite verb stands behind the phrase that ends before token i, adverbs aside."""
        while self.at(i, "adverbs") and not self.at(i, "prepositions"):
            i += 1
        if self.at(i, "be", "have", "do", "modals", "possible", "verbs", "planned"):
            return True
        if self.word(i).endswith("n't"):
            return True
        return self.word(i + 1) != "by" and bool(self._verbs.get(i, set()) & {"s", "ed", "base"})

    def clause(self, i: int) -> tuple[int, int]:
        """The tokens of the clause in which token i stands, its barriers excluded."""
        after = bisect_right(self.barriers, i)
        before = bisect_left(self.barriers, i)
        first = self.barriers[before - 1] + 1 if before else 0
        last = self.barriers[after] if after < len(self.barriers) else self.size
        return first, last

    # --- how an act is meant -------------------------------------------------------------------

    def modality(self, first: int, form: str = "base") -> Modality:
        """How the verb at token `first` is meant, by its auxiliaries and what governs it."""
        i, marks = first - 1, dict.fromkeys(_MARKS, False)
        while self.at(i, *_AUXILIARIES) and not self.at(i, "barriers"):
            marks["planned"] |= self.at(i, "modals")
            marks["possible"] |= self.at(i, "possible")
            marks["rumoured"] |= self.at(i, "rumours")
            marks["negated"] ^= self.at(i, "negators")
            marks["forbidden"] |= self.at(i, "binding") and self.at(i + 1, "negators")
            i -= 1
        progressive = any(self.at(j, "be") for j in range(i + 1, first))
        if self.word(i) == "to" and (form == "base" or progressive):
            return self._governed(i - 1, marks, purpose=True)
        if form == "ing" and not progressive and self._can_govern(i, first):
            return self._governed(i, marks, purpose=False)
        return self._reported(Modality(**marks, first=i + 1))

    def _can_govern(self, i: int, gerund: int) -> bool:
        """A gerund is governed by what it follows at once, or across a preposition."""
        people = [a for a in self.actors if a.entry.type not in ("document", "system")]
        subject = next((a.first for a in people if a.last == gerund), gerund)
        return (
            self.at(i, *_GOVERNORS) or self.at(subject - 1, "prepositions") or self.word(i) == "to"
        )

    def _governed(self, i: int, marks: dict, purpose: bool) -> Modality:
        """What the governor of an infinitive or gerund adds to it."""
        for g in range(i, max(i - _LOOK_BACK, -1), -1):
            if self.low[g] in (";", "which", "who", "while", "although", "but"):
                break
            kind = next((kind for kind in _GOVERNORS if self.at(g, kind)), None)
            if kind is None or (kind == "begun" and i - g > 3):
                continue
            if kind == "exceptions":
                break
            above = self.modality(g)
            marks = {key: marks[key] or getattr(above, key) for key in marks}
            marks["planned"] |= kind == "planned"
            marks["rumoured"] |= kind == "rumours" or (
                self.at(g, "weighing") and self._is_hearsay(g)
            )
            marks["able"] |= kind == "able"
            marks["negated"] ^= kind == "negators"
            return Modality(**marks, ordered=kind == "orders" or above.ordered, first=above.first)
        # 'Alibaba to ban …': what a heading announces.
        if purpose and any(a.last == i + 1 and a.entry.named for a in self.actors):
            return Modality(**{**marks, "planned": True}, first=i + 1)
        return Modality(**marks, purpose=purpose, first=i + 1)

    def is_weighed(self, i: int) -> bool:
        """'Reportedly considering': token i weighs an act, by hearsay."""
        return self.at(i, "weighing") and self._is_hearsay(i)

    def _is_hearsay(self, i: int) -> bool:
        return any(self.at(j, "hearsay") for j in range(max(i - 4, 0), i + 5))

    def _reported(self, modality: Modality) -> Modality:
        """What stands before the clause: 'they hope (that) …', 'that does not mean …'."""
        before = range(max(modality.first - 8, 0), modality.first)
        if modality.possible and self._is_hearsay(modality.first):
            modality = modality._replace(rumoured=True)
        if any(self.at(i, "denials") for i in before):
            modality = modality._replace(negated=not modality.negated)
        if modality.possible and any(self.at(i, "planned") for i in before):
            modality = modality._replace(possible=False, planned=True)
        return modality

    # --- who acts ------------------------------------------------------------------------------

    def subject(self, first: int) -> Hit | None:
        """The actor that stands as subject before token `first` in its clause."""
        lower = self.clause(first)[0]
        for actor in self.actors:
            if actor.last == first and self._gerund(first):
                return actor
        for actor in self.actors:
            if lower <= actor.first and actor.last <= first and self._can_be_subject(actor, first):
                return actor
        return self._antecedent(lower) if self.word(lower - 1) in ("that", "which", "who") else None

    def _antecedent(self, clause: int) -> Hit | None:
        """What a relative clause is said of: the last actor before it, documents first."""
        before = [actor for actor in self.actors if 0 < clause - actor.last <= 8]
        papers = [actor for actor in before if actor.entry.type == "document"]
        return (papers or before or [None])[-1]

    def _gerund(self, i: int) -> bool:
        return "ing" in self._verbs.get(i, ())

    def _can_be_subject(self, actor: Hit, verb: int) -> bool:
        if self.word(actor.last) == "'s" and actor.last + 1 < verb:
            return False
        # 'China tech giants': the name before another actor is a part of it.
        if any(
            self.phrase_start(other.first) <= actor.last
            for other in self.actors
            if actor.last <= other.first < verb
        ):
            return False
        if actor.entry.type == "place" and self._modifies(actor.last, verb):
            return False
        before = self.phrase_start(self._chain_head(actor.first)) - 1
        if self.word(before) == "with" and self.word(actor.last).endswith("ing"):
            return True
        return not self.at(before, "prepositions")

    def _modifies(self, i: int, verb: int) -> bool:
        """A word of no known kind between a place and the verb is the noun that the place tells."""
        if i >= verb or self.at(
            i, "prepositions", "conjunctions", "barriers", *_AUXILIARIES, *_GOVERNORS
        ):
            return False
        word = self.low[i]
        return word.isalpha() and i not in self._verbs and not word.endswith(("s", "ed"))

    def _chain_head(self, i: int) -> int:
        """The first of the coordinated names of which the one at token i is a member."""
        ends, joined = {actor.last: actor.first for actor in self.actors}, False
        while True:
            start = self.phrase_start(i)
            j, joined = start - 1, joined or self.word(start - 1) in ("and", "or", "&")
            while self.word(j) in ("and", ",", "or", "&"):
                j -= 1
            if not joined or j + 1 == start or j + 1 not in ends:
                return i
            i = ends[j + 1]

    def possessor(self, first: int) -> Hit | None:
        """The actor whose possessive stands at most six tokens before token `first`."""
        near = [a for a in self.actors if self.word(a.last) == "'s" and 0 < first - a.last <= 6]
        return near[-1] if near else None

    def agent(self, last: int) -> Hit | None:
        """The actor behind a 'by' that follows token `last`."""
        if self.word(last) != "by":
            return None
        return next((a for a in self.actors if last < a.first <= last + 7), None)


# Mentions and claims read the same sentences one after the other.
parse = lru_cache(maxsize=8192)(Parse)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A sentence with its offset 0; one of many thousand characters in pieces, with theirs."""
    start = 0
    while len(text) - start > _LONGEST:
        end = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]
