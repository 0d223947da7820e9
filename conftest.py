"""Loads the settings of the laws (`tests/laws.py`) before any law is read."""

import laws  # noqa: F401
