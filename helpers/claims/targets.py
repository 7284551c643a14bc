"""What an act is done to: the objects that stand where its form and voice have them."""

from collections.abc import Callable
from typing import NamedTuple

from helpers.claims.context import Context
from helpers.codebook import Object, load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Parse

# Tokens between a weak or strong act and its object, at most. Strong acts reach into lists.
_NEAR, _FAR = 7, 22


class Target(NamedTuple):
    """An object of an act, at tokens `first` to `last` (excluded)."""

    object: Object
    first: int
    last: int


_Side = Callable[[Parse, Act, list[Hit]], list[Hit]]


def targets(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """The objects of an act in its sentence, or the one that it carries over from before."""
    usable = [hit for hit in sentence.objects if _usable(sentence, hit, act, context)]
    for side in _sides(sentence, act):
        if found := side(sentence, act, usable):
            return [Target(hit.entry, hit.first, hit.last) for hit in found]
    if act.voice == "nominal":
        return _carried_by_noun(sentence, act, context)
    return _carried_by_verb(sentence, act, context)


def _sides(sentence: Parse, act: Act) -> tuple[_Side, ...]:
    """Where an act has its object, first the likelier side."""
    if act.form == "adjective":
        return (_before,)
    if act.form in ("noun", "attitude"):
        reaches = sentence.at(act.last, "prepositions", "planned")
        reaches |= sentence.at(act.last - 1, "prepositions")
        return (_compound, _behind) if reaches else (_compound,)
    if act.voice == "active":
        if sentence.modality(act.first, act.form).ordered:
            return (_behind, _before)
        if not act.entry.middle:
            return (_behind,)
        ends = act.last >= sentence.size
        ends |= sentence.at(act.last, "prepositions", "barriers", "ends")
        return (_as_subject, _behind) if ends else (_behind, _as_subject)
    opens = act.voice == "reduced" and act.first == 0
    return (_behind,) if act.voice == "attributive" or opens else (_before, _behind)


# --- which objects an act can mean --------------------------------------------------------------


def _usable(sentence: Parse, hit: Hit, act: Act, context: Context) -> bool:
    """An object that the act can mean: not set aside, not of another act, not a vague word."""
    if sentence.at(hit.first - 1, "aside") or _of_restriction(sentence, hit, act):
        return False
    if act.entry.through and not _through(sentence, act, hit):
        return False
    things = act.entry.act.things
    if things and things.isdisjoint(sentence.low[hit.first : hit.last + 1]):
        return False
    return not hit.entry.weak or _is_meant(sentence, hit, act, context)


def _is_meant(sentence: Parse, hit: Hit, act: Act, context: Context) -> bool:
    """A weak name means its object only where the sentence, or the text, speaks of that object."""
    if hit.entry.name == "blockchain" and not sentence.at(hit.first - 1, "carried_determiners"):
        return False
    strong = [other.entry for other in sentence.objects if not other.entry.weak]
    if strong:
        return any(other.name == hit.entry.name and not other.vague for other in strong)
    if hit.entry.name == "cryptocurrency":
        return act.stance != "promote" and "cryptocurrency" in context.seen
    return hit.entry.name in context.objects


def _of_restriction(sentence: Parse, hit: Hit, act: Act) -> bool:
    """'Bypass the crypto ban' and 'study the ban on crypto' do nothing to crypto but by the ban."""
    if act.stance != "promote" or act.entry.through:
        return False
    return any(
        other.stance == "restrict"
        and other.voice == "nominal"
        and other.first >= act.last
        and (other.first - 1 <= hit.last <= other.first or 0 <= hit.first - other.last <= 3)
        for other in sentence.acts
    )


def _through(sentence: Parse, act: Act, hit: Hit) -> bool:
    """The noun of a restriction stands between the verb and the object, or right behind it."""
    between = (*range(act.last, hit.first), hit.last, hit.last + 1)
    return any(sentence.at(i, "carried_acts") for i in between)


# --- where the object stands --------------------------------------------------------------------


def _behind(sentence: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The first object behind an act within its clause, and those coordinated with it."""
    reach = _NEAR if act.entry.weak else _FAR
    found: list[Hit] = []
    for hit in usable:
        if hit.first < act.last:
            continue
        if not found:
            if hit.first - act.last > reach or _cut(sentence, act, hit):
                break
        elif not _coordinated(sentence, found[-1].last, hit.first):
            break
        found.append(hit)
    return found


def _cut(sentence: Parse, act: Act, hit: Hit) -> bool:
    """A clause, a finite verb or a notice between act and object ends the reach of the act."""
    for i in range(act.last, hit.first):
        inside = i > act.last
        passes = inside and sentence.word(i) in ("that", "which", "as", ":")
        if i in sentence.barriers and not passes:
            return True
        if inside and sentence.at(i, "be", "have", "do", "modals"):
            return True
        publishes = act.stance == "promote" and not act.entry.through and i < act.last + 4
        if publishes and sentence.at(i, "notices"):
            return True
    return False


def _coordinated(sentence: Parse, last: int, first: int) -> bool:
    """Two objects in one list: a comma or a conjunction between them, and no verb."""
    gap = range(last, first)
    joined = any(sentence.word(i) in ("and", ",", "or", "&") for i in gap)
    verbs = {act.first for act in sentence.acts if act.voice != "nominal"}
    return joined and len(gap) <= 4 and not verbs.intersection(gap)


def _before(sentence: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The last object before an act within its clause, and those coordinated with it."""
    lower = sentence.clause(act.first)[0]
    found: list[Hit] = []
    for hit in reversed(usable):
        if hit.last > act.first:
            continue
        if not found:
            if hit.first < lower:
                break
        elif not _coordinated(sentence, hit.last, found[-1].first):
            break
        found.append(hit)
    return found


def _as_subject(sentence: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The object as subject of an active verb: 'the exchange closed', not 'bitcoin closed'."""
    fitting = act.entry.act.subjects
    names = {(actor.first, actor.last) for actor in sentence.actors if actor.entry.type == "actor"}
    return [
        hit
        for hit in _before(sentence, act, usable)
        if not fitting
        or not fitting.isdisjoint(sentence.low[hit.first : hit.last + 1])
        or (hit.first, hit.last) in names
    ]


def _compound(sentence: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The object that stands before a noun as a part of it: 'crypto ban'."""
    if sentence.word(act.last) in ("on", "of", "against"):
        return []
    return [hit for hit in usable if hit.first < act.first and 0 <= act.first - hit.last <= 1][-1:]


# --- what is carried over -----------------------------------------------------------------------


def _earlier(sentence: Parse, act: Act, context: Context) -> list[str]:
    """The objects named before an act, the last one first."""
    before = [hit.entry.name for hit in sentence.objects if hit.last <= act.first]
    return [*context.objects, *before][::-1]


def _carried_by_noun(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """'The ban' and 'Beijing's strict policies' restrict what the text spoke of."""
    before = act.first - 1
    known = sentence.at(before, "carried_determiners", "prepositions")
    known |= sentence.word(before) == "'s"
    if act.stance != "restrict" or not known or not sentence.at(act.last - 1, "carried_acts"):
        return []
    behind = [hit.entry.name for hit in sentence.objects if hit.first >= act.last]
    names = [*_earlier(sentence, act, context), *behind]
    fitting = [name for name in names if name in act.entry.act.objects]
    return [Target(Object(name), act.first, act.last) for name in fitting[:1]]


def _carried_by_verb(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """'This platform', 'such activities' and 'it', where the object of the verb would stand."""
    names, carried = _earlier(sentence, act, context), load_codebook().carried
    opens = act.voice == "reduced" and act.first == 0
    for i in _place_of_object(sentence, act, opens):
        if not opens and (i in sentence.barriers or sentence.at(i, "be", "have", "modals")):
            break
        determined = any(sentence.at(i - k, "carried_determiners") for k in (1, 2))
        pronoun = sentence.word(i) in ("it", "them") and not act.entry.weak
        for name in names:
            if pronoun or (determined and sentence.word(i) in carried.get(name, ())):
                return [Target(Object(name), i, i + 1)]
    return []


def _place_of_object(sentence: Parse, act: Act, opens: bool) -> range:
    if opens:
        return range(act.last, sentence.size)
    if act.voice in ("passive", "reduced"):
        return range(sentence.clause(act.first)[0], act.first)
    return range(act.last, min(act.last + 5, sentence.size))
