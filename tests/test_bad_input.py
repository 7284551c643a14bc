"""What cannot be read says so: which file, which line, what is wrong, how to mend it."""

import errno
import os
from pathlib import Path

import pytest

from helpers.corpus import read_corpus
from helpers.reading import SourceError

ENGLISH = "Beijing opened a centre for blockchain.\nShanghai’s banks joined it.\n"
CHINESE = "中国人民银行禁止代币发行融资。\n2017年9月,交易平台关闭。\n"


def problems(folder, **files):
    """What read_corpus says of a folder with these files (bytes, or text as UTF-8)."""
    for name, content in files.items():
        suffix = ".csv" if name == "sources" else ".txt"
        data = content if isinstance(content, bytes) else content.encode()
        (folder / (name + suffix)).write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read_corpus(folder)
    assert all(". Mend: " in line for line in caught.value.problems)
    return [line.removeprefix(f"{folder}") for line in caught.value.problems]


def test_a_folder_that_is_not_there(tmp_path):
    assert problems(tmp_path / "none") == [
        ": does not exist. Mend: name the folder that the texts are in."
    ]


def test_a_file_in_place_of_a_folder(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(ENGLISH)
    assert problems(file) == [": is not a folder. Mend: name the folder that the texts are in."]


def test_a_folder_without_texts(tmp_path):
    (tmp_path / ".hidden.txt").write_text(ENGLISH)
    assert problems(tmp_path) == [
        ": has no *.txt file. Mend: put at least one plain text in it whose name ends in .txt."
    ]


def test_an_empty_file(tmp_path):
    assert problems(tmp_path, a="", b=ENGLISH) == [
        "/a.txt: is empty. Mend: put its text in, or take the file away."
    ]


def test_what_cannot_be_opened(tmp_path):
    (tmp_path / "a.txt").mkdir()
    (tmp_path / "b.txt").symlink_to(tmp_path / "nowhere")
    found = problems(tmp_path)
    assert found[0].startswith("/a.txt: cannot be read (Is a directory)")
    assert found[1].startswith("/b.txt: cannot be read (No such file or directory)")


def test_links_that_lead_to_themselves(tmp_path):
    (tmp_path / "a.txt").symlink_to(tmp_path / "a.txt")
    [found] = problems(tmp_path)
    assert found.startswith("/a.txt: cannot be read (Too many levels of symbolic links)")
    (tmp_path / "round").symlink_to(tmp_path / "round")
    [found] = problems(tmp_path / "round")
    assert found.startswith(": does not exist")


def test_a_folder_that_holds_itself_is_not_entered(tmp_path):
    (tmp_path / "deep").symlink_to(tmp_path)
    (tmp_path / "a.txt").write_text(ENGLISH)
    assert list(read_corpus(tmp_path).documents["source"]) == ["a"]


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    os.mkfifo(tmp_path / "sources.csv")
    assert problems(tmp_path) == [
        "/a.txt: is not a file. Mend: put a file of text in its place.",
        "/sources.csv: is not a file. Mend: put a file of text in its place.",
    ]


def test_a_file_that_goes_while_the_folder_is_read(tmp_path, monkeypatch):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(ENGLISH)
    reading = Path.read_bytes

    def going(path):
        (tmp_path / "b.txt").unlink(missing_ok=True)
        return reading(path)

    monkeypatch.setattr(Path, "read_bytes", going)
    [found] = problems(tmp_path)
    assert found.startswith("/b.txt: cannot be read (No such file or directory)")


@pytest.mark.parametrize(
    ("closed", "expected"),
    [
        ("", [": cannot be read (Permission denied). Mend: make it a readable folder."]),
        (
            "*",  # names may be listed, and nothing else
            [
                "/a.txt: cannot be read (Permission denied). Mend: make it a readable file.",
                "/sources.csv: cannot be read (Permission denied). Mend: make it a readable file.",
            ],
        ),
    ],
)
def test_what_one_may_not_look_into(tmp_path, monkeypatch, closed, expected):
    """Permissions are made up: whoever may do all is not stopped by real ones."""

    def denied(function):
        def asked(path, *arguments, **named):
            if path.match(closed) and path.parent == tmp_path if closed else path == tmp_path:
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
            return function(path, *arguments, **named)

        return asked

    (tmp_path / "a.txt").write_text(ENGLISH)
    (tmp_path / "sources.csv").write_text("source,file\n1,a.txt\n")
    for name in ("stat", "read_bytes") if closed else ("iterdir",):
        monkeypatch.setattr(Path, name, denied(getattr(Path, name)))
    assert problems(tmp_path) == expected


@pytest.mark.parametrize(
    ("text", "encoding", "name", "byte"),
    [
        (ENGLISH, "utf-16", "UTF-16", "0xFF at offset 0"),
        (CHINESE, "utf-16", "UTF-16", "0xFF at offset 0"),
        (ENGLISH, "utf-32", "UTF-32", "0xFF at offset 0"),
        (CHINESE, "utf-16-le", "UTF-16LE", "0xFD at offset 2"),
        (CHINESE, "utf-16-be", "UTF-16BE", "0xFD at offset 3"),
        (CHINESE, "gb18030", "GB18030", "0xD6 at offset 0"),
        (ENGLISH, "gb18030", "GB18030", "0xA1 at offset 48"),
        (CHINESE[:5], "gb18030", "GB18030", "0xD6 at offset 0"),
    ],
)
def test_another_encoding_is_named_with_its_mend(tmp_path, text, encoding, name, byte):
    [found] = problems(tmp_path, a=text.encode(encoding))
    begins = " ".join(text.split())[:20]
    assert (
        f"not UTF-8: byte {byte}; the file seems to be {name}, as which it begins '{begins}'"
        in found
    )
    assert f"iconv -f {name} -t UTF-8 'a.txt'" in found


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_that_is_also_utf_8_but_for_its_nul_bytes(tmp_path, encoding):
    text = "The ban is old.\nThe chain is new.\n"
    [found] = problems(tmp_path, a=text.encode(encoding))
    assert "NUL byte at offset" in found
    assert "the file seems to be UTF-16" in found


@pytest.mark.parametrize(
    "data",
    [
        b"caf\xe9 in Shanghai",  # Windows-1252
        b"caf\xe9s in Shanghai",  # the same, where the two bytes would be a rare Chinese character
        "禁止虚拟货币".encode()[:-1],  # cut off in the middle of a character
        "禁止虚拟货币".encode() + b"\xff",
        b"\xed\xa0\x80",  # half of a surrogate pair
    ],
)
def test_an_encoding_that_cannot_be_told_is_not_guessed(tmp_path, data):
    [found] = problems(tmp_path, a=data)
    assert "not UTF-8: byte 0x" in found
    assert "the file seems" not in found


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_a_wrong_byte_is_given_with_its_line(tmp_path, line_end):
    lines = [b"one", b"two", b"thr\xffee"]
    offset = line_end.join(lines).index(b"\xff")
    [found] = problems(tmp_path, a=line_end.join(lines))
    assert found.startswith(f"/a.txt:3: not UTF-8: byte 0xFF at offset {offset}. Mend:")


def test_nul_bytes_in_a_text(tmp_path):
    [found] = problems(tmp_path, a="Beijing opened\na cen\0tre for blockchain.")
    assert found.startswith("/a.txt:2: NUL byte at offset 20. Mend:")


HEADER = "source,file,title,publisher,published_earliest,published_latest\n"


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ("source,file,titel\n1,a.txt,x\n", ":1: unknown column 'titel'. Mend: perhaps 'title'"),
        ("source,title\n1,x\n", ":1: column 'file' is missing."),
        ("source,file,file\n1,a.txt,a.txt\n", ":1: column 'file' occurs twice."),
        ("", ": is empty."),
        (HEADER + "1,b.txt,,,,\n", ":2: file 'b.txt' is not among the folder's *.txt."),
        (HEADER + "\n1,a.txt,x\n", ":3: has 3 cells where the first line names 6."),
        (HEADER + "1,a.txt,one, two,,,\n", ":2: has 7 cells where the first line names 6."),
        (HEADER + '1,a.txt,"two\nlines",,,\n2,b.txt,,,,\n', ":4: file 'b.txt' is not among"),
        (HEADER + '1,a.txt,"never closed,,,\n', ":2: is not CSV (unexpected end of data)."),
        (HEADER + ",a.txt,,,,\n", ":2: source is empty."),
        (HEADER + "1,a.txt,,,2019-13-01,2019-12-01\n", "earliest '2019-13-01' is not a day."),
        (HEADER + "1,a.txt,,,2019-02-28,2019-02-29\n", "latest '2019-02-29' is not a day."),
        (HEADER + "1,a.txt,,,1 May 2019,2019-05-01\n", "write it as YYYY-MM-DD."),
        (HEADER + "1,a.txt,,,20190501,2019-05-01\n", "write it as YYYY-MM-DD."),
        (
            HEADER + "1,a.txt,,,2019-05-02,2019-05-01\n",
            ":2: published_earliest 2019-05-02 comes after published_latest 2019-05-01. "
            "Mend: swap the two.",
        ),
        (
            HEADER + "1,a.txt,,,2019-05-02,\n",
            ":2: gives only one of published_earliest and published_latest.",
        ),
        (
            HEADER + "1,a.txt,,,,\n2,a.txt,,,,\n",
            ":3: file 'a.txt' has a row already, in line 2.",
        ),
        (b"source,file\n1,a.txt\n\xff", "/sources.csv:3: not UTF-8: byte 0xFF at offset 20"),
    ],
)
def test_a_wrong_sources_csv(tmp_path, sources, expected):
    [found] = problems(tmp_path, a=ENGLISH, sources=sources)
    assert found.startswith("/sources.csv:")
    assert expected in found


