"""Why a text was coded as it was, and what was missed."""

from pathlib import Path

import pytest

from helpers import explain, missed, read_corpus

SEEDS = Path(__file__).parent.parent / "seeds"
TEXT = "China banned crypto trading in 2021. Beijing said that it will not allow it again."


def test_each_rule_says_what_it_fired_on_and_what_came_of_it():
    first, second = explain(TEXT).sentences
    assert [words for _, words in first.lines] == [
        "ban (restrict): “banned”, ban, active",
        "object: cryptocurrency, named by “crypto trading”",
        "meant: as a fact",
        "actor: “China” is central",
        "claim: restrict cryptocurrency central done",
    ]
    assert "object: cryptocurrency, carried over from before by “it”" in str(second)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("China banned plastic straws.", "no object within its reach"),
        ("Will China ban crypto trading?", "asked, not said"),
        ("Nobody knows whether China will ban crypto trading.", "left open whether"),
        ("Tencent may launch a blockchain.", "nobody is said to do it"),
        ("The state sells its bitcoin to investors.", "no act on cryptocurrency by"),
    ],
)
def test_an_act_without_a_claim_says_why(text, why):
    assert why in str(explain(text))


def test_an_actor_that_is_not_named_is_said_to_be_taken_for_one():
    assert "nobody is named: taken for central" in str(explain("Crypto trading was banned."))


def test_furniture_carries_no_claims():
    assert "furniture: carries no claims" in str(explain(f"Subscribe to our newsletter\n\n{TEXT}"))


def test_the_claims_that_are_explained_are_those_of_the_coder():
    corpus = read_corpus(SEEDS)
    for source, mine in corpus.claims.groupby("source"):
        sentences = explain(corpus.text(source)).sentences
        explained = {
            (sentence.number, words.removeprefix("claim: "))
            for sentence in sentences
            for _, words in sentence.lines
            if words.startswith("claim: ") and "said already" not in words
        }
        codes = mine[["stance", "object", "level", "status"]].astype(str).agg(" ".join, axis=1)
        assert explained == set(zip(mine["sentence"], codes, strict=True))


def test_html_is_escaped_and_marks_the_act():
    html = explain("China banned crypto <trading> & more.")._repr_html_()
    assert "<mark>banned</mark>" in html
    assert "&lt;trading&gt; &amp;" in html
    assert "<trading>" not in html


@pytest.mark.parametrize("nothing", ["", "\n\n"])
def test_an_empty_text_has_nothing_to_explain(nothing):
    assert explain(nothing).sentences == ()
    assert str(explain(nothing)) == ""


def test_only_a_text_can_be_explained():
    with pytest.raises(TypeError, match="takes the text itself, not int"):
        explain(7)


def test_what_was_missed_is_grouped_by_its_verb(tmp_path):
    texts = {
        "a": "A festival was held.\n\nOfficials pondered bitcoin. A poet sang of bitcoin.",
        "b": "A fair was held.\n\nTwo clerks pondered crypto. China banned crypto trading.",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    found = missed(read_corpus(tmp_path))
    assert found.columns.tolist() == [
        *("verb", "count", "family", "object", "source", "sentence", "start", "end", "exact"),
    ]
    assert found["count"].is_monotonic_decreasing
    assert found["verb"].tolist()[:2] == ["pondered", "pondered"]
    assert found["count"].tolist()[:2] == [2, 2]
    assert "China banned crypto trading." not in found["exact"].tolist()


def test_nothing_is_missed_where_all_is_coded(tmp_path):
    (tmp_path / "a.txt").write_text("China banned crypto trading.", encoding="utf-8")
    assert missed(read_corpus(tmp_path)).empty
