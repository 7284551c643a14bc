"""The site as files: where its links lead, what its pages are made of, what they cannot do."""

import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
import sites
from sites import CITATION, PAYLOADS, ROOT, Page

from helpers import read_corpus
from helpers.site.__main__ import main
from helpers.site.clean import clean_html, markdown_to_html
from helpers.site.data import without_formulas
from helpers.site.drawing import lighten
from helpers.site.figure import FigureError, figure_to_html
from helpers.site.head import CONTENT_SECURITY_POLICY
from helpers.site.links import BrokenLinkError, Links, Place, page_names
from helpers.tables import COLUMNS
from helpers.words import named, visible


@pytest.fixture(params=["collection_site", "hostile_site"])
def any_site(request) -> dict[str, Page]:
    """The pages of the collection's site, then those of the hostile one."""
    return sites.pages(request.getfixturevalue(request.param))


@pytest.fixture(scope="module")
def collection(collection_site) -> dict[str, Page]:
    return sites.pages(collection_site)


@pytest.fixture(scope="module")
def links() -> Links:
    return Links.read(ROOT / "notebooks", "../seeds")


def test_every_link_and_anchor_leads_somewhere(any_site):
    broken = []
    for name, page in any_site.items():
        for href in page.values("href") + page.values("src") + page.values("action"):
            parts = urlsplit(href)
            if parts.scheme in ("http", "https"):
                continue
            folder = page.path.parent
            target = (folder / unquote(parts.path)).resolve() if parts.path else page.path
            if not target.is_file():
                broken.append((name, href))
            elif parts.fragment and target.suffix == ".html":
                other = next(page for page in any_site.values() if page.path == target)
                if unquote(parts.fragment) not in other.words:
                    broken.append((name, href))
    assert broken == []


def test_ids_are_unique(any_site):
    for name, page in any_site.items():
        ids = page.values("id")
        assert sorted(ids) == sorted(set(ids)), name


def test_folds_are_closed_and_called_what_is_written_on_them(collection):
    folds = 0
    for page in collection.values():
        for tag, attributes in page.elements:
            assert (
                tag not in ("details", "summary") or not {"open", "aria-label"} & attributes.keys()
            )
            folds += tag == "summary"
    assert folds > 0


def test_nothing_is_loaded_but_the_sites_own_files(any_site):
    for page in any_site.values():
        for tag, attributes in page.elements:
            loaded = [attributes[n] for n in ("src", "srcset", "data", "poster") if n in attributes]
            if tag == "link" and attributes.get("rel") != "canonical":
                loaded.append(attributes["href"])
            for address in loaded:
                assert not urlsplit(address).scheme, address
                assert not urlsplit(address).netloc, address


def test_pages_keep_their_own_policy(any_site):
    for name, page in any_site.items():
        first = next(a for tag, a in page.elements if tag == "meta")
        assert first == {
            "http-equiv": "Content-Security-Policy",
            "content": CONTENT_SECURITY_POLICY,
        }, name
        assert page.inline_scripts == [], name
        for tag, attributes in page.elements:
            assert tag not in ("style", "iframe", "object", "embed", "base"), name
            assert not any(a == "style" or a.startswith("on") for a in attributes), (name, tag)


def test_pages_are_light(collection_site, collection):
    """A page of a notebook with all that it loads, uncompressed, in bytes; and every script."""
    weights = {}
    for name, page in collection.items():
        loaded = {a["src"] for _, a in page.elements if "src" in a}
        loaded |= {a["href"] for _, a in page.elements if a.get("rel") in ("stylesheet", "icon")}
        files = {(page.path.parent / urlsplit(address).path).resolve() for address in loaded}
        weights[name] = sum(file.stat().st_size for file in {*files, page.path})
    notebooks = {name for name in weights if name[:2].isdigit()}
    assert len(notebooks) == len(list((ROOT / "notebooks").glob("*.ipynb")))
    assert [name for name in notebooks if weights[name] >= 400_000] == []
    scripts = {path.name: path.stat().st_size for path in collection_site.rglob("*.js")}
    assert [name for name in scripts if scripts[name] >= 120_000] == []


def test_a_hostile_source_adds_no_markup(hostile_site, collection):
    known = {("caption", "")}.union(*(page.markup for page in collection.values()))
    for name, page in sites.pages(hostile_site).items():
        assert page.markup - known == set(), name
        for address in page.values("href"):
            assert urlsplit(address).scheme in ("", "http", "https")
            assert "pwned" not in urlsplit(address).netloc


