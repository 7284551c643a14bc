"""Who is behind a system, and what it is for, by the words of the sentences that name it."""

import re
from typing import Any

import pandas as pd

from helpers.corpus import Corpus
from helpers.systems.lexicon import lexicon
from helpers.systems.naming import by_sentence
from helpers.tables import frame

_COLUMNS = ("source", "sentence", "start", "end", "exact", "system", "role", "who")
# Whoever promotes these does not act on what only deals in coins, even where both are named.
_NOT_ABOUT = dict.fromkeys(("trading place", "coin"), ("blockchain", "cbdc"))
_REACH = 90  # characters between 'led by' and the name of who leads
_LONG = 160  # characters of a purpose


def roles(corpus: Corpus, namings: pd.DataFrame) -> pd.DataFrame:
    """Who runs a system, who sponsors it, who acts on it, and what it is said to be for.

    `namings` is a table of `helpers.systems.systems`. Who runs or sponsors stands after words such
    as 'operated by'; who acts is the actor of a claim about the system; the purpose stands after
    words such as 'aims to' that follow its name.

    Columns: source, sentence, start, end, exact (the words that say so), system, role (runs,
    sponsors, acts, purpose), who (a name; for a purpose the words). Sorted by source and start.
    """
    units, mentions = by_sentence(corpus.sentences), by_sentence(corpus.mentions)
    rows = []
    for place, said in by_sentence(namings).items():
        [unit] = units[place]
        rows += [(*place, *row) for row in _behind(unit, said, mentions[place])]
        rows += [(*place, *row) for row in _purposes(unit, said)]
    rows += _actors(corpus, namings)
    table = frame(_COLUMNS, rows, {}).drop_duplicates()
    return table.sort_values(["source", "start", "end"], kind="stable", ignore_index=True)


def _behind(unit: Any, said: list, mentions: list) -> list[tuple]:
    """Who runs and sponsors a system: the name after 'led by', and the system it is said of."""
    agents = [(m.start, m.end, m.entity) for m in mentions if m.type != "place"]
    agents += [(naming.start, naming.end, naming.system) for naming in said]
    rows = []
    for role, pattern in lexicon().roles.items():
        for match in pattern.finditer(unit.exact):
            left, right = (unit.start + end for end in match.span())
            after = sorted(agent for agent in agents if right <= agent[0] <= right + _REACH)
            before = [naming for naming in said if naming.end <= left]
            later = [naming for naming in said if after and naming.start >= after[0][1]]
            subject = before[-1] if before else later[0] if later else None
            if after and subject and subject.system != after[0][2]:
                exact = unit.exact[left - unit.start : after[0][1] - unit.start]
                rows.append((left, after[0][1], exact, subject.system, role, after[0][2]))
    return rows


def _purposes(unit: Any, said: list) -> list[tuple]:
    """What systems are for: the words after 'aims to', up to the end of the clause."""
    rows = []
    for match in lexicon().purpose.finditer(unit.exact):
        before = [naming for naming in said if naming.end <= unit.start + match.start()]
        if before:
            rest = unit.exact[match.start() :]
            exact = re.split(r"[.;]", rest)[0]
            exact = exact if len(exact) <= _LONG else exact[:_LONG].rpartition(" ")[0]
            exact = exact.rstrip(" ,")
            start = unit.start + match.start()
            rows.append((start, start + len(exact), exact, before[-1].system, "purpose", exact))
    return rows


def _actors(corpus: Corpus, namings: pd.DataFrame) -> list[tuple]:
    """The named actors of claims about a system, where it is not the system itself that acts."""
    names = corpus.mentions.drop_duplicates(["source", "exact"]).set_index(["source", "exact"])
    names = names["entity"].to_dict()
    pairs = corpus.claims[corpus.claims["stance"] == "promote"].merge(
        namings, on=["source", "sentence"], suffixes=("", "_named")
    )
    return [
        (row.source, row.sentence, row.start, row.end, row.exact, row.system, "acts", who)
        for row in pairs.itertuples()
        if row.start < row.end_named and row.start_named < row.end
        if row.object not in _NOT_ABOUT.get(row.kind, ())
        if (who := names.get((row.source, row.actor))) and who not in row.system
        if not lexicon().not_after.search(corpus.text(row.source)[: row.start_named])
    ]
