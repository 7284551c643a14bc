"""The claims of one sentence, from its acts."""

from collections.abc import Iterable
from typing import NamedTuple

from helpers.claims.actors import (
    Deed,
    actor,
    default_level,
    is_bidden,
    is_done_by_somebody,
    level_of_unnamed,
    orderer,
)
from helpers.claims.context import STATE, Actor, Context
from helpers.claims.meaning import meaning, stance_and_status
from helpers.claims.reach import Target
from helpers.claims.targets import targets
from helpers.codebook.entries import Object
from helpers.codebook.lexicon import kind_of
from helpers.grammar import Act, Modality, Parse
from helpers.grammar.tags import PREP

_ACTS = ("verb", "noun", "adjective", "prefix", "attitude")  # layers of the lexicon with acts
_CARRYING = frozenset("it them they its their".split())  # can stand for an object named before
_DOING = {"do": "base", "does": "s", "did": "ed", "done": "ed", "doing": "ing"}  # … so
_SCOPE = 9  # tokens between a restriction and what is restricted by it, at most


class Claim(NamedTuple):
    """A claim in its sentence, at tokens `first` to `last` (excluded)."""

    stance: str
    object: str
    level: str
    status: str
    first: int
    last: int
    act: Act
    actor: Actor | None
    is_aim: bool  # only the purpose of something else: 'a centre to promote …'


class Reading(NamedTuple):
    """What was made of one act of a sentence: its claims, or `why` it makes none."""

    act: Act
    objects: list[Target]
    claims: list[Claim]
    modality: Modality | None = None
    why: str = ""


def code(sentence: Parse, context: Context) -> list[Claim]:
    """The claims of a sentence, one for each stance, object, level and status."""
    if not _can_claim(sentence, context):
        return []
    kept = distinct(claim for read in readings(sentence, context) for claim in read.claims)
    for claim in kept:
        if claim.stance == "restrict":
            context.restrained[claim.object] = claim.level
    return kept


def _can_claim(sentence: Parse, context: Context) -> bool:
    """The words alone allow a claim: an act, and an object or what can carry one over.

    Most sentences do not, and are never tagged.
    """
    if context.did and "so" in sentence.low:
        return True
    kinds = set(map(kind_of, sentence.hits))
    if kinds.isdisjoint(_ACTS):
        return False
    if any(hits[0].entry.act.of for layer, hits in sentence.hits.items() if layer[:5] == "verb "):
        return True  # an act that names its object itself
    if "object" in kinds or "stand-in" in kinds or "-" in sentence.text:
        return bool(sentence.objects or context.objects)
    if not context.objects:
        return False
    carries = "attitude" in kinds or not _CARRYING.isdisjoint(sentence.low)
    return carries or any("carried_acts" in cues for cues in sentence.cues)


def readings(sentence: Parse, context: Context) -> list[Reading]:
    """What is made of each act of a sentence, in order."""
    end = _asserted(sentence)
    reached = [(act, targets(sentence, act, context)) for act in sentence.acts]
    reached += _done_so(sentence, reached, context)
    context.did = _last_told(reached) or context.did
    limits = [(act, objects) for act, objects in reached if _restrains(act, objects)]
    found = []
    for act, objects in reached:
        why = _set_aside(sentence, act, objects, _limiting(act, objects, limits), end)
        if why:
            found.append(Reading(act, objects, [], why=why))
        else:
            found.append(_claims_of(sentence, act, objects, context))
    return found


def _restrains(act: Act, objects: list[Target]) -> bool:
    """'Required to develop blockchain': an act that cannot have an object does not forbid it."""
    possible = any(target.object.name in act.entry.act.objects for target in objects)
    return possible and act.stance != "promote"


def _last_told(reached: list[tuple]) -> list[tuple]:
    """The last verb that has an object, in each family that it may be of."""
    verbs = [(act, objects) for act, objects in reached if objects and act.voice != "nominal"]
    return [told for told in verbs if told[0].first == verbs[-1][0].first]


def _done_so(sentence: Parse, reached: list[tuple], context: Context) -> list[tuple]:
    """'They did so in May': the act and the object that were told last, once more."""
    found = []
    for i, word in enumerate(sentence.low):
        form = _DOING.get(word) if sentence.word(i + 1) == "so" else None
        if not form:
            continue
        for act, objects in _last_told([r for r in reached if r[0].first < i]) or context.did:
            again = Act(i, i + 2, form, "active", act.entry)
            found.append((again, [Target(objects[0].object, i, i + 2)]))
    return found


