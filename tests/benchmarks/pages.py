"""Pages made up for measuring: as varied as one likes, and always the same for one number."""

from collections.abc import Iterator
from random import Random

_WHO = """China's central bank|The State Council|Shenzhen|The municipal government of {place}|Hong
Kong's securities regulator|A court in {place}|Huobi|The exchange {name}|Investors|Officials in
{place}|The {name} Foundation|An industry body|The Ministry of Industry and Information
Technology|A bureau of {place}|The start-up {name}|Farmers near {place}|Beijing|Traders|Engineers
of {name}|The newspaper"""
_DOES = """banned|plans to launch|warned against|will fund|has shut down|is testing|did not
ban|weighs a licence for|said that it supports|was told to close|praised|reportedly
considers|rolled out|denied that it has frozen|has been ordered to register|wrote
about|visited|forgot|measured|compared"""
_WHAT = """the trading of bitcoin|a blockchain platform for {use}|initial coin offerings|the
digital yuan|a stablecoin pegged to the dollar|{number} mining farms|an exchange for virtual
assets|a national standard for {use}|the {name} chain|{number} accounts of coin traders|a park for
start-ups|the weather over {place}|a bridge of {number} metres|songs about {use}|its own figures
on {use}"""
_WHEN = """on {day} {month} {year}|in {month}|last year|by the end of {year}|since {month}
{year}|on Thursday|two years ago|in the third quarter of {year}|between {year} and 2022|for the
first time|at last|in early {month}|during the holidays|from {day} to 28 {month} {year}|without a
word"""
_MORE = """and it cost {number} million yuan|which {number} percent of the readers doubt|although
nobody knows why|while prices fell by {number}.5 percent|as {name} and {number} other firms had
asked|so that people in {place} can pay for {use} with it|because of risks that it calls
systemic|, it said in a notice|and there was no comment from {name}|with more than {number},000
users in {place}"""
_PLAIN = """The {use} of {place} were the talk of the town again|Nobody in {place} had seen so
much rain {when}|{number} people stood at the gate and waited|{name} says that its new boats are
quieter than the old ones|The train from {place} was {number} minutes late {when}|A painter from
{place} gave {number} pictures to the school|What {name} makes of it is anybody's guess|The
tickets cost {number} dollars and were gone in an hour|Some of the trees by the river are older
than the bridge|In the evening the market was full of people who had come for the tea|Her brother
left {place} {when} and never wrote"""
_PLACES = "Chongqing|Hangzhou|Chengdu|Inner Mongolia|Sichuan|Shanghai|Hainan|Guangzhou|Suzhou|Lhasa"
_USES = (
    "trade finance|bus fares|medical records|land titles|copyright|tea exports|school meals|taxes"
)
_MONTHS = "January|March|May|June|August|September|October|November|December|February|April|July"
_SYLLABLES = "ka lo mi ter zu ban tron vex qi dal no ri sha pu gen ox".split()
_FURNITURE = """Share this article|By {name} {name}|Related articles|{day} {month} {year}|{number}
min read|Photo: {name} Press|Home > News > {place}|Tags: {use}, {place}|© {year} The {name}
Post|Read more: {use} in {place}|Markets|About us|Subscribe to our newsletter"""


def _listed(text: str) -> list[str]:
    return [" ".join(item.split()) for item in text.split("|")]


_PARTS = [_listed(part) for part in (_WHO, _DOES, _WHAT, _WHEN, _MORE)]
_NAMED = {"place": _listed(_PLACES), "use": _listed(_USES), "month": _listed(_MONTHS)}
_ADDED, _SAID = _listed(_FURNITURE), _listed(_PLAIN)


def pages(characters: int, seed: int = 1) -> Iterator[str]:
    """Texts of a few thousand characters each, until they have as many as asked for together."""
    random, written = Random(seed), 0
    while written < characters:
        text = _page(random)
        written += len(text)
        yield text


def documents(characters: int, length: int) -> Iterator[str]:
    """The lines of such pages, as texts that are just longer than asked for, but for the last."""
    lines, size = [], 0
    for line in (line for text in pages(characters) for line in text.splitlines(keepends=True)):
        lines.append(line)
        size += len(line)
        if size >= length:
            yield "".join(lines)
            lines, size = [], 0
    if lines:
        yield "".join(lines)


def _page(random: Random) -> str:
    lines = [_sentence(random).rstrip(".")]
    for _ in range(random.randint(6, 24)):
        lines.append("" if random.random() < 0.5 else _filled(random, random.choice(_ADDED)))
        lines.append(" ".join(_sentence(random) for _ in range(random.randint(1, 4))))
    return "\n".join(lines) + "\n"


def _sentence(random: Random) -> str:
    """Every other sentence tells of coins or chains, the rest of everyday matters."""
    if random.random() < 0.5:
        text = random.choice(_SAID).replace("{when}", random.choice(_PARTS[3]))
    else:
        parts = [random.choice(part) for part in _PARTS[: random.choice((3, 4, 5, 5))]]
        text = " ".join(parts).replace(" ,", ",")
    return _filled(random, text) + "."


def _filled(random: Random, text: str) -> str:
    chosen = {kind: random.choice(words) for kind, words in _NAMED.items()}
    numbers = {"day": random.randint(1, 28), "number": random.randint(2, 990)}
    return text.format(**chosen, **numbers, year=random.randint(2009, 2025), name=_name(random))


def _name(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(2, 4))).capitalize()
