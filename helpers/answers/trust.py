"""How far can the coding be trusted?"""

from typing import Any

import pandas as pd

from helpers.answers.variations import without
from helpers.corpus import Corpus
from helpers.findings import Evidence, Finding, evidence, finding
from helpers.reference import Reference
from helpers.reliability import KINDS, agreement, comparable, disagreements

# Krippendorff, Content Analysis: An Introduction to Its Methodology, chapter on reliability: rely
# on variables from here on; draw tentative conclusions from _TENTATIVE on.
_RELIABLE, _TENTATIVE = 0.8, 0.667


def answer(corpus: Corpus, reference: Reference) -> list[Finding]:
    """The answer in a few findings: what the coder finds, how reliably, and what that is worth."""
    if not comparable(corpus, reference):
        return [_nothing_to_compare(corpus, "trust.claims")]
    table = agreement(corpus, reference).set_index("variable")
    return [
        _claims(corpus, reference, table.loc["claim"]),
        _codes(corpus, reference, table),
        _rest(corpus, table),
        _alphas(corpus, table["alpha"].dropna()),
        _bound(corpus, reference),
    ]


def _nothing_to_compare(corpus: Corpus, id: str) -> Finding:
    sentence = "These texts have no reference coding, so how far to trust theirs is not known."
    return finding(id, sentence, {}, evidence(corpus, corpus.documents))


def _claims(corpus: Corpus, reference: Reference, row: pd.Series) -> Finding:
    values = {
        "matched": int(row["matched"]),
        "reference": int(row["n_reference"]),
        "extra": int(row["n_coded"] - row["matched"]),
        "f1": row["f1"],
        "low": row["low"],
        "high": row["high"],
        "sources": int(row["n_sources"]),
    }
    sentence = (
        "Of {reference} {reference:claim/claims} in the reference coding (counted once for each"
        " sentence, stance and object) the coder finds {matched}, and {extra:count} that"
        " {extra:is/are} not there: F1 is {f1:.2f}, with a bootstrap interval over the"
        " {sources:words} {sources:source/sources} of {low:.2f} to {high:.2f}."
    )
    return finding("trust.claims", sentence, values, _differing(corpus, reference))


def _differing(corpus: Corpus, reference: Reference, anchor: str = "evidence") -> Evidence:
    """The claims in which coder and reference differ, each beside its sentence."""
    rows = disagreements(corpus, reference)
    words = rows["coded_exact"].fillna(rows["reference_exact"])
    # The table has whole sentences; what is to be marked in them are the words of the claim.
    begins = [exact.find(part) for exact, part in zip(rows["exact"], words, strict=True)]
    rows = rows.assign(start=rows["start"] + begins)
    rows = rows.assign(end=rows["start"] + words.str.len())
    caption = "Where coder and reference differ"
    return evidence(corpus, rows, by=("kind",), anchor=anchor, caption=caption)


def _codes(corpus: Corpus, reference: Reference, table: pd.DataFrame) -> Finding:
    values = {
        "level": table.loc["level", "f1"],
        "status": table.loc["status", "f1"],
        "full": table.loc["full claim", "f1"],
    }
    sentence = (
        "Where both have a claim, they agree on who acts with F1 {level:.2f} and on the status with"
        " {status:.2f}. Claims that are the same in all their codes reach {full:.2f}"
    )
    if "full claim" in reference.readings:
        values["readings"] = reference.readings["full claim"]
        sentence += "; the readings behind the reference, between themselves, {readings:.2f}"
    sentence += "."
    return finding("trust.codes", sentence, values, _differing(corpus, reference))


def _rest(corpus: Corpus, table: pd.DataFrame) -> Finding:
    names = {"zones": "zone", "dates": "date", "intervals": "date interval"}
    names |= {"quantities": "quantity", "values": "quantity value", "mentions": "mention"}
    values = {plural: table.loc[name, "f1"] for plural, name in names.items()}
    sentence = (
        "For zones F1 is {zones:.2f}, for dates {dates:.2f} ({intervals:.2f} with their days"
        " right), for quantities {quantities:.2f} ({values:.2f} with their values right), for"
        " mentions {mentions:.2f}."
    )
    return finding("trust.rest", sentence, values, evidence(corpus, corpus.documents))


