"""Enough grammar to tell who acts on what, and how it is meant, without a parser.

A `Parse` holds one sentence with the codebook's entries found in it. It answers what the coder asks
of an act: in which clause it stands, who its subject is, and what governs it.
"""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property, lru_cache
from typing import NamedTuple

from helpers.codebook import ActForm, load_codebook
from helpers.codebook.lexicon import Hit, Token, tokens

# 'BEIJING, May 21 (Reuters) - ': where a report was written, not what it is about.
_DATELINE = re.compile(
    r"(?:[A-Z]{2,}[A-Z /,.]*|[A-Z][\w ]+?)(?:,? [A-Z][a-z]{2,8}\.? \d{1,2})?(?:, \d{4})?"
    r" ?(?:\([^)]{2,30}\))? ?[-–—]{1,2} "
)
_LOOK_BACK = 12  # tokens between 'to' and what governs it, at most
_NOUN_PHRASE = 4  # tokens between a noun and its determiner, at most
_GOVERNORS = ("exceptions", "orders", "planned", "begun", "able", "rumours", "negators")
_AUXILIARIES = ("adverbs", "be", "have", "do", "modals", "possible", "negators", "rumours")
_FINITE = ("be", "have", "do", "modals")


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


class Parse:
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

    # --- objects, actors, acts -----------------------------------------------------------------

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
        while self.at(before, "adverbs") and not self.at(before, *_FINITE, "possible", "plural"):
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

    def phrase_start(self, i: int) -> int:
        """The first token of the noun phrase that reaches up to token i."""
        start = i
        while start > 0 and self.at(start - 1, "prenominal", "determiners"):
            start -= 1
        if start < i:
            return start
        for j in range(i - 1, max(i - _NOUN_PHRASE - 1, -1), -1):
            if (
                self.low[j] in (",", ";")
                or j in self._verbs
                or self.at(j, *_FINITE, "prepositions")
            ):
                break
            if self.at(j, "determiners"):
                return j
        return i

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


def _holds(other: Act | Hit, act: Act) -> bool:
    """Another, longer, has all the tokens of this act."""
    longer = other.last - other.first > act.last - act.first
    return longer and other.first <= act.first and act.last <= other.last


# Mentions and claims read the same sentences one after the other.
parse = lru_cache(maxsize=8192)(Parse)
