"""Who restricts or promotes what, and how it is meant: the claims of the codebook.

Each act that the codebook lists is looked at where it stands: what it is done to (its object), by
whom (its subject, agent or possessor), and how it is meant (its modality). An act without an object
is no claim; an act that nobody does (an effect, a capability, a definition) is none either.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from helpers.codebook import Object, load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Modality, Parse
from helpers.grammar import parse as parsed
from helpers.tables import CARRYING, table

_STATE = ("central", "local", "hong_kong")
_NEAR, _FAR = 7, 22  # tokens between a weak or strong act and its object, at most


@dataclass(slots=True)
class _Context:
    """What the sentences before have said: what pronouns and 'the ban' stand for."""

    objects: list[str] = field(default_factory=list)  # of the last sentence that had any
    seen: set[str] = field(default_factory=set)  # of the whole text so far
    actor: str | None = None  # level of the last subject
    state: str | None = None  # level of the last state that was named
    launcher: str | None = None  # level of whoever launched what the text is about
    denies_coins: bool = False  # the text says that its digital assets are no coins


class _Target(NamedTuple):
    """An object of an act, at tokens `first` to `last` (excluded)."""

    object: Object
    first: int
    last: int


class _Claim(NamedTuple):
    stance: str
    object: str
    level: str
    status: str
    first: int
    last: int
    act: Act
    actor: Hit | None
    purpose: bool


def claims(sentences: pd.DataFrame, dates: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The claims of every headline, keypoint and body sentence.

    Columns: source, sentence, start, end, exact (the run of the sentence that carries the claim),
    stance, object, level, status, earliest, latest (when the act happened or began, as the sentence
    dates it; missing otherwise), place, actor, attribution, rule (act family, form and verb).
    """
    rows: list[dict] = []
    carrying = sentences[sentences["zone"].isin(CARRYING)]
    for source, group in carrying.groupby("source", sort=False):
        context = _Context(denies_coins=_denies_coins(group["exact"]))
        for number, start, text in zip(group["sentence"], group["start"], group["exact"], strict=True):
            parse = parsed(text)
            for claim in _sentence_claims(parse, context):
                rows.append(_row((source, number), start, parse, claim))
            _remember(parse, context)
    return table("claims", rows)


def _denies_coins(texts: pd.Series) -> bool:
    denials = load_codebook().asset_denials
    return any(denial in text.lower() for text in texts for denial in denials)


# --- the claims of one sentence -----------------------------------------------------------------


def _sentence_claims(parse: Parse, context: _Context) -> list[_Claim]:
    if not parse.objects and not context.objects:
        return []
    end, found = _asserted(parse), []
    for act in parse.acts:
        open_clause = parse.at(parse.clause(act.first)[0] - 1, "open_clauses")
        if act.last <= end and not open_clause and not _under_restriction(parse, act):
            found += _act_claims(parse, act, context)
    return _distinct(found)


def _asserted(parse: Parse) -> int:
    """The token up to which a sentence asserts: all of it, or what stands before its question."""
    if not parse.text.rstrip("\"”’') ").endswith("?"):
        return parse.size
    asking = [
        i
        for i, word in enumerate(parse.low)
        if word in (",", ";", ":") and parse.at(i + 1, "be", "do", "modals", "possible", "asking")
    ]
    return asking[-1] if asking else 0


def _under_restriction(parse: Parse, act: Act) -> bool:
    """What is forbidden, stopped or allowed is not itself promoted."""
    if act.stance != "promote" or act.form == "s":
        return False
    for other in parse.acts:
        if other.stance == "promote" or not 0 <= act.first - other.last <= 9:
            continue
        between = range(other.last, act.first)
        if any(i in parse.barriers or parse.at(i, "be", "have", "modals") for i in between):
            continue
        joined = any(parse.word(i) in ("and", ",", "but") for i in between)
        if act.form in ("noun", "ing", "base") and not joined or parse.at(other.last, "prepositions"):
            return True
    return False


