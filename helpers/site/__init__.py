"""The site: Sphinx pages from the notebooks' stored outputs, and a page for each source.

Nothing is executed. Whatever a notebook shows is cleaned on its way in (`clean`, `figure`), and
whatever leads into `seeds/` is led to the page that shows it (`links`). The sources and the record
get pages of their own (`pages`).
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from helpers.site import pages, policy
from helpers.site.links import Links
from helpers.site.outputs import Outputs, prepare_notebook
from helpers.site.palette import stylesheet


def setup(app: Sphinx) -> dict[str, Any]:
    """The door that Sphinx enters by, for `extensions = ["helpers.site"]` in conf.py.

    Config values, relative to conf.py: `seeds_folder`, where the sources are, and
    `reference_folder`, where the reference coding is, if there is one.
    """
    app.add_config_value("seeds_folder", "../seeds", "env", str)
    app.add_config_value("reference_folder", "../tests/reference", "env", str)
    app.connect("builder-inited", _read_seeds)
    app.connect("builder-inited", _write_palette)
    app.add_css_file("palette.css")
    app.connect("source-read", prepare_notebook)
    app.connect("html-page-context", policy.add_to_page)
    pages.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _read_seeds(app: Sphinx) -> None:
    """Read the sources and the record once, before any page is."""
    Outputs.links = Links.read(Path(app.srcdir), app.config.seeds_folder)


def _write_palette(app: Sphinx) -> None:
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "palette.css").write_text(stylesheet(), encoding="utf-8")
