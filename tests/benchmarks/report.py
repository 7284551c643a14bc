"""What `make bench` measured, as a page with a figure: build/benchmarks.md and benchmarks.svg.

`python tests/benchmarks/report.py build/benchmarks.json` writes them beside the JSON.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from statistics import median

import matplotlib
from matplotlib import pyplot as plt
from plan import plan

OURS, QUIET = "#1f5a8a", "#555555"
RUNS = {"1": "one worker", "2": "two workers", "dask": "Dask, two workers"}


def main(path: Path) -> None:
    """Write the page and its figure beside the JSON of pytest-benchmark."""
    told = json.loads(path.read_text(encoding="utf-8"))
    rows = [bench["extra_info"] for bench in told["benchmarks"]]
    figure = path.with_suffix(".svg")
    _draw(rows, figure)
    parts = [_head(told), f"![What a megabyte costs]({figure.name})", _peers(rows), _growth(rows)]
    parts += [_tables(rows), _waiting(told["benchmarks"]), _planned(rows)]
    page = path.with_suffix(".md")
    page.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")
    print(f"The report is {page}")


def _having(rows: list[dict], *names: str) -> list[dict]:
    return [row for row in rows if set(names) <= set(row)]


def _table(header: str, rows: list[list]) -> str:
    lines = [header, "|".join(["", *("---" for _ in header.split("|")[1:-1]), ""])]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])


# --- what was measured ------------------------------------------------------------------------


def _head(told: Mapping) -> str:
    machine, commit = told["machine_info"], told["commit_info"]
    cpu = machine.get("cpu", {})
    return (
        "# What it costs to code\n\n"
        f"Measured on {told['datetime'][:10]}, at revision {commit['id'][:7]}"
        f"{', with changes' if commit.get('dirty') else ''}; Python {machine['python_version']},"
        f" {cpu.get('count', '?')} cores ({cpu.get('brand_raw', 'unknown')}). The texts are made"
        " up, as varied as one likes; a megabyte is a million characters. Other work on the machine"
        " makes every figure worse."
    )


def _peers(rows: list[dict]) -> str:
    rows = sorted(_having(rows, "peer"), key=lambda row: -row["peer seconds per MB"])
    if not rows:
        return ""
    cells = [
        [
            f"{row['peer']} {row['version']}",
            row["does"],
            f"{row['peer seconds per MB']:.2f}",
            f"{row['seconds per MB']:.2f}",
            _short(row["peer seconds per MB"] / row["seconds per MB"]),
            f"{row['megabytes']:g}",
        ]
        for row in rows
    ]
    header = "| beside | which | its s/MB | our s/MB | its time by ours | MB it read |"
    return (
        "## Beside what others do\n\nSeconds of one core, in the same run, on the same kind of"
        " text, of which slow ones read less. We code all of it: zones, sentences, dates,"
        " quantities, mentions and claims.\n\n" + _table(header, cells)
    )


def _growth(rows: list[dict]) -> str:
    sizes = [
        [f"{row['megabytes']:g}", f"{row['texts']:,}", f"{row['seconds per MB']:.2f}"]
        for row in _having(rows, "texts")
    ]
    lengths = [
        [f"{row['length']:,}", f"{row['seconds per MB']:.2f}"] for row in _having(rows, "length")
    ]
    if not sizes or not lengths:
        return ""
    return (
        "## As a corpus grows, and as texts grow longer\n\nSeconds of one core, in memory.\n\n"
        + _table("| MB | texts | s/MB |", sizes)
        + "\n\n"
        + _table("| characters of a text | s/MB |", lengths)
    )


def _tables(rows: list[dict]) -> str:
    rows = _having(rows, "workers")
    if not rows:
        return ""
    cells = [
        [
            RUNS[row["workers"]],
            f"{row['seconds']:.1f}",
            *(f"{row[part]:.1f}" for part in ("dealing", "coding", "finishing")),
            f"{_worker_memory(row):.0f}",
        ]
        for row in rows
    ]
    header = "| | seconds | dealing | coding | copies | MB of a worker, at most |"
    by = {row["workers"]: row["seconds"] for row in rows}
    said = []
    if {"1", "2"} <= set(by):
        said.append(f"Two workers are {by['1'] / by['2']:.2f} times as fast as one.")
    if {"2", "dask"} <= set(by):
        more = by["dask"] / by["2"] - 1
        said.append(f"Dask takes {abs(more):.0%} {'more' if more > 0 else 'less'} than they do.")
    return (
        f"## Tables on disk, from {rows[0]['megabytes']:g} MB in {rows[0]['sources']:,} texts\n\n"
        "Seconds by the clock, from the start to the last file; all runs wrote the same bytes."
        f" {' '.join(said)}\n\n" + _table(header, cells)
    )


def _worker_memory(row: Mapping) -> float:
    return row["own MB" if row["workers"] == "1" else "worker MB"]


def _waiting(benches: list[dict]) -> str:
    """What has no more to say than how long it took."""
    names = ("test_import", "test_read_corpus", "test_validation")
    rows = [
        [f"`{bench['name']}`", f"{bench['stats']['min']:.2f}"]
        for bench in benches
        if bench["name"].startswith(names)
    ]
    if not rows:
        return ""
    return "## What a reader waits for\n\n" + _table("| | seconds, fastest round |", rows)


def _planned(rows: list[dict]) -> str:
    """The plan, from the run with one worker."""
    return next((plan(row) for row in _having(rows, "workers") if row["workers"] == "1"), "")


# --- the figure -------------------------------------------------------------------------------


def _draw(rows: list[dict], path: Path) -> None:
    style = {"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}
    with matplotlib.rc_context(style | {"svg.fonttype": "none", "svg.hashsalt": "bench"}):
        figure, axes = plt.subplots(2, 2, figsize=(11, 7), layout="constrained")
        _draw_peers(axes[0, 0], rows)
        _draw_tables(axes[0, 1], rows)
        _draw_line(axes[1, 0], _having(rows, "texts"), "megabytes", "megabytes in the corpus")
        _draw_line(axes[1, 1], _having(rows, "length"), "length", "characters in each text")
        axes[1, 0].set_title("A larger corpus: seconds for each megabyte", loc="left")
        axes[1, 1].set_title("Longer texts: seconds for each megabyte", loc="left")
        figure.savefig(path, metadata={"Date": None})
        plt.close(figure)


def _draw_peers(axes, rows: list[dict]) -> None:
    axes.set_title("Seconds of one core for a megabyte, each step ten times", loc="left")
    peers = _having(rows, "peer")
    if not peers:
        return _nothing(axes)
    ours = median(row["seconds per MB"] for row in peers)
    points = [(row["peer seconds per MB"], row["peer"], row["does"]) for row in peers]
    points = sorted([*points, (ours, "this coder", "codes all of it")])
    for place, (seconds, name, _) in enumerate(points):
        mine = name == "this coder"
        words = f"   {_short(seconds)} s" + (
            "" if mine else f", {_short(seconds / ours)} times ours"
        )
        axes.plot(seconds, place, "o", color=OURS if mine else QUIET, markersize=8)
        axes.text(seconds, place, words, va="center", color=OURS if mine else QUIET)
    axes.set_yticks(range(len(points)), [f"{name}\n{does}" for _, name, does in points])
    axes.set_xscale("log")
    axes.set_xlim(points[0][0] / 3, points[-1][0] * 100)
    axes.set_ylim(-0.6, len(points) - 0.4)
    axes.grid(axis="x", color="#e6e6e6")
    axes.set_axisbelow(True)
    axes.tick_params(left=False, bottom=False, which="both", labelbottom=False)
    axes.spines[["bottom", "left"]].set_visible(False)
    return None


def _short(number: float) -> str:
    """A number with two digits that count, as one reads it."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def _draw_tables(axes, rows: list[dict]) -> None:
    runs = _having(rows, "workers")
    if not runs:
        axes.set_title("Tables on disk", loc="left")
        return _nothing(axes)
    axes.set_title(f"Tables on disk, from {runs[0]['megabytes']:g} MB: seconds", loc="left")
    for place, row in enumerate(runs):
        axes.barh(place, row["seconds"], color=OURS, height=0.6)
        words = f" {row['seconds']:.0f} s, a worker takes {_worker_memory(row):.0f} MB"
        axes.text(row["seconds"], place, words, va="center", color=QUIET)
    axes.set_yticks(range(len(runs)), [RUNS[row["workers"]] for row in runs])
    axes.set_xlim(0, max(row["seconds"] for row in runs) * 2)
    axes.invert_yaxis()
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    axes.spines[["bottom", "left"]].set_visible(False)
    return None


def _draw_line(axes, rows: list[dict], name: str, words: str) -> None:
    if not rows:
        return _nothing(axes)
    x, y = [row[name] for row in rows], [row["seconds per MB"] for row in rows]
    axes.plot(x, y, color=OURS, marker="o")
    for at, seconds in zip(x, y, strict=True):
        axes.annotate(
            f"{seconds:.2f}", (at, seconds), (0, 7), textcoords="offset points", ha="center"
        )
    axes.set_xscale("log")
    axes.set_xticks(x, [f"{at:,g}" if at < 1000 else f"{at:,.0f}" for at in x])
    axes.minorticks_off()
    axes.set_xlim(x[0] / 1.8, x[-1] * 1.8)
    axes.set_ylim(0, max(y) * 1.4)
    axes.set_xlabel(words)
    return None


def _nothing(axes) -> None:
    axes.set_axis_off()
    axes.text(0, 0.9, "not measured in this run", color=QUIET, transform=axes.transAxes)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
