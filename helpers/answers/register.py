"""What is being built?

A register of every system that the sources name: what it is, who is behind it, what it is said to
be for, how far it is said to have come and when, and what the record adds.
"""

from collections import Counter
from collections.abc import Sequence, Sized

import pandas as pd

from helpers.answers.variations import Conclusions, from_sources, without
from helpers.checked import verdicts
from helpers.corpus import Corpus
from helpers.findings import ARTICLE, Finding, evidence, finding
from helpers.record import Record
from helpers.systems import STAGES, roles, systems
from helpers.systems.register import ANCHOR, STAGE_WORDS, Entry, events_naming, key_of
from helpers.words import listed, slug, when

# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "register.named": from_sources(
        lambda corpus, record: (
            f"{_part(_built(corpus), _furthest(corpus))} of the systems that are named are said to"
            " be planned or built"
        )
    ),
    "register.stages": from_sources(
        lambda corpus, record: (
            f"{_part(_only_planned(corpus), _built(corpus))} of what is planned or built is no more"
            " than planned"
            if len(_built(corpus))
            else None
        )
    ),
    "register.behind": from_sources(
        lambda corpus, record: (
            f"who runs it is said of {_part(_run(corpus), _built(corpus))} of what is planned or"
            " built"
            if len(_built(corpus))
            else None
        )
    ),
    "register.thin": from_sources(
        lambda corpus, record: (
            f"{_part(_of_one_source(corpus), _built(corpus))} of what is planned or built is named"
            " by one source alone"
            if len(_built(corpus))
            else None
        )
    ),
    "register.known": from_sources(
        lambda corpus, record: (
            f"the record has events on {_part(_recorded(corpus, record), _furthest(corpus))} of the"
            " systems"
        )
    ),
}


def _part(some: Sized, all_: Sized) -> str:
    return "most" if 2 * len(some) > len(all_) else "at most half"


def _furthest(corpus: Corpus) -> pd.Series:
    """How far each system is said to have come, by its name."""
    return systems(corpus).groupby("system")["stage"].max()


def _built(corpus: Corpus) -> pd.Series:
    """The same for those of which that is known."""
    stages = _furthest(corpus)
    return stages[stages != "unknown"]


def _only_planned(corpus: Corpus) -> pd.Series:
    stages = _built(corpus)
    return stages[stages == "planned"]


def _run(corpus: Corpus) -> set[str]:
    """Those of them of which it is said who runs them."""
    behind = roles(corpus, systems(corpus))
    return set(behind.loc[behind["role"] == "runs", "system"]) & {*_built(corpus).index}


def _of_one_source(corpus: Corpus) -> list[str]:
    """Those of them that one source alone names."""
    sources = systems(corpus).groupby("system")["source"].nunique()
    return [system for system in _built(corpus).index if sources[system] == 1]


def _recorded(corpus: Corpus, record: Record) -> set[str]:
    """The systems on which the record has events."""
    keys = set(events_naming(record)["key"])
    return {naming.system for naming in systems(corpus).itertuples() if key_of(naming) in keys}


def answer(corpus: Corpus, register: Sequence[Entry]) -> list[Finding]:
    """The answer in a few findings: how many systems, how far they are, by whom, how surely."""
    if not register:
        sentence = "These sources cannot say: they name no system."
        return [finding("register.named", sentence, {}, evidence(corpus, corpus.documents))]
    built = [entry for entry in register if entry.group == "built"]
    found = [_named(corpus, register, built)]
    if built:
        found += [_stages(corpus, built), behind(corpus, register), _thin(corpus, built)]
    return [*found, known(corpus, register)]


def _rows(entries: Sequence[Entry], part: str = "namings") -> pd.DataFrame:
    return pd.concat([getattr(entry, part) for entry in entries]).drop_duplicates()


def _named(corpus: Corpus, register: Sequence[Entry], built: Sequence[Entry]) -> Finding:
    """How many systems there are, and how many of them are built."""
    counts = Counter(entry.group for entry in register)
    values = {
        "systems": len(register),
        "built": len(built),
        "acted": counts["acted on"],
        "named": counts["named"],
    }
    sentence = (
        "The sources name {systems} {systems:system/systems}. Of these {built:words}"
        " {built:is/are} said to be planned, on trial, launched or withdrawn; {acted:words}"
        " {acted:is/are} what a ban acts on; {named:words} {named:is/are} no more than a name."
    )
    shown = evidence(corpus, _rows(register), by=("system",), anchor=ANCHOR)
    return finding("register.named", sentence, values, shown)


def _stages(corpus: Corpus, built: Sequence[Entry]) -> Finding:
    """How far those that are built are said to have come."""
    counts = Counter(entry.stage for entry in built)
    values = {
        "built": len(built),
        "planned": counts["planned"],
        "further": [
            f"{counts[stage]} {STAGE_WORDS[stage]}"
            for stage in STAGES
            if counts[stage] and stage not in ("unknown", "planned")
        ],
    }
    sentence = (
        "Of the {built}, {planned:count} {planned:is/are} planned, and no more is said of them"
    )
    sentence += "; the others have come further: {further}." if values["further"] else "."
    shown = evidence(corpus, _rows(built), by=("system",), anchor=ANCHOR)
    return finding("register.stages", sentence, values, shown)


