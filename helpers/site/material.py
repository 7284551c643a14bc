"""All that the pages of a site are made from, each part read once, when it is first asked for."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from helpers.site.history import history
from helpers.site.links import Links
from helpers.site.notes import Notes, notes
from helpers.site.questions import Question, questions


class Material:
    """What pages are made from.

    `notebooks` is the folder of notebooks; `seeds` is how they write the folder of sources, and
    `reference` is the folder of the reference coding, both relative to it. `templates` is the
    folder of the pages' templates.
    """

    def __init__(self, notebooks: Path, seeds: str, reference: str, templates: Path):
        self.notebooks, self.templates = notebooks, templates
        self._seeds, self._reference = seeds, notebooks / reference

    @cached_property
    def links(self) -> Links:
        """Where links of notebooks lead, with the corpus and the record that they lead into."""
        return Links.read(self.notebooks, self._seeds)

    @cached_property
    def questions(self) -> list[Question]:
        """What the notebooks ask, and what they found."""
        return questions(self.notebooks, self.links)

    @cached_property
    def notes(self) -> Mapping[tuple[str, int], Notes]:
        """What is said of sentences elsewhere."""
        return notes(self.links, self.questions, self._reference)

    @cached_property
    def history(self) -> str:
        """The record over time, as the HTML of a figure."""
        return history(self.links.corpus, self.links.record)