def _act_claims(parse: Parse, act: Act, context: _Context) -> list[_Claim]:
    targets = _targets(parse, act, context)
    if not targets:
        return []
    modality, actor, found = _modality(parse, act), _actor(parse, act, targets), []
    level = _level(parse, actor, context) if actor else _unnamed(parse, act, context)
    if act.stance == "restrict" and level == "public":
        actor = level = None  # the public is what is restricted
    for target in targets:
        name = _object_name(target.object, act, level, context)
        stance, status = _stance_and_status(act, modality, level, name)
        known = level or _default_level(act, stance, name)
        if (
            name in act.entry.act.objects
            and known in act.entry.act.who
            and _is_act(parse, act, modality, actor, level, name)
        ):
            extent = _extent(act, actor, target)
            found.append(_Claim(stance, name, known, status, *extent, act, actor, modality.purpose))
    return found


def _object_name(entity: Object, act: Act, level: str | None, context: _Context) -> str:
    """'Digital assets' and 'digital currency' are coins, unless the mainland state promotes them.

    What it bans under one name it does not promote under the other. 'Digital assets' are no coins
    either where the text says so.
    """
    if not entity.vague:
        return entity.name
    by_the_state = act.stance == "promote" and level in ("central", "local")
    by_the_state |= act.stance == "promote" and entity.vague in context.objects
    denied = context.denies_coins and entity.vague == "digital_asset"
    return entity.vague if denied or by_the_state else entity.name


def _extent(act: Act, actor: Hit | None, target: _Target) -> tuple[int, int]:
    """The tokens from the first to the last of act, object and actor, where the actor is near."""
    first, last = min(act.first, target.first), max(act.last, target.last)
    if actor and first - 14 <= actor.first and actor.last <= last + 8:
        first, last = min(first, actor.first), max(last, actor.last)
    return first, last


def _distinct(found: list[_Claim]) -> list[_Claim]:
    """One claim for each stance, object, level and status; the aim of a claimed act is no second."""
    kept: dict[tuple, _Claim] = {}
    for claim in found:
        others = [c for c in found if c is not claim and c[:2] == claim[:2] and not c.purpose]
        if others and (claim.purpose or any(_within(claim, other) for other in others)):
            continue
        kept.setdefault(claim[:4], claim)
    return list(kept.values())


def _within(claim: _Claim, other: _Claim) -> bool:
    """The noun of an act stands in the span of a verb that is claimed of the same object."""
    nominal = claim.act.voice == "nominal" and other.act.voice != "nominal"
    return nominal and other.first <= claim.act.first < other.last


# --- what an act is done to ---------------------------------------------------------------------


def _targets(parse: Parse, act: Act, context: _Context) -> list[_Target]:
    usable = [hit for hit in parse.objects if _usable(parse, hit, act, context)]
    for side in _sides(parse, act):
        if found := side(parse, act, usable):
            return [_Target(hit.entry, hit.first, hit.last) for hit in found]
    return _carried(parse, act, context)


_Side = Callable[[Parse, Act, list[Hit]], list[Hit]]


def _sides(parse: Parse, act: Act) -> tuple[_Side, ...]:
    """Where an act has its object, first the likelier side."""
    if act.form == "adjective":
        return (_before,)
    if act.form in ("noun", "attitude"):
        reaches = parse.at(act.last, "prepositions", "planned") or parse.at(act.last - 1, "prepositions")
        return (_compound, _behind) if reaches else (_compound,)
    if act.voice == "active" and parse.modality(act.first, act.form).ordered:
        return (_behind, _before)
    if act.voice == "active":
        ends = act.last >= parse.size or parse.at(act.last, "prepositions", "barriers", "ends")
        return ((_before, _behind) if ends else (_behind, _before)) if act.entry.middle else (_behind,)
    if act.voice == "passive":
        return (_before, _behind)
    return (_before, _behind) if act.voice == "reduced" and act.first else (_behind,)


