"""How far the coding can be trusted: what the coder found against a reference coding.

Two codings need not cut a text into the same sentences. So everything is compared in the units of
the reference: what the coder found belongs to the unit that its span overlaps most.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator

import pandas as pd

from helpers.corpus import Corpus
from helpers.measures import f1, f1_interval, krippendorff_alpha
from helpers.reference import Reference
from helpers.tables import CARRYING, frame

KINDS = ("missed", "extra", "different")

_CODES = ("stance", "object", "level", "status")

# A unit's place in a coding: the source, and the unit's number (or None and an offset, for what
# lies outside all units). An item is whatever is counted; it begins with its source.
_Unit = tuple[str, Hashable]
_Item = tuple[Hashable, ...]


def comparable(corpus: Corpus, reference: Reference) -> list[str]:
    """The sources whose every reference unit stands verbatim at its span in the corpus.

    Only these are compared. A source that changed since it was coded has to be coded anew.
    """
    known = set(corpus.documents["source"])
    stale = {
        unit.source
        for unit in reference.sentences.itertuples(index=False)
        if unit.source not in known or corpus.text(unit.source)[unit.start : unit.end] != unit.exact
    }
    return sorted(set(reference.sentences["source"]) - stale)


def agreement(corpus: Corpus, reference: Reference) -> pd.DataFrame:
    """How well the coder does against the reference, one row for each variable.

    Only sources whose text is what was coded are compared (`comparable`). What is counted:

    - zone: units of the reference; right where all of the coder's sentences there have its zone.
    - claim: distinct (unit, stance, object); stance: distinct (unit, stance); object: distinct
      (unit, object); full claim: distinct (unit, stance, object, level, status).
    - level, status, claim interval, claim place: in units where both have a claim of one stance
      and object, the levels (statuses, intervals, places) of the one against those of the other.
    - date, quantity: spans that overlap, one to one; mention: the same, and of one type.
    - date interval, quantity value, quantity comparison, mention entity: the spans so found that
      also agree in this. They are counted against all spans, so that missing one is no gain.

    Dates, quantities and mentions are compared in headlines, keypoints and body only, which is
    where the reference has them.

    Columns: variable; n_sources, n_reference, n_coded, matched (counts); precision, recall, f1
    (shares of 1, micro-averaged over all sources, missing where there is nothing to count); low,
    high (95 % bootstrap interval of f1 by source, see `measures.f1_interval`); alpha
    (Krippendorff's, nominal, over units: of zone over all, of stance, object, level and status
    over those that can carry claims, a unit's value being the set of what it has, which may be
    empty; missing for other variables).
    """
    codings = _Codings(corpus, reference)
    items = {**_zone_items(codings), **_claim_items(codings), **_span_items(codings)}
    alphas = _alphas(codings)
    rows = []
    for variable, sides in items.items():
        counts = _counts(codings.sources, *sides)
        n_reference, n_coded, matched = map(sum, zip(*counts, strict=True)) if counts else (0, 0, 0)
        low, high = f1_interval(counts)
        rows.append(
            {
                "variable": variable,
                "n_sources": len(codings.sources),
                "n_reference": n_reference,
                "n_coded": n_coded,
                "matched": matched,
                "precision": matched / n_coded if n_coded else float("nan"),
                "recall": matched / n_reference if n_reference else float("nan"),
                "f1": f1(n_reference, n_coded, matched),
                "low": low,
                "high": high,
                "alpha": alphas.get(variable, float("nan")),
            }
        )
    return pd.DataFrame(rows)


def disagreements(corpus: Corpus, reference: Reference) -> pd.DataFrame:
    """Every claim in which the coder and the reference differ, beside its sentence.

    Columns: source, sentence, start, end, exact (the coder's sentence where the claim stands);
    kind (`missed`: only the reference has it, `extra`: only the coder, `different`: both have it,
    with another level or status); reference, coded (the codes in words, missing where there are
    none); reference_exact, coded_exact (the words that carry the claim); rule (the coder's).
    Sorted by source and start.
    """
    codings = _Codings(corpus, reference)
    by_unit: dict[_Unit, tuple[dict, dict]] = defaultdict(lambda: ({}, {}))
    for side, claims in enumerate(codings.rows("claims")):
        for unit, row in claims:
            by_unit[unit][side].setdefault(_values(row, _CODES), row)
    rows = [
        codings.disagreement(*pair) for sides in by_unit.values() for pair in _differing(*sides)
    ]
    columns = list(_DISAGREEMENT)
    rows.sort(key=lambda row: (row["source"], row["start"], KINDS.index(row["kind"])))
    return frame(columns, [[row[c] for c in columns] for row in rows], {"kind": KINDS})


_DISAGREEMENT = (
    "source",
    "sentence",
    "start",
    "end",
    "exact",
    "kind",
    "reference",
    "coded",
    "reference_exact",
    "coded_exact",
    "rule",
)


class _Codings:
    """Both codings of the sources that can be compared, in the units of the reference."""

    def __init__(self, corpus: Corpus, reference: Reference):
        self.sources = comparable(corpus, reference)
        self._corpus, self._reference = corpus, reference
        self._units = self._by_source(reference.sentences)
        self._sentences = self._by_source(corpus.sentences)
        self.units = {(u.source, u.unit): u for units in self._units.values() for u in units}

    def rows(self, name: str) -> tuple[list[tuple], list[tuple]]:
        """The reference's rows of a table and the coder's, each after its unit."""
        reference = self._by_source(getattr(self._reference, name)).values()
        coded = self._by_source(getattr(self._corpus, name)).values()
        return (
            [((row.source, row.unit), row) for rows in reference for row in rows],
            [(self._home(row), row) for rows in coded for row in rows],
        )

    def can_carry_claims(self, unit: _Unit) -> bool:
        return unit in self.units and self.units[unit].zone in CARRYING

    def zones(self) -> dict[_Unit, tuple[str, str | None]]:
        """For each unit its zone and the coder's, several joined by +, None for no sentence."""
        return {
            key: (
                unit.zone,
                "+".join(
                    sorted({s.zone for s in self._sentences[unit.source] if _overlap(s, unit) > 0})
                )
                or None,
            )
            for key, unit in self.units.items()
        }

    def disagreement(self, reference, coded) -> dict:
        """A row of `disagreements` from a claim of the reference, one of the coder, or both."""
        claim = reference if coded is None else coded
        sentences = self._sentences[claim.source]
        sentence = max(sentences, key=lambda candidate: _overlap(candidate, claim))
        kind = "missed" if coded is None else "extra" if reference is None else "different"
        return sentence._asdict() | {
            "kind": kind,
            "reference": reference and _in_words(reference),
            "coded": coded and _in_words(coded),
            "reference_exact": reference and reference.exact,
            "coded_exact": coded and coded.exact,
            "rule": coded and coded.rule,
        }

    def _by_source(self, table: pd.DataFrame) -> dict[str, list]:
        """The rows of each source that is compared, as named tuples."""
        rows: dict[str, list] = {source: [] for source in self.sources}
        for row in table[table["source"].isin(self.sources)].itertuples(index=False):
            rows[row.source].append(row)
        return rows

    def _home(self, row) -> _Unit:
        """The unit that a row's span overlaps most."""
        unit = max(self._units[row.source], key=lambda candidate: _overlap(candidate, row))
        return (row.source, unit.unit) if _overlap(unit, row) > 0 else (row.source, None, row.start)


def _overlap(one, other) -> int:
    """How many code points two spans of one source share; none or less where they are apart."""
    return min(one.end, other.end) - max(one.start, other.start)


def _values(row, columns: Iterable[str]) -> tuple:
    return tuple(getattr(row, column) for column in columns)


def _in_words(claim) -> str:
    return f"{claim.stance} {claim.object}, {claim.level}, {claim.status}"


# What is counted: for each variable the reference's items, the coder's, and those that match.

_Sides = tuple[Iterable[_Item], Iterable[_Item], Iterable[_Item]]


def _counts(sources: list[str], *sides: Iterable[_Item]) -> list[list[int]]:
    """How many items each source has on each side."""
    by_side = [Counter(item[0] for item in side) for side in sides]
    return [[side[source] for side in by_side] for source in sources]


def _both(reference: Iterable[_Item], coded: Iterable[_Item]) -> _Sides:
    """Two sides whose equal items match, each as often as both have it."""
    reference, coded = Counter(reference), Counter(coded)
    return reference.elements(), coded.elements(), (reference & coded).elements()


def _zone_items(codings: _Codings) -> dict[str, _Sides]:
    zones = codings.zones()
    return {
        "zone": (
            zones,
            [unit for unit, (_, coded) in zones.items() if coded],
            [unit for unit, (zone, coded) in zones.items() if zone == coded],
        )
    }


def _claim_items(codings: _Codings) -> dict[str, _Sides]:
    claims = codings.rows("claims")

    def distinct(*columns: str) -> Iterator[set[_Item]]:
        return ({(*unit, *_values(row, columns)) for unit, row in side} for side in claims)

    in_reference, in_coded = distinct("stance", "object")
    shared = in_reference & in_coded

    def where_shared(*columns: str) -> Iterator[list[_Item]]:
        """What the claims of shared units, stances and objects say in these columns."""
        for side in claims:
            full = {
                ((*unit, row.stance, row.object), row.level, row.status, *_words(row, columns))
                for unit, row in side
            }
            kept = len(columns)
            yield [(*claim[0], *claim[-kept:]) for claim in full if claim[0] in shared]

    return {
        "claim": _both(in_reference, in_coded),
        "stance": _both(*distinct("stance")),
        "object": _both(*distinct("object")),
        "level": _both(*where_shared("level")),
        "status": _both(*where_shared("status")),
        "full claim": _both(*distinct(*_CODES)),
        "claim interval": _both(*where_shared("earliest", "latest")),
        "claim place": _both(*where_shared("place")),
    }


def _words(row, columns: Iterable[str]) -> list[str]:
    """Values as words, so that two missing ones are equal."""
    return [str(value) for value in _values(row, columns)]


def _span_items(codings: _Codings) -> dict[str, _Sides]:
    return {
        **_found(codings, "dates", "date", (), {"date interval": ("earliest", "latest")}),
        **_found(
            codings,
            "quantities",
            "quantity",
            (),
            {"quantity value": ("value", "value_high"), "quantity comparison": ("comparison",)},
        ),
        **_found(codings, "mentions", "mention", ("type",), {"mention entity": ("entity",)}),
    }


def _found(
    codings: _Codings,
    table: str,
    variable: str,
    alike: tuple[str, ...],
    agreeing: dict[str, tuple[str, ...]],
) -> dict[str, _Sides]:
    """The spans of a table that are found, and those found that agree in further columns."""
    reference, coded = (
        [row for unit, row in side if codings.can_carry_claims(unit)]
        for side in codings.rows(table)
    )
    pairs = list(_pairs(reference, coded, alike))
    return {
        name: (
            reference,
            coded,
            [one for one, other in pairs if _words(one, columns) == _words(other, columns)],
        )
        for name, columns in {variable: (), **agreeing}.items()
    }


def _pairs(reference: list, coded: list, alike: tuple[str, ...]) -> Iterator[tuple]:
    """Overlapping spans that are alike in these columns, one to one, the most similar first."""
    by_source = defaultdict(list)
    for row in coded:
        by_source[row.source].append(row)
    candidates = [
        (_overlap(one, other) / (max(one.end, other.end) - min(one.start, other.start)), one, other)
        for one in reference
        for other in by_source[one.source]
        if _overlap(one, other) > 0 and _values(one, alike) == _values(other, alike)
    ]
    candidates.sort(key=lambda c: (-c[0], c[1].source, c[1].start, c[2].start))
    taken: set[int] = set()
    for _, one, other in candidates:
        if not taken & {id(one), id(other)}:
            taken |= {id(one), id(other)}
            yield one, other


def _alphas(codings: _Codings) -> dict[str, float]:
    claims = codings.rows("claims")
    units = [unit for unit in codings.units if codings.can_carry_claims(unit)]
    alphas = {"zone": krippendorff_alpha(codings.zones().values())}
    for column in _CODES:
        values = [defaultdict(set), defaultdict(set)]
        for side, found in zip(claims, values, strict=True):
            for unit, row in side:
                found[unit].add(getattr(row, column))
        alphas[column] = krippendorff_alpha(
            [tuple(frozenset(found[unit]) for found in values) for unit in units]
        )
    return alphas


def _differing(reference: dict[tuple, object], coded: dict[tuple, object]) -> Iterator[tuple]:
    """The claims of one unit that only one coding has; those of one stance and object in pairs."""
    missed = {codes: row for codes, row in reference.items() if codes not in coded}
    extra = {codes: row for codes, row in coded.items() if codes not in reference}
    nearest = sorted(
        (sum(a != b for a, b in zip(one, other, strict=True)), one, other)
        for one in missed
        for other in extra
        if one[:2] == other[:2]
    )
    for _, one, other in nearest:
        if one in missed and other in extra:
            yield missed.pop(one), extra.pop(other)
    yield from ((row, None) for row in missed.values())
    yield from ((None, row) for row in extra.values())
