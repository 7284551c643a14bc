"""Copies of a text are told, the same and nearly the same, wherever they are."""

import random

import pytest
from test_tabulate import CLAIM, texts

from helpers.corpus import read_corpus
from helpers.tabulate import code, read_tables
from helpers.tabulate.copies import ALIKE, _resemblance, signatures

WORDS = [
    first + second + third
    for first in ("ban", "to", "mer", "li", "sha", "ko")
    for second in ("da", "ni", "ro", "su", "pe")
    for third in ("", "n", "st", "ng")
]


def article(seed, length=300):
    """Sentences without meaning, of words that are all their own."""
    draw = random.Random(seed)
    sentences = [
        " ".join(draw.choices(WORDS, k=12)).capitalize() + "." for _ in range(length // 12)
    ]
    return "Beijing banned bitcoin mining in 2021. " + " ".join(sentences) + "\n"


def changed(text, share, seed=0):
    """The text with some of its words replaced by another."""
    draw = random.Random(seed)
    return " ".join("changed" if draw.random() < share else word for word in text.split(" "))


def marks(tmp_path, partitions, **sources):
    """same_as and like of each source."""
    code(texts(tmp_path / "in", **sources), tmp_path / "out", workers=1, partitions=partitions)
    documents = read_tables(tmp_path / "out").documents.set_index("source")
    return documents["same_as"].to_dict(), documents["like"].to_dict()


@pytest.mark.parametrize("partitions", [1, 4])
def test_copies_are_marked_with_the_first_of_them(tmp_path, partitions):
    one, other = article(1), article(2)
    same, like = marks(
        tmp_path,
        partitions,
        a=one,
        b=other,
        c="  " + one.replace(" ", "\n\t ", 3) + "\n",
        d=one,
        e=changed(other, 0.01),
        f=article(3),
        g="Fully other words are here, and they are few.",
    )
    assert same == {"a": None, "b": None, "c": "a", "d": "a", "e": None, "f": None, "g": None}
    assert like == {"a": None, "b": None, "c": "a", "d": "a", "e": "b", "f": None, "g": None}


def test_a_copy_on_another_page_is_like_the_first(tmp_path):
    one = article(1)
    page = f"# A headline of its own\n\n{one}\n\nShare this article\n\nPrivacy policy\n"
    same, like = marks(tmp_path, 2, a=one, b=page)
    assert same == {"a": None, "b": None}
    assert like == {"a": None, "b": "a"}


def test_texts_without_words_are_like_nothing(tmp_path):
    same, like = marks(tmp_path, 2, a="…\n", b="!!!\n", c="…\n")
    assert same == {"a": None, "b": None, "c": "a"}
    assert like == {"a": None, "b": None, "c": None}


def shingles(text):
    words = text.lower().replace(".", "").split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


@pytest.mark.parametrize("share", [0, 0.01, 0.02, 0.05, 0.1, 0.3])
def test_resemblance_is_that_of_all_pairs_of_shingles(tmp_path, share):
    """Against the share counted, not estimated; five standard errors are never exceeded."""
    one = article(5, 2000)
    other = changed(one, share, seed=7)
    corpus = read_corpus(texts(tmp_path, a=one, b=other))
    signed = signatures({"a": one, "b": other}, corpus.zones).to_pandas().set_index("source")
    [found] = _resemblance(signed.loc[["a"], "signature"], signed.loc[["b"], "signature"])
    first, second = shingles(one), shingles(other)
    counted = len(first & second) / len(first | second)
    assert found == pytest.approx(counted, abs=5 * (counted * (1 - counted) / 72) ** 0.5 + 1e-9)


def test_near_copies_are_found_and_others_are_not(tmp_path):
    """Of copies with one word in a hundred changed nearly all are found; of others, none."""
    sources = {}
    for number in range(30):
        sources[f"{number:02}a"] = text = article(number)
        sources[f"{number:02}b"] = changed(text, 0.01, seed=number)
    _, like = marks(tmp_path, 3, **sources)
    wrong = {source: first for source, first in like.items() if first and first[:2] != source[:2]}
    assert wrong == {}
    assert sum(first is not None for first in like.values()) >= 28
    assert ALIKE == 0.8


def test_chinese_is_compared_character_by_character(tmp_path):
    text = "".join(chr(0x4E00 + n * 37 % 5000) for n in range(400)) + "。\n"
    _, like = marks(tmp_path, 2, a=text, b=text.replace(text[50], "国"), c=CLAIM)
    assert like == {"a": None, "b": "a", "c": None}
