"""Which systems a text names, how far each has come, and who is behind it. Door: `systems`."""

from collections import defaultdict
from functools import lru_cache

import pandas as pd

from helpers.corpus import Corpus
from helpers.findings import ARTICLE
from helpers.systems.lexicon import entries
from helpers.systems.naming import KINDS, Naming, by_sentence, find
from helpers.systems.roles import roles
from helpers.systems.stages import STAGES, stage_of, when_said
from helpers.tables import frame

__all__ = ["KINDS", "OF_ACTORS", "STAGES", "named_in", "roles", "systems"]

_COLUMNS = ("source", "sentence", "start", "end", "exact", "system", "entry", "kind", "zone")
_STATED = ("stage", "rule", "said_start", "said_end", "earliest", "latest", "dated")
# What is told apart by the actor that it belongs to.
OF_ACTORS = frozenset(entry.system for entry in entries() if entry.whose == "actor")

_CLOSED = {"stage": STAGES}
_READ = (*ARTICLE, "comment")  # readers may name a system, too; what a page adds is no text


@lru_cache(maxsize=8)
def systems(corpus: Corpus) -> pd.DataFrame:
    """Every place where a source names a system, with what it says there of how far that has come.

    A system is what is built, run or acted on: those of `codebook/systems.csv`, by name, by
    description ('development fund', told apart by the place that it belongs to), or spoken of again
    ('this network'); and whatever else the mentions call a system.

    Columns: source, sentence, start, end, exact, system, entry (its name in the codebook, without
    whose it is), kind, zone; stage (an ordered category, see `STAGES`), rule (the words that say
    so; missing where the stage is unknown); said_start, said_end (the span from these words to the
    name, or that of the name); earliest, latest (the days for which it is said: those of the
    sentence, or else those in which the source was published), dated (whether the sentence itself
    gives them). Sorted by source and start. The table is shared: do not change it.
    """
    found = find(corpus.sentences[corpus.sentences["zone"].isin(_READ)], corpus.mentions)
    texts, dates = by_sentence(corpus.sentences), by_sentence(corpus.dates)
    windows = corpus.documents.set_index("source")[["published_earliest", "published_latest"]]
    published = {source: days for source, *days in windows.itertuples()}
    others: dict[tuple, list[Naming]] = defaultdict(list)
    for naming in found:
        others[naming[:2]].append(naming)
    rows = []
    for naming in found:
        [unit], near = texts[naming[:2]], others[naming[:2]]
        said = stage_of(naming, unit.start, unit.exact, near)
        days = when_said(naming, unit.start, near, dates.get(naming[:2], []))
        rows.append((*naming, *said, *(days or published[naming.source]), days is not None))
    named = frame((*_COLUMNS, *_STATED), rows, _CLOSED | {"zone": _READ})
    return named.astype({"dated": bool})


def named_in(sentences: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The systems that any sentences name, without their stages.

    Columns: source, sentence, start, end, exact, system, entry, kind, zone.
    """
    return frame(_COLUMNS, find(sentences, mentions), {})
