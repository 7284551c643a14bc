"""Who acts: the words that name them, and whether there is anybody at all."""

from typing import NamedTuple

from helpers.claims.context import STATE, Actor, Context
from helpers.claims.meaning import is_command
from helpers.claims.reach import Target, is_money
from helpers.codebook.entries import FOREIGN, Entity
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Modality, Parse
from helpers.grammar.clauses import Subject
from helpers.grammar.tags import ADV, DET, NOUN, PREP, TO, VERB

_USES = ("adoption", "crypto business", "public use", "research")
_DEEDS = ("research", "joining", "building", "launch", "trial")
_INFINITIVES = ("be", "become", "have", "do", "remain", "stay")
_MANY = ("million", "millions", "thousand", "thousands", "many", "hundreds")
_MEANS = ("by", "through", "via", "without")


def actor(sentence: Parse, act: Act, objects: list[Target], context: Context) -> Actor | None:
    """Who acts: agent, possessor or subject; never the object itself."""
    hit = _hit(sentence, act)
    if hit is None:
        return _unknown(sentence, act)
    if hit.entry.type == "asset":
        return None
    is_object = any(target.first < hit.last and hit.first < target.last for target in objects)
    # An exchange that closes is what is closed; one with a name closes itself.
    if is_object and not hit.entry.named and "central" in act.entry.act.who:
        return None
    return context.actor_of(sentence, hit)


def _unknown(sentence: Parse, act: Act) -> Actor | None:
    """A name that no list has, as the subject of a verb: a company, for all that is known."""
    if act.voice != "active" or is_command(sentence, act):
        return None
    found = subject(sentence, act)
    if found is None or found.who or not sentence.is_name(found.phrase):
        return None
    first, last = found.phrase.first, found.phrase.last
    name = sentence.text[slice(*sentence.span(first, last))]
    return Actor(name, "industry", first, last, Entity(name, "actor", "industry"))


def _hit(sentence: Parse, act: Act) -> Hit | None:
    if is_command(sentence, act):
        return None
    if act.voice in ("passive", "reduced", "attributive"):
        agent = sentence.agent(act.last)
        return agent and agent.who
    if act.voice == "nominal":
        # 'Government pressure'; but 'Shanghai Blockchain Research Centre' is one name.
        near = sentence.compounded(act.first) if act.stance == "restrict" else None
        return near or _behind_noun(sentence, act.first, act.last) or _declaring(sentence, act)
    found = subject(sentence, act)
    return found and found.who


def subject(sentence: Parse, act: Act) -> Subject | None:
    """What stands as subject of a verb."""
    if near := sentence.gerund_subject(act.first):
        return Subject(near, sentence.actor_in(near))
    first = sentence.modality(act.first, act.form).first
    if sentence.tag(first) == TO and (led := _led(sentence, act, first)):
        return led
    if act.form == "ing" and sentence.tag(first - 1) == PREP:
        verb = first - 2
        if sentence.tag(verb) == NOUN:
            verb = sentence.begins(verb) - 1
        if verb in sentence.forms or sentence.at(verb, "be"):
            # 'Are involved in trading X', 'is close to issuing X'.
            return sentence.subject(sentence.modality(verb, sentence.forms.get(verb, "s")).first)
    governor = first
    while sentence.tag(governor) == ADV:
        governor += 1  # 'laid out plans to'
    noun = sentence.phrase_of(governor) if sentence.tag(governor) == NOUN else None
    if noun:
        first = governor
        # 'Beijing's plan to ban': who is behind the plan.
        before = sentence.actor_in(noun._replace(last=first)) if first > noun.first else None
        hit = before or _behind_noun(sentence, first, noun.last) or sentence.actor_in(noun)
        return Subject(noun, hit)
    return sentence.subject(first)