def behind(corpus: Corpus, register: Sequence[Entry]) -> Finding:
    """For how many of those that are built it is said who runs them, and who sponsors them."""
    built = [entry for entry in register if entry.group == "built"]
    run = [entry for entry in built if entry.who("runs")]
    sponsored = [entry for entry in built if entry.who("sponsors")]
    neither = [entry for entry in built if not entry.who("runs", "sponsors", "acts")]
    values = {
        "run": len(run),
        "sponsored": len(sponsored),
        "neither": len(neither),
        "built": len(built),
    }
    sentence = (
        "Who runs or built it is said of {run:count}, who sponsors it of {sponsored:count}; of"
        " {neither:count} of the {built} nobody is named at all."
    )
    rows = _rows(run + sponsored, "roles") if run + sponsored else corpus.sentences.head(0)
    if len(rows):
        rows = rows[rows["role"].isin(["runs", "sponsors"])]
    shown = evidence(corpus, rows, by=("system", "role") if len(rows) else (), anchor="behind")
    return finding("register.behind", sentence, values, shown)


def _thin(corpus: Corpus, built: Sequence[Entry]) -> Finding:
    """How many rest on one source, and on one sentence."""
    sources = [entry.namings["source"].nunique() for entry in built]
    sentences = [len(entry.namings[["source", "sentence"]].drop_duplicates()) for entry in built]
    values = {
        "built": len(built),
        "one_source": sources.count(1),
        "one_sentence": sentences.count(1),
    }
    sentence = (
        "Of the {built}, {one_source:count} {one_source:is/are} named by one source alone,"
        " {one_sentence:count} in one sentence alone."
    )
    shown = evidence(corpus, _rows(built), by=("system",), anchor=ANCHOR)
    return finding("register.thin", sentence, values, shown)


def known(corpus: Corpus, register: Sequence[Entry]) -> Finding:
    """How many the record knows, and which of those that are built it does not."""
    known = [entry for entry in register if len(entry.events)]
    built = [entry for entry in register if entry.group == "built"]
    unknown = [entry.system for entry in built if entry.events.empty]
    values = {"known": len(known), "systems": len(register), "unknown": unknown}
    sentence = "The record has events on {known} of the {systems}"
    sentence += (
        "; of those that are planned or built, it has none on {unknown}." if unknown else "."
    )
    shown = evidence(corpus, _rows(register, "events"), anchor="record")
    return finding("register.known", sentence, values, shown)


def entry_findings(corpus: Corpus, register: Sequence[Entry], group: str) -> list[Finding]:
    """One finding for each system of a group: what it is, how far, by whom, for what, what else."""
    return [_entry(corpus, entry) for entry in register if entry.group == group]


def _entry(corpus: Corpus, entry: Entry) -> Finding:
    said = entry.namings[entry.namings["zone"].isin(ARTICLE)]
    purposes = entry.roles[entry.roles["role"] == "purpose"]
    runs, sponsors = entry.who("runs"), entry.who("sponsors")
    values = {
        "system": entry.system,
        "kind": entry.kind,
        "stages": _stages_said(said),
        "sources": [*dict.fromkeys(entry.namings["source"])],
        "runs": runs,
        "sponsors": sponsors,
        "acts": [who for who in entry.who("acts") if who not in (*runs, *sponsors)],
        "purpose": purposes["who"].iloc[0] if len(purposes) else "",
        "events": len(entry.events),
        "verdicts": verdicts(entry.checks),
        "checks": len(entry.checks),
    }
    parts = ["{system} ({kind}, in {sources:source/sources} {sources}): "]
    parts.append("{stages}." if values["stages"] else _no_stage(entry, said))
    if runs:
        parts.append(" Run or built by {runs}.")
    if sponsors:
        parts.append(" Sponsored by {sponsors}.")
    if values["acts"]:
        parts.append(" Said to act on it: {acts}.")
    if values["purpose"]:
        parts.append(" What for: {purpose:quote}.")
    parts.append(" " + _record_says(entry, values))
    shown = evidence(corpus, entry.namings, anchor=slug(ANCHOR, entry.system))
    for rows in (entry.events, entry.checks):
        if len(rows):
            shown += evidence(corpus, rows)
    id = f"register.{slug(entry.system)}"
    return finding(id, "".join(parts), values, shown)


def _stages_said(said: pd.DataFrame) -> list[str]:
    """The stages, together for the days for which they are said, in the order of these."""
    known = said[said["stage"] != "unknown"].sort_values(["earliest", "stage"], kind="stable")
    parts = []
    for days, rows in known.groupby(["earliest", "latest", "dated"], dropna=False):
        stages = listed([STAGE_WORDS[stage] for stage in dict.fromkeys(rows["stage"])])
        told = when(*days[:2])
        parts.append(f"{stages} {told}" if days[2] else f"{stages} (told {told})")
    return parts


