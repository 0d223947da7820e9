"""The nurse's own view: marks on trials and overrides of verdicts, one TOML file per profile."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.model.dates import Day
from matcher.storage import toml_text
from matcher.storage.digests import Digest, digest_of_bytes
from matcher.storage.files import read_bytes, write_text
from matcher.storage.folders import file_stem
from matcher.storage.refusal import ChangedOnDisk, InputError
from matcher.storage.schema import model

MarkName = Literal["shortlist", "watch", "rejected"]
Decided = Literal["pass", "fail", "unknown", "review", "n/a"]
_ATTEMPTS = 4


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True, serialize_by_alias=True)


class Mark(_Kept):
    """What the nurse thinks of a trial for this patient."""

    trial_id: str = Field(alias="trial", min_length=1)
    mark: MarkName
    note: str = ""


class Override(_Kept):
    """A person's verdict on one criterion, found again by trial id and the digest of the criterion's text."""

    trial_id: str = Field(alias="trial", min_length=1)
    text_digest: str
    verdict: Decided
    was: Decided
    why: str
    by: str
    on: Day


class Marks(_Kept):
    """All marks and overrides for one profile."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    profile: str
    marks: list[Mark] = []
    overrides: list[Override] = []

    def of(self, trial_id: str) -> Mark | None:
        """The mark on a trial, if there is one."""
        return next((one for one in self.marks if one.trial_id == trial_id), None)

    def override(self, trial_id: str, digest: str) -> Override | None:
        """The override of a trial's criterion, if there is one."""
        return next((one for one in self.overrides if (one.trial_id, one.text_digest) == (trial_id, digest)), None)

    def plain(self) -> dict[str, Any]:
        """The marks as plain TOML-ready values."""
        return {"schema": 1, "profile": self.profile, **self.model_dump(exclude_defaults=True, exclude={"profile"})}


def marks_path(folder: Path, profile_id: str) -> Path:
    """The file that holds the marks for a profile."""
    return folder / f"{file_stem(profile_id)}.toml"


def load_marks(folder: Path, profile_id: str) -> Marks:
    """The marks for a profile; none where none were made. InputError says what is wrong with their file."""
    return _read(folder, profile_id)[0]


def set_mark(folder: Path, profile_id: str, mark: Mark) -> Marks:
    """Put a mark on a trial in place of the one it had, and return all marks."""
    return _change(folder, profile_id, lambda marks: _with_mark(marks, mark.trial_id, [mark]))


def clear_mark(folder: Path, profile_id: str, trial_id: str) -> Marks:
    """Take a trial's mark away, and return all marks."""
    return _change(folder, profile_id, lambda marks: _with_mark(marks, trial_id, []))


def set_override(folder: Path, profile_id: str, override: Override) -> Marks:
    """Record a person's verdict on a criterion in place of an earlier one, and return all marks."""
    key = (override.trial_id, override.text_digest)
    return _change(folder, profile_id, lambda marks: _with_override(marks, key, [override]))


def clear_override(folder: Path, profile_id: str, trial_id: str, digest: str) -> Marks:
    """Take a person's verdict on a criterion back, and return all marks."""
    return _change(folder, profile_id, lambda marks: _with_override(marks, (trial_id, digest), []))


def _with_mark(marks: Marks, trial_id: str, new: list[Mark]) -> Marks:
    kept = [one for one in marks.marks if one.trial_id != trial_id] + new
    return marks.model_copy(update={"marks": sorted(kept, key=lambda one: one.trial_id)})


def _with_override(marks: Marks, key: tuple[str, str], new: list[Override]) -> Marks:
    kept = [one for one in marks.overrides if (one.trial_id, one.text_digest) != key] + new
    return marks.model_copy(update={"overrides": sorted(kept, key=lambda one: (one.trial_id, one.text_digest))})


def _read(folder: Path, profile_id: str) -> tuple[Marks, Digest | None]:
    path = marks_path(folder, profile_id)
    if not path.exists():
        return Marks(profile=profile_id), None
    data = read_bytes(path)
    marks = model(Marks, toml_text.parse(data, str(path)), str(path))
    if marks.profile != profile_id:
        raise InputError(str(path), "profile", f'these are the marks for "{marks.profile}", not for "{profile_id}"')
    return marks, digest_of_bytes(data)


def _change(folder: Path, profile_id: str, change: Callable[[Marks], Marks]) -> Marks:
    for _ in range(_ATTEMPTS):
        # Another window may mark something in this very moment: its marks are taken in, then it is tried again.
        with contextlib.suppress(ChangedOnDisk):
            return _change_once(folder, profile_id, change)
    return _change_once(folder, profile_id, change)


def _change_once(folder: Path, profile_id: str, change: Callable[[Marks], Marks]) -> Marks:
    marks, digest = _read(folder, profile_id)
    changed = change(marks)
    if changed != marks:
        write_text(marks_path(folder, profile_id), toml_text.write(changed.plain()), expected=digest)
    return changed
