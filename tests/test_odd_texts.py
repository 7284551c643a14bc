"""Odd but valid texts are read, and every span of every table still leads back to its words."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from wellformed import SPANNED, check

from helpers.corpus import Corpus, read_corpus

SEEDS = Path(__file__).parent.parent / "seeds"

PROSE = (
    "In May 2021 Beijing banned bitcoin mining, the People’s Bank of China said on Friday. "
    "Shenzhen will fund 12 blockchain firms. Hong Kong licensed about 3 exchanges last year."
)
ODD = {
    "carriage return and line feed": PROSE.replace(". ", ".\r\n"),
    "carriage return alone": PROSE.replace(". ", ".\r"),
    "mixed line ends": PROSE.replace(". ", ".\n\r\r\n", 1),
    "form feed and vertical tab": PROSE.replace(". ", ".\f\v"),
    "line and paragraph separator": PROSE.replace(". ", ".\u2028\u2029"),
    "next line and file separators": PROSE.replace(". ", ".\x85\x1c\x1d\x1e"),
    "byte order mark": "\ufeff" + PROSE,
    "byte order mark inside": PROSE.replace("Shenzhen", "\ufeffShenzhen"),
    "byte order mark alone": "\ufeff",
    "no final newline": PROSE,
    "white space alone": " \t\n\u3000\xa0\n",
    "one character": "x",
    "one combining mark": "\u0301",
    "comments alone": "I sold all of mine…\n\nlol same\n\nTo the moon!!! 🚀🚀\n",
    "no claims": "The weather was mild. Nobody spoke of money.",
    "bidi marks": "\u202bقال المسؤول\u202c \u2066Beijing\u2069 banned \u200ebitcoin\u200f mining.",
    "zero-width marks": PROSE.replace("bitcoin", "bit\u200bcoin").replace("ban", "b\u200dan"),
    "letters of other alphabets that look the same": "In May 2021 Веіјіng bаnned bіtсоіn mining.",
    "soft hyphens": PROSE.replace("mining", "min\xading"),
    "emoji": PROSE.replace(". ", ". 👩\u200d💻🇨🇳\ufe0f "),
    "combining marks": PROSE.replace("e", "e\u0301"),
    "letters that grow when folded": PROSE.replace("i", "İ").replace("s", "ß"),
    "wide letters": PROSE.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}),
    "Chinese": "中国人民银行2021年5月禁止比特币挖矿。深圳将资助12家区块链企业。\n",
    "beyond the basic plane": "𝐁𝐞𝐢𝐣𝐢𝐧𝐠 𝐛𝐚𝐧𝐧𝐞𝐝 bitcoin mining in 2021. 𠮷野家 funds a blockchain.",
    "private use and unassigned": "\ue000 Beijing banned bitcoin mining.\U000e0fff \uffff",
    "control characters": "\x01Beijing\x07 banned\x1b[31m bitcoin\x7f mining in 2021.",
    "mark-up": '<p onclick="x">Beijing &amp; co.</p> **bans** [coins](javascript:x) | `$1` {{7*7}}',
    "formulas of a spreadsheet": '=HYPERLINK("x")\n+1\n-1\n@SUM(A1)\n',
    "dates that do not exist": "Banned on 31 February 2021, on 2021-13-45, in the year 99999.",
    "long numbers": f"Beijing fined {'9' * 400} firms and {'1,' * 200}000 miners in {'2' * 50}.",
    "digits of other scripts": "In ٢٠٢١ Beijing banned २०२१ miners, ² of them in ¼ of ⅷ places.",
}


def read(text: str) -> Corpus:
    """The corpus of a folder with one source `a`."""
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_bytes(text.encode())
        return read_corpus(folder)


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_an_odd_text_is_read_and_every_span_round_trips(text):
    corpus = read(text)
    assert corpus.text("a") == text
    assert corpus.documents["characters"].tolist() == [len(text)]
    check(corpus)


def test_the_seeds_round_trip():
    check(read_corpus(SEEDS))


def test_batches_change_no_table(tmp_path, monkeypatch):
    for number, text in enumerate([*ODD.values(), PROSE]):
        (tmp_path / f"{number:02d}.txt").write_bytes(text.encode())
    whole = read_corpus(tmp_path)
    monkeypatch.setattr("helpers.corpus._BATCH", 300)
    parts = read_corpus(tmp_path)
    for name in (*SPANNED, "documents"):
        pd.testing.assert_frame_equal(getattr(parts, name), getattr(whole, name))


def test_line_ends_change_no_claim():
    """What is coded does not hang on how lines end."""
    coded = ["sentence", "stance", "object", "level", "status", "earliest", "latest"]
    lines = PROSE.split(". ")
    [first, *others] = [
        read(end.join(lines)).claims[coded] for end in (".\n", ".\r\n", ".\r", ".\f", ".\u2028")
    ]
    assert len(first) >= 2
    for other in others:
        pd.testing.assert_frame_equal(other, first)


def test_one_line_of_ten_megabytes():
    weather = " The weather stayed mild, and nobody spoke of money or of those who have it."
    text = PROSE + weather * (10_000_000 // len(weather)) + " " + PROSE
    corpus = read(text)
    assert set(corpus.zones["line"]) == {1}
    assert len(corpus.sentences) == text.count(".")
    claims = corpus.claims
    assert [text[row.start : row.end] for row in claims.itertuples()] == claims["exact"].tolist()
    assert (claims["start"] < len(PROSE)).sum() == (claims["end"] > len(text) - len(PROSE)).sum()
    assert len(claims) >= 4


def test_one_word_of_a_megabyte():
    corpus = read("x" * 1_000_000)
    assert len(corpus.sentences) == 1
    check(corpus)