def test_a_hostile_source_is_shown_as_the_characters_it_is_made_of(hostile_site):
    corpus = read_corpus(hostile_site.parent / "seeds")
    [source] = (hostile_site / "sources").glob("*.html")
    words = Page(source).words
    assert len(PAYLOADS) >= 200
    assert len(corpus.sentences) >= len(PAYLOADS)
    for row in corpus.sentences.itertuples():
        assert words[f"s{row.sentence}"].strip() == visible(row.exact).strip()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_outputs_are_cleaned(payload):
    for html in (clean_html(payload, lambda href: None), markdown_to_html(payload, lambda h: None)):
        assert not re.search(r"<(?!/?(p|em|strong|code|pre|ul|li|ol|h\d|a|blockquote|br|table|"
                             r"thead|tbody|tr|t[hd]|details|s|b|i)\b)", html), html  # fmt: skip
        assert not re.search(r"<[^>]*\b(on\w+|href|src|style|id)\s*=", html), html


def test_every_sentence_has_its_address_on_its_sources_page(collection, links):
    for row in links.corpus.sentences.itertuples():
        place = links.sentence(row.source, row.sentence)
        path, anchor = place.href.split("#")
        assert collection[path].words[anchor].strip() == visible(row.exact).strip()


def test_every_claim_is_marked_and_its_card_says_its_codes(collection, links):
    for row in links.corpus.claims.itertuples():
        page = collection[f"{links.pages[row.source]}.html"]
        cards = [
            page.words[href[1:]]
            for href, words in page.links
            if href.startswith(f"#s{row.sentence}c") and visible(row.exact) in visible(words)
        ]
        for code in (
            row.stance,
            named(row.object),
            named(row.level),
            row.status,
            visible(row.rule),
        ):
            assert any(code in card for card in cards), (row.source, row.sentence, code)


def test_what_is_said_of_a_sentence_elsewhere_is_noted_behind_it(collection, links):
    findings = json.loads((ROOT / "notebooks/findings.json").read_text(encoding="utf-8"))
    noted = 0
    for finding in findings:
        page = f"{finding['notebook'].removesuffix('.ipynb')}.html#finding-{finding['id']}"
        for place in finding["evidence"]:
            if "sentence" in place:
                source = collection[f"{links.pages[place['source']]}.html"]
                assert visible(finding["sentence"]) in source.words[f"s{place['sentence']}n"]
                assert f"../{page}" in source.values("href")
                noted += 1
    for check in links.checks.itertuples():
        notes = collection[f"{links.pages[check.source]}.html"].words[f"s{check.sentence}n"]
        assert visible(check.finding) in notes
    assert noted > 0


def test_citations_lead_to_their_sentences(collection, links):
    """What a notebook cites, the site cites: each label leads to the sentence that it names."""
    cited = 0
    for name, page in collection.items():
        for href, words in page.links:
            match = CITATION.fullmatch(words.strip())
            if match and name != "record.html":
                assert href == links.sentence(match[1], int(match[2])).href, name
                cited += 1
            elif match := re.fullmatch(r"\[([ESK]\d{3})\]", words.strip()):
                assert href == f"record.html#{match[1]}", name
    assert cited > 0


def test_the_record_has_a_row_and_a_mark_for_each_event_and_figure_with_links_out(
    collection_site, links
):
    page = (collection_site / "record.html").read_text(encoding="utf-8")
    figure = ElementTree.fromstring(re.search(r"<svg class=.figure.*?</svg>", page, re.DOTALL)[0])
    marks = [mark.get("href") for mark in figure.iter("{http://www.w3.org/2000/svg}a")]
    record = links.record
    ids = [*record.events["event"], *record.series["series_id"]]
    assert sorted(marks) == sorted(f"#{id}" for id in ids)
    rows = dict(re.findall(r'<tr id="(\w+)">(.*?)</tr>', page, re.DOTALL))
    for table, label in ((record.events, "event"), (record.series, "series_id")):
        for row in table.itertuples():
            assert f'href="{escape(row.url)}"' in rows[getattr(row, label)]


def test_search_can_show_what_stands_where_on_each_page(any_site):
    """Each excerpt has its place on its page, and no sentence or row is without one."""
    folder = any_site["index.html"].path.parent
    told = {}
    for path in (folder / "excerpts").rglob("*.js"):
        page, passages = json.loads(f"[{path.read_text(encoding='utf-8')[len('tell(') : -2]}]")
        told[f"{page}.html"] = {id for id, words in passages if words}
    for page, ids in told.items():
        assert ids <= any_site[page].words.keys()
        shown = {id for id in any_site[page].words if re.fullmatch(r"s\d+|[EKS]\d+|finding-.*", id)}
        assert shown <= ids
    assert {name for name in any_site if re.match(r"\d|sources/|record", name)} <= told.keys()