def _led(sentence: Parse, act: Act, to: int) -> Subject | None:
    """'Pushes investors to use X': who stands between a verb and its 'to' acts."""
    phrase = sentence.phrase_of(to - 1)
    verb = phrase.begin - 1 if phrase else -1
    if sentence.tag(verb) != VERB or sentence.at(verb, "orders", "planned", "begun"):
        return None
    if act.stance != "promote" and not sentence.at(verb, "causes"):
        return None
    hit = sentence.actor_in(phrase)
    return Subject(phrase, hit) if hit and hit.entry.type not in ("document", "system") else None


def _behind_noun(sentence: Parse, first: int, last: int) -> Hit | None:
    """Whose act a noun names: its possessor, its agent, or the subject that does it."""
    agent = sentence.agent(last, "by", "from")  # 'a nod from the bank'
    owner = sentence.possessor(first) or (agent and agent.who)
    return owner or _subject_of_noun(sentence, first)


def _declaring(sentence: Parse, act: Act) -> Hit | None:
    """'The court ruled that X is property': a state that says what holds makes it hold."""
    if act.form != "adjective":
        return None
    opener = sentence.clause(act.first)[0] - 1
    if sentence.word(opener) != "that" or sentence.tag(opener - 1) != VERB:
        return None
    verb = opener - 1
    found = sentence.subject(sentence.modality(verb, sentence.forms[verb]).first)
    who = found and found.who
    return who if who and who.entry.level in STATE else None


def _subject_of_noun(sentence: Parse, first: int) -> Hit | None:
    """The subject of the verb that has the noun as an object: 'Beijing imposed a ban'."""
    i = sentence.begins(first) - 1
    while sentence.tag(i) in (PREP, NOUN, ADV) and not sentence.at(i, "adjuncts"):
        i = sentence.begins(i) - 1
    if sentence.tag(i) != VERB and not sentence.at(i, "have", "be"):
        return None
    if sentence.at(i, "undergone"):
        return None
    form = "base" if sentence.word(i) in _INFINITIVES else "s"
    found = sentence.subject(sentence.modality(i, sentence.forms.get(i, form)).first)
    return found and found.who


def is_bidden(sentence: Parse, act: Act, modality: Modality, who: Actor | None) -> bool:
    """Who is named only obeys: 'banks shall not', 'firms were told to stop'."""
    if who is None or who.level not in ("industry", "public"):
        return False
    if act.stance == "promote":
        lost = modality.ended and modality.possible  # 'can no longer buy'
        return (
            lost or modality.forbidden or modality.bound or (modality.ordered and modality.negated)
        )
    clause = range(sentence.clause(act.first)[0], act.first)
    return any(sentence.at(i, "orders") and sentence.at(i - 1, "be") for i in clause)


def orderer(sentence: Parse, act: Act, context: Context) -> Actor | None:
    """'Was told by the bank to stop': who gives the order."""
    for i in range(sentence.clause(act.first)[0], act.first):
        if sentence.at(i, "orders") and sentence.at(i - 1, "be"):
            agent = sentence.agent(i + 1)
            return context.actor_of(sentence, agent.who) if agent and agent.who else None
    return None


def level_of_unnamed(sentence: Parse, act: Act, modality: Modality, context: Context) -> str | None:
    """The level behind an act that names nobody: of a command, whoever the text is about."""
    if act.form == "prefix":
        return act.entry.act.level
    if act.entry.act.told:
        return context.state
    if act.stance == "promote" and (
        modality.forbidden or modality.bound or (modality.ordered and modality.negated)
    ):
        return context.state or "central"
    if act.stance == "restrict" and act.voice == "nominal" and _is_chinese(sentence, act):
        return "central"
    if act.stance == "restrict" and sentence.word(0) == "under":
        phrase = sentence.phrase_of(1)
        by = sentence.actor_in(phrase) if phrase else None
        if by and by.entry.type == "document":
            return context.level(sentence, by)  # 'under the draft, X would be banned'
    if act.stance == "restrict" and _is_in_hong_kong(sentence, act):
        return "hong_kong"
    excepted = act.form == "ing" and sentence.at(act.first - 1, "exceptions")
    return context.state if excepted or is_command(sentence, act) else None


