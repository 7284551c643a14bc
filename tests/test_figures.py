import os
import re
import subprocess
import sys
from collections import Counter
from xml.etree import ElementTree

import pandas as pd
import pytest
from small import small_corpus, small_record
from test_words import HOSTILE

from helpers.answers.sensitivity import Standing
from helpers.figures import (
    PALETTE,
    Figure,
    dark_stylesheet,
    matrix,
    pages,
    scores,
    stability,
    timeline,
    windows,
)
from helpers.findings import evidence, finding
from helpers.words import visible

SVG = "{http://www.w3.org/2000/svg}"
TEXT = "Menu\nA town bans coins.\nIt likes chains.\nIt may like coins."
CLAIMS = [
    {"source": "000", "exact": "bans coins", "earliest": "2017-09-04", "latest": "2017-09-04"},
    {
        "source": "000",
        "exact": "likes chains",
        "stance": "promote",
        "object": "blockchain",
        "level": "hong_kong",
        "status": "planned",
    },
    {"source": "000", "exact": "may like coins", "stance": "promote", "status": "rumoured"},
]
SCORES = pd.DataFrame(
    [
        {"variable": "claim", "f1": 0.95, "low": 0.9, "high": 0.98},
        {"variable": "mention", "f1": float("nan"), "low": float("nan"), "high": float("nan")},
        {"variable": "date", "f1": 0.75, "low": float("nan"), "high": float("nan")},
    ]
).assign(n_reference=4, n_coded=4, matched=3)


@pytest.fixture
def corpus():
    return dated(CLAIMS)


def dated(claims: list[dict]):
    days = [
        {k: pd.Timestamp(v).date() if k in ("earliest", "latest") else v for k, v in claim.items()}
        for claim in claims
    ]
    return small_corpus({"000": TEXT}, days, Menu="furniture")


def caption(corpus, id="figures.test"):
    return finding(id, "It has {n} {n:claim/claims}.", {"n": 3}, evidence(corpus, corpus.documents))


def drawn(corpus, name: str) -> Figure:
    record = small_record({}, {"stance": "promote", "object": "cbdc"}, {"stance": "clarify"})
    said = caption(corpus)
    return {
        "timeline": lambda: timeline(corpus, record, said),
        "matrix": lambda: matrix(corpus, said),
        "pages": lambda: pages(corpus, said),
        "windows": lambda: windows(corpus, said),
        "scores": lambda: scores(SCORES, {"claim": 0.9}, said),
        "stability": lambda: stability([standing(basis) for basis in BASES], said),
    }[name]()


def standing(basis: str) -> Standing:
    """A conclusion with too many words for one line, which falls in some ways and runs."""
    fates = {"fallen": ["000"], "sources": 2, "disputed": 3, "runs": 4, "others": Counter(no=1)}
    words = "what is concluded is of more words than a line can hold, or two"
    turning = dated([]).sentences.head(1)
    return Standing(f"{basis}.all", "02_is_it.ipynb", words, basis, turning=turning, **fates)


BASES = ("claims", "sources", "record")
ALL = ("timeline", "matrix", "pages", "windows", "scores", "stability")


def links(figure: Figure) -> list[str]:
    return [a.get("href") for a in ElementTree.fromstring(figure.svg).iter(f"{SVG}a")]


def words(figure: Figure) -> list[str]:
    return [text.text for text in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]


# What holds for every figure


@pytest.mark.parametrize("name", ALL)
def test_a_figure_is_titled_and_its_alternative_text_is_what_it_finds(corpus, name):
    figure = drawn(corpus, name)
    root = ElementTree.fromstring(figure.svg)
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title.text == figure.title
    assert description.text == "It has 3 claims."
    assert root.get("aria-labelledby").split() == [title.get("id"), description.get("id")]
    assert root.get("role") == "group"


@pytest.mark.parametrize("name", ALL)
def test_every_mark_has_a_name_of_its_own(corpus, name):
    root = ElementTree.fromstring(drawn(corpus, name).svg)
    ids = [element.get("id") for element in root.iter() if "id" in element.attrib]
    assert len(ids) == len(set(ids))
    assert all(id.startswith("figures-test-") for id in ids)
    for anchor in root.iter(f"{SVG}a"):
        assert anchor.find(f"{SVG}title").get("id") == anchor.get("aria-labelledby")
        assert anchor.find(f"{SVG}title").text


