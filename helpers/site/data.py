"""The tables, as files that a reader can take along."""

from pathlib import Path

from sphinx.application import Sphinx

from helpers.site.material import Material
from helpers.tables import COLUMNS

_FOLDER = "data"
_RECORD = ("events", "series", "checks")


def data_files() -> list[str]:
    """The addresses of all tables, from the site's root."""
    return [f"{_FOLDER}/{name}.csv" for name in (*COLUMNS, *_RECORD)]


def write_data(app: Sphinx, material: Material) -> None:
    """Write every table of the corpus and of the record into the site, as CSV."""
    folder = Path(app.outdir) / _FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    links = material.links
    for origin, names in ((links.corpus, COLUMNS), (links.record, _RECORD)):
        for name in names:
            table = getattr(origin, name)
            table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
