"""Who restricts or promotes what, and how it is meant: the claims of the codebook.

Each act that the codebook lists is looked at where it stands: what it is done to (its object), by
whom (its subject, agent or possessor), and how it is meant (its modality). An act without an object
is no claim; an act that nobody does (an effect, a capability, a definition) is none either.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from helpers.codebook import Entity, load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Modality, Parse
from helpers.tables import table

CARRYING = ("headline", "keypoint", "body")
_STATE = ("central", "local", "hong_kong")
_NEAR, _FAR = 7, 16  # tokens between a weak or strong act and its object, at most


@dataclass(slots=True)
class _Context:
    """What the sentences before have said: what pronouns and 'the ban' stand for."""

    objects: list[str] = field(default_factory=list)  # of the last sentence that had any
    seen: set[str] = field(default_factory=set)  # of the whole text so far
    actor: str | None = None  # level of the last subject
    state: str | None = None  # level of the last state that was named
    launcher: str | None = None  # level of whoever launched what the text is about
    denies_coins: bool = False  # the text says that its digital assets are no coins


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


def claims(
    sentences: pd.DataFrame, dates: pd.DataFrame, mentions: pd.DataFrame
) -> pd.DataFrame:
    """The claims of every headline, keypoint and body sentence.

    Columns: source, sentence, start, end, exact (the run of the sentence that carries the claim),
    stance, object, level, status, earliest, latest (when the act happened or began, as the sentence
    dates it; missing otherwise), place, actor, attribution, rule (act family, form and verb).
    """
    rows: list[dict] = []
    days = _by_sentence(dates)
    places = _by_sentence(mentions[mentions["type"].eq("place")])
    for source, group in sentences.groupby("source", sort=False):
        group = group[group["zone"].isin(CARRYING)]
        context = _Context(denies_coins=_denies_coins(group["exact"]))
        for number, start, text in zip(group["sentence"], group["start"], group["exact"], strict=True):
            parse = Parse(text)
            key = source, number
            for claim in _sentence_claims(parse, context):
                rows.append(_row(key, start, parse, claim, days.get(key, []), places.get(key, [])))
            _remember(parse, context)
    return table("claims", rows)


def _by_sentence(frame: pd.DataFrame) -> dict:
    found: dict = {}
    for row in frame.itertuples(index=False):
        found.setdefault((row.source, row.sentence), []).append(row)
    return found


def _denies_coins(texts: pd.Series) -> bool:
    denials = load_codebook().asset_denials
    return any(denial in text.lower() for text in texts for denial in denials)


# --- the claims of one sentence -----------------------------------------------------------------


def _sentence_claims(parse: Parse, context: _Context) -> list[_Claim]:
    if not parse.objects and not _may_carry(parse):
        return []
    end = _asserted(parse)
    found: list[_Claim] = []
    for act in _outermost(parse.acts):
        if act.last <= end and not _under_restriction(parse, act):
            found += _act_claims(parse, act, context)
    return _distinct(found)


def _may_carry(parse: Parse) -> bool:
    return any(parse.at(i, "carried_determiners") for i in range(parse.size)) or any(
        word in ("it", "them", "this", "they") for word in parse.low
    )


def _asserted(parse: Parse) -> int:
    """The token up to which a sentence asserts: all of it, or what stands before its question."""
    if not parse.text.rstrip("\"”’') ").endswith("?"):
        return parse.size
    commas = [i for i, word in enumerate(parse.low) if word in (",", ";", ":")]
    asking = [i for i in commas if parse.at(i + 1, "be", "do", "modals", "possible") or parse.word(i + 1) in ("how", "why", "what", "so")]
    return asking[-1] if asking else 0


def _outermost(acts: list[Act]) -> Iterator[Act]:
    """Acts that do not stand inside a longer one ('lift the ban on' holds a 'ban')."""
    for act in acts:
        if not any(
            other.first <= act.first and act.last <= other.last and other.last - other.first > act.last - act.first
            for other in acts
        ):
            yield act


def _under_restriction(parse: Parse, act: Act) -> bool:
    """What is forbidden, stopped or allowed is not itself promoted."""
    if act.entry.act.stance != "promote" or act.form in ("s",):
        return False
    for other in parse.acts:
        if other.entry.act.stance == "promote" or not 0 <= act.first - other.last <= 9:
            continue
        between = range(other.last, act.first)
        if any(i in parse.barriers or parse.at(i, "be", "have", "modals") for i in between):
            continue
        if act.form == "ed" and any(parse.word(i) in ("and", ",") for i in between):
            continue
        return True
    return False


def _act_claims(parse: Parse, act: Act, context: _Context) -> Iterator[_Claim]:
    objects = _objects_of(parse, act, context)
    if not objects:
        return
    modality = _modality(parse, act)
    actor, level = _actor(parse, act, modality, context, objects)
    for name, first, last in objects:
        name = _asset(name, level, context, act)
        if name not in act.entry.act.objects:
            continue
        stance, status = _stance_and_status(act, modality, level, name)
        if stance is None or not _is_act(parse, act, modality, actor, level, name, first):
            continue
        resolved = level or _default_level(act, stance, name)
        if resolved not in act.entry.act.who or resolved == "foreign":
            continue
        begin, end = _extent(parse, act, modality, actor, first, last)
        yield _Claim(stance, name, resolved, status, begin, end, act, actor, modality.purpose)


def _extent(parse, act, modality, actor, first, last) -> tuple[int, int]:
    begin, end = min(act.first, first), max(act.last, last)
    if actor and begin - 14 <= actor.first < begin:
        begin = actor.first
    elif actor and actor.last <= end + 8:
        end = max(end, actor.last)
    return begin, end


def _distinct(found: list[_Claim]) -> list[_Claim]:
    """One claim for each stance, object, level and status; the aim of a claimed act is no second."""
    kept: dict[tuple, _Claim] = {}
    for claim in found:
        others = [c for c in found if c is not claim and c[:2] == claim[:2] and not c.purpose]
        if (claim.purpose or claim.act.voice == "nominal" and _inside(claim, others)) and others:
            continue
        kept.setdefault(claim[:4], claim)
    return list(kept.values())


def _inside(claim: _Claim, others: list[_Claim]) -> bool:
    """The noun of an act stands in the span of a verb that is claimed of the same object."""
    return claim.act.form == "noun" and any(
        other.first <= claim.act.first < other.last and other.act.form != "noun" for other in others
    )


# --- what an act is done to ---------------------------------------------------------------------


def _objects_of(parse: Parse, act: Act, context: _Context) -> list[tuple[str, int, int]]:
    """Objects of an act as (name, first token, last token)."""
    usable = [hit for hit in parse.objects if _usable(parse, hit, act, context)]
    sides = {
        "active": (_behind, _before if act.entry.middle else None),
        "passive": (_before, _behind),
        "reduced": (_before, None),
        "attributive": (_behind, None),
        "nominal": (_behind, _before),
    }[act.voice]
    if act.form == "adjective":
        sides = (_before, None)
    if act.voice == "nominal" and act.form == "noun":
        close = [hit for hit in usable if 0 <= act.first - hit.last <= 1 and act.first > hit.first]
        if close and parse.word(act.last) not in ("on", "of", "against"):
            return [(close[-1].entry.name, close[-1].first, close[-1].last)]
        sides = (_behind, None)
    for side in sides:
        found = side(parse, act, usable) if side else []
        if found:
            return [(hit.entry.name, hit.first, hit.last) for hit in found]
    return _carried(parse, act, context)


def _usable(parse: Parse, hit: Hit, act: Act, context: _Context) -> bool:
    before = {parse.word(hit.first - 1), f"{parse.word(hit.first - 2)} {parse.word(hit.first - 1)}"}
    if any(parse.at(hit.first - k, "aside") for k in (1, 2)) and before & set(load_codebook().cues["aside"]):
        return False
    if not hit.entry.weak:
        return True
    strong = {h.entry.name for h in parse.objects if not h.entry.weak}
    if hit.entry.name in strong:
        return True
    if hit.entry.name == "cryptocurrency":
        return act.entry.act.stance != "promote" and "cryptocurrency" in context.seen and not strong
    return hit.entry.name in context.objects and not strong


def _behind(parse: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The first object behind an act within its clause, and those coordinated with it."""
    reach = _NEAR if act.entry.weak else _FAR
    found: list[Hit] = []
    for hit in usable:
        if hit.first < act.last:
            continue
        if found:
            gap = parse.low[found[-1].last : hit.first]
            if len(gap) <= 3 and any(word in ("and", ",", "or", "&", "as") for word in gap):
                found.append(hit)
                continue
            break
        if hit.first - act.last > reach or _cut(parse, act, hit):
            break
        found.append(hit)
    return found


