"""The anonymised patient profile, schema 1: every key may be left out, and left out means not recorded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, PlainValidator, model_validator

from matcher.model.dates import AnyDate, Day, PartialDate, check_number, finite_number, partial_date

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"


def _plain_number(value: Decimal | str) -> int | float | Decimal | str:
    if isinstance(value, str):
        return value
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(str(float(value))) == value else value


def _number(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ValueError("expected a number")
    return finite_number(value)


def _age(value: Any) -> Decimal | Literal["90+"]:
    if value == "90+":
        return "90+"
    try:
        number = _number(value)
    except ValueError:
        raise ValueError('expected an age in years such as 34, or "90+"') from None
    if not 0 <= number <= 130:
        raise ValueError("expected an age between 0 and 130 years")
    return number


def _completeness(value: Any) -> bool | Literal["current"] | PartialDate:
    if isinstance(value, bool):
        return value
    if value == "current":
        return "current"
    try:
        return partial_date(value)
    except ValueError:
        raise ValueError('expected true, false, "current" or a date') from None


def _plain_completeness(value: bool | str | PartialDate) -> bool | str | date:
    if isinstance(value, PartialDate):
        return value.first if value.exact else str(value)
    return value


Value = Annotated[Decimal | str, PlainValidator(check_number), PlainSerializer(_plain_number)]
Number = Annotated[Decimal, PlainValidator(_number), PlainSerializer(_plain_number)]
Age = Annotated[Decimal | Literal["90+"], PlainValidator(_age), PlainSerializer(_plain_number)]
Completeness = Annotated[
    bool | Literal["current"] | PartialDate, PlainValidator(_completeness), PlainSerializer(_plain_completeness)
]
_stripped = BeforeValidator(lambda value: value.strip() if isinstance(value, str) else value)
Word = Annotated[str, Field(min_length=1, max_length=500), _stripped]


class Entry(BaseModel):
    """The common frame of everything a profile holds: immutable, and an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Condition(Entry):
    """A disease, symptom or state the patient has, had, may have or is known not to have."""

    name: Word
    status: Literal["active", "resolved", "suspected", "absent"] = "active"
    stage: Word | None = None
    severity: Word | None = None
    confirmed_by: list[Word] = []
    since: AnyDate | None = None
    diagnosed: AnyDate | None = None
    until: AnyDate | None = None


class Lab(Entry):
    """A laboratory value, vital sign, measured quantity or biomarker, with the report's own limits where printed."""

    test: Word
    value: Value
    unit: Word | None = None
    uln: Number | None = None
    lln: Number | None = None
    date: AnyDate | None = None


class Score(Entry):
    """A score, stage or grade that a person assigned."""

    name: Word
    value: Value
    date: AnyDate | None = None


class Medication(Entry):
    """A drug or class the patient takes, took or is known not to have taken."""

    name: Word
    status: Literal["current", "past", "absent"] | None = None
    dose: Number | None = None
    unit: Word | None = None
    route: Word | None = None
    start: AnyDate | None = None
    stop: AnyDate | None = None
    stable_since: AnyDate | None = None
    response: Literal["complete", "partial", "inadequate", "none", "intolerant"] | None = None
    indication: Word | None = None
    setting: Word | None = None
    stop_reason: Word | None = None

    @property
    def state(self) -> str:
        """The status as stated, else past where a stop is given, else current."""
        return self.status or ("past" if self.stop else "current")


class Procedure(Entry):
    """An operation, biopsy, imaging or other procedure, and what it found."""

    name: Word
    status: Literal["done", "absent"] = "done"
    date: AnyDate | None = None
    until: AnyDate | None = None
    finding: Word | None = None


class Allergy(Entry):
    """A drug, class or substance the patient reacts to, or is known not to."""

    substance: Word
    status: Literal["present", "absent"] = "present"


