"""Build a site: `python -m helpers.site --help`."""

import argparse
import os
import shutil
import sys
from pathlib import Path

from sphinx.cmd.build import build_main

from helpers.collection import NotebookError, beside, filled_pages, findings, notebooks
from helpers.reading import SourceError

_STRICT = ("--fail-on-warning", "--keep-going", "--quiet", "--fresh-env")


def main(arguments: list[str] | None = None) -> int:
    """Build the site of the notebooks that were executed from a folder; returns the exit status.

    The collection's own is in build/site; that of another folder NAME of sources is beside its
    notebooks, in build/NAME/site, and not over it.
    """
    parser = argparse.ArgumentParser(prog="python -m helpers.site", description=__doc__)
    parser.add_argument(
        "--seeds", type=Path, default=Path("seeds"), help="folder of sources (default: seeds)"
    )
    parser.add_argument(
        "--notebooks", type=Path, default=Path("notebooks"), help="folder (default: notebooks)"
    )
    options = parser.parse_args(arguments)
    try:
        home = beside(options.notebooks, options.seeds)
    except NotebookError as error:
        return _fail(str(error))
    if home is None:
        own = options.notebooks.parent / "build"
        return _build(options.notebooks, options.notebooks, own)
    if not notebooks(home / "notebooks"):
        return _fail(f"{home / 'notebooks'}: no notebooks; make execute SEEDS={options.seeds}")
    try:
        pages = _gathered(options.notebooks, options.seeds, home)
    except (NotebookError, SourceError) as error:
        return _fail(str(error))
    # The reference is a reading of the collection's own sources, and has nothing on others.
    return _build(
        pages,
        options.notebooks,
        home,
        f"seeds_folder={os.path.relpath(options.seeds, pages)}",
        "reference_folder=none",
    )


def _gathered(hand: Path, seeds: Path, home: Path) -> Path:
    """The pages for sources of somebody's own: their notebooks, and those written by hand.

    These are filled with what the notebooks found.
    """
    pages = home / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    shutil.copytree(home / "notebooks", pages)
    for page in hand.glob("*.md"):
        shutil.copy(page, pages)
    found = findings(notebooks(pages))
    for page, words in filled_pages(pages, found, os.path.relpath(seeds, pages)).items():
        page.write_text(words, encoding="utf-8")
    return pages


def _build(pages: Path, conf: Path, home: Path, *settings: str) -> int:
    """Build the site of the folder `pages` into `home`, by the settings in the folder `conf`."""
    site = home / "site"
    # From nothing each time: Sphinx sees when a page has changed, but not what pages were made of.
    shutil.rmtree(site, ignore_errors=True)
    folders = ("--conf-dir", str(conf), "--doctree-dir", str(home / "doctrees"))
    defined = [part for setting in settings for part in ("-D", setting)]
    status = build_main([*_STRICT, *folders, *defined, str(pages), str(site)])
    if not status:
        print(f"The site is in {site}: open {site / 'index.html'} in a browser.")
    return status


def _fail(complaint: str) -> int:
    print(complaint, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