def _cut(parse: Parse, act: Act, hit: Hit) -> bool:
    """Something between act and object ends the reach of the act: a clause or a finite verb."""
    for i in range(act.last, hit.first):
        if i in parse.barriers and not (parse.word(i) in ("that", "which", "as") and i > act.last):
            return True
        if parse.at(i, "be", "have", "do", "modals") and i not in (act.last,):
            return True
    return False


def _before(parse: Parse, act: Act, usable: list[Hit]) -> list[Hit]:
    """The last object before an act within its clause, and those coordinated with it."""
    lower = parse.clause(act.first)[0]
    found: list[Hit] = []
    for hit in reversed(usable):
        if hit.last > act.first:
            continue
        if found:
            gap = parse.low[hit.last : found[-1].first]
            if not (len(gap) <= 3 and any(word in ("and", ",", "or", "&") for word in gap)):
                break
        elif hit.first < lower:
            break
        found.append(hit)
    return found


def _carried(parse: Parse, act: Act, context: _Context) -> list[tuple[str, int, int]]:
    """The object that 'the ban', 'these measures', 'the technology' or 'it' stands for."""
    if act.voice == "nominal":
        carries = parse.at(act.first - 1, "carried_determiners") and parse.at(act.last - 1, "carried_acts")
        if act.form == "attitude" or carries and act.entry.act.stance == "restrict":
            names = [name for name in context.objects if name in act.entry.act.objects]
            names += [h.entry.name for h in parse.objects if h.entry.name in act.entry.act.objects]
            return [(name, act.first, act.last) for name in names[:1]]
        return []
    first, last = (act.last, min(act.last + 5, parse.size)) if act.voice == "active" else (parse.clause(act.first)[0], act.first)
    for i in range(first, last):
        if i in parse.barriers or parse.at(i, "be", "have", "modals"):
            break
        determined = parse.at(i - 1, "carried_determiners") or parse.at(i - 2, "carried_determiners")
        for name in reversed(context.objects):
            nouns = load_codebook().carried.get(name, ())
            if parse.low[i] in nouns and determined or parse.low[i] in ("it", "them"):
                return [(name, i, i + 1)]
    return []


