"""What very many articles would cost on a cluster, computed from one measured run.

What it takes for granted is set by environment variables: ARTICLES, ARTICLE_LENGTH (characters),
CORES, CORE_HOUR and GIGABYTE_MONTH (dollars).
"""

import os
from collections.abc import Mapping
from pathlib import Path

from helpers.tabulate.files import _HELD
from helpers.tabulate.running import _PARTITION

SEEDS = Path(__file__).parents[2] / "seeds"
# The prices are orders of magnitude of what clouds ask for a shared core and for a disk.
ASSUMED = {"ARTICLES": 100_000_000, "CORES": 1_000, "CORE_HOUR": 0.05, "GIGABYTE_MONTH": 0.02}
PAGE = """## A plan, on paper: {ARTICLES:,.0f} articles on {CORES:,.0f} cores

Nobody has run this. It is the run with one worker above, of {sample:g} MB, taken as many times as
it goes into so much text: the smaller it was, the more of it is only beginning and ending, and from
less than a hundred megabytes the hours of one process come out far too many.

Assumed is that an article has {length:,.0f} characters (unless ARTICLE_LENGTH says otherwise, the
mean of our own sources), that a core costs ${CORE_HOUR:g} an hour and a gigabyte
${GIGABYTE_MONTH:g} a month (CORE_HOUR, GIGABYTE_MONTH: set your own), that the articles are like
the texts made up for measuring, that one core is like another, and that disks and network keep up.

| what | how much |
|---|---|
| text | {gigabytes:,.0f} GB |
| coding | {coding:,.0f} core-hours, ${price:,.0f} |
| coding, by the clock | {coding_wall:,.1f} hours |
| dealing sources into partitions, by one process | {dealing:,.1f} hours |
| finding copies, by one process | {finishing:,.1f} hours |
| all of it, by the clock | {wall:,.1f} hours |
| tables | {parquet:,.0f} GB as Parquet and {csv:,.0f} GB as CSV, ${rent:,.0f} a month |
| claims in them | {claims:,.0f} |
| partitions, of {partition:.0f} MB each | {partitions:,.0f} |
| files of tables | {files:,.0f} |
| files of dealt sources, for as long as the run takes | {dealt:,.0f} |

### What would break first

1. **The number of files.** Sources are dealt to their partitions through files, on the disk of the
   one process that reads them: each time it holds {held:.0f} MB it writes them, to a file for every
   partition that gets some. With so many partitions that comes to the files in the last row.
   Larger partitions help (`partitions=` sets their number), and so does one run for each part of
   the corpus, by its year for instance, whose tables stand side by side.
2. **What one process does.** Dealing and the search for copies get no faster with more cores: they
   take {serial:,.1f} of the {wall:,.1f} hours, and with more than {break_even:,.0f} cores more than
   half of the time. Runs for parts of the corpus do them side by side.
3. **Copies across parts.** A run marks copies among its own sources only: an article that is in
   two parts counts twice. The signatures of every part stay beside its tables, and would have to be
   compared once more, band by band. That step is not built.
4. **The size of a partition.** A worker holds all texts of its partition in memory. That is little
   now; partitions a hundred times as large would have to be read piece by piece."""


def plan(run: Mapping[str, float]) -> str:
    """The page, from what a run with one worker took (see `bench_tables`)."""
    given = {name: float(os.environ.get(name, usual)) for name, usual in ASSUMED.items()}
    texts = [path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")]
    length = float(os.environ.get("ARTICLE_LENGTH", sum(map(len, texts)) / len(texts)))
    megabytes = given["ARTICLES"] * length / 1e6
    by_text, by_article = megabytes / run["megabytes"], given["ARTICLES"] / run["sources"]
    coding, dealing = (by_text * run[part] / 3600 for part in ("coding", "dealing"))
    finishing = by_article * run["finishing"] / 3600
    serial = dealing + finishing
    parquet, csv = (by_text * run[f"{kind} MB"] / 1e3 for kind in (".parquet", ".csv"))
    partitions = megabytes * 1e6 / _PARTITION
    return PAGE.format(
        **given,
        sample=run["megabytes"],
        length=length,
        gigabytes=megabytes / 1e3,
        coding=coding,
        price=coding * given["CORE_HOUR"],
        coding_wall=coding / given["CORES"],
        dealing=dealing,
        finishing=finishing,
        serial=serial,
        wall=serial + coding / given["CORES"],
        break_even=coding / serial,
        parquet=parquet,
        csv=csv,
        rent=(parquet + csv) * given["GIGABYTE_MONTH"],
        claims=by_article * run["claims"],
        partition=_PARTITION / 2**20,
        partitions=partitions,
        files=partitions * run["files"] / run["partitions"],
        dealt=min(given["ARTICLES"], partitions * megabytes * 1e6 / _HELD),
        held=_HELD / 2**20,
    )
