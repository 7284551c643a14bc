"""Which conclusions stand when things are otherwise, on corpora made to have them fall."""

import json
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest
from small import small_corpus, small_record
from test_answers import BAN, CHAIN, COIN, reference_of, says

from helpers import collection, read_corpus, read_record
from helpers.answers import sensitivity
from helpers.answers.variations import Rates, erring, rates, rows_of
from helpers.figures import stability
from helpers.findings import FINDING

ROOT = Path(__file__).parent.parent
CODES = ["stance", "object", "level", "status"]
NEVER = Rates(0, 0, 0, 0)
MANY = [BAN, CHAIN, COIN | {"level": "public"}, CHAIN | {"level": "local", "status": "planned"}] * 2
RECORD = small_record(
    *[{"stance": "promote", "object": "blockchain", "earliest": "2020-01-02"}] * 3
)


def runs(claims, number=20, **often) -> list[pd.DataFrame]:
    """The claims of each run, as tables."""
    found = erring(rows_of(claims), NEVER._replace(**often), number)
    return [pd.DataFrame(run, columns=["Index", *claims]).set_index("Index") for run in found]


# Errors


def test_without_errors_the_claims_stay_as_they_are():
    claims = says(*MANY, s1=MANY).claims
    for run in runs(claims):
        assert list(map(tuple, run[CODES].values)) == list(map(tuple, claims[CODES].values))
        assert run["start"].tolist() == claims["start"].tolist()


def test_the_same_errors_are_drawn_each_time_and_others_in_each_run():
    claims = says(*MANY, s1=MANY).claims
    once, again = (runs(claims, missed=0.5, extra=0.5, level=0.5, status=0.5) for _ in "12")
    for one, other in zip(once, again, strict=True):
        pd.testing.assert_frame_equal(one, other)
    assert len({tuple(run["start"]) for run in once}) > 1


def test_claims_are_missed_and_added_at_their_rates():
    claims = says(*MANY, s1=MANY).claims
    missed = [len(run) for run in runs(claims, 500, missed=0.2)]
    added = [len(run) for run in runs(claims, 500, extra=0.2)]
    assert sum(missed) / 500 == pytest.approx(0.8 * len(claims), rel=0.03)
    assert sum(added) / 500 == pytest.approx(1.2 * len(claims), rel=0.03)
    assert all(run.empty for run in runs(claims, missed=1))


def test_an_added_claim_stands_where_one_stands_and_is_coded_like_another():
    corpus = says(*MANY, s1=MANY)
    claims = corpus.claims
    known = set(claims[CODES].itertuples(index=False))
    moved = 0
    for run in runs(claims, extra=1):
        assert set(run[CODES].itertuples(index=False)) <= known
        places = list(zip(run["source"], run["start"], strict=True))
        assert places == sorted(places)
        for row in run.itertuples():
            assert corpus.text(row.source)[row.start : row.end] == row.exact
            moved += (row.stance == "promote") != ("ban" not in row.exact)
    assert moved


@pytest.mark.parametrize("column", ["level", "status"])
def test_a_mistaken_code_is_one_that_another_claim_has(column):
    claims = says(*MANY, s1=MANY).claims
    for run in runs(claims, **{column: 1}):
        assert (run[column] != claims[column].astype(object)).all()
        assert set(run[column]) <= set(claims[column])
        others = [name for name in ("exact", *CODES) if name != column]
        assert run[others].values.tolist() == claims[others].values.tolist()


def test_a_code_that_all_claims_have_cannot_be_mistaken():
    claims = says(BAN, BAN).claims
    assert all((run["level"] == "central").all() for run in runs(claims, level=1))


def test_no_claims_have_no_errors():
    assert runs(says().claims, missed=0.5, extra=0.5) == []


def test_rates_are_those_of_the_disagreements_by_the_rule_of_succession():
    corpus = says(BAN, CHAIN, CHAIN, COIN, COIN)
    read = corpus.claims.drop(index=0)  # the first is the coder's alone
    read.loc[1, "level"] = "local"
    coded = corpus.claims.drop(index=4)  # the last is missed
    object.__setattr__(corpus, "claims", coded)
    # Of four claims read, one is missed, of four coded one is extra; three are in both.
    assert rates(corpus, reference_of(corpus, read)) == Rates(2 / 6, 2 / 6, 2 / 5, 1 / 5)


