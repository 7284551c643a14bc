"""What a page says of itself: what it may do, what it is about, how it is cited.

The policy lets a page load its own styles, scripts and pictures, and nothing else: no inline
script or style, no request to anywhere. `file:` is for pages opened from a folder, where not every
browser counts a neighbouring file as the page's own.
"""

import json
import re
from html import escape, unescape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from helpers.site.data import data_files
from helpers.site.material import Material
from helpers.site.passages import Row, records
from helpers.words import visible, when

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' file:",
        "style-src 'self' file:",
        "img-src 'self' file: data:",
        "form-action 'self' file:",
        "base-uri 'none'",
    )
)
_TAGS = re.compile(r"<[^<>]*>")
# MyST-NB's styles are for outputs that there are none of here, Furo's for extensions that are not
# used; together they would weigh as much as a notebook's text. Code has the colours of site.css.
# What Sphinx's search needs is for the page of that name.
_UNUSED = re.compile(r"(mystnb\..*|furo-extensions|pygments)\.css")
_FOR_SEARCH = re.compile(r"(documentation_options|doctools|sphinx_highlight)\.js")
# schema.org wants a number for each verdict, from worst to best; what is not known has none.
_RATINGS = {"contradicted": 1, "partly": 2, "confirmed": 3}


class Heads:
    """The heads of a site's pages; `material` is what the pages are made from."""

    def __init__(self, material: Material):
        self._material = material

    def add(
        self,
        app: Sphinx,
        page: str,
        template: str,
        context: dict[str, Any],
        tree: nodes.Node | None,
    ) -> None:
        """Give the templates the policy, descriptions for people and machines, and tools."""
        links = self._material.links
        about, data = app.config.description, None
        for question in self._material.questions:
            if question.page == page and question.findings:
                about = question.findings[0].sentence
                context["question"] = question
        for document in records(links.corpus.documents):
            if links.pages[document["source"]] == page:
                about = _about_source(document)
                data = self._claim_reviews(document, app.config.project)
        if page == app.config.root_doc:
            data = _dataset(app)
        context["css_files"] = [
            file for file in context["css_files"] if not _UNUSED.search(str(file.filename))
        ]
        if page != "search":
            context["script_files"] = [
                file
                for file in context["script_files"]
                if not _FOR_SEARCH.search(str(file.filename))
            ]
        context |= {"author": app.config.author, "data_files": data_files()}
        context["content_security_policy"] = CONTENT_SECURITY_POLICY
        context["metatags"] = context.get("metatags", "") + _meta(
            context.get("title") or app.config.project, about
        )
        context["json_ld"] = _json(data) if data else ""

    def _claim_reviews(self, document: Row, project: str) -> list[dict[str, Any]]:
        """The checks of what a source says, as schema.org's ClaimReview."""
        checks = self._material.links.checks
        return [
            {
                "@context": "https://schema.org",
                "@type": "ClaimReview",
                "claimReviewed": check["statement"],
                "author": {"@type": "Organization", "name": project},
                "itemReviewed": {
                    "@type": "Claim",
                    "appearance": {"@type": "Article", "name": document["title"]}
                    | ({"url": document["url"]} if document["url"] else {}),
                },
                "reviewRating": {
                    "@type": "Rating",
                    "alternateName": check["verdict"],
                    "ratingValue": _RATINGS[check["verdict"]],
                    "worstRating": 1,
                    "bestRating": 3,
                },
                "url": f"../record.html#{check['check']}",
            }
            for check in records(checks[checks["source"] == document["source"]])
            if check["verdict"] in _RATINGS
        ]


def _about_source(document: Row) -> str:
    """A source in a sentence, for those who have found its page."""
    title = document["title"] or document["file"]
    days = document["published_earliest"], document["published_latest"]
    published = f", published {when(*days)}" if any(days) else ""
    publisher = f" ({document['publisher']}{published})" if document["publisher"] else ""
    return visible(f"{title}{publisher}, sentence by sentence, with all that was coded in it.")


def _dataset(app: Sphinx) -> dict[str, Any]:
    """The tables of the collection, as schema.org's Dataset."""
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": app.config.project,
        "description": app.config.description,
        "version": app.config.release,
        "creator": {"@type": "Organization", "name": app.config.author},
        "license": "https://spdx.org/licenses/MIT",
        "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": address}
            for address in data_files()
        ],
    }


def _meta(title: str, about: str) -> str:
    """Tags for search engines and for those who pass a link on; `title` is HTML already."""
    about = escape(about)
    return (
        f'\n<meta name="description" content="{about}">'
        f'\n<meta property="og:title" content="{escape(unescape(_TAGS.sub("", title)))}">'
        f'\n<meta property="og:description" content="{about}">'
        '\n<meta property="og:type" content="article">'
        '\n<meta name="referrer" content="no-referrer">\n'
    )


def _json(data: Any) -> str:
    """JSON that can stand in a page: no `<` in it ends the element that it stands in."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
