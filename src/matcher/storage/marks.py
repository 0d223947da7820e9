"""The nurse's own view: marks on trials, and what people decided of criteria, one TOML file per profile."""

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


class _OfCriterion(_Kept):
    """What is found again by trial id and the digest of a criterion's text; `criterion` and `text` say which it was."""

    trial_id: str = Field(alias="trial", min_length=1)
    text_digest: str
    by: str
    on: Day
    criterion: str = ""
    text: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What it is found again by."""
        return self.trial_id, self.text_digest


class Override(_OfCriterion):
    """A person's verdict on one criterion in place of the one worked out (`was`).

    `check` and `facts` are what that one rested on; `facts` is None where it was not noted.
    """

    verdict: Decided
    was: Decided
    why: str
    check: str = ""
    facts: list[str] | None = None


class Confirmation(_OfCriterion):
    """That a person found a verdict to be right, and what it rested on."""

    verdict: Decided
    check: str = ""
    facts: list[str] | None = None


class Note(_OfCriterion):
    """A person's words on a criterion."""

    note: str


class Marks(_Kept):
    """All marks for one profile, and all that people decided and noted of criteria."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    profile: str
    marks: list[Mark] = []
    overrides: list[Override] = []
    confirmations: list[Confirmation] = []
    notes: list[Note] = []
    order: list[str] = []

    def of(self, trial_id: str) -> Mark | None:
        """The mark on a trial, if there is one."""
        return next((one for one in self.marks if one.trial_id == trial_id), None)

    def place(self, trial_id: str) -> int:
        """Where a trial was put by hand among the marked ones; behind all of those where it was not."""
        return self.order.index(trial_id) if trial_id in self.order else len(self.order)

    def override(self, trial_id: str, digest: str) -> Override | None:
        """The override of a trial's criterion, if there is one."""
        return next((one for one in self.overrides if one.key == (trial_id, digest)), None)

    def confirmation(self, trial_id: str, digest: str) -> Confirmation | None:
        """The confirmation of a trial's criterion, if there is one."""
        return next((one for one in self.confirmations if one.key == (trial_id, digest)), None)

    def note(self, trial_id: str, digest: str) -> str:
        """What was noted of a trial's criterion."""
        return next((one.note for one in self.notes if one.key == (trial_id, digest)), "")

    def plain(self) -> dict[str, Any]:
        """The marks as plain TOML-ready values."""
        return {"schema": 1, "profile": self.profile, **self.model_dump(exclude_defaults=True, exclude={"profile"})}


def marks_path(folder: Path, profile_id: str) -> Path:
    """The file that holds the marks for a profile."""
    return folder / f"{file_stem(profile_id)}.toml"


def load_marks(folder: Path, profile_id: str) -> Marks:
    """The marks for a profile; none where none were made. InputError says what is wrong with their file."""
    return _read(folder, profile_id)[0]


def copy_marks(folder: Path, profile_id: str, new_id: str) -> None:
    """Give a patient all marks of another code, where she has none yet."""
    marks = _read(folder, profile_id)[0].model_copy(update={"profile": new_id})
    if marks != Marks(profile=new_id) and not marks_path(folder, new_id).exists():
        write_text(marks_path(folder, new_id), toml_text.write(marks.plain()), expected=None)


def set_mark(folder: Path, profile_id: str, mark: Mark) -> Marks:
    """Put a mark on a trial in place of the one it had, and return all marks."""
    return _change(folder, profile_id, lambda marks: _with_mark(marks, mark.trial_id, [mark]))


def clear_mark(folder: Path, profile_id: str, trial_id: str) -> Marks:
    """Take a trial's mark away, and return all marks."""
    return _change(folder, profile_id, lambda marks: _with_mark(marks, trial_id, []))


def set_order(folder: Path, profile_id: str, order: list[str]) -> Marks:
    """Put the marked trials in an order of her own, given as their ids, and return all marks."""
    return _change(folder, profile_id, lambda marks: marks.model_copy(update={"order": order}))


def set_override(folder: Path, profile_id: str, override: Override) -> Marks:
    """Record a person's verdict on a criterion in place of an earlier one or a confirmation, and return all marks."""
    return _change(folder, profile_id, lambda marks: _decided(marks, override.key, override))


def set_confirmation(folder: Path, profile_id: str, confirmation: Confirmation) -> Marks:
    """Record that a person found a verdict to be right, in place of what she decided before, and return all marks."""
    return _change(folder, profile_id, lambda marks: _decided(marks, confirmation.key, confirmation))


def clear_decision(folder: Path, profile_id: str, trial_id: str, digest: str) -> Marks:
    """Take back what a person decided of a criterion, and return all marks."""
    return _change(folder, profile_id, lambda marks: _decided(marks, (trial_id, digest), None))


def set_note(folder: Path, profile_id: str, note: Note) -> Marks:
    """Note something of a criterion in place of what was noted before; empty words take it away. Returns all marks."""

    def noted(marks: Marks) -> Marks:
        kept = [one for one in marks.notes if one.key != note.key] + ([note] if note.note else [])
        return marks.model_copy(update={"notes": sorted(kept, key=lambda one: one.key)})

    return _change(folder, profile_id, noted)


def _with_mark(marks: Marks, trial_id: str, new: list[Mark]) -> Marks:
    kept = [one for one in marks.marks if one.trial_id != trial_id] + new
    return marks.model_copy(update={"marks": sorted(kept, key=lambda one: one.trial_id)})


def _decided(marks: Marks, key: tuple[str, str], new: Override | Confirmation | None) -> Marks:
    overrides = [one for one in marks.overrides if one.key != key] + ([new] if isinstance(new, Override) else [])
    confirmed = [one for one in marks.confirmations if one.key != key] + ([new] if isinstance(new, Confirmation) else [])
    return marks.model_copy(update={
        "overrides": sorted(overrides, key=lambda one: one.key), "confirmations": sorted(confirmed, key=lambda one: one.key),
    })  # fmt: skip


_MEND = "mend this file of marks, or move it away: the facts are in another one, and `matcher log` still says who marked and decided what"


def _read(folder: Path, profile_id: str) -> tuple[Marks, Digest | None]:
    path = marks_path(folder, profile_id)
    if not path.exists():
        return Marks(profile=profile_id), None
    data = read_bytes(path)
    try:
        marks = model(Marks, toml_text.parse(data, str(path)), str(path))
    except InputError as error:
        raise InputError(error.file, error.place, f"{error.message}; {_MEND}") from None
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