def _no_stage(entry: Entry, said: pd.DataFrame) -> str:
    """What is said of a system that has no stage."""
    if said.empty:
        return "only readers name it, under an article; nothing is counted there."
    if entry.group == "acted on":
        return "named where a ban is told of; how far it has come is not said."
    return "a name and no more; how far it has come is not said."


def _record_says(entry: Entry, values: dict) -> str:
    """What the record adds, as a template."""
    sentence = "The record has nothing on it"
    if len(entry.events):
        last = entry.events.sort_values("earliest").iloc[-1]
        values |= {"last": when(last["earliest"], last["latest"]), "title": last["title"]}
        sentence = (
            "The record has {events} {events:event/events} on it, the last {last} ({title:quote})"
        )
    if values["checks"] == 1:
        values["verdicts"] = [verdicts(entry.checks)[0].split(" ", 1)[1]]
        sentence += "; the one statement that was checked where it is named is {verdicts}"
    elif values["checks"]:
        sentence += "; of {checks:words} statements that were checked where it is named, {verdicts}"
    return f"{sentence}."


def overview(corpus: Corpus, register: Sequence[Entry]) -> Finding:
    """What the figure shows: the systems by the furthest stage that is said of them."""
    by_stage: dict[str, list[str]] = {}
    for entry in register:
        if entry.group == "built":
            by_stage.setdefault(entry.stage, []).append(entry.system)
    values = {
        "stages": "; ".join(
            f"{STAGE_WORDS[stage]}: {listed(by_stage[stage])}"
            for stage in STAGES
            if stage in by_stage
        )
        or "none",
        "others": len(register) - sum(map(len, by_stage.values())),
        "events": len(_rows(register, "events")) if register else 0,
    }
    sentence = (
        "How far each system is said to have come, at its furthest; {stages}. Of {others}"
        " {others:other/others} nothing is said of that. The ticks are {events} events of the"
        " record that name them."
    )
    rows = _rows(register) if register else corpus.documents
    shown = evidence(corpus, rows, by=("system",) if register else (), anchor=ANCHOR)
    return finding("register.overview", sentence, values, shown)


def namings(register: Sequence[Entry]) -> pd.DataFrame:
    """All namings of all systems: what the evidence table shows, by system."""
    return _rows(register) if register else pd.DataFrame(columns=["source", "sentence"])


def left_out(corpus: Corpus) -> list[Finding]:
    """Which systems would be gone without each of the sources."""
    named = systems(corpus)
    return [_left_out(corpus, named, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, named: pd.DataFrame, source: str) -> Finding:
    rest = set(systems(without(corpus, source))["system"])
    gone = [*dict.fromkeys(system for system in named["system"] if system not in rest)]
    values = {"source": source, "gone": gone, "count": len(gone), "rest": len(rest)}
    sentence = (
        "Without source {source}, {count} {count:system/systems} would be gone, and {rest} left"
        + ("; gone: {gone}." if gone else ".")
    )
    document = corpus.documents[corpus.documents["source"] == source]
    id = f"register.without-{slug(source)}"
    return finding(id, sentence, values, evidence(corpus, document))


def unsure(corpus: Corpus, register: Sequence[Entry]) -> Finding:
    """Of which systems the sources say more than one thing on how far they have come."""
    stages = {entry.system: _known_stages(entry) for entry in register}
    torn = {system: known for system, known in stages.items() if len(known) > 1}
    values = {
        "torn": len(torn),
        "parts": "; ".join(
            f"{system} ({listed([STAGE_WORDS[stage] for stage in known])})"
            for system, known in torn.items()
        ),
    }
    sentence = (
        "Of {torn:words} {torn:system/systems} more than one thing is said: {parts}."
        if torn
        else "Of no system is more than one thing said."
    )
    rows = [entry.namings for entry in register if entry.system in torn]
    rows = pd.concat(rows or [corpus.sentences.head(0)])
    if len(rows):
        rows = rows[rows["stage"] != "unknown"]
    shown = evidence(corpus, rows, by=("system", "stage") if len(rows) else (), anchor="unsure")
    return finding("register.unsure", sentence, values, shown)


def _known_stages(entry: Entry) -> list[str]:
    known = set(entry.namings["stage"])
    return [stage for stage in STAGES if stage in known and stage != "unknown"]


def nearest(corpus: Corpus, register: Sequence[Entry]) -> Finding:
    """What would change the answer: a status for those that are only names."""
    bare = [entry for entry in register if entry.group == "named"]
    values = {"bare": len(bare), "names": [entry.system for entry in bare]}
    sentence = "What would change it is a source that says more"
    sentence += (
        ": of {bare:words} {bare:system/systems} there is only the name ({names})."
        if bare
        else "; every system that is named now has a status, or is acted on."
    )
    rows = _rows(bare) if bare else corpus.sentences.head(0)
    shown = evidence(corpus, rows, by=("system",) if bare else (), anchor="bare")
    return finding("register.nearest", sentence, values, shown)
