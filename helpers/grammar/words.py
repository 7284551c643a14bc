"""The words of a sentence, and the codebook's entries found in them."""

from bisect import bisect_right

from helpers.codebook import load_codebook
from helpers.codebook.lexicon import Hit, Token, tokens
from helpers.grammar.lazy import lazy

_NOTHING: frozenset[str] = frozenset()
_LETTERS = 3  # words with no more than these have capitals for other reasons
_FEWEST = 4  # such words are enough to tell
_MOST = 0.85  # of the longer words have capitals in a heading that is written so


class Words:
    """The tokens of one sentence, and what the codebook knows of them."""

    def __init__(self, text: str):
        codebook = load_codebook()
        self.text = text
        self.words: list[Token] = tokens(text)
        self.low = [word.lower for word in self.words]
        self.size = len(self.words)
        self.hits: dict[str, list[Hit]] = codebook.lexicon.scan(text, self.words)
        self.cues = [codebook.cues.get(word, _NOTHING) for word in self.low]
        for hit in self.hits.pop("cue", ()):
            # Within 'according to' no word is what it is alone.
            self.cues[hit.first : hit.last] = [hit.entry] * (hit.last - hit.first)

    def at(self, i: int, *kinds: str) -> bool:
        """Token i exists and is a cue of one of these kinds."""
        return 0 <= i < self.size and not self.cues[i].isdisjoint(kinds)

    def word(self, i: int) -> str:
        return self.low[i] if 0 <= i < self.size else ""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters that tokens `first` to `last` (excluded) take."""
        return self.words[first].start, self.words[last - 1].end

    def token_at(self, offset: int) -> int:
        """The first token that ends behind a character offset."""
        return bisect_right(self.words, offset, key=lambda word: word.end - 1)

    @lazy
    def is_title_case(self) -> bool:
        """Most words have capitals, as in a heading: capitals do not tell a name."""
        long = [w.text for w in self.words if w.text[0].isalpha() and len(w.text) > _LETTERS]
        return len(long) >= _FEWEST and sum(w[0].isupper() for w in long) > _MOST * len(long)

    def has_capital(self, i: int) -> bool:
        """Token i has a capital that only a name has."""
        return i > 0 and self.words[i].text[0].isupper() and not self.is_title_case
