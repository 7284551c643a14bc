"""What do the sources say, and how much of each page is an article?"""

import pandas as pd

from helpers.answers.variations import Conclusions, Rows, from_claims, from_sources, without
from helpers.corpus import Corpus
from helpers.findings import ARTICLE, Finding, evidence, finding
from helpers.reference import Reference
from helpers.reliability import comparable
from helpers.words import slug

# What the answer concludes, by the finding that says it.

CONCLUSIONS: Conclusions = {
    "sources.origins": from_claims(
        lambda corpus, record, claims: (
            f"there are {'more' if _promotions(claims) > len(claims) / 2 else 'no more'} promotions"
            " than restrictions"
        )
    ),
    "sources.article": from_sources(
        lambda corpus, record: (
            f"{'most' if _share(corpus.zones) > 1 / 2 else 'not even half'} of what stands on the"
            " pages is article"
        )
    ),
    "sources.used": from_claims(
        lambda corpus, record, claims: (
            f"{'most' if _carrying(corpus, claims) > 1 / 2 else 'at most half'} of the sentences of"
            " the articles make a claim"
        )
    ),
}


def _promotions(claims: Rows) -> int:
    return sum(claim.stance == "promote" for claim in claims)


def _carrying(corpus: Corpus, claims: Rows) -> float:
    """Which part of the sentences of the articles carries a claim."""
    carrying = {(claim.source, claim.sentence) for claim in claims}
    return len(carrying) / (len(_article_sentences(corpus)) or 1)


def _article_sentences(corpus: Corpus) -> pd.DataFrame:
    return corpus.sentences[corpus.sentences["zone"].isin(ARTICLE)]


def answer(corpus: Corpus) -> list[Finding]:
    """The answer in a few findings: whose texts, how much of them is article, how much is used."""
    return [_origins(corpus), _article(corpus), _used(corpus)]


def _origins(corpus: Corpus) -> Finding:
    documents = corpus.documents
    values = {
        "sources": len(documents),
        "publishers": sorted(set(documents["publisher"].dropna()), key=str.casefold),
        "published": (documents["published_earliest"].min(), documents["published_latest"].max()),
        "promote": int((corpus.claims["stance"] == "promote").sum()),
        "restrict": int((corpus.claims["stance"] == "restrict").sum()),
    }
    sentence = (
        "The {sources:words} {sources:source is a text/sources are texts}"
        + (" of {publishers}," if values["publishers"] else " whose publishers are not named,")
        + " published {published:when}; in {promote} {promote:claim/claims} they say that something"
        " is promoted, in {restrict} that something is restricted."
    )
    return finding("sources.origins", sentence, values, evidence(corpus, documents))


def _article(corpus: Corpus) -> Finding:
    aside = set_aside(corpus)
    zones = aside["zone"].value_counts()
    values = {
        "share": _share(corpus.zones),
        "furniture": int(zones["furniture"]),
        "comments": int(zones["comment"]),
        "commented": sorted(set(aside.loc[aside["zone"] == "comment", "source"])),
    }
    sentence = (
        "Of what stands on the pages {share:share} is article, counted in characters. The rest is"
        " {furniture:words} {furniture:line/lines} that the page added"
    )
    if values["comments"]:
        sentence += (
            " and {comments:words} {comments:line/lines} that readers wrote, under {commented}"
        )
    sentence += "; it is kept and shown, but never counted."
    shown = evidence(corpus, aside, by=("zone",), anchor="set-aside")
    return finding("sources.article", sentence, values, shown)


def set_aside(corpus: Corpus) -> pd.DataFrame:
    """The lines that are no part of an article: rows of the zones table."""
    return corpus.zones[~corpus.zones["zone"].isin(ARTICLE)]


def _share(zones: pd.DataFrame) -> float:
    """How much of the characters of lines, or of other units with a zone, is article."""
    characters = zones["exact"].str.len()
    of_article = characters[zones["zone"].isin(ARTICLE)].sum()
    return of_article / characters.sum() if len(zones) else float("nan")


def _used(corpus: Corpus) -> Finding:
    article = _article_sentences(corpus)
    rows = unused(corpus)
    values = {"article": len(article), "used": len(article) - len(rows), "unused": len(rows)}
    sentence = (
        "Of the {article} {article:sentence/sentences} of the articles {used} {used:makes/make} a"
        " claim about what is restricted or promoted; {unused} {unused:was/were} read and not used."
    )
    return finding("sources.used", sentence, values, evidence(corpus, rows, anchor="unused"))


def unused(corpus: Corpus) -> pd.DataFrame:
    """The sentences of the articles that carry no claim: rows of the sentences table."""
    article = _article_sentences(corpus)
    keys = ["source", "sentence"]
    carrying = pd.MultiIndex.from_frame(corpus.claims[keys])
    return article[~pd.MultiIndex.from_frame(article[keys]).isin(carrying)]


