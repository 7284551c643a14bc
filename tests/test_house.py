"""The house: what comes from outside stays as it came, and all lists of versions agree."""

import ast
import hashlib
import json
import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec

from helpers import read_corpus, read_record
from helpers.words import number

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCKED = {
    canonicalize_name(name): version
    for name, version in re.findall(r"^([\w.-]+)==([^\s;]+)", LOCK, re.MULTILINE)
}
GROUPS = PROJECT["dependency-groups"]
DECLARED = {
    canonicalize_name(Requirement(line).name)
    for lines in (PROJECT["project"]["dependencies"], *GROUPS.values())
    for line in lines
}
BROUGHT = {"atheris"}  # by `make fuzz`, which says why it is not in the lock
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))

ARTICLES = {
    "000_0d9a3b63790c44f2.txt": "159eb0eab87a3bf3b896379fec59e76fdc759a7965b106d8a48153edcd1cde42",
    "001_0b4215a38d4d2c26.txt": "b67cedc4984c1dbf44c400aaf4e32a3923b645439992e8dec95e397d0dc33f57",
    "002_753114000cd6d8ce.txt": "6811a09571dfa2598cb8dba513bd9ef97afa4a8b24c831111062017c7642098e",
    "003_dc409e194a8331e8.txt": "445ae277a3aee4dfb2d524708f798a54aa3128102138718525c6053d2f969c0b",
    "004_4567e733cf40784b.txt": "1e54c9d5bdd5e58031dc1299f51c13346a81cf67103a3f46aa77f0bf0612d197",
}


def test_the_articles_are_byte_for_byte_those_that_were_collected():
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (ROOT / "seeds").glob("*.txt")
    }
    assert found == ARTICLES


def test_git_never_changes_a_byte_of_what_comes_from_outside():
    paths = [*(ROOT / "seeds").rglob("*.*"), *(ROOT / "tests/reference").glob("*")]
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    paths = [path.relative_to(ROOT).as_posix() for path in paths]
    command = ["git", "check-attr", "text", "--", *paths]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert [line for line in answer.stdout.splitlines() if not line.endswith(": unset")] == []


def test_the_lock_names_no_host_and_has_one_hashed_version_of_each_package():
    assert "://" not in LOCK
    blocks = re.split(r"^(?=\w)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED)
    assert [block for block in blocks if "--hash=sha256:" not in block] == []


def test_the_lock_meets_what_pyproject_asks_for():
    lines = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    for requirement in map(Requirement, [*lines, *(line for g in GROUPS.values() for line in g)]):
        assert LOCKED[canonicalize_name(requirement.name)] in requirement.specifier


def test_every_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for line in text.split("dependencies = [")[1].split("[tool.")[0].splitlines():
        if re.match(r'\s+"', line):
            assert re.search(r'",?\s+# \S+ \S+', line), line


def test_everything_imported_is_declared():
    owners = packages_distributions()
    for path in [*(ROOT / "helpers").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]:
        local = {"helpers", *(sibling.stem for sibling in path.parent.iterdir())}
        for name in _imports(ast.parse(path.read_text(encoding="utf-8"))):
            if name not in local | sys.stdlib_module_names | BROUGHT:
                names = {canonicalize_name(owner) for owner in owners.get(name, [name])}
                assert names & DECLARED, f"{path.relative_to(ROOT)} imports {name}"


def _imports(tree: ast.Module) -> set[str]:
    """The top-level names of all modules that a program imports."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found


def test_conda_gets_the_versions_of_the_lock():
    *lines, pip = ENVIRONMENT["dependencies"]
    *pins, project = pip["pip"]
    assert project == "-e ."
    pinned = dict(pin.split("==") for pin in pins)
    conda = {spec.name.normalized: str(spec) for spec in map(_spec, lines)}
    assert re.fullmatch(r"python 3\.\d+\.\*", conda.pop("python"))
    assert conda.pop("pip")
    assert conda.keys() | pinned.keys() == DECLARED
    assert pinned == {name: LOCKED[name] for name in pinned}
    assert conda == {name: str(_spec(f"{name} ={LOCKED[name]}")) for name in conda}


def _spec(line: str) -> MatchSpec:
    """What conda understands by one line of environment.yml; an error if that is nothing."""
    return MatchSpec(line, strict=True)


def test_the_hooks_use_the_ruff_of_the_lock():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["rev"] for repo in hooks["repos"]] == [f"v{LOCKED['ruff']}"]
    for hook in hooks["repos"][0]["hooks"]:
        assert "jupyter" in hook["types_or"]


def test_the_citation_agrees_with_the_project():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["project"]["version"]
    assert citation["license"] == PROJECT["project"]["license"]


def test_ci_runs_the_command_that_the_readme_gives():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in readme
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").endswith("exec make test\n")
    workflow = yaml.safe_load((ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8"))
    assert {"run": "make test"} in workflow["jobs"]["test"]["steps"]


def test_the_readme_counts_and_dates_the_sources_as_they_are():
    corpus, record = read_corpus(ROOT / "seeds"), read_record(ROOT / "seeds/record")
    published = corpus.documents[["published_earliest", "published_latest"]]
    said = {
        "count": number(len(corpus.documents)),
        "articles": _years(published.min().min(), published.max().max()),
        "record": _years(record.events["earliest"].min(), record.events["latest"].max()),
    }
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert "{count} articles of {articles}".format(**said) in readme
    assert "a cited record of {record}".format(**said) in readme
    assert not corpus.sentences.query("source == '002' and sentence == 16").empty


def _years(first: date, last: date) -> str:
    return f"{first.year}–{last.year}"


def test_rooms_that_do_not_count_for_a_stamp_are_never_entered_by_notebooks():
    code = (
        "import sys, json, helpers;"
        "[getattr(helpers, name) for name in helpers.__all__];"
        "print(json.dumps(sorted(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr
    entered = set(json.loads(answer.stdout))
    assert "helpers.corpus" in entered
    later = {"helpers.collection", "helpers.__main__", "helpers.site", "helpers.tabulate"}
    assert not entered & later
