"""Small corpora for tests, coded by hand instead of by the coder."""

import gc
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from pathlib import Path
from time import process_time

import pandas as pd

from helpers.corpus import Corpus
from helpers.record import Record, read_record
from helpers.tables import COLUMNS, table


def small_corpus(texts: dict[str, str], claims: list[dict] = (), **zones: str) -> Corpus:
    """A corpus of texts in which each line is a sentence.

    A claim is a dictionary with source, exact (words that occur once in the text) and codes; those
    that it leaves out are: restrict, cryptocurrency, central, done. `zones` says which zone the
    lines that begin with a word are in; the others are body.
    """
    lines = [line for source, text in texts.items() for line in _lines(source, text, zones)]
    usual = {"stance": "restrict", "object": "cryptocurrency", "level": "central", "status": "done"}
    return Corpus(
        folder=Path("../seeds"),
        documents=table("documents", [_document(*item) for item in texts.items()]),
        zones=table("zones", lines)[[*COLUMNS["zones"]]],
        sentences=table("sentences", lines)[[*COLUMNS["sentences"]]],
        dates=table("dates", []),
        quantities=table("quantities", []),
        mentions=table("mentions", []),
        claims=table("claims", [usual | _at(claim, lines) for claim in claims]),
        _texts=texts,
    )


def _document(source: str, text: str) -> dict:
    return {
        "source": source,
        "file": f"{source}.txt",
        "title": f"Title of {source}",
        "sha256": sha256(text.encode()).hexdigest(),
        "characters": len(text),
    }


def _lines(source: str, text: str, zones: dict[str, str]) -> list[dict]:
    lines, start = [], 0
    for number, line in enumerate(text.split("\n")):
        zone = next((zones[word] for word in zones if line.startswith(word)), "body")
        span = {"start": start, "end": start + len(line), "exact": line}
        start += len(line) + 1
        lines.append(
            {"source": source, "sentence": number, **span, "line": number + 1, "zone": zone}
        )
    return lines


def _at(claim: dict, lines: list[dict]) -> dict:
    """A claim with the place of its words."""
    [line] = [
        line
        for line in lines
        if line["source"] == claim["source"] and claim["exact"] in line["exact"]
    ]
    start = line["start"] + line["exact"].index(claim["exact"])
    place = {"sentence": line["sentence"], "start": start, "end": start + len(claim["exact"])}
    return claim | place


def small_record(*events: dict) -> Record:
    """A record of events; what they leave out is that the central state restricts, in one day."""
    usual = {
        "earliest": "2019-10-24",
        "latest": "2019-10-24",
        "issuer": "The state",
        "level": "central",
        "place": "China",
        "stance": "restrict",
        "object": "cryptocurrency",
        "title": "A ban",
        "summary": "Banned.",
        "url": "https://example.org/ban",
        "publisher": "Example",
        "second_url": None,
        "instrument": "notice",
    }
    rows = [
        usual | {"event": f"E{n:03}", "line": n + 1} | event for n, event in enumerate(events, 1)
    ]
    frame = pd.DataFrame(rows, columns=["event", *usual, "line"])
    for column in ("earliest", "latest"):
        frame[column] = pd.to_datetime(frame[column])
    nothing = read_record(Path(__file__).parent / "no record")
    return Record(frame.astype({"second_url": object}), nothing.series, nothing.checks)


_NUMBERS = count()  # so that no two texts are the same, and nothing that is kept can serve twice


def grows_linearly(run: Callable[[str], object], piece: str, opening: str = "") -> bool:
    """Whether eight times the text, made of a piece repeated, takes about eight times as long.

    Only the processor's time for this process counts, the fastest of several runs; what other work
    on the machine disturbs is tried again. What takes four times that long is not linear.
    """

    def seconds(characters: int) -> float:
        text = f"{opening}{next(_NUMBERS)} " + piece * (characters // len(piece))
        gc.collect()
        start = process_time()
        run(text)
        return process_time() - start

    run(opening + piece)  # what is compiled or loaded at first use is not counted
    for _ in range(5):
        short = min(seconds(4_000) for _ in range(3))
        long = min(seconds(32_000) for _ in range(2))
        if long < 8 * 4 * short + 0.01:
            return True
    return False