def _asset(name: str, level: str | None, context: _Context, act: Act) -> str:
    return name


# --- how it is meant ----------------------------------------------------------------------------


def _modality(parse: Parse, act: Act) -> Modality:
    if act.voice == "nominal":
        return _noun_modality(parse, act)
    modality = parse.modality(act.first, act.form)
    before = parse.word(act.first - 1)
    if act.form in ("base", "ing") and before in ("and", ",", "or") and modality.first == act.first:
        inherited = _coordinate(parse, act)
        if inherited is not None:
            return inherited
    return replace_rumour(parse, act, modality)


def replace_rumour(parse: Parse, act: Act, modality: Modality) -> Modality:
    """A rumour that opens the sentence holds for all that it reports."""
    before = range(max(modality.first - 15, 0), modality.first)
    return modality._replace(rumoured=modality.rumoured or any(parse.at(i, "rumours") for i in before))


def _coordinate(parse: Parse, act: Act) -> Modality | None:
    """The modality of the verb with which this one is coordinated."""
    verbs = [a for a in parse.acts if a.last <= act.first and a.form in ("base", "ing", act.form) and a.voice != "nominal"]
    return _modality(parse, verbs[-1]) if verbs and act.first - verbs[-1].last < 30 else None


def _noun_modality(parse: Parse, act: Act) -> Modality:
    lower = parse.clause(act.first)[0]
    marks = {}
    for i in range(act.first - 1, lower - 1, -1):
        if parse.at(i, "negators") and act.first - i <= 5:
            marks["negated"] = True
        elif parse.at(i, "modals"):
            marks["planned"] = True
        elif parse.at(i, "planned") and act.first - i <= 5:
            marks["planned"] = True
        elif parse.at(i, "possible"):
            marks["possible"] = True
        elif parse.at(i, "have", "be", "do"):
            break
    return replace_rumour(parse, act, Modality(**marks, first=act.first))


def _stance_and_status(act: Act, modality: Modality, level: str | None, name: str) -> tuple:
    stance = act.entry.act.stance
    if stance == "permit":
        if name != "cryptocurrency" or level == "hong_kong":
            stance = "restrict" if modality.negated else "promote"
            modality = modality._replace(negated=False)
        else:
            stance, modality = "restrict", modality._replace(negated=not modality.negated)
    if modality.rumoured or modality.possible and level in _STATE:
        return stance, "rumoured"
    if modality.negated:
        return stance, "denied"
    if modality.ordered and stance == "restrict":
        return stance, "done"
    if modality.planned or modality.purpose or (modality.ordered and stance == "promote"):
        return stance, "planned"
    return stance, "done"


