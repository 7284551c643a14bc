"""What the sentences before have said: what pronouns, 'the ban' and 'the city' stand for."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from helpers.codebook import load_codebook
from helpers.codebook.entries import FOREIGN, Entity, Object
from helpers.codebook.lexicon import Hit
from helpers.grammar import Parse
from helpers.grammar.tags import NOUN, POSS, PREP

STATE = ("central", "local", "hong_kong")

# Nouns that stand for the state that was named last, whichever its level.
_ANAPHORIC = frozenset(
    """government city territory authority official regulator province municipality watchdog
    spokesman spokeswoman spokesperson police""".split()
)
_MAINLAND = ("province", "municipality")  # of which Hong Kong is none
_OF = ("in", "from", "of", "at", "for")
_OTHERS = ("other", "many", "foreign", "some", "several")
# Of a body of the state, these are the state's own.
_ORGANS = ("newspaper", "research institute", "institute", "academy", "laboratory", "unit", "arm")
_ABROAD = ("country", "nation", "government", "regulator", "authority")
# Of which a state has one.
_SINGLE = ("country", "nation", "government", "central bank", "president", "central banker")
_NEAR = 5  # tokens between a noun and the place that it is of, at most


class Actor(NamedTuple):
    """Who acts, at tokens `first` to `last` (excluded); a pronoun has the name it stands for."""

    name: str
    level: str | None
    first: int
    last: int
    entity: Entity


@dataclass(slots=True)
class Context:
    """The memory of one source, sentence by sentence. Objects and levels are the codebook's."""

    denies_coins: bool = False  # the text says that its digital assets are no coins
    objects: list[str] = field(default_factory=list)  # of the last sentence that had any
    just_said: list[str] = field(default_factory=list)  # of the sentence before
    seen: set[str] = field(default_factory=set)  # of the whole text so far
    actor: tuple[str, str | None] | None = None  # name and level of the last who acted
    restrained: dict[str, str] = field(default_factory=dict)  # objects: who restricted them last
    state: str | None = None  # level of the last state that was named
    heads: dict[str, str] = field(default_factory=dict)  # words of names: level of who has them
    did: list[tuple] = field(
        default_factory=list
    )  # the last verb that was an act, and its objects: 'done so'
    launcher: str | None = None  # level of the first state: what the text is about is its doing

    def remember(self, sentence: Parse) -> None:
        """Take in what a sentence has named, after it was coded."""
        self.just_said = list(names_of(sentence))
        self.objects = self.just_said or self.objects
        self.seen.update(self.just_said)
        named = sentence.hits.get("actor", ())
        if not any(_is_somebody(hit.entry) for hit in named):
            return
        people = [hit for hit in sentence.actors if _is_somebody(hit.entry)]
        if people:
            # 'It' is none of the 'central banks' that a sentence begins with.
            first = next((hit for hit in people if not _is_of_many(sentence, hit)), people[0])
            self.actor = _written(sentence, first), self.level(sentence, first)
            self.heads |= _heads(sentence, people, self)
        levels = [self.level(sentence, hit) for hit in people if _is_named(sentence, hit)]
        states = [level for level in levels if level in STATE]
        self.state = states[-1] if states else self.state
        self.launcher = self.launcher or (states[0] if states else None)

    def actor_of(self, sentence: Parse, hit: Hit) -> Actor:
        """Who a hit names, a pronoun resolved to whom it stands for."""
        name, level = _written(sentence, hit), self.level(sentence, hit)
        if hit.entry.type == "pronoun":
            before = self._antecedent(sentence, hit)
            name = _written(sentence, before) if before else self.actor[0] if self.actor else name
        return Actor(name, level, hit.first, hit.last, hit.entry)

    def _antecedent(self, sentence: Parse, pronoun: Hit) -> Hit | None:
        """Whom a pronoun stands for, where the sentence itself says so."""
        single = sentence.word(pronoun.first) == "it"
        found = []
        for actor in sentence.actors:
            if actor.last > pronoun.first:
                break
            phrase = sentence.phrase_of(actor.first)
            if phrase and actor != sentence.actor_in(phrase):
                continue  # 'Zhengzhou' in 'Zhengzhou Commodity Exchange'
            many = not actor.entry.named and sentence.word(actor.last - 1).endswith("s")
            if _is_somebody(actor.entry) and not (single and many):
                found.append(actor)
        # Who acts before who is only spoken of: 'on its website the bank said that it'.
        free = (a for a in found if not _is_governed(sentence, a))
        return next(free, None if self.actor else found[0] if found else None)

    def level(self, sentence: Parse, hit: Hit) -> str | None:
        """The level of an actor, or 'foreign' for one whose acts are not coded."""
        entity = hit.entry
        if entity.type == "pronoun":
            before = self._antecedent(sentence, hit)
            return self.level(sentence, before) if before else self.actor and self.actor[1]
        if entity.type == "speaker":
            if entity.entity not in ("we", "us"):
                return None
            if speaker := _speaker(sentence):
                return self.level(sentence, speaker)
            return "industry" if self.actor and self.actor[1] == "industry" else None
        if entity.named:
            return entity.level if entity.type != "system" or entity.level else self.launcher
        if entity.level == "industry" and _is_from_abroad(sentence, hit):
            return FOREIGN
        others = sentence.word(hit.first - 1) in _OTHERS and entity.entity in _ABROAD
        if others or _is_of_many(sentence, hit):
            return FOREIGN
        if near := self._qualifier(sentence, hit):
            narrower = near == "central" and entity.level == "local"
            court = near == "local" and _is_named_court(sentence, hit)
            return entity.level if narrower or court else near
        if owner := _state_body(sentence, hit):
            return self.level(sentence, owner)
        pointed = sentence.word(sentence.begins(hit.first)) in ("the", "this", "that")
        if pointed and sentence.word(hit.last - 1) == entity.entity in self.heads:
            return self.heads[entity.entity]
        states = (
            other.entry.level
            for other in reversed(sentence.actors)
            if other.last <= hit.first and other.entry.named and other.entry.level in STATE
        )
        state = next(states, self.state)
        if entity.entity == "law":
            return "hong_kong" if state == "hong_kong" else "central"
        if entity.type in ("system", "document"):
            first, second = self.launcher, state
            return (first or second) if entity.type == "system" else (second or first)
        if entity.level in ("central", "local") and state and entity.entity in _ANAPHORIC:
            mainland = state == "hong_kong" and entity.entity in _MAINLAND
            return entity.level if mainland else state
        return entity.level

    def is_abroad(self, sentence: Parse) -> bool:
        """The sentence names another country, and no state or place whose acts are coded."""
        levels = {hit.entry.level for hit in sentence.actors if hit.entry.named}
        levels |= {hit.entry.level for hit in sentence.actors if hit.entry.level == FOREIGN}
        return FOREIGN in levels and levels.isdisjoint(STATE)

    def _qualifier(self, sentence: Parse, hit: Hit) -> str | None:
        """The level of the place or body that a noun is said to be of: 'Sichuan authorities'."""
        if hit.entry.level in ("industry", "public", FOREIGN):
            return None
        owned, found = sentence.word(sentence.begins(hit.first) - 1) == "'s", []
        for other in sentence.actors:
            if owned and other.last == sentence.begins(hit.first) - 1 and not other.entry.named:
                return self.level(sentence, other)
            of = sentence.word(hit.last) in _OF and 0 < other.first - hit.last <= _NEAR
            near = _is_one_phrase(sentence, other.last, hit.first)
            foreign = other.entry.level == FOREIGN
            if (_is_named(sentence, other) or foreign) and other.entry.level and (of or near):
                found.append(other.entry.level)
        # Of 'China's Inner Mongolia' the narrower place tells.
        return next((level for level in found if level != "central"), found[0] if found else None)


