import json
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from small import small_corpus, small_record
from test_words import HOSTILE, wide

from helpers.findings import FINDING, cite, evidence, finding
from helpers.words import visible

TEXT = "Bullock carts\nA town bans coins, but not carts.\nIt likes chains; so do others."
CLAIMS = [
    {"source": "000", "exact": "A town bans coins", "level": "local"},
    {"source": "000", "exact": "likes chains", "stance": "promote", "object": "blockchain"},
]


@pytest.fixture
def corpus():
    return small_corpus({"000": TEXT}, CLAIMS, Bullock="headline")


def row(table: pd.DataFrame, number: int = 0) -> dict:
    return table.to_dict("records")[number]


# Citations


def test_a_claim_is_cited_by_its_sentence_and_leads_to_its_words(corpus):
    citation = cite(corpus, row(corpus.claims, 1))
    assert citation.label == "000:2"
    assert citation.href == "../seeds/000.txt#L3C4-L3C16"
    assert citation.words == "likes chains"
    assert citation.markdown == '[[000:2]](../seeds/000.txt#L3C4-L3C16 "likes chains")'
    assert citation.place == {
        "source": "000",
        "sentence": 2,
        "start": 51,
        "end": 63,
        "exact": "likes chains",
    }


def test_lines_and_sources_are_cited_as_well(corpus):
    assert cite(corpus, row(corpus.zones)).label == "000, line 1"
    source = cite(corpus, row(corpus.documents))
    assert (source.label, source.href) == ("000", "../seeds/000.txt")
    assert source.place.keys() == {"source", "sha256"}


def test_rows_of_the_record_are_cited_by_their_label_and_line(corpus):
    record = small_record({}, {"title": "Another"})
    citation = cite(corpus, row(record.events, 1))
    assert citation.label == "E002"
    assert citation.href == "../seeds/record/events.csv#L3"
    assert citation.words == "Another – Banned."
    assert citation.place == {"record": "E002"}


@settings(max_examples=3 * EXAMPLES)
@given(st.text(alphabet="ab\n\r\u2028é😀 ", min_size=1, max_size=40), st.data())
def test_any_span_is_found_again_by_its_lines_and_columns(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    corpus = small_corpus({"000": text})
    href = cite(corpus, {"source": "000", "start": start, "end": end}).href
    first, column, last, after = map(
        int, re.fullmatch(r".*#L(\d+)C(\d+)-L(\d+)C(\d+)", href).groups()
    )
    begins = [0, *(n + 1 for n, char in enumerate(text) if char == "\n")]
    assert begins[first - 1] + column - 1 == start
    assert begins[last - 1] + after - 1 == end


def test_a_file_name_cannot_break_out_of_its_link():
    corpus = small_corpus({'a) "b" <c>': "x"})
    href = cite(corpus, row(corpus.documents)).href
    assert href == "../seeds/a%29%20%22b%22%20%3Cc%3E.txt"


# Findings


def test_a_finding_says_its_sentence_with_a_few_citations(corpus):
    said = finding(
        "towns.ban", "{n:Words} {n:claim/claims}.", {"n": 2}, evidence(corpus, corpus.claims)
    )
    assert said.sentence == "Two claims."
    assert said.markdown.startswith("Two claims. [[000:1]](")
    assert said.markdown.count("](../seeds/") == 2


def test_of_many_citations_those_of_other_groups_and_sources_are_shown_first():
    texts = {name: "\n".join(f"Ban {n} it." for n in "abcd") for name in ("000", "001")}
    claims = [{"source": s, "exact": f"Ban {n}"} for s in texts for n in "abcd"]
    claims[3]["stance"] = "promote"
    corpus = small_corpus(texts, claims)
    shown = evidence(corpus, corpus.claims, by=["stance"]).markdown
    assert re.findall(r"\[\[(.*?)\]\]", shown) == ["000:0", "001:0", "000:3"]
    assert shown.endswith(" [and 5 more](#evidence)")


def test_a_finding_is_markdown_text_and_json(corpus):
    said = finding(
        "towns.ban",
        "{n} {n:claim/claims} since {day}.",
        {"n": pd.Series([1]).sum(), "day": pd.Timestamp("2019-10-24"), "share": float("0.5")},
        evidence(corpus, corpus.claims.head(1)),
    )
    bundle = said._repr_mimebundle_()
    assert bundle["text/plain"] == "1 claim since 24 October 2019."
    assert json.loads(json.dumps(bundle[FINDING])) == {
        "id": "towns.ban",
        "sentence": "1 claim since 24 October 2019.",
        "values": {"n": 1, "day": "2019-10-24", "share": 0.5},
        "evidence": [
            {"source": "000", "sentence": 1, "start": 14, "end": 31, "exact": "A town bans coins"}
        ],
    }


def test_the_digits_in_which_pythons_differ_are_not_stored(corpus):
    bundles = [
        finding("a", "So.", {"share": [0.3, share]}, evidence(corpus, corpus.claims))
        for share in (0.008884102840220755, 0.008884102840220757)
    ]
    stored = [said._repr_mimebundle_()[FINDING]["values"] for said in bundles]
    assert stored == [{"share": [0.3, 0.00888410284022]}] * 2


def test_every_span_of_the_evidence_round_trips(corpus):
    said = finding("a", "So.", {}, evidence(corpus, corpus.claims))
    for place in said._repr_mimebundle_()[FINDING]["evidence"]:
        assert corpus.text(place["source"])[place["start"] : place["end"]] == place["exact"]


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NaT, pd.NA])
def test_a_value_that_cannot_be_computed_is_said_to_be_missing(corpus, missing):
    said = finding(
        "a",
        "It rose to {highest_share:.2f}.",
        {"highest_share": missing},
        evidence(corpus, corpus.claims),
    )
    assert said.sentence == (
        "The sources do not say enough to answer this: nothing gives the highest share."
    )
    assert said._repr_mimebundle_()[FINDING]["values"] == {"highest_share": None}


