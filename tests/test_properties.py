"""What holds for each step on any text, made up of the codebook's words and of any characters.

The suite tries the same few texts in every run; `EXAMPLES=2000 make test` tries others, and more.
"""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
from conftest import EXAMPLES
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_tabulate import assert_same, texts
from vocabulary import ACTS, ALL, CUES, DATES, ENTITIES, FURNITURE, NOUNS, NUMBERS, OBJECTS, SMALL
from wellformed import (
    check,
    check_apart,
    check_columns,
    check_inside,
    check_lines,
    check_sentences,
    check_spans,
)

from helpers.claims import claims
from helpers.codebook import load_codebook
from helpers.corpus import code_batch, read_corpus
from helpers.dates import dates, publication
from helpers.mentions import mentions
from helpers.quantities import quantities
from helpers.sentences import sentences
from helpers.tables import COLUMNS
from helpers.tabulate import code, read_tables
from helpers.zones import zones

one_of, sampled, lists = st.one_of, st.sampled_from, st.lists

# Made once: Hypothesis looks through all words of a strategy that is made anew.
WHEN, WHO, WORD = sampled(DATES), sampled(ENTITIES + NOUNS), sampled(ALL)
DONE, WHAT, ADDED = sampled(ACTS), sampled(OBJECTS), sampled(FURNITURE)
HOW = one_of(sampled(CUES), sampled(["has", "did not", "will", "was", "plans to"]))
NUMERAL = st.builds(
    str.format,
    sampled(["{}", "{:,}", "${}", "{} percent", "{}.5", "¥{}m", "{}bn yuan", "{}th"]),
    st.integers(0, 10**9),
)
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
GAP = sampled([" "] * 8 + ["", "  ", "\t", "\xa0", "\u2003", "\ufeff"])
LINE_END = sampled(["\n", "\n\n", "\n\n\n", "\r\n", "\r", "\u2028", "\v"])


