"""How far an act reaches: what ends its clause before its object, and what does not."""

from typing import NamedTuple

from helpers.codebook.entries import Object
from helpers.grammar import Act, Parse
from helpers.grammar.tags import ADV, AUX, CONJ, NOUN, PREP, TO, VERB


class Target(NamedTuple):
    """An object of an act, at tokens `first` to `last` (excluded)."""

    object: Object
    first: int
    last: int


def cut(sentence: Parse, act: Act, target: Target) -> bool:
    """A clause, a finite verb or a notice between act and object ends the reach of the act."""
    promotes, begin = act.stance == "promote", _behind_what(sentence, act.last)
    if begin > target.first:
        return True  # 'learned what a blockchain is'
    for i in range(begin, target.first):
        inside = i > act.last
        warns = sentence.word(i) == "that" and act.entry.act.family == "warning"
        if i in sentence.barriers and not (warns or (inside and _passes(sentence, act, i, target))):
            return True
        if inside and sentence.is_finite(i) and not _passes(sentence, act, i - 1, target):
            return True
        if (
            sentence.tag(i) == PREP
            and sentence.at(i, "adjuncts")
            and not _gives_example(sentence, i)
        ):
            return True
        meets = any(a.stance == "restrict" for a in sentence.acts_between(i, i + 1))
        # 'Passed a law to regulate X', 'friendly rules to regulate X'
        meets &= act.entry.act.family != "legislation" and act.form != "attitude"
        if promotes and meets and not act.entry.through:
            return True
        if act.entry.weak and not promotes and _promotes(sentence, i):
            return True  # 'step up efforts to attract X'
        if promotes and sentence.word(i) == "by" and inside and sentence.tag(i - 1) != VERB:
            return True
        publishes = promotes and not act.entry.through and i < act.last + 4
        if publishes and sentence.at(i, "notices"):
            return True
    return False


def _behind_what(sentence: Parse, i: int) -> int:
    """'Launched what is said to be the first X', 'what it calls X': where the object begins."""
    if sentence.word(i) != "what":
        return i
    subject = sentence.phrase_of(i + 1)
    i = subject.last if subject else i + 1
    while sentence.tag(i) in (AUX, VERB, TO, ADV):
        i += 1
    return i


def _gives_example(sentence: Parse, i: int) -> bool:
    """'Banned giants like X from …': an example, and no comparison."""
    return sentence.word(i) == "like" and sentence.tag(i - 1) == NOUN


def _promotes(sentence: Parse, i: int) -> bool:
    """An infinitive that promotes begins at token i."""
    if sentence.tag(i - 1) != TO:
        return False
    acts = sentence.acts_between(i, i + 1)
    return any(act.stance == "promote" and act.voice == "active" for act in acts)


def _passes(sentence: Parse, act: Act, i: int, target: Target) -> bool:
    """'A platform that uses X', 'the power that X uses' and 'the following: X' let an act pass."""
    if act.entry.act.family == "prosecution":
        return False  # 'arrested a gang that …': what else they did
    if sentence.word(i) in ("that", "which"):
        joined = sentence.tag(i - 1) in (PREP, CONJ)  # 'but that X fell'
        relative = not joined and sentence.begins(target.first) == i + 1
        return relative or sentence.tag(i + 1) == VERB
    if sentence.word(i) == "where":
        return sentence.begins(target.first) == i + 1  # 'groups where X is sold'
    return sentence.word(i) in (":", "as")


def is_money(sentence: Parse, target: Target) -> bool:
    """Coins themselves, and no fund or service of them."""
    phrase = sentence.phrase_of(target.last - 1)
    return sentence.at((phrase.last if phrase else target.last) - 1, "money")
