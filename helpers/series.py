"""Figures over time: series of the record, and what the sources count and rank themselves."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

import pandas as pd

from helpers.corpus import Corpus
from helpers.findings import CONFIRMED
from helpers.record import Record

MINING = "china_share_of_bitcoin_hashrate"  # in per cent of the world's
MINING_OTHERWISE = "china_share_of_bitcoin_hashrate_hashrate_index"  # by another method
RANK = "chainalysis_p2p_rank_china"  # of trade between persons; 1 is most
RANK_OVERALL = "chainalysis_global_adoption_rank_china"
VOLUMES = ("china_crypto_volume_chainalysis", "china_crypto_otc_volume_chainalysis")
YUAN = "yuan_share_of_bitcoin_trading"
PILOTS = "ecny_pilot_places"
WALLETS = "ecny_personal_wallets"  # in millions
VALUE, PAYMENTS = "ecny_cumulative_transaction_value", "ecny_cumulative_transactions_count"
CIRCULATION = "ecny_in_circulation"
# What enforcement counted, as a figure calls it.
COUNTED = {
    "overseas_platform_websites_blocked": "websites abroad blocked",
    "domestic_exchanges_exited": "exchanges at home gone",
    "domestic_ico_platforms_exited": "coin offerers at home gone",
    "overseas_exchanges_identified_for_blocking": "exchanges abroad to be blocked",
    "xinhua_2019_crackdown_domestic_exchanges_closed": "new exchanges at home closed",
    "xinhua_2019_crackdown_overseas_platforms_handled": "platforms abroad dealt with",
    "xinhua_2019_crackdown_payment_accounts_closed": "payment accounts closed",
    "xinhua_2019_crackdown_wechat_programs_accounts_closed": "WeChat accounts closed",
    "crypto_accounts_closed_cac": "web accounts closed",
}

_COMPARED = {
    "about": "about ",
    "more_than": "more than ",
    "at_least": "at least ",
    "less_than": "fewer than ",
    "up_to": "up to ",
}
# What enforcement can close, block or cut off.
_CLOSABLE = re.compile(
    r"\b(?:exchange|platform|account|app|site|website|channel|group|mine|miner|machine|farm)s?\b",
    re.IGNORECASE,
)
_FROM_PERSON_TO_PERSON = re.compile(r"peer.to.peer|\bp2p\b", re.IGNORECASE)


class Course(NamedTuple):
    """How a series went: its first and last point, and its highest and lowest between them.

    Each is a row of the series table, as a dictionary; of equal values it is the earliest.
    """

    first: dict
    highest: dict
    lowest: dict  # of those that came after the highest, or that itself if it came last
    last: dict


def points(record: Record, *series: str) -> pd.DataFrame:
    """The rows of some series, in the order of time."""
    rows = record.series[record.series["series"].isin(series)]
    return rows.sort_values(["earliest", "latest"], kind="stable")


def course(rows: pd.DataFrame) -> Course:
    """How the points of one series went. There must be at least one."""
    highest = rows["value"].argmax()
    after = rows.iloc[highest:]
    chosen = (rows.iloc[0], rows.iloc[highest], after.iloc[after["value"].argmin()], rows.iloc[-1])
    return Course(*(row.to_dict() for row in chosen))


def falls(rows: pd.DataFrame) -> pd.DataFrame:
    """The points of a running total that are lower than the one before, with its `before`.

    A total of all there ever were cannot fall: where it does, something else was counted.
    """
    before = rows["value"].shift()
    return rows[rows["value"] < before].assign(before=before[rows["value"] < before])


def days(row: dict) -> tuple:
    """The first and the last day that a point of a series is of."""
    return row["earliest"], row["latest"]


def bans(record: Record) -> pd.DataFrame:
    """The events by which the central state restricts cryptocurrency."""
    events = record.events
    return events[
        (events["stance"] == "restrict")
        & (events["object"] == "cryptocurrency")
        & (events["level"] == "central")
    ]


def counts(corpus: Corpus, claims: Iterable[Any] | None = None) -> pd.DataFrame:
    """What the sources count of what can be closed, where they say that crypto is restricted.

    `claims`, as named tuples, are those of the corpus if not given. Columns: those of the
    quantities.
    """
    told = {
        (claim.source, claim.sentence)
        for claim in (corpus.claims.itertuples() if claims is None else claims)
        if (claim.stance, claim.object) == ("restrict", "cryptocurrency")
        and claim.status in CONFIRMED
    }
    rows = _in_sentences(corpus.quantities, told)
    counted = rows["of"].fillna("") + " " + rows["unit_of_measure"].fillna("")
    return rows[counted.str.contains(_CLOSABLE)]


@lru_cache(maxsize=8)
def ranks(corpus: Corpus) -> pd.DataFrame:
    """The ranks that the sources give trade from person to person, with a date for each.

    Sentences that have not as many dates as ranks are left aside.

    Columns: those of the quantities, and earliest and latest of the date that goes with it. The
    table is shared: do not change it.
    """
    sentences = corpus.sentences
    speaking = sentences[sentences["exact"].str.contains(_FROM_PERSON_TO_PERSON)]
    told = set(zip(speaking["source"], speaking["sentence"], strict=True))
    rows = _in_sentences(corpus.quantities, told)
    rows = rows[rows["unit_of_measure"] == "rank"]
    dated = []
    for (source, sentence), group in rows.groupby(["source", "sentence"], sort=False):
        mine = corpus.dates[
            (corpus.dates["source"] == source) & (corpus.dates["sentence"] == sentence)
        ]
        if len(mine) == len(group):
            ends = mine[["earliest", "latest"]].set_axis(group.index)
            dated.append(group.join(ends))
    return pd.concat(dated) if dated else rows.head(0).assign(earliest=pd.NaT, latest=pd.NaT)


def _in_sentences(rows: pd.DataFrame, sentences: set[tuple[str, int]]) -> pd.DataFrame:
    """The rows that stand in one of these sentences, each given by its source and number."""
    places = zip(rows["source"], rows["sentence"], strict=True)
    return rows[pd.Series([place in sentences for place in places], rows.index, dtype=bool)]


class Span(NamedTuple):
    """The mean payment between two days of which both value and number are known."""

    since: pd.Timestamp | None  # None: from the beginning
    until: pd.Timestamp
    mean: float  # in yuan


def means(record: Record) -> list[Span]:
    """The mean payment between each two days of which both value and number are known."""
    columns = {}
    for series, unit, scale in ((VALUE, "trillion CNY", 1e12), (PAYMENTS, "billion", 1e9)):
        rows = points(record, series)
        rows = rows[rows["unit"] == unit].drop_duplicates("latest").set_index("latest")
        columns[series] = rows["value"] * scale
    both = pd.DataFrame(columns).dropna()
    spans, since, before = [], None, (0.0, 0.0)
    for until, paid, made in both.sort_index().itertuples():
        if made > before[1]:
            spans.append(Span(since, until, (paid - before[0]) / (made - before[1])))
        since, before = until, (paid, made)
    return spans


def in_words(row: dict) -> str:
    """A quantity in words: 'about 10,000 Alipay accounts'."""
    value = f"{_COMPARED.get(row['comparison'], '')}{_digits(row['value'])}"
    if pd.notna(row["value_high"]):
        value += f" to {_digits(row['value_high'])}"
    return f"{value} {row['of'] or row['unit_of_measure'] or ''}".strip()


def _digits(value: float) -> str:
    return f"{value:,.0f}" if value == round(value) else f"{value:,g}"


def yuan_points(record: Record) -> pd.DataFrame:
    """All figures of the digital yuan."""
    return points(record, PILOTS, WALLETS, VALUE, PAYMENTS, CIRCULATION)


def yuan_courses(record: Record) -> dict[str, pd.DataFrame]:
    """The figures of the digital yuan that can be drawn, under their titles."""
    named = {
        "places where it is tried": PILOTS,
        "personal wallets, in millions": WALLETS,
        "paid in all, in trillions of yuan": VALUE,
    }
    return {title: points(record, series) for title, series in named.items()}