def test_what_is_found_nowhere_cites_all_that_was_looked_through(corpus):
    nothing = evidence(corpus, corpus.claims.head(0))
    said = finding("a", "Nothing says so.", {}, nothing)
    assert len(nothing) == 0
    assert said.markdown == (
        'Nothing says so. (looked through: [[000]](../seeds/000.txt "Title of 000"))'
    )
    in_record = evidence(corpus, small_record({}).events.head(0))
    assert "](../seeds/record/events.csv " in in_record.markdown


def test_a_finding_that_rests_on_nothing_is_refused():
    empty = small_corpus({})
    with pytest.raises(ValueError, match="'a' rests on nothing"):
        finding("a", "So.", {}, evidence(empty, empty.claims))


@pytest.mark.parametrize("id", ["", "A b", "a..b", "a_b", "-a", "ä"])
def test_an_id_of_another_form_is_refused(corpus, id):
    with pytest.raises(ValueError, match="finding id"):
        finding(id, "So.", {}, evidence(corpus, corpus.claims))


def test_a_number_typed_into_a_finding_is_refused(corpus):
    with pytest.raises(ValueError, match="'2019' is typed"):
        finding("a", "In 2019 it was banned.", {}, evidence(corpus, corpus.claims))


def test_evidence_of_two_kinds_is_added(corpus):
    both = evidence(corpus, corpus.claims) + evidence(corpus, small_record({}).events)
    assert [entry.citation.label for entry in both.rows] == ["000:1", "000:2", "E001"]
    nothing = evidence(corpus, corpus.claims.head(0))
    assert evidence(corpus, corpus.claims) + nothing == evidence(corpus, corpus.claims)
    assert nothing + evidence(corpus, corpus.claims) == evidence(corpus, corpus.claims)
    assert (nothing + nothing).searched


# Evidence tables

# What the sanitizers of JupyterLab and GitHub leave in place, as far as it is used here.
SAFE = {
    "table": {"id"},
    "caption": set(),
    "thead": set(),
    "tbody": set(),
    "tr": {"id"},
    "th": {"scope", "colspan"},
    "td": set(),
    "div": {"align"},
    "a": {"href", "title"},
    "mark": set(),
    "span": set(),
}


