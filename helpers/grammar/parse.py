"""One sentence, read."""

from bisect import bisect_left

from helpers.grammar.acts import Act, acts
from helpers.grammar.lazy import lazy
from helpers.grammar.modality import Meanings


class Parse(Meanings):
    """One sentence with what the codebook finds in it, and what the grammar makes of that.

    Tokens are numbered from 0; `first` and `last` of whatever is found are tokens, `last` excluded.
    """

    @lazy
    def acts(self) -> list[Act]:
        """The acts, in order."""
        return acts(self)

    @lazy
    def _act_firsts(self) -> list[int]:
        return [act.first for act in self.acts]

    def acts_between(self, first: int, last: int) -> list[Act]:
        """The acts that begin at tokens `first` to `last` (excluded)."""
        firsts = self._act_firsts
        return self.acts[bisect_left(firsts, first) : bisect_left(firsts, last)]
