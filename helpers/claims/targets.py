"""What an act is done to: the objects that stand where its form and voice have them."""

from collections.abc import Callable, Iterator

from helpers.claims.context import STATE, Context, names_of
from helpers.claims.reach import Target, cut, is_money
from helpers.codebook.entries import Object
from helpers.codebook.lexicon import Hit
from helpers.grammar import Act, Parse
from helpers.grammar.tags import ADV, AUX, COMMA, CONJ, DET, NOUN, POSS, PREP, PRON, TO, VERB

# Tokens between a weak or strong act and its object, at most. Strong acts reach into lists.
_NEAR, _FAR = 7, 22
_BACK = 40  # tokens from an act back to the subject that is its object, at most
_CARRIED = 5  # tokens from a verb to the pronoun that is its object, at most
_GAP = 4  # tokens between two objects of one list, at most

# What is stopped, left or blocked needs no article: 'stop trading', 'closed accounts'.
_STOPPING = ("closure", "withdrawal", "blocking", "permission", "ban")

_SUCH = ("including", "such", "like")
_FROM = ("from", "against", "about", "of")

_Side = Callable[[Parse, Act, list[Target]], list[Target]]


def targets(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """The objects of an act in its sentence, or the one that it carries over from before."""
    if act.entry.act.of:
        return [Target(Object(act.entry.act.of), act.first, act.last)]
    usable = list(_usable(sentence, act, context))
    for side in _sides(sentence, act) if usable else ():
        if found := side(sentence, act, usable):
            return found
    if act.voice == "nominal":
        return _carried_by_noun(sentence, act, context)
    return _carried_by_verb(sentence, act, context)


def _sides(sentence: Parse, act: Act) -> tuple[_Side, ...]:
    """Where an act has its object, first the likelier side."""
    if act.form == "adjective":
        last = sentence.tag(act.last - 1)
        if last == PREP:
            return (_behind,)  # 'wary of X'
        opens = TO in (sentence.tag(act.last), last)
        return (_behind,) if opens and not act.entry.act.told else (_before,)
    if act.voice == "nominal":
        opens = sentence.tag(act.last) == PREP and sentence.word(act.last) != "by"
        opens |= sentence.tag(act.last - 1) == PREP
        # 'Friendly rules to govern X'
        grants = act.form == "attitude" or act.entry.act.family == "licence"
        opens |= grants and sentence.tag(act.last) == TO
        # 'The Notice on Preventing Risks of X'
        opens |= act.last - act.first > 2 and sentence.low[act.last - 1].endswith("ing")
        passes = act.stance == "restrict" or act.entry.act.family in ("licence", "trial")
        if passes and undergone(sentence, act):
            return (_compound, _behind, _before) if opens else (_compound, _before)
        return (_compound, _behind) if opens else (_compound,)
    if act.voice == "active":
        if sentence.modality(act.first, act.form).ordered:
            return (_behind, _before)
        loose = act.form == "ing" and sentence.tag(act.first - 1) == COMMA
        if not act.entry.middle or loose:
            return (_behind, _antecedent)
        ends = not sentence.phrase_of(act.last) or sentence.at(act.last, "times")
        return (_before, _behind, _antecedent) if ends else (_behind, _before)
    if act.voice == "attributive":
        return (_behind,)
    if act.voice == "reduced" and act.first == 0:
        return (_of_main_clause,)
    # 'Banned from trading X', 'told to close X', 'warned of X'.
    opens = sentence.tag(act.last) == TO or sentence.word(act.last) in _FROM
    opens |= act.entry.lemma.endswith(" not to") or act.entry.act.family == "prosecution"
    return (_before, _behind) if opens and act.stance != "promote" else (_before,)


def undergone(sentence: Parse, noun: Act) -> bool:
    """'Exchanges face a ban', 'came under scrutiny': who is acted on stands before."""
    i = sentence.begins(noun.first) - 1
    if sentence.word(i) == "for":
        i -= 1  # 'apply for'
    return sentence.at(i, "undergone") or sentence.word(i) == "under"


# --- which objects an act can mean --------------------------------------------------------------


def _usable(sentence: Parse, act: Act, context: Context) -> Iterator[Target]:
    """The objects that the act can mean: not set aside, not of another act, not a vague word."""
    for hit in sentence.objects:
        if not act.first - _BACK <= hit.first <= act.last + _FAR:
            continue
        before = sentence.begins(hit.first) - 1
        if sentence.at(before, "aside") or sentence.at(hit.first - 1, "aside"):
            continue
        if _of_restriction(sentence, hit, act) or _heads_other(sentence, hit, act):
            continue
        if act.entry.through and not _through(sentence, act, hit):
            continue
        if any(sentence.at(i, "criminals") for i in range(max(act.first - _NEAR, 0), hit.first)):
            continue
        things = act.entry.act.things
        if things and things.isdisjoint(sentence.low[hit.first : hit.last + 1]):
            continue
        if entity := _meant(sentence, hit, act, context):
            yield Target(entity, hit.first, hit.last)


def _meant(sentence: Parse, hit: Hit, act: Act, context: Context) -> Object | None:
    """The object that a hit stands for in this act, if any."""
    entry = hit.entry
    if isinstance(entry, Object):
        handled = act.stance == "restrict" or act.entry.act.family == "licence"
        return entry if handled or not entry.is_exchange else None
    determined = sentence.at(sentence.begins(hit.first), "carried_determiners")
    free = determined or act.entry.act.family in _STOPPING
    names = entry.kin | entry.everyday if free else entry.kin
    named = [other for other in sentence.objects if isinstance(other.entry, Object)]
    before = [other.entry.name for other in named if other.first < hit.first]
    behind = [other.entry.name for other in named if other.first > hit.first]
    for name in (*before[::-1], *behind, *context.objects[::-1]):
        if name in names:
            return Object(name)
    known = sorted(entry.kin & context.seen) if act.stance == "restrict" else ()
    if not known and determined and len(names) == 1 and "cryptocurrency" not in names:
        known = sorted(names & context.seen)  # 'the network' can mean nothing else
    return Object(known[0]) if known else None


def _of_restriction(sentence: Parse, hit: Hit, act: Act) -> bool:
    """'Bypass the crypto ban' and 'study the ban on crypto' do nothing to crypto but by the ban."""
    undoes = any(a.entry.through for a in sentence.acts_between(act.first, act.first + 1))
    if act.entry.through or (act.stance != "promote" and not undoes):
        return False
    return any(
        other.stance == "restrict"
        and other.voice == "nominal"
        and (_within(sentence, hit, other) or 0 <= hit.first - other.last <= 3)
        for other in sentence.acts_between(max(act.last, hit.first - _NEAR), hit.last + 2)
    )


def _within(sentence: Parse, hit: Hit, noun: Act) -> bool:
    """'Crypto ban', 'strict crypto rules'."""
    near = hit.last == noun.first or (hit.last == noun.first - 1 and sentence.tag(hit.last) == NOUN)
    return near or noun.first <= hit.first < noun.last


def _through(sentence: Parse, act: Act, hit: Hit) -> bool:
    """The noun of a restriction stands between the verb and the object, or right behind it."""
    low = sentence.clause(act.first)[0] if act.voice == "passive" else act.last
    between = (*range(low, hit.first), hit.last, hit.last + 1)
    return any(sentence.at(i, "carried_acts") for i in between)


def _heads_other(sentence: Parse, hit: Hit, act: Act) -> bool:
    """The object only tells more of something else: the price of a coin, a film about coins."""
    kinds = ("heads", "topics") if act.stance == "promote" else ("heads",)
    phrase = sentence.phrase_of(hit.first)
    if phrase is None:
        return False
    if sentence.at(phrase.last - 1, *kinds):
        return not (act.voice == "nominal" and act.last == phrase.last)
    if sentence.tag(phrase.last) == POSS and (owned := sentence.phrase_of(phrase.last + 1)):
        return sentence.at(owned.last - 1, *kinds)
    return sentence.tag(phrase.begin - 1) == PREP and sentence.at(phrase.begin - 2, *kinds)


# --- where the object stands --------------------------------------------------------------------


def _behind(sentence: Parse, act: Act, usable: list[Target]) -> list[Target]:
    """The first object behind an act within its clause, and those coordinated with it."""
    reach = _NEAR if act.entry.weak else _FAR
    if act.entry.weak and (_is_light(sentence, act) or _is_indirect(sentence, act)):
        return []
    if act.entry.act.told and act.voice == "active" and not _tells(sentence, act):
        return []
    if act.entry.weak and act.entry.act.things:
        usable = [t for t in usable if sentence.begins(t.first) == act.last]  # 'takes bitcoin'
    found: list[Target] = []
    for target in usable:
        if target.first < act.last:
            continue
        if not found:
            if target.first - act.last > reach or cut(sentence, act, target):
                break
            announces = act.stance == "promote" and sentence.is_finite(act.first)
            if announces and _is_subject(sentence, act, target):
                break
        elif not _coordinated(sentence, found[-1].last, target.first):
            break
        found.append(target)
    return found


def _is_subject(sentence: Parse, act: Act, target: Target) -> bool:
    """'Announced all platforms need …': the subject of another clause, not the object."""
    phrase = sentence.phrase_of(target.last - 1)
    if phrase is None or any(i in sentence.barriers for i in range(act.last, target.first)):
        return False
    i = phrase.last
    while sentence.tag(i) in (PREP, NOUN, DET, ADV) or sentence.forms.get(i) == "ing":
        i += 1
    return i not in sentence.barriers and sentence.is_finite(i)


def _is_light(sentence: Parse, act: Act) -> bool:
    """'Hold a seminar on X': the noun is the act, the verb has no meaning of its own."""
    return any(
        other.voice == "nominal"
        and other.stance == act.stance
        and other.entry.act.family != act.entry.act.family
        for other in sentence.acts_between(act.last, act.last + 4)
    )


def _is_indirect(sentence: Parse, act: Act) -> bool:
    """'Starting with X': what stands behind a preposition is not the object."""
    single = " " not in act.entry.lemma and act.voice == "active"
    return single and sentence.tag(act.last) == PREP


def _tells(sentence: Parse, act: Act) -> bool:
    """'To' follows an order, also behind what is said of those who are told."""
    behind = range(act.last, min(act.last + _FAR, sentence.size))
    return any(sentence.tag(i) == TO for i in behind)


def _coordinated(sentence: Parse, last: int, first: int) -> bool:
    """Two objects in one list: a comma or a conjunction between them, and no verb."""
    gap = range(last, first)
    if any(sentence.word(i) in _SUCH for i in gap):
        return len(gap) <= _NEAR and not any(sentence.tag(i) == VERB for i in gap)
    joined = any(sentence.tag(i) in (CONJ, COMMA) for i in gap)
    joined &= not any(sentence.tag(i) == PREP for i in gap)
    return joined and len(gap) <= _GAP and not any(sentence.tag(i) == VERB for i in gap)


def _before(sentence: Parse, act: Act, usable: list[Target]) -> list[Target]:
    """The last object before an act within its clause, and those coordinated with it."""
    lower = sentence.main_clause(act.first)
    found: list[Target] = []
    for target in reversed(usable):
        if target.last > act.first:
            continue
        if not found:
            if target.first < lower or (
                act.entry.middle
                and act.voice == "active"
                and act.entry.act.level != "public"
                and is_money(sentence, target)
            ):
                break
        elif not _coordinated(sentence, target.last, found[-1].first):
            break
        found.append(target)
    return found


def _antecedent(sentence: Parse, act: Act, usable: list[Target]) -> list[Target]:
    """'The chain that Alibaba launched': what a relative clause with its own subject is said of."""
    opener = sentence.clause(act.first)[0] - 1
    first = sentence.modality(act.first, act.form).first
    if not sentence.at(opener, "relatives") or sentence.phrase_of(first - 1) is None:
        return []
    behind = sentence.phrase_of(act.last)
    if first <= opener + 1 or (behind and not sentence.is_time(behind)):
        return []
    return [target for target in usable if target.last in (opener, opener - 1)][-1:]


def _of_main_clause(sentence: Parse, act: Act, usable: list[Target]) -> list[Target]:
    """'Led by X, the chain …': the first object behind the participle's own phrase."""
    opens = sentence.clause(act.first)[1]
    return [target for target in usable if target.first >= opens][:1]


def _compound(sentence: Parse, act: Act, usable: list[Target]) -> list[Target]:
    """The object that stands before a noun as a part of it: 'crypto ban'."""
    behind = sentence.phrase_of(act.last + 1)
    opens = sentence.word(act.last) in ("on", "of", "against")
    if opens and not (behind and sentence.is_time(behind)):
        return []
    near = range(act.first - 1, act.last + 1)  # where it ends, or the noun is its own last word
    return [t for t in usable if t.first <= act.first and t.last in near][-1:]


# --- what is carried over -----------------------------------------------------------------------


def _earlier(sentence: Parse, act: Act, just_said: list[str]) -> list[str]:
    """The objects named before an act, the last one first."""
    before = [
        hit.entry.name
        for hit in sentence.objects
        if hit.last <= act.first and isinstance(hit.entry, Object)
    ]
    return [*just_said, *before][::-1]


def _carried_by_noun(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """'The ban' and 'Beijing's strict policies' restrict what the text spoke of."""
    begin = sentence.begins(act.first)
    known = sentence.at(begin, "carried_determiners") or _stands_alone(sentence, act)
    known |= sentence.tag(begin - 1) in (PREP, POSS)
    owned = act.form == "attitude" or sentence.at(act.last - 1, "carried_acts")
    owner = sentence.possessor(act.first)
    owned |= owner is not None and context.level(sentence, owner) in STATE
    stops = act.entry.act.family in _STOPPING and sentence.word(begin) in ("its", "their")
    owned |= stops  # 'their closure'
    if act.stance == "promote" or not known or not owned:
        return []
    names = [*_earlier(sentence, act, context.objects), *names_of(sentence)]
    fitting = [name for name in names if name in act.entry.act.objects]
    return [Target(Object(name), act.first, act.last) for name in fitting[:1]]


def _stands_alone(sentence: Parse, act: Act) -> bool:
    """'A hands-off approach', of which the text only need not say to what."""
    together = act.form == "attitude" and act.last - act.first == 2
    return together and sentence.tag(act.last) != PREP


def _carried_by_verb(sentence: Parse, act: Act, context: Context) -> list[Target]:
    """'It' and 'them', where the object of the verb would stand."""
    names = [n for n in _earlier(sentence, act, context.just_said) if n in act.entry.act.objects]
    if (act.entry.weak and act.voice == "active") or not names:
        return []
    passes = act.stance == "restrict" or act.entry.through
    for i in _place_of_object(sentence, act):
        if i in sentence.barriers or sentence.is_finite(i) or sentence.tag(i) == VERB:
            break
        # 'Announced they will'
        subject = act.last <= i and act.voice == "active" and sentence.verb_follows(i + 1)
        # 'It was revealed that'
        subject |= act.voice == "passive" and sentence.word(act.last) == "that"
        if _stands_for_object(sentence, act, i) and not (subject or act.entry.through):
            return [Target(Object(names[0]), i, i + 1)]
        owned = sentence.word(i - 1) in ("its", "their") and sentence.at(i, "dealings")
        if (owned and not act.entry.through) or (passes and sentence.at(i, "carried_acts")):
            return [Target(Object(names[0]), act.first, act.last)]
    return []


def _stands_for_object(sentence: Parse, act: Act, i: int) -> bool:
    """'Banned it'; and 'nobody has forbidden that', where nothing follows."""
    if sentence.tag(i) == PRON:
        counted = i < act.first and sentence.tag(i - 1) == PREP  # 'half of them were …'
        return sentence.word(i) in ("it", "them", "they") and not counted
    phrase = sentence.phrase_of(i)
    alone = phrase is not None and phrase.last == i + 1 and phrase.begin == i
    return alone and sentence.word(i) in ("this", "that", "these", "those")


def _place_of_object(sentence: Parse, act: Act) -> range:
    if act.voice in ("passive", "reduced"):
        group = act.first
        while sentence.tag(group - 1) in (AUX, ADV, TO):
            group -= 1  # 'wants it to be used'
        return range(group - 1, sentence.clause(act.first)[0] - 1, -1)
    behind = range(act.last, min(act.last + _CARRIED, sentence.size))
    goes = act.entry.middle and " " in act.entry.lemma and not sentence.phrase_of(act.last)
    if goes:  # 'it will go live'
        first = sentence.modality(act.first, act.form).first
        return range(first - 1, sentence.clause(act.first)[0] - 1, -1)
    return behind
