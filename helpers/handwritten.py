"""Pages written by hand, and what in them is not: findings, and the list of who and what is named.

A page has a place for each, between comments, so that it reads the same on GitHub and on the site:
`<!-- finding: trust.claims -->` and `<!-- end -->`, or `<!-- named -->` and `<!-- end -->`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from helpers.corpus import Corpus
from helpers.findings import ARTICLE, cite
from helpers.words import named, to_markdown

_PLACE = re.compile(r"(<!-- (?:finding: (\S+)|named) -->).*?(<!-- end -->)", re.DOTALL)
_KINDS = {"actor": "Bodies", "person": "People", "system": "Systems"}


class MissingFindingError(ValueError):
    """A page has a place for a finding that no notebook has."""


def filled(page: str, findings: Sequence[Mapping], corpus: Corpus) -> str:
    """A page with its findings, each with a link to its notebook, and its list of who is named.

    `findings` are those of `helpers.collection.findings`. Raises MissingFindingError.
    """
    known = {finding["id"]: finding for finding in findings}

    def fill(place: re.Match) -> str:
        begin, id, end = place.groups()
        if id is None:
            return f"{begin}\n\n{_named(corpus)}\n\n{end}"
        if id not in known:
            raise MissingFindingError(f"no notebook has the finding {id!r}: mend the page")
        said = known[id]
        link = f"[{said['notebook'][:2]}]({said['notebook']})"
        return f"{begin}\n{to_markdown(said['sentence'])} ({link})\n{end}"

    return _PLACE.sub(fill, page)


def written(page: str) -> str:
    """What of a page is written by hand."""
    return _PLACE.sub("", page)


def _named(corpus: Corpus) -> str:
    """Who and what the articles name, kind by kind, with its level and where it is named first."""
    zones = corpus.sentences.set_index(["source", "sentence"])["zone"]
    mentions = corpus.mentions.join(zones, on=["source", "sentence"])
    mentions = mentions[mentions["zone"].isin(ARTICLE)].drop(columns="zone")
    return "\n\n".join(
        "\n".join([f"### {head}", "", "| name | level | first named |", "|---|---|---|", *lines])
        for kind, head in _KINDS.items()
        if (lines := list(_lines(corpus, mentions[mentions["type"] == kind])))
    )


def _lines(corpus: Corpus, mentions) -> Iterator[str]:
    for row in sorted(
        mentions.drop_duplicates("entity").to_dict("records"),
        key=lambda row: row["entity"].casefold(),
    ):
        level = named(row["level"]) if isinstance(row["level"], str) else ""
        yield f"| {to_markdown(row['entity'])} | {level} | {cite(corpus, row).markdown} |"
