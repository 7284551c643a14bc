"""Who bans and who promotes: other sources, other answers."""

from dataclasses import replace

import pytest
from small import small_corpus, small_record

from helpers import read_corpus, read_record, read_reference
from helpers.answers import levels as answers
from helpers.figures import levels

TEXT = "China bans crypto.\nThe bank bans coins.\nChongqing builds a chain.\nIt backs a token."
BAN = {"source": "a", "exact": "China bans crypto", "actor": "China"}
BUILD = {"source": "a", "exact": "Chongqing builds a chain", "actor": "Chongqing"} | {
    "stance": "promote",
    "object": "blockchain",
    "level": "local",
}


def said(corpus, record=None):
    record = record or small_record({})
    return {found.id: found.sentence for found in answers.answer(corpus, record)}


def corpus_of(*claims):
    return small_corpus({"a": TEXT}, [*claims])


@pytest.fixture(scope="module")
def collection():
    corpus = read_corpus("seeds")
    return corpus, read_record("seeds/record")


def test_one_level_that_restricts_is_told_from_several():
    alone = said(corpus_of(BAN, BUILD))["levels.who"]
    assert alone.startswith(
        "Every restriction that the sources tell of is by the central state (1 "
    )
    city = {"source": "a", "exact": "The bank bans coins", "level": "local", "actor": "bank"}
    shared = said(corpus_of(BAN, city, BUILD))["levels.who"]
    assert "1 by the central state and 1 by cities and provinces" in shared


def test_rumours_and_denials_are_no_acts():
    rumour = BAN | {"status": "rumoured", "level": "local"}
    assert "by cities" not in said(corpus_of(rumour, BUILD))["levels.who"].split(";")[0]
    assert said(corpus_of(rumour, BUILD))["levels.who"].startswith("Nobody bans")


def test_who_does_both_and_whether_to_the_same_thing():
    assert said(corpus_of(BAN, BUILD))["levels.both"].startswith("Nobody does both")
    chain = BUILD | {"level": "central"}
    assert "not to the same thing: cryptocurrency is" in said(corpus_of(BAN, chain))["levels.both"]
    token = chain | {"exact": "It backs a token", "object": "cryptocurrency"}
    assert "even to the same thing: crypto" in said(corpus_of(BAN, token))["levels.both"]


def test_what_is_promoted_most_is_compared_between_levels():
    bank = BUILD | {"exact": "It backs a token", "level": "industry"}
    assert "the same for all: blockchain" in said(corpus_of(BUILD, bank))["levels.what"]
    other = said(corpus_of(BUILD, bank | {"object": "cbdc"}))["levels.what"]
    assert "not the same for all: blockchain by cities and provinces (1 of 1); the digital" in other


def test_restrictions_by_nobody_are_counted():
    nobody = BAN | {"actor": None}
    assert said(corpus_of(nobody, BUILD))["levels.unnamed"].startswith("But 1 of the 1 restriction")
    assert said(corpus_of(BAN, BUILD))["levels.unnamed"] == "It is always said by whom."
    assert answers.only_named(corpus_of(nobody, BUILD)).values["same"] is False
    assert answers.only_named(corpus_of(BAN, BUILD)).values["same"] is True


def test_the_record_shows_whose_restrictions_the_sources_pass_over():
    corpus = corpus_of(BAN, BUILD)
    assert said(corpus)["levels.record"].startswith("The record agrees: its 1 event")
    both = small_record({}, {"level": "local"})
    assert "1 is of levels whose" in said(corpus, both)["levels.record"]
    nothing = small_record({"stance": "promote"})
    assert said(corpus, nothing)["levels.record"].startswith("There is no record of restrictions")


def test_texts_without_claims_get_no_answer_and_still_a_figure():
    corpus, record = corpus_of(), small_record({})
    assert said(corpus) == {
        "levels.who": "These sources cannot say: they make no claim that anybody does either."
    }
    caption = answers.overview(corpus, record)
    assert caption.sentence in levels(corpus, record, caption).svg
    reference = read_reference("tests/reference")
    for found in (
        *answers.actors(corpus),
        answers.in_record(corpus, record),
        answers.unnamed(corpus),
        answers.only_named(corpus),
        *answers.left_out(corpus),
        answers.recoded(corpus, reference),
        answers.nearest(corpus),
    ):
        assert found.sentence.endswith(".")
        assert found.evidence.searched or len(found.evidence)


def test_the_names_are_those_of_the_mentions(collection):
    claims = answers.named_actors(collection[0])
    names = set(collection[0].mentions["entity"])
    assert set(claims["entity"].dropna()) <= names
    assert claims.loc[claims["actor"].isin(["it", "he", "they"]), "entity"].isna().all()


def test_every_claim_and_event_has_its_mark(collection):
    corpus, record = collection
    figure = levels(corpus, record, answers.overview(corpus, record))
    acts = record.events[record.events["stance"] != "clarify"]
    groups = corpus.claims.groupby([*answers.GROUPS], observed=True).ngroups
    assert figure.svg.count("<a ") == len(corpus.claims) + len(acts) + groups


def test_the_alternative_text_counts_what_is_drawn(collection):
    corpus, record = collection
    more = replace(corpus, claims=corpus.claims.iloc[1:])
    drawn = answers.overview(more, record).sentence
    assert drawn != answers.overview(corpus, record).sentence
    assert levels(more, record, answers.overview(more, record)).svg.count(drawn) == 1


def test_disputed_sentences_that_would_turn_the_answer_are_shown(collection):
    corpus = collection[0]
    reference = read_reference("tests/reference")
    assert answers.recoded(corpus, reference).values["turning"] == 0
    # Where the coder saw no restriction at all, any disputed one would turn the answer.
    blind = replace(corpus, claims=corpus.claims[corpus.claims["stance"] == "promote"])
    turned = answers.recoded(blind, reference)
    assert turned.values["turning"] > 0
    shown = {
        (row.citation.place["source"], row.citation.place["sentence"])
        for row in turned.evidence.rows
    }
    restricted = reference.claims[reference.claims["stance"] == "restrict"]
    assert {source for source, _ in shown} <= set(restricted["source"])