def test_where_nobody_coded_the_texts_there_are_no_rates():
    corpus = says(BAN, CHAIN)
    other = reference_of(says(COIN))
    assert rates(corpus, other) is None
    said = sensitivity.measured(corpus, other).sentence
    assert said.startswith("These texts have no reference coding")


# Conclusions


def fates(corpus, reference=None, module="contradiction") -> dict[str, sensitivity.Standing]:
    found = sensitivity.standings(corpus, RECORD, reference or reference_of(corpus), [module])
    return {one.finding: one for one in found}


def test_a_conclusion_falls_without_the_source_that_carries_it():
    found = fates(says(BAN, CHAIN, s1=[BAN, CHAIN, COIN]))["contradiction.clash"]
    assert found.words == "a contradiction remains"
    assert (found.fallen, found.sources) == (["001"], 2)
    assert not found.is_safe
    assert fates(says(BAN, CHAIN, s1=[BAN, CHAIN]))["contradiction.clash"].fallen == []


def test_a_conclusion_falls_by_the_sentence_that_is_read_otherwise():
    corpus = says(BAN, CHAIN, COIN | {"status": "rumoured"}, CHAIN)
    read = corpus.claims.copy()
    read.loc[2, "status"] = "done"
    read.loc[3, "level"] = "industry"
    found = fates(corpus, reference_of(corpus, read))["contradiction.clash"]
    assert found.disputed == 2
    assert found.turning["exact"].tolist() == ["coin 2"]


def test_conclusions_are_counted_over_runs_with_errors():
    found = fates(says(*[BAN, CHAIN] * 4, COIN | {"level": "public"}, s1=[BAN, CHAIN] * 4))
    both, clash = found["contradiction.both"], found["contradiction.clash"]
    assert both.runs == both.kept == sensitivity.RUNS
    assert 0 < clash.kept < clash.runs == sensitivity.RUNS
    assert set(clash.others) <= {
        "a contradiction remains",
        "the contradiction dissolves once it is told apart what is meant",
    }


def test_a_conclusion_is_varied_only_by_what_it_is_drawn_from():
    corpus = says(*MANY, s1=MANY)
    assert {one.basis for one in fates(corpus).values()} == {"claims"}
    rise = fates(corpus, module="october")["october.rise"]
    assert (rise.basis, rise.runs, rise.is_safe) == ("record", 0, True)
    article = fates(corpus, module="sources")["sources.article"]
    assert (article.basis, article.runs) == ("sources", 0)


def test_that_there_is_no_claim_of_a_kind_can_fall_by_errors_too():
    corpus = says(*[BAN, CHAIN] * 4, CHAIN | {"level": "local"}, s1=[BAN, CHAIN] * 4)
    never = says(*[CHAIN, CHAIN | {"level": "local"}, BAN | {"status": "rumoured"}] * 3)
    both = fates(never)["contradiction.both"]
    assert (both.words, both.basis) == ("the sources do not say both", "claims")
    assert both.runs == fates(corpus)["contradiction.both"].runs == sensitivity.RUNS
    assert 0 < both.kept < both.runs


# Sentences


def robust(corpus, reference=None, module="contradiction") -> dict[str, str]:
    found = sensitivity.robustness(corpus, RECORD, reference or reference_of(corpus), module)
    return {one.id: one.sentence for one in found}


def test_it_says_by_what_a_conclusion_falls():
    said = robust(says(BAN, CHAIN, s1=[BAN, CHAIN, COIN]))["contradiction.clash-stands"]
    assert said.startswith("“a contradiction remains” falls without source 001 but stands in ")
    corpus = says(BAN, CHAIN, COIN | {"status": "rumoured"})
    read = corpus.claims.copy()
    read.loc[2, "status"] = "done"
    said = robust(corpus, reference_of(corpus, read))["contradiction.clash-stands"]
    assert "falls without source 000 and with the one disputed sentence read" in said


