"""Temporal expressions, sentence by sentence: what is found, and which days it denotes."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from small import grows_linearly

import helpers.codebook
from helpers.codebook import CodebookError
from helpers.dates import dates, publication
from helpers.dates.named import load_names

DATES_TOML = Path(helpers.codebook.__file__).parent / "dates.toml"

PUBLISHED = ("2019-12-05", "2019-12-05")  # a Thursday


def _sentences(*texts: str, zone: str = "body") -> pd.DataFrame:
    rows, start = [], 0
    for number, text in enumerate(texts):
        zone_of, text = text if isinstance(text, tuple) else (zone, text)
        rows.append(("a", number, start, start + len(text), text, number + 1, zone_of))
        start += len(text) + 1
    columns = ["source", "sentence", "start", "end", "exact", "line", "zone"]
    return pd.DataFrame(rows, columns=columns)


def _documents(window: tuple[str, str] | None = PUBLISHED) -> pd.DataFrame:
    earliest, latest = window or (None, None)
    return pd.DataFrame(
        {
            "source": ["a"],
            "published_earliest": np.array([earliest], dtype="datetime64[s]"),
            "published_latest": np.array([latest], dtype="datetime64[s]"),
        }
    )


def _day(cell) -> str | None:
    return None if pd.isna(cell) else f"{cell:%Y-%m-%d}"


def _found(*texts, window=PUBLISHED) -> list[tuple]:
    table = dates(_sentences(*texts), _documents(window))
    return [(row.exact, _day(row.earliest), _day(row.latest)) for row in table.itertuples()]


def _cases(text: str) -> list[tuple[str, list[tuple]]]:
    """Sentences, each with its expected dates below it: 'exact = first day / last day'."""
    cases: list[tuple[str, list[tuple]]] = []
    for line in text.strip().splitlines():
        if not line.startswith("  "):
            cases.append((line, []))
            continue
        exact, _, days = line.strip().partition(" = ")
        bounds = [None if day == "-" else day for day in days.split(" / ")]
        cases[-1][1].append((exact, bounds[0], bounds[-1]))
    return cases


CALENDAR = """
Seven bodies signed the notice of September 4, 2017.
  September 4, 2017 = 2017-09-04
It was dated 4 Sept 2017.
  4 Sept 2017 = 2017-09-04
The rules of the 4th of September, 2017, still hold.
  4th of September, 2017 = 2017-09-04
A circular of Sept. 4th 2017 followed.
  Sept. 4th 2017 = 2017-09-04
The log says 2017–09–04 and 2017/9/4.
  2017–09–04 = 2017-09-04
  2017/9/4 = 2017-09-04
A dotted date, 09.04.2017, puts the day first.
  09.04.2017 = 2017-04-09
With slashes, 10/09/2019, the month is first.
  10/09/2019 = 2019-10-09
But 24/10/2019 can only be read one way.
  24/10/2019 = 2019-10-24
Miners left in Sept. '17 for good.
  Sept. '17 = 2017-09-01 / 2017-09-30
On Thursday, 24 October 2019, they met.
  Thursday, 24 October 2019 = 2019-10-24
The trial ran from May to July 2021.
  from May to July 2021 = 2021-05-01 / 2021-07-31
Between 2017 and 2019 little changed.
  Between 2017 and 2019 = 2017-01-01 / 2019-12-31
The fair of 17–19 May 2018 was full.
  17–19 May 2018 = 2018-05-17 / 2018-05-19
Prices fell from May 17 to 19, 2021.
  from May 17 to 19, 2021 = 2021-05-17 / 2021-05-19
In the years 2017–2020 it grew.
  2017–2020 = 2017-01-01 / 2020-12-31
The plan of 2021-25 names it.
  2021-25 = 2021-01-01 / 2025-12-31
From late 2017 to early 2018 all was quiet.
  From late 2017 to early 2018 = 2017-10-01 / 2018-03-31
