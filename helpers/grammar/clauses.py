"""Where the clauses of a sentence begin and end, and who acts in them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from helpers.codebook.lexicon import Hit
from helpers.grammar.acts import voice_of_participle
from helpers.grammar.lazy import lazy
from helpers.grammar.phrases import Phrase, Phrases
from helpers.grammar.tags import (
    ADV,
    AUX,
    COMMA,
    CONJ,
    DET,
    MARK,
    NOUN,
    POSS,
    PREP,
    PRON,
    SUB,
    TO,
    VERB,
)

_AHEAD = 14  # tokens from a new subject to its verb, at most
_ANTECEDENT = 8  # tokens between a noun and the clause that is said of it, at most


class Subject(NamedTuple):
    """What stands as subject: its noun phrase, and who that names, where the codebook knows."""

    phrase: Phrase
    who: Hit | None


class Clauses(Phrases):
    """A sentence in clauses."""

    # --- boundaries -----------------------------------------------------------------------------

    @lazy
    def barriers(self) -> list[int]:
        """Tokens at which a clause ends: conjunctions, marks, and commas before a new subject."""
        found, begin, has_verb, inserted = [], 0, False, False
        for i, tag in enumerate(self.tags):
            ends = tag == SUB or (tag == MARK and self._is_stop(i))
            opened = tag == COMMA and self._is_opener(begin)
            if (has_verb and tag in (COMMA, CONJ)) or opened:
                resumes = inserted and tag == COMMA and self.verb_follows(i + 1)
                ends = resumes or self._subject_and_verb(i + 1)
                inserted = inserted and not resumes
            if ends:
                found.append(i)
                begin, has_verb = i + 1, False
                inserted |= self._is_insertion(i)
            else:
                has_verb = has_verb or (tag in (AUX, VERB) and self.is_finite(i))
        return found

    def _is_stop(self, i: int) -> bool:
        """A mark that ends a sentence: the dot of 'Dec. 5' and 'Mr. Lee' does not."""
        if self.low[i] != ".":
            return self.low[i] in "!?"
        figure = self.word(i + 1)[:1].isdigit()
        return not (figure or self.at(i - 1, "abbreviations"))

    def _is_insertion(self, i: int) -> bool:
        """A relative clause between commas begins, behind which the main clause goes on."""
        return self.at(i, "relatives") and self.tag(i - 1) == COMMA

    def _is_opener(self, begin: int) -> bool:
        """What begins here is no clause of its own: 'despite the ban', 'banned in 2017'."""
        if begin and self.tag(begin - 1) == SUB and self.low[begin - 1].isalpha():
            return True
        return self.tag(begin) in (PREP, VERB, TO, ADV) or self.word(begin) in ("having", "being")

    def _subject_and_verb(self, i: int) -> bool:
        """A noun phrase stands at token i, and its finite verb behind it."""
        while self.tag(i) in (ADV, CONJ):
            i += 1
        if self.tag(i) not in (NOUN, DET, PRON):
            return False
        for j in range(i, min(i + _AHEAD, self.size)):
            tag = self.tags[j]
            if self.is_finite(j):
                return True
            if tag in (COMMA, SUB, TO, AUX, CONJ) or (tag == VERB and self.tag(j - 1) != NOUN):
                return False
        return False

    def is_finite(self, i: int) -> bool:
        """Token i is the verb, or the first auxiliary, of a clause of its own."""
        tag, before = self.tag(i), i - 1
        if tag not in (AUX, VERB):
            return False
        while self.tag(before) == ADV:
            before -= 1
        if tag == AUX:
            return self.tag(before) not in (AUX, TO) and self.low[i] not in (
                "being",
                "been",
                "having",
                "be",
            )
        if self.tag(before) in (AUX, TO, PREP):
            return False
        form = self.forms[i]
        if form == "ed":
            return voice_of_participle(self, i) == "active"
        if form == "base" and self.at(self.begins(before) - 1, "bare"):
            return False  # 'lets people hold'
        return form == "s" or (form == "base" and self.tag(before) in (NOUN, PRON, DET, SUB))

    def verb_follows(self, i: int) -> bool:
        """A finite verb stands at token i, adverbs aside."""
        while self.tag(i) == ADV:
            i += 1
        return self.is_finite(i)

    def clause(self, i: int) -> tuple[int, int]:
        """The tokens of the clause in which token i stands, its barriers excluded."""
        after = bisect_right(self.barriers, i)
        before = bisect_left(self.barriers, i)
        first = self.barriers[before - 1] + 1 if before else 0
        last = self.barriers[after] if after < len(self.barriers) else self.size
        return first, last

    def main_clause(self, i: int) -> int:
        """Where the clause of token i begins, behind a relative clause that ends before it.

        In 'exchanges that deal in X must close' the second verb goes back to the exchanges.
        """
        lower = self.clause(i)[0]
        verbs = sum(self.is_finite(j) for j in range(lower, i + 1))
        joined = any(self.tag(j) == CONJ for j in range(lower, i))
        resumed = self.at(lower - 1, "relatives") and verbs > 1 and not joined
        return self.clause(max(lower - 2, 0))[0] if resumed else lower

    # --- who acts -------------------------------------------------------------------------------

    def subject(self, verb: int) -> Subject | None:
        """What stands as subject before a verb group that begins at token `verb`."""
        if verb not in self._subjects:
            self._subjects[verb] = self._subject(verb)
        return self._subjects[verb]

    @lazy
    def _subjects(self) -> dict[int, Subject | None]:
        return {}

    def _subject(self, verb: int) -> Subject | None:
        lower = self.clause(verb)[0]
        near = self.gerund_subject(verb)
        if near:
            return Subject(near, self.actor_in(near))
        earlier = self._finite_before(verb, lower)
        if earlier is not None and self.tag(verb - 1) in (CONJ, COMMA):
            return self.subject(earlier)
        if earlier is not None and self.tag(verb) == TO:
            return self.subject(earlier)
        if earlier is not None and (main := self.main_clause(verb)) < lower:
            # 'Exchanges that deal in X have closed'; 'he said that exchanges that …'
            first = next(self._candidates(main, lower - 1), None)
            nested = first is None or self._finite_before(lower - 1, main) is not None
            return self._antecedent(lower) if nested else self._named(first, verb)
        if earlier is None or self.tag(verb) == NOUN:
            found = next(self._candidates(lower, verb), None)
        else:
            # 'The first time the party studied': a clause within the clause has its own subject.
            found = next(reversed(list(self._candidates(earlier + 1, verb))), None)
        if (
            found is None
            and self.tag(lower - 1) == COMMA
            and self._finite_before(verb, lower) is None
        ):
            # The main clause goes on behind a relative clause.
            found = next(self._candidates(*self._interrupted(lower)), None)
        if found:
            return self._named(found, verb)
        return self._antecedent(lower) if self.at(lower - 1, "relatives") else None

    def _interrupted(self, i: int) -> tuple[int, int]:
        """The part of a clause that stands before the insertion that ends at token i."""
        begin = next((b for b in reversed(self.barriers) if b < i and self._is_insertion(b)), 0)
        return self.clause(begin - 1)[0] if begin else 0, begin

    def _candidates(self, lower: int, verb: int) -> Iterator[Phrase]:
        """The noun phrases between two tokens that can be a subject."""
        for phrase in self.phrases_between(lower, verb):
            governed = self.is_governed(phrase) and phrase.begin > lower
            possessor = self.tag(phrase.last) == POSS
            answer = self.tag(phrase.last - 1) == DET and self.tag(phrase.last) == COMMA
            number = self.low[phrase.last - 1].isdigit()  # 'on Dec. 5, the bank'
            if not (governed or possessor or answer or number or self.is_time(phrase)):
                yield phrase

    def _named(self, phrase: Phrase, verb: int) -> Subject:
        """A subject; of 'one of the banks' and 'a number of firms' those who are counted."""
        who, head = self.actor_in(phrase) or self._apposed(phrase, verb), phrase
        while who is None and (follower := self._counted_or_joined(head, verb)):
            head, who = follower, self.actor_in(follower)
        return Subject(phrase, who)

    def _apposed(self, phrase: Phrase, verb: int) -> Hit | None:
        """'Taobao, the shopping site, will …': who is told behind a name that no list has."""
        behind = self.phrase_of(phrase.last + 1) if self.tag(phrase.last) == COMMA else None
        if behind is None or self.tag(behind.begin) != DET:
            return None
        closed = any(self.tag(i) == COMMA for i in range(behind.last, verb))
        return self.actor_in(behind) if closed else None

    def _counted_or_joined(self, phrase: Phrase, verb: int) -> Phrase | None:
        counted = self.at(phrase.last - 1, "quantities") and self.word(phrase.last) == "of"
        joined = self.tag(phrase.last) == CONJ
        behind = self.phrase_of(phrase.last + 1) if counted or joined else None
        return behind if behind and behind.last <= verb else None

    def _finite_before(self, verb: int, lower: int) -> int | None:
        """The last finite verb before a verb group, in the same clause."""
        return next((i for i in range(verb - 1, lower - 1, -1) if self.is_finite(i)), None)

    def gerund_subject(self, verb: int) -> Phrase | None:
        """'With firms leaving', 'China banning coins': what stands right before the gerund."""
        if self.forms.get(verb) != "ing":
            return None
        phrase = self.phrase_of(verb - 1)
        return phrase if phrase and self.actor_in(phrase) else None

    def _antecedent(self, clause: int) -> Subject | None:
        """What a relative clause is said of: the last phrase before it that names somebody."""
        inner = None
        for phrase in reversed(list(self.phrases_between(max(clause - _ANTECEDENT, 0), clause))):
            hit = self.actor_in(phrase)
            if inner and (hit is None or phrase.last != inner.phrase.begin - 1):
                return inner
            if hit and hit.entry.type == "place" and self.tag(phrase.begin - 1) == PREP:
                inner = Subject(phrase, hit)  # 'firms in China that …': of the firms
            elif hit:
                return Subject(phrase, hit)
        return inner

    def possessor(self, i: int) -> Hit | None:
        """Whose the noun phrase of token i is: 'Beijing's ban'."""
        phrase = self.phrase_of(i)
        begin = phrase.begin if phrase else i
        if self.tag(begin - 1) == POSS:
            owner = self.phrase_of(begin - 2)
            return self.actor_in(owner) if owner else None
        return None

    def compounded(self, i: int) -> Hit | None:
        """Who stands before a noun as a part of it: 'government pressure', 'the PBOC ban'."""
        phrase = self.phrase_of(i)
        taken = {j for hit in self.objects for j in range(hit.first, hit.last)}
        for j in range(i - 1, phrase.first - 1 if phrase else i, -1):
            hit = self._actor_ends.get(j)
            if hit and j not in taken and hit.entry.type not in ("asset", "system", "document"):
                return hit
        return None

    def agent(self, last: int, *words: str) -> Subject | None:
        """Who stands behind a 'by', or another of `words`, that follows token `last`."""
        while self.tag(last) == ADV:
            last += 1
        phrase = self.phrase_of(last + 1) if self.word(last) in (words or ("by",)) else None
        return Subject(self._head(phrase), self._agent_in(phrase)) if phrase else None

    def _head(self, phrase: Phrase) -> Phrase:
        """Of 'the city's government' the last part."""
        while self.tag(phrase.last) == POSS and (behind := self.phrase_of(phrase.last + 1)):
            phrase = behind
        return phrase

    def _agent_in(self, phrase: Phrase) -> Hit | None:
        return self.actor_in(self._head(phrase))
