"""The codebook as data: what a researcher may edit, and what happens when it is edited wrongly."""

import csv
import shutil
import tomllib
from pathlib import Path

import pytest

from helpers.codebook import CodebookError, load_codebook
from helpers.codebook.lexicon import Lexicon, forms, plurals, tokens

OWN = Path(__file__).parent.parent / "helpers/codebook"


def _edited(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(OWN, folder / "codebook")
    path = folder / "codebook" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return folder / "codebook"


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("acts.toml", 'stance = "restrict"', 'stance = "forbid"', "stance 'forbid'"),
        ("acts.toml", 'who = ["public"]', 'who = ["everybody"]', "level 'everybody'"),
        ("acts.toml", 'level = "central"', 'level = "imperial"', "level 'imperial'"),
        ("objects.toml", "[stablecoin]", "[steadycoin]", "object 'steadycoin'"),
        ("entities.csv", "China,place,central", "China,realm,central", "type 'realm'"),
        ("entities.csv", "Huobi,actor,industry", "Huobi,actor,trade", "level 'trade'"),
    ],
)
def test_an_unknown_value_is_named_with_file_line_and_mend(tmp_path, file, old, new, named):
    folder = _edited(tmp_path, file, old, new)
    with pytest.raises(CodebookError) as error:
        load_codebook(folder)
    message = str(error.value)
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    [line] = [n for n, text in enumerate(lines, 1) if new in text]
    assert named in message
    assert f"{file}, line {line}:" in message
    assert "use one of" in message


def test_broken_toml_is_named_with_its_line(tmp_path):
    folder = _edited(tmp_path, "cues.toml", "[planned]", "[planned")
    with pytest.raises(CodebookError, match=r"cues\.toml.*line"):
        load_codebook(folder)


def test_a_missing_file_is_named(tmp_path):
    folder = _edited(tmp_path, "cues.toml", "[planned]", "[planned]")
    (folder / "nouns.toml").unlink()
    with pytest.raises(CodebookError, match=r"nouns\.toml: is missing"):
        load_codebook(folder)


def test_columns_of_the_entities_are_checked(tmp_path):
    folder = _edited(tmp_path, "entities.csv", "entity,type", "name,type")
    with pytest.raises(CodebookError, match=r"entities\.csv, line 1: the columns are"):
        load_codebook(folder)


def test_whose_level_no_name_tells_has_a_source():
    """'Ministry' and 'Hong Kong' tell a level; 'Legislative Council' does not."""
    nouns = tomllib.loads((OWN / "nouns.toml").read_text(encoding="utf-8"))
    telling = {level: set(nouns[level]) for level in ("central", "local")} | {"hong_kong": set()}
    with (OWN / "entities.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    places = {row["entity"].lower() for row in rows if row["type"] == "place"}
    silent = []
    for row in rows:
        called = f"{row['entity']}|{row['names']}".lower().replace("(", " ").replace(")", " ")
        words = f" {called.replace('|', ' ')} "
        told = any(f" {word} " in words for word in telling.get(row["level"], ()))
        told |= row["level"] != "central" and any(place in called for place in places)
        if row["type"] == "actor" and row["level"] in telling and not told and not row["source"]:
            silent.append(row["entity"])
    assert silent == []


def test_an_edit_changes_what_is_coded(tmp_path):
    folder = _edited(tmp_path, "objects.toml", '"crypto", ', '"crypto", "pebble money", ')
    text = "pebble money"
    found = load_codebook(folder).lexicon.scan(text, tokens(text))["object"]
    assert [hit.entry.name for hit in found] == ["cryptocurrency"]
    assert "object" not in load_codebook().lexicon.scan(text, tokens(text))


def test_the_longest_phrase_wins_within_its_layer():
    lexicon = Lexicon()
    for phrase in ("bank", "central bank", "central bank digital currency"):
        lexicon.add("x", phrase, phrase)
    lexicon.add("y", "digital", "digital")
    text = "The central bank digital currency of a central bank"
    found = lexicon.close().scan(text, tokens(text))
    assert [hit.entry for hit in found["x"]] == ["central bank digital currency", "central bank"]
    assert [hit.entry for hit in found["y"]] == ["digital"]


def test_cased_names_need_their_capitals():
    lexicon = Lexicon()
    for name in ("SAFE", "Didi", "State Council"):
        lexicon.add("x", name, name, cased=True)
    lexicon.close()
    for text, names in {
        "It is safe.": [],
        "SAFE said so.": ["SAFE"],
        "She didi it.": [],
        "STATE COUNCIL NOTICE": ["State Council"],
        "the state council": [],
    }.items():
        found = lexicon.scan(text, tokens(text)).get("x", [])
        assert [hit.entry for hit in found] == names, text


def test_tokens_have_their_spans_and_quotation_marks_are_none():
    text = "China’s “digital yuan” isn't Web3.0, e-CNY is."
    words = tokens(text)
    assert [text[word.start : word.end] for word in words] == [word.text for word in words]
    assert [word.lower for word in words] == [
        *("china", "'s", "digital", "yuan", "isn't", "web3.0", ",", "e-cny", "is", "."),
    ]


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("launch", {"launch": "base", "launches": "s", "launched": "ed", "launching": "ing"}),
        ("ban", {"ban": "base", "bans": "s", "banned": "ed", "banning": "ing"}),
        ("study", {"study": "base", "studies": "s", "studied": "ed", "studying": "ing"}),
        ("close", {"close": "base", "closes": "s", "closed": "ed", "closing": "ing"}),
        ("agree", {"agree": "base", "agrees": "s", "agreed": "ed", "agreeing": "ing"}),
        ("open", {"open": "base", "opens": "s", "opened": "ed", "opening": "ing"}),
        ("shut … down", {"shut … down": "base ed", "shuts … down": "s", "shutting … down": "ing"}),
        ("take", {"take": "base", "takes": "s", "took": "ed", "taken": "ed", "taking": "ing"}),
    ],
)
def test_verbs_are_inflected_by_their_first_word(verb, expected):
    irregular = {
        "shut": ["shuts", "shut", "shutting"],
        "take": ["takes", "took", "taken", "taking"],
    }
    found = {form: " ".join(sorted(kinds)) for form, kinds in forms(verb, irregular).items()}
    assert found == expected


def test_a_phrase_may_have_its_object_within():
    lexicon = Lexicon()
    lexicon.add("x", "hand … out", "hand out")
    lexicon.close()
    for text, exact in {
        "They hand coins out.": "hand",
        "They hand out coins.": "hand out",
        "They hand coins, out of luck.": None,
        "They hand one of the very new coins over, then go out.": None,
    }.items():
        words = tokens(text)
        hits = lexicon.scan(text, words).get("x", [])
        found = [text[words[h.first].start : words[h.last - 1].end] for h in hits]
        assert found == ([exact] if exact else []), text


def test_plurals():
    assert plurals("stablecoin") == ["stablecoin", "stablecoins"]
    assert plurals("currency") == ["currency", "currencies"]
    assert plurals("crypto") == ["crypto", "cryptos"]
    assert plurals("futures") == ["futures"]