def test_pages_say_what_they_are_to_people_and_machines(any_site, links):
    for name, page in any_site.items():
        said = {a.get("name") or a.get("property"): a for t, a in page.elements if t == "meta"}
        assert said["description"]["content"], name
        assert said["og:title"]["content"], name
        for data in map(json.loads, page.data):
            kinds = {item["@type"] for item in (data if isinstance(data, list) else [data])}
            assert kinds <= {"Dataset", "ClaimReview"}, name


def test_the_checks_of_a_source_are_claim_reviews(collection, links):
    reviews = [json.loads(data) for name, p in collection.items() for data in p.data if "/" in name]
    said = sorted(review["claimReviewed"] for page in reviews for review in page)
    checks = links.checks[links.checks["verdict"] != "unverified"]
    assert said == sorted(checks["statement"])


def test_tables_can_be_taken_along(collection_site, collection, links):
    [page] = [page for name, page in collection.items() if name.startswith("01_")]
    for origin, names in ((links.corpus, COLUMNS), (links.record, ("events", "series", "checks"))):
        for name in names:
            assert f"data/{name}.csv" in page.values("href")
            table = pd.read_csv(collection_site / f"data/{name}.csv", dtype=str)
            assert len(table) == len(getattr(origin, name))
            assert list(table) == list(getattr(origin, name))
    assert "data/README.txt" in page.values("href")
    notebook = next(href for href in page.values("href") if href.endswith(".ipynb"))
    original = ROOT / "notebooks" / Path(notebook).name
    assert (collection_site / notebook).read_bytes() == original.read_bytes()


def test_tables_hold_no_formulas_and_all_values(hostile_site):
    """What a spreadsheet would compute has an apostrophe before it, and is whole behind it."""
    corpus = read_corpus(hostile_site.parent / "seeds")
    formulas = 0
    for name in COLUMNS:
        table = pd.read_csv(hostile_site / f"data/{name}.csv", dtype=str, keep_default_na=False)
        original = getattr(corpus, name)
        for column in table:
            numbers = pd.api.types.is_numeric_dtype(original[column])
            for cell, value in zip(table[column], original[column], strict=True):
                assert numbers or not cell.startswith(tuple("=+-@\t\r")), (name, column, cell)
                formulas += cell.startswith(("'-", "'="))
                if isinstance(value, str):
                    assert (cell[1:] if cell.startswith("'") else cell) == value
    assert formulas > 0


def test_numbers_stay_numbers_in_tables():
    table = pd.DataFrame({"value": [-1.5], "words": ["-1.5"], "said": ["'so'"], "none": [None]})
    assert without_formulas(table).to_csv(index=False) == (
        "value,words,said,none\n-1.5,'-1.5,''so',\n"
    )


def test_rebuilding_gives_the_same_bytes(collection_site, tmp_path):
    sites.build(ROOT / "notebooks", tmp_path / "again", hash_seed=1)
    files = {
        path.relative_to(collection_site): path.read_bytes()
        for path in sorted(collection_site.rglob("*"))
        if path.is_file()
    }
    again = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in sorted((tmp_path / "again").rglob("*"))
        if path.is_file()
    }
    assert files.keys() == again.keys()
    assert [path for path in files if files[path] != again[path]] == []


def test_the_site_of_other_sources_is_beside_the_collections(tmp_path):
    notebooks, seeds = sites.other_project(tmp_path)
    own = tmp_path / "build/site/index.html"
    own.parent.mkdir()
    own.write_text("the collection's")
    command = [sys.executable, "-m", "helpers.site", "--seeds", seeds, "--notebooks", notebooks]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert str(tmp_path / "build/few/site/index.html") in done.stdout
    built = sites.pages(tmp_path / "build/few/site")
    assert "China bans coins." in built["sources/one.html"].words["s0"]
    assert "sources/one.html#s0" in built["01_who_is_quoted.html"].values("href")
    assert own.read_text() == "the collection's"


@pytest.mark.parametrize("missing", ["build/few/notebooks/01_who_is_quoted.ipynb", "few/one.txt"])
def test_a_site_that_cannot_be_built_says_why(tmp_path, missing, capsys):
    notebooks, seeds = sites.other_project(tmp_path)
    (tmp_path / missing).unlink()
    assert main(["--seeds", str(seeds), "--notebooks", str(notebooks)]) == 1
    assert "few" in capsys.readouterr().err
    assert not (tmp_path / "build/few/site").exists()


