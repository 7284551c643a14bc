"""Stated numbers, sentence by sentence: what is found, its value, unit and comparison."""

from pathlib import Path

import pandas as pd
import pytest
from small import grows_linearly

import helpers.codebook
from helpers.codebook import CodebookError
from helpers.dates import dates
from helpers.quantities import quantities
from helpers.quantities.words import load_words

QUANTITIES_TOML = Path(helpers.codebook.__file__).parent / "quantities.toml"

_NO_DOCUMENTS = pd.DataFrame({"source": [], "published_earliest": [], "published_latest": []})


def _quantities(*texts: str, zone: str = "body") -> pd.DataFrame:
    rows, start = [], 0
    for number, text in enumerate(texts):
        rows.append(("a", number, start, start + len(text), text, number + 1, zone))
        start += len(text) + 1
    columns = ["source", "sentence", "start", "end", "exact", "line", "zone"]
    sentences = pd.DataFrame(rows, columns=columns)
    return quantities(sentences, dates(sentences, _NO_DOCUMENTS))


def _number(value: float) -> str:
    return f"{value:g}" if value < 1e6 else f"{value / 1e6:g} million"


def _said(row) -> str:
    high = "" if pd.isna(row.value_high) else f"..{_number(row.value_high)}"
    return f"{row.exact} = {row.comparison} {_number(row.value)}{high} {row.unit_of_measure}"


CASES = """
Assets surpassing HKD2.4 billion were held.
  surpassing HKD2.4 billion = more_than 2400 million HKD
The chain is No. 13 in the index.
  No. 13 = exact 13 rank
Eleven cities took part.
  Eleven = exact 11 cities
The city wants two to five industry bases.
  two to five = range 2..5 bases
It looks for more than 10 leading firms in the sector.
  more than 10 = more_than 10 firms
At least 50 accounts were closed.
  At least 50 = at_least 50 accounts
Fewer than 300 miners stayed.
  Fewer than 300 = less_than 300 miners
Up to 10,000 accounts may go.
  Up to 10,000 = up_to 10000 accounts
As many as 203 platforms were blocked.
  As many as 203 = up_to 203 platforms
About 10,000 Alipay and WeChat accounts were shut.
  About 10,000 = about 10000 accounts
Some 7.000.000 young Chinese sit the exam.
  Some 7.000.000 = about 7 million None
The fund holds one billion yuan.
  one billion yuan = exact 1000 million CNY
A fund of ¥500m was set up.
  ¥500m = exact 500 million CNY
RMB 18 is the price.
  RMB 18 = exact 18 CNY
They paid 700,000 yuan ($107,700) for it.
  700,000 yuan = exact 700000 CNY
  $107,700 = exact 107700 USD
A stake of HK$2.5bn was sold.
  HK$2.5bn = exact 2500 million HKD
It lost US$1.2 billion to $1.5 billion.
  US$1.2 billion to $1.5 billion = range 1200 million..1500 million USD
The quota is $50,000 a year.
  $50,000 = exact 50000 USD per year
Volume reached $44 million per day.
  $44 million = exact 44 million USD per day
The thief took 10,000 BTC.
  10,000 BTC = exact 10000 BTC
Some 65-75% of the hashrate was there.
  Some 65-75% = range 65..75 percent
Its share was 90 percent.
  90 percent = exact 90 percent
It fell by 2.5 percentage points.
  2.5 percentage points = exact 2.5 percentage points
Around 1/10 of the people live there.
  Around 1/10 = about 0.1 share
Three in five miners left.
  Three in five = exact 0.6 share
Nine out of ten traders use it.
  Nine out of ten = exact 0.9 share
More than half of the blocks are found there.
  More than half = more_than 0.5 share
Two-thirds of the tokens are burnt.
  Two-thirds = exact 0.666667 share
Almost a third of them left.
  Almost a third = about 0.333333 share
Half a million users signed up.
  Half a million = exact 500000 users
Two hundred and fifty thousand wallets were opened.
  Two hundred and fifty thousand = exact 250000 wallets
Dozens of exchanges moved away.
  Dozens = at_least 24 exchanges
Hundreds of thousands of rigs were unplugged.
  Hundreds of thousands = at_least 200000 rigs
The country fell to 144th place.
  144th = exact 144 rank
It ranked 13th in the list.
  13th = exact 13 rank
The third-largest of the pools came second in May, after the first year.
  third = exact 3 rank
  second = exact 2 rank
The farm drew 40 MW of power.
  40 MW = exact 40 MW
The network used 120 TWh.
  120 TWh = exact 120 TWh
The pool had 150 EH/s.
  150 EH/s = exact 150 EH/s
Prices rose 10 times.
  10 times = exact 10 times
It is a 30-fold rise.
  30-fold = exact 30 times
Reserves rose from $5 billion to $8 billion.
  $5 billion = exact 5000 million USD
  $8 billion = exact 8000 million USD
Between 20 and 30 banks joined.
  20 and 30 = range 20..30 banks
It serves 100+ clients.
  100+ = at_least 100 clients
A fine of 100,000 yuan or more is due.
  100,000 yuan or more = at_least 100000 CNY
The third of the five measures is new.
  five = exact 5 measures
In 2019, 6 exchanges were shut.
  6 = exact 6 exchanges
By 2020 the city had four parks and 500 experts.
  four = exact 4 parks
  500 = exact 500 experts
Ten firms left.
  Ten = exact 10 firms
Police raided ten offices on 3 May 2018.
  ten = exact 10 offices
"""

