"""What the tests of every room share: the settings of the laws (`tests/laws.py`), and no work that shows nothing."""

import compileall
import gc
import os
import sys
from pathlib import Path

import laws  # noqa: F401
import pytest

# What is compiled is kept whatever the shell says: each process would take seconds to compile the same again.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

gc.set_threshold(50_000, 20, 50)  # a screen makes many things, and few that are garbage: the usual 700 costs a tenth of the time


def pytest_configure(config: pytest.Config) -> None:
    """Compile what is tested once, before each of the processes would."""
    if not hasattr(config, "workerinput") and config.getoption("numprocesses", None):
        compileall.compile_dir(Path(__file__).parent / "src", quiet=1)


def pytest_unconfigure() -> None:
    """Keep the patterns that were compiled, as a command does at its end."""
    from matcher.model.patterns import keep  # what is measured of the tests may not be loaded sooner

    keep()


def pytest_collection_finish() -> None:
    """Take what every test shares, the tables foremost, out of each later search for garbage."""
    gc.collect()
    gc.freeze()