def _usable(parse: Parse, hit: Hit, act: Act, context: _Context) -> bool:
    """An object that the act can mean: not set aside, not of another act, not a vague word."""
    if parse.at(hit.first - 1, "aside") or _of_restriction(parse, hit, act):
        return False
    if act.entry.through and not _through(parse, act, hit):
        return False
    if act.entry.act.things and act.entry.act.things.isdisjoint(parse.low[hit.first : hit.last + 1]):
        return False
    if not hit.entry.weak:
        return True
    strong = {other.entry.name for other in parse.objects if not other.entry.weak}
    if hit.entry.name == "blockchain" and not parse.at(hit.first - 1, "carried_determiners"):
        return False
    if strong:
        return hit.entry.name in strong
    if hit.entry.name == "cryptocurrency":
        return act.stance != "promote" and "cryptocurrency" in context.seen
    return hit.entry.name in context.objects


def _of_restriction(parse: Parse, hit: Hit, act: Act) -> bool:
    """'Bypass the crypto ban' and 'study the ban on crypto' do nothing to crypto but by the ban."""
    if act.stance != "promote" or act.entry.through:
        return False
    return any(
        other.stance == "restrict" and other.voice == "nominal" and other.first >= act.last
        and (other.first - 1 <= hit.last <= other.first or 0 <= hit.first - other.last <= 3)
        for other in parse.acts
    )


def _through(parse: Parse, act: Act, hit: Hit) -> bool:
    """The noun of a restriction stands between the verb and the object, or right behind it."""
    return any(
        parse.at(i, "carried_acts") and parse.word(i) != "policy"
        for i in (*range(act.last, hit.first), hit.last, hit.last + 1)
    )