@pytest.mark.parametrize("name", ALL)
def test_a_figure_has_no_styles_and_asks_for_nothing(corpus, name):
    svg = drawn(corpus, name).svg
    root = ElementTree.fromstring(svg)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        *("svg", "title", "desc", "a", "path", "text")
    }
    assert not [element for element in root.iter() if "style" in element.attrib]
    assert "url(" not in svg
    assert "xlink" not in svg


@pytest.mark.parametrize("name", ALL)
def test_nothing_is_drawn_beyond_the_paper(corpus, name):
    root = ElementTree.fromstring(drawn(corpus, name).svg)
    _, _, width, height = map(float, root.get("viewBox").split())
    for path in root.iter(f"{SVG}path"):
        numbers = [float(n) for n in re.findall(r"-?[\d.]+", path.get("d"))]
        assert 0 <= min(numbers[::2]) <= max(numbers[::2]) <= width
        assert 0 <= min(numbers[1::2]) <= max(numbers[1::2]) <= height
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 <= float(text.get("y")) <= height


@pytest.mark.parametrize("name", ALL)
def test_colours_are_those_of_the_palette(corpus, name):
    root = ElementTree.fromstring(drawn(corpus, name).svg)
    used = {element.get(how) for element in root.iter() for how in ("fill", "stroke")}
    assert used - {None, "none"} <= {light for light, _ in PALETTE.values()}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(c * share for c, share in zip(linear, (0.2126, 0.7152, 0.0722), strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", [0, 1], ids=["light", "dark"])
def test_letters_and_marks_stand_out_by_day_and_in_the_dark(mode):
    colours = {name: pair[mode] for name, pair in PALETTE.items()}
    for letters in ("ink", "muted", "promote", "restrict"):
        assert contrast(colours[letters], colours["paper"]) >= 4.5
    for ground in ("promote light", "restrict light"):
        assert contrast(colours["ink"], colours[ground]) >= 4.5
    for mark in ("article", "aside"):
        assert contrast(colours[mark], colours["paper"]) >= 3


def test_the_dark_style_sheet_replaces_every_colour():
    style = dark_stylesheet("body")
    for light, dark in PALETTE.values():
        assert f'body svg.figure [fill="{light}"] {{ fill: {dark}; }}' in style
        assert f'body svg.figure [stroke="{light}"] {{ stroke: {dark}; }}' in style


@pytest.mark.parametrize("name", ALL)
def test_a_figure_is_the_same_whenever_it_is_drawn(corpus, name):
    assert drawn(corpus, name).svg == drawn(corpus, name).svg


def test_a_figure_is_the_same_under_another_hash_seed():
    code = (
        "import sys; sys.path.insert(0, 'tests');"
        "from test_figures import ALL, CLAIMS, dated, drawn;"
        "print(*(drawn(dated(CLAIMS), name).svg for name in ALL))"
    )
    drawings = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai"))
    }
    assert len(drawings) == 1


@pytest.mark.parametrize("name", ALL)
def test_no_claims_are_no_reason_to_fail(name):
    svg = drawn(dated([]), name).svg
    assert ElementTree.fromstring(svg).tag == f"{SVG}svg"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_source_changes_no_mark_up_of_a_figure(text):
    line = visible(text).strip() or "x"
    corpus = small_corpus({"000": f"It bans {line}"}, [{"source": "000", "exact": f"bans {line}"}])
    corpus.documents[["title", "publisher"]] = text
    for name in ALL:
        root = ElementTree.fromstring(drawn(corpus, name).svg)
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert tags <= {"svg", "title", "desc", "a", "path", "text"}
        assert not any(name.startswith("on") for e in root.iter() for name in e.attrib)
        assert not any("script" in (a.get("href")) for a in root.iter(f"{SVG}a"))


# What each figure shows


def test_the_timeline_has_every_claim_and_every_event_that_takes_a_side(corpus):
    figure = drawn(corpus, "timeline")
    sources = [href for href in links(figure) if ".txt" in href]
    events = [href for href in links(figure) if "events.csv" in href]
    assert len(sources) == 3
    assert sorted(events) == [f"../seeds/record/events.csv#L{line}" for line in (2, 3)]


def test_events_are_no_stops_of_the_keyboard_but_claims_are(corpus):
    root = ElementTree.fromstring(drawn(corpus, "timeline").svg)
    for anchor in root.iter(f"{SVG}a"):
        assert ("tabindex" in anchor.attrib) == ("events.csv" in anchor.get("href"))


def bar(corpus, claim: int) -> tuple[float, float, float]:
    """Left, right and top of a claim in the timeline."""
    href = re.escape(f"{evidence(corpus, corpus.claims).rows[claim].citation.href}")
    path = re.search(
        rf'<a href="{href}".*?<path [^>]*d="([^"]*)"', drawn(corpus, "timeline").svg, re.DOTALL
    )
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", path[1])]
    return min(numbers[::2]), max(numbers[::2]), min(numbers[1::2])


def test_promotions_are_above_the_years_and_restrictions_below(corpus):
    root = ElementTree.fromstring(drawn(corpus, "timeline").svg)
    [year] = [float(t.get("y")) for t in root.iter(f"{SVG}text") if t.text == "2018"]
    tops = [bar(corpus, n)[2] for n in range(3)]
    assert tops[0] > year
    assert max(tops[1:]) < year


def test_a_bar_is_as_wide_as_its_date_is_uncertain():
    claim = CLAIMS[0] | {"earliest": "2017-01-01"}
    for latest, years in (("2017-12-31", 1), ("2018-12-31", 2)):
        left, right, _ = bar(dated([claim | {"latest": latest}]), 0)
        assert right - left == pytest.approx(years * (right - left) / years)
        if years == 1:
            one = right - left
    assert right - left == pytest.approx(2 * one, rel=0.02)


def test_claims_without_a_date_stand_beside_the_years(corpus):
    assert bar(corpus, 0)[1] < 340 < bar(corpus, 1)[0]
    assert "no date given" in words(drawn(corpus, "timeline"))


def test_the_matrix_counts_acts_apart_from_rumours_and_leads_to_their_evidence(corpus):
    figure = drawn(corpus, "matrix")
    assert [text for text in words(figure) if text[0] in "▲▼" and text[2:3] in "(123"] == [
        "▲ (1)",
        "▼ 1",
        "▲ 1",
    ]
    table = evidence(corpus, corpus.claims, by=("stance", "object", "level"))._repr_html_()
    assert links(figure)
    assert all(f'id="{href[1:]}"' in table for href in links(figure))


def test_a_frame_marks_a_level_that_does_both():
    acts = [CLAIMS[0], CLAIMS[2] | {"status": "done"}]
    frames = [
        drawn(dated(claims), "matrix").svg.count('stroke-width="2"') for claims in (CLAIMS, acts)
    ]
    assert frames == [1, 2]  # one is in the key


def test_the_strips_have_every_line_and_say_how_much_is_article(corpus):
    figure = drawn(corpus, "pages")
    assert [href for href in links(figure) if "#L" in href] == [
        *("../seeds/000.txt#L1C1-L1C5", "../seeds/000.txt#L2C1-L2C19"),
        *("../seeds/000.txt#L3C1-L3C17", "../seeds/000.txt#L4C1-L4C19"),
    ]
    assert "93% article" in words(figure)


def test_a_text_that_says_nothing_of_its_day_has_no_window(corpus):
    assert "the text does not say" in words(drawn(corpus, "windows"))
    corpus.documents["text_earliest"] = pd.Timestamp("2019-01-01")
    assert "the text does not say" not in words(drawn(corpus, "windows"))


def test_variables_without_anything_to_count_have_no_score(corpus):
    shown = words(drawn(corpus, "scores"))
    assert "claim" in shown
    assert "0.95" in shown
    assert "mention" not in shown


def test_the_box_and_the_count_of_a_cell_are_one_mark(corpus):
    root = ElementTree.fromstring(drawn(corpus, "matrix").svg)
    shapes = [[shape.tag.removeprefix(SVG) for shape in a] for a in root.iter(f"{SVG}a")]
    assert shapes == [["title", "path", "text"]] * 3
