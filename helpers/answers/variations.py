"""The same sources otherwise: with one left out, or with other codings."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.reference import Reference
from helpers.reliability import disagreements


class Flip(NamedTuple):
    """A sentence whose coding is disputed, and all claims if it were coded the other way."""

    sentence: pd.DataFrame  # its row of the sentences table
    claims: pd.DataFrame


def without(corpus: Corpus, source: str) -> Corpus:
    """The corpus without one of its sources."""
    tables = {
        table.name: getattr(corpus, table.name)
        for table in fields(corpus)
        if isinstance(getattr(corpus, table.name), pd.DataFrame)
    }
    kept = {name: table[table["source"] != source] for name, table in tables.items()}
    return replace(corpus, **kept)


def flips(corpus: Corpus, reference: Reference) -> Iterator[Flip]:
    """For each sentence where coder and reference differ, the claims with the reference's there."""
    disputed = disagreements(corpus, reference)[["source", "sentence"]].drop_duplicates()
    for source, number in disputed.itertuples(index=False):
        sentence = corpus.sentences[_are(corpus.sentences, source, number)]
        yield Flip(sentence, _recoded(corpus.claims, reference.claims, sentence.iloc[0]))


def _are(table: pd.DataFrame, source: str, number: int) -> pd.Series:
    return (table["source"] == source) & (table["sentence"] == number)


def _recoded(claims: pd.DataFrame, other: pd.DataFrame, sentence: Any) -> pd.DataFrame:
    """The claims, with those of `other` in place of their own within one sentence."""
    inside = (
        (other["source"] == sentence["source"])
        & (other["start"] >= sentence["start"])
        & (other["end"] <= sentence["end"])
    )
    elsewhere = claims[~_are(claims, sentence["source"], sentence["sentence"])]
    return pd.concat([elsewhere, other[inside].assign(sentence=sentence["sentence"])])