def _is_act(parse, act, modality, actor, level, name, first) -> bool:
    """Somebody does it: not an effect, a capability, a definition or a mere possibility."""
    if act.form == "adjective":
        return _is_predicate(parse, act)
    if modality.possible and not modality.rumoured and level not in (*_STATE, "public"):
        return False
    if act.entry.act.stance != "promote":
        return True
    is_system = actor is not None and actor.entry.type == "system" and not actor.entry.named
    if is_system and act.voice == "active" and not (modality.planned and _intends(parse, act, modality)):
        return act.entry.middle
    if act.form == "ing" and (modality.first == 0 and act.first == 0 or parse.word(act.first - 1) in ("by", "through", "via", "without")):
        return False
    if act.voice in ("active",) and actor is None:
        return act.entry.middle or _is_imperative(parse, act)
    if act.entry.weak and level is None:
        return False
    if act.form == "noun" and level is None:
        return act.entry.act.family in ("launch", "trial", "adoption", "opening", "licence")
    return act.voice != "attributive"


def _intends(parse: Parse, act: Act, modality: Modality) -> bool:
    return any(parse.at(i, "planned") for i in range(modality.first, act.first))


def _is_imperative(parse: Parse, act: Act) -> bool:
    before = act.first - 1
    while parse.at(before, "adverbs") or parse.word(before) in (",", "third", "second", "fourth"):
        before -= 1
    return act.form == "base" and (before < 0 or parse.word(before) == "and")


def _is_predicate(parse: Parse, act: Act) -> bool:
    i = act.first - 1
    while parse.at(i, "adverbs", "negators") and not parse.at(i, "be"):
        i -= 1
    return parse.at(i, "be")


# --- who acts -----------------------------------------------------------------------------------


def _actor(parse, act, modality, context, objects) -> tuple[Hit | None, str | None]:
    if act.voice in ("passive", "reduced", "attributive"):
        hit = parse.agent(act.last)
    elif act.voice == "nominal":
        hit = parse.possessor(act.first) or parse.agent(act.last) or parse.subject(act.first)
    else:
        hit = parse.subject(modality.first)
    if hit is None:
        if act.voice == "active" and (_is_imperative(parse, act) or parse.word(act.first - 1) in ("and", ",")):
            return None, context.state
        return None, None
    if any(first <= hit.first < last for _, first, last in objects) or hit.first >= act.first and act.voice == "active":
        return None, None
    return hit, _level(parse, hit, context)


def _level(parse: Parse, hit: Hit, context: _Context) -> str | None:
    entity: Entity = hit.entry
    if entity.type == "pronoun":
        return context.actor
    if entity.type == "system":
        return entity.level or context.launcher
    if entity.named or entity.level not in ("central", "local"):
        return entity.level
    near = [a.entry for a in parse.actors if a.entry.named and a.entry.level in ("local", "hong_kong", "foreign", "central")
            and (0 <= hit.first - a.last <= 3 or 0 <= a.first - hit.last <= 3 and parse.word(hit.last) in ("of", "in", "from"))]
    if near:
        level = near[-1].level
        return "local" if level == "central" and entity.level == "local" else level
    if hit.first and parse.word(hit.first - 1) in ("other", "many", "foreign", "some", "several") and entity.entity in ("country", "countries", "nation", "nations"):
        return "foreign"
    if parse.word(hit.first - 1) in ("the", "its") and entity.entity in ("government", "city", "authorities", "officials", "regulators", "regulator"):
        return context.state or entity.level
    return entity.level


def _default_level(act: Act, stance: str, name: str) -> str:
    if act.entry.act.level:
        return act.entry.act.level
    return "central" if stance == "restrict" or name == "cbdc" else "industry"


def _remember(parse: Parse, context: _Context) -> None:
    names = [hit.entry.name for hit in parse.objects if not hit.entry.weak]
    if names:
        context.objects = names
        context.seen.update(names)
    for hit in parse.actors:
        level = _level(parse, hit, context)
        if hit.entry.named and level in _STATE:
            context.state = level
        if level and hit.entry.type not in ("pronoun", "system"):
            context.actor = level
            break


def _row(key, start, parse, claim, days, places) -> dict:
    begin, end = parse.span(claim.first, claim.last)
    return {
        "source": key[0], "sentence": key[1], "start": start + begin, "end": start + end,
        "exact": parse.text[begin:end], "stance": claim.stance, "object": claim.object,
        "level": claim.level, "status": claim.status, "earliest": None, "latest": None,
        "place": None,
        "actor": parse.text[slice(*parse.span(claim.actor.first, claim.actor.last))] if claim.actor else None,
        "attribution": None, "rule": f"{claim.act.entry.act.family}: {claim.act.entry.lemma} ({claim.act.voice})",
    }