def windows(corpus: Corpus) -> Finding:
    """What the texts alone say of when they were published, beside what the table of sources says.

    The table of sources counts where its window is not the text's own.
    """
    documents = corpus.documents
    known = documents[["text_earliest", "text_latest"]].notna().sum(axis="columns")
    given = documents[documents["published_basis"] != documents["text_basis"]]
    days = (given["published_latest"] - given["published_earliest"]).dt.days + 1
    first, last = given["text_earliest"], given["text_latest"]
    inside = (first.isna() | (first <= given["published_earliest"])) & (
        last.isna() | (given["published_latest"] <= last)
    )
    values = {
        "sources": len(documents),
        "closed": int((known == 2).sum()),
        "open": int((known == 1).sum()),
        "silent": int((known == 0).sum()),
        "given": int(days.notna().sum()),
        "days": int(days.max()) if days.notna().any() else 0,
        "outside": given.loc[~inside & days.notna(), "source"].tolist(),
    }
    sentence = (
        "From the text alone the day of publication is bounded on both sides in {closed:count}"
        " of the {sources:words} {sources:source/sources}, on one side in {open:count}, and not at"
        " all in {silent:count}."
    )
    if values["given"]:
        sentence += (
            " For {given:words} of them the table of sources knows it to within {days}"
            " {days:day/days}, and the texts agree with that"
        )
        sentence += ", but for {outside}." if values["outside"] else "."
    return finding("sources.windows", sentence, values, evidence(corpus, documents))


def pages(corpus: Corpus) -> Finding:
    """How much of each page is an article: what the strips show."""
    shares = {source: _share(zones) for source, zones in corpus.zones.groupby("source")}
    values = {
        "sources": len(shares),
        "whole": [source for source, share in shares.items() if share == 1],
        "least": min(shares.values()),
        "source": min(shares, key=shares.get),
    }
    sentence = "The page with the least article is that of {source}, with {least:share}."
    if values["whole"]:
        sentence += " Nothing but article {whole:is the page/are the pages} of {whole}."
    return finding("sources.pages", sentence, values, evidence(corpus, corpus.documents))


def ledger(corpus: Corpus) -> list[Finding]:
    """For each source what was read, what of that was used, and when it was published."""
    return [_entry(corpus, row) for row in corpus.documents.to_dict("records")]


def _entry(corpus: Corpus, document: dict) -> Finding:
    source = document["source"]
    sentences, claims, dates = (
        table[table["source"] == source]
        for table in (corpus.sentences, corpus.claims, corpus.dates)
    )
    values = {
        "source": source,
        "title": document["title"] or document["file"],
        "sentences": len(sentences),
        "article": int(sentences["zone"].isin(ARTICLE).sum()),
        "claiming": claims["sentence"].nunique(),
        "claims": len(claims),
        "dates": len(dates),
        "unresolved": int((dates["earliest"].isna() & dates["latest"].isna()).sum()),
        "table": (document["published_earliest"], document["published_latest"]),
        "text": (document["text_earliest"], document["text_latest"]),
        "basis": document["text_basis"] or "",
    }
    sentence = (
        "{source}, {title:quote}: {sentences} {sentences:sentence/sentences}, {article} of them the"
        " article's; {claiming} {claiming:makes/make} {claims} {claims:claim/claims}. It has"
        " {dates} {dates:date/dates}, {unresolved:count} of them left open. It was published"
        " {table:when}; from the text alone, {text:when}"
    )
    sentence += ": {basis}." if values["basis"] else "."
    rows = corpus.documents[corpus.documents["source"] == source]
    return finding(f"sources.ledger-{slug(source)}", sentence, values, evidence(corpus, rows))


def left_out(corpus: Corpus) -> Finding:
    """The share of article without each of the sources."""
    shares = [_share(without(corpus, source).zones) for source in corpus.documents["source"]]
    values = {"low": min(shares), "high": max(shares), "sources": len(shares)}
    sentence = (
        "Whichever of the {sources:words} {sources:source/sources} is left out, article is between"
        " {low:share} and {high:share} of the rest."
    )
    return finding("sources.left-out", sentence, values, evidence(corpus, corpus.documents))


def recoded(corpus: Corpus, reference: Reference) -> Finding:
    """The share of article by the zones of the reference coding."""
    compared = comparable(corpus, reference)
    units = reference.sentences[reference.sentences["source"].isin(compared)]
    own = corpus.sentences[corpus.sentences["source"].isin(compared)]
    values = {"reference": _share(units), "coder": _share(own)} if compared else {}
    sentence = (
        "By the zones of the reference coding {reference:.1%} of the sentences' characters are"
        " article, by the coder's {coder:.1%}."
        if compared
        else "These texts have no reference coding to compare their zones with."
    )
    return finding("sources.recoded", sentence, values, evidence(corpus, corpus.documents))