def _limiting(act: Act, objects: list[Target], limits: list[tuple]) -> list[Act]:
    """The restrictions that can reach an act: not those of another object that stands before it.

    'Banned coins to promote the digital yuan' forbids the coins alone.
    """
    names = {target.object.name for target in objects}
    return [
        other
        for other, others in limits
        if any(t.first >= act.first or t.object.name in names for t in others)
    ]


def _set_aside(
    sentence: Parse, act: Act, objects: list[Target], limits: list[Act], end: int
) -> str:
    """Why an act is none of anybody before it is asked whose, or nothing."""
    if not objects:
        return "no object within its reach"
    if act.last > end:
        return "asked, not said"
    if _is_open(sentence, act):
        return "left open whether it takes place"
    return "part of what is forbidden or allowed" if _is_limited(sentence, act, limits) else ""


def _is_open(sentence: Parse, act: Act) -> bool:
    """Nothing is said of an act in a clause with 'whether', nor of one that is set aside."""
    opener = sentence.clause(act.first)[0] - 1
    if act.voice == "nominal" and sentence.possessor(act.first):
        return False  # 'if Beijing scrapped its ban': there is one
    aside = act.voice == "nominal" and sentence.at(sentence.begins(act.first) - 1, "aside")
    told = sentence.word(opener) == "how" and sentence.tag(opener - 1) == PREP  # 'about how it did'
    return aside or (sentence.at(opener, "open_clauses") and not told)


def _asserted(sentence: Parse) -> int:
    """The token up to which a sentence asserts: all of it, or what stands before its question."""
    if not sentence.text.rstrip("\"”’') ").endswith("?"):
        return sentence.size
    asking = [
        i
        for i, word in enumerate(sentence.low)
        if word in (",", ";", ":") and _asks(sentence, i + 1)
    ]
    return asking[-1] if asking else 0


def _asks(sentence: Parse, i: int) -> bool:
    """A question begins at token i."""
    if sentence.word(i) in ("but", "and", "so"):
        i += 1
    return sentence.at(i, "be", "do", "modals", "possible", "asking")


def _is_limited(sentence: Parse, act: Act, limits: list[Act]) -> bool:
    """What is forbidden, stopped or allowed is not itself promoted."""
    if act.stance != "promote" or act.form == "s":
        return False
    for other in limits:
        if not 0 <= act.first - other.last <= _SCOPE:
            continue
        between = range(other.last, act.first)
        if any(i in sentence.barriers or sentence.is_finite(i) for i in between):
            continue
        joined = any(sentence.word(i) in ("and", ",", "but") for i in between)
        if other.entry.act.told:
            if act.voice in ("passive", "nominal"):
                return True  # 'need to be approved'
            continue
        from_it = sentence.word(act.first - 1) == "from"  # 'bar banks and brokers from serving X'
        dependent = act.form in ("noun", "ing", "base") and (from_it or not joined)
        if dependent or sentence.tag(other.last) == PREP:
            return True
    return False


def _claims_of(sentence: Parse, act: Act, objects: list[Target], context: Context) -> Reading:
    modality, who = meaning(sentence, act), actor(sentence, act, objects, context)
    free = act.form == "adjective" and sentence.tag(act.last - 1) != PREP
    if act.stance == "permit" and free:
        who = None  # who is free to act does not permit it; who is lenient on it does
    barred = act.entry.act.told or act.entry.act.family == "ban"
    if barred and act.form == "adjective" and who and who.level not in STATE:
        who = None  # who has to do something, or is barred from it, is told by another
    if act.entry.act.family == "holding":
        who = None  # 'China has … users': of whom the country is no one
    if who and who.entity.type == "document" and act.entry.act.family == "crypto business":
        who = None  # 'the decision to resume trading' is that of an exchange
    doer = who.level if who else None
    if is_bidden(sentence, act, modality, who):
        who = orderer(sentence, act, context)
    level = who.level if who else level_of_unnamed(sentence, act, modality, context)
    if level is None and who and who.entity.type == "speaker" and act.stance == "restrict":
        level = "industry"  # what 'we' close is the writer's own
    if level == "public" and act.form == "adjective" and modality.planned:
        who, level = None, level_of_unnamed(sentence, act, modality, context)  # 'should be wary'
    if act.stance == "restrict" and level == "public":
        return Reading(act, objects, [], modality, "whom it restricts, or what they give up")
    if level is None and context.is_abroad(sentence):
        return Reading(act, objects, [], modality, "told of another country")
    found, why = [], ""
    for target in objects:
        owner = sentence.possessor(target.first)
        owned = context.level(sentence, owner) if owner else None
        name = _name(target.object, act, level or owned, context)
        if level is None and target.first == act.first:
            level = _restrainer(sentence, act, name, context)
        stance, status = stance_and_status(
            act, _of_none(sentence, act, modality, target), level, name
        )
        known = level or default_level(act, stance, name)
        if name not in act.entry.act.objects or (doer or known) not in act.entry.act.who:
            why = f"no act on {name} by {doer or known}"
        elif not is_done_by_somebody(sentence, Deed(act, modality, who, level, target, name)):
            why = "nobody is said to do it"
        else:
            extent = _extent(act, who, target)
            aim = modality.purpose and level != "public"
            found.append(Claim(stance, name, known, status, *extent, act, who, aim))
    return Reading(act, objects, found, modality, "" if found else why)


