"""The answers, on corpora that are made to say one thing or another."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus, small_record

from helpers.answers import contradiction, sources, trust
from helpers.answers.variations import flips, without
from helpers.findings import Finding
from helpers.reference import Reference, read_reference
from helpers.reliability import agreement
from helpers.tables import COLUMNS

BAN = {"exact": "ban"}
CHAIN = {"exact": "chain", "stance": "promote", "object": "blockchain"}
COIN = {"exact": "coin", "stance": "promote"}


def says(*claims: dict, **more: list[dict]):
    """A corpus: the first claims in source 000, others in the sources that are named."""
    by_source = {"000": list(claims)} | {f"00{name[-1]}": made for name, made in more.items()}
    texts = {
        source: "\n".join(f"{claim['exact']} {n}" for n, claim in enumerate(made)) or "nothing"
        for source, made in by_source.items()
    }
    placed = [
        {key: _day(value) for key, value in claim.items()}
        | {"source": source, "exact": f"{claim['exact']} {n}"}
        for source, made in by_source.items()
        for n, claim in enumerate(made)
    ]
    return small_corpus(texts, placed)


def _day(value):
    return date.fromisoformat(value) if value[:2] in ("19", "20") else value


def of(findings: list[Finding], id: str) -> str:
    """The sentence of the finding with this id."""
    [sentence] = [found.sentence for found in findings if found.id == id]
    return sentence


# 02: the verdict


@pytest.mark.parametrize(
    ("claims", "verdict"),
    [
        ([], "no claims"),
        ([BAN], "one half"),
        ([CHAIN, COIN], "one half"),
        ([BAN, CHAIN | {"level": "local"}], "one half"),
        ([BAN | {"status": "rumoured"}, CHAIN], "one half"),
        ([BAN, CHAIN], "object"),
        ([BAN, CHAIN, COIN | {"level": "hong_kong"}], "level"),
        ([BAN, CHAIN, COIN | {"status": "rumoured"}], "status"),
        ([BAN, CHAIN, COIN | {"status": "denied", "level": "central"}], "status"),
        ([BAN, CHAIN, COIN], "remains"),
        ([BAN, CHAIN, COIN | {"status": "planned"}], "remains"),
        ([BAN, CHAIN, CHAIN | {"stance": "restrict"}], "remains"),
        ([BAN, CHAIN | {"level": "public"}, CHAIN, COIN | {"level": "public"}], "level"),
    ],
)
def test_the_verdict_follows_the_claims(claims, verdict):
    assert contradiction.verdict(says(*claims).claims) == verdict


def test_claims_stand_against_others_of_their_group_only():
    corpus = says(BAN, CHAIN, COIN | {"level": "public"}, COIN | {"status": "denied"})
    standing = [len(contradiction.opposed(corpus.claims, step)) for step in contradiction.STEPS]
    assert standing == [3, 2, 0]


# 02: what is said


def test_it_says_that_there_is_nothing_to_say():
    [said] = contradiction.answer(says())
    assert said.sentence == (
        "That cannot be told from here: one source makes no claim that anything is restricted or"
        " promoted."
    )
    assert said.evidence.searched


def test_it_says_which_half_is_missing():
    [said] = contradiction.answer(says(BAN, BAN))
    assert said.sentence == (
        "The sources do not say both: the central state restricts cryptocurrency in 2 claims, and"
        " promotes blockchain in 0."
    )


@pytest.mark.parametrize(
    ("more", "end"),
    [
        ({}, "promotes blockchain in 1; every source has both."),
        ({"s1": [BAN]}, "promotes blockchain in 1; one of the two sources has both."),
        ({"s1": [BAN, CHAIN], "s2": [BAN]}, "in 2; two of the three sources have both."),
    ],
)
def test_it_counts_the_sources_that_say_both(more, end):
    said = of(contradiction.answer(says(BAN, CHAIN, **more)), "contradiction.both")
    assert said.startswith("Yes, the sources say both: the central state restricts cryptocurrency")
    assert said.endswith(end)


def test_it_says_that_no_source_has_both_by_itself():
    said = of(contradiction.answer(says(BAN, s1=[CHAIN])), "contradiction.both")
    assert said.endswith("promotes blockchain in 1; no source has both by itself.")


@pytest.mark.parametrize(
    ("banned", "promoted", "how"),
    [
        (["2019"], ["2019", "2021"], "At the same time: where the sources give dates,"),
        (["2017", "2021"], ["2019"], "By turns:"),
        (["2017"], ["2019"], "Not at the same time, as far as the dates go:"),
        (
            *([], ["2019"]),
            "Whether it was at the same time is not said: the years that the sources give are, for"
            " restrictions, none, and for promotions, 2019.",
        ),
    ],
)
def test_it_says_whether_it_was_at_the_same_time(banned, promoted, how):
    claims = [BAN, CHAIN]  # with no dates
    claims += [BAN | {"earliest": f"{y}-01-01", "latest": f"{y}-12-31"} for y in banned]
    claims += [CHAIN | {"earliest": f"{y}-05-01", "latest": f"{y}-05-01"} for y in promoted]
    said = of(contradiction.answer(says(*claims)), "contradiction.times")
    assert said.startswith(how)
    assert all(year in said for year in (*banned, *promoted))


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            [],
            "It is no contradiction: what is restricted is cryptocurrency, what is promoted is"
            " blockchain.",
        ),
        (
            [COIN | {"level": "hong_kong"}, COIN | {"level": "public"}],
            "It is no contradiction: on cryptocurrency, restriction is the work of the central"
            " state, promotion that of Hong Kong and the public.",
        ),
        (
            [COIN | {"status": "rumoured"}, COIN | {"level": "public"}],
            "It is no contradiction: on cryptocurrency, restriction is the work of the central"
            " state, promotion that of the public; that the central state would do both is only"
            " rumoured or denied, in one claim.",
        ),
        (
            [COIN, COIN | {"level": "public"}],
            "A contradiction remains: on cryptocurrency, there are acts both ways by the central"
            " state.",
        ),
    ],
)
def test_it_says_whether_there_is_a_contradiction_and_where_it_dissolves(claims, sentence):
    said = contradiction.answer(says(BAN, CHAIN, *claims))
    assert of(said, "contradiction.clash") == sentence


def test_denials_of_what_is_done_anyway_are_not_counted_as_what_stands_in_the_way():
    corpus = says(BAN, BAN | {"status": "denied"}, CHAIN, COIN | {"status": "denied"})
    assert "in one claim." in of(contradiction.answer(corpus), "contradiction.clash")


def test_it_says_which_source_the_answer_hangs_on():
    stays = says(BAN, CHAIN, s1=[BAN, CHAIN])
    assert of(contradiction.answer(stays), "contradiction.left-out") == (
        "The answer stays the same whichever of the two sources is left out."
    )
    hangs = says(BAN, CHAIN, s1=[BAN], s2=[COIN])
    assert of(contradiction.answer(hangs), "contradiction.left-out") == (
        "The answer hangs on two of the three sources: without 000 and 002 it would be another."
    )


def test_each_source_is_left_out_in_turn():
    said = contradiction.left_out(says(BAN, CHAIN, s1=[BAN, COIN]))
    assert of(said, "contradiction.without-000") == (
        "Without source 000, the central state restricts cryptocurrency in 1 claim and promotes"
        " blockchain in 0, and the sources do not say both that the one is restricted and the"
        " other promoted."
    )
    assert of(said, "contradiction.without-001").endswith(
        "the contradiction dissolves once it is told apart what is meant."
    )


def test_it_counts_step_by_step_what_the_matrix_shows():
    corpus = says(BAN, CHAIN, COIN | {"level": "public"}, COIN | {"status": "denied"})
    assert contradiction.told_apart(corpus).sentence == (
        "Of 4 claims, three stand against others when told apart by object, two when told apart by"
        " who acts as well, and none when rumours and denials are set aside."
    )


def test_it_counts_what_the_timeline_shows():
    corpus = says(BAN | {"earliest": "2017-09-04", "latest": "2017-09-04"}, CHAIN, COIN)
    record = small_record({}, {"stance": "clarify"})
    assert contradiction.over_time(corpus, record).sentence == (
        "Of 3 claims, 2 say that something is promoted (above the years) and 1 that something is"
        " restricted (below them); 2 have no date and stand beside the years. Behind them,"
        " lighter, stands 1 event of the record."
    )


def test_it_says_what_the_record_has():
    day = {"earliest": "2021-05-01", "latest": "2021-05-01"}
    chain = {"stance": "promote", "object": "blockchain"}
    record = small_record({}, chain, chain | day, chain | {"level": "local"})
    said = contradiction.in_record(says(BAN, CHAIN), record)
    assert said.sentence == (
        "The cited record of what happened has acts of both kinds within one year in one of the"
        " three years from 2019 to 2021."
    )
    assert [row.citation.label for row in said.evidence.rows] == ["E002", "E001"]


@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        (
            [COIN | {"status": "denied"}],
            "Nearest to that comes one claim of one source, a rumour or denial.",
        ),
        ([], "No rumour and no denial comes near to that."),
        ([COIN], "turned out to be of different actors, or no more than rumours."),
    ],
)
def test_it_says_what_would_change_it(claims, sentence):
    assert contradiction.nearest(says(BAN, CHAIN, *claims)).sentence.endswith(sentence)


# Variations


def reference_of(corpus, claims: pd.DataFrame | None = None) -> Reference:
    """A reference coding that says what the corpus says, but for its claims."""
    tables = {
        name: getattr(corpus, name).rename(columns={"sentence": "unit"})
        for name in ("sentences", "dates", "quantities", "mentions")
    }
    claims = corpus.claims if claims is None else claims
    return Reference(claims=claims.rename(columns={"sentence": "unit"}), **tables)


def test_a_source_can_be_left_out_of_all_tables():
    corpus = says(BAN, s1=[CHAIN])
    rest = without(corpus, "000")
    for name in COLUMNS:
        assert set(getattr(rest, name)["source"]) <= {"001"}
    assert set(corpus.claims["source"]) == {"000", "001"}


def test_each_disputed_sentence_is_read_the_other_way():
    corpus = says(BAN, CHAIN)
    other = says(BAN | {"status": "denied"}, CHAIN, COIN).claims.head(1)
    disputed = list(flips(corpus, reference_of(corpus, other)))
    assert [flip.sentence["exact"].item() for flip in disputed] == ["ban 0", "chain 1"]
    assert [sorted(claim.status for claim in flip.claims) for flip in disputed] == [
        ["denied", "done"],
        ["done"],
    ]
    assert [claim.stance for claim in disputed[1].claims] == ["restrict"]


def test_it_says_how_the_answer_fares_when_disputed_sentences_are_read_the_other_way():
    corpus = says(BAN, BAN, CHAIN)
    same = contradiction.recoded(corpus, reference_of(corpus, corpus.claims.drop(index=0)))
    assert same.sentence == (
        "The coding of 1 sentence is disputed. Read any one of them the other way, and still the"
        " contradiction dissolves once it is told apart what is meant; and the same is true of all"
        " together."
    )
    turned = contradiction.recoded(corpus, reference_of(corpus, corpus.claims.head(2)))
    assert "1 of them would turn the answer" in turned.sentence
    assert [row.citation.label for row in turned.evidence.rows] == ["000:2"]


def test_it_says_that_nobody_has_read_these_sources_before():
    other = reference_of(says(COIN))
    said = contradiction.recoded(says(BAN, CHAIN), other)
    assert said.sentence == (
        "Nobody has read these sources a second time, so no coding is disputed."
    )


# 01


def paged():
    """Two pages, one with a menu and a comment."""
    texts = {"000": "Menu\nIt bans coins.\nAn opinion.\nTalk below", "001": "It is all article."}
    claims = [{"source": "000", "exact": "bans coins"}]
    corpus = small_corpus(texts, claims, Menu="furniture", Talk="comment")
    corpus.documents["publisher"] = ["b", "A"]
    return corpus


def test_it_says_whose_texts_the_sources_are_and_of_when():
    corpus = paged()
    corpus.documents["published_earliest"] = pd.to_datetime(["2019-10-01", "2019-12-01"])
    corpus.documents["published_latest"] = pd.to_datetime(["2019-10-31", "2019-12-31"])
    assert of(sources.answer(corpus), "sources.origins") == (
        "The two sources are texts of A and b, published between October and December 2019; in 0"
        " claims they say that something is promoted, in 1 that something is restricted."
    )


def test_it_says_what_is_left_of_the_pages():
    said = sources.answer(paged())
    assert of(said, "sources.article") == (
        "Of what stands on the pages 75% is article, counted in characters. The rest is one line"
        " that the page added and one line that readers wrote, under 000; it is kept and shown,"
        " but never counted."
    )
    assert of(said, "sources.used") == (
        "Of the 3 sentences of the articles 1 makes a claim about what is restricted or promoted; 2"
        " were read and not used."
    )


def test_what_was_set_aside_and_what_was_not_used_is_listed():
    corpus = paged()
    assert list(sources.set_aside(corpus)["exact"]) == ["Menu", "Talk below"]
    assert list(sources.unused(corpus)["exact"]) == ["An opinion.", "It is all article."]


def test_it_says_how_well_the_day_of_publication_is_known():
    corpus = paged()
    documents = corpus.documents
    documents["text_earliest"] = pd.to_datetime(["2019-01-01", None])
    documents["text_latest"] = pd.to_datetime(["2019-12-31", None])
    documents["text_basis"] = ["it says so", None]
    documents["published_earliest"] = pd.to_datetime(["2019-10-01", None])
    documents["published_latest"] = pd.to_datetime(["2019-10-31", None])
    documents["published_basis"] = ["the page", None]
    known = (
        "From the text alone the day of publication is bounded on both sides in one of the two"
        " sources, on one side in none, and not at all in one. For one of them the table of sources"
        " knows it to within 31 days, and the texts agree with that"
    )
    assert sources.windows(corpus).sentence == f"{known}."
    documents.loc[0, "text_earliest"] = pd.Timestamp("2019-10-02")
    assert sources.windows(corpus).sentence == f"{known}, but for 000."


def test_each_source_has_its_entry_in_the_ledger():
    said = sources.ledger(paged())
    assert [found.id for found in said] == ["sources.ledger-000", "sources.ledger-001"]
    assert said[0].sentence == (
        "000, “Title of 000”: 4 sentences, 2 of them the article's; 1 makes 1 claim. It has 0"
        " dates, none of them left open. It was published on a day not stated; from the text"
        " alone, on a day not stated."
    )


def test_it_says_how_the_share_of_article_fares():
    corpus = paged()
    assert sources.left_out(corpus).sentence == (
        "Whichever of the two sources is left out, article is between 64% and 100% of the rest."
    )
    reference = reference_of(corpus)
    reference.sentences["zone"] = "body"
    assert sources.recoded(corpus, reference).sentence == (
        "By the zones of the reference coding 100.0% of the sentences' characters are article, by"
        " the coder's 75.4%."
    )
    assert sources.pages(corpus).sentence == (
        "The page with the least article is that of 000, with 64%. Nothing but article is the page"
        " of 001."
    )


# 12


def test_it_says_that_nothing_can_be_compared():
    corpus, reference = says(BAN), reference_of(says(COIN))
    [said] = trust.answer(corpus, reference)
    others = (
        trust.scored(corpus, reference, agreement(corpus, reference)),
        trust.differing(corpus, reference),
        trust.left_out(corpus, reference),
    )
    assert {found.sentence for found in (said, *others)} == {
        "These texts have no reference coding, so how far to trust theirs is not known."
    }
    assert sources.recoded(corpus, reference).sentence == (
        "These texts have no reference coding to compare their zones with."
    )


def test_it_says_what_the_coder_finds_misses_and_adds():
    corpus = says(BAN, CHAIN, COIN, s1=[BAN, CHAIN])
    reference = reference_of(corpus, corpus.claims.drop(index=0))
    corpus = replace(corpus, claims=corpus.claims.drop(index=4))
    said = trust.answer(corpus, reference)
    assert of(said, "trust.claims") == (
        "Of 4 claims in the reference coding (counted once for each sentence, stance and object)"
        " the coder finds 3, and one that is not there: F1 is 0.75, with a bootstrap interval over"
        " the two sources of 0.67 to 0.80."
    )
    assert trust.differing(corpus, reference).sentence == (
        "Coder and reference differ in 2 claims: 1 was missed, 1 is the coder's alone, and 0 have"
        " another level or status."
    )
    assert trust.left_out(corpus, reference).sentence.endswith(
        "is between 0.67 and 0.80; it is highest without 001, the source that is hardest to code."
    )
    table = agreement(corpus, reference)
    read = replace(reference, readings={"claim": 0.9, "level": 0.9, "status": 0.9})
    said = trust.scored(corpus, read, table).sentence
    assert "Of the three on which the readings behind the reference were compared" in said
    assert said.endswith("does as well as they or better on two.")
    assert "readings" not in trust.scored(corpus, reference, table).sentence


def test_the_words_of_a_disputed_claim_are_marked():
    corpus = says(BAN)
    html = trust.differing(corpus, reference_of(corpus, corpus.claims.head(0)))
    assert "<mark>ban 0</mark>" in html.evidence._repr_html_()


@pytest.mark.parametrize(
    ("alphas", "end"),
    [
        ({"zone": 0.9}, "for zone."),
        (
            {"zone": 0.8, "stance": 0.7},
            "; between that and 0.667, fit for tentative conclusions, for stance.",
        ),
        ({"zone": 0.8, "level": 0.5}, "; less than 0.667, too little to build on, for level."),
    ],
)
def test_it_says_which_variables_are_reliable(alphas, end):
    said = trust._alphas(says(BAN), pd.Series(alphas))
    assert said.sentence.startswith(
        "Krippendorff's alpha is 0.800 or more, so reliable by his rule"
    )
    assert said.sentence.endswith(end)


def test_the_readings_are_those_of_the_reference_coding():
    folder = Path(__file__).parent / "reference"
    words = (folder / "README.md").read_text(encoding="utf-8")
    readings = read_reference(folder).readings
    assert readings
    for name, f1 in readings.items():
        assert f"{f1:.2f}" in words, name


def test_what_is_not_known_of_a_reference_is_not_said():
    corpus = says(BAN, CHAIN)
    reference = replace(reference_of(corpus), note="It was made in a hurry.")
    said = {found.id: found.sentence for found in trust.answer(corpus, reference)}
    assert said["trust.bound"] == (
        "How sure the reference is, is not known: no second reading of it was compared. It was made"
        " in a hurry."
    )
    assert said["trust.codes"].endswith("in all their codes reach 1.00.")
