"""How a verb is meant: what its auxiliaries and what governs it make of it."""

from typing import NamedTuple

from helpers.grammar.clauses import Clauses
from helpers.grammar.lazy import lazy
from helpers.grammar.tags import ADV, AUX, DET, NOUN, PREP, PRON, TO, VERB

_LOOK_BACK = 12  # tokens between 'to' and what governs it, at most
_REPORT = 8  # tokens between a clause and 'they hope (that)', at most
_NEAR = 3  # tokens between 'begin' and the verb that it begins, at most
_HEARSAY = 4  # tokens between 'reportedly' and what it is said of, at most
_RANKS = ("first", "second", "third", "latest", "last", "only")
_GOVERNORS = ("exceptions", "orders", "planned", "begun", "able", "rumours", "negators")


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
    bound: bool = False
    ended: bool = False
    decided: bool = False
    first: int = 0


_MARKS = (
    "planned",
    "possible",
    "rumoured",
    "negated",
    "able",
    "forbidden",
    "bound",
    "ended",
    "decided",
)


class Meanings(Clauses):
    """A sentence that can say how its verbs are meant."""

    def modality(self, first: int, form: str = "base") -> Modality:
        """How the verb at token `first` is meant, by its auxiliaries and what governs it."""
        known = self._modalities.get((first, form))
        if known is None:
            known = self._modalities[first, form] = self._modality(first, form)
        return known

    @lazy
    def _modalities(self) -> dict[tuple[int, str], Modality]:
        return {}

    def _modality(self, first: int, form: str) -> Modality:
        i, marks = first - 1, dict.fromkeys(_MARKS, False)
        while self._modifies_verb(i):
            marks["planned"] |= self.at(i, "modals")
            marks["possible"] |= self.at(i, "possible")
            marks["rumoured"] |= self.at(i, "rumours")
            marks["negated"] ^= self.at(i, "negators")
            marks["bound"] |= self.at(i, "bound")
            marks["ended"] |= self.word(i) == "no" and self.word(i + 1) == "longer"
            binds = self.at(i, "binding") and not self._is_unable(i, form)
            marks["forbidden"] |= binds and self._is_negated(i)
            i -= 1
        progressive = any(self.at(j, "be") for j in range(i + 1, first))
        perfect = any(self.at(j, "have") for j in range(i + 1, first))
        if self.tag(i) == TO and self._is_told_by_rank(i):
            return self._reported(Modality(**marks, first=i))
        if self.tag(i) == TO and (form == "base" or progressive or perfect):
            return self._governed(i - 1, marks, purpose=True)
        if self.tag(i) == VERB and self.at(i, "planned") and i == first - 1:
            return self.under(i, "planned", marks)  # headings leave out the 'to'
        if form == "ing" and not progressive and self._can_govern(i, first):
            return self._governed(i, marks, purpose=False)
        return self._reported(Modality(**marks, first=i + 1))

    def _is_told_by_rank(self, to: int) -> bool:
        """'Became the first bank to use X': it does."""
        phrase = self.phrase_of(to - 1)
        ranked = phrase is not None and not self.is_time(phrase)
        ranks = range(phrase.begin, phrase.last) if ranked else ()
        return any(self.word(i) in _RANKS for i in ranks)

    def _modifies_verb(self, i: int) -> bool:
        if self.tag(i) in (ADV, AUX):
            return True
        return self.at(i, "negators", "rumours") and self.tag(i) not in (NOUN, VERB, PREP, PRON)

    def _is_unable(self, i: int, form: str) -> bool:
        """'Cannot be sold' says what a thing is not fit for; 'cannot sell' binds."""
        return form == "ed" and self.word(i) in ("cannot", "can't", "can")

    def _is_negated(self, i: int) -> bool:
        """'Shall not', 'cannot', and 'no bank may'."""
        if self.at(i, "negators") or self.at(i + 1, "negators"):
            return True
        found = self.subject(i)
        return found is not None and self.at(found.phrase.begin, "negators")

    def _can_govern(self, i: int, gerund: int) -> bool:
        """A gerund is governed by what it follows at once, or across a preposition."""
        near = self.gerund_subject(gerund)
        if self.at(i, *_GOVERNORS) or self.word(i) == "to":
            return True
        return self.tag((near.begin if near else gerund) - 1) == PREP

    def _governed(self, i: int, marks: dict[str, bool], purpose: bool) -> Modality:
        """What the governor of an infinitive or gerund adds to it."""
        lower = self.clause(i)[0]
        for g in range(i, max(i - _LOOK_BACK, lower - 1), -1):
            kind = self._governs_as(g)
            if kind == "begun" and i - g > (_NEAR if self.tag(g) == VERB else _LOOK_BACK):
                kind = None
            if kind == "exceptions":
                break
            if kind == "negators" and self.tag(g) == ADV:
                marks = {**marks, "negated": not marks["negated"]}  # 'told them not to'
                continue
            if kind:
                return self.under(g, kind, marks)
            if self.tag(g) == VERB:
                above = self.modality(g, self.forms[g])
                marks = {key: marks[key] or getattr(above, key) for key in marks}
                break
            if self.tag(g) == AUX and g == i:
                marks["planned"] = True  # 'are to launch'
        if purpose and self._announces(i):
            marks["planned"] = True
            purpose = False
        return Modality(**marks, purpose=purpose, first=i + 1)

    def _governs_as(self, i: int) -> str | None:
        """The kind of governor that token i is; 'forces' give orders only as a verb."""
        kinds = (k for k in _GOVERNORS if self.at(i, k) and (k != "orders" or self.tag(i) == VERB))
        kind = next(kinds, None)
        return "planned" if kind == "begun" and self._is_drafted(i) else kind

    def _is_drafted(self, i: int) -> bool:
        """'Draft rules', 'a proposed law': what they do is not done yet."""
        phrase = self.phrase_of(i) if self.tag(i) == NOUN else None
        return phrase is not None and any(self.at(j, "planned") for j in range(phrase.first, i))

    def under(self, governor: int, kind: str, marks: dict[str, bool]) -> Modality:
        """What the governor at a token, of this kind, adds to the marks of what it governs."""
        above = self.modality(governor)
        marks = {key: marks[key] or getattr(above, key) for key in marks}
        marks["planned"] |= kind == "planned"
        marks["rumoured"] |= kind == "rumours" or self.is_mere_talk(governor)
        marks["able"] |= kind == "able"
        marks["decided"] |= self.at(governor, "decided")
        marks["negated"] ^= kind == "negators" or self._is_denied_noun(governor)
        ordered = kind == "orders" or above.ordered
        return Modality(**marks, ordered=ordered, first=above.first)

    def _is_denied_noun(self, i: int) -> bool:
        """'No statement on', 'no plans for'."""
        begin = self.begins(i)
        return self.tag(i) == NOUN and begin < i and self.at(begin, "negators")

    def _announces(self, i: int) -> bool:
        """'Alibaba to ban …': a heading in which nothing else is a verb."""
        lower = self.clause(i)[0]
        return self.tag(i) == NOUN and not any(
            self.tag(j) in (VERB, AUX) for j in range(lower, i + 1)
        )

    def is_mere_talk(self, i: int) -> bool:
        """'Reportedly considering': what is weighed is a rumour where it is only hearsay."""
        return self.at(i, "weighing") and self._is_hearsay(i)

    def _is_hearsay(self, i: int) -> bool:
        return any(self.at(j, "hearsay") for j in range(max(i - _HEARSAY, 0), i + _HEARSAY + 1))

    @lazy
    def _negates(self) -> bool:
        return any("negators" in cues for cues in self.cues)

    def _is_of_nobody(self, verb: int) -> bool:
        """'No law forbids', 'nobody has lifted'."""
        if not self._negates:
            return False  # so that most verbs are not asked for their subject
        found = self.subject(verb) if self.tag(verb) in (VERB, AUX) else None
        if found is None or self.tag(found.phrase.begin) not in (DET, PRON):
            return False
        return self.at(found.phrase.begin, "negators") or self.word(found.phrase.begin) == "few"

    def _reported(self, modality: Modality) -> Modality:
        """What stands before the verb: 'they hope (that) …', 'that does not mean …', 'no law'."""
        before = range(max(modality.first - _REPORT, 0), modality.first)
        if modality.possible and self._is_hearsay(modality.first):
            modality = modality._replace(rumoured=True)
        if not modality.forbidden and self._is_of_nobody(modality.first):
            modality = modality._replace(negated=not modality.negated)
        if any(self.at(i, "denials") for i in before):
            modality = modality._replace(negated=not modality.negated)
        if modality.possible and any(self.at(i, "planned") for i in before):
            modality = modality._replace(possible=False, planned=True)
        return modality
