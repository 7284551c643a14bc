"""The acts of a sentence: which words are acts of the codebook, and in what voice."""

from collections import defaultdict
from typing import NamedTuple

from helpers.codebook.entries import NO_OBJECT, ActForm
from helpers.codebook.lexicon import Hit, kind_of
from helpers.grammar.phrases import Phrases
from helpers.grammar.tags import ADV, AUX, COMMA, CONJ, DET, NOUN, PREP, SUB, TO, VERB

_TONE = 5  # tokens from a tone to its attitude, at most: 'a negative and very strict stance'
_PREDICATE = 9  # tokens from an attitude to a tone behind it: 'its stance on coins is strict'
_INSERTED = 16  # tokens between the commas of an insertion, at most
_AHEAD = 8  # tokens in which the verb of a clause follows a participle, at most


class Act(NamedTuple):
    """A written form of an act, at tokens `first` to `last` (excluded)."""

    first: int
    last: int
    form: str  # of a verb base, s, ed or ing; else noun, adjective, prefix or attitude
    voice: str  # active, passive, reduced ('led by'), attributive ('banned coins') or nominal
    entry: ActForm

    @property
    def stance(self) -> str:
        return self.entry.act.stance


def acts(sentence: Phrases) -> list[Act]:
    """The acts, in order, but for those inside a longer one or inside a name."""
    found = []
    for layer, hits in sentence.hits.items():
        if read := _READERS.get(kind_of(layer)):
            found += [act for hit in hits if (act := read(sentence, hit))]
    names = [hit for hit in sentence.actors if hit.last - hit.first > 1 and hit.entry.named]
    # 'Deep learning' is a name of its own, and no act.
    names += [hit for hit in sentence.hits.get("object", ()) if hit.entry == NO_OBJECT]
    named = {i for hit in sentence.objects for i in range(hit.first, hit.last)}
    # 'Legal' in 'digital legal tender' is a part of the name.
    found = [act for act in found if act.form != "adjective" or act.first not in named]
    return _outermost(_fullest(found), names)


def _verb(sentence: Phrases, hit: Hit) -> Act | None:
    i = hit.first
    if sentence.tag(i) == VERB:
        form = sentence.forms[i]
        if form in hit.entry.forms and not _governs(sentence, hit):
            voice = voice_of_participle(sentence, i) if form == "ed" else "active"
            if voice == "passive" and _takes_in(sentence, hit):
                voice = "active"
            return Act(i, hit.last, form, voice, hit.entry)
    elif hit.entry.act.family.startswith("regulation"):
        return None  # 'a regulated market' may as well be an open one
    elif "ed" in hit.entry.forms and sentence.tag(i) == NOUN and sentence.tag(i + 1) == NOUN:
        return Act(i, hit.last, "ed", "attributive", hit.entry)
    return None


def _takes_in(sentence: Phrases, hit: Hit) -> bool:
    """'Is focused on X', 'are engaged in X': a passive in form alone."""
    prepositional = hit.last - hit.first > 1 and sentence.tag(hit.last - 1) == PREP
    return prepositional and sentence.tag(hit.last) in (NOUN, DET)


def _governs(sentence: Phrases, hit: Hit) -> bool:
    """'Starts using', 'plans to build': the act is the verb behind it."""
    if hit.entry.act.stance != "promote":
        return False
    behind = sentence.forms.get(hit.last)
    return sentence.tag(hit.last) == TO or (behind == "ing" and sentence.at(hit.first, "begun"))


def voice_of_participle(sentence: Phrases, i: int) -> str:
    """The voice of a form in -ed at token i; of a past tense it is active."""
    before = i - 1
    while sentence.tag(before) == ADV or (
        sentence.at(before, "negators") and sentence.tag(before) != AUX
    ):
        before -= 1
    if sentence.at(before, "be") or (
        sentence.at(before, "orders") and sentence.at(before - 1, "be")
    ):
        return "passive"  # 'were ordered shut'
    if sentence.at(before, "have", "do"):
        return "active"
    if _has_agent(sentence, i):
        return "reduced"
    if _resumes(sentence, before):
        return "active"
    if before < 0 or (sentence.tag(before) in (COMMA, SUB) and sentence.tag(i + 1) == PREP):
        return "reduced" if not sentence.at(before, "relatives") else "active"
    if sentence.tag(before) == CONJ and sentence.tag(i + 1) == PREP:
        return _voice_before(sentence, before)
    if _is_absolute(sentence, before):
        return "reduced"
    if _opens_relative(sentence, before):
        return "active"
    later = _verb_follows(sentence, i + 1) or _is_object(sentence, before)
    return "reduced" if later else "active"


def _has_agent(sentence: Phrases, i: int) -> bool:
    """'Led by X', 'set up by X'."""
    behind = i + 2 if sentence.at(i + 1, "particles") else i + 1
    return sentence.word(behind) == "by"


