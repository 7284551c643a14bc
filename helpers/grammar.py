"""Enough grammar to tell who acts on what, and how it is meant, without a parser.

A `Parse` holds one sentence with the codebook's entries found in it. It answers what the coder asks
of an act: in which clause it stands, who its subject is, and what governs it.
"""

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from helpers.codebook import ActForm, load_codebook
from helpers.codebook.lexicon import Hit, Token, tokens

_QUOTES = frozenset("\"“”‘’'()[]«»")
_LOOK_BACK = 12  # tokens between 'to' and what governs it, at most
_GOVERNORS = ("orders", "planned", "begun", "rumours", "negators")
_AUXILIARIES = ("adverbs", "be", "have", "do", "modals", "possible", "negators", "rumours")


class Act(NamedTuple):
    """A written form of an act, at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    form: str  # base, s, ed, ing, noun, adjective, attitude
    voice: str  # active, passive, reduced ('led by'), attributive ('banned coins'), nominal
    entry: ActForm


class Modality(NamedTuple):
    """How an act is meant; `first` is where its verb group, governors included, begins."""

    planned: bool = False
    possible: bool = False
    rumoured: bool = False
    negated: bool = False
    ordered: bool = False
    purpose: bool = False
    first: int = 0


class Parse:
    """One sentence: tokens, and the codebook's objects, actors, acts and cues in it."""

    def __init__(self, text: str):
        self.text = text
        self.words: list[Token] = tokens(text)
        self.low = [word.lower for word in self.words]
        self.hits = load_codebook().lexicon.scan(text, self.words)
        self.size = len(self.words)
        self._cues: list[set[str]] = [set() for _ in self.words]
        for layer, hits in self.hits.items():
            if layer.startswith(("cue ", "attribution ")):
                kind = layer.partition(" ")[2]
                for hit in hits:
                    for i in range(hit.first, hit.last):
                        self._cues[i].add(kind)

    def at(self, i: int, *kinds: str) -> bool:
        """Token i exists and is a cue of one of these kinds."""
        return 0 <= i < self.size and not self._cues[i].isdisjoint(kinds)

    def word(self, i: int) -> str:
        return self.low[i] if 0 <= i < self.size else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters that tokens `first` to `last` (excluded) take."""
        return self.words[first].start, self.words[last - 1].end

    # --- objects, actors, acts -----------------------------------------------------------------

    @cached_property
    def objects(self) -> list[Hit]:
        """Objects in order; of a compound only its last strong name is left."""
        found: list[Hit] = []
        for hit in self.hits.get("object", ()):
            if not found or found[-1].last != hit.first or "none" in (hit.entry.name, found[-1].entry.name):
                found.append(hit)
                continue
            entry = found[-1].entry if hit.entry.weak else hit.entry
            found[-1] = Hit(found[-1].first, hit.last, entry)
        found = [hit for hit in found if hit.entry.name != "none"]
        return sorted([*found, *self._hyphenated(found)], key=lambda hit: hit.first)

    def _hyphenated(self, found: list[Hit]) -> list[Hit]:
        """'Crypto-anything': a compound that begins or ends with an object."""
        taken = {i for hit in found for i in range(hit.first, hit.last)}
        lexicon, more = load_codebook().lexicon, []
        for i, low in enumerate(self.low):
            if "-" not in low or i in taken or low.startswith("non-"):
                continue
            for part in {low.split("-")[0], low.split("-")[-1]}:
                hits = lexicon.scan(part, tokens(part)).get("object", ())
                more += [Hit(i, i + 1, h.entry) for h in hits if not h.entry.weak and h.entry.name != "none"]
        return more[:1] if len(more) == 2 and more[0].first == more[1].first else more

    @cached_property
    def actors(self) -> list[Hit]:
        """Names and nouns of who could act, in order."""
        return self.hits.get("actor", [])

    @cached_property
    def acts(self) -> list[Act]:
        """Every form of an act, in order; whether verb or noun is told by its place."""
        found = []
        for layer, hits in self.hits.items():
            kind = layer.partition(" ")[0]
            if kind == "attitude":
                found += [act for hit in hits for act in self._attitude(hit)]
            elif kind in ("noun", "adjective"):
                found += [Act(h.first, h.last, kind, "nominal", h.entry) for h in hits if kind == "adjective" or self._is_noun(h)]
            elif kind == "act":
                found += [Act(h.first, h.last, h.entry.form, voice, h.entry) for h in hits if (voice := self._voice(h))]
        return sorted(found, key=lambda act: (act.first, -act.last))

    def _attitude(self, hit: Hit) -> list[Act]:
        """'Stance' is an act only behind a tone of its family, as in 'hostile stance'."""
        tones = self.hits.get(f"tone {hit.entry.act.family}", ())
        found = [tone for tone in tones if hit.first - 5 <= tone.first and tone.last <= hit.first]
        return [Act(found[0].first, hit.last, "attitude", "nominal", hit.entry)] if found else []

    def _is_noun(self, hit: Hit) -> bool:
        """Not what stands where only a verb can, if the word can be a verb at all."""
        if hit.last - hit.first > 1 or self._in_noun_phrase(hit.first) or not self._also_verb(hit):
            return True
        before = hit.first - 1
        if self.word(before) in ("to", "not", "they", "we", "it", "he", "who") or self.at(before, "modals", "possible"):
            return False
        return hit.last == self.size or self.at(hit.last, "nominal_followers")

    def _also_verb(self, hit: Hit) -> bool:
        return any(
            other.first == hit.first
            for layer, hits in self.hits.items()
            if layer.startswith("act ")
            for other in hits
        )

    def _in_noun_phrase(self, i: int) -> bool:
        """Token i stands behind a determiner, a possessive, a preposition or an adjective."""
        before = i - 1
        if self.word(before) in ("", "to", "that", "not", "also", "all", "both"):
            return False
        return self.word(before) == "'s" or self.at(before, "determiners", "prepositions", "adjectives")

    def _voice(self, hit: Hit) -> str | None:
        """The voice of a verb form, or None where the word is a noun."""
        form = hit.entry.form
        if form == "ed":
            return self._participle(hit)
        if form in ("base", "s") and self._in_noun_phrase(hit.first):
            return None
        return "active"

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
            if self.word(before) in ("and", ",", "but", "or", "yet") and self._verb_follows(actor.last):
                found.add(before)
        return sorted(found)

    def _as_joins(self, i: int) -> bool:
        """'As well as', 'such as' and 'as early as' join; 'as' alone opens a clause."""
        near = self.low[max(i - 2, 0) : i + 3]
        return self.low[i] == "as" and ("well" in near or "such" in near or near.count("as") > 1)

    def phrase_start(self, i: int) -> int:
        """The first token of the noun phrase that reaches up to token i."""
        while i > 0 and (self.at(i - 1, "prenominal") or self.low[i - 1] in _QUOTES):
            i -= 1
        return i

    def _verb_follows(self, i: int) -> bool:
        """A finite verb stands behind the phrase that ends before token i, adverbs aside."""
        while i < self.size and (self.at(i, "adverbs") or self.low[i] in _QUOTES):
            i += 1
        if self.at(i, "be", "have", "do", "modals", "possible", "verbs", "planned"):
            return True
        return any(hit.first == i and hit.entry.form in ("s", "ed") for layer, hits in self.hits.items() if layer.startswith("act ") for hit in hits)

    def clause(self, i: int) -> tuple[int, int]:
        """The tokens of the clause in which token i stands, its barriers excluded."""
        after = bisect_right(self.barriers, i)
        before = bisect_left(self.barriers, i)
        first = self.barriers[before - 1] + 1 if before else 0
        last = self.barriers[after] if after < len(self.barriers) else self.size
        return first, last

    # --- how an act is meant -------------------------------------------------------------------

    def modality(self, first: int, form: str) -> Modality:
        """How the verb at token `first` is meant, by its auxiliaries and what governs it."""
        i, marks = first - 1, dict.fromkeys(("planned", "possible", "rumoured", "negated"), False)
        while self.at(i, *_AUXILIARIES) and not self.at(i, "barriers"):
            marks["planned"] |= self.at(i, "modals")
            marks["possible"] |= self.at(i, "possible")
            marks["rumoured"] |= self.at(i, "rumours")
            marks["negated"] ^= self.at(i, "negators")
            i -= 1
        if form == "base" and self.word(i) == "to":
            return self._governed(i - 1, marks, purpose=True)
        if form == "ing" and not any(self.at(j, "be") for j in range(i + 1, first)):
            return self._governed(i, marks, purpose=False)
        return Modality(**marks, first=i + 1)

    def _governed(self, i: int, marks: dict, purpose: bool) -> Modality:
        """What the governor of an infinitive or gerund adds to it."""
        for g in range(i, max(i - _LOOK_BACK, -1), -1):
            if self.low[g] in (";", "which", "who", "while", "although", "but"):
                break
            kind = next((kind for kind in _GOVERNORS if self.at(g, kind)), None)
            if kind is None or (kind == "negators" and not purpose and i - g > 8):
                continue
            above = self.modality(g, "base")
            marks = {key: marks[key] or getattr(above, key) for key in marks}
            marks["planned"] |= kind == "planned"
            marks["rumoured"] |= kind == "rumours"
            marks["negated"] ^= kind == "negators"
            return Modality(**marks, ordered=kind == "orders" or above.ordered, first=above.first)
        return Modality(**marks, purpose=purpose, first=i + 1)

    # --- who acts ------------------------------------------------------------------------------

    def subject(self, first: int) -> Hit | None:
        """The actor that stands as subject before token `first` in its clause."""
        lower, best = self.clause(first)[0], None
        for actor in self.actors:
            if actor.last > first:
                break
            if actor.first >= lower and self._can_be_subject(actor, first):
                best = actor
        return best

    def _can_be_subject(self, actor: Hit, verb: int) -> bool:
        if self.word(actor.last) == "'s" and actor.last + 1 < verb:
            return False
        return not self.at(self.phrase_start(self._chain_head(actor.first)) - 1, "prepositions")

    def _chain_head(self, i: int) -> int:
        """The first of the coordinated names of which the one at token i is a member."""
        ends = {actor.last: actor.first for actor in self.actors}
        while True:
            j = self.phrase_start(i) - 1
            while self.word(j) in ("and", ",", "or", "&"):
                j -= 1
            if j + 1 == self.phrase_start(i) or j + 1 not in ends:
                return i
            i = ends[j + 1]

    def possessor(self, first: int) -> Hit | None:
        """The actor whose possessive stands at most six tokens before token `first`."""
        near = (a for a in self.actors if self.word(a.last) == "'s" and 0 < first - a.last <= 6)
        return max(near, default=None, key=lambda actor: actor.first)

    def agent(self, last: int) -> Hit | None:
        """The actor behind a 'by' that follows token `last`."""
        if self.word(last) != "by":
            return None
        return next((a for a in self.actors if last < a.first <= last + 7), None)
