"""What several test modules share."""

from pathlib import Path

import pytest
import sites


@pytest.fixture(scope="session")
def collection_site(tmp_path_factory) -> Path:
    """The site of the notebooks as they are stored."""
    out = tmp_path_factory.mktemp("collection") / "site"
    sites.build(sites.ROOT / "notebooks", out)
    return out


@pytest.fixture(scope="session")
def hostile_site(tmp_path_factory) -> Path:
    """The site of a source that is up to mischief."""
    folder = tmp_path_factory.mktemp("hostile")
    sites.build(sites.hostile_project(folder), folder / "site")
    return folder / "site"
