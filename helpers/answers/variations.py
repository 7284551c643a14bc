"""The same sources otherwise: with one left out, with other codings, or with errors in them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from helpers.corpus import Corpus
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable, disagreements

_CODES = ("stance", "object", "level", "status")


# Rows of a table as named tuples: what is asked hundreds of times is asked of these.
Rows = Sequence[Any]


class Conclusion(NamedTuple):
    """What a finding comes to, in a few words, and what that is drawn from.

    Nothing is concluded where there is no such finding.
    """

    basis: str  # 'claims', 'sources' (but not their claims), or 'record'
    draw: Callable[[Corpus, Record, Rows], str | None]


# By the finding that says it.
Conclusions = Mapping[str, Conclusion]


def from_record(draw: Callable[[Record], str | None]) -> Conclusion:
    """What is concluded from the record alone."""
    return Conclusion("record", lambda corpus, record, claims: draw(record))


def from_sources(draw: Callable[[Corpus, Record], str | None]) -> Conclusion:
    """What is concluded from the sources, but from no claim."""
    return Conclusion("sources", lambda corpus, record, claims: draw(corpus, record))


def from_claims(draw: Callable[[Corpus, Record, Rows], str | None]) -> Conclusion:
    """What is concluded from claims, which may be others than those of the sources as coded."""
    return Conclusion("claims", draw)


class Flip(NamedTuple):
    """A sentence whose coding is disputed, and all claims if it were coded the other way."""

    sentence: pd.DataFrame  # its row of the sentences table
    claims: Rows


class Rates(NamedTuple):
    """How likely the coder errs: per claim of the reference, per claim coded, per claim of both."""

    missed: float
    extra: float
    level: float
    status: float


def rows_of(table: pd.DataFrame | Rows) -> Rows:
    """The rows of a table, with their `Index` and its columns by name; rows stay what they are."""
    return list(table.itertuples()) if isinstance(table, pd.DataFrame) else table


def without(corpus: Corpus, source: str) -> Corpus:
    """The corpus without one of its sources."""
    kept = {name: table[table["source"] != source] for name, table in _tables(corpus)}
    return replace(corpus, **kept)


def _tables(corpus: Corpus) -> Iterator[tuple[str, pd.DataFrame]]:
    for field in fields(corpus):
        table = getattr(corpus, field.name)
        if isinstance(table, pd.DataFrame):
            yield field.name, table


@lru_cache(maxsize=2)
def flips(corpus: Corpus, reference: Reference) -> tuple[Flip, ...]:
    """For each sentence where coder and reference differ, the claims with the reference's there."""
    disputed = disagreements(corpus, reference)[["source", "sentence"]].drop_duplicates()
    units = corpus.sentences.merge(disputed, on=["source", "sentence"])
    claims = rows_of(corpus.claims)
    # The reference numbers its units by itself.
    read = rows_of(reference.claims.assign(sentence=0))
    return tuple(
        Flip(units[place : place + 1], _recoded(claims, read, unit))
        for place, unit in enumerate(units.itertuples())
    )


def _recoded(claims: Rows, read: Rows, unit: Any) -> Rows:
    """The claims, with those of the reference in place of their own within one sentence."""
    others = [
        claim for claim in claims if (claim.source, claim.sentence) != (unit.source, unit.sentence)
    ]
    others += [
        claim._replace(sentence=unit.sentence)
        for claim in read
        if claim.source == unit.source and claim.start >= unit.start and claim.end <= unit.end
    ]
    return sorted(others, key=attrgetter("source", "start"))


def rates(corpus: Corpus, reference: Reference) -> Rates | None:
    """How often the coder errs, by its disagreements with the reference; None if there is none.

    k errors in n cases count as a rate of (k + 1) / (n + 2), by Laplace's rule of succession: an
    error that was not seen yet may still occur.
    """
    compared = comparable(corpus, reference)
    if not compared:
        return None
    coded, read = (
        int(table["source"].isin(compared).sum()) for table in (corpus.claims, reference.claims)
    )
    differing = disagreements(corpus, reference)
    kinds = differing["kind"].value_counts()
    different = differing[differing["kind"] == "different"]
    # What is different is written as 'stance object, level, status'.
    read_as, coded_as = (different[side].str.split(", ") for side in ("reference", "coded"))
    level, status = (int((read_as.str[n] != coded_as.str[n]).sum()) for n in (1, 2))
    both = read - kinds["missed"]
    cases = [(kinds["missed"], read), (kinds["extra"], coded), (level, both), (status, both)]
    return Rates(*((errors + 1) / (number + 2) for errors, number in cases))


def erring(claims: Rows, rates: Rates, runs: int, seed: int = 0) -> Iterator[Rows]:
    """The claims as they might be if the coder erred as often once more, for each run.

    In each run claims are missed, claims are added, and levels and statuses are changed, each at
    its rate. An added claim stands where some claim does, and is coded like another. A change is to
    what some other claim has. That errors are added to what is already coded with errors is how
    simulation extrapolation begins (Küchenhoff, Mwalili and Lesaffre, A General Method for Dealing
    with Misclassification in Regression: The Misclassification SIMEX, Biometrics 62, 2006).
    """
    rng = np.random.default_rng(seed)
    for _ in range(runs if claims else 0):
        kept = np.flatnonzero(rng.random(len(claims)) >= rates.missed)
        added, like = rng.integers(len(claims), size=(2, rng.binomial(len(claims), rates.extra)))
        pairs = [*zip(kept, kept, strict=True), *zip(added, like, strict=True)]
        pairs.sort(key=lambda pair: pair[0])
        run = [_coded_like(claims[place], claims[other]) for place, other in pairs]
        for column in ("level", "status"):
            for place in np.flatnonzero(rng.random(len(run)) < getattr(rates, column)):
                code = getattr(run[place], column)
                others = [other for row in claims if (other := getattr(row, column)) != code]
                if others:
                    run[place] = run[place]._replace(**{column: others[rng.integers(len(others))]})
        yield run


def _coded_like(claim: Any, other: Any) -> Any:
    """A claim with the codes of another."""
    if claim is other:
        return claim
    return claim._replace(**{column: getattr(other, column) for column in _CODES})
