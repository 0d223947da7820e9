"""The trial record, schema 1: what a registry or page says of a trial, and its criteria with their checks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from matcher.model.dates import AnyDate, Day

Status = Literal[
    "not-yet-recruiting", "recruiting", "enrolling-by-invitation", "active-not-recruiting", "suspended",
    "terminated", "completed", "withdrawn", "unknown",
]
OPEN_STATUSES = frozenset({"recruiting", "not-yet-recruiting", "enrolling-by-invitation"})
Kind = Literal["inclusion", "exclusion", "registry"]
Years = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """The common frame of a record's parts: immutable, and an unknown key is refused."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, serialize_by_alias=True, defer_build=True
    )


def _pairs(value: Any) -> Any:
    return [tuple(pair) if isinstance(pair, list) else pair for pair in value] if isinstance(value, list) else value


class Criterion(Part):
    """One eligibility criterion: the text as it stands, and its check in canonical wording ("" = unread)."""

    id: str
    kind: Kind
    text: str
    check: str = ""
    spans: Annotated[list[tuple[int, int]], BeforeValidator(_pairs)] = []
    group: str = ""
    curated: bool = False
    note: str = ""


class Source(Part):
    """Where a record came from, and the digest of what was read."""

    site: str
    format: str = ""
    url: str | None = None
    current_as_of: AnyDate | None = None
    read: Day | None = None
    digest: str | None = None
    paraphrased: bool = False


class Intervention(Part):
    """A drug, device, procedure or other intervention of the trial."""

    type: str = ""
    name: str
    description: str = ""


class Arm(Part):
    """An arm or group of the trial."""

    label: str
    type: str = ""
    description: str = ""


class Location(Part):
    """A place where the trial runs."""

    facility: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    status: str = ""


class Official(Part):
    """A member of the public trial staff."""

    name: str
    role: str = ""
    affiliation: str = ""


class Outcome(Part):
    """What the trial measures."""

    kind: str = ""
    measure: str
    time_frame: str = ""


class Related(Part):
    """A trial that a page lists beside this one."""

    id: str
    title: str = ""
    status: str = ""
    phase: str = ""


class Trial(Part):
    """One trial record; what its source lacks stays absent."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    id: Annotated[str, Field(min_length=1, max_length=80)]
    ids: list[str] = []
    title: str = ""
    official_title: str | None = None
    status: Status = "unknown"
    study_type: Literal["interventional", "observational", "expanded-access"] | None = None
    phases: list[str] = []
    conditions: list[str] = []
    keywords: list[str] = []
    sponsor: str | None = None
    collaborators: list[str] = []
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
    interventions: list[Intervention] = []
    arms: list[Arm] = []
    locations: list[Location] = []
    officials: list[Official] = []
    outcomes: list[Outcome] = []
    related: list[Related] = []
    criteria: list[Criterion] = []

    def plain(self) -> dict[str, Any]:
        """The record as plain TOML-ready values: only what is known, in the schema's order."""
        return {"schema": 1, **self.model_dump(exclude_none=True, exclude_defaults=True, by_alias=True)}


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
    "OPEN_STATUSES", "Arm", "Criterion", "Intervention", "Kind", "Location", "Official", "Outcome", "Related",
    "Source", "Status", "Trial", "years_text",
]
