"""What is said of a sentence elsewhere: findings, checks, a reference that reads it otherwise."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from helpers.reference import read_reference
from helpers.reliability import disagreements
from helpers.site.links import Links
from helpers.site.passages import Row, records
from helpers.site.questions import Finding, Question


@dataclass
class Notes:
    """The notes on one sentence.

    `findings` rest on it, each with the question that it answers; `checks` are rows of the record
    about it; `differences` are claims that the reference coding does not share.
    """

    findings: list[tuple[Question, Finding]] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    differences: list[Row] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.findings) + len(self.checks) + len(self.differences)


def notes(
    links: Links, questions: list[Question], reference: Path
) -> Mapping[tuple[str, int], Notes]:
    """The notes on every sentence that has some, by source and sentence.

    `reference` is the folder of the reference coding; where it is not there, nothing differs.
    """
    found: defaultdict[tuple[str, int], Notes] = defaultdict(Notes)
    for question in questions:
        for finding in question.findings:
            for place in dict.fromkeys(finding.evidence):
                found[place].findings.append((question, finding))
    for check in records(links.checks):
        if check["sentence"] is not None:
            found[check["source"], check["sentence"]].checks.append(check)
    if reference.is_dir():
        for row in records(disagreements(links.corpus, read_reference(reference))):
            found[row["source"], row["sentence"]].differences.append(row)
    return found
