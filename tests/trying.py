"""One trial of fuzzing: bytes are read as sources, and what comes of them is checked."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from random import Random
from time import process_time

from vocabulary import ALL
from wellformed import check

from helpers.corpus import read_corpus
from helpers.reading import SourceError

# What stands behind this in an input is the folder's sources.csv.
DESCRIBED = b"\n====sources.csv====\n"
# Seconds of the processor that a folder of up to a megabyte may take: more is a hang. A short input
# never takes so long, however its time grows; so every so many-th is read again, repeated to some
# length: what grows with the square of that would show.
SECONDS = 2
EVERY, LENGTH = 100, 20_000


class Trial:
    """Reads inputs in a folder of its own, so many together, and counts what comes of them.

    Raises what `read_corpus` should not, and AssertionError for tables that are not as they should
    be; the error has a note with the input.
    """

    def __init__(self, folder: Path, together: int = 1):
        self._folder, self._together, self._held = folder, together, []
        self.inputs = self.coded = self.refused = self.repeated = 0
        self.slowest = 0.0  # seconds of a folder that was coded

    def __str__(self) -> str:
        return (
            f"{self.inputs} inputs: {self.coded} texts coded, {self.refused} folders refused,"
            f" {self.repeated} texts repeated; the slowest folder took {self.slowest:.2f} s"
        )

    def __call__(self, data: bytes) -> None:
        """Try an input. What is no text has to be refused, and is tried again without its faults.

        What may be refused is tried by itself.
        """
        self.inputs += 1
        text, _, said = data.partition(DESCRIBED)
        mended = text.decode("utf-8", "ignore").replace("\0", "").encode()
        if mended != text:
            assert not self._try([text]), "what is no text was coded"
        if said or not mended:
            self._try([mended], said)
            return
        self._held.append(mended)
        if len(self._held) == self._together:
            held, self._held = self._held, []
            self._try(held)
        if self.inputs % EVERY == 0:
            self.repeated += 1
            self._try([mended * (LENGTH // len(mended) + 1)])

    def _try(self, texts: list[bytes], said: bytes = b"") -> bool:
        """Whether these are coded; if not, they must be refused with reasons and mends."""
        try:
            coded = self._read(texts, said)
        except Exception as error:
            for text in texts if len(texts) > 1 else ():
                self._try([text])  # if it is to blame alone, this raises
            error.add_note(f"read: {texts!r} {said!r}")
            raise
        self.coded += coded * len(texts)
        self.refused += not coded
        return coded

    def _read(self, texts: list[bytes], said: bytes) -> bool:
        for path in self._folder.iterdir():
            path.unlink()
        names = [f"{number:03}" for number in range(len(texts))]
        for name, text in zip(names, texts, strict=True):
            (self._folder / f"{name}.txt").write_bytes(text)
        if said:
            (self._folder / "sources.csv").write_bytes(said)
        start = process_time()
        try:
            corpus = read_corpus(self._folder)
        except SourceError as error:
            return _refused(error)
        seconds = process_time() - start
        self.slowest = max(self.slowest, seconds)
        size = sum(map(len, texts))
        assert seconds <= SECONDS * max(1, size / 2**20), f"{size} bytes took {seconds:.1f} s"
        of = corpus.documents.set_index("file")["source"]
        for name, text in zip(names, texts, strict=True):
            assert corpus.text(of[f"{name}.txt"]).encode() == text
        check(corpus)
        return True


def _refused(error: SourceError) -> bool:
    """False; the error must say what to mend."""
    assert error.problems
    assert all(". Mend: " in problem for problem in error.problems), error.problems
    return False


def seeds(practice: Path) -> list[bytes]:
    """The articles for practice, whole and in parts, and one with what is said of it."""
    texts = [path.read_bytes() for path in sorted(practice.glob("*.txt"))]
    parts = chain.from_iterable(text.split(b"\n\n") for text in texts)
    table = (
        b"source,file,title,published_earliest,published_latest\na,000.txt,,2019-10-24,2019-10-25"
    )
    return [*texts, *filter(None, parts), texts[0] + DESCRIBED + table]


def dictionary() -> str:
    """The words of the codebook, and marks that divide a text, as libFuzzer reads them."""
    marks = ["\n", "\r\n", "\n\n", "\u2028", "\ufeff", "“", "”", "’s ", "• ", "...", "? ", ". "]
    entries = [word.encode() for word in (*ALL, *marks)]
    return "".join(f'"{_escaped(entry)}"\n' for entry in dict.fromkeys([*entries, DESCRIBED]))


def mutated(random: Random, inputs: Sequence[bytes]) -> bytes:
    """One of some inputs, after a few random changes."""
    data = random.choice(inputs)
    for _ in range(random.randint(1, 8)):
        start, end = sorted(random.choices(range(len(data) + 1), k=2))
        change = random.choice(
            ("word", "word", "word", "byte", "character", "cut", "twice", "other")
        )
        if change == "word":
            data = data[:start] + b" %s " % random.choice(ALL).encode() + data[start:]
        elif change == "byte":
            data = data[:start] + random.randbytes(1) + data[start + 1 :]
        elif change == "character":
            code = random.choice((random.randrange(0xD800), random.randrange(0xE000, 0x110000)))
            data = data[:start] + chr(code).encode() + data[start:]
        elif change == "cut":
            data = data[:start] + data[end:]
        elif change == "twice":
            data = data[:end] + data[start:]
        else:
            data = data[:start] + random.choice(inputs)[start:]
    return data


def _escaped(entry: bytes) -> str:
    plain = set(range(32, 127)) - set(b'"\\')
    return "".join(chr(byte) if byte in plain else f"\\x{byte:02X}" for byte in entry)
