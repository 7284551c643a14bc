"""The verb forms that a word could be, before it is known whether it is a verb at all."""

import re

from helpers.codebook import load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar.words import Words

_GUESS = re.compile(r"[a-z]{3,}(?:(?P<ed>ed)|(?P<ing>ing)|(?P<base>i[sz]e|ify)|(?P<s>izes|ifies))")
_ENDINGS = ("ed", "ing", "ise", "ize", "ify", "izes", "ifies")


def verb_forms(words: Words, acts: list[Hit]) -> dict[int, frozenset[str]]:
    """The verb forms that each token could be, by the codebook, by list or by its ending."""
    known, found = load_codebook().verbs, {}
    for i, word in enumerate(words.low):
        if forms := known.get(word):
            found[i] = forms
        elif not word.endswith(_ENDINGS) or words.at(i, "not_verbs"):
            continue
        elif match := _GUESS.fullmatch(word):
            found[i] = frozenset([match.lastgroup])
    for hit in acts:
        found[hit.first] = found.get(hit.first, frozenset()) | hit.entry.forms
    return found