def _is_of_many(sentence: Parse, hit: Hit) -> bool:
    """'Central banks', 'countries': of what a state has one, several are of the world."""
    plural = sentence.word(hit.last - 1).endswith("s")
    return plural and hit.entry.entity in _SINGLE and sentence.begins(hit.first) == hit.first


def _is_named(sentence: Parse, hit: Hit) -> bool:
    """A name, or 'Tangshan city', 'Kaiping District': a place that no list has."""
    place = hit.entry.level == "local" and hit.entry.type == "noun"
    return hit.entry.named or (place and sentence.has_capital(hit.first - 1))


def _is_named_court(sentence: Parse, hit: Hit) -> bool:
    """'The Hangzhou Internet Court' is the state's, wherever it sits."""
    return hit.entry.entity.endswith("court") and sentence.has_capital(hit.last - 1)


def _heads(sentence: Parse, people: list[Hit], context: Context) -> dict[str, str]:
    """What a later 'the bank' or 'the center' can be short for: the words of a longer name."""
    return {
        word: level
        for hit in people
        if hit.last - hit.first > 1 and (level := context.level(sentence, hit))
        for word in sentence.low[hit.first : hit.last]
    }


def _is_governed(sentence: Parse, hit: Hit) -> bool:
    """'On its website', 'together with the authority': who is only spoken of."""
    before = sentence.begins(hit.first) - 1
    return sentence.tag(before) == PREP or sentence.word(before) == "with"


