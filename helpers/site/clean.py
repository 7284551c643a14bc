"""What notebooks show, as HTML that can do nothing but be read.

Outputs carry words of sources, and sources are strangers. So of an output's HTML only plain
structure is kept, by an allow-list, and every link is led to its place on the site. `nh3` does the
cleaning: it parses as browsers do.
"""

import re
from collections.abc import Callable

import nh3
from markdown_it import MarkdownIt

# What a link of an output becomes: its address, or None for a link that is dropped.
Lead = Callable[[str], str | None]

_TAGS = set(
    "a abbr b bdi blockquote br caption code col colgroup dd del details dl dt em figcaption"
    " figure h2 h3 h4 h5 h6 hr i kbd li mark ol p pre q s samp small span strong sub summary sup"
    " table tbody td tfoot th thead time tr ul var".split()
)
_ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href"},
    "table": {"id"},
    "tr": {"id"},
    "ol": {"start"},
    "td": {"colspan", "headers", "rowspan"},
    "th": {"abbr", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
}
# An address that is shown in full: its host says enough.
_BARE_ADDRESS = re.compile(r'<a href="(https?://(?:www\.)?([^/"]+)[^"]*)">\1</a>')
# Raw HTML in Markdown is shown as the text it is.
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


def clean_html(html: str, lead: Lead, *, tooltips: bool = False) -> str:
    """The plain structure of `html`, with its links led by `lead`.

    Tooltips go, unless they are asked for: rows of a table say what theirs would repeat.
    """
    attributes = _ATTRIBUTES | {"a": {"href", "title"}} if tooltips else _ATTRIBUTES

    def attribute(tag: str, name: str, value: str) -> str | None:
        return lead(value) if (tag, name) == ("a", "href") else value

    clean = nh3.clean(
        html, tags=_TAGS, attributes=attributes, attribute_filter=attribute, link_rel=None
    )
    return _BARE_ADDRESS.sub(r'<a href="\1">\2</a>', clean)


def markdown_to_html(text: str, lead: Lead) -> str:
    """CommonMark with tables as clean HTML."""
    return clean_html(_MARKDOWN.render(text), lead, tooltips=True)
