"""The figures, each with title, caption, alternative text and marks that are links.

A figure is drawn to be read on a phone as well as on a wall: few words, each beside what it names,
and no colour that alone means something. Its caption is a finding, and what the finding says is
the figure's alternative text.
"""

from helpers.figures.atlas import atlas
from helpers.figures.interruption import interruption
from helpers.figures.levels import levels
from helpers.figures.matrix import GROUPS, matrix
from helpers.figures.pages import pages, windows
from helpers.figures.pursuit import pursuit
from helpers.figures.readiness import readiness
from helpers.figures.register import register
from helpers.figures.scores import scores
from helpers.figures.sheet import PALETTE, Figure, dark_stylesheet
from helpers.figures.sides import sides
from helpers.figures.sightings import sightings
from helpers.figures.stability import stability
from helpers.figures.story import story
from helpers.figures.timeline import timeline
from helpers.figures.verdicts import verdicts

__all__ = [
    "GROUPS",
    "PALETTE",
    "Figure",
    "atlas",
    "dark_stylesheet",
    "interruption",
    "levels",
    "matrix",
    "pages",
    "pursuit",
    "readiness",
    "register",
    "scores",
    "sides",
    "sightings",
    "stability",
    "story",
    "timeline",
    "verdicts",
    "windows",
]
