"""Tables at any size are those of a corpus, whatever the sources come in."""

import csv
import json
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import upath

from helpers.__main__ import main
from helpers.corpus import read_corpus
from helpers.reading import SourceError
from helpers.tables import CLOSED_SETS, COLUMNS
from helpers.tabulate import code, read_tables

SEEDS = Path(__file__).parent.parent / "seeds"
CLAIM = "In May 2021 Beijing banned bitcoin mining, the People’s Bank of China said on Friday.\n"
MARKS = ["same_as", "like"]


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """The tables of the project's own sources, in three partitions."""
    out = tmp_path_factory.mktemp("coded")
    assert code(SEEDS, out, workers=1, partitions=3) == (5, 0, 5)
    return out


@pytest.fixture(scope="module")
def rows():
    """The project's own sources as the rows of a file."""
    corpus = read_corpus(SEEDS)
    said = corpus.documents[["source", "title", "publisher", "published_basis", "url", "note"]]
    rows = said.astype(object).where(said.notna(), None).to_dict("records")
    for row, window in zip(rows, corpus.documents.itertuples(), strict=True):
        row["text"] = corpus.text(row["source"])
        if not str(window.published_basis).startswith("“"):  # else it is the text's own
            row["published_earliest"] = str(window.published_earliest.date())
            row["published_latest"] = str(window.published_latest.date())
    return rows


def contents(folder):
    """What the files of a folder hold, without the lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != ".lock"
    }


def texts(folder, **sources):
    """A folder with these files of text."""
    folder.mkdir(exist_ok=True)
    for name, text in sources.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / f"{name}.txt").write_bytes(data)
    return folder


def assert_same(tables, corpus, leave=()):
    """That these are the tables of a corpus, to the last value and dtype."""
    for name in COLUMNS:
        found, expected = getattr(tables, name), getattr(corpus, name)
        if name == "documents":
            found, expected = found.drop(columns=[*MARKS, *leave]), expected.drop(columns=[*leave])
        pd.testing.assert_frame_equal(found, expected, obj=name)


def test_the_tables_are_those_of_the_corpus(coded):
    assert_same(read_tables(coded), read_corpus(SEEDS))


def test_any_number_of_workers_writes_the_same_bytes(coded, tmp_path):
    code(SEEDS, tmp_path / "two", workers=2, partitions=3)
    assert contents(tmp_path / "two") == contents(coded)


@pytest.mark.filterwarnings("default")
def test_a_dask_cluster_writes_the_same_bytes(coded, tmp_path):
    from distributed import Client

    with Client(processes=False, n_workers=2, dashboard_address=None) as client:
        code(SEEDS, tmp_path / "dask", client=client, partitions=3)
    assert contents(tmp_path / "dask") == contents(coded)


def test_the_number_of_partitions_changes_no_table(tmp_path):
    code(SEEDS, tmp_path, workers=1)
    assert len(list((tmp_path / "claims").glob("*.csv"))) == 1
    assert_same(read_tables(tmp_path), read_corpus(SEEDS))


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet"])
def test_rows_of_a_file_are_sources(rows, tmp_path, kind):
    code(written(rows, tmp_path, kind), tmp_path / "out", workers=1, partitions=2)
    assert_same(read_tables(tmp_path / "out"), read_corpus(SEEDS), leave=["file"])


def written(rows, folder, kind):
    """A file with these rows."""
    path = folder / f"corpus.{kind}"
    if kind == "parquet":
        frame = pd.DataFrame(rows)
        for column in ("published_earliest", "published_latest"):  # days, as such files have them
            days = [None if pd.isna(day) else date.fromisoformat(day) for day in frame[column]]
            frame[column] = days
        pq.write_table(pa.Table.from_pandas(frame), path)
    else:
        frame = pd.DataFrame(rows).astype(object)
        lines = frame.where(frame.notna(), None).to_dict("records")
        text = "".join(json.dumps(line) + "\n\n" for line in lines)
        with upath.UPath(path).fs.open(str(path), "wb", compression="infer") as file:
            file.write(text.encode())
    return path


def test_globs_and_several_places(tmp_path):
    texts(tmp_path / "one", a=CLAIM, b=CLAIM)
    (tmp_path / "two").mkdir()
    (tmp_path / "two/c.jsonl").write_text(json.dumps({"body": CLAIM, "key": 7}) + "\n\n{}")
    (tmp_path / "one/sources.csv").write_text("source,file,title\nA,a.txt,Titled\n")
    places = [tmp_path / "one/[ab].txt", f"{tmp_path}/*/*.jsonl"]
    code(places, tmp_path / "out", workers=1, text_column="body", id_column="key")
    tables = read_tables(tmp_path / "out")
    assert list(tables.documents["source"]) == ["7", "A", "b"]
    assert list(tables.documents["title"]) == [None, "Titled", None]
    assert list(tables.documents["file"]) == ["c.jsonl", "a.txt", "b.txt"]
    [error] = tables.errors.to_dict("records")
    assert error["source"] == "c-3"
    assert error["reason"].startswith("c.jsonl:3: has no 'body'. Mend: ")


def test_sources_on_another_machine(tmp_path):
    place = upath.UPath("memory://articles")
    place.mkdir()
    (place / "a.txt").write_text(CLAIM, encoding="utf-8")
    (place / "sources.csv").write_text("source,file,title\nA,a.txt,Far away\n")
    (place / "b.jsonl").write_text(json.dumps({"source": "B", "text": CLAIM}) + "\n")
    code(["memory://articles", "memory://articles/*.jsonl"], tmp_path, workers=1)
    assert list(read_tables(tmp_path).documents["source"]) == ["A", "B"]
    assert list(read_tables(tmp_path).documents["title"]) == ["Far away", None]


def test_only_what_is_asked_for_is_given(coded):
    tables, corpus = read_tables(coded), read_corpus(SEEDS)
    found = tables.read("claims", ["stance", "exact"], [("stance", "==", "restrict")])
    expected = corpus.claims.query("stance == 'restrict'")[["stance", "exact"]]
    pd.testing.assert_frame_equal(found, expected.reset_index(drop=True))
    assert {*COLUMNS, "errors", "read"} <= set(dir(tables))
    assert list(tables.errors) == ["source", "file", "reason"]


def test_every_column_of_every_table_is_explained(coded):
    tables = read_tables(coded)
    for name in COLUMNS:
        said = tables.columns(name)
        assert list(said["column"]) == list(getattr(tables, name))
        assert said["meaning"].str.len().min() > 4
    values = tables.columns("claims").set_index("column")["values"]
    assert tuple(values["stance"]) == CLOSED_SETS["stance"]


def test_what_there_is_not_is_named(coded, tmp_path):
    with pytest.raises(AttributeError, match="perhaps 'claims' is meant"):
        _ = read_tables(coded).claim
    with pytest.raises(KeyError, match="perhaps 'stance' is meant"):
        read_tables(coded).read("claims", ["stanse"])
    with pytest.raises(SourceError, match=r"has no datapackage.json"):
        read_tables(tmp_path)


# The Data Package standard, read anew: https://datapackage.org/standard/table-schema
CASTS = {"string": str, "integer": int, "number": float, "date": date.fromisoformat}


def resource_rows(folder, resource):
    """The rows of a resource's CSV files, cast as its schema says, with every constraint held."""
    fields = resource["schema"]["fields"]
    missing = {value["value"] for value in resource["schema"]["missingValues"]}
    for path in resource["path"]:
        with (folder / path).open(encoding="utf-8", newline="") as file:
            header, *lines = csv.reader(file, strict=True)
        assert header == [field["name"] for field in fields]
        for line in lines:
            row = {}
            for field, cell in zip(fields, line, strict=True):
                limits = field.get("constraints", {})
                row[field["name"]] = None if cell in missing else CASTS[field["type"]](cell)
                assert cell not in missing or not limits.get("required")
                assert cell in missing or cell in limits.get("enum", [cell])
            yield row