def _resumes(sentence: Phrases, comma: int) -> bool:
    """'Regulators, including X, advised …': behind an insertion the main clause goes on."""
    if sentence.tag(comma) != COMMA:
        return False
    opening = None
    for i in range(comma - 1, max(comma - _INSERTED, -1), -1):
        if sentence.tag(i) in (VERB, AUX, SUB):
            return False
        if sentence.tag(i) == COMMA:
            opening = i
            break
    if opening is None or sentence.word(opening + 1) not in ("including", "such", "like"):
        return False
    subject = sentence.phrase_of(opening - 1)
    return subject is not None and not sentence.is_time(subject)


def _is_absolute(sentence: Phrases, i: int) -> bool:
    """'With coins banned': the noun at token i is one behind 'with'."""
    phrase = sentence.phrase_of(i)
    return phrase is not None and sentence.word(phrase.begin - 1) == "with"


def _opens_relative(sentence: Phrases, i: int) -> bool:
    """'The chain that Alibaba launched': the noun at token i is the subject behind a relative."""
    phrase = sentence.phrase_of(i)
    return phrase is not None and sentence.at(phrase.begin - 1, "relatives")


def _voice_before(sentence: Phrases, conjunction: int) -> str:
    """'Were banned and closed in 2017': the voice of the participle in coordination."""
    for i in range(conjunction - 1, max(conjunction - _AHEAD, -1), -1):
        if sentence.forms.get(i) == "ed":
            return voice_of_participle(sentence, i)
    return "active"


def _is_object(sentence: Phrases, i: int) -> bool:
    """The noun at token i belongs to an earlier verb: 'built a hub dedicated to coins'."""
    phrase = sentence.phrase_of(i)
    if phrase is None or sentence.is_time_before(phrase):
        return False
    for j in range(phrase.begin - 1, max(phrase.begin - _AHEAD, -1), -1):
        tag = sentence.tags[j]
        if tag in (COMMA, CONJ, SUB):
            return False
        if tag == VERB and sentence.forms[j] == "ing" and sentence.tag(j - 1) != AUX:
            continue  # 'trading in coins', 'firms dealing in coins'
        if tag == VERB and _has_agent(sentence, j):
            continue  # 'a site set up by the bank'
        if tag in (VERB, AUX):
            return not sentence.at(j, "saying", "denials")
    return False


def _verb_follows(sentence: Phrases, i: int) -> bool:
    """'Exchanges based in Malta say': behind a participle and its phrase stands the verb."""
    if sentence.tag(i) != PREP:
        return False
    for j in range(i, min(i + _AHEAD, sentence.size)):
        tag = sentence.tags[j]
        if tag == AUX or (tag == VERB and sentence.forms[j] != "ing"):
            return True
        if tag in (COMMA, SUB, CONJ, VERB, TO):
            return False
    return False


def _noun(sentence: Phrases, hit: Hit) -> Act | None:
    if sentence.tag(hit.first) == VERB or sentence.tag(hit.last - 1) == VERB:
        return None
    return Act(hit.first, hit.last, "noun", "nominal", hit.entry)


def _adjective(_: Phrases, hit: Hit) -> Act:
    return Act(hit.first, hit.last, "adjective", "nominal", hit.entry)


def _prefix(_: Phrases, hit: Hit) -> Act:
    return Act(hit.first, hit.last, "prefix", "attributive", hit.entry)


def _attitude(sentence: Phrases, hit: Hit) -> Act | None:
    """'Stance' is an act only behind a tone of its family, as in 'hostile stance'."""
    if sentence.tag(hit.last - 1) == VERB:
        return None  # 'a payment firm in Ningbo will ban'
    for tone in sentence.hits.get(f"tone {hit.entry.act.family}", ()):
        if hit.first - _TONE <= tone.first and tone.last <= hit.first:
            return Act(tone.first, hit.last, "attitude", "nominal", hit.entry)
        near = hit.last <= tone.first < hit.last + _PREDICATE
        if near and sentence.at(_before_adverbs(sentence, tone.first), "be"):
            return Act(hit.first, hit.last, "attitude", "nominal", hit.entry)
    return None


def _before_adverbs(sentence: Phrases, i: int) -> int:
    """The last token before token i that is no adverb."""
    i -= 1
    while sentence.tag(i) == ADV and not sentence.at(i, "be"):
        i -= 1
    return i


_READERS = {
    "verb": _verb,
    "noun": _noun,
    "adjective": _adjective,
    "prefix": _prefix,
    "attitude": _attitude,
}


def _fullest(found: list[Act]) -> list[Act]:
    """'Pushed X offshore': of acts with one verb that contradict, those that spell out more."""
    words = defaultdict(int)
    for act in found:
        words[act.first] = max(words[act.first], act.entry.lemma.count(" "))
    fullest = {(a.first, a.stance) for a in found if a.entry.lemma.count(" ") == words[a.first]}
    return [act for act in found if (act.first, act.stance) in fullest]


def _outermost(found: list[Act], names: list[Hit]) -> list[Act]:
    """The acts that no longer one, and no name, has all tokens of; in order."""
    covering = defaultdict(list)
    for span in (*found, *names):
        if span.last - span.first > 1:
            for i in range(span.first, span.last):
                covering[i].append((span.last, span.last - span.first))
    kept = [
        act
        for act in found
        if not any(
            act.last <= last and act.last - act.first < length
            for last, length in covering[act.first]
        )
    ]
    return sorted(kept, key=lambda act: (act.first, -act.last))
