"""How an act is meant: what governs its verb or noun, and the status that comes of it."""

from functools import lru_cache

from helpers.claims.context import STATE
from helpers.grammar import Act, Modality, Parse

_REPORT = 15  # tokens before an act in which a rumour is told, at most
# In a list each verb is asked what the one before it means: each is answered once.
_once = lru_cache(maxsize=1024)
_LIST = 30  # tokens between two coordinated verbs, at most


@_once
def meaning(sentence: Parse, act: Act) -> Modality:
    """How an act is meant where it stands."""
    if act.voice == "nominal":
        modality = _of_noun(sentence, act)
    else:
        modality = sentence.modality(act.first, act.form)
        joined = act.form in ("base", "ing") and sentence.word(act.first - 1) in ("and", ",", "or")
        if joined and modality.first == act.first and (verb := verb_before(sentence, act)):
            modality = meaning(sentence, verb)
    told = range(max(modality.first - _REPORT, 0), modality.first)
    return modality._replace(
        rumoured=modality.rumoured or any(sentence.at(i, "rumours") for i in told),
        ordered=modality.ordered or _is_ordered(sentence, act),
        planned=modality.planned or act.entry.aims or is_command(sentence, act),
    )


@_once
def verb_before(sentence: Parse, act: Act) -> Act | None:
    """The verb with which this one is coordinated."""
    forms = (act.form,) if act.form in ("base", "ing") else ("base", "s", "ed", "ing")
    verbs = [
        other
        for other in sentence.acts
        if other.last <= act.first and other.voice in ("active", "passive") and other.form in forms
    ]
    return verbs[-1] if verbs and act.first - verbs[-1].last < _LIST else None


@_once
def is_command(sentence: Parse, act: Act) -> bool:
    """A verb in its base form that opens the sentence, or is coordinated with one that does."""
    if act.form != "base" or act.voice != "active":
        return False
    before = act.first - 1
    while sentence.at(before, "adverbs", "enumerators") or sentence.word(before) == ",":
        before -= 1
    if before < 0:
        return True
    joined = sentence.word(act.first - 1) in ("and", ",")
    verb = verb_before(sentence, act) if joined else None
    return verb is not None and is_command(sentence, verb)


def _is_ordered(sentence: Parse, act: Act) -> bool:
    """What an order leads to is in force with it: 'ordered to submit plans for winding down'."""
    before = range(sentence.clause(act.first)[0], act.first)
    return act.stance == "restrict" and any(sentence.at(i, "orders") for i in before)


def _of_noun(sentence: Parse, act: Act) -> Modality:
    """Of a noun: that of the verb it is an object of, or of the words before it."""
    lower, marks = sentence.clause(act.first)[0], {}
    if any(other.entry.through and 0 <= act.first - other.last <= 6 for other in sentence.acts):
        return Modality(first=act.first)  # what is to be lifted is in force
    for i in range(act.first - 1, lower - 1, -1):
        near = act.first - i
        if sentence.at(i, "negators") and near <= 5:
            marks["negated"] = True
        elif sentence.at(i, "modals", "possible"):
            return sentence.modality(i + 1)
        elif sentence.at(i, "be") and sentence.word(i - 1) == "to":
            continue
        elif sentence.word(i) == "to" and not sentence.at(i + 1, "determiners", "prenominal"):
            above = sentence.modality(i + 1)
            return above._replace(negated=above.negated ^ marks.get("negated", False))
        elif sentence.at(i, "have", "be", "do"):
            break
        elif sentence.is_weighed(i):
            marks["rumoured"] = True
        elif sentence.at(i, "planned") and (near <= 2 or sentence.at(i + 1, "determiners")):
            marks["planned"] = True
    return Modality(**marks, first=act.first)


def stance_and_status(
    act: Act, modality: Modality, level: str | None, name: str
) -> tuple[str, str]:
    """The stance of an act on an object, and its status.

    What is forbidden was promoted by its verb and is restricted by the sentence. A permission of
    coins on the mainland is a restriction denied; of anything else, and elsewhere, it promotes.
    """
    stance, negated = act.stance, modality.negated
    if stance == "permit":
        if name == "cryptocurrency" and level not in ("hong_kong", "industry"):
            stance, negated = "restrict", not negated
        else:
            stance, negated = ("restrict", False) if negated else ("promote", False)
    if modality.forbidden and stance == "promote":
        return "restrict", "done"
    if modality.rumoured or (modality.possible and level in STATE):
        return stance, "rumoured"
    if negated:
        return stance, "denied"
    if stance == "restrict" and (modality.ordered or modality.purpose):
        return stance, "done"
    aimed = modality.planned or modality.purpose or modality.ordered
    return stance, "planned" if aimed else "done"