def test_conclusions_that_fare_alike_are_told_together():
    runs = sensitivity.RUNS
    said = robust(says(*MANY, s1=MANY))
    assert said["contradiction.both-stands"] == (
        "“the sources say both” and “bans and promotions: whether it was at the same time is not"
        " said” stand without any one of the two sources and in"
        f" {runs} of {runs} runs in which the coder errs as often again."
    )
    [other] = said.keys() - {"contradiction.both-stands"}
    assert said[other].startswith("“the contradiction dissolves")


def test_it_says_what_the_record_alone_carries():
    said = robust(says(*MANY, s1=MANY), module="hong_kong")["hong-kong.record-stands"]
    assert " are the record's: they stand whatever the sources say" in said


def test_where_nothing_is_concluded_nothing_can_fall():
    said = robust(says(BAN), module="digital_yuan")
    assert said == {"digital-yuan.nothing-stands": "Nothing is concluded here that could fall."}


def test_texts_that_nobody_else_coded_are_varied_by_source_only():
    said = robust(says(*MANY, s1=MANY), reference_of(says(COIN)))["contradiction.both-stands"]
    assert said.startswith("“the sources say both”, “")
    assert said.endswith("” stand without any one of the two sources.")


def test_the_overview_counts_what_stands_and_names_the_weakest():
    corpus = says(*MANY, s1=[*MANY, COIN])
    found = [*fates(corpus).values(), *fates(corpus, module="october").values()]
    said = sensitivity.overview(corpus, found)
    varied = [one for one in found if one.basis != "record"]
    assert said.values["all"] == len(found)
    assert said.values["record"] == len(found) - len(varied) > 0
    assert said.values["safe"] == sum(one.is_safe for one in varied)
    assert said.values["fallen"] == sum(bool(one.fallen) for one in varied) > 0
    weakest = min(varied, key=lambda one: one.kept)
    assert said.sentence.endswith(
        f"“{weakest.words}”: it stands in {weakest.kept} of {weakest.runs} runs in which the coder"
        " errs as often again."
    )


def test_the_figure_has_a_row_for_each_conclusion_that_falls_and_counts_the_others():
    corpus = says(*MANY, s1=[*MANY, COIN])
    found = [*fates(corpus).values(), *fates(corpus, module="october").values()]
    figure = stability(found, sensitivity.overview(corpus, found))
    falling = [one for one in found if not one.is_safe]
    assert falling
    for one in falling:
        assert f'href="{one.notebook}"' in figure.svg
        assert f">{one.sources - len(one.fallen)}/{one.sources}<" in figure.svg
    assert f"{len(found) - len(falling)} others stand in all of these" in figure.svg


# The collection


def test_every_notebook_but_that_on_trust_has_its_conclusions_tried():
    names = {path.name for path in collection.notebooks(ROOT / "notebooks")}
    assert {name for name in names if name[:2] != "12"} == set(sensitivity.NOTEBOOKS.values())


def said_in(cells) -> list[dict]:
    """The findings that cells show."""
    outputs = (output for cell in cells for output in cell.get("outputs", []))
    shown = (output["data"].get(FINDING) for output in outputs if "data" in output)
    return [found for found in shown if found]


@pytest.mark.parametrize("module", sensitivity.NOTEBOOKS)
def test_a_notebook_says_of_each_finding_of_its_answer_whether_it_stands(module):
    """All but that on variations itself: what the answer is without each source."""
    path = ROOT / "notebooks" / sensitivity.NOTEBOOKS[module]
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    end = next(n for n, cell in enumerate(cells) if "".join(cell["source"]).startswith("## "))
    answered = {found["id"] for found in said_in(cells[:end])} - {"contradiction.left-out"}
    tried = [found for found in said_in(cells) if found["id"].endswith("-stands")]
    assert answered
    assert answered == {id for found in tried for id in found["values"]["findings"]}


@pytest.mark.parametrize("module", sensitivity.NOTEBOOKS)
def test_what_is_missing_leaves_a_conclusion_out_and_never_fails(module):
    corpus, record = read_corpus(ROOT / "seeds"), read_record(ROOT / "seeds/record")
    nothing = small_corpus({"000": "Nothing."})
    for conclusion in import_module(f"helpers.answers.{module}").CONCLUSIONS.values():
        assert conclusion.draw(corpus, record, rows_of(corpus.claims))
        for other in (record, small_record()):
            for one in (corpus, nothing):
                words = conclusion.draw(one, other, [])
                assert words is None or words
