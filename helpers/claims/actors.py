"""Who acts: the words that name them, and whether there is anybody at all."""

from functools import lru_cache

from helpers.claims.context import STATE, Context
from helpers.claims.meaning import is_command, verb_before
from helpers.claims.targets import Target
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Modality, Parse

_MEANS = ("by", "through", "via", "without")


def actor(sentence: Parse, act: Act, objects: list[Target]) -> Hit | None:
    """The words that name who acts: agent, possessor or subject; never the object itself."""
    if act.voice in ("passive", "reduced", "attributive"):
        hit = sentence.agent(act.last)
    elif act.voice == "nominal":
        hit = sentence.possessor(act.first) or sentence.agent(act.last)
        hit = hit or _subject(sentence, act)
    else:
        hit = _subject(sentence, act)
    if hit is None or hit.entry.type == "asset":
        return None
    is_object = any(target.first < hit.last and hit.first < target.last for target in objects)
    # An exchange that closes is what is closed; one with a name closes itself.
    return None if is_object and not hit.entry.named else hit


@lru_cache(maxsize=1024)
def _subject(sentence: Parse, act: Act) -> Hit | None:
    verbal = act.voice != "nominal"
    first = sentence.modality(act.first, act.form).first if verbal else act.first
    joined = sentence.word(first - 1) in ("and", ",", "or") and act.form != "noun"
    if joined and (verb := verb_before(sentence, act)) and verb.voice == "active":
        return _subject(sentence, verb)
    if sentence.word(first - 1) == "'s":
        return sentence.possessor(first)
    return sentence.subject(first) or sentence.possessor(first)


def level_of_unnamed(sentence: Parse, act: Act, context: Context) -> str | None:
    """The level behind an act that names nobody: of a command, whoever the text is about."""
    if act.form == "prefix":
        return act.entry.act.level
    excepted = act.form == "ing" and sentence.at(act.first - 1, "exceptions")
    return context.state if excepted or is_command(sentence, act) else None


def default_level(act: Act, stance: str, name: str) -> str:
    """The codebook's level for an act of which nobody is said to do it."""
    if act.entry.act.level:
        return act.entry.act.level
    return "central" if stance == "restrict" or name == "cbdc" else "industry"


def is_done_by_somebody(
    sentence: Parse, act: Act, modality: Modality, who: Hit | None, level: str | None, name: str
) -> bool:
    """Somebody does it: not an effect, a capability, a definition or a mere possibility."""
    if level == "foreign" or modality.able:
        return False
    if modality.forbidden:
        return True
    if act.form == "adjective":
        return _is_predicate(sentence, act)
    if act.entry.weak and level is None:
        return False
    if modality.possible and not modality.rumoured and level not in (*STATE, "public"):
        return False
    if act.stance == "permit" and act.voice == "active" and level is None:
        return False
    if act.stance != "promote" or act.form == "prefix":
        return True
    return _is_promoted(sentence, act, modality, who, level, name)


def _is_promoted(
    sentence: Parse, act: Act, modality: Modality, who: Hit | None, level: str | None, name: str
) -> bool:
    family, known = act.entry.act.family, act.entry.act.level is not None
    if act.voice == "active" and act.form == "ed" and who is None:
        return False
    if who and who.entry.type == "system" and not who.entry.named and act.voice != "passive":
        intends = range(modality.first, act.first)
        return act.entry.middle or any(sentence.at(i, "planned") for i in intends)
    # 'A blockchain is built from blocks' says what it is.
    describes = act.voice == "passive" and sentence.word(act.first - 1) in ("is", "are")
    if describes and who is None and not modality.planned:
        return False
    if act.form == "ing" and (act.first == 0 or sentence.word(act.first - 1) in _MEANS):
        return False
    # Coins that 'were created' were not promoted.
    if level is None and name == "cryptocurrency" and family in ("building", "launch"):
        return False
    if act.voice == "active" and level is None:
        return act.entry.middle or known
    if act.voice == "nominal" and level is None:
        return known or family in ("launch", "trial", "adoption")
    return act.voice != "attributive"


def _is_predicate(sentence: Parse, act: Act) -> bool:
    """'Trading is illegal' says the act; 'illegal trading' does not."""
    i = act.first - 1
    while sentence.at(i, "adverbs", "negators") and not sentence.at(i, "be"):
        i -= 1
    return sentence.at(i, "be")
