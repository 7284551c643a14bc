"""The tables, as files that a reader can take along.

Words of sources may begin as a formula does, and spreadsheets compute formulas. The usual way out
is an apostrophe, with which spreadsheets mark what is text: OWASP, 'CSV Injection'.
https://owasp.org/www-community/attacks/CSV_Injection
"""

from pathlib import Path
from typing import Any

import pandas as pd
from sphinx.application import Sphinx

from helpers.site.material import Material
from helpers.tables import COLUMNS

_FOLDER = "data"
_RECORD = ("events", "series", "checks")
# What a formula begins with, and the apostrophe itself, so that it is never doubtful whose it is.
_MARKED = ("=", "+", "-", "@", "\t", "\r", "'")
_README = """\
The tables of {project} as CSV: UTF-8, with commas, one row of names.

Text that begins with one of = + - @ ' or with a tab or a line's end has an apostrophe before it,
so that no spreadsheet takes it for a formula. Who wants the text as it was takes away the first
character of each cell that begins with an apostrophe. Numbers are as they are.
"""


def data_files() -> list[str]:
    """The addresses of all tables, from the site's root."""
    return [f"{_FOLDER}/{name}.csv" for name in (*COLUMNS, *_RECORD)]


def without_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """The table with an apostrophe before each text that a spreadsheet might compute."""
    return table.apply(lambda column: column.astype(object).map(_as_text))


def _as_text(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_MARKED) else value


def write_data(app: Sphinx, material: Material) -> None:
    """Write every table of the corpus and of the record into the site, and how to read them."""
    folder = Path(app.outdir) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    links = material.links
    for origin, names in ((links.corpus, COLUMNS), (links.record, _RECORD)):
        for name in names:
            table = without_formulas(getattr(origin, name))
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    readme = _README.format(project=app.config.project)
    (folder / "README.txt").write_text(readme, encoding="utf-8")
