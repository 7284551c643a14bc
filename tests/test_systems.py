"""Which systems a text names, how far each has come, and who is behind it."""

import pytest

from helpers import read_corpus
from helpers.places import place_of, places, places_in
from helpers.reading import SourceError
from helpers.systems import STAGES, roles, systems
from helpers.systems.lexicon import entries, lexicon

# The systems that any register of these sources must have.
ASKED_FOR = (
    *("Chongqing's digital asset exchange", "Chongqing's development fund"),
    *("Chongqing's innovation alliance", "Chongqing's research institute"),
    *("Chongqing's testing platform", "Chongqing's clearing and settlement service", "SPS"),
    *("Beijing's research centre", "national blockchain network", "ChainMaker", "e-CNY", "BSN"),
    *("Alibaba's subway system", "Hainan's demonstration area", "Conflux Network"),
    *("Belt and Road blockchain platform", "AxHKD", "Huobi", "Binance", "OKX", "NEO"),
)


@pytest.fixture(scope="module")
def collection():
    return read_corpus("seeds")


def read(folder, text):
    (folder / "a.txt").write_text(text, encoding="utf-8")
    corpus = read_corpus(folder)
    return corpus, systems(corpus)


def stages(folder, text):
    """The systems of a text, each with the last stage that is said of it."""
    found = read(folder, text)[1]
    return dict(zip(found["system"], found["stage"], strict=True))


def test_every_system_that_was_asked_for_has_its_row(collection):
    assert set(ASKED_FOR) <= set(systems(collection)["system"])


def test_names_are_verbatim_at_their_spans(collection):
    for row in systems(collection).itertuples():
        assert collection.text(row.source)[row.start : row.end] == row.exact
        said = collection.text(row.source)[row.said_start : row.said_end]
        assert row.exact in said
        assert row.rule is None or row.rule in said


def test_whatever_the_mentions_call_a_system_is_found(collection):
    found = systems(collection)
    spans = {source: rows[["start", "end"]].to_numpy() for source, rows in found.groupby("source")}
    for mention in collection.mentions[collection.mentions["type"] == "system"].itertuples():
        assert any(s < mention.end and mention.start < e for s, e in spans[mention.source]), mention


@pytest.mark.parametrize(
    ("text", "system", "stage"),
    [
        ("Wuhan plans to build a test platform.", "Wuhan's testing platform", "planned"),
        ("Wuhan is launching a test platform.", "Wuhan's testing platform", "planned"),
        ("Wuhan has established a research institute.", "Wuhan's research institute", "launched"),
        ("Wuhan is now beta-testing of AxHKD.", "AxHKD", "piloted"),
        ("In Wuhan the BSN was pulled.", "BSN", "withdrawn"),
        ("In Wuhan the BSN was withdrawn.", "BSN", "withdrawn"),
        ("Officials deleted the notice about the BSN.", "BSN", "withdrawn"),
        ("The upcoming fair has the BSN, they say.", "BSN", "planned"),
        ("In the upcoming year, the BSN is a topic.", "BSN", "unknown"),
        ("The shop launched by Huobi is closed.", "Huobi", "unknown"),
        ("Wuhan likes the BSN.", "BSN", "unknown"),
        ("Huobi launched a shop.", "Huobi", "unknown"),
        ("Huobi was launched in Wuhan.", "Huobi", "launched"),
    ],
)
def test_the_words_next_to_a_name_say_how_far_it_has_come(tmp_path, text, system, stage):
    assert stages(tmp_path, text)[system] == stage


def test_the_nearest_words_decide_and_names_are_no_such_words(tmp_path):
    text = "Suzhou launched ChainMaker and plans to build a development and testing platform."
    assert stages(tmp_path, text) == {
        "ChainMaker": "launched",
        "Suzhou's testing platform": "planned",
    }


def test_a_description_is_told_apart_by_the_place_named_last(tmp_path):
    text = "Suzhou set to work. A development fund is ready.\n\nIn Wuhan a development fund is not."
    found = read(tmp_path, text)[1]
    assert found["system"].tolist() == ["Suzhou's development fund", "Wuhan's development fund"]
    assert set(found["entry"]) == {"development fund"}


def test_a_noun_means_the_system_named_last_that_is_called_so(tmp_path):
    text = (
        "This network grows. BSN is old. This network grows. "
        "A national blockchain network is new. The network grows."
    )
    found = read(tmp_path, text)[1]
    assert found["system"].tolist() == [
        *("BSN", "BSN"),
        *("national blockchain network", "national blockchain network"),
    ]


def test_days_are_those_of_the_sentence_or_else_of_publication(tmp_path):
    (tmp_path / "sources.csv").write_text(
        "source,file,published_earliest,published_latest\na,a.txt,2020-02-03,2020-02-04\n",
        encoding="utf-8",
    )
    text = (
        "In May 2019, China launched the BSN. ChainMaker is open. AxHKD came, and Conflux in 2018."
    )
    _, found = read(tmp_path, text)
    days = {row.system: (f"{row.earliest:%Y-%m-%d}", row.dated) for row in found.itertuples()}
    assert days == {
        "BSN": ("2019-05-01", True),
        "ChainMaker": ("2020-02-03", False),
        "AxHKD": ("2020-02-03", False),  # the year stands beside another system
        "Conflux Network": ("2018-01-01", True),
    }


def test_who_runs_and_who_sponsors_and_what_for(tmp_path):
    corpus, found = read(
        tmp_path,
        "BSN is a network operated by Tencent. Sponsored by Huawei, ChainMaker aims to serve all; "
        "it is young.",
    )
    said = roles(corpus, found)
    assert {(row.system, row.role, row.who) for row in said.itertuples()} >= {
        ("BSN", "runs", "Tencent"),
        ("ChainMaker", "sponsors", "Huawei"),
        ("ChainMaker", "purpose", "aims to serve all"),
    }
    for row in said.itertuples():
        assert corpus.text(row.source)[row.start : row.end] == row.exact


def test_texts_that_name_no_system_give_an_empty_table(tmp_path):
    corpus, found = read(tmp_path, "It rains.")
    assert found.empty
    assert [*found["stage"].cat.categories] == [*STAGES]
    assert roles(corpus, found).empty


def test_the_words_are_checked_when_they_are_read(tmp_path):
    wrong = tmp_path / "systems.csv"
    wrong.write_text("system,kind,whose,words,again\nBSN,chain,moon,BSN,\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"systems.csv:2: whose 'moon' is none of place, actor"):
        entries(wrong)
    empty = tmp_path / "stages.toml"
    empty.write_text("", encoding="utf-8")
    with pytest.raises(SourceError, match="has no 'stage'"):
        lexicon(empty)


def test_every_place_has_a_point_and_a_source(tmp_path):
    for place in places().values():
        assert 15 < place.latitude < 55
        assert 70 < place.longitude < 136
        assert place.source.startswith("https://www.geonames.org/")
        if place.at and place.at in places():
            city = places()[place.at]
            assert (city.latitude, city.longitude) == (place.latitude, place.longitude)
    wrong = tmp_path / "places.csv"
    wrong.write_text("place,latitude,longitude,at,source\nMoon,91,0,,x\n", encoding="utf-8")
    with pytest.raises(SourceError, match=r"latitude '91' is beyond the globe"):
        places(wrong)


def test_bodies_belong_to_their_places():
    assert place_of("Chongqing Municipal Government") == "Chongqing"
    assert place_of("Ministry of Finance (China)") is None
    assert places_in("Sanya, Hainan; six Zhejiang cities") == ["Sanya", "Hainan", "Zhejiang"]
