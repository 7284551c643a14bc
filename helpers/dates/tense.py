"""Whether a sentence speaks of what lies ahead where it names a date."""

import re
from bisect import bisect_left
from functools import lru_cache

from helpers.letters import lowered

_VERB = re.compile(
    r"""\b(?:(?P<ahead>
        (?:will|shall|would|must|should|won['’]t|\w+['’]ll)
        (?:\s(?:not|also|soon|then|only))? (?:\sbe\s\w+)?
      | upcoming
      | (?:is|are|was|were|be) \s (?:set|due|scheduled|slated|expected|going|likely|about) \b
      | (?:is|are) \s (?:to\b|\w{2,}ing\b)
      | (?:scheduled|slated|due|expected|planned|set) \s (?:to|for|on|in|by|at)
      | (?:plan|aim|intend|hope|expect|promise|vow|pledge|agree|propose|want|need|decide|announce
          |order|require|ask|tell) (?:s|d|ed|ing|ning|ned)? \s (?:to|on) \s (?!have\b)
      | (?:plans|deadline) \s for
      | (?:take|come|go)e?s \s (?:in|into|effect)
      | starts | begins | opens | ends | expires | closes | resumes
    ) | (?P<perfect> has | have ) | (?P<past>
        was | were | had | did | been | \w{2,}ed | said | told | went | began | came | took | made
      | held | gave | saw | rose | fell | met | got | found | sent | left | led | put | set | cut
      | hit | became | wrote | spoke | broke | drew | grew | kept | lost | paid | ran | sold
      | bought | brought | won | thought | built | shut | spent
    ))\b""",
    re.VERBOSE,
)
_CLAUSE_END = re.compile(r"[,;:()—]| - ")
# Of these, the ones that look ahead from the day of publication, not from some day before it.
_FROM_NOW = re.compile(r"will|shall|must|is|are|plans|aims|hopes|\w+['’]ll")


@lru_cache(maxsize=4)  # a sentence is asked about once for each of its dates
def _verbs(sentence: str) -> tuple[list[int], list[re.Match]]:
    """The verbs of a sentence that tell a tense, and where they start."""
    verbs = list(_VERB.finditer(lowered(sentence)))
    return [verb.start() for verb in verbs], verbs


def verb_before(sentence: str, start: int) -> re.Match | None:
    """The last verb that tells a tense before a place in a sentence."""
    starts, verbs = _verbs(sentence)
    at = bisect_left(starts, start)
    return verbs[at - 1] if at else None


def verb_after(sentence: str, end: int) -> re.Match | None:
    """The first verb that tells a tense after a place in a sentence."""
    starts, verbs = _verbs(sentence)
    at = bisect_left(starts, end)
    return verbs[at] if at < len(verbs) else None


def _verb_of(sentence: str, start: int) -> re.Match | None:
    """The verb that a date goes with.

    It is the last before the date or else the first after it, where it can be in the same clause
    ("the firm, hit by a ban, said in the October meeting it will close"), otherwise in any.
    """
    before, after = verb_before(sentence, start), verb_after(sentence, start)
    if before and after and _CLAUSE_END.search(sentence, before.end(), start):
        return before if _CLAUSE_END.search(sentence, start, after.start()) else after
    return before or after


def is_ahead(sentence: str, start: int) -> bool:
    """Whether the verb of a date is one of the future.

    Without a verb the answer is no: news is mostly about what happened.
    """
    verb = _verb_of(sentence, start)
    return bool(verb and verb["ahead"])


def is_past(sentence: str, start: int) -> bool:
    """Whether the verb of a date is one of the past, or a present perfect."""
    verb = _verb_of(sentence, start)
    return bool(verb and not verb["ahead"])


def looks_ahead(sentence: str, start: int) -> bool:
    """Whether a date is said, in the present tense, to lie in the future."""
    verb = _verb_of(sentence, start)
    return bool(verb and verb["ahead"] and _FROM_NOW.match(verb[0]))