def _alphas(corpus: Corpus, alphas: pd.Series) -> Finding:
    values = {
        "reliable": [*alphas.index[alphas >= _RELIABLE]],
        "tentative": [*alphas.index[(alphas < _RELIABLE) & (alphas >= _TENTATIVE)]],
        "unreliable": [*alphas.index[alphas < _TENTATIVE]],
        "upper": _RELIABLE,
        "lower": _TENTATIVE,
    }
    sentence = (
        "Krippendorff's alpha is {upper:.3f} or more, so reliable by his rule, for {reliable}"
    )
    if values["tentative"]:
        sentence += "; between that and {lower:.3f}, fit for tentative conclusions, for {tentative}"
    if values["unreliable"]:
        sentence += "; less than {lower:.3f}, too little to build on, for {unreliable}"
    sentence += "."
    return finding("trust.alpha", sentence, values, evidence(corpus, corpus.documents))


def _bound(corpus: Corpus, reference: Reference) -> Finding:
    values: dict[str, Any] = {"note": reference.note}
    sentence = "How sure the reference is, is not known: no second reading of it was compared."
    if "claim" in reference.readings:
        values["readings"] = reference.readings["claim"]
        sentence = (
            "All this is an upper bound: the readings behind the reference agreed on claims with F1"
            " {readings:.2f} before they were made one."
        )
    sentence += " {note}" if reference.note else ""
    return finding("trust.bound", sentence, values, evidence(corpus, corpus.documents))


def scored(corpus: Corpus, reference: Reference, table: pd.DataFrame) -> Finding:
    """On which variables both agree best and worst, beside the readings: what the figure shows."""
    known = table.dropna(subset=["f1"]).set_index("variable")["f1"]
    if known.empty:
        return _nothing_to_compare(corpus, "trust.scores")
    compared = {name: f1 for name, f1 in reference.readings.items() if name in known}
    values = {
        "variables": len(known),
        "best": known.idxmax(),
        "highest": known.max(),
        "worst": known.idxmin(),
        "lowest": known.min(),
        "compared": len(compared),
        "above": sum(known[name] >= f1 for name, f1 in compared.items()),
    }
    sentence = (
        "Of {variables} variables, coder and reference agree best on {best} (F1 {highest:.2f}) and"
        " least on {worst} ({lowest:.2f})."
    )
    if compared:
        sentence += (
            " Of the {compared:words} on which the readings behind the reference were compared, the"
            " coder does as well as they or better on {above:count}."
        )
    return finding("trust.scores", sentence, values, _differing(corpus, reference))


def differing(corpus: Corpus, reference: Reference) -> Finding:
    """How many claims differ, and how."""
    if not comparable(corpus, reference):
        return _nothing_to_compare(corpus, "trust.differing")
    kinds = disagreements(corpus, reference)["kind"].value_counts()
    values = {"all": int(kinds.sum()), **{kind: int(kinds[kind]) for kind in KINDS}}
    sentence = (
        "Coder and reference differ in {all} {all:claim/claims}: {missed} {missed:was/were} missed,"
        " {extra} {extra:is/are} the coder's alone, and {different} {different:has/have} another"
        " level or status."
    )
    return finding("trust.differing", sentence, values, _differing(corpus, reference))


def left_out(corpus: Corpus, reference: Reference) -> Finding:
    """How well claims are found without each of the sources."""
    f1 = {}
    for source in comparable(corpus, reference):
        table = agreement(without(corpus, source), reference).set_index("variable")
        f1[source] = table.loc["claim", "f1"]
    if not f1:
        return _nothing_to_compare(corpus, "trust.left-out")
    values = {
        "sources": len(f1),
        "low": min(f1.values()),
        "high": max(f1.values()),
        "hardest": max(f1, key=f1.get),
    }
    sentence = (
        "Whichever of the {sources:words} {sources:source/sources} is left out, F1 of claims is"
        " between {low:.2f} and {high:.2f}; it is highest without {hardest}, the source that is"
        " hardest to code."
    )
    return finding("trust.left-out", sentence, values, evidence(corpus, corpus.documents))
