"""The trial record, schema 1: what a registry or page says of a trial, and its criteria with their checks."""

from __future__ import annotations

import math
from dataclasses import field
from typing import Annotated, Any, Literal

from matcher.model.dates import AnyDate, Day
from matcher.model.records import Reads, Record
from matcher.model.values import value

Status = Literal[
    "not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting", "suspended",
    "terminated", "completed", "withdrawn", "unknown",
]
ALSO = "Also called: "  # before the other names of an intervention
OPEN_STATUSES = frozenset({"recruiting", "not-yet-recruiting", "enrolling-by-invitation"})
Kind = Literal["inclusion", "exclusion", "registry"]


def status_words(status: str) -> str:
    """A recruitment status without its hyphens: "active not recruiting"; of one that the registry calls unknown, that it is."""
    return "of unknown status" if status == "unknown" else status.replace("-", " ")


def _years(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise ValueError("expected a number of years")
    if value < 0:
        raise ValueError("expected at least 0")
    return float(value)


def _trial_id(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected text in quotes")
    if not value:
        raise ValueError("expected some text, not an empty one")
    if len(value) > 80:
        raise ValueError("expected at most 80 characters")
    return value


def _pair(value: Any) -> tuple[int, int]:
    if not isinstance(value, (list, tuple)) or len(value) != 2 or any(type(one) is not int for one in value):
        raise ValueError("expected a pair")
    return value[0], value[1]


Pair = Annotated[tuple[int, int], Reads(_pair)]
Years = Annotated[float, Reads(_years)]


@value(frozen=True, slots=True, kw_only=True)
class Criterion(Record):
    """One eligibility criterion: the text as it stands, and its check in canonical wording ("" = unread)."""

    id: str
    kind: Kind
    text: str
    check: str = ""
    spans: list[Pair] = field(default_factory=list)
    group: str = ""
    curated: bool = False
    note: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Source(Record):
    """Where a record came from, and the digest of what was read."""

    site: str
    format: str = ""
    url: str | None = None
    current_as_of: AnyDate | None = None
    read: Day | None = None
    digest: str | None = None
    paraphrased: bool = False


@value(frozen=True, slots=True, kw_only=True)
class Intervention(Record):
    """A drug, device, procedure or other intervention of the trial; its description may begin with its other names."""

    type: str = ""
    name: str
    description: str = ""

    @property
    def names(self) -> list[str]:
        """Its name and its other names."""
        first = self.description.partition("\n")[0]
        return [self.name, *(first.removeprefix(ALSO).split("; ") if first.startswith(ALSO) else ())]


@value(frozen=True, slots=True, kw_only=True)
class Arm(Record):
    """An arm or group of the trial."""

    label: str
    type: str = ""
    description: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Location(Record):
    """A place where the trial runs."""

    facility: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    status: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Official(Record):
    """A member of the public trial staff."""

    name: str
    role: str = ""
    affiliation: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Outcome(Record):
    """What the trial measures."""

    kind: str = ""
    measure: str
    time_frame: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Related(Record):
    """A trial that a page lists beside this one."""

    id: str
    title: str = ""
    status: str = ""
    phase: str = ""


@value(frozen=True, slots=True, kw_only=True)
class Trial(Record):
    """One trial record; what its source lacks stays absent."""

    schema: Literal[1] = 1
    id: Annotated[str, Reads(_trial_id)]
    ids: list[str] = field(default_factory=list)
    title: str = ""
    official_title: str | None = None
    status: Status = "unknown"
    study_type: Literal["interventional", "observational", "expanded-access"] | None = None
    phases: list[str] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)
    sponsor: str | None = None
    collaborators: list[str] = field(default_factory=list)
    funder: str | None = None
    enrollment: int | None = None
    sex: Literal["all", "female", "male"] | None = None
    min_age: Years | None = None
    max_age: Years | None = None
    healthy_volunteers: bool | None = None
    summary: str | None = None
    description: str | None = None
    start: AnyDate | None = None
    primary_completion: AnyDate | None = None
    completion: AnyDate | None = None
    first_received: AnyDate | None = None
    last_updated: AnyDate | None = None
    regulated: bool | None = None
    purpose: str | None = None
    allocation: str | None = None
    model: str | None = None
    masking: str | None = None
    source: Source | None = None
    interventions: list[Intervention] = field(default_factory=list)
    arms: list[Arm] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    officials: list[Official] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    criteria: list[Criterion] = field(default_factory=list)

    def plain(self) -> dict[str, Any]:
        """The record as plain TOML-ready values: only what is known, in the schema's order."""
        return {"schema": 1, **Record.plain(self)}


def years_text(years: float) -> str:
    """An age bound in the unit it was meant in: 16 → "16 years", 0.5 → "6 months"."""
    if years == int(years):
        return f"{int(years)} years"
    months = years * 12
    if abs(months - round(months)) < 1e-3:
        return f"{round(months)} months"
    days = years * 365.25
    if abs(days / 7 - round(days / 7)) < 0.02:
        return f"{round(days / 7)} weeks"
    return f"{max(1, round(days))} days"


__all__ = [
    "ALSO", "OPEN_STATUSES", "Arm", "Criterion", "Intervention", "Kind", "Location", "Official", "Outcome", "Related",
    "Source", "Status", "Trial", "years_text",
]
