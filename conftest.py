"""Loads the settings of the laws (`tests/laws.py`) before any law is read, and spares the tests needless search for garbage."""

import gc

import laws  # noqa: F401


def pytest_collection_finish() -> None:
    """Take what every test shares, the tables foremost, out of each later search for garbage."""
    gc.collect()
    gc.freeze()
