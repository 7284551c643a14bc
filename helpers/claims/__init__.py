"""Who restricts or promotes what, and how it is meant: the claims of the codebook.

Each act that the codebook lists is looked at where it stands: what it is done to (`targets`), by
whom (`actors`), how it is meant (`meaning`), and when, where and according to whom
(`circumstances`). An act without an object is no claim; an act that nobody does (an effect, a
capability, a definition) is none either.
"""

import pandas as pd

from helpers.claims.circumstances import Circumstances
from helpers.claims.coding import Claim, code
from helpers.claims.context import Context, denies_coins
from helpers.grammar import Parse, parse, pieces
from helpers.tables import CARRYING, table

__all__ = ["claims"]


def claims(sentences: pd.DataFrame, dates: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """The claims of every headline, keypoint and body sentence.

    Columns: source, sentence, start, end, exact (the run of the sentence that carries the claim),
    stance, object, level, status, earliest, latest (when the act happened or began, as the sentence
    dates it; missing otherwise), place, actor (the words that name who acts), attribution (who is
    said to say so), rule (family, base form and voice of the act that made the row).

    A sentence has one claim for each stance, object, level and status. `mentions` and `dates` are
    the tables of the same sentences.
    """
    rows: list[tuple] = []
    carrying = sentences[sentences["zone"].isin(CARRYING)]
    columns = [carrying[name].tolist() for name in ("source", "sentence", "start", "exact")]
    told, source, context = Circumstances(dates, mentions), None, Context()
    denying = {columns[0][i] for i in denies_coins(columns[-1])}
    for of, number, start, text in zip(*columns, strict=True):
        if of != source:
            source, context = of, Context(denies_coins=of in denying)
        coded: dict[tuple, tuple] = {}
        for offset, piece in pieces(text):
            sentence, begin = parse(piece), start + offset
            found = code(sentence, context)
            said = told.of(of, number, begin) if found else None
            for claim in found:
                coded.setdefault(claim[:4], (of, number, *_cells(sentence, begin, claim, said)))
            context.remember(sentence)
        rows += coded.values()
    return table("claims", rows)


def _cells(sentence: Parse, start: int, claim: Claim, told) -> tuple:
    begin, end = sentence.span(claim.first, claim.last)
    codes = (claim.stance, claim.object, claim.level, claim.status)
    where = (start + begin, start + end, sentence.text[begin:end])
    act = claim.act
    rule = f"{act.entry.act.family}: {act.entry.lemma} ({act.voice})"
    return (*where, *codes, *told.cells(sentence, claim), rule)