class Table(HTMLParser):
    """The cells of a table, the words marked in it, and all tags and links."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.tags, self.links, self.rows, self.marked, self.open = [], [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "mark":
            self.marked.append("")
        elif tag == "a":
            self.links.append(dict(attributes)["href"])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data
        if "mark" in self.open:
            self.marked[-1] += data


def test_the_evidence_shows_each_sentence_with_the_coded_span_marked(corpus):
    table = Table(evidence(corpus, corpus.claims)._repr_html_())
    assert table.rows == [
        ["where", "in these words", "coded as", "rule or page"],
        [
            "[000:1]",
            "A town bans coins, but not carts.",
            "restrict · cryptocurrency · local · done",
            "",
        ],
        [
            "[000:2]",
            "It likes chains; so do others.",
            "promote · blockchain · central · done",
            "",
        ],
    ]
    assert table.marked == ["A town bans coins", "likes chains"]


def test_keywords_are_shown_in_context(corpus):
    table = Table(evidence(corpus, corpus.claims.tail(1), kwic=True)._repr_html_())
    assert table.rows[0][:4] == ["where", "before", "keyword", "after"]
    assert table.rows[1][:4] == ["[000:2]", "It ", "likes chains", "; so do others."]


def test_groups_are_headed_by_their_codes_and_have_anchors(corpus):
    shown = evidence(corpus, corpus.claims, by=["stance", "object"], caption="All claims")
    table = Table(shown._repr_html_())
    ids = [attributes["id"] for _, attributes in table.tags if "id" in attributes]
    assert ids == ["evidence", "evidence-restrict-cryptocurrency", "evidence-promote-blockchain"]
    assert ["restrict · cryptocurrency (1)"] in table.rows


def test_an_event_shows_its_page_only_if_that_is_on_the_web(corpus):
    record = small_record({}, {"url": "javascript:alert(1)"})
    table = Table(evidence(corpus, record.events)._repr_html_())
    assert table.links == [
        "../seeds/record/events.csv#L2",
        "https://example.org/ban",
        "../seeds/record/events.csv#L3",
    ]


def test_series_and_checks_are_evidence_as_well(corpus):
    series = pd.DataFrame(
        [
            {
                "series_id": "S001",
                "series": "rank",
                "date": "2023",
                "value": 13.0,
                "unit": "rank",
                "line": 2,
            }
        ]
    )
    checks = pd.DataFrame(
        [
            {
                "check": "K001",
                "source": "000",
                "statement": "It did",
                "verdict": "confirmed",
                "line": 2,
            }
        ]
    )
    assert "rank – 2023 – 13" in Table(evidence(corpus, series)._repr_html_()).rows[1][1]
    assert Table(evidence(corpus, checks)._repr_html_()).rows[1][:3] == [
        "[K001]",
        "It did",
        "verdict: confirmed",
    ]


# Nothing from outside becomes mark-up


def hostile_corpus(text: str):
    """A corpus with the text wherever a source can put its words."""
    line = visible(text).strip() or "x"
    sentence = f"{line} bans it {line}"
    claim = {"source": "000", "exact": "bans it", "actor": text, "place": text, "rule": text}
    corpus = small_corpus({"000": sentence}, [claim])
    corpus.documents[["title", "publisher"]] = text
    return corpus, sentence


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_source_changes_no_mark_up_of_a_table(text):
    corpus, sentence = hostile_corpus(text)
    for rows in (corpus.claims, corpus.zones, corpus.documents):
        html = evidence(corpus, rows, caption=text)._repr_html_()
        table = Table(html)
        assert all(set(attributes) <= SAFE[tag] for tag, attributes in table.tags)
        assert all(re.fullmatch(r"\.\./seeds/000\.txt(#[LC\d-]+)?", link) for link in table.links)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b]", html)
    assert Table(evidence(corpus, corpus.claims)._repr_html_()).rows[1][1] == visible(sentence)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_source_changes_no_mark_up_of_a_finding(text):
    corpus, _ = hostile_corpus(text)
    shown = evidence(corpus, corpus.claims) + evidence(corpus, corpus.documents)
    said = finding("a", "They say {words:quote} of {actor}.", {"words": text, "actor": text}, shown)
    html = MarkdownIt("commonmark").enable("table").render(said.markdown)
    table = Table(html)
    assert {tag for tag, _ in table.tags} == {"p", "a"}
    assert all(link.startswith("../seeds/000.txt") for link in table.links)
    assert wide(said.sentence)[:200] in Words(html).text


class Words(HTMLParser):
    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_record_changes_no_mark_up(text):
    corpus = small_corpus({"000": TEXT}, CLAIMS)
    record = small_record({"title": text, "summary": text, "publisher": text, "issuer": text})
    shown = evidence(corpus, record.events)
    table = Table(shown._repr_html_())
    assert all(set(attributes) <= SAFE[tag] for tag, attributes in table.tags)
    assert table.links == ["../seeds/record/events.csv#L2", "https://example.org/ban"]
    links = Table(MarkdownIt("commonmark").render(shown.markdown)).links
    assert links == ["../seeds/record/events.csv#L2"]


def test_a_hostile_source_id_is_only_a_label():
    corpus = small_corpus({"](x) <b>": "a bans b"}, [{"source": "](x) <b>", "exact": "bans"}])
    shown = evidence(corpus, corpus.claims)
    html = MarkdownIt("commonmark").render(shown.markdown)
    assert Table(html).links == ["../seeds/%5D%28x%29%20%3Cb%3E.txt#L1C3-L1C7"]
    assert Words(html).text.strip() == "[](x) <b>:0]"
