"""What a source yields before its criteria are read: a draft of the record, its eligibility text, and problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from matcher.model.trial import Trial
from matcher.sources.ages import NO_AGES, AgeRange

SectionKind = Literal["inclusion", "exclusion", "both"]
ProblemKind = Literal[
    "no-file",
    "passed-over",
    "unreadable",
    "binary",
    "too-large",
    "empty",
    "encoding",
    "lost-signs",
    "unknown-format",
    "missing",
    "unread-value",
    "duplicate",
    "invalid",
]
REFUSALS: frozenset[str] = frozenset(
    {"no-file", "unreadable", "binary", "too-large", "empty", "unknown-format", "invalid"}
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the eligibility text as the page has it; "both" holds its own inclusion and exclusion headings."""

    kind: SectionKind
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about a source: the file, the place in it, the kind, and one clear sentence."""

    file: str
    place: str
    kind: ProblemKind
    message: str

    @property
    def refused(self) -> bool:
        """Whether nothing could be taken from the file or record."""
        return self.kind in REFUSALS

    def __str__(self) -> str:
        """The problem in a line; that it concerns the whole file need not be said."""
        return ": ".join(part for part in (self.file, "" if self.place in ("file", "page") else self.place, self.message) if part)

    def plain(self) -> dict[str, str]:
        """The problem as plain values for output."""
        return {"file": self.file, "place": self.place, "kind": self.kind, "message": self.message}


@dataclass(frozen=True, slots=True)
class Draft:
    """A trial record without criteria, its eligibility text, and the age bounds as its source words them."""

    trial: Trial
    eligibility: tuple[Section, ...] = ()
    ages: AgeRange = NO_AGES
    lost_signs: bool = False  # its source says so itself


@dataclass(frozen=True, slots=True)
class SourceReading:
    """All that one page or record of the file `file` yields: drafts of trial records and the problems met."""

    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """A problem as a page reader sees it: it knows the place, not the file."""

    place: str
    kind: ProblemKind
    message: str


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page says: the trial's values by field name, its eligibility text, ages and remarks."""

    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    eligibility: tuple[Section, ...] = ()
    ages: AgeRange = NO_AGES
    current_as_of: str | None = None
    remarks: tuple[Remark, ...] = ()
    lost_signs: bool = False
