"""Why a text was coded as it was: which rules fired on what, sentence by sentence.

Door: `explain`.
"""

from dataclasses import dataclass
from html import escape

from helpers.claims.coding import Claim, Reading, distinct, readings
from helpers.claims.context import Context, denies_coins
from helpers.claims.reach import Target
from helpers.codebook.entries import Object
from helpers.grammar import Parse, parse, pieces
from helpers.sentences import sentences
from helpers.tables import CARRYING
from helpers.zones import zones

_MARKS = {  # of a modality, in words
    "planned": "planned",
    "possible": "possible",
    "rumoured": "hearsay",
    "negated": "negated",
    "able": "only an ability",
    "ordered": "ordered by somebody",
    "purpose": "the purpose of something",
    "forbidden": "forbidden",
    "bound": "a duty",
    "ended": "no longer so",
    "decided": "decided",
}


@dataclass(frozen=True)
class Explained:
    """One sentence: its number, zone and text, and a line for each rule that fired in it.

    A line is the depth at which it stands (0 for a rule, 1 for what it found) and its words.
    `acting` are the spans of the acts that make a claim, in characters of `text`.
    """

    number: int
    zone: str
    text: str
    lines: tuple[tuple[int, str], ...]
    acting: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        rest = [f"{'    ' * (depth + 1)}{words}" for depth, words in self.lines]
        return "\n".join([f"[{self.number}] {self.zone}: {self.text}", *rest])

    def _repr_html_(self) -> str:
        items = "".join(
            f'<li style="margin-left:{depth * 1.5}em">{escape(words)}</li>'
            for depth, words in self.lines
        )
        head = f"<small>{self.number} · {escape(self.zone)}</small> {self._marked()}"
        return f"<div><p>{head}</p><ul>{items}</ul></div>"

    def _marked(self) -> str:
        parts, at = [], 0
        for start, end in self.acting:
            if start >= at:
                marked = f"<mark>{escape(self.text[start:end])}</mark>"
                parts += [escape(self.text[at:start]), marked]
                at = end
        return "".join([*parts, escape(self.text[at:])])


@dataclass(frozen=True)
class Explanation:
    """A text explained, as text (`str`) and as HTML for a notebook; `sentences` in their order."""

    sentences: tuple[Explained, ...]

    def __str__(self) -> str:
        return "\n".join(map(str, self.sentences))

    __repr__ = __str__

    def _repr_html_(self) -> str:
        return "".join(sentence._repr_html_() for sentence in self.sentences)


def explain(text: str) -> Explanation:
    """Which rules fire in each sentence of a text, and why each claim has its codes.

    For each act that the codebook knows: its family, base form and voice; the object, and whether
    it is named, stood for or carried over from before; who acts, or whose act it is taken for where
    nobody is named; how it is meant; and the claim, or why there is none. The text is an article
    or a single sentence. Raises TypeError for anything but a str.
    """
    if not isinstance(text, str):
        raise TypeError(f"explain() takes the text itself, not {type(text).__name__}")
    rows = sentences(zones({"": text}))
    carrying = rows.loc[rows["zone"].isin(CARRYING), "exact"]
    context, found = Context(denies_coins=bool(denies_coins(carrying))), []
    columns = (rows[name].tolist() for name in ("sentence", "zone", "exact"))
    for number, zone, exact in zip(*columns, strict=True):
        found.append(_explained(number, zone, exact, context))
    return Explanation(tuple(found))


def _explained(number: int, zone: str, text: str, context: Context) -> Explained:
    if zone not in CARRYING:
        return Explained(number, zone, text, ((0, f"{zone}: carries no claims"),), ())
    lines, acting = [], []
    for offset, piece in pieces(text):
        sentence = parse(piece)
        read = readings(sentence, context)
        kept = distinct(claim for reading in read for claim in reading.claims)
        for reading in read:
            lines += _lines(sentence, reading, kept)
            if any(claim in kept for claim in reading.claims):
                start, end = sentence.span(reading.act.first, reading.act.last)
                acting.append((start + offset, end + offset))
        context.restrained |= {c.object: c.level for c in kept if c.stance == "restrict"}
        context.remember(sentence)
    return Explained(number, zone, text, tuple(lines), tuple(acting))


def _lines(sentence: Parse, reading: Reading, kept: list[Claim]) -> list[tuple[int, str]]:
    act = reading.act
    written = _written(sentence, act.first, act.last)
    rule = f"{act.entry.act.family} ({act.stance}): “{written}”, {act.entry.lemma}, {act.voice}"
    if not reading.claims:
        return [(0, f"{rule}: no claim, {reading.why}")]
    lines = [(0, rule)]
    lines += [(1, f"object: {_object(sentence, target)}") for target in reading.objects]
    lines.append((1, f"meant: {_meant(reading)}"))
    for claim in reading.claims:
        codes = " ".join(claim[:4])
        said = "" if claim in kept else " (said already by another act)"
        lines += [(1, f"actor: {_actor(claim)}"), (1, f"claim: {codes}{said}")]
    return lines


def _object(sentence: Parse, target: Target) -> str:
    words, name = _written(sentence, target.first, target.last), target.object.name
    hit = next((hit for hit in sentence.objects if hit.first == target.first), None)
    if hit is None:
        return f"{name}, carried over from before by “{words}”"
    how = "named" if isinstance(hit.entry, Object) else "stood for"
    return f"{name}, {how} by “{words}”"


def _actor(claim: Claim) -> str:
    if claim.actor and claim.actor.level == claim.level:
        return f"“{claim.actor.name}” is {claim.level}"
    return f"nobody is named: taken for {claim.level}"


def _meant(reading: Reading) -> str:
    marks = [words for mark, words in _MARKS.items() if getattr(reading.modality, mark)]
    return ", ".join(marks) or "as a fact"


def _written(sentence: Parse, first: int, last: int) -> str:
    return sentence.text[slice(*sentence.span(first, last))]