def _is_in_hong_kong(sentence: Parse, act: Act) -> bool:
    """'Is forbidden in Hong Kong': by whoever forbids there."""
    low, high = sentence.clause(act.first)
    return any(
        hit.entry.type == "place"
        and hit.entry.level == "hong_kong"
        and low <= hit.first < high
        and sentence.word(hit.first - 1) == "in"
        for hit in sentence.actors
    )


def _is_chinese(sentence: Parse, act: Act) -> bool:
    """'A Chinese crackdown' is the state's."""
    begin = sentence.begins(act.first)
    return "chinese" in sentence.low[begin : act.first]


def default_level(act: Act, stance: str, name: str) -> str:
    """The codebook's level for an act of which nobody is said to do it."""
    if act.entry.act.level:
        return act.entry.act.level
    return "central" if stance == "restrict" or name == "cbdc" else "industry"


class Deed(NamedTuple):
    """An act with who does it and what it is done to: `name` is the object that `target` means."""

    act: Act
    modality: Modality
    who: Actor | None
    level: str | None
    target: Target
    name: str


def is_done_by_somebody(sentence: Parse, deed: Deed) -> bool:
    """Somebody does it: not an effect, a capability, a definition or a mere possibility."""
    act, modality, who, level, _, name = deed
    family = act.entry.act.family
    if level == FOREIGN or modality.able:
        return False
    if act.form == "adjective":
        return _is_predicate(sentence, act)
    if family == "holding":
        return _is_counted(sentence, act)
    if act.stance == "promote" and modality.forbidden:
        return True
    if act.stance == "promote" and modality.possible and who and who.entity.type == "document":
        return False  # 'the move could open …': an effect
    if act.stance == "promote" and who and _is_restriction(sentence, who):
        return False
    # 'The introduction of the digital yuan': what is the state's, the state launches.
    introduces = name == "cbdc" and family == "launch" and act.voice == "nominal"
    if act.entry.weak and level is None and act.voice != "passive" and not introduces:
        return False
    if modality.possible and not modality.rumoured and level not in (*STATE, "public"):
        # 'The digital yuan could be launched': by the state, as it is the state's.
        return name == "cbdc" and family == "launch" and act.voice == "passive" and not level
    if act.stance == "permit" and act.voice == "active" and level is None:
        return False
    if act.stance != "promote" or act.form == "prefix":
        if act.voice == "nominal" and _is_hypothetical(sentence, act):
            return False
        return who is not None or not _has_other_subject(sentence, act)
    return _is_promoted(sentence, deed)


def _is_counted(sentence: Parse, act: Act) -> bool:
    """'Has thirty million crypto users': so many people use it."""
    begin = sentence.begins(act.first)
    counted = range(begin, act.first)
    number = any(sentence.low[i][0].isdigit() or sentence.word(i) in _MANY for i in counted)
    before = begin - 1
    while sentence.tag(before) == ADV or sentence.word(before) in ("around", "about", "over"):
        before -= 1
    return number and sentence.at(before, "have")


def _is_restriction(sentence: Parse, who: Actor) -> bool:
    """'The ban drove miners abroad': what a restriction brings about is no promotion."""
    acts = sentence.acts_between(who.first, who.last)
    return any(act.stance == "restrict" for act in acts)


def _has_other_subject(sentence: Parse, act: Act) -> bool:
    """The verb has a subject that is nobody: a storm, a thermostat."""
    if act.voice != "active" or act.form == "ing" or act.entry.middle:
        return False
    found = subject(sentence, act)
    return found is not None and found.who is None and not _is_nobody(sentence, act)


def _is_nobody(sentence: Parse, act: Act) -> bool:
    """'Nobody has lifted the ban', 'no law forbids': what is not done has no subject of its own."""
    found = subject(sentence, act)
    return found is not None and sentence.at(found.phrase.begin, "negators")


def _is_hypothetical(sentence: Parse, act: Act) -> bool:
    """'A ban could push prices down': nobody says that there is one."""
    begin = sentence.begins(act.first)
    if sentence.word(begin) not in ("a", "an", "any") or not _is_subject(sentence, act):
        return False
    upper = sentence.clause(act.first)[1]
    verb = next((i for i in range(act.last, upper) if sentence.is_finite(i)), upper)
    return sentence.at(verb, "modals", "possible")


