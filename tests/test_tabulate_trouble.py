"""Nothing is lost: bad sources, killed runs, full disks, folders that change, two runs at once."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_tabulate import CLAIM, contents, texts

from helpers.reading import SourceError
from helpers.tabulate import RunError, code, files, partition, read_tables, running, sources

ROUNDS = int(os.environ.get("KILLED_RUNS", "3"))
PARTITIONS = 6


def errors(folder):
    """The reasons that the table `errors` of a folder gives, by source."""
    table = read_tables(folder).errors
    return dict(zip(table["source"], table["reason"], strict=True))


def test_a_bad_source_stops_nothing_and_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LONGEST", 200)
    bad = {"b": b"\xff", "c": "", "d": "one\0two", "e": "x" * 201, "f": "x" * 900}
    folder = texts(tmp_path / "in", a=CLAIM, **bad)
    (folder / "g.txt").mkdir()
    (folder / "h.txt").symlink_to(folder / "h.txt")
    os.mkfifo(folder / "i.txt")
    assert code(folder, tmp_path / "out", workers=1) == (9, 8, 9)
    assert list(read_tables(tmp_path / "out").documents["source"]) == ["a"]
    found = errors(tmp_path / "out")
    assert list(found) == list("bcdefghi")
    assert found["b"].startswith("b.txt:1: not UTF-8: byte 0xFF at offset 0")
    assert found["c"].startswith("c.txt: is empty")
    assert found["d"].startswith("d.txt:1: NUL byte at offset 3")
    assert found["e"].startswith("e: is too long, with 201 characters")
    assert found["f"].startswith("f.txt: is too long, with 900 bytes")
    assert found["g"].startswith("g.txt: cannot be read (Is a directory)")
    assert found["h"].startswith("h.txt: cannot be read (Too many levels of symbolic links)")
    assert found["i"].startswith("i.txt: is not a file")
    assert all(". Mend: " in reason for reason in found.values())


BAD_ROWS = {
    "not json": "is not JSON",
    "[1]": "is not a JSON object",
    '{"source": "2"}': "has no 'text'",
    '{"source": "3", "text": 5}': "text is not text",
    '{"source": "4", "text": ""}': "is empty",
    r'{"source": "5", "text": "a\u0000b"}': "has U+0000",
    r'{"source": "6", "text": "a\ud800b"}': "has U+D800",
    r'{"source": "7\ud800", "text": "a"}': "has a character that is none",
    '{"source": "8", "text": "a", "published_earliest": "May", "published_latest": "June"}': (
        "is not a day"
    ),
    '{"source": "9", "text": "a", "published_earliest": "2019-05-02"}': "give both days",
    '{"source": "ok", "text": "the second of this name"}': "has the id 'ok'",
    "[" * 100_000: "is not JSON",
}


def test_bad_rows_stop_nothing_and_say_why(tmp_path):
    path = tmp_path / "rows.jsonl"
    good = json.dumps({"source": "ok", "text": CLAIM})
    path.write_bytes(b"\xff\xfe\n" + "\n".join([good, *BAD_ROWS]).encode())
    code(path, tmp_path / "out", workers=1, partitions=2)
    tables = read_tables(tmp_path / "out")
    assert list(tables.documents["source"]) == ["ok"]
    assert list(tables.sentences["exact"]) == [CLAIM.strip()]
    reasons = list(tables.errors["reason"])
    for expected in ["not UTF-8: byte 0xFF", *BAD_ROWS.values()]:
        assert any(expected in reason for reason in reasons), expected
    assert len(reasons) == len(BAD_ROWS) + 1


def test_a_line_that_never_ends_is_not_held(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "LONGEST", 100)
    path = tmp_path / "rows.jsonl"
    path.write_text("x" * 10_000 + "\n" + json.dumps({"source": "ok", "text": CLAIM}))
    code(path, tmp_path / "out", workers=1)
    assert errors(tmp_path / "out") == {
        "rows-1": "rows.jsonl:1: is too long, with 10001 bytes. Mend: write one object on each"
        " line, with the text in 'text'."
    }
    assert list(read_tables(tmp_path / "out").documents["source"]) == ["ok"]


def test_what_the_coder_fails_on_costs_no_other_source(tmp_path, monkeypatch):
    coding = partition.code_batch

    def failing(batch):
        if "b" in batch:
            raise RecursionError("too deep")
        return coding(batch)

    monkeypatch.setattr(partition, "code_batch", failing)
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM, c=CLAIM)
    assert code(folder, tmp_path / "out", workers=1) == (3, 1, 3)
    assert list(read_tables(tmp_path / "out").claims["source"].unique()) == ["a", "c"]
    assert "the coder failed on it (RecursionError: too deep)" in errors(tmp_path / "out")["b"]
    with pytest.raises(SourceError, match=r"source b: b\.txt: the coder failed"):
        code(folder, tmp_path / "out", workers=1, strict=True)


def test_a_wrong_list_of_sources_stops_a_run_before_anything_is_coded(tmp_path):
    """What it says of a source decides on its dates: none is coded without it."""
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM)
    code(folder, tmp_path / "out", workers=1)
    first = contents(tmp_path / "out")
    (folder / "sources.csv").write_text("source,file,published_earliest\n1,a.txt,May\n")
    with pytest.raises(SourceError, match=r"sources\.csv:2: published_earliest 'May' is not a day"):
        code(folder, tmp_path / "out", workers=1)
    assert contents(tmp_path / "out") == first


def test_strict_stops_and_names_every_bad_source(tmp_path):
    folder = texts(tmp_path / "in", a=CLAIM, b=b"\xff", c="")
    with pytest.raises(SourceError, match=r"2 problems:\nsource b: b.txt:1: .*\nsource c: c.txt"):
        code(folder, tmp_path / "out", workers=1, strict=True)
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.doc", b"x", "a.doc: is not of a known kind. Mend: name a folder of"),
        ("a.parquet", b"x", "a.parquet: cannot be read"),
        ("a.jsonl.gz", b"x", "a.jsonl.gz: cannot be read"),
        ("none*.jsonl", None, "none*.jsonl: does not exist, and no file matches it"),
    ],
)
def test_what_is_no_source_is_named(tmp_path, name, content, expected):
    if content:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        code(tmp_path / name, tmp_path / "out", workers=1)
    assert expected in str(caught.value)


def test_a_missing_text_column_is_named_with_those_that_are_there(tmp_path):
    pq.write_table(pa.table({"body": ["x"]}), tmp_path / "a.parquet")
    with pytest.raises(SourceError, match=r"no column 'text'\. Mend: there are body; name one"):
        code(tmp_path / "a.parquet", tmp_path / "out", workers=1)


def test_a_second_run_codes_only_what_changed(tmp_path):
    folder = texts(tmp_path / "in", **{name: CLAIM + name for name in "abcdefgh"})
    assert code(folder, tmp_path / "out", workers=1, partitions=4).coded_now == 8
    first = contents(tmp_path / "out")
    assert code(folder, tmp_path / "out", workers=1, partitions=4) == (8, 0, 0)
    assert contents(tmp_path / "out") == first
    (folder / "a.txt").write_text(CLAIM * 2)
    assert 0 < code(folder, tmp_path / "out", workers=1, partitions=4).coded_now < 8
    code(folder, tmp_path / "anew", workers=1, partitions=4)
    assert contents(tmp_path / "out") == contents(tmp_path / "anew")
    code(folder, tmp_path / "out", workers=1, partitions=2)
    code(folder, tmp_path / "anew2", workers=1, partitions=2)
    assert contents(tmp_path / "out") == contents(tmp_path / "anew2")


def test_another_coder_codes_all_anew(tmp_path, monkeypatch):
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM)
    code(folder, tmp_path / "out", workers=1, partitions=2)
    monkeypatch.setattr(running, "coder", lambda: "another")
    with pytest.raises(RunError, match="helpers differ from those that started the run"):
        code(folder, tmp_path / "out", workers=1, partitions=2)
    monkeypatch.setattr(partition, "coder", lambda: "another")
    assert code(folder, tmp_path / "out", workers=1, partitions=2).coded_now == 2


def test_the_coder_is_known_by_its_rules(tmp_path, monkeypatch):
    rule = tmp_path / "codebook" / "rules.toml"
    rule.parent.mkdir()
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(partition, "_HELPERS", tmp_path)
    known = []
    for path, text in [(rule, "a"), (tmp_path / "site/page.py", "x"), (rule, "b")]:
        path.write_text(text)
        known.append(partition.coder.__wrapped__())
    assert known[0] == known[1] != known[2]


def test_sources_among_the_tables_are_refused(tmp_path):
    folder = texts(tmp_path / "in", a=CLAIM)
    with pytest.raises(SourceError, match=r"a\.txt: is in .*, where the tables go"):
        code(folder, folder, workers=1)
    assert contents(folder) == {"a.txt": CLAIM.encode()}


def test_a_damaged_partition_is_coded_anew(tmp_path):
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM)
    code(folder, tmp_path / "out", workers=1)
    first = contents(tmp_path / "out")
    (tmp_path / "out/claims/00000-of-00001.csv").write_text("short")
    assert code(folder, tmp_path / "out", workers=1).coded_now == 2
    assert contents(tmp_path / "out") == first


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A folder of sources in which a run can be killed, and what a run in peace makes of it."""
    folder = tmp_path_factory.mktemp("many")
    seeds = sorted((Path(__file__).parent.parent / "seeds").glob("*.txt"))
    for number in range(3):
        for path in seeds:
            (folder / f"{number}{path.name}").write_bytes(path.read_bytes())
    out = tmp_path_factory.mktemp("peace")
    code(folder, out, workers=1, partitions=PARTITIONS)
    return folder, contents(out)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_killed_run_goes_on_to_the_same_bytes(many, tmp_path, seed):
    folder, expected = many
    command = [sys.executable, "-m", "helpers", "code", str(folder), "--out", str(tmp_path)]
    command += ["--partitions", str(PARTITIONS), "--workers", str(1 + seed % 2)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
    # At any moment of a run, however fast it is: so many partitions are done, and a little more.
    moment = random.Random(seed)
    done = moment.randint(0, PARTITIONS)
    while process.poll() is None and not (tmp_path / ".work").exists():
        time.sleep(0.01)
    while process.poll() is None and len(list(tmp_path.glob("partitions/0*.json"))) < done:
        time.sleep(0.01)
    time.sleep(moment.uniform(0, 1))
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = [path for path in tmp_path.rglob("*.json") if path.parent.name == "partitions"]
    manifests = {path: path.read_bytes() for path in left if not path.name.startswith(".")}
    done = [json.loads(said)["sources"] for said in manifests.values()]
    coded = code(folder, tmp_path, workers=1, partitions=PARTITIONS)
    assert coded.coded_now <= coded.sources - sum(done)
    assert contents(tmp_path) == expected


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux who is whose child")
def test_the_processes_of_a_killed_run_end_with_it(many, tmp_path):
    folder, _ = many
    command = [sys.executable, "-m", "helpers", "code", str(folder), "--out", str(tmp_path)]
    command += ["--partitions", str(PARTITIONS), "--workers", "2"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while not list(tmp_path.glob("partitions/*.json")):
        time.sleep(0.01)
    children = _children(process.pid)
    assert len(children) >= 2
    process.kill()
    process.wait()
    deadline = time.monotonic() + 20
    while any(map(_runs, children)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def _children(pid):
    return [child for child in map(int, _processes()) if _stat(child)[1] == str(pid)]


def _processes():
    return [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]


def _stat(pid):
    """State and parent of a process, as proc(5) has them; no state if it is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return ["", ""]


def _runs(pid):
    return _stat(pid)[0] not in ("", "Z", "X")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_is_interrupted_says_how_to_go_on(many, tmp_path, workers):
    folder, expected = many
    command = [sys.executable, "-m", "helpers", "code", str(folder), "--out", str(tmp_path)]
    command += ["--partitions", str(PARTITIONS), "--workers", str(workers)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, text=True)
    while not list(tmp_path.glob("partitions/*.json")):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate()[1]
    assert process.returncode == 1
    assert "run the same command again" in said
    assert "Traceback" not in said
    assert code(folder, tmp_path, workers=1, partitions=PARTITIONS).coded_now < 15
    assert contents(tmp_path) == expected


def test_two_runs_into_one_folder_at_once(tmp_path, monkeypatch):
    folder = texts(tmp_path / "in", a=CLAIM)
    second = []
    finish = running._finish

    def meanwhile(*arguments):
        with pytest.raises(RunError, match="another run is writing into this folder") as caught:
            code(folder, tmp_path / "out", workers=1)
        second.append(caught.value)
        finish(*arguments)

    monkeypatch.setattr(running, "_finish", meanwhile)
    code(folder, tmp_path / "out", workers=1)
    assert len(second) == 1
    assert list(read_tables(tmp_path / "out").documents["source"]) == ["a"]


@pytest.mark.parametrize("writes", range(12))
def test_a_full_disk_leaves_nothing_half_written(tmp_path, monkeypatch, writes):
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM + CLAIM)
    code(folder, tmp_path / "whole", workers=1, partitions=2)
    expected = contents(tmp_path / "whole")
    left = iter(range(writes * 5))
    sync = files._sync

    def full(path):
        if next(left, None) is None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(path)

    with monkeypatch.context() as patch:
        patch.setattr(files, "_sync", full)
        with pytest.raises(OSError, match="No space left on device"):
            code(folder, tmp_path / "out", workers=1, partitions=2)
    found = contents(tmp_path / "out")
    assert found.items() <= expected.items()
    assert "datapackage.json" not in found
    code(folder, tmp_path / "out", workers=1, partitions=2)
    assert contents(tmp_path / "out") == expected


def test_a_disk_that_fills_up_in_the_middle_of_a_file(tmp_path, monkeypatch):
    folder = texts(tmp_path / "in", a=CLAIM)

    def full(self, rows):
        self._csv.write_table(rows)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(partition.Writer, "write", full)
    with pytest.raises(OSError, match="No space left on device"):
        code(folder, tmp_path / "out", workers=1)
    assert contents(tmp_path / "out") == {}


@pytest.mark.parametrize("kilobytes", [2, 30])
def test_a_disk_that_takes_no_more_of_a_file(many, tmp_path, kilobytes):
    """The system itself refuses, in whatever library is writing at that moment."""
    folder, expected = many
    command = ["bash", "-c", 'ulimit -f "$0" && exec "$@"', str(kilobytes), sys.executable]
    command += ["-m", "helpers", "code", str(folder), "--out", str(tmp_path)]
    command += ["--partitions", str(PARTITIONS), "--workers", "1"]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 1
    assert "File too large" in run.stderr
    assert "When that is mended, run the same command again" in run.stderr
    assert "Traceback" not in run.stderr
    assert contents(tmp_path).items() <= expected.items()
    code(folder, tmp_path, workers=1, partitions=PARTITIONS)
    assert contents(tmp_path) == expected


@pytest.mark.parametrize("change", ["grows", "goes", "comes"])
def test_a_folder_that_changes_while_it_is_read(tmp_path, monkeypatch, change):
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM)
    reading = running.read

    def changing(*arguments):
        yield from reading(*arguments)
        if change == "goes":
            (folder / "b.txt").unlink()
        else:
            (folder / ("b.txt" if change == "grows" else "c.txt")).write_text(CLAIM * 2)

    monkeypatch.setattr(running, "read", changing)
    name = "c.txt" if change == "comes" else "b.txt"
    with pytest.raises(SourceError, match=f"{name}: changed while it was read. Mend: run again"):
        code(folder, tmp_path / "out", workers=1)
    assert contents(tmp_path / "out") == {}


def test_permission_denied(tmp_path, monkeypatch):
    folder = texts(tmp_path / "in", a=CLAIM, b=CLAIM)
    denied = OSError(errno.EACCES, os.strerror(errno.EACCES))
    reading, looking = Path.read_bytes, Path.iterdir

    def read_bytes(path):
        if path.name == "b.txt":
            raise denied
        return reading(path)

    def iterdir(path):
        if path.name == "closed":
            raise denied
        return looking(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    monkeypatch.setattr(Path, "iterdir", iterdir)
    code(folder, tmp_path / "out", workers=1)
    assert "b.txt: cannot be read (Permission denied)" in errors(tmp_path / "out")["b"]
    (tmp_path / "closed").mkdir()
    with pytest.raises(SourceError, match=r"closed: cannot be read \(Permission denied\)"):
        code(tmp_path / "closed", tmp_path / "out2", workers=1)


def test_folders_that_lead_to_themselves(tmp_path):
    (tmp_path / "in/deep").mkdir(parents=True)
    (tmp_path / "in/deep/round").symlink_to(tmp_path / "in")
    (tmp_path / "in/deep/a.jsonl").write_text(json.dumps({"source": "a", "text": CLAIM}))
    code(f"{tmp_path}/in/**/*.jsonl", tmp_path / "out", workers=1)
    assert list(read_tables(tmp_path / "out").documents["source"]) == ["a"]
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(SourceError, match="loop"):
        code(tmp_path / "loop", tmp_path / "out2", workers=1)
