"""Which texts are copies: the same words, or nearly the same, found without comparing all pairs.

Near copies are found by MinHash over shingles of words (Broder 1997, 'On the resemblance and
containment of documents') and locality-sensitive hashing of its bands (Leskovec, Rajaraman and
Ullman, 'Mining of massive datasets', chapter 3). Rows are dealt by what is to be compared, so
that only what falls on one heap is in memory at a time.
"""

import re
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from zlib import crc32

import numpy as np
import pandas as pd
import pyarrow as pa

from helpers.tables import CARRYING
from helpers.tabulate.files import Dealt

ALIKE = 0.8  # share of shingles in common, of all shingles of two articles
_BANDS, _ROWS = 12, 6  # of articles that are just so alike, 97 % meet on a heap; at 0.9 all but all
_SHINGLE = 5  # words
_BLOCK = 4096  # shingles that are hashed at a time
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, without pattern: 2**64 by the golden ratio
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[{_IDEOGRAPHS}]|[^\W{_IDEOGRAPHS}]+")

SIGNATURES = pa.schema([("source", pa.string()), ("text", pa.binary()), ("signature", pa.binary())])
_KEYED = pa.schema([("key", pa.binary()), ("source", pa.string())])
_PAIRS = pa.schema([("source", pa.string()), ("first", pa.string())])
_SIGNED = _PAIRS.append(pa.field("signature", pa.binary()))


def signatures(texts: dict[str, str], zones: pd.DataFrame) -> pa.Table:
    """For each source, what is the same in copies of its text, and what is alike in near copies.

    Columns: source; text, the SHA-256 of the text with all white space as one space; signature,
    the MinHash of the article's words (of all words, where no line is part of an article), missing
    where there are none.
    """
    carrying = zones[zones["zone"].isin(CARRYING)]
    articles = carrying.groupby("source", sort=False)["exact"].agg("\n".join).to_dict()
    rows = [
        (source, _without_spaces(text), _minhash(articles.get(source, text)))
        for source, text in texts.items()
    ]
    columns = list(zip(*rows, strict=True)) or [()] * len(SIGNATURES)
    arrays = [pa.array(c, f.type) for c, f in zip(columns, SIGNATURES, strict=True)]
    return pa.table(arrays, SIGNATURES)


def _without_spaces(text: str) -> bytes:
    return sha256(" ".join(text.split()).encode()).digest()


def _minhash(text: str) -> bytes | None:
    words = _WORD.findall(text.casefold())
    if not words:
        return None
    hashes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    size = min(_SHINGLE, len(words))
    shingles = np.zeros(len(words) - size + 1, dtype=np.uint64)
    for place in range(size):
        shingles = _mixed(shingles + hashes[place : len(shingles) + place])
    factors, terms = _permutations()
    least = np.full(_BANDS * _ROWS, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(shingles), _BLOCK):
        values = shingles[start : start + _BLOCK, None] * factors + terms
        np.minimum(least, values.min(axis=0), out=least)
    return (least >> np.uint64(32)).astype("<u4").tobytes()


def _mixed(values: np.ndarray) -> np.ndarray:
    """Each value spread over all 64 bits; it wraps around."""
    values = values * _MULTIPLIER
    return values ^ (values >> np.uint64(29))


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    """Factors (odd) and terms of the hash functions: the same on every machine and version."""
    drawn = b"".join(sha256(f"MinHash {n}".encode()).digest()[:16] for n in range(_BANDS * _ROWS))
    numbers = np.frombuffer(drawn, dtype="<u8").astype(np.uint64).reshape(-1, 2)
    return numbers[:, 0] | np.uint64(1), numbers[:, 1]


def heap_of(source: str, heaps: int) -> int:
    """The heap that a source falls on, whatever else there is."""
    return int.from_bytes(sha256(source.encode()).digest()[:8]) % heaps


def heaps_of(sources: Iterable[str], heaps: int) -> np.ndarray:
    return np.array([heap_of(source, heaps) for source in sources], dtype=np.int64)


