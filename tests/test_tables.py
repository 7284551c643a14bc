import subprocess
import sys
from datetime import date

import pandas as pd
import pytest

from helpers.tables import CLOSED_SETS, COLUMNS, frame, table

ZONE = ("001", 0, 5, "Title", 1, "headline", "first line")


def test_rows_are_sorted_by_source_and_start_and_numbered():
    rows = [
        ZONE,
        ("000", 9, 12, "End", 3, "body", "text"),
        ("000", 0, 4, "Word", 1, "body", "text"),
    ]
    zones = table("zones", rows)
    assert list(zip(zones["source"], zones["start"], strict=True)) == [
        ("000", 0),
        ("000", 9),
        ("001", 0),
    ]
    assert list(zones.index) == [0, 1, 2]


def test_rows_on_one_span_keep_the_order_given():
    claim = {"source": "000", "sentence": 0, "start": 0, "end": 4, "exact": "bans"}
    claims = table("claims", [claim | {"object": "cbdc"}, claim | {"object": "blockchain"}])
    assert list(claims["object"]) == ["cbdc", "blockchain"]


@pytest.mark.parametrize("name", COLUMNS)
def test_an_empty_table_has_the_dtypes_of_a_full_one(name):
    example = {
        "int64": 1,
        "float64": 1.5,
        "datetime64[s]": date(2019, 10, 24),
        "object": "text",
    }
    empty = table(name, [])
    row = {
        column: CLOSED_SETS[column][0] if column in CLOSED_SETS else example[str(dtype)]
        for column, dtype in empty.dtypes.items()
    }
    full = table(name, [row])
    assert list(full.columns) == list(COLUMNS[name])
    pd.testing.assert_series_equal(full.dtypes, empty.dtypes)
    assert full.iloc[0].to_dict() == row | {
        column: pd.Timestamp(cell) for column, cell in row.items() if isinstance(cell, date)
    }


def test_closed_sets_are_ordered_categories():
    zones = table("zones", [ZONE])
    assert zones["zone"].cat.ordered
    assert tuple(zones["zone"].cat.categories) == CLOSED_SETS["zone"]


def test_missing_days_and_words_stay_missing():
    rows = [{"source": "000", "sentence": 0, "start": 0, "end": 1, "exact": "x", "latest": pd.NaT}]
    dates = table("dates", rows)
    assert dates[["earliest", "latest", "granularity", "rule"]].isna().all(axis=None)


def test_further_columns_come_after_those_of_the_contract():
    mentions = table(
        "mentions", [{"source": "000", "sentence": 0, "start": 0, "end": 1, "by": "name"}]
    )
    assert list(mentions.columns) == [*COLUMNS["mentions"], "by"]


def test_a_value_outside_its_closed_set_is_named():
    with pytest.raises(ValueError, match=r"table 'zones': zone 'sidebar' is none of headline"):
        table("zones", [(*ZONE[:5], "sidebar", "rule")])
    with pytest.raises(ValueError, match="stance 'clarify' is none of restrict, promote"):
        frame(["stance"], [["restrict"], ["clarify"]])


def test_a_frame_may_have_closed_sets_of_its_own():
    stances = frame(["stance"], [["clarify"]], {"stance": ("restrict", "clarify")})["stance"]
    assert list(stances) == ["clarify"]
    assert list(stances.cat.categories) == ["restrict", "clarify"]


@pytest.mark.parametrize("rows", [[ZONE[:6]], [ZONE, ZONE[:6]], [(*ZONE, "more")]])
def test_a_row_of_the_wrong_length_is_refused(rows):
    with pytest.raises(ValueError, match="table 'zones'"):
        table("zones", rows)


def test_importing_the_package_loads_no_room():
    seen = subprocess.run(
        [sys.executable, "-c", "import sys, helpers; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = seen.stdout.split()
    assert "helpers" in loaded
    assert not [m for m in loaded if m.startswith("helpers.") or m == "matplotlib"]