It lasted from December 20 to January 5, 2018.
  from December 20 to January 5, 2018 = 2017-12-20 / 2018-01-05
June, July and August 2021 were dry.
  June = 2021-06-01 / 2021-06-30
  July = 2021-07-01 / 2021-07-31
  August 2021 = 2021-08-01 / 2021-08-31
In the 2010s it was new.
  2010s = 2010-01-01 / 2019-12-31
The early 1990s knew no coins.
  early 1990s = 1990-01-01 / 1993-12-31
Volumes doubled in Q3 2021.
  Q3 2021 = 2021-07-01 / 2021-09-30
The third quarter of 2021 was poor.
  third quarter of 2021 = 2021-07-01 / 2021-09-30
A report on 4Q19 is out.
  4Q19 = 2019-10-01 / 2019-12-31
In the first half of 2020 it shrank.
  first half of 2020 = 2020-01-01 / 2020-06-30
On 4 and 15 September 2017 they met.
  4 = 2017-09-04
  15 September 2017 = 2017-09-15
On September 4 and 15, 2017, they met.
  September 4 = 2017-09-04
  15, 2017 = 2017-09-15
The first Friday of July 2018 was hot.
  first Friday of July 2018 = 2018-07-06
The table is of 9/2017 and 2018-10.
  9/2017 = 2017-09-01 / 2017-09-30
  2018-10 = 2018-10-01 / 2018-10-31
From 2014 through May 2018 it was legal.
  From 2014 through May 2018 = 2014-01-01 / 2018-05-31
Between 2014–2018 it was legal.
  Between 2014–2018 = 2014-01-01 / 2018-12-31
In the mid- to late 1990s nobody had one.
  mid- to late 1990s = 1994-01-01 / 1999-12-31
In H1 2020 it shrank.
  H1 2020 = 2020-01-01 / 2020-06-30
In the spring of 2018 they opened.
  spring of 2018 = 2018-03-01 / 2018-05-31
In early 2018 they closed.
  early 2018 = 2018-01-01 / 2018-03-31
Since mid-2021 no rig has run.
  mid-2021 = 2021-05-01 / 2021-08-31
At the end of 2016 a layout was made.
  end of 2016 = 2016-10-01 / 2016-12-31
At the end of 16, a layout was made.
  end of 16 = 2016-10-01 / 2016-12-31
Late October 2019 was busy.
  Late October 2019 = 2019-10-22 / 2019-10-31
By 2025 the city wants ten parks.
  By 2025 = - / 2025-12-31
All was to be done by the end of 2020.
  by the end of 2020 = - / 2020-12-31
The first nine months of 2018 were good.
  first nine months of 2018 = 2018-01-01 / 2018-09-30
In the second week of October 2018 it rained.
  second week of October 2018 = 2018-10-08 / 2018-10-14
Two weeks after September 4, 2017 it was over.
  Two weeks after September 4, 2017 = 2017-09-18
In fiscal 2018 the ministry paid.
  fiscal 2018 = 2018-01-01 / 2018-12-31
The budget of the 2022-23 financial year has it.
  2022-23 financial year = 2022-04-01 / 2023-03-31
In the 14th Five-Year Plan period it is a key industry.
  14th Five-Year Plan period = 2021-01-01 / 2025-12-31
Is the "94 era" over?
  94 era = 2017-09-04
Traders still speak of "94" with a shudder.
  94 = 2017-09-04
Since the 19th Party Congress, finance has been tamed.
  19th Party Congress = 2017-10-18 / 2017-10-24
During the 2021 Spring Festival wallets were handed out.
  2021 Spring Festival = 2021-02-12
On New Year's Day 2020 the law came into force.
  New Year's Day 2020 = 2020-01-01
A ban on May 19, 2021 hit prices, and $30,000 was lost.
  May 19, 2021 = 2021-05-19
He paid $30,000 on May 19, 2018 for it.
  May 19, 2018 = 2018-05-19