def _behind(parse: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The first object behind an act within its clause, and those coordinated with it."""
    reach = _NEAR if act.entry.weak else _FAR
    found: list[Hit] = []
    for hit in usable:
        if hit.first < act.last:
            continue
        if not found:
            if hit.first - act.last > reach or _cut(parse, act, hit):
                break
        elif not _coordinated(parse, found[-1].last, hit.first):
            break
        found.append(hit)
    return found


def _compound(parse: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The object that stands before a noun as a part of it: 'crypto ban'."""
    if parse.word(act.last) in ("on", "of", "against"):
        return []
    return [hit for hit in usable if hit.first < act.first and 0 <= act.first - hit.last <= 1][-1:]


def _cut(parse: Parse, act: Act, hit: Hit) -> bool:
    """A clause or a finite verb between act and object ends the reach of the act."""
    for i in range(act.last, hit.first):
        if i in parse.barriers and not (parse.word(i) in ("that", "which", "as", ":") and i > act.last):
            return True
        if parse.at(i, "be", "have", "do", "modals") and i > act.last:
            return True
        if act.stance == "promote" and not act.entry.through and i < act.last + 4 and parse.at(i, "notices"):
            return True
    return False


def _coordinated(parse: Parse, last: int, first: int) -> bool:
    """Two objects in one list: a comma or a conjunction between them, and no verb."""
    gap = range(last, first)
    joined = any(parse.word(i) in ("and", ",", "or", "&") for i in gap)
    verbs = {act.first for act in parse.acts if act.voice != "nominal"}
    return joined and len(gap) <= 4 and not verbs.intersection(gap)


def _before(parse: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The last object before an act within its clause, and those coordinated with it."""
    lower = parse.clause(act.first)[0]
    found: list[Hit] = []
    for hit in reversed(usable):
        if hit.last > act.first:
            continue
        if not found:
            if hit.first < lower:
                break
        elif not _coordinated(parse, hit.last, found[-1].first):
            break
        found.append(hit)
    return found


def _carried(parse: Parse, act: Act, context: _Context) -> list[_Target]:
    """The object that 'the ban', 'these measures', 'the technology' or 'it' stands for."""
    before = [hit.entry.name for hit in parse.objects if hit.last <= act.first]
    names = [*context.objects, *before][::-1]
    if act.voice == "nominal" or act.form == "attitude":
        known = parse.at(act.first - 1, "carried_determiners", "prepositions") or parse.word(act.first - 1) == "'s"
        if act.stance != "restrict" or not (known and parse.at(act.last - 1, "carried_acts")):
            return []
        names += [hit.entry.name for hit in parse.objects if hit.first >= act.last]
        fitting = [name for name in names if name in act.entry.act.objects]
        return [_Target(Object(name), act.first, act.last) for name in fitting[:1]]
    first, last = act.last, min(act.last + 5, parse.size)
    if act.voice == "passive" or act.voice == "reduced" and act.first:
        first, last = parse.clause(act.first)[0], act.first
    elif act.voice == "reduced":
        last = parse.size
    for i in range(first, last):
        if act.voice != "reduced" and (i in parse.barriers or parse.at(i, "be", "have", "modals")):
            break
        determined = any(parse.at(i - k, "carried_determiners") for k in (1, 2))
        for name in names:
            nouns = load_codebook().carried.get(name, ())
            if parse.word(i) in nouns and determined or parse.word(i) in ("it", "them") and not act.entry.weak:
                return [_Target(Object(name), i, i + 1)]
    return []


# --- how it is meant ----------------------------------------------------------------------------


def _modality(parse: Parse, act: Act) -> Modality:
    if act.voice == "nominal":
        modality = _noun_modality(parse, act)
    else:
        modality = parse.modality(act.first, act.form)
        joined = act.form in ("base", "ing") and parse.word(act.first - 1) in ("and", ",", "or")
        if joined and modality.first == act.first and (verb := _verb_before(parse, act)):
            modality = _modality(parse, verb)
    told = range(max(modality.first - 15, 0), modality.first)
    return modality._replace(
        rumoured=modality.rumoured or any(parse.at(i, "rumours") for i in told),
        ordered=modality.ordered or _is_ordered(parse, act),
        planned=modality.planned or act.entry.aims or _is_imperative(parse, act),
    )


def _is_ordered(parse: Parse, act: Act) -> bool:
    """What an order leads to is in force with it: 'ordered to submit plans for winding down'."""
    before = range(parse.clause(act.first)[0], act.first)
    return act.stance == "restrict" and any(parse.at(i, "orders") for i in before)


def _verb_before(parse: Parse, act: Act) -> Act | None:
    """The verb with which this one is coordinated, or of which this noun is an object."""
    forms = {"base": ("base",), "ing": ("ing",)}.get(act.form, ("base", "s", "ed", "ing"))
    verbs = [
        a
        for a in parse.acts
        if a.last <= act.first and a.voice in ("active", "passive") and a.form in forms
    ]
    return verbs[-1] if verbs and act.first - verbs[-1].last < 30 else None


def _noun_modality(parse: Parse, act: Act) -> Modality:
    """Of a noun: that of the verb it is an object of, or of the words before it."""
    lower, marks = parse.clause(act.first)[0], {}
    if any(a.entry.through and 0 <= act.first - a.last <= 6 for a in parse.acts):
        return Modality(first=act.first)  # what is to be lifted is in force
    for i in range(act.first - 1, lower - 1, -1):
        if parse.at(i, "negators") and act.first - i <= 5:
            marks["negated"] = True
        elif parse.at(i, "modals", "possible"):
            return parse.modality(i + 1)
        elif parse.at(i, "be") and parse.word(i - 1) == "to":
            continue
        elif parse.word(i) == "to" and not parse.at(i + 1, "determiners", "prenominal"):
            above = parse.modality(i + 1)
            return above._replace(negated=above.negated ^ marks.get("negated", False))
        elif parse.at(i, "have", "be", "do"):
            break
        elif parse.at(i, "planned") and (act.first - i <= 2 or parse.at(i + 1, "determiners")):
            marks["planned"] = True
    return Modality(**marks, first=act.first)


def _stance_and_status(act: Act, modality: Modality, level: str | None, name: str) -> tuple[str, str]:
    stance, negated = act.stance, modality.negated
    if stance == "permit":
        # What the mainland permits is a restriction denied; elsewhere a permission promotes.
        if name == "cryptocurrency" and level not in ("hong_kong", "industry"):
            stance, negated = "restrict", not negated
        else:
            stance, negated = ("restrict", False) if negated else ("promote", False)
    if modality.forbidden and stance == "promote":
        return "restrict", "done"
    if modality.rumoured or modality.possible and level in _STATE:
        return stance, "rumoured"
    if negated:
        return stance, "denied"
    if stance == "restrict" and (modality.ordered or modality.purpose):
        return stance, "done"
    return stance, "planned" if modality.planned or modality.purpose or modality.ordered else "done"


def _is_act(
    parse: Parse, act: Act, modality: Modality, actor: Hit | None, level: str | None, name: str
) -> bool:
    """Somebody does it: not an effect, a capability, a definition or a mere possibility."""
    if level == "foreign" or modality.able:
        return False
    if act.form == "adjective":
        return _is_predicate(parse, act)
    if act.entry.weak and level is None:
        return False
    if modality.possible and not modality.rumoured and level not in (*_STATE, "public"):
        return modality.forbidden
    if act.stance == "permit" and act.voice == "active" and level is None:
        return False
    if act.stance == "promote" and act.voice == "active" and act.form == "ed" and actor is None:
        return False
    if act.stance != "promote" or act.form == "prefix":
        return True
    if actor and actor.entry.type == "system" and not actor.entry.named and act.voice != "passive":
        return act.entry.middle or any(
            parse.at(i, "planned") for i in range(modality.first, act.first)
        )
    if act.form == "ing" and (act.first == 0 or parse.word(act.first - 1) in ("by", "through", "via", "without")):
        return False
    if level is None and "cryptocurrency" == name and act.entry.act.family in ("building", "launch"):
        return False
    if act.voice == "active" and level is None:
        return act.entry.middle or act.entry.act.level is not None
    if act.voice == "nominal" and level is None:
        return act.entry.act.level is not None or act.entry.act.family in ("launch", "trial", "adoption")
    return act.voice != "attributive"


def _is_imperative(parse: Parse, act: Act) -> bool:
    """A verb in its base form that opens the sentence, or is coordinated with one that does."""
    if act.form != "base" or act.voice != "active":
        return False
    before = act.first - 1
    while parse.at(before, "adverbs") or parse.word(before) == ",":
        before -= 1
    if before < 0:
        return True
    verb = _verb_before(parse, act) if parse.word(act.first - 1) in ("and", ",") else None
    return verb is not None and _is_imperative(parse, verb)


def _is_predicate(parse: Parse, act: Act) -> bool:
    i = act.first - 1
    while parse.at(i, "adverbs", "negators") and not parse.at(i, "be"):
        i -= 1
    return parse.at(i, "be")


# --- who acts -----------------------------------------------------------------------------------


def _actor(parse: Parse, act: Act, targets: list[_Target]) -> Hit | None:
    """The words that name who acts: agent, possessor or subject; never the object itself."""
    if act.voice in ("passive", "reduced", "attributive"):
        hit = parse.agent(act.last)
    elif act.voice == "nominal":
        hit = parse.possessor(act.first) or parse.agent(act.last) or _subject(parse, act)
    else:
        hit = _subject(parse, act)
    if hit and hit.entry.type == "asset":
        return None
    is_target = hit and any(t.first < hit.last and hit.first < t.last for t in targets)
    # An exchange that closes is what is closed; one with a name closes itself.
    return None if is_target and not hit.entry.named else hit


def _subject(parse: Parse, act: Act) -> Hit | None:
    first = parse.modality(act.first, act.form).first if act.voice != "nominal" else act.first
    joined = parse.word(first - 1) in ("and", ",", "or") and act.form != "noun"
    if joined and (verb := _verb_before(parse, act)) and verb.voice == "active":
        return _subject(parse, verb)
    if parse.word(first - 1) == "'s":
        return parse.possessor(first)
    return parse.subject(first) or parse.possessor(first)


def _unnamed(parse: Parse, act: Act, context: _Context) -> str | None:
    """The level behind an act that names nobody: of a command, whoever the text is about."""
    if act.form == "prefix":
        return act.entry.act.level
    if _is_imperative(parse, act):
        return context.state
    if act.form == "ing" and parse.at(act.first - 1, "exceptions"):
        return context.state
    return None


def _level(parse: Parse, hit: Hit, context: _Context) -> str | None:
    entity, before = hit.entry, [a for a in parse.actors if a.last <= hit.first]
    if entity.type == "pronoun":
        people = [a for a in before if a.entry.type not in ("pronoun", "system", "document")]
        return _level(parse, people[0], context) if people else context.actor
    if entity.named:
        return entity.level if entity.type != "system" or entity.level else context.launcher
    if near := _qualifier(parse, hit, context):
        local = near == "central" and entity.level == "local"
        return "local" if local else near
    states = [a.entry.level for a in before if a.entry.named and a.entry.level in _STATE]
    known = states[-1] if states else context.state
    if entity.type == "system":
        return context.launcher or known
    if entity.type == "document":
        return known or context.launcher
    if entity.level in ("central", "local") and known and entity.entity in _ANAPHORIC:
        return known
    if parse.word(hit.first - 1) in ("other", "many", "foreign", "some", "several") and entity.entity in (
        "countries", "nations", "governments", "regulators", "authorities",
    ):
        return "foreign"
    return entity.level


_ANAPHORIC = frozenset(
    "government city territory authorities officials official regulators regulator province "
    "municipality watchdog watchdogs".split()
)


def _qualifier(parse: Parse, hit: Hit, context: _Context) -> str | None:
    """The level of the place or body that a noun is said to be of: 'Sichuan authorities'."""
    if hit.entry.level in ("industry", "public"):
        return None
    found = []
    for other in parse.actors:
        if parse.word(hit.first - 1) == "'s" and other.last == hit.first - 1 and not other.entry.named:
            return _level(parse, other, context)
        of = parse.word(hit.last) in ("of", "in", "from") and 0 < other.first - hit.last <= 5
        if other.entry.named and other.entry.level and (of or 0 <= hit.first - other.last <= 2):
            found.append(other.entry.level)
    # Of 'China's Inner Mongolia' the narrower place tells.
    return next((level for level in found if level != "central"), found[0] if found else None)


def _default_level(act: Act, stance: str, name: str) -> str:
    if act.entry.act.level:
        return act.entry.act.level
    return "central" if stance == "restrict" or name == "cbdc" else "industry"


def _remember(parse: Parse, context: _Context) -> None:
    names = [hit.entry.name for hit in parse.objects if not hit.entry.weak]
    if names:
        context.objects = names
        context.seen.update(names)
    levels = [(hit.entry, _level(parse, hit, context)) for hit in parse.actors]
    who = [level for entity, level in levels if entity.type not in ("pronoun", "system", "document")]
    states = [level for entity, level in levels if entity.named and level in _STATE]
    context.actor = who[0] if who else context.actor
    context.state = states[-1] if states else context.state
    context.launcher = context.launcher or (states[0] if states else None)


def _row(key: tuple, start: int, parse: Parse, claim: _Claim) -> dict:
    begin, end = parse.span(claim.first, claim.last)
    actor = claim.actor and slice(*parse.span(claim.actor.first, claim.actor.last))
    return {
        "source": key[0],
        "sentence": key[1],
        "start": start + begin,
        "end": start + end,
        "exact": parse.text[begin:end],
        "stance": claim.stance,
        "object": claim.object,
        "level": claim.level,
        "status": claim.status,
        "actor": parse.text[actor] if actor else None,
        "rule": f"{claim.act.entry.act.family}: {claim.act.entry.lemma} ({claim.act.voice})",
    }
