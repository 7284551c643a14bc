"""Who bans, and who promotes?

Claims and events are told apart by the level of who acts. An act is a claim of something done or
planned; rumours and denials are no acts.
"""

from collections import Counter
from functools import lru_cache

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, flips, from_claims, rows_of, without
from helpers.corpus import Corpus
from helpers.findings import CONFIRMED, Finding, evidence, finding
from helpers.record import Record
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.tables import LEVELS, OBJECTS, STANCES
from helpers.words import listed, named, slug

GROUPS = ("stance", "object", "level")  # of the evidence table that the figure leads to

_DOING = {"restrict": "restricting", "promote": "promoting"}
_NAMES_SHOWN = 5


def acts(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims of acts done or planned."""
    return claims[claims["status"].isin(CONFIRMED)]


def levels_of(table: pd.DataFrame | Rows, stance: str) -> dict[str, int]:
    """How many rows (claims or events) of one stance each level has: the most first."""
    counts = Counter(row.level for row in rows_of(table) if row.stance == stance)
    # Of levels with the same number, the one that the codebook lists first.
    ordered = sorted(LEVELS, key=lambda level: -counts[level])
    return {level: counts[level] for level in ordered if counts[level]}


# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "levels.who": from_claims(
        lambda corpus, record, claims: _in_words(claims) if _done(claims) else None
    ),
    "levels.what": from_claims(
        lambda corpus, record, claims: (
            f"what is promoted most often is {_same(_favourites(_done(claims)))} for all"
        )
    ),
    "levels.both": from_claims(
        lambda corpus, record, claims: _both_in_words(*_doing_both(_done(claims)))
    ),
    "levels.unnamed": from_claims(
        lambda corpus, record, claims: (
            f"{_part_of_nobody(claims)} of the restrictions are by nobody in particular"
        )
    ),
    "levels.record": from_claims(
        lambda corpus, record, claims: (
            "by the record others restrict as well"
            if _besides(record, _done(claims))
            else "by the record nobody else restricts"
            if _restricting(record)
            else None
        )
    ),
}


def _done(claims: pd.DataFrame | Rows) -> Rows:
    return [claim for claim in rows_of(claims) if claim.status in CONFIRMED]


def _same(favourites: dict[str, tuple]) -> str:
    return "not the same" if len({thing for thing, *_ in favourites.values()}) > 1 else "the same"


def _both_in_words(of_both: list[str], clashing: set) -> str:
    same = "even" if clashing else "but not"
    return f"both are done by {listed([*map(named, of_both)] or ['nobody'])}, {same} to one thing"


def _part_of_nobody(claims: Rows) -> str:
    actors = [claim.actor for claim in _done(claims) if claim.stance == "restrict"]
    return "most" if 2 * sum(map(pd.isna, actors)) > len(actors) else "at most half"


def answer(corpus: Corpus, record: Record) -> list[Finding]:
    """The answer in a few findings: who restricts, who promotes what, and who does both."""
    if acts(corpus.claims).empty:
        return [_who(corpus)]
    found = [_who(corpus), _what(corpus), _both(corpus), unnamed(corpus)]
    return [*found, in_record(corpus, record)]


def _who(corpus: Corpus) -> Finding:
    """How the acts of both stances are shared among the levels."""
    claims = acts(corpus.claims)
    restricted, promoted = levels_of(claims, "restrict"), levels_of(claims, "promote")
    values = {
        "claims": len(claims),
        "restrictions": sum(restricted.values()),
        "restrictors": [*restricted] or ["nobody"],
        "promotions": sum(promoted.values()),
        "promoters": _counted(promoted),
        "shares": _counted(restricted),
    }
    if claims.empty:
        sentence = "These sources cannot say: they make no claim that anybody does either."
    elif not restricted:
        sentence = "Nobody bans: the sources tell of no restriction that is done or planned"
    elif len(restricted) == 1:
        sentence = (
            "Every restriction that the sources tell of is by {restrictors:name}"
            " ({restrictions} {restrictions:claim/claims} of acts done or planned)"
        )
    else:
        sentence = (
            "Of {restrictions} claims that something is restricted (done or planned), there are"
            " {shares}"
        )
    if len(claims):
        sentence += (
            "; of {promotions} {promotions:claim/claims} that something is promoted, there are"
            " {promoters}."
            if promoted
            else "; of any promotion they tell nothing."
        )
    shown = evidence(corpus, claims, by=("stance", "level"))
    return finding("levels.who", sentence, values, shown)


def _counted(levels: dict[str, int]) -> list[str]:
    """Levels with their numbers, in words."""
    return [f"{count} by {named(level)}" for level, count in levels.items()]


def _what(corpus: Corpus) -> Finding:
    """What each level promotes most often."""
    claims = acts(corpus.claims)
    claims = claims[claims["stance"] == "promote"]
    by_thing: dict[str, list[str]] = {}
    for level, (thing, most, all_) in _favourites(rows_of(claims)).items():
        by_thing.setdefault(thing, []).append(f"{named(level)} ({most} of {all_})")
    values = {
        "things": len(by_thing),
        "parts": "; ".join(f"{named(thing)} by {listed(by)}" for thing, by in by_thing.items()),
    }
    if not by_thing:
        sentence = "So there is nothing to say of what is promoted most."
    elif len(by_thing) == 1:
        sentence = "What is promoted most often is the same for all: {parts}."
    else:
        sentence = "What is promoted most often is not the same for all: {parts}."
    return finding(
        "levels.what", sentence, values, evidence(corpus, claims, by=("level", "object"))
    )


def _favourites(claims: Rows) -> dict[str, tuple[str, int, int]]:
    """For each level what it promotes most often, in how many claims, and of how many."""
    counts = {level: Counter() for level in levels_of(claims, "promote")}
    for claim in claims:
        if claim.stance == "promote":
            counts[claim.level][claim.object] += 1
    # Of objects with the same number, the one that the codebook lists first.
    return {
        level: (thing := max(OBJECTS, key=mine.__getitem__), mine[thing], mine.total())
        for level, mine in counts.items()
    }


def _both(corpus: Corpus) -> Finding:
    """Which levels do both, and whether to the same thing."""
    claims = acts(corpus.claims)
    of_both, at_odds = _doing_both(rows_of(claims))
    mine = claims[claims["level"].isin(of_both)]
    things = {stance: _things(mine[mine["stance"] == stance]) for stance in STANCES}
    pairs = zip(mine["level"], mine["object"], strict=True)
    clashing = mine.loc[[pair in at_odds for pair in pairs]]
    values = {
        "both": of_both,
        "restricted": things["restrict"],
        "promoted": things["promote"],
        "clashing": _things(clashing),
    }
    if not of_both:
        sentence = "Nobody does both: no level restricts one thing and promotes another."
    elif clashing.empty:
        sentence = (
            "Both are done by {both:name}{both: alone/}, and not to the same thing:"
            " {restricted:name} {restricted:is/are} restricted, {promoted:name}"
            " {promoted:is/are} promoted."
        )
    else:
        sentence = "Both are done by {both:name}, and even to the same thing: {clashing:name}."
    shown = evidence(corpus, clashing if len(clashing) else mine, by=("stance", "object"))
    return finding("levels.both", sentence, values, shown)


def _doing_both(claims: Rows) -> tuple[list[str], set[tuple[str, str]]]:
    """The levels that have both stances, and those with the object to which they have both."""
    sides = {
        stance: {(claim.level, claim.object) for claim in claims if claim.stance == stance}
        for stance in STANCES
    }
    of_both = set.intersection(*({level for level, _ in side} for side in sides.values()))
    return sorted(of_both, key=LEVELS.index), set.intersection(*sides.values())


def _things(claims: pd.DataFrame) -> list[str]:
    """The objects that occur, in the codebook's order."""
    return [code for code in claims["object"].cat.categories if (claims["object"] == code).any()]


def in_record(corpus: Corpus, record: Record) -> Finding:
    """Which levels restrict in the record, beside those that the sources know of."""
    events = record.events[record.events["stance"] == "restrict"]
    besides = _besides(record, acts(corpus.claims))
    values = {
        "events": len(events),
        "besides": sum(besides.values()),
        "parts": [f"{count} of {named(level)}" for level, count in besides.items()],
    }
    if events.empty:
        sentence = "There is no record of restrictions to compare that with."
    elif besides:
        sentence = (
            "That is not the whole story. Of {events} {events:event/events} of the record that"
            " restrict something, {besides} {besides:is/are} of levels whose restrictions the"
            " sources pass over: {parts}."
        )
    else:
        sentence = (
            "The record agrees: its {events} {events:event/events} that restrict something are all"
            " of levels that restrict in the sources as well."
        )
    others = events[events["level"].isin([*besides])] if besides else events
    shown = evidence(corpus, others, by=("level",), anchor="record")
    return finding("levels.record", sentence, values, shown)


def _besides(record: Record, claims: pd.DataFrame | Rows) -> dict[str, int]:
    """How many events restrict something, for each level that restricts nothing in the claims."""
    known = levels_of(claims, "restrict")
    return {level: count for level, count in _restricting(record).items() if level not in known}


@lru_cache(maxsize=4)
def _restricting(record: Record) -> dict[str, int]:
    """How many events restrict something, by level."""
    return levels_of(record.events, "restrict")


def overview(corpus: Corpus, record: Record) -> Finding:
    """What the figure shows, level by level."""
    values = {"claims": _pairs(corpus.claims), "events": _pairs(record.events)}
    sentence = (
        "Restricted and promoted, in claims of the sources: {claims}; in events of the record:"
        " {events}."
    )
    shown = evidence(corpus, corpus.claims, by=GROUPS)
    return finding("levels.overview", sentence, values, shown)


def _pairs(table: pd.DataFrame) -> list[str]:
    """For each level how many claims or events restrict, and how many promote, in words."""
    restricted, promoted = levels_of(table, "restrict"), levels_of(table, "promote")
    return [
        f"{named(level)} {restricted.get(level, 0)} and {promoted.get(level, 0)}"
        for level in LEVELS
    ]


def named_actors(corpus: Corpus) -> pd.DataFrame:
    """The claims with a column `entity`: who acts, by the name that the mentions table has.

    It is missing where the words of the claim's actor are no name: 'it', 'the country', 'firms'.
    """
    names = corpus.mentions.drop_duplicates(["source", "exact"])
    keys = pd.MultiIndex.from_frame(names[["source", "exact"]])
    known = pd.Series(names["entity"].to_numpy(), keys, dtype=object)
    asked = pd.MultiIndex.from_frame(corpus.claims[["source", "actor"]])
    return corpus.claims.assign(entity=known.reindex(asked).to_numpy())


def actors(corpus: Corpus) -> list[Finding]:
    """Who is named as acting, for each stance."""
    claims = named_actors(corpus)
    return [_names(corpus, claims, stance) for stance in STANCES]


def unnamed(corpus: Corpus) -> Finding:
    """How many restrictions owe their level to a rule of the codebook: nobody is said to act."""
    restrictions = acts(corpus.claims[corpus.claims["stance"] == "restrict"])
    nobody = restrictions[restrictions["actor"].isna()]
    values = {"nobody": len(nobody), "restrictions": len(restrictions)}
    sentence = (
        "But {nobody} of the {restrictions} {restrictions:restriction/restrictions}"
        " {nobody:does/do} not say by whom; the codebook counts a ban by nobody in particular as"
        " the central state's."
        if len(nobody)
        else "It is always said by whom."
    )
    caption = "Restrictions by nobody in particular"
    shown = evidence(corpus, nobody, anchor="unnamed", caption=caption)
    return finding("levels.unnamed", sentence, values, shown)


def _names(corpus: Corpus, claims: pd.DataFrame, stance: str) -> Finding:
    """Who is named most as acting with one stance."""
    rows = claims[claims["stance"] == stance].dropna(subset=["entity"])
    counts = rows["entity"].value_counts()
    ordered = sorted(counts.index, key=lambda entity: (-counts[entity], entity))
    values = {
        "doing": _DOING[stance],
        "names": len(counts),
        "first": [f"{entity} ({counts[entity]})" for entity in ordered[:_NAMES_SHOWN]],
    }
    if not ordered:
        sentence = "As for {doing}, nobody is named."
    elif len(ordered) <= _NAMES_SHOWN:
        sentence = "As for {doing}, those named are {first}."
    else:
        sentence = "As for {doing}, {names} are named; most often {first}."
    rows = rows[rows["entity"].isin(ordered[:_NAMES_SHOWN])]
    shown = evidence(corpus, rows, by=("entity",), anchor=f"named-{stance}")
    return finding(f"levels.named-{stance}", sentence, values, shown)


def _profile(claims: pd.DataFrame | Rows) -> tuple[set[str], str | None]:
    """The answer in short: which levels restrict, and which one promotes most."""
    done = _done(claims)
    return {*levels_of(done, "restrict")}, next(iter(levels_of(done, "promote")), None)


def _in_words(claims: pd.DataFrame | Rows) -> str:
    restrictors, promoter = _profile(claims)
    by = listed([named(level) for level in LEVELS if level in restrictors] or ["nobody"])
    return f"restricting is done by {by}, promoting most by {named(promoter or 'nobody')}"


def only_named(corpus: Corpus) -> Finding:
    """What the answer is if claims that name nobody are left out."""
    claims = corpus.claims[corpus.claims["actor"].notna()]
    values = {
        "answer": _in_words(claims),
        "left": int((acts(claims)["stance"] == "restrict").sum()),
        "same": _profile(claims) == _profile(corpus.claims),
    }
    start = (
        "Without the claims that do not say who acts, {left} {left:restriction is/restrictions are}"
        " left, done or planned; "
    )
    same = "still, {answer}." if values["same"] else "then {answer}."
    return finding("levels.only-named", start + same, values, evidence(corpus, claims))


def left_out(corpus: Corpus) -> list[Finding]:
    """What the answer is without each of the sources."""
    return [_left_out(corpus, source) for source in corpus.documents["source"]]


def _left_out(corpus: Corpus, source: str) -> Finding:
    claims = acts(without(corpus, source).claims)
    values = {
        "source": source,
        "restrictions": _counted(levels_of(claims, "restrict")),
        "promotions": _counted(levels_of(claims, "promote")),
    }
    document = corpus.documents[corpus.documents["source"] == source]
    id = f"levels.without-{slug(source)}"
    sentence = "Without source {source}: restrictions {restrictions}; promotions {promotions}."
    return finding(id, sentence, values, evidence(corpus, document))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """What the answer is under the other reading of the sentences whose coding is disputed."""
    disputed = flips(corpus, reference)
    now = _profile(corpus.claims)
    turning = [flip.sentence for flip in disputed if _profile(flip.claims) != now]
    compared = comparable(corpus, reference)
    values = {
        "disputed": len(disputed),
        "turning": len(turning),
        "answer": _in_words(corpus.claims),
        "other": _in_words(reference.claims[reference.claims["source"].isin(compared)]),
    }
    if not disputed:
        sentence = "No coding is disputed here: nobody has read these sources another way."
    elif turning:
        sentence = (
            "Read the other way, {turning} of {disputed} disputed {disputed:sentence/sentences}"
            " would change that. By the reference coding as a whole, {other}."
        )
    else:
        sentence = (
            "Read the other way, none of {disputed} disputed {disputed:sentence/sentences} by"
            " itself would change that. By the reference coding as a whole, {other}."
        )
    tried = pd.concat(turning or [flip.sentence for flip in disputed] or [corpus.sentences.head(0)])
    shown = evidence(corpus, tried, anchor="disputed", caption="Sentences whose coding is disputed")
    return finding("levels.recoded", sentence, values, shown)


def nearest(corpus: Corpus) -> Finding:
    """What would change the answer, and what comes nearest: restrictions that others only deny."""
    claims = corpus.claims
    restrictors = levels_of(acts(claims), "restrict")
    doubtful = claims[~claims["status"].isin(CONFIRMED)]
    values = {
        "restrictors": [*restrictors] or ["nobody"],
        "doubtful": len(doubtful),
        "levels": [level for level in LEVELS if (doubtful["level"] == level).any()],
    }
    sentence = (
        "What would change it is a restriction by anybody but {restrictors:name}"
        if restrictors
        else "What would change it is a restriction by anybody"
    )
    if len(doubtful):
        sentence += (
            ", or proof of what is only rumoured or denied: {doubtful} {doubtful:claim/claims} of"
            " acts by {levels:name}"
        )
    shown = evidence(corpus, doubtful, by=("level", "stance"), anchor="doubtful")
    return finding("levels.nearest", f"{sentence}.", values, shown)
