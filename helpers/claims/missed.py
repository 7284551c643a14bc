"""What the codebook may have missed: acts on an object that no claim came of. Door: `missed`."""

from collections import Counter

import pandas as pd

from helpers.codebook import load_codebook
from helpers.codebook.entries import Object
from helpers.codebook.lexicon import Hit
from helpers.corpus import Corpus
from helpers.grammar import Parse, parse, pieces
from helpers.grammar.tags import AUX, SUB, VERB
from helpers.tables import CARRYING

_REACH = 8  # tokens from a verb to the object that it seems to act on, at most


def missed(corpus: Corpus) -> pd.DataFrame:
    """The sentences that name an object behind or before a verb, and carry no claim.

    A place to look for words that the codebook lacks. Columns: verb (its base form, or as it is
    written where no list has it), count (sentences with it, the most frequent verb first), family
    (those of the codebook that have the verb, else missing), object (the first that it may act on),
    source, sentence, start, end, exact.
    """
    carrying = corpus.sentences[corpus.sentences["zone"].isin(CARRYING)]
    coded = set(zip(corpus.claims["source"], corpus.claims["sentence"], strict=True))
    columns = ["source", "sentence", "start", "end", "exact"]
    rows = [
        (verb, family, name, *row)
        for row in carrying[columns].itertuples(index=False, name=None)
        if row[:2] not in coded
        for verb, family, name in _acting(row[-1])
    ]
    counts = Counter(verb for verb, *_ in rows)
    rows.sort(key=lambda row: (-counts[row[0]], row[0], row[3], row[4]))
    found = pd.DataFrame(rows, columns=["verb", "family", "object", *columns])
    found.insert(1, "count", found["verb"].map(counts).astype("int64"))
    return found


def _acting(text: str) -> list[tuple[str, str | None, str]]:
    """The verbs of a sentence that seem to act on an object, each once: verb, family, object."""
    found: dict[str, tuple[str, str | None, str]] = {}
    for _, piece in pieces(text):
        sentence = parse(piece)
        for i in sentence.forms:
            if sentence.tag(i) == VERB and (hit := _acted_on(sentence, i)):
                verb, family = _verb(sentence, i)
                found.setdefault(verb, (verb, family, hit.entry.name))
    return list(found.values())


def _acted_on(sentence: Parse, verb: int) -> Hit | None:
    """The object behind a verb in its clause, or before one in the passive."""
    low, high = sentence.clause(verb)
    passive = sentence.tag(verb - 1) == AUX and sentence.forms[verb] == "ed"
    for hit in sentence.objects:
        near = low <= hit.first < verb if passive else verb < hit.first < min(high, verb + _REACH)
        between = range(*sorted((verb + 1, hit.first)))
        if near and not any(sentence.tag(i) in (VERB, SUB) for i in between):
            return hit if isinstance(hit.entry, Object) else None
    return None


def _verb(sentence: Parse, i: int) -> tuple[str, str | None]:
    """The base form of the verb at token i, and the families that have it."""
    entries = [act.entry for act in sentence.acts_between(i, i + 1)]
    if entries:
        return entries[0].lemma, ", ".join(dict.fromkeys(entry.act.family for entry in entries))
    return load_codebook().lemmas.get(sentence.low[i], sentence.low[i]), None
