"""A record as the library holds it: packed where it was read, so that other processes only hand on its bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matcher.model.trial import Trial
from matcher.model.values import value

Sections = tuple[tuple[str, str], ...]
_LEVEL = 3  # a higher one takes longer and saves little of so short texts


@value(frozen=True, slots=True)
class Kept:
    """A record as it is kept: the trial, its eligibility text by section, and the versions it was read with."""

    trial: Trial
    sections: Sections
    versions: str

    @property
    def source(self) -> str:
        """The digest of what was read."""
        return (self.trial.source.digest if self.trial.source else None) or ""


@value(frozen=True, slots=True)
class Row:
    """A kept record packed.

    `staff` is the number of people it names, `stated` the day up to which its source speaks ("" where it does not
    say), `beside` what the tables beside the records hold of it.
    """

    id: str
    source: str
    versions: str
    title: str
    status: str
    staff: int
    trial: bytes
    sections: bytes
    stated: str
    beside: tuple[Any, ...] = ()


def row(kept: Kept, beside: Sequence[Any] = ()) -> Row:
    """A kept record as its row; `beside` are the tables that stand beside the records (see `library.Beside`)."""
    trial = kept.trial
    made = tuple(one.made(trial) for one in beside)
    return Row(trial.id, kept.source, kept.versions, trial.title or trial.official_title or "", trial.status, len(trial.officials), packed(trial.plain()), packed(kept.sections), stated(trial), made)


def stated(trial: Trial) -> str:
    """The day up to which a record's source speaks, as 2026-11-21, 2026-11 or 2026; "" where it does not say."""
    said = (trial.source.current_as_of if trial.source else None, trial.last_updated)
    return max((str(one) for one in said if one), default="")


def packed(plain: object) -> bytes:
    """Plain values as compressed JSON."""
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=str).encode("utf-8"), _LEVEL)


def unpacked(data: bytes) -> Any:
    """The plain values that were packed."""
    return json.loads(zlib.decompress(data))


BARE = packed(())  # the eligibility text of a record that has none


def trial_in(data: bytes) -> Trial:
    """The trial that was packed; ValueError, TypeError or zlib.error where it is damaged."""
    return Trial.checked(unpacked(data))


def sections_in(data: bytes) -> Sections:
    """The eligibility text that was packed, by section."""
    return tuple((kind, text) for kind, text in unpacked(data))


def without_staff(data: bytes) -> bytes:
    """A packed trial that names no people."""
    trial = trial_in(data)
    return packed(replace(trial, officials=[]).plain()) if trial.officials else data


__all__ = ["BARE", "Kept", "Row", "Sections", "packed", "row", "sections_in", "stated", "trial_in", "unpacked", "without_staff"]