def _is_promoted(sentence: Parse, deed: Deed) -> bool:
    act, modality, who, level, target, name = deed
    family, known = act.entry.act.family, act.entry.act.level is not None
    if family == "state backing" and act.voice == "reduced" and who is None:
        return False  # 'coins backed by the yuan'
    if act.voice == "active" and act.form == "ed" and who is None and not act.entry.middle:
        return known and _is_nobody(sentence, act)
    if who and who.entity.type == "system" and not who.entity.named and act.voice != "passive":
        # What it 'will help' is an effect, what it 'will research' is not.
        deed = family in _DEEDS and act.voice != "nominal"
        cues = ("planned", "modals") if deed else ("planned",)
        intends = range(modality.first, act.first)
        return act.entry.middle or any(sentence.at(i, *cues) for i in intends)
    # 'A blockchain is built from blocks' says what it is.
    describes = act.voice == "passive" and sentence.word(act.first - 1) in ("is", "are")
    if describes and who is None and not modality.planned and not known:
        return False
    if act.form == "ing" and _is_use_of_noun(sentence, act):
        return False
    if act.form == "ing" and (act.first == 0 or sentence.word(act.first - 1) in _MEANS):
        return level in STATE
    # What was traded or used by nobody knows whom tells what it is.
    told = act.voice in ("passive", "reduced") and family in _USES
    if told and level is None and name == "cryptocurrency":
        return False
    if level in ("industry", "public") and _describes(sentence, act, modality, who):
        return False
    # Coins that 'were created' were not promoted.
    coins = name == "cryptocurrency" and family in ("building", "launch")
    coins &= act.voice != "passive" or is_money(sentence, target)
    made = act.form == "base" and not (modality.purpose or modality.planned)
    made &= level not in STATE and not (who and who.entity.named)
    if coins and (level is None or made):
        return False
    if act.voice == "active" and level is None:
        return act.entry.middle or known
    if act.voice == "nominal" and level is None:
        begun = family == "building" and _is_subject(sentence, act)
        return known or begun or family in ("launch", "trial", "adoption")
    return act.voice != "attributive"


def _is_use_of_noun(sentence: Parse, act: Act) -> bool:
    """'Products for mining X', 'a tool for trading X': what a thing is for."""
    before = sentence.phrase_of(act.first - 2)
    planned = before is not None and sentence.at(before.last - 1, "planned", "begun")
    return sentence.word(act.first - 1) == "for" and before is not None and not planned


def _describes(sentence: Parse, act: Act, modality: Modality, who: Actor | None) -> bool:
    """'Firms offering X', 'websites that use X': which firms are meant, not what they do."""
    if who is None or who.entity.named or act.voice != "active":
        return False
    begin = modality.first - 1
    if who.level == "public" and sentence.at(sentence.begins(who.first) - 1, "have"):
        return False  # 'has millions of people who hold coins'
    relative = sentence.at(begin, "relatives") and who.last == begin
    near = sentence.gerund_subject(act.first)
    if near is None:
        return relative
    return sentence.word(near.begin - 1) not in ("with", "amid", "of", "towards", "toward", "about")


def _is_subject(sentence: Parse, act: Act) -> bool:
    """The noun is the subject of its clause: 'construction of the network has begun'."""
    lower, upper = sentence.clause(act.first)
    begins = sentence.begins(act.first) == lower
    return begins and any(sentence.is_finite(i) for i in range(act.last, upper))


def _is_predicate(sentence: Parse, act: Act) -> bool:
    """'Trading is illegal' says the act; 'illegal trading' does not."""
    i = act.first - 1
    while sentence.tag(i) == ADV and not sentence.at(i, "be"):
        i -= 1
    return act.entry.act.told or sentence.at(i, "be") or sentence.tag(act.last) not in (NOUN, DET)
