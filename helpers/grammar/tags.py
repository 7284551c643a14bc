"""What each word of a sentence is: noun, verb, auxiliary, preposition and so on.

Small words are told by lists; of the rest a word is a noun (which names, adjectives and numbers
count as) unless it has the form of a verb and stands where a verb can. A verb is told from a noun
by the word before it and the word behind it, read from left to right.
"""

from helpers.codebook.entries import NO_OBJECT
from helpers.grammar.forms import verb_forms
from helpers.grammar.small import (
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
    SmallWords,
)
from helpers.grammar.words import Words

_DUE = frozenset(["do", "modals", "possible"])  # behind them, and behind 'to', a verb is due
_REACH = 25  # tokens to look back for the subject of a verb or the verb it is coordinated with
_AHEAD = 10  # tokens to look ahead for the verb of a clause


class Tags(SmallWords):
    """The tag of every token of a sentence, and for verbs the form (base, s, ed or ing)."""

    def __init__(self, words: Words):
        hits = [h for layer, hits in words.hits.items() if layer.startswith("verb ") for h in hits]
        super().__init__(words, verb_forms(words, hits))
        self._long = {hit.first for hit in hits if " " in hit.entry.lemma}
        actors = words.hits.get("actor", ())
        names = (hit for hit in words.hits.get("object", ()) if hit.entry != NO_OBJECT)
        self._named = {i for hit in names for i in range(hit.first, hit.last - 1)}
        self._nouns = {hit.last - 1 for hit in actors if not hit.entry.named}
        # Only behind these a word is a verb that has not the form of one.
        self._has_due = TO in self._closed or not all(map(_DUE.isdisjoint, words.cues))
        self.tags: list[str] = []
        self.forms: dict[int, str] = {}
        for i in range(words.size):
            self.tags.append(self._closed[i] or self._open(i))
        self._settle_clauses()

    # --- nouns and verbs -----------------------------------------------------------------------

    def _open(self, i: int) -> str:
        """A word of no small class is a verb where it can be one, and a noun elsewhere."""
        if i in self._named:
            return NOUN  # 'distributed' in 'distributed ledger'
        forms = self._forms.get(i)
        if not forms and not self._has_due:
            return NOUN
        before = self._before(i)
        cues = self._words.cues[before]
        due = before >= 0 and (self.tags[before] == TO or not _DUE.isdisjoint(cues))
        if before == i - 1 and self._words.word(before) == "no":
            return NOUN  # 'no plans'
        if not forms and before > 0 and due:
            forms = frozenset(["base"])  # nothing else stands behind 'will' and 'to'
        if not forms or (self._words.has_capital(i) and not due):
            return NOUN
        form = self._as_verb(i, forms, before, self.tags[before] if before >= 0 else MARK)
        if form is None:
            return NOUN
        self.forms[i] = form
        return VERB

    def _before(self, i: int) -> int:
        """The token before token i, adverbs and brackets aside; -1 at the beginning."""
        j = i - 1
        while j >= 0:
            if self.tags[j] == ADV:
                j -= 1
            elif self._words.low[j] == ")" and "(" in self._words.low[max(j - 8, 0) : j]:
                while self._words.low[j] != "(":
                    j -= 1
                j -= 1
            else:
                break
        return j

    def _as_verb(self, i: int, forms: frozenset[str], before: int, tag: str) -> str | None:
        if tag == TO:
            return self._one(forms, "base")
        if tag == AUX:
            return self._after_auxiliary(i, forms, before)
        if tag in (DET, POSS):
            return self._after_noun(i, forms, before) if self._at(before, "plurals") else None
        if tag == PREP:
            return self._one(forms, "ing") if self._takes_object(i) else None
        if tag in (NOUN, PRON):
            return self._after_noun(i, forms, before)
        if tag == VERB:
            return self._after_verb(i, forms, before)
        if tag in (COMMA, CONJ):
            return self._coordinated(i, forms, before)
        return self._opening(i, forms, before, tag)

    @staticmethod
    def _one(forms: frozenset[str], *wanted: str) -> str | None:
        return next((form for form in wanted if form in forms), None)

    def _after_auxiliary(self, i: int, forms: frozenset[str], before: int) -> str | None:
        if self._at(before, "do", "modals", "possible"):
            return self._one(forms, "base")
        if self._at(before, "have"):
            return self._one(forms, "ed")
        return self._one(forms, "ed", "ing")

    def _after_noun(self, i: int, forms: frozenset[str], before: int) -> str | None:
        """Behind its subject, or behind what a participle tells more of."""
        if "base" in forms and self._asks(before):
            return "base"
        if self._at(before, "money") and self._at(i, "nouns_too"):
            return None  # 'bitcoin mines', 'crypto trades'
        if "base" in forms and self._has_plural_subject(before) and self._goes_on(i):
            return "base"
        if self._words.low[i - 1].isdigit():
            return None  # '10 leading firms'
        if "ed" in forms:
            return None if self._stands_in_agent(i, before) else "ed"
        if "s" in forms and not self._is_plural(before) and self._goes_on(i):
            return "s"
        tells = self._takes_object(i) or self._closed_at(i + 1) in (PREP, TO, ADV)
        if "ing" in forms and tells and not self._names_activity(i):
            return "ing"
        return None

    def _stands_in_agent(self, i: int, before: int) -> bool:
        """'By Chinese organised crime': behind 'by' and before a noun it is an adjective."""
        while before >= 0 and self.tags[before] in (NOUN, DET):
            before -= 1
        return self._words.word(before) == "by" and self._closed_at(i + 1) is None

    def _after_verb(self, i: int, forms: frozenset[str], before: int) -> str | None:
        """'Help build', 'let China take', 'stop trading coins'."""
        if "ing" in forms and self._takes_object(i) and not self._names_activity(i):
            return "ing"
        if "ed" in forms and self._at(before, "orders") and self._at(before - 1, "be"):
            return "ed"  # 'were ordered shut'
        # 'Helps build'; and headings leave out the 'to' of 'threatens to close'.
        return self._one(forms, "base") if self._at(before, "bare", "planned") else None

    def _coordinated(self, i: int, forms: frozenset[str], before: int) -> str | None:
        """Behind a comma or conjunction: a verb as those before it, or a participle."""
        if self._begins_name(i):
            return None
        if before == 1 and self.tags[0] == ADV:
            return self._opening(i, forms, before, MARK)
        if (subject := self._before_insertion(before)) is not None:
            return self._after_noun(i, forms, subject)
        earlier, comma = self._verbs_before(before), self.tags[before] == COMMA
        if "ing" in forms and not self._names_activity(i):
            return "ing" if comma or "ing" in earlier else None
        participle = comma and (not earlier or self._opens_phrase(i + 1))
        if "ed" in forms and ("ed" in earlier or participle):
            return "ed"
        if self._at(i, "saying") and comma:
            return self._one(forms, "ed", "s")
        if "s" in forms and earlier & {"s", "ed", AUX} and self._goes_on(i):
            return "s"
        return "base" if "base" in forms & earlier and self._goes_on(i) else None

    def _before_insertion(self, comma: int) -> int | None:
        """'The rules, in force from May, | support …': the subject, where its verb is still due."""
        opening = None
        for j in range(comma - 1, max(comma - _REACH, -1), -1):
            tag = self.tags[j]
            if tag in (AUX, SUB, MARK) or (tag == VERB and opening is not None):
                return None
            if tag == COMMA:
                if opening is not None:
                    return None  # a list
                opening = j
        long = opening is not None and (comma - opening > 2 or self.tags[opening + 1] == ADV)
        inserted = long and self.tags[opening - 1] == NOUN
        return opening - 1 if inserted else None

    def _opening(self, i: int, forms: frozenset[str], before: int, tag: str) -> str | None:
        """The first word of a sentence or clause."""
        relative = tag == SUB and self._words.low[before].isalpha()
        if relative and self._words.low[before] in ("that", "which", "who"):
            plural = "base" in forms and self._goes_on(i)
            return self._one(forms, "s", "ed", *(("base",) if plural else ()), "ing")
        if "ing" in forms and not self._names_activity(i):
            return "ing"
        if "ed" in forms and self._opens_phrase(i + 1):
            return "ed"
        if relative:
            return None
        opens = self._opens_phrase(i + 1) and not self._at(i, "nouns_too")
        commands = "base" in forms and (opens or self._takes_object(i))
        return "base" if commands and not self._verb_ahead(i + 1) else None

    # --- what stands around ---------------------------------------------------------------------

    def _opens_phrase(self, i: int) -> bool:
        return self._closed_at(i) == PREP or self._at(i, "either")

    def _takes_object(self, i: int) -> bool:
        """What follows token i can be the object of a verb, or is a part of it ('trade in')."""
        if self._at(i + 2, "times") and self._at(i + 1, "determiners", "enumerators"):
            return i in self._long  # 'halt trading this month'
        return i in self._long or self._closed_at(i + 1) in (None, DET, PRON, NOUN)

    def _names_activity(self, i: int) -> bool:
        """A gerund that is a noun here: 'bitcoin mining', 'trading platforms'."""
        if not self._at(i, "gerunds"):
            return False
        inside = any(
            h.first <= i < h.last > h.first + 1 for h in self._words.hits.get("stand-in", ())
        )
        compound = self.tags[-1:] == [NOUN] and not self._is_plural(i - 1)
        return inside or compound or not self._takes_object(i)

    def _goes_on(self, i: int) -> bool:
        """Behind token i stands what can follow a finite verb."""
        tag, noun = self._closed_at(i + 1), self._at(i, "nouns_too")
        if i in self._long or tag in (DET, PRON, TO) or (not noun and tag not in (AUX, POSS)):
            return True
        if tag is None or tag == NOUN:
            return not self._finite_form(i + 1) or self._closed_at(i + 2) in (None, NOUN, DET)
        if tag in (AUX, POSS):
            return False
        return not noun or (tag == PREP and self._closed_at(i - 1) == ADV)

    def _finite_form(self, i: int) -> bool:
        forms = self._forms.get(i, frozenset())
        return not forms.isdisjoint(("s", "ed")) and not self._words.has_capital(i)

    def _asks(self, before: int) -> bool:
        """'Did the bank launch': the auxiliary stands before the subject."""
        for j in range(before, max(before - 6, -1), -1):
            if self.tags[j] == AUX:
                return self._at(j, "do", "modals", "possible") and (
                    j == 0 or self.tags[j - 1] in (SUB, COMMA, CONJ, MARK)
                )
            if self.tags[j] not in (NOUN, DET, PRON, POSS):
                return False
        return False

    def _is_plural(self, i: int) -> bool:
        word = self._words.word(i)
        ends = word.endswith("s") and not word.endswith(("ss", "us", "is", "ics"))
        name = self._words.has_capital(i) and i not in self._nouns
        return self._at(i, "plurals") or (ends and not name)

    def _has_plural_subject(self, before: int) -> bool:
        """The clause has a plural subject and no finite verb yet."""
        plural = False
        for j in range(before, max(before - _REACH, -1), -1):
            tag = self.tags[j]
            if tag in (AUX, SUB, MARK) or (tag == VERB and self.forms[j] != "ing"):
                break
            if tag == COMMA and j < before and (not plural or self.tags[j + 1] == CONJ):
                break
            joins = tag == CONJ and self._words.low[j] == "and" and self.tags[j - 1] == NOUN
            plural |= joins and j == self._phrase_before(before)
            if tag in (NOUN, PRON) and self._is_last_of_phrase(j, before):
                plural = self._is_plural(j) or (plural and self._is_coordinated_to(j))
            elif tag == DET and j == before:
                plural = self._at(j, "plurals")
        return plural

    def _phrase_before(self, before: int) -> int:
        """The token before the nouns that end at a token: the 'and' of 'Binance and Huobi'."""
        while before >= 0 and self.tags[before] in (NOUN, DET):
            before -= 1
        return before

    def _is_last_of_phrase(self, j: int, before: int) -> bool:
        return j == before or self.tags[j + 1] not in (NOUN, POSS)

    def _is_coordinated_to(self, j: int) -> bool:
        return self.tags[j + 1] in (CONJ, COMMA)

    def _verbs_before(self, before: int) -> set[str]:
        """The forms of the verbs before a token; behind 'will' and its like a base form is due."""
        found = set()
        for j in range(before, max(before - _REACH, -1), -1):
            if self.tags[j] == VERB:
                found.add(self.forms[j])
            elif self.tags[j] == AUX:
                found |= {"base", AUX} if self._at(j, "modals", "possible") else {"ed", AUX}
            elif self.tags[j] == MARK or self._words.low[j] == ";":
                break
        return found

    def _begins_name(self, i: int) -> bool:
        """Token i opens a name or a term of several words: 'research institutes'."""
        layers = ("actor", "object", "stand-in")
        hits = (hit for layer in layers for hit in self._words.hits.get(layer, ()))
        return any(hit.first == i and hit.last > i + 1 for hit in hits)

    def _verb_ahead(self, i: int) -> bool:
        """A finite verb follows within the clause: what stands before it is no command."""
        for j in range(i, min(i + _AHEAD, self._words.size)):
            tag = self._closed[j]
            if tag in (SUB, COMMA, CONJ, TO, MARK):
                return False
            if tag == AUX:
                return True
            if tag is None and self._could_be_finite(j) and (j > i or self._closed_at(j + 1)):
                return True
        return False

    def _could_be_finite(self, j: int) -> bool:
        """Token j has the form of a finite verb, and no sign of being a noun."""
        if self._closed[j - 1] in (PREP, DET, POSS):
            return False
        noun = self._at(j, "nouns_too")
        finite = self._finite_form(j) and not noun
        return finite or ("base" in self._forms.get(j, ()) and noun and self._takes_object(j))

    def _settle_clauses(self) -> None:
        """'After', 'as' and their like open a clause only where a verb follows."""
        for i, tag in enumerate(self.tags):
            if tag in (SUB, PREP) and self._at(i, "either"):
                self.tags[i] = SUB if self._clause_follows(i + 1) else PREP
            elif tag == SUB and self._words.low[i] == "that" and not self._clause_follows(i + 1):
                self.tags[i] = self._pointing(i)

    def _pointing(self, i: int) -> str:
        """'Lifted that ban', 'forbade that.': 'that' with no clause behind it."""
        behind = self.tags[i + 1] if i + 1 < self._words.size else MARK
        return {NOUN: DET, MARK: PRON, COMMA: PRON}.get(behind, SUB)

    def _clause_follows(self, i: int) -> bool:
        for j in range(i, min(i + _AHEAD, self._words.size)):
            tag = self.tags[j]
            if tag == AUX or (tag == VERB and j > i and self.forms[j] != "ing"):
                return True
            if tag in (COMMA, SUB, MARK, TO) or (tag == VERB and j == i):
                return False
        return False
