"""The verb forms that a word could be, before it is known whether it is a verb at all."""

import re
from functools import lru_cache

from helpers.codebook import load_codebook
from helpers.codebook.lexicon import Hit
from helpers.grammar.words import Words

_GUESS = re.compile(r"[a-z]{3,}(?:(?P<ed>ed)|(?P<ing>ing)|(?P<base>i[sz]e|ify)|(?P<s>izes|ifies))")
_ENDINGS = ("ed", "ing", "ise", "ize", "ify", "izes", "ifies")


def verb_forms(words: Words, acts: list[Hit]) -> dict[int, frozenset[str]]:
    """The verb forms that each token could be, by the codebook, by list or by its ending."""
    could_be = map(_forms_of, words.low, words.cues)
    found = {i: forms for i, forms in enumerate(could_be) if forms}
    for hit in acts:
        found[hit.first] = found.get(hit.first, frozenset()) | hit.entry.forms
    return found


@lru_cache(maxsize=1 << 15)
def _forms_of(word: str, cues: frozenset[str]) -> frozenset[str]:
    """The verb forms that a word with these cues could be, acts aside."""
    if forms := load_codebook().verbs.get(word):
        return forms
    guessed = word.endswith(_ENDINGS) and "not_verbs" not in cues and _GUESS.fullmatch(word)
    return frozenset([guessed.lastgroup]) if guessed else frozenset()
