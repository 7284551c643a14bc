"""How far the conclusions of the collection depend on one source, one reading, or good coding.

Each module of answers has `CONCLUSIONS`: what each finding of its answer comes to, in a few words.
They are drawn again from the same sources otherwise; where the words differ, the conclusion falls.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

import pandas as pd

from helpers.answers.variations import (
    Conclusions,
    Flip,
    Rows,
    erring,
    flips,
    rates,
    rows_of,
    without,
)
from helpers.corpus import Corpus
from helpers.findings import Evidence, Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.words import slug

# The modules of answers, and the notebooks whose conclusions they draw.
NOTEBOOKS = {
    "sources": "01_what_do_the_sources_say.ipynb",
    "contradiction": "02_does_china_ban_crypto_and_promote_blockchain.ipynb",
    "levels": "03_who_bans_and_who_promotes.ipynb",
    "register": "04_what_is_being_built.ipynb",
    "chongqing": "05_what_happened_to_chongqings_digital_asset_exchange.ipynb",
    "october": "06_did_october_2019_change_anything.ipynb",
    "crackdown": "07_did_the_crackdown_bite.ipynb",
    "hong_kong": "08_is_hong_kong_the_exception.ipynb",
    "digital_yuan": "09_how_ready_was_the_digital_yuan.ipynb",
    "places": "10_where_is_it_happening.ipynb",
    "checks": "11_do_the_sources_match_the_record.ipynb",
}
RUNS = 100
_NOTHING = "nothing can be said"


class Standing(NamedTuple):
    """A conclusion, by the finding that states it, and how it fares when things are otherwise."""

    finding: str
    notebook: str
    words: str
    basis: str  # what it is drawn from: 'claims', 'sources' (but not their claims), or 'record'
    fallen: list[str]  # the sources without which it falls
    sources: int
    turning: pd.DataFrame  # the disputed sentences that make it fall: rows of the sentences table
    disputed: int
    others: Counter[str]  # the other conclusions of the runs with errors
    runs: int  # none where there is no reference to measure errors by, or no claim in it

    @property
    def kept(self) -> int:
        """In how many runs it stands."""
        return self.runs - self.others.total()

    @property
    def is_safe(self) -> bool:
        """Whether it stands in every variation."""
        return not (self.fallen or len(self.turning) or self.others)


def standings(
    corpus: Corpus, record: Record, reference: Reference, modules: Iterable[str] = NOTEBOOKS
) -> list[Standing]:
    """How the conclusions of some modules fare: without each source, and so on."""
    claims, measured = rows_of(corpus.claims), rates(corpus, reference)
    varied = Varied(
        corpus,
        record,
        {source: without(corpus, source) for source in corpus.documents["source"]},
        flips(corpus, reference),
        [] if measured is None else list(erring(claims, measured, RUNS)),
    )
    return [standing for module in modules for standing in _standings(varied, module)]


class Varied(NamedTuple):
    """Sources and record, and what the sources are varied to."""

    corpus: Corpus
    record: Record
    rest: dict[str, Corpus]  # without the source that is the key
    disputed: tuple[Flip, ...]
    runs: list[Rows]  # the claims of each run with errors


def _standings(varied: Varied, module: str) -> Iterator[Standing]:
    """The same for one module, by what the sources are varied to."""
    all_ = import_module(f"helpers.answers.{module}").CONCLUSIONS
    corpus, record = varied.corpus, varied.record
    drawn = _drawn(all_, corpus, record)
    now = {id: words for id, words in drawn.items() if words != _NOTHING}
    # A conclusion is drawn again only from what it rests on.
    of_texts = {id: all_[id] for id in now if all_[id].basis != "record"}
    of_claims = {id: all_[id] for id in now if all_[id].basis == "claims"}
    rest = {source: _drawn(of_texts, less, record) for source, less in varied.rest.items()}
    read = [_drawn(of_claims, corpus, record, flip.claims) for flip in varied.disputed]
    erred = [_drawn(of_claims, corpus, record, claims) for claims in varied.runs]
    for id, words in now.items():
        turning = [
            flip.sentence
            for flip, other in zip(varied.disputed, read, strict=True)
            if other.get(id, words) != words
        ]
        yield Standing(
            finding=id,
            notebook=NOTEBOOKS[module],
            words=words,
            basis=all_[id].basis,
            fallen=[source for source, other in rest.items() if other.get(id, words) != words],
            sources=len(rest),
            turning=pd.concat([corpus.sentences.head(0), *turning]),
            disputed=len(varied.disputed),
            others=Counter(other[id] for other in erred if other.get(id, words) != words),
            runs=len(erred) if id in of_claims else 0,
        )


def _drawn(
    conclusions: Conclusions, corpus: Corpus, record: Record, claims: Rows | None = None
) -> dict[str, str]:
    """What is concluded; from the claims of the corpus, if no others are given."""
    claims = rows_of(corpus.claims if claims is None else claims)
    return {id: one.draw(corpus, record, claims) or _NOTHING for id, one in conclusions.items()}


def robustness(corpus: Corpus, record: Record, reference: Reference, module: str) -> list[Finding]:
    """Whether the conclusions of a notebook stand otherwise; those that fare alike together."""
    alike: dict[tuple, list[Standing]] = {}
    for found in standings(corpus, record, reference, [module]):
        alike.setdefault((_fate(found), f"{_values(found)}"), []).append(found)
    if not alike:
        sentence = "Nothing is concluded here that could fall."
        searched = evidence(corpus, corpus.documents)
        return [finding(f"{slug(module)}.nothing-stands", sentence, {}, searched)]
    return [_robust(corpus, group) for group in alike.values()]


def _robust(corpus: Corpus, group: list[Standing]) -> Finding:
    first = group[0]
    values = {
        "conclusions": [f"“{found.words}”" for found in group],
        "findings": [found.finding for found in group],
    }
    sentence = f"{{conclusions}} {_fate(first)}"
    return finding(
        f"{first.finding}-stands", sentence, values | _values(first), _behind(corpus, group)
    )


def _values(found: Standing) -> dict[str, Any]:
    [(other, times)] = found.others.most_common(1) or [("", 0)]
    return {
        "sources": found.sources,
        "fallen": found.fallen,
        "disputed": found.disputed,
        "turning": len(found.turning),
        "kept": found.kept,
        "runs": found.runs,
        "other": other,
        "times": times,
    }


def _fate(found: Standing) -> str:
    """The template of what becomes of a conclusion."""
    if found.basis == "record":
        return (
            "{conclusions:is/are} the record's: {conclusions:it stands/they stand} whatever the"
            " sources say, and however they are coded."
        )
    fates = zip(
        ("{conclusions:falls/fall}", "{conclusions:stands/stand}"), _fates(found), strict=True
    )
    parts = [f"{verb} {_joined(ways)}" for verb, ways in fates if ways]
    end = "; in {times} of them it would be {other:quote}." if found.others else "."
    return " but ".join(parts) + end


def _fates(found: Standing) -> tuple[list[str], list[str]]:
    """Templates of how a conclusion falls, and of how it stands."""
    stands, falls = [], []
    if found.fallen:
        falls.append("without {fallen:source/sources} {fallen}")
    else:
        stands.append("without any one of the {sources:words} {sources:source/sources}")
    if found.basis == "sources":
        stands.append("however claims are coded, for {conclusions:it is/they are} drawn from none")
    elif found.disputed == 1:
        ways = falls if len(found.turning) else stands
        ways.append("with the one disputed sentence read the other way")
    elif len(found.turning):
        falls.append(
            "with {turning:words} of the {disputed} disputed sentences read the other way, each by"
            " itself"
        )
    elif found.disputed:
        stands.append("with any one of the {disputed} disputed sentences read the other way")
    if found.runs:
        ways = stands if found.kept else falls
        ways.append(
            "in {kept} of {runs} runs in which the coder errs as often again"
            if found.kept
            else "in all of {runs} runs in which the coder errs as often again"
        )
    return falls, stands


def _joined(ways: list[str]) -> str:
    *most, last = ways
    return f"{', '.join(most)} and {last}" if most else last


def _behind(corpus: Corpus, found: list[Standing]) -> Evidence:
    """The sources and the sentences that conclusions fall by; all sources, where none falls."""
    fallen = {source for one in found for source in one.fallen}
    turning = pd.concat(
        [corpus.sentences.head(0), *(one.turning for one in found)]
    ).drop_duplicates(["source", "sentence"])
    documents = corpus.documents[corpus.documents["source"].isin(fallen)]
    if documents.empty and turning.empty:
        documents = corpus.documents
    return evidence(corpus, documents) + evidence(corpus, turning)


def overview(corpus: Corpus, found: list[Standing]) -> Finding:
    """How many conclusions of the collection stand in every variation, and which is weakest."""
    varied = [one for one in found if one.basis != "record"]
    weakest = min(varied, key=lambda one: one.kept / one.runs if one.runs else 1, default=None)
    values = {
        "all": len(found),
        "record": len(found) - len(varied),
        "varied": len(varied),
        "safe": sum(one.is_safe for one in varied),
        "fallen": sum(bool(one.fallen) for one in varied),
        "turning": sum(len(one.turning) > 0 for one in varied),
        "weakest": weakest.words if weakest else "",
        "kept": weakest.kept if weakest else 0,
        "runs": weakest.runs if weakest else 0,
    }
    sentence = (
        "Of {all} {all:conclusion/conclusions} of the collection, {record:words}"
        " {record:rests/rest} on the record alone. Of the other {varied}, {safe:words}"
        " {safe:stands/stand} however things are varied; {fallen:words} {fallen:falls/fall} when"
        " some source is left out, and {turning:count} when some disputed sentence is read the"
        " other way."
    )
    if values["runs"]:
        sentence += (
            " The weakest is {weakest:quote}: it stands in {kept} of {runs} runs in which the"
            " coder errs as often again."
        )
    return finding("trust.sensitivity", sentence, values, _behind(corpus, varied))


def measured(corpus: Corpus, reference: Reference) -> Finding:
    """How often the coder errs, as the runs assume it."""
    found = rates(corpus, reference)
    values = found._asdict() if found else {}
    sentence = (
        "In each run the coder misses a claim in {missed:.1%} of all cases, adds one in"
        " {extra:.1%}, and mistakes the level in {level:.1%} and the status in {status:.1%}."
        if found
        else "These texts have no reference coding, so no errors can be counted and none are drawn."
    )
    return finding("trust.rates", sentence, values, evidence(corpus, corpus.documents))
