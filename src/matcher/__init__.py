"""Ranks clinical trials for an anonymised patient, offline, with a reason for every criterion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from matcher.matching import match
    from matcher.model.match import TrialMatch
    from matcher.model.profile import Profile
    from matcher.model.trial import Trial
    from matcher.storage.toml_files import load_profile, load_trials

__all__ = ["Profile", "Trial", "TrialMatch", "__version__", "load_profile", "load_trials", "match"]

_PLACES = {
    "Profile": "matcher.model.profile",
    "Trial": "matcher.model.trial",
    "TrialMatch": "matcher.model.match",
    "load_profile": "matcher.storage.toml_files",
    "load_trials": "matcher.storage.toml_files",
    "match": "matcher.matching",
}


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for, so that `--help` answers at once."""
    if name not in _PLACES:
        raise AttributeError(f"module 'matcher' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_PLACES[name]), name)