class Copies:
    """The copies among the sources of some heaps.

    `signed(heap)` gives the signatures of a heap, heaps being those of `heap_of`. What does not fit
    into memory goes to `folder`.
    """

    def __init__(self, folder: Path, heaps: int, signed: Callable[[int], pa.Table]):
        self._heaps, self._signed = heaps, signed
        texts, bands = Dealt(folder / "texts", _KEYED), Dealt(folder / "bands", _KEYED)
        for heap in range(heaps):
            self._deal_keys(signed(heap), texts, bands)
        self._same = self._first_of_each(texts, Dealt(folder / "same", _PAIRS), to="source")
        meeting = self._first_of_each(bands, Dealt(folder / "meeting", _PAIRS), to="first")
        self._like = self._with_signatures(meeting, Dealt(folder / "like", _SIGNED))

    def marks(self, heap: int) -> pd.DataFrame:
        """Columns source, same_as, like: for each source of a heap that is a copy, the first."""
        pairs = self._like.heap(heap).to_pandas().merge(self._of(heap), on="source")
        pairs = pairs[_resemblance(pairs["signature_x"], pairs["signature_y"]) >= ALIKE]
        like = pairs.groupby("source")["first"].min().rename("like")
        same = self._same.heap(heap).to_pandas().set_index("source")["first"].rename("same_as")
        return pd.concat([same, like], axis=1).reset_index(names="source")

    def _of(self, heap: int) -> pd.DataFrame:
        return self._signed(heap).select(["source", "signature"]).to_pandas()

    def _deal_keys(self, signed: pa.Table, texts: Dealt, bands: Dealt) -> None:
        """Deal sources by their text, and by each band of their signature."""
        keyed = pa.table([signed["text"], signed["source"]], _KEYED)
        texts.deal(keyed, self._by_key(keyed))
        signed = signed.filter(signed["signature"].is_valid())
        for band in range(_BANDS):
            part = slice(band * _ROWS * 4, (band + 1) * _ROWS * 4)
            keys = [bytes([band]) + value[part] for value in signed["signature"].to_pylist()]
            keyed = pa.table([pa.array(keys, pa.binary()), signed["source"]], _KEYED)
            bands.deal(keyed, self._by_key(keyed))

    def _by_key(self, keyed: pa.Table) -> np.ndarray:
        keys = keyed["key"].to_pylist()
        return np.array([crc32(key) % self._heaps for key in keys], dtype=np.int64)

    def _first_of_each(self, keyed: Dealt, pairs: Dealt, to: str) -> Dealt:
        """Deal pairs of a source and the first one with the same key, by one of the two."""
        keyed.flush()
        for heap in range(self._heaps):
            rows = keyed.heap(heap).to_pandas()
            rows["first"] = rows.groupby("key")["source"].transform("min")
            found = rows.loc[rows["first"] != rows["source"], ["source", "first"]]
            found = found.drop_duplicates()
            table = pa.Table.from_pandas(found, _PAIRS, preserve_index=False)
            pairs.deal(table.replace_schema_metadata(), heaps_of(found[to], self._heaps))
        pairs.flush()
        return pairs

    def _with_signatures(self, pairs: Dealt, signed: Dealt) -> Dealt:
        """Deal pairs by their source, with the signature of the first."""
        for heap in range(self._heaps):
            rows = pairs.heap(heap).to_pandas().drop_duplicates()
            rows = rows.merge(self._of(heap).rename(columns={"source": "first"}), on="first")
            table = pa.Table.from_pandas(rows, _SIGNED, preserve_index=False)
            signed.deal(table.replace_schema_metadata(), heaps_of(rows["source"], self._heaps))
        signed.flush()
        return signed


def _resemblance(one: pd.Series, other: pd.Series) -> np.ndarray:
    """The share of shingles that two articles have in common, as their signatures estimate it.

    The standard error is sqrt(s(1-s)/72) for a share s: 0.05 where four in five are common.
    """
    shape = (len(one), _BANDS * _ROWS)
    numbers = [np.frombuffer(b"".join(each), dtype="<u4").reshape(shape) for each in (one, other)]
    return (numbers[0] == numbers[1]).mean(axis=1)
