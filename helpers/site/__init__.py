# ruff: noqa: E402
"""The site: Sphinx pages from the notebooks' stored outputs, and a page for each source.

Nothing is executed. Whatever a notebook shows is cleaned on its way in (`outputs`, `clean`,
`figure`), and whatever leads into the sources' folder is led to the page that shows it (`links`).
The sources and the record get pages of their own (`pages`); every page says what it is and what it
may do (`head`).
"""

import sys
from pathlib import Path
from typing import Any

# Reading notebooks would compile its grammars, for addresses in JSON, which takes seconds; no
# notebook's schema asks for it.
sys.modules.setdefault("rfc3987_syntax", None)

from sphinx.application import Sphinx

from helpers.site.data import write_data
from helpers.site.excerpts import Excerpts
from helpers.site.handwritten import Citations
from helpers.site.head import Heads
from helpers.site.material import Material
from helpers.site.outputs import Outputs, prepare_notebook
from helpers.site.pages import Part, SourcePages
from helpers.site.palette import stylesheet


def setup(app: Sphinx) -> dict[str, Any]:
    """The door that Sphinx enters by, for `extensions = ["helpers.site"]` in conf.py.

    Config values: `description`, the site in a sentence; and, relative to the notebooks,
    `seeds_folder`, where the sources are, and `reference_folder`, where the reference coding is,
    if there is one.
    """
    app.add_config_value("description", "", "html", str)
    app.add_config_value("seeds_folder", "../seeds", "env", str)
    app.add_config_value("reference_folder", "../tests/reference", "env", str)
    app.add_css_file("palette.css")
    app.add_directive("part", Part)
    app.connect("builder-inited", _begin)
    app.connect("source-read", prepare_notebook)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _begin(app: Sphinx) -> None:
    """Lay out the material, hand it to all who make pages, and write what is no page."""
    config, templates = app.config, Path(app.confdir) / "_templates"
    material = Material(Path(app.srcdir), config.seeds_folder, config.reference_folder, templates)
    # These two are made by others, who cannot be told what to make them from.
    Outputs.material = Part.material = material
    app.connect("source-read", Citations(material).lead)
    app.connect("html-collect-pages", SourcePages(material).collect)
    app.connect("html-page-context", Heads(material).add)
    app.connect("html-page-context", Excerpts(material).write)
    write_data(app, material)
    static = Path(app.outdir) / "_static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "palette.css").write_text(stylesheet(), encoding="utf-8")
