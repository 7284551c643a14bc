"""Tables on disk, opened without loading what is not needed."""

import json
from collections.abc import Sequence
from os import PathLike
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from helpers.reading import SourceError, nearest, problem
from helpers.tables import CLOSED_SETS
from helpers.tabulate.layout import DESCRIPTOR, TABLES, schema


class Tables:
    """A folder of tables: `tables.claims` reads all of one, `tables.read` only what is asked for.

    The tables are documents, zones, sentences, dates, quantities, mentions, claims and errors, with
    the columns and dtypes of a `Corpus`; errors has source, file and reason. documents has two
    columns more: same_as and like, the first source that it is a copy of.
    """

    def __init__(self, folder: Path, package: dict):
        self.folder = folder
        self._resources = {resource["name"]: resource for resource in package["resources"]}

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise AttributeError(f"no table {name!r}: {nearest(name, TABLES)}")
        return self.read(name)

    def __dir__(self) -> list[str]:
        return sorted([*super().__dir__(), *TABLES])

    def __repr__(self) -> str:
        return f"Tables({str(self.folder)!r})"

    def read(
        self, name: str, columns: Sequence[str] | None = None, filters: list | None = None
    ) -> pd.DataFrame:
        """One table, or some of its columns, or those of its rows that meet all filters.

        A filter is a tuple such as ("stance", "==", "restrict"), as `pyarrow.parquet.read_table`
        takes it; only what is needed is read from disk. Rows are sorted by source, then as they
        stand in the text. Raises KeyError for a table or column that there is not.
        """
        if name not in TABLES:
            raise KeyError(f"no table {name!r}: {nearest(name, TABLES)}")
        known = schema(name).names
        wanted = list(known if columns is None else columns)
        for column in wanted:
            if column not in known:
                raise KeyError(f"no column {column!r} in {name}: {nearest(column, known)}")
        paths = [str(self.folder / path) for path in self._resources[name]["parquet"]]
        rows = ds.dataset(paths, schema(name), format="parquet").to_table(
            columns=list(dict.fromkeys([*wanted, "source"])),
            filter=None if filters is None else pq.filters_to_expression(filters),
        )
        frame = _frame(name, rows).sort_values("source", kind="stable", ignore_index=True)
        return frame[wanted]

    def columns(self, name: str) -> pd.DataFrame:
        """What the columns of a table mean: column, type, values (of a closed set), meaning."""
        fields = self._resources[name]["schema"]["fields"]
        rows = [
            (field["name"], field["type"], field.get("categories"), field["description"])
            for field in fields
        ]
        return pd.DataFrame(rows, columns=["column", "type", "values", "meaning"])


def read_tables(folder: str | PathLike[str]) -> Tables:
    """Open the tables that `code` has written into a folder.

    Raises SourceError for a folder that has none, or whose run is not finished.
    """
    folder = Path(folder)
    try:
        package = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except OSError as error:
        what = f"has no {DESCRIPTOR} that could be read ({error.strerror})"
        mend = "name a folder that `python -m helpers code` wrote, and let it finish"
        raise SourceError([problem(folder, what, mend)]) from None
    return Tables(folder, package)


def _frame(name: str, rows: pa.Table) -> pd.DataFrame:
    """Rows with the dtypes that coding gives them."""
    closed = {} if name == "errors" else CLOSED_SETS
    return pd.DataFrame({c: _column(c, rows[c], closed) for c in rows.column_names})


def _column(name: str, cells: pa.ChunkedArray, closed: dict):
    if name in closed:
        dtype = pd.CategoricalDtype(closed[name], ordered=True)
        return pd.Categorical(cells.to_pylist(), dtype=dtype)
    if pa.types.is_date(cells.type):
        return cells.to_numpy().astype("datetime64[s]")
    if pa.types.is_string(cells.type):
        return pd.Series(np.array([*cells.to_pylist(), None], dtype=object)[:-1], dtype=object)
    return cells.to_numpy()
