"""How Sphinx builds the site, from the notebooks' stored outputs: `make site`."""

from importlib.metadata import metadata

_ABOUT = metadata("ban-and-build")

project = "Ban and Build"
author = "The Ban and Build authors"
release = _ABOUT["Version"]
description = _ABOUT["Summary"]
html_title = project
language = "en"

extensions = ["helpers.site", "myst_nb"]
templates_path = ["_templates"]
exclude_patterns = ["_templates"]

# Nothing is executed here: what is read is what was validated.
nb_execution_mode = "off"
nb_output_stderr = "warn"
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
# A citation is a link; quoted words are not to be read as mathematics or mark-up.
myst_enable_extensions = []
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [
    ("vendor/sortable.min.js", {"defer": ""}),
    ("tables.js", {"defer": ""}),
    ("drawers.js", {"defer": ""}),
    ("marks.js", {"defer": ""}),
]
# Notebooks can be downloaded as they are.
html_copy_source = True
html_sourcelink_suffix = ""
html_show_sourcelink = False
html_show_copyright = False
html_use_index = False
# Sphinx would fetch them page by page, which a page from a folder may not do; found.js has them.
html_show_search_summary = False
html_permalinks_icon = "#"