class Participation(Entry):
    """Another study the patient is or was in."""

    name: Word | None = None
    kind: Literal["drug", "device", "behavioural", "observational"] | None = None
    drug: Word | None = None
    start: AnyDate | None = None
    stop: AnyDate | None = None


class Relative(Entry):
    """A disease in the patient's family."""

    name: Word
    relation: Word | None = None
    status: Literal["present", "absent"] = "present"


class Answer(Entry):
    """A person's answer to a statement that no other key holds."""

    statement: Word
    holds: bool
    date: AnyDate | None = None


class Complete(Entry):
    """Which lists are exhaustive: true (ever), "current" (what holds now), or a date (complete since then)."""

    conditions: Completeness = False
    medications: Completeness = False
    procedures: Completeness = False
    allergies: Completeness = False
    trials: Completeness = False
    family_history: Completeness = False


class Profile(Entry):
    """One anonymised patient: a code, the day the facts describe, and the facts."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    id: Annotated[str, Field(pattern=ID_PATTERN)]
    as_of: Day | None = None
    age: Age | None = None
    sex: Literal["female", "male"] | None = None
    weight_kg: Annotated[Number, Field(ge=0.2, le=700)] | None = None
    height_cm: Annotated[Number, Field(ge=20, le=280)] | None = None
    healthy: bool | None = None
    pregnant: bool | None = None
    breastfeeding: bool | None = None
    childbearing_potential: bool | None = None
    contraception: bool | None = None
    smoking: Literal["never", "former", "current"] | None = None
    smoking_stopped: AnyDate | None = None
    note: str | None = None
    complete: Complete = Complete()
    conditions: list[Condition] = []
    labs: list[Lab] = []
    scores: list[Score] = []
    medications: list[Medication] = []
    procedures: list[Procedure] = []
    allergies: list[Allergy] = []
    trials: list[Participation] = []
    family_history: list[Relative] = []
    answers: list[Answer] = []

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, populate_by_name=True, serialize_by_alias=True, defer_build=True
    )

    @model_validator(mode="after")
    def _consistent(self) -> Profile:
        if self.sex == "male" and (self.pregnant or self.breastfeeding):
            raise ValueError("pregnant or breastfeeding = true does not go with sex = \"male\"")
        for place, first, last in _periods(self):
            if first and last and last.last < first.first:
                raise ValueError(f"{place}: ends ({last}) before it begins ({first})")
        if self.as_of is not None:
            for place, when in dated_facts(self):
                if when.first > self.as_of:
                    raise ValueError(f"{place} = {when} is after as_of = {self.as_of}: expected a date on or before it")
        return self

    def plain(self) -> dict[str, Any]:
        """The profile as plain TOML-ready values: only what is recorded, in the schema's order."""
        kept = self.model_dump(exclude_none=True, exclude_defaults=True, by_alias=True)
        return {"schema": 1, **kept}


_DATE_KEYS = ("since", "diagnosed", "until", "date", "start", "stop", "stable_since")
LISTS = (
    "conditions", "labs", "scores", "medications", "procedures", "allergies", "trials", "family_history", "answers",
)


def dated_facts(profile: Profile) -> list[tuple[str, PartialDate]]:
    """Every recorded date with its place, such as `labs[2].date`."""
    found = [("smoking_stopped", profile.smoking_stopped)] if profile.smoking_stopped else []
    for name in LISTS:
        for number, entry in enumerate(getattr(profile, name), 1):
            for key in _DATE_KEYS:
                when = getattr(entry, key, None)
                if when is not None:
                    found.append((f"{name}[{number}].{key}", when))
    return found


def _periods(profile: Profile) -> list[tuple[str, PartialDate | None, PartialDate | None]]:
    pairs = (
        ("conditions", "since", "until"), ("medications", "start", "stop"),
        ("procedures", "date", "until"), ("trials", "start", "stop"),
    )
    return [
        (f"{name}[{number}].{last}", getattr(entry, first), getattr(entry, last))
        for name, first, last in pairs
        for number, entry in enumerate(getattr(profile, name), 1)
    ]
