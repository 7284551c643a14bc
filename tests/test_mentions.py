"""Names: what the codebook knows, what it can tell, and when a place acts."""

import pandas as pd
import pytest

from helpers.mentions import mentions
from helpers.tables import table


def _named(*texts: str) -> pd.DataFrame:
    rows = [
        ("s", n, 1000 * n, 1000 * n + len(text), text, 1, "body") for n, text in enumerate(texts)
    ]
    return mentions(table("sentences", rows))


def _as_tuples(*texts: str) -> list[tuple[str, str, str]]:
    found = _named(*texts)
    columns = (found["exact"], found["entity"], found["type"].astype(str))
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Shanghai launched a fund.", "actor"),
        ("A fund in Shanghai grew.", "place"),
        ("Shanghai's ban on crypto holds.", "actor"),
        ("Shanghai's streets are wide.", "place"),
        ("The city of Shanghai opened a park.", "actor"),
        ("Trains leave for Shanghai at noon.", "place"),
    ],
)
def test_a_place_is_an_actor_where_it_acts(text, kind):
    [(_, entity, found)] = _as_tuples(text)
    assert (entity, found) == ("Shanghai", kind)


def test_several_names_of_one_body_are_one_entity():
    found = _as_tuples("The PBOC, or People’s Bank of China, spoke.")
    assert {entity for _, entity, _ in found} == {"People's Bank of China"}


def test_levels_are_the_codebooks_and_foreign_ones_have_none():
    found = _named("The PBOC and the SEC spoke to the HKMA.").set_index("exact")["level"]
    assert found["PBOC"] == "central"
    assert found["HKMA"] == "hong_kong"
    assert pd.isna(found["SEC"])


@pytest.mark.parametrize(
    ("text", "name", "kind", "level"),
    [
        ("The Lanzhou Financial Bureau spoke.", "Lanzhou Financial Bureau", "actor", "central"),
        ("It met the Golden Bridge Foundation.", "Golden Bridge Foundation", "actor", "industry"),
        ("It runs on the Silver River Network.", "Silver River Network", "system", None),
        ("QLC, the first project of its kind, is live.", "QLC", "system", None),
    ],
)
def test_unknown_names_are_told_by_their_last_word(text, name, kind, level):
    [row] = _named(text).to_dict("records")
    assert (row["exact"], row["type"]) == (name, kind)
    assert row["level"] == level if level else pd.isna(row["level"])


def test_headings_in_capitals_name_nothing_unknown():
    assert _as_tuples("Many New Ideas Come Slowly To The Old Golden Foundation") == []


def test_the_government_is_the_one_named_last():
    found = _as_tuples("The Sichuan government met.", "The government spoke.")
    assert {entity for _, entity, _ in found} == {"Sichuan Government"}
    [(_, entity, _)] = _as_tuples("The government spoke.")
    assert entity == "Chinese central government"


def test_of_names_that_overlap_the_longest_stays():
    [(exact, entity, _)] = _as_tuples("It asked the Bank of China.")
    assert (exact, entity) == ("Bank of China", "Bank of China")


def test_words_that_look_like_names_are_none():
    assert _as_tuples("Stay safe, and most of all stay neo-classical.") == []
