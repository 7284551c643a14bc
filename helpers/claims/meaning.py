"""How an act is meant: what governs its verb or noun, and the status that comes of it."""

from helpers.claims.context import STATE
from helpers.grammar import Act, Modality, Parse
from helpers.grammar.tags import ADV, AUX, COMMA, CONJ, PREP, VERB

_REPORT = 15  # tokens before an act in which a rumour is told, at most
_LIST = 30  # tokens between two coordinated verbs, at most
_LIFTED = 6  # tokens between a verb of lifting and what it lifts, at most
_NEGATED = 5  # tokens between a negation and the noun that it negates, at most


def meaning(sentence: Parse, act: Act) -> Modality:
    """How an act is meant where it stands."""
    if act.voice == "nominal":
        modality = _of_noun(sentence, act)
    else:
        modality = sentence.modality(act.first, act.form)
        if modality.first == act.first and (verb := _joined_to(sentence, act)) is not None:
            modality = sentence.modality(verb, act.form)
    return modality._replace(
        rumoured=modality.rumoured
        or _is_told(sentence, modality.first)
        or sentence.is_mere_talk(act.first),
        ordered=modality.ordered or _is_ordered(sentence, act),
        planned=modality.planned or act.entry.aims or is_command(sentence, act),
    )


def _is_told(sentence: Parse, first: int) -> bool:
    """A rumour tells the clause that begins before token `first`: 'rumours that …'."""
    for i in range(first - 1, max(first - _REPORT, 0) - 1, -1):
        if sentence.at(i, "rumours"):
            return True
        if i in sentence.barriers and not sentence.at(i, "subordinators"):
            return False
    return False


def _joined_to(sentence: Parse, act: Act) -> int | None:
    """The first of the verbs in one form with which this one is coordinated."""
    verb, i = None, act.first
    while act.form in ("base", "ing") and sentence.tag(i - 1) in (CONJ, COMMA):
        earlier = range(i - 2, max(i - _LIST, -1), -1)
        i = next((j for j in earlier if sentence.forms.get(j) == act.form), -1)
        if i < 0:
            break
        verb = i
    return verb


def is_command(sentence: Parse, act: Act) -> bool:
    """A verb in its base form that opens the sentence, or is coordinated with one that does."""
    if act.form != "base" or act.voice != "active":
        return False
    joined = _joined_to(sentence, act)
    before = (act.first if joined is None else joined) - 1
    while sentence.tag(before) in (ADV, COMMA):
        before -= 1
    return before < 0


def _is_ordered(sentence: Parse, act: Act) -> bool:
    """What an order leads to is in force with it: 'ordered to submit plans for winding down'."""
    before = range(sentence.clause(act.first)[0], act.first)
    return act.stance == "restrict" and any(sentence.at(i, "orders") for i in before)


def _of_noun(sentence: Parse, act: Act) -> Modality:
    """Of a noun: that of the verb it is an object of, or of the words before it."""
    lower, marks = sentence.clause(act.first)[0], {}
    if any(a.entry.through for a in sentence.acts_between(act.first - _LIFTED, act.first)):
        return Modality(first=act.first)  # what is to be lifted is in force
    for i in range(act.first - 1, lower - 1, -1):
        near = act.first - i
        if sentence.at(i, "negators") and near <= _NEGATED and _reaches(sentence, i, act):
            marks["negated"] = True
        elif sentence.tag(i) in (VERB, AUX):
            return _of_object(sentence, i, marks)
        elif sentence.tag(i) == PREP and sentence.at(i, "adjuncts"):
            break
        elif sentence.at(i, "impending") and i >= sentence.begins(act.first):
            marks["planned"] = True
        elif sentence.at(i, "planned") and (near <= 2 or sentence.at(i + 1, "determiners")):
            marks["planned"] = True
            marks["rumoured"] = sentence.is_mere_talk(i)
    return Modality(**marks, first=act.first)


def _reaches(sentence: Parse, negator: int, act: Act) -> bool:
    """'Without' denies only what it stands right before."""
    return sentence.tag(negator) != PREP or sentence.begins(act.first) == negator + 1


def _of_object(sentence: Parse, verb: int, marks: dict[str, bool]) -> Modality:
    """Of a noun that is the object of a verb: that of the verb."""
    above = sentence.modality(verb, sentence.forms.get(verb, "base"))
    negated = above.negated ^ marks.get("negated", False) ^ sentence.at(verb, "negators")
    planned = marks.get("planned", False) or above.planned or sentence.at(verb, "planned", "modals")
    rumoured = marks.get("rumoured", False) or above.rumoured or sentence.is_mere_talk(verb)
    return above._replace(negated=negated, planned=planned, rumoured=rumoured)


def is_bound(modality: Modality, level: str | None, name: str) -> bool:
    """What firms that deal in coins must do restricts them."""
    return modality.bound and level == "industry" and name == "cryptocurrency"


def stance_and_status(
    act: Act, modality: Modality, level: str | None, name: str
) -> tuple[str, str]:
    """The stance of an act on an object, and its status.

    What is forbidden was promoted by its verb and is restricted by the sentence. A permission of
    coins on the mainland is a restriction denied; of anything else, and elsewhere, it promotes.
    """
    stance, negated = act.stance, modality.negated
    if act.form == "adjective" and stance == "restrict" and act.entry.lemma.startswith("not "):
        return stance, "done"  # 'should not be used as money' holds since it was said
    if stance == "permit":
        # What 'might be let back' is still shut out: a reopening.
        ahead = not negated and (modality.planned or modality.possible or modality.rumoured)
        if name == "cryptocurrency" and level not in ("hong_kong", "industry") and not ahead:
            stance, negated = "restrict", not negated
        else:
            stance, negated = ("restrict", False) if negated else ("promote", False)
    forbidden = modality.forbidden or (modality.ordered and negated)
    if stance == "promote" and (forbidden or is_bound(modality, level, name)):
        return "restrict", "done"
    if stance == "promote" and modality.ended:
        return "restrict", "planned" if modality.planned else "done"
    if modality.rumoured or (modality.possible and level in STATE):
        return stance, "rumoured"
    if negated:
        return stance, "denied"
    if modality.decided and (level == "industry" or stance == "promote"):
        return stance, "planned"
    if stance == "restrict" and (modality.ordered or modality.purpose or modality.bound):
        return stance, "done"
    # What the public does one thing for, it does: 'they use quotas to buy coins'; and a state that
    # meets to study something studies it.
    studies = act.entry.act.family == "research" and level in STATE
    purpose = modality.purpose and level != "public" and not studies
    aimed = modality.planned or purpose or modality.ordered
    return stance, "planned" if aimed else "done"
