"""What several test modules share."""

import os
from pathlib import Path

import pytest
import sites
from hypothesis import HealthCheck, settings

# The same texts in every run, whatever the machine is busy with; others where more are asked for.
EXAMPLES = int(os.environ.get("EXAMPLES", "40"))
settings.register_profile(
    "project",
    max_examples=EXAMPLES,
    derandomize="EXAMPLES" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("project")


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
