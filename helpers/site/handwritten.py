"""Pages written by hand: what they cite is led to the pages of the site."""

import re
from html import escape, unescape
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

from helpers.site.links import BrokenLinkError
from helpers.site.material import Material

_CITATION = re.compile(r"\[(\[[^\]]+\])\]\((\S+) \"([^\"]*)\"\)")
_LOGGER = logging.getLogger(__name__)


class Citations:
    """Leads the citations of pages written by hand, as soon as these are read."""

    def __init__(self, material: Material):
        self._material = material

    def lead(self, app: Sphinx, page: str, content: list[str]) -> None:
        """Citations in Markdown, such as `[[002:16]](… "words")`, as HTML that leads somewhere."""
        if Path(app.env.doc2path(page)).suffix == ".md":
            content[0] = _CITATION.sub(lambda cited: self._html(page, *cited.groups()), content[0])

    def _html(self, page: str, label: str, href: str, words: str) -> str:
        try:
            place = self._material.links.resolve(href)
        except BrokenLinkError as error:
            _LOGGER.warning(str(error), location=page)
            return label
        return f'<a href="{escape(place.href)}" title="{escape(unescape(words))}">{label}</a>'
