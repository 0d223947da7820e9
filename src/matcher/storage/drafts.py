"""Unsaved changes of a profile, kept beside it so that a crash or a lost window loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from matcher.model.profile import Profile
from matcher.storage.files import file_digest
from matcher.storage.folders import Folders, file_stem, toml_files
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import load_profile, save_profile

Guard = Callable[[Profile], list[str]]


def keep_draft(folders: Folders, profile: Profile, guard: Guard) -> bool:
    """Write the draft of a profile; False where it cannot be kept, or could tell who the patient is."""
    path = _path(folders, profile.id)
    try:
        save_profile(profile, path, expected=file_digest(path), guard=guard)
    except (InputError, ValueError, OSError):
        return False
    return True


def draft_of(folders: Folders, code: str) -> Profile | None:
    """The draft of a profile; None where there is none that can be read."""
    path = _path(folders, code)
    if not path.exists():
        return None
    try:
        return load_profile(path)
    except InputError:
        return None


def drop_draft(folders: Folders, code: str) -> None:
    """Throw the draft of a profile away."""
    try:
        _path(folders, code).unlink(missing_ok=True)
    except OSError:
        return  # it is offered again, which loses nothing


def draft_files(folders: Folders) -> dict[str, Path]:
    """The drafts by the code their name shows."""
    return {path.stem: path for path in toml_files(folders.drafts)}


def _path(folders: Folders, code: str) -> Path:
    return folders.drafts / f"{file_stem(code)}.toml"