def _of_none(sentence: Parse, act: Act, modality: Modality, target: Target) -> Modality:
    """'Approved no coin' denies what it says."""
    begin = sentence.begins(target.first)
    none = act.voice == "active" and begin == act.last and sentence.word(begin) == "no"
    return modality._replace(negated=not modality.negated) if none else modality


def _restrainer(sentence: Parse, act: Act, name: str, context: Context) -> str | None:
    """'The ban' is that of which the text spoke; a 'ban' without article may be a state's."""
    level = context.restrained.get(name)
    bare = sentence.begins(act.first) == act.first
    return None if bare and level == "industry" else level


def _name(entity: Object, act: Act, level: str | None, context: Context) -> str:
    """'Digital assets' and 'digital currency' are coins, unless the mainland state promotes them.

    What it bans under one name it does not promote under the other. 'Digital assets' are no coins
    either where the text says so.
    """
    if not entity.vague:
        return entity.name
    by_the_state = level in ("central", "local") or entity.vague in context.objects
    denied = context.denies_coins and entity.vague == "digital_asset"
    return entity.vague if denied or (act.stance == "promote" and by_the_state) else entity.name


def _extent(act: Act, who: Actor | None, target: Target) -> tuple[int, int]:
    """The tokens from the first to the last of act, object and actor, where the actor is near."""
    first, last = min(act.first, target.first), max(act.last, target.last)
    if who and first - 14 <= who.first and who.last <= last + 8:
        first, last = min(first, who.first), max(last, who.last)
    return first, last


def distinct(claims: Iterable[Claim]) -> list[Claim]:
    """The aim of an act that is claimed is no second claim, nor is the noun within its verb."""
    # What is ordered tells more than 'told'.
    found = sorted(claims, key=lambda claim: claim.act.entry.act.told)
    kept: dict[tuple, Claim] = {}
    for claim in found:
        others = [o for o in found if o is not claim and o[:2] == claim[:2] and not o.is_aim]
        if any(_threatens(other, claim) for other in others) or _asks_for(claim, found):
            continue
        if others and (claim.is_aim or any(_within(claim, other) for other in others)):
            continue
        if any(_is_by(other, claim) for other in found if other is not claim):
            continue
        kept.setdefault(claim[:4], claim)
    return list(kept.values())


def _asks_for(order: Claim, found: list[Claim]) -> bool:
    """'Told banks to open accounts for exchanges': what is ordered promotes, not restricts."""
    behind = (o for o in found if o.stance == "promote" and o.object == order.object)
    told = order.act.entry.act.told and order.act.voice != "nominal"
    return told and any(other.act.first > order.act.last for other in behind)


def _threatens(warning: Claim, claim: Claim) -> bool:
    """'Warned exchanges that it would close them': the warning is the act."""
    warns = warning.act.entry.act.family == "warning" and warning.act.voice != "nominal"
    return warns and claim.status == "planned" and claim.act.first > warning.act.last


def _is_by(other: Claim, claim: Claim) -> bool:
    """'The ban targets X': what another act is done by has no object of its own."""
    alone = (claim.first, claim.last) == (claim.act.first, claim.act.last)
    who = other.actor
    return alone and who is not None and who.first < claim.last and claim.first < who.last


def _within(claim: Claim, other: Claim) -> bool:
    nominal = claim.act.voice == "nominal" and other.act.voice != "nominal"
    return nominal and other.first <= claim.act.first < other.last
