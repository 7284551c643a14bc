from datetime import date
from html.parser import HTMLParser

import pytest
from conftest import EXAMPLES
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from helpers.words import fill, listed, number, slug, to_html, to_markdown, visible, when


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("earliest", "latest", "words"),
    [
        ("2019-10-24", "2019-10-24", "on 24 October 2019"),
        ("2019-10-01", "2019-10-31", "in October 2019"),
        ("2020-02-01", "2020-02-29", "in February 2020"),
        ("2019-01-01", "2019-12-31", "in 2019"),
        ("2016-10-01", "2016-12-31", "between October and December 2016"),
        ("2017-01-01", "2019-12-31", "between 2017 and 2019"),
        ("2019-11-30", "2019-12-29", "between 30 November and 29 December 2019"),
        ("2013-12-03", "2013-12-05", "between 3 and 5 December 2013"),
        ("2019-12-27", "2020-01-10", "between 27 December 2019 and 10 January 2020"),
        ("2019-12-01", "2020-01-31", "between December 2019 and January 2020"),
        (None, "2020-12-31", "by 31 December 2020"),
        ("2021-01-01", None, "from 1 January 2021 on"),
        (None, None, "on a day not stated"),
    ],
)
def test_days_are_said_as_people_say_them(earliest, latest, words):
    assert when(earliest and day(earliest), latest and day(latest)) == words


def test_numbers_are_words_up_to_twelve():
    assert [number(n) for n in (0, 1, 12, 13, 1300)] == ["no", "one", "twelve", "13", "1,300"]


def test_lists_end_in_and():
    assert [listed(list(items)) for items in ("", "a", "ab", "abc")] == [
        "none",
        "a",
        "a and b",
        "a, b and c",
    ]


@pytest.mark.parametrize(
    ("n", "sentence"),
    [
        (0, "No sources say so, none of them twice."),
        (1, "One source says so, one of them twice."),
        (3, "Three sources say so, three of them twice."),
    ],
)
def test_nouns_and_verbs_go_with_their_number(n, sentence):
    template = "{n:Words} {n:source/sources} {n:says/say} so, {n:count} of them twice."
    assert fill(template, {"n": n}) == sentence


def test_values_are_said_by_their_kind():
    values = {
        "share": 0.271,
        "f1": 0.9,
        "many": 10_000,
        "on": day("2019-10-24"),
        "interval": [day("2019-10-01"), day("2019-10-31")],
        "names": ["a", "b"],
        "codes": ["hong_kong", "public"],
        "said": "ready",
    }
    template = (
        "{share:share} {f1:.2f} {many} {on} {interval:when} {names} {codes:name} {said:quote}"
    )
    assert fill(template, values) == (
        "27% 0.90 10,000 24 October 2019 in October 2019 a and b Hong Kong and the public “ready”"
    )


@pytest.mark.parametrize(
    "template", ["In 2019 {n} said so.", "{n} of five say so.", "Two say {n}.", "a dozen {n}"]
)
def test_a_number_typed_into_a_template_is_refused(template):
    with pytest.raises(ValueError, match="is typed into"):
        fill(template, {"n": 1})


def test_names_with_a_digit_and_the_pronoun_one_may_be_typed():
    assert fill("No one has an F1 of {f1:.1f} in Web3.", {"f1": 0.5}) == (
        "No one has an F1 of 0.5 in Web3."
    )


def test_ids_are_plain():
    assert slug("evidence", "hong_kong", "Ünsafe <x>") == "evidence-hong-kong-nsafe-x"


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "[a](javascript:alert(1)) ![b](http://x.example/y.png)",
    "<http://x.example> http://x.example www.example.com a@example.com",
    "| a | b |",
    "`code` ``more`` {role}`text` {{ variable }}",
    "```{include} /etc/passwd",
    ":::{note}",
    "# heading",
    "1. item",
    "- item",
    "+ item",
    "> quotation",
    "=====",
    "% comment",
    "*a* _b_ **c** ~~d~~ [^1] [x]: y",
    "$x$ and $$y$$ \\(z\\) \\[w\\] \\begin{equation}",
    "&lt;b&gt; &#60; &amp;",
    "abc\u202edef\u2066ghi\u200b",
    "one\ntwo\r\n\nthree\u2028four\ttab",
    "x" * 2000,
    "'; DROP TABLE",
    "\x00\x1b[31m",
]
ANYTHING = st.one_of(st.text(), st.text(alphabet="<>[]()`*_{}$\\|&;#:/.!-+=~^@1\"'\n a"))


class _Seen(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.tags, self.words = [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words.append(data)


def seen(html: str) -> tuple[list[str], str]:
    """The tags and the text that a browser finds in HTML."""
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return parser.tags, "".join(parser.words)


def wide(text: str) -> str:
    return visible(text).translate(str.maketrans({"$": "＄", "\\": "＼"}))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text_in_markdown(text):
    tags, words = seen(MarkdownIt("commonmark").enable("table").render(to_markdown(text)))
    assert set(tags) <= {"p"}
    assert words.strip() == wide(text).strip()
    assert not set("<>`$\\") & set(to_markdown(text))


@settings(max_examples=3 * EXAMPLES)
@given(ANYTHING)
def test_any_text_is_only_text_in_markdown(text):
    tags, words = seen(MarkdownIt("commonmark").enable("table").render(to_markdown(text)))
    assert set(tags) <= {"p"}
    assert words.strip() == wide(text).strip()


@settings(max_examples=3 * EXAMPLES)
@given(ANYTHING)
def test_any_text_is_only_text_in_html(text):
    html = to_html(text)
    tags, words = seen(html)
    assert set(tags) <= {"span"}
    assert words == visible(text)
    # No two dollars in one element: MathJax finds no formula.
    assert all(part.count("$") < 2 for part in html.replace("</span>", "<span>").split("<span>"))


@settings(max_examples=3 * EXAMPLES)
@given(ANYTHING)
def test_invisible_characters_are_named(text):
    shown = visible(text)
    assert not any(
        0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 or ord(c) < 32 for c in shown
    )
