"""What else reads texts for dates, quantities or words: programs for a Python that has it.

A program takes texts as JSON, makes itself ready, reads the texts, and prints the seconds that the
processor took for reading. None of them codes anything: they do one part of it, or less.
"""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from typing import NamedTuple

ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
_PROGRAM = """
import json, sys, time
given = json.load(sys.stdin)
texts, words = given["texts"], given["words"]
{ready}
start = time.process_time()
for text in {texts}:
    {read}
print(json.dumps({{"seconds": time.process_time() - start, "version": str(version)}}))
"""
# The model goes by several names, by where it was installed from.
_SPACY = """
from importlib.metadata import distributions
import spacy
names = sorted(d.name.replace("-", "_") for d in distributions())
model = next(name for name in names if name.startswith("en_core_web_sm"))
pipeline = spacy.load(model) if spacy.util.is_package(model) else __import__(model).load()
list(pipeline.pipe(texts[:3]))
version = f"{spacy.__version__} with {model}"
"""
_DATEPARSER = """
from dateparser import __version__ as version
from dateparser.search import search_dates
search_dates(texts[0], languages=["en"])
"""
_DATEFINDER = """
from importlib.metadata import version as found
import datefinder
version = found("datefinder")
"""
_QUANTULUM = """
from importlib.metadata import version as found
from quantulum3 import parser
version = found("quantulum3")
parser.parse("five metres")
"""
# As a word is found by whoever writes one pattern for all: the longest of those that fit.
_PATTERN = """
import platform, re
version = platform.python_version()
longest = sorted(map(re.escape, words), key=len, reverse=True)
pattern = re.compile(r"\\b(?:" + "|".join(longest) + r")\\b", re.IGNORECASE)
"""
_AUTOMATON = """
import ahocorasick
from importlib.metadata import version as found
version = found("pyahocorasick")
automaton = ahocorasick.Automaton()
for word in words:
    automaton.add_word(word.lower(), word)
automaton.make_automaton()
"""


class Peer(NamedTuple):
    """A program to compare with: what it does, how many megabytes it is given, how it is run."""

    name: str
    does: str
    megabytes: float
    variable: str  # the environment variable that may name a Python that has it
    ready: str
    read: str
    texts: str = "texts"


PEERS = (
    Peer(
        *("spaCy, small model", "tags, parses and finds names", 2, "SPACY_PYTHON", _SPACY, "pass"),
        texts="pipeline.pipe(texts, batch_size=16)",
    ),
    Peer(
        *("dateparser", "finds dates", 0.05, "PEERS_PYTHON", _DATEPARSER),
        'search_dates(text, languages=["en"])',
    ),
    Peer(
        *("datefinder", "finds dates", 0.2, "PEERS_PYTHON", _DATEFINDER),
        "list(datefinder.find_dates(text))",
    ),
    Peer(
        *("quantulum3", "finds quantities", 0.05, "PEERS_PYTHON", _QUANTULUM),
        "parser.parse(text)",
    ),
    Peer(
        *("one pattern of all words", "finds the codebook's words", 1, "", _PATTERN),
        "list(pattern.finditer(text))",
    ),
    Peer(
        *("pyahocorasick", "finds the codebook's words", 5, "PEERS_PYTHON", _AUTOMATON),
        "list(automaton.iter(text.lower()))",
    ),
)


class NotHereError(Exception):
    """A peer cannot be run here; the message says why."""


def measure(peer: Peer, texts: Sequence[str], words: Sequence[str]) -> dict:
    """Seconds of the processor that a peer needs for these texts, and its version.

    Raises NotHereError where no Python has it.
    """
    python = os.environ.get(peer.variable, sys.executable)
    program = _PROGRAM.format(ready=peer.ready, texts=peer.texts, read=peer.read)
    run = subprocess.run(
        [python, "-W", "ignore", "-c", program],
        input=json.dumps({"texts": texts, "words": words}),
        capture_output=True,
        text=True,
        env=os.environ | ONE_CORE,
    )
    if run.returncode:
        why = (run.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise NotHereError(
            f"{peer.name} does not run ({why}); name a Python with it in {peer.variable}"
        )
    return json.loads(run.stdout.splitlines()[-1])
