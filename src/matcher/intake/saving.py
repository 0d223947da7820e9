"""Saving a profile past the identifier guard."""

from __future__ import annotations

from pathlib import Path

from matcher.intake.guard import objections
from matcher.model.profile import Profile
from matcher.storage.digests import Digest
from matcher.storage.toml_files import save_profile


def save_checked(profile: Profile, path: Path, *, expected: Digest | None) -> Digest:
    """Save a profile in which nothing identifies the patient; InputError names what does."""
    return save_profile(profile, path, expected=expected, guard=objections)