Post-2017 rules are stricter.
  2017 = 2017-01-01 / 2017-12-31
"""

RELATIVE = """
Yesterday the app went dark.
  Yesterday = 2019-12-04
The page was pulled this morning.
  this morning = 2019-12-05
The day before yesterday it was still there.
  day before yesterday = 2019-12-03
Two days ago it was there.
  Two days ago = 2019-12-03
Police raided it last night.
  last night = 2019-12-04
On Thursday he spoke.
  Thursday = 2019-12-05
The exchanges announced to stop trading in December.
  December = 2019-12-01 / 2019-12-31
They are closing on 31st January.
  31st January = 2020-01-31
Few remarks, all limited, were made, but the February fair will be hard.
  February = 2020-02-01 / 2020-02-29
The ban goes into effect on Jan. 14.
  Jan. 14 = 2020-01-14
About 12 hours ago it was posted.
  12 hours ago = 2019-12-04 / 2019-12-05
On Friday he had spoken.
  Friday = 2019-11-29
The fund will open on Friday.
  Friday = 2019-12-06
The bureau said on Monday it will close the site.
  Monday = 2019-12-02
Last Friday was calm.
  Last Friday = 2019-11-29
Trading resumes next Monday.
  next Monday = 2019-12-09
Over the weekend a governor spoke.
  weekend = 2019-11-30 / 2019-12-01
Last week two firms left.
  Last week = 2019-11-25 / 2019-12-01
Thursday of last week was a holiday.
  Thursday of last week = 2019-11-28
In October the mood changed.
  October = 2019-10-01 / 2019-10-31
On October 24, Xi praised it.
  October 24 = 2019-10-24
On Thursday, October 24, Xi praised it.
  Thursday, October 24 = 2019-10-24
The pilot will start in March.
  March = 2020-03-01 / 2020-03-31
The pilot started in March.
  March = 2019-03-01 / 2019-03-31
Late last week it leaked.
  Late last week = 2019-11-28 / 2019-12-01
They meet next week Wednesday.
  next week Wednesday = 2019-12-11
On the 4th of this month it leaked.
  4th of this month = 2019-12-04
From 2 to 4 this month it was shut.
  From 2 to 4 this month = 2019-12-02 / 2019-12-04
In the year to date it rose.
  year to date = 2019-01-01 / 2019-12-05
In the last two quarters it rose.
  last two quarters = 2019-04-01 / 2019-09-30
In the last fiscal year it rose.
  last fiscal year = 2018-01-01 / 2018-12-31
Between October and now it rose.
  Between October and now = 2019-10-01 / 2019-12-05
The March meeting was calm.
  March = 2019-03-01 / 2019-03-31
Last October nobody cared.
  Last October = 2019-10-01 / 2019-10-31
Since September 4 of last year it is banned.
  September 4 of last year = 2018-09-04
In October last year it was calm.
  October last year = 2018-10-01 / 2018-10-31
Two years ago a plan was made.
  Two years ago = 2017-01-01 / 2017-12-31
Three weeks ago it was leaked.
  Three weeks ago = 2019-11-11 / 2019-11-17
Half a year ago it was secret.
  Half a year ago = 2019-06-01 / 2019-06-30
This year's list is long.
  This year = 2019-01-01 / 2019-12-31
Earlier this year it was short.
  this year = 2019-01-01 / 2019-12-31
More is due later this month.
  this month = 2019-12-01 / 2019-12-31
Late last year it was empty.
  Late last year = 2018-10-01 / 2018-12-31
By the end of this month all must go.
  By the end of this month = - / 2019-12-31
By year-end all must go.
  By year-end = - / 2019-12-31
At the end of the year it closes.
  end of the year = 2019-10-01 / 2019-12-31
In the past three years it tripled.
  past three years = 2016-12-05 / 2019-12-05
In the last 24 hours it fell.
  last 24 hours = 2019-12-04 / 2019-12-05
Over the next two years it will grow.
  next two years = 2019-12-06 / 2021-12-05