def test_two_rows_for_one_source(tmp_path):
    sources = "source,file\n1,a.txt\n1,b.txt\n"
    [found] = problems(tmp_path, a=ENGLISH, b=ENGLISH, sources=sources)
    assert "sources.csv:3: source '1' has a row already, in line 2." in found


def test_two_files_with_one_id(tmp_path):
    [found] = problems(tmp_path, a=ENGLISH, b=ENGLISH, sources="source,file\nb,a.txt\n")
    assert found.startswith("/b.txt: has the id 'b', which sources.csv gives to a.txt.")


def test_all_problems_are_reported_at_once(tmp_path):
    sources = HEADER + "1,a.txt,,,2019-05-02,2019-05-01\n2,gone.txt,,,,\n"
    found = problems(tmp_path, a=ENGLISH, b="", c=b"\xff\xff", sources=sources)
    assert [line.split(" ")[0] for line in found] == [
        "/b.txt:",
        "/c.txt:1:",
        "/sources.csv:2:",
        "/sources.csv:3:",
    ]
    with pytest.raises(ValueError, match="4 problems:\n"):
        read_corpus(tmp_path)


def test_a_sources_csv_from_a_spreadsheet_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH, encoding="utf-8")
    rows = 'source, file ,title\r\n1,a.txt,"Said ""so"", twice"\r\n\r\n'
    (tmp_path / "sources.csv").write_bytes(b"\xef\xbb\xbf" + rows.encode())
    [row] = read_corpus(tmp_path).documents.to_dict("records")
    assert (row["source"], row["file"], row["title"]) == ("1", "a.txt", 'Said "so", twice')
    assert row["publisher"] is None
