from math import isnan

import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from helpers.measures import _draws, f1, f1_interval, krippendorff_alpha


def coders(*rows):
    """The values of each coder in a row of their own, '.' for none, turned into units."""
    return [
        tuple(None if value == "." else value for value in unit)
        for unit in zip(*(row.split() for row in rows), strict=True)
    ]


# Published examples: Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), A to C, and
# the three coders of the Wikipedia article "Krippendorff's alpha".
@pytest.mark.parametrize(
    ("rows", "alpha"),
    [
        (("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0"), 0.095),
        (("a a b b d c c c e d d a", "b a b b b c c c e d d d"), 0.692),
        (
            (
                "1 2 3 3 2 1 4 1 2 . . .",
                "1 2 3 3 2 2 4 1 2 5 . 3",
                ". 3 3 3 2 3 4 2 2 5 1 .",
                "1 2 3 3 2 4 4 1 2 5 1 .",
            ),
            0.743,
        ),
        (
            (
                ". . . . . 3 4 1 2 1 1 3 3 . 3",
                "1 . 2 1 3 3 4 3 . . . . . . .",
                ". . 2 1 3 4 4 . 2 1 1 3 3 . 4",
            ),
            0.691,
        ),
    ],
)
def test_alpha_is_what_was_published(rows, alpha):
    assert round(krippendorff_alpha(coders(*rows)), 3) == alpha


@settings(max_examples=3 * EXAMPLES)
@given(
    st.lists(st.tuples(*[st.sampled_from("abc")] * 2), min_size=2).filter(
        lambda units: len({value for unit in units for value in unit}) > 1
    )
)
def test_alpha_is_what_nltk_says(units):
    triples = [
        (coder, unit, value)
        for unit, values in enumerate(units)
        for coder, value in enumerate(values)
    ]
    assert krippendorff_alpha(units) == pytest.approx(AnnotationTask(triples).alpha())


def test_alpha_is_missing_where_nothing_differs():
    assert isnan(krippendorff_alpha([("a", "a"), ("a", "a")]))
    assert isnan(krippendorff_alpha([("a", None), (None, "b")]))


def test_f1_is_the_harmonic_mean_of_precision_and_recall():
    precision, recall = 6 / 8, 6 / 10
    assert f1(10, 8, 6) == pytest.approx(2 * precision * recall / (precision + recall))
    assert f1(3, 2, 0) == 0
    assert isnan(f1(0, 0, 0))


def test_an_interval_of_two_sources_is_that_of_the_four_draws():
    # The four draws give 1, 0.5, 0.5 and 0.
    assert f1_interval([(2, 2, 2), (2, 2, 0)], level=0.5) == pytest.approx((0.375, 0.625))
    assert f1_interval([(2, 2, 2), (2, 2, 0)], level=1) == (0, 1)


def test_an_interval_of_many_sources_is_always_the_same_and_holds_the_figure():
    counts = [(10, 10, matched) for matched in range(3, 11)]
    low, high = f1_interval(counts)
    assert (low, high) == f1_interval(counts)
    assert low < 0.65 < high


def test_random_draws_come_close_to_all_draws(monkeypatch):
    counts = [(21, 20, 17), (22, 24, 21), (23, 22, 22), (31, 30, 25), (6, 9, 5)]
    exact = f1_interval(counts)
    monkeypatch.setattr("helpers.measures._RESAMPLES", 3000)
    _draws.cache_clear()
    random = f1_interval(counts)
    _draws.cache_clear()
    assert random != exact
    assert random == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize("counts", [[], [(3, 3, 2)], [(0, 0, 0), (0, 0, 0)]])
def test_an_interval_needs_two_sources_and_something_in_them(counts):
    assert all(map(isnan, f1_interval(counts)))