In the third quarter it fell.
  third quarter = 2019-07-01 / 2019-09-30
In the first nine months it rose.
  first nine months = 2019-01-01 / 2019-09-30
In mid-November raids began.
  mid-November = 2019-11-11 / 2019-11-20
On the 15th, raids began.
  15th = 2019-11-15
Ahead of the Spring Festival it paused.
Before the Spring Festival it paused.
  Spring Festival = 2019-02-05
From Monday to Wednesday it was shut.
  From Monday to Wednesday = 2019-12-02 / 2019-12-04
It is shut from 2017 until now.
  from 2017 until now = 2017-01-01 / 2019-12-05
A few months ago it was open.
  A few months ago = -
"""

NOTHING = """
They have studied it for almost five years.
The fair lasted 10 days and drew 2,000 people.
Every year, each month and every Thursday they meet.
It may be that prices march on in the sun.
Wait a second: the first may fall.
May 19 companies share one name?
He sold 2017 bitcoin and 2000 coins.
About 2000 users and 1999 miners complained.
ISO 2022 and ERC 2019 are standards; GB 2017 too.
Call +86 10 2019 1234 or 010-2018-5678.
Version 2.2017 and build v2018 are out.
Recently, nowadays and in the near future nothing is dated.
To this day there is no word.
Over the past few years and in recent months it was so.
The 35-year-old is in his 20s.
The Five-Year Plan and the 13th Five-Year Plan for the city are papers.
Made in China 2025 is a slogan.
Web3, 5G and Q coins; Layer 2 and the G20.
Theresa May spoke of 1/10 of the people and 3/4 of the land.
The price rose 94 percent to $2,019 and 2019%.
The fourth point of the five is odd.
At 10:30 p.m. the page said 12:00.
On the 15th floor they run a shop.
Year-on-year growth was 4 percent.
A three-month ban and a two-week pause.
Half of the coins and a quarter of the miners left.
See https://example.org/2019/10/24/notice for more.
"""


@pytest.mark.parametrize(("sentence", "expected"), _cases(CALENDAR))
def test_complete_dates(sentence, expected):
    assert _found(sentence, window=None) == expected


@pytest.mark.parametrize(("sentence", "expected"), _cases(RELATIVE))
def test_dates_counted_from_publication(sentence, expected):
    assert _found(sentence) == expected


@pytest.mark.parametrize("sentence", NOTHING.strip().splitlines())
def test_what_denotes_no_calendar_time_is_no_row(sentence):
    assert _found(sentence) == []


def _anchors(*texts, window=PUBLISHED) -> list[tuple]:
    table = dates(_sentences(*texts), _documents(window))
    return [(row.exact, _day(row.earliest), row.anchor) for row in table.itertuples()]


def test_the_date_before_anchors_what_follows_it():
    texts = (
        "At the end of 2016 they made a layout.",
        "In August of the following year they stressed it.",
        "That month a fund was set up.",
        "Two years later it was gone.",
    )
    assert _anchors(*texts) == [
        ("end of 2016", "2016-10-01", "calendar"),
        ("August of the following year", "2017-08-01", "previous"),
        ("That month", "2017-08-01", "previous"),
        ("Two years later", "2019-01-01", "previous"),
    ]


def test_days_before_and_after_the_date_before():
    texts = ("On 5 September 2018 it opened.", "The next day it shut.", "A week earlier none knew.")
    assert _anchors(*texts) == [
        ("5 September 2018", "2018-09-05", "calendar"),
        ("next day", "2018-09-06", "previous"),
        ("A week earlier", "2018-08-27", "previous"),
    ]


def test_without_a_day_of_publication_nothing_is_guessed():
    texts = ("Yesterday it opened.", "Last year it was planned.", "In October it was praised.")
    assert [earliest for _, earliest, _ in _anchors(*texts, window=None)] == [None, None, None]


def test_without_a_day_of_publication_a_narrative_goes_on_from_its_last_date():
    texts = ("In September 2017 seven bodies banned it.", "In October the exchanges closed.")
    assert _anchors(*texts, window=None)[1] == ("October", "2017-10-01", "previous")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_what_lies_beyond_the_calendar_is_no_day(day):
    """A spreadsheet's empty cell may say that a page is two thousand years old."""
    text = "Yesterday, last year, tomorrow and next year it is so."
    found = _found(text, window=(day, day))
    assert len(found) == 4
    assert sum(earliest is None for _, earliest, _ in found) == 2