def maybe(strategy: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return one_of(st.just(""), strategy)


def sentence(form: str, stop: str, words: tuple[str, ...]) -> str:
    said = " ".join(filter(None, words))
    return form.format(said[:1].upper() + said[1:]) + stop


# A sentence as news has them: somebody does something to an object, at some time.
TELLING = st.builds(
    sentence,
    sampled(["{}", "{}", "{}", "“{}”", "“{},” it said", "({})", "It said that {}"]),
    sampled([".", ".", ".", ".", "?", "!", "", "…", ":", ";"]),
    st.tuples(
        maybe(WHEN),
        sampled(["", "", "the", "no"]),
        WHO,
        maybe(HOW),
        DONE,
        maybe(one_of(NUMERAL, sampled(NUMBERS))),
        WHAT,
        maybe(sampled(SMALL)),
        maybe(WHEN),
    ),
)
# Words of the codebook, numbers, and now and then any characters, in any order.
JUMBLE = lists(st.tuples(one_of(WORD, WORD, WHEN, NUMERAL, ANY), GAP), min_size=1, max_size=12)
LINE = one_of(
    lists(TELLING, min_size=1, max_size=3).map(" ".join),
    JUMBLE.map(lambda parts: "".join(map("".join, parts))),
    one_of(ADDED, WHEN.map("Published: {}".format)),
    st.builds(str.__add__, sampled(["# ", "- ", "• ", "1. ", "> "]), TELLING),
)
# Lines with any ends; never nothing.
PAGE = st.builds(
    lambda lines, last: "".join(map("".join, lines)) + last or "x",
    lists(st.tuples(LINE, LINE_END), max_size=6),
    LINE,
)
DAYS = st.dates(date(2009, 1, 1), date(2026, 12, 31))
WINDOWS = one_of(st.just((None, None)), lists(DAYS, min_size=2, max_size=2).map(sorted))


def units(text: str) -> pd.DataFrame:
    return sentences(zones({"a": text}))


def published(earliest: date | None = None, latest: date | None = None) -> pd.DataFrame:
    return pd.DataFrame(
        {"source": ["a"], "published_earliest": [earliest], "published_latest": [latest]}
    )


def coded(**sources: str) -> dict[str, pd.DataFrame]:
    return code_batch({name: ({"source": name, "file": name}, t) for name, t in sources.items()})


def assert_rows(name: str, table: pd.DataFrame, text: str, of: pd.DataFrame) -> None:
    """What holds for the rows of any table that is made from sentences."""
    check_columns(name, table)
    check_spans(table, {"a": text})
    check_inside(table, of)


@given(PAGE)
def test_every_line_has_its_zone(text):
    table = zones({"a": text})
    check_columns("zones", table)
    check_spans(table, {"a": text})
    check_lines(table, {"a": text})


@given(lists(LINE, min_size=1, max_size=8), sampled(["\r\n", "\n\r", " \n", "\t\n"]))
def test_how_lines_end_changes_no_zone(lines, end):
    lines = [" ".join(line.split()) for line in lines]
    columns = ["exact", "line", "zone", "rule"]
    plain, other = (zones({"a": by.join(lines)})[columns] for by in ("\n", end))
    pd.testing.assert_frame_equal(other, plain)


@given(PAGE)
def test_sentences_are_all_of_every_line(text):
    lines = zones({"a": text})
    table = sentences(lines)
    check_columns("sentences", table)
    check_spans(table, {"a": text})
    check_sentences(table, lines)


@given(PAGE)
def test_a_publication_has_a_window_that_rests_on_words_of_the_text(text):
    table = publication(units(text))
    assert list(table["source"]) == ["a"] * len(table)
    for _, earliest, latest, basis in table.itertuples(index=False):
        assert not earliest > latest
        assert (basis is None) == (pd.isna(earliest) and pd.isna(latest))
        words = " ".join(text.split())
        assert basis is None or any(
            quoted.split("”")[0][:40] in words for quoted in basis.split("“")[1:]
        )


@given(PAGE, WINDOWS)
def test_dates_lie_apart_and_run_forwards(text, window):
    of = units(text)
    table = dates(of, published(*window))
    assert_rows("dates", table, text, of)
    check_apart(table)
    known = table[table["anchor"] == "calendar"]
    other = dates(of, published())
    pd.testing.assert_frame_equal(
        other[other["anchor"] == "calendar"].reset_index(drop=True), known.reset_index(drop=True)
    )


@given(PAGE, WINDOWS)
def test_quantities_lie_apart_and_are_no_dates(text, window):
    of = units(text)
    dated = dates(of, published(*window))
    table = quantities(of, dated)
    assert_rows("quantities", table, text, of)
    check_apart(table)
    assert table["value"].notna().all()
    assert (table["value_high"].notna() == (table["comparison"] == "range")).all()
    spans = pd.concat([table, dated])[["source", "start", "end"]]
    check_apart(spans.sort_values("start", ignore_index=True))


@given(PAGE)
def test_mentions_lie_apart_and_only_who_acts_has_a_level(text):
    of = units(text)
    table = mentions(of)
    assert_rows("mentions", table, text, of)
    check_apart(table)
    assert table["entity"].map(bool).all()


@given(PAGE, WINDOWS)
def test_claims_are_told_once_and_dated_as_their_sentence_is(text, window):
    of = units(text)
    dated, named = dates(of, published(*window)), mentions(of)
    table = claims(of, dated, named)
    assert_rows("claims", table, text, of)
    codes = ["sentence", "stance", "object", "level", "status"]
    assert not table.duplicated(codes).any()
    assert table["rule"].map(bool).all()
    told = table.dropna(subset=["earliest"])
    known = dated.groupby("sentence")["earliest"].agg(set)
    for sentence, earliest in zip(told["sentence"], told["earliest"], strict=True):
        assert earliest in known[sentence]


@given(PAGE, st.data())
def test_what_stands_further_on_changes_no_row_before_it(text, data):
    """A text is read from its beginning; only a denial counts for all of it."""
    of = units(text)
    denials = load_codebook().asset_denials
    assume(not any(denial in text.lower() for denial in denials))
    begin = of.head(data.draw(st.integers(0, len(of))))
    for whole, part in zip(_steps(of), _steps(begin), strict=True):
        before = whole[whole["sentence"] < len(begin)]
        pd.testing.assert_frame_equal(part, before.reset_index(drop=True))


def _steps(of: pd.DataFrame) -> list[pd.DataFrame]:
    dated, named = dates(of, published()), mentions(of)
    return [dated, quantities(of, dated), named, claims(of, dated, named)]


@given(lists(PAGE, min_size=2, max_size=4), st.data())
def test_other_sources_beside_it_change_no_row_of_a_source(texts, data):
    sources = dict(zip("dcba", texts, strict=False))
    one = data.draw(sampled(sorted(sources)))
    together, alone = coded(**sources), coded(**{one: sources[one]})
    for name in COLUMNS:
        rows = together[name]
        rows = rows[rows["source"] == one].reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone[name], obj=name)


@given(PAGE)
def test_a_folder_becomes_a_corpus_that_leads_back_to_its_words(text):
    with TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_bytes(text.encode())
        corpus = read_corpus(folder)
    assert corpus.text("a") == text
    assert corpus.documents["characters"].tolist() == [len(text)]
    check(corpus)


@settings(max_examples=EXAMPLES // 8)
@given(lists(PAGE, min_size=1, max_size=4), st.integers(1, 3))
def test_tables_on_disk_are_those_in_memory(pages, partitions):
    with TemporaryDirectory() as place:
        folder = texts(Path(place) / "in", **dict(zip("abcd", pages, strict=False)))
        code(folder, Path(place) / "out", workers=1, partitions=partitions)
        assert_same(read_tables(Path(place) / "out"), read_corpus(folder))