NOTHING = """
Document No. 13 in the file was sealed.
It was the first blockchain project of the city.
First, the rules are strict; second, they are vague.
One of the richest regions and one such chain are named.
They are one and the same.
The two are completely different.
A coin and an exchange are two completely different concepts.
They have worked on it for almost five years and 10 days.
The 35-year-old founder is aged 35.
The "94 era" of Web3, Layer 2, ERC-20, 5G and the G20 is here.
The 13th Five-Year Plan names it.
Notice No. 289 and Article 12 of Order 3 apply.
Call 010-6655-1234 for more.
The piece is by Three Words Finance.
The Big Four met under one country, two systems.
Ethereum 2.0 and Web 3.0 bring new features.
1. Introduction
(3) Rules of the game
On 4 September 2017 and in May 2021 it was banned.
It opens at 10:30 and closes at 5 pm.
It runs 24/7.
A third party and a third quarter are no shares.
The top 10 list is out.
A ten-minute pause and a two-way street.
"""


def _cases(text: str) -> list[tuple[str, list[str]]]:
    """Sentences, each with its expected quantities below it."""
    cases: list[tuple[str, list[str]]] = []
    for line in text.strip().splitlines():
        if line.startswith("  "):
            cases[-1][1].append(line.strip())
        else:
            cases.append((line, []))
    return cases


@pytest.mark.parametrize(("sentence", "expected"), _cases(CASES))
def test_stated_numbers(sentence, expected):
    assert [_said(row) for row in _quantities(sentence).itertuples()] == expected


@pytest.mark.parametrize("sentence", NOTHING.strip().splitlines())
def test_what_states_no_number_of_anything_is_no_row(sentence):
    assert _quantities(sentence)["exact"].tolist() == []


def test_the_words_for_what_is_counted_are_verbatim():
    rows = _quantities("About 10,000 Alipay and WeChat accounts, and 1/5 of the country’s GDP.")
    assert rows["of"].tolist() == ["Alipay and WeChat accounts", "country’s GDP"]


def test_comments_and_furniture_have_no_rows():
    for zone in ("comment", "furniture"):
        assert _quantities("I lost 10,000 dollars.", zone=zone).empty


def test_spans_round_trip_also_where_small_letters_are_longer():
    texts = [case[0] for case in _cases(CASES)]
    texts.append("İstanbul and İzmir have more than 12 exchanges.")
    whole = "\n".join(texts)
    rows = _quantities(*texts)
    assert rows["exact"].iloc[-1] == "more than 12"
    assert [whole[row.start : row.end] for row in rows.itertuples()] == rows["exact"].tolist()


@pytest.mark.parametrize(
    "piece", ["1 ", "one ", "1,", "half a ", "five million ", "$1-", "the 5 of "]
)
def test_time_is_linear_on_adversarial_lines(piece):
    assert grows_linearly(_quantities, piece)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[before]", "[before]\nroughly = []", "comparison 'roughly' is unknown"),
        ("[scales]", "[scale]", "has no 'scales'"),
        ("[scales]", "[scales", "cannot be read"),
    ],
)
def test_an_error_in_the_words_is_named_with_its_file(tmp_path, old, new, named):
    path = tmp_path / "quantities.toml"
    text = QUANTITIES_TOML.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CodebookError, match=r"quantities\.toml: ") as error:
        load_words(path)
    assert named in str(error.value)