def test_a_window_of_publication_makes_relative_dates_wider():
    december = ("2019-12-01", "2019-12-31")
    assert _found("Over the weekend he spoke.", window=december) == [
        ("weekend", "2019-11-30", "2019-12-29")
    ]
    assert _found("In October he spoke.", window=december) == [
        ("October", "2019-10-01", "2019-10-31")
    ]


def test_a_window_with_one_side_bounds_one_side():
    assert _found("Last year he spoke.", window=("2019-12-01", None)) == [
        ("Last year", "2018-01-01", None)
    ]


def test_comments_and_furniture_have_no_rows_and_anchor_nothing():
    texts = ("In 2017 it began.", ("comment", "In 2001 I was young."), "That year it ended.")
    assert _anchors(*texts) == [
        ("2017", "2017-01-01", "calendar"),
        ("That year", "2017-01-01", "previous"),
    ]


def test_a_source_without_a_document_is_read_all_the_same():
    table = dates(_sentences("In 2017, in May, it began."), _documents().iloc[:0])
    assert table["exact"].tolist() == ["2017", "May"]


@pytest.mark.parametrize(
    ("sentence", "granularity"),
    [
        ("On 4 May 2018 it began.", "day"),
        ("Last week it began.", "week"),
        ("In May 2018 it began.", "month"),
        ("In Q2 2018 it began.", "quarter"),
        ("In the second half of 2018 it began.", "half"),
        ("In 2018 it began.", "year"),
        ("In mid-2018 it began.", "range"),
        ("In the 2010s it began.", "range"),
    ],
)
def test_granularity(sentence, granularity):
    table = dates(_sentences(sentence), _documents())
    assert table["granularity"].tolist() == [granularity]


def test_days_that_the_calendar_lacks_stay_without_bounds():
    assert _found("On 31 April 2018 and 29 February 2019, but not on 2018-13-01.") == [
        ("31 April 2018", None, None),
        ("29 February 2019", None, None),
    ]


def test_far_away_years_stay_without_bounds():
    assert _found("It was so 90000 years ago.") == []
    assert _found("It was so 9000 years ago.") == [("9000 years ago", None, None)]


def test_spans_round_trip():
    texts = [case[0] for case in _cases(CALENDAR + RELATIVE)]
    whole = "\n".join(texts)
    table = dates(_sentences(*texts), _documents())
    assert len(table) > 90
    for row in table.itertuples():
        assert whole[row.start : row.end] == row.exact


def _published(*texts) -> tuple:
    row = publication(_sentences(*texts)).iloc[0]
    return _day(row["earliest"]), _day(row["latest"]), row["basis"]


