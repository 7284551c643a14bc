"""What the sentences before have said: what pronouns, 'the ban' and 'the city' stand for."""

from dataclasses import dataclass, field

from helpers.codebook.lexicon import Hit
from helpers.grammar import Parse

STATE = ("central", "local", "hong_kong")

# Nouns that stand for the state that was named last, whichever its level.
_ANAPHORIC = frozenset(
    "government city territory authorities officials official regulators regulator province "
    "municipality watchdog watchdogs".split()
)
_OTHERS = ("other", "many", "foreign", "some", "several")
_ABROAD = ("countries", "nations", "governments", "regulators", "authorities")


@dataclass(slots=True)
class Context:
    """The memory of one source, sentence by sentence. Objects and levels are the codebook's."""

    denies_coins: bool = False  # the text says that its digital assets are no coins
    objects: list[str] = field(default_factory=list)  # of the last sentence that had any
    seen: set[str] = field(default_factory=set)  # of the whole text so far
    actor: str | None = None  # level of the last who acted
    state: str | None = None  # level of the last state that was named
    launcher: str | None = None  # level of the first state: what the text is about is its doing

    def remember(self, sentence: Parse) -> None:
        """Take in what a sentence has named, after it was coded."""
        names = [hit.entry.name for hit in sentence.objects if not hit.entry.weak]
        if names:
            self.objects = names
            self.seen.update(names)
        levels = [(hit.entry, self.level(sentence, hit)) for hit in sentence.actors]
        people = [level for entity, level in levels if _is_somebody(entity)]
        states = [level for entity, level in levels if entity.named and level in STATE]
        self.actor = people[0] if people else self.actor
        self.state = states[-1] if states else self.state
        self.launcher = self.launcher or (states[0] if states else None)

    def level(self, sentence: Parse, hit: Hit) -> str | None:
        """The level of an actor, or 'foreign' for one whose acts are not coded."""
        entity, before = hit.entry, [a for a in sentence.actors if a.last <= hit.first]
        touches = before and before[-1].last >= hit.first - (sentence.word(hit.first - 1) == "'s")
        if touches and before[-1].entry.level == "foreign":
            return "foreign"  # 'American banks', 'Japan's regulator'
        if entity.type == "pronoun":
            people = [actor for actor in before if _is_somebody(actor.entry)]
            return self.level(sentence, people[0]) if people else self.actor
        if entity.named:
            return entity.level if entity.type != "system" or entity.level else self.launcher
        if near := self._qualifier(sentence, hit):
            return "local" if near == "central" and entity.level == "local" else near
        states = [a.entry.level for a in before if a.entry.named and a.entry.level in STATE]
        state = states[-1] if states else self.state
        if entity.type in ("system", "document"):
            first, second = self.launcher, state
            return (first or second) if entity.type == "system" else (second or first)
        if entity.level in ("central", "local") and state and entity.entity in _ANAPHORIC:
            return state
        abroad = sentence.word(hit.first - 1) in _OTHERS and entity.entity in _ABROAD
        return "foreign" if abroad else entity.level

    def _qualifier(self, sentence: Parse, hit: Hit) -> str | None:
        """The level of the place or body that a noun is said to be of: 'Sichuan authorities'."""
        if hit.entry.level in ("industry", "public"):
            return None
        owned, found = sentence.word(hit.first - 1) == "'s", []
        for other in sentence.actors:
            if owned and other.last == hit.first - 1 and not other.entry.named:
                return self.level(sentence, other)
            of = sentence.word(hit.last) in ("of", "in", "from") and 0 < other.first - hit.last <= 5
            if other.entry.named and other.entry.level and (of or 0 <= hit.first - other.last <= 2):
                found.append(other.entry.level)
        # Of 'China's Inner Mongolia' the narrower place tells.
        return next((level for level in found if level != "central"), found[0] if found else None)


def _is_somebody(entity) -> bool:
    return entity.type not in ("pronoun", "system", "document")
