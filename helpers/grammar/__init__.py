"""Enough grammar to tell who acts on what, and how it is meant, without a trained parser.

A sentence is read in layers: its words with the codebook's entries (`words`), what each word is
(`small`, `tags`), noun phrases (`phrases`), acts and their voice (`acts`), clauses and who acts in
them (`clauses`), and how a verb is meant (`modality`). Door: `parse`.
"""

from collections.abc import Iterator
from functools import lru_cache

from helpers.grammar.acts import Act
from helpers.grammar.modality import Modality
from helpers.grammar.parse import Parse

__all__ = ["Act", "Modality", "Parse", "parse", "pieces"]

# Nobody writes a longer sentence. What is longer is a page without full stops, and is read piece by
# piece, so that the time it takes grows with its length alone.
_LONGEST = 1200  # characters

# Mentions and claims read the same sentences one after the other.
parse = lru_cache(maxsize=8192)(Parse)


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """A sentence with its offset 0; one of many thousand characters in pieces, with theirs."""
    start = 0
    while len(text) - start > _LONGEST:
        end = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
        yield start, text[start:end]
        start = end
    yield start, text[start:]