def _speaker(sentence: Parse) -> Hit | None:
    """Who 'we' are, where the sentence says who speaks: '"We will …", said the governor'."""
    for actor in sentence.actors:
        named = actor.entry.type not in ("speaker", "pronoun", "system", "document", "asset")
        begin = sentence.begins(actor.first)
        said = sentence.at(begin - 1, "saying") or sentence.at(actor.last, "saying")
        if named and said:
            return actor
    return None


def _state_body(sentence: Parse, hit: Hit) -> Hit | None:
    """Whose an institute or a newspaper is: 'the party's newspaper', 'an institute of the bank'."""
    if hit.entry.level != "industry" or hit.entry.entity not in _ORGANS:
        return None
    for other in sentence.actors:
        body = other.entry.level == "central" and other.entry.type != "place"
        owns = sentence.tag(other.last) == POSS and other.last + 1 == sentence.begins(hit.first)
        of = sentence.word(hit.last) == "of" and sentence.begins(other.first) == hit.last + 1
        if body and (owns or of):
            return other
    return None


def denies_coins(texts: Iterable[str]) -> set[int]:
    """Which sentences, by number, say that the digital assets of their text are no coins."""
    texts = list(texts)
    words = load_codebook().asset_denials
    firsts = "".join(sorted({letter for word in words for letter in (word[0], word[0].upper())}))
    denials = re.compile(f"(?=[{firsts}])(?i:{'|'.join(map(re.escape, words))})")
    ends = list(accumulate(len(text) + 1 for text in texts))
    # No sentence has a line break in it, nor has any denial: so all are searched at once.
    return {bisect_right(ends, found.start()) for found in denials.finditer("\n".join(texts))}


def names_of(sentence: Parse) -> Iterator[str]:
    """The objects that a sentence names, stand-ins aside."""
    return (hit.entry.name for hit in sentence.objects if isinstance(hit.entry, Object))


def _is_from_abroad(sentence: Parse, hit: Hit) -> bool:
    """'An American bank' counts only where the sentence has it act in China."""
    levels = [(other.entry.level, other.last) for other in sentence.actors]
    abroad = any(level == FOREIGN and last == hit.first for level, last in levels)
    return abroad and not any(level in STATE for level, _ in levels)


def _is_one_phrase(sentence: Parse, last: int, first: int) -> bool:
    """Nothing but nouns and a possessive stands between two tokens."""
    return 0 <= first - last <= 3 and all(
        sentence.tag(i) in (NOUN, POSS) for i in range(last, first)
    )


def _written(sentence: Parse, hit: Hit) -> str:
    return sentence.text[slice(*sentence.span(hit.first, hit.last))]


def _is_somebody(entity: Entity) -> bool:
    if entity.type == "system":
        return entity.named and entity.level is not None  # 'Alipay'
    return entity.type not in ("pronoun", "speaker", "document", "asset")
