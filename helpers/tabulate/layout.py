"""Which files a folder of tables has, what columns they hold, and what each column means."""

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.parquet as pq

from helpers.tables import CLOSED_SETS, COLUMNS, table

DESCRIPTOR = "datapackage.json"
PARTITIONS = "partitions"  # folder of what a later run needs to know of each partition
TABLES = (*COLUMNS, "errors")

_MARKS = ("same_as", "like")
_ERRORS = ("source", "file", "reason")
_KINDS = {"int64": "integer", "double": "number", "date32[day]": "date", "string": "string"}
_KEYS = {"documents": ["source"], "zones": ["source", "start"], "sentences": ["source", "sentence"]}
_FILLED = {"source", "sentence", "start", "end", "exact", "line"}
MEANINGS = {
    "source": "id of the source",
    "file": "name of the file that the source came from",
    "title": "title, as sources.csv or the row says",
    "publisher": "publisher, as sources.csv or the row says",
    "published_earliest": "first day on which it can have been published",
    "published_latest": "last day on which it can have been published",
    "published_basis": "what the window of publication rests on",
    "url": "address that it was found at",
    "sha256": "SHA-256 of the text as UTF-8",
    "characters": "length of the text in code points",
    "text_earliest": "first day of publication that the text itself supports",
    "text_latest": "last day of publication that the text itself supports",
    "text_basis": "what in the text that rests on",
    "note": "note, as sources.csv or the row says",
    "same_as": "first source, in the order of ids, with the same text but for white space",
    "like": "first source found, in the order of ids, with nearly the same words in its article",
    "reason": "why the source could not be coded, and how to mend it",
    "sentence": "number of the sentence in its source, from 0",
    "start": "first code point of the span in the unchanged text, from 0",
    "end": "code point after the last of the span",
    "exact": "the words of the span",
    "line": "line that the span begins in, from 1",
    "zone": "what part of the page it is",
    "rule": "rule of the codebook that made the row",
    "earliest": "first day that is meant",
    "latest": "last day that is meant",
    "granularity": "how exact the expression is",
    "anchor": "what the date is counted from",
    "value": "the number, or the lower one of a range",
    "value_high": "the higher number of a range",
    "unit_of_measure": "what is counted or measured in",
    "comparison": "how the stated number compares to the true one",
    "of": "what there is so much of",
    "entity": "the actor, person, system, place or asset by its one name",
    "type": "kind of entity",
    "level": "level of the state, or side of society",
    "stance": "whether something is restricted or promoted",
    "object": "what is restricted or promoted",
    "status": "whether that is done, planned, rumoured or denied",
    "place": "where",
    "actor": "who does it",
    "attribution": "who says so",
}


class Part(NamedTuple):
    """One partition out of some."""

    number: int
    of: int

    @property
    def name(self) -> str:
        return f"{self.number:05}-of-{self.of:05}"

    def files(self, table: str) -> list[str]:
        """The two files of a table, named from the folder of tables."""
        return [f"{table}/{self.name}.parquet", f"{table}/{self.name}.csv"]


@cache
def schema(name: str) -> pa.Schema:
    """The columns of a table as Arrow has them."""
    if name == "errors":
        return pa.schema([(column, pa.string()) for column in _ERRORS])
    fields = [(column, _type(values)) for column, values in table(name, []).items()]
    if name == "documents":
        fields += [(mark, pa.string()) for mark in _MARKS]
    return pa.schema(fields)


def _type(column: pd.Series) -> pa.DataType:
    kinds = {"i": pa.int64(), "f": pa.float64(), "M": pa.date32()}
    return kinds.get(column.dtype.kind, pa.string())


def arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """A table that was coded, as Arrow has it."""
    fields = [field for field in schema(name) if field.name in frame]
    columns = [pa.array(frame[f.name], from_pandas=True).cast(f.type) for f in fields]
    return pa.table(columns, pa.schema(fields))


class Writer:
    """A table's Parquet and CSV, written piece by piece."""

    def __init__(self, name: str, parquet: Path, csv: Path):
        self._parquet = pq.ParquetWriter(parquet, schema(name), compression="zstd")
        self._csv = pc.CSVWriter(str(csv), schema(name))

    def write(self, rows: pa.Table) -> None:
        self._parquet.write_table(rows)
        self._csv.write_table(rows)

    def close(self) -> None:
        self._parquet.close()
        self._csv.close()


def descriptor(parts: Iterable[Part]) -> str:
    """The text of the descriptor of a folder with these partitions.

    See the Data Package standard, version 2: https://datapackage.org
    """
    parts = list(parts)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "ban-and-build-tables",
        "title": "What sources say is restricted and promoted, coded sentence by sentence",
        "resources": [_resource(name, parts) for name in TABLES],
    }
    return json.dumps(package, ensure_ascii=False, indent=1) + "\n"


def _resource(name: str, parts: list[Part]) -> dict:
    files = [part.files(name) for part in parts]
    return {
        "name": name,
        "type": "table",
        "path": [csv for _, csv in files],
        "parquet": [parquet for parquet, _ in files],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": _table_schema(name),
    }


def _table_schema(name: str) -> dict:
    fields = [_field(name, field) for field in schema(name)]
    missing = [{"value": "", "label": "not said, or not known"}]
    said = {"fields": fields, "missingValues": missing}
    if name in _KEYS:
        said["primaryKey"] = _KEYS[name]
    keys = _foreign_keys(name)
    return said | ({"foreignKeys": keys} if keys else {})


def _field(name: str, field: pa.Field) -> dict:
    said = {"name": field.name, "type": _KINDS[str(field.type)]}
    said["description"] = MEANINGS[field.name]
    limits = {}
    if field.name in _FILLED:
        limits["required"] = True
    if field.name in CLOSED_SETS and name != "errors":
        limits["enum"] = list(CLOSED_SETS[field.name])
        said["categories"] = list(CLOSED_SETS[field.name])
        said["categoriesOrdered"] = True
    return said | ({"constraints": limits} if limits else {})


def _foreign_keys(name: str) -> list[dict]:
    """Rows lead to their sentence, sentences and zones to their source, copies to the first."""
    if name == "errors":
        return []
    if name == "documents":
        return [_key([mark], "", ["source"]) for mark in _MARKS]
    if name in _KEYS:
        return [_key(["source"], "documents", ["source"])]
    return [_key(["source", "sentence"], "sentences", ["source", "sentence"])]


def _key(fields: list[str], resource: str, others: list[str]) -> dict:
    reference = ({"resource": resource} if resource else {}) | {"fields": others}
    return {"fields": fields, "reference": reference}