def test_the_descriptor_describes_what_is_there(coded):
    package = json.loads((coded / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert list(resources) == [*COLUMNS, "errors"]
    found = {name: list(resource_rows(coded, each)) for name, each in resources.items()}
    for name, resource in resources.items():
        schema = resource["schema"]
        if key := schema.get("primaryKey"):
            keys = [tuple(row[column] for column in key) for row in found[name]]
            assert len(set(keys)) == len(keys)
        for key in schema.get("foreignKeys", []):
            there = found[key["reference"].get("resource", name)]
            known = {tuple(row[column] for column in key["reference"]["fields"]) for row in there}
            wanted = {tuple(row[column] for column in key["fields"]) for row in found[name]}
            assert {each for each in wanted if None not in each} <= known
    corpus = read_corpus(SEEDS)
    assert [row["exact"] for row in sorted(found["claims"], key=lambda row: row["source"])] == list(
        corpus.claims["exact"]
    )


def test_odd_words_survive_in_both_forms(tmp_path):
    odd = (
        '\ufeffBeijing banned bitcoin, "so,\tthey" say.\r\n\r\n=SUM(A1) 𝐁𝐚𝐧\u202b\x01 \rin 2021.\n'
    )
    code(texts(tmp_path / "in", a=odd), tmp_path / "out", workers=1)
    assert_same(read_tables(tmp_path / "out"), read_corpus(tmp_path / "in"))
    package = json.loads((tmp_path / "out/datapackage.json").read_text(encoding="utf-8"))
    zones = next(each for each in package["resources"] if each["name"] == "zones")
    exact = [row["exact"] for row in resource_rows(tmp_path / "out", zones)]
    assert exact == list(read_corpus(tmp_path / "in").zones["exact"])


def test_the_command(tmp_path, capsys):
    folder = texts(tmp_path / "in", a=CLAIM, b=b"\xff")
    command = ["code", str(folder), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert main(command) == 0
    assert "2 sources in" in capsys.readouterr().out
    assert list(read_tables(tmp_path / "out").errors["source"]) == ["b"]
    assert main([*command, "--strict"]) == 1
    assert "source b: b.txt:1: not UTF-8: byte 0xFF at offset 0" in capsys.readouterr().err
    assert main(["code", str(tmp_path / "none"), "--out", str(tmp_path / "out")]) == 1
    assert "does not exist" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main([*command, "--workers", "0"])
    assert "0 is not 1 or more" in capsys.readouterr().err
