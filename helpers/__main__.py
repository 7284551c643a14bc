"""The command line: `python -m helpers --help`."""

import argparse
import sys
from pathlib import Path


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    execute = commands.add_parser("execute", help="execute the notebooks and gather their findings")
    execute.add_argument(
        "only", nargs="*", metavar="NN", help="their numbers, such as 02 (default: all of them)"
    )
    execute.add_argument(
        "--notebooks", type=Path, default=Path("notebooks"), help="folder (default: notebooks)"
    )
    execute.add_argument(
        "--seeds", type=Path, default=Path("seeds"), help="folder of sources (default: seeds)"
    )
    execute.add_argument(
        "--out",
        type=Path,
        help="folder to write to (default: where they are, from the sources beside them;"
        " build/NAME/notebooks, from a folder NAME elsewhere)",
    )
    execute.set_defaults(run=_execute)

    changes = commands.add_parser(
        "changes",
        help="what changed in the findings since another version of the sources",
        description="Exit status: 0 nothing changed, 1 findings changed, 2 no comparison.",
    )
    changes.add_argument("since", help="a folder of sources, or a git revision such as HEAD~1")
    changes.add_argument("--notebooks", type=Path, default=Path("notebooks"))
    changes.add_argument("--seeds", type=Path, default=Path("seeds"))
    changes.add_argument(
        "--report", type=Path, default=Path("build/changes.md"), help="where to write the report"
    )
    changes.set_defaults(run=_changes)

    code = commands.add_parser("code", help="code sources into tables, as many as there are")
    code.add_argument(
        "sources", nargs="+", help="folders of *.txt, files of JSON lines or Parquet, or globs"
    )
    code.add_argument("--out", type=Path, required=True, help="folder for the tables")
    code.add_argument("--workers", type=_some, help="processes (default: one for each processor)")
    code.add_argument("--partitions", type=_some, help="parts (default: one for every 4 MB)")
    code.add_argument("--strict", action="store_true", help="stop at sources that cannot be coded")
    code.add_argument("--text-column", default="text", help="column of the text (default: text)")
    code.add_argument("--id-column", default="source", help="column of the id (default: source)")
    code.set_defaults(run=_code)

    options = parser.parse_args(arguments)
    return options.run(options)


def _execute(options: argparse.Namespace) -> int:
    # Imported here, so that `--help` and later commands need not wait for what they don't use.
    from helpers import collection

    paths = [
        path
        for path in collection.notebooks(options.notebooks)
        if not options.only or path.name[:2] in options.only
    ]
    if not paths:
        return _fail(f"{options.notebooks}: no notebook to execute; is this the project's folder?")
    if not options.seeds.is_dir():
        return _fail(f"{options.seeds}: no such folder of sources")
    try:
        home = collection.beside(options.notebooks, options.seeds)
        out = options.out or (home / "notebooks" if home else options.notebooks)
        complaints = collection.execute(paths, options.seeds, out)
        if complaints:
            return _fail(*complaints)
        count = collection.gather(out)
    except collection.NotebookError as error:
        return _fail(str(error))
    print(f"{count} findings in {out / 'findings.json'}")
    return 0


def _changes(options: argparse.Namespace) -> int:
    from helpers.changes import ChangesError, compare
    from helpers.reading import SourceError

    try:
        found, text = compare(options.since, options.seeds, options.notebooks)
    except (ChangesError, SourceError) as error:
        _fail(str(error))
        return 2
    options.report.parent.mkdir(parents=True, exist_ok=True)
    options.report.write_text(text, encoding="utf-8")
    print(text)
    print(f"This report is in {options.report}")
    return 1 if found else 0


def _code(options: argparse.Namespace) -> int:
    from helpers.reading import SourceError
    from helpers.tabulate import RunError, code

    again = "run the same command again: it goes on where this run was."
    try:
        coded = code(
            options.sources,
            options.out,
            workers=options.workers,
            partitions=options.partitions,
            strict=options.strict,
            text_column=options.text_column,
            id_column=options.id_column,
        )
    except (SourceError, RunError) as error:
        return _fail(str(error))
    except OSError as error:
        return _fail(str(error), f"When that is mended, {again}")
    except KeyboardInterrupt:
        return _fail(f"Interrupted: {again}")
    print(
        f"{coded.sources} sources in {options.out}: {coded.coded_now} coded now,"
        f" {coded.errors} not to be coded (the table 'errors' says why)"
    )
    return 0


def _some(text: str) -> int:
    """A number of things that is not none. Raises ValueError, which argparse explains."""
    if int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not 1 or more")
    return int(text)


def _fail(*complaints: str) -> int:
    print(*complaints, sep="\n", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