@pytest.mark.parametrize(
    ("href", "place"),
    [
        ("https://example.org/x", "https://example.org/x"),
        ("#evidence", "#evidence"),
        ("02_does_it.ipynb#why", "02_does_it.html#why"),
        ("../seeds/002_753114000cd6d8ce.txt", "sources/002.html"),
        ("../seeds/002_753114000cd6d8ce.txt#L5", "sources/002.html#s2"),
        ("../seeds/002_753114000cd6d8ce.txt#L5C1-L5C92", "sources/002.html#s2"),
        ("../seeds/record/events.csv#L12", "record.html#E011"),
        ("../seeds/record/series.csv#L2", "record.html#S001"),
        ("../seeds/record/checks.csv#L100", "record.html#K099"),
        ("../seeds/record/events.csv", "record.html"),
    ],
)
def test_links_of_notebooks_lead_to_pages(links, href, place):
    assert links.resolve(href).href == place


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "//example.org/x",
        "data:text/html,x",
        "../README.md",
        "../seeds/nothing.txt",
        "../seeds/002_753114000cd6d8ce.txt#L1000",
        "../seeds/002_753114000cd6d8ce.txt#L2C1-L2C5",
        "../seeds/002_753114000cd6d8ce.txt#L2",
        "../seeds/002_753114000cd6d8ce.txt#middle",
        "../seeds/record/events.csv#L1",
        "../seeds/record/nothing.csv",
    ],
)
def test_links_that_lead_nowhere_are_refused(links, href):
    with pytest.raises(BrokenLinkError):
        links.resolve(href)


def test_a_figure_keeps_its_drawing_and_its_links():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="pwned=1"><title>T</title><desc>D</desc>'
        "<script>pwned=1</script><foreignObject><b/></foreignObject>"
        '<a href="here" target="x"><title>[1:2] a wo…</title>'
        '<path d="M 0 0" fill="#0b5cad" onclick="pwned=1" stroke="url(//pwned.example)"/></a>'
        '<a href="here"><title>it says so</title></a>'
        '<a href="nowhere"><text>x</text></a><image href="//pwned.example/x.png"/></svg>'
    )
    places = {"here": Place("sources/1.html#s2", "1:2", "a word")}
    html = figure_to_html(svg, places.get)
    assert html.startswith(
        '<figure class="drawn">'
        '<svg xmlns="http://www.w3.org/2000/svg"><title>T</title><desc>D</desc>'
        '<a href="sources/1.html#s2" fill="#0b5cad"><title>[1:2] a wo…</title>'
        '<path d="M0 0" /></a><a href="sources/1.html#s2"><title>it says so</title></a>'
        "<g><text>x</text></g></svg>"
    )
    assert '<a href="sources/1.html#s2">[1:2]</a><td>a word · it says so</tbody>' in html
    assert html.count("href") == 3


def test_drawings_get_lighter_without_looking_otherwise():
    """One look for marks that follow one another, and paths by steps; curves are left alone."""
    drawing = ElementTree.fromstring(
        '<svg><path fill="red" d="M0.0 1.5L2 1.5L2 3.5L0 1.5" /><path fill="red" d="M5 5L4.5 8" />'
        '<path fill="blue" d="M1 1C2 2 3 3 4 4Z" /><a><text fill="red" x="1">w</text></a></svg>'
    )
    lighten(drawing)
    assert ElementTree.tostring(drawing, "unicode") == (
        '<svg><g fill="red"><path d="M0 1.5h2v2z" /><path d="M5 5l-.5 3" /></g>'
        '<path fill="blue" d="M1 1C2 2 3 3 4 4Z" /><a fill="red"><text x="1">w</text></a></svg>'
    )
    handed_down = '<svg><g fill="red"><path stroke="none" d="M0 0L1 1" /></g></svg>'
    drawing = ElementTree.fromstring(handed_down)
    lighten(drawing)
    assert ElementTree.tostring(drawing, "unicode") == handed_down


@pytest.mark.parametrize(
    ("svg", "problem"),
    [
        ("<svg", "not well-formed"),
        ("<svg xmlns='http://www.w3.org/2000/svg'/>", "<title> and a <desc>"),
        (
            "<svg xmlns='http://www.w3.org/2000/svg' style=''><title>T</title><desc>D</desc></svg>",
            "styles",
        ),
    ],
)
def test_figures_that_cannot_be_shown_say_why(svg, problem):
    with pytest.raises(FigureError, match=problem):
        figure_to_html(svg, lambda href: None)


def test_sources_have_pages_of_their_own_whatever_they_are_called():
    names = list(page_names(["a/b", "a b", "A.b", "../../x", "中", "国", "a-b--2"]).values())
    assert len({name.lower() for name in names}) == len(names)
    assert all(re.fullmatch(r"sources/[a-z0-9_-]+", name) for name in names)