@pytest.mark.parametrize(
    ("texts", "earliest", "latest", "quoted"),
    [
        ([("furniture", "Published on: 12 May 2020")], "2020-05-12", "2020-05-12", "12 May 2020"),
        (
            [("furniture", "Posted by Ann Li on May 12, 2020, 3:14 PM")],
            "2020-05-12",
            "2020-05-12",
            "Ann",
        ),
        (
            [("furniture", "Published:"), ("furniture", "2020-05-12")],
            "2020-05-12",
            "2020-05-12",
            "2020-05-12",
        ),
        (
            [("headline", "A ban"), ("furniture", "May 12, 2020 | 3 min read"), "It is banned."],
            "2020-05-12",
            "2020-05-12",
            "min read",
        ),
        (
            ["BEIJING, May 12, 2020 (Xinhua) -- It is banned."],
            "2020-05-12",
            "2020-05-13",
            "BEIJING",
        ),
        (["In 2019, six exchanges have shut down."], "2019-01-01", "2019-12-31", "In 2019"),
        (["They prohibited trading in 2021."], "2021-01-01", None, "trading in 2021"),
        (
            ["In 2021 it was banned.", "It will be legal by 2025."],
            "2021-01-01",
            "2025-12-31",
            "2025",
        ),
        (
            [
                "Since 4 September of last year it is banned.",
                "The notice of 4 September 2017 is long.",
            ],
            "2018-01-01",
            "2018-12-31",
            "4 September 2017",
        ),
    ],
)
def test_what_a_text_tells_of_its_publication(texts, earliest, latest, quoted):
    found = _published(*texts)
    assert found[:2] == (earliest, latest)
    assert quoted in found[2]


@pytest.mark.parametrize(
    "texts",
    [
        ["Xi spoke on Thursday.", "Yesterday it was banned."],
        ["The plan for 2020 is long."],  # neither behind nor ahead
        ["It is banned.", ("furniture", "Related: Mining, 3 May 2021")],
        [("comment", "I sold in 2021.")],
        ["On 31 February 2021 of last year and 2021-13-45 it was so."],  # no such days
        [("furniture", "Published: 31 February 2021"), "It is banned."],
        ["BEIJING, 30 February 2020 (Xinhua) -- It is banned."],
    ],
)
def test_a_text_that_tells_nothing_of_its_publication(texts):
    assert _published(*texts) == (None, None, None)


def test_a_label_with_no_such_day_leaves_what_the_article_tells():
    texts = [("furniture", "Published: 31 February 2021"), "In October 2020 it was banned."]
    assert _published(*texts)[:2] == ("2020-10-01", None)


def test_the_past_is_a_better_witness_than_a_label():
    texts = [("furniture", "Published: 3 May 2019"), "In October 2020 it was banned."]
    assert _published(*texts)[:2] == ("2020-10-01", None)


@pytest.mark.parametrize(
    "piece",
    [
        "the ",
        "1 ",
        "-",
        "May ",
        "on May 1, ",
        "of the ",
        "2019-",
        "from 2019 to ",
        "last ",
        "'94'",
        "9/",
    ],
)
def test_time_is_linear_on_adversarial_lines(piece):
    def tag(text: str) -> None:
        dates(_sentences(text), _documents())

    assert grows_linearly(tag, piece, "In 2019 ")


def _edited(tmp_path, old: str, new: str) -> Path:
    text = DATES_TOML.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "dates.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('granularity = "day"', 'granularity = "hour"', "granularity 'hour' is unknown"),
        ("days = [2017-09-04]", "day = [2017-09-04]", "lacks 'days'"),
        ("days = [2017-09-04]", "days = [2017-09-04, 2016-09-04]", "the first one first"),
        ("days = [2017-09-04]", "days = [904]", "to be dates"),
        ("pattern = 'Two Sessions'", "pattern = 'Two (Sessions'", "is wrong"),
        ("[[once]]", "[[once", "cannot be read"),
    ],
)
def test_an_error_in_the_named_dates_is_named_with_file_and_entry(tmp_path, old, new, named):
    with pytest.raises(CodebookError) as error:
        load_names(_edited(tmp_path, old, new))
    assert "dates.toml: " in str(error.value)
    assert named in str(error.value)


def test_a_named_date_of_ones_own_is_read(tmp_path):
    entry = '[[once]]\npattern = "Pebble Day"\nhints = ["pebble"]\ndays = [2019-05-06]\n'
    names = load_names(_edited(tmp_path, "[[once]]", f'{entry}granularity = "day"\n[[once]]'))
    match = names.pattern.search("They met on Pebble Day.")
    assert names.meanings[match.lastgroup][0] == "date"
    assert "pebble" in names.hints
