"""The anonymised patient profile, schema 1: every key may be left out, and left out means not recorded."""

from __future__ import annotations

import re
from dataclasses import field
from decimal import Decimal
from typing import Annotated, Any, Literal

from matcher.model.dates import AnyDate, Day, PartialDate, check_number, finite_number, partial_date
from matcher.model.records import Reads, Record, writable
from matcher.model.values import value

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"


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


def _between(low: str, high: str) -> Reads:
    def read(value: Any) -> Decimal:
        number = _number(value)
        if not Decimal(low) <= number <= Decimal(high):
            raise ValueError(f"expected at {'least ' + low if number < Decimal(low) else 'most ' + high}")
        return number

    return Reads(read)


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected text in quotes")
    word = value.strip()
    if not word:
        raise ValueError("expected some text, not an empty one")
    if len(word) > 500:
        raise ValueError("expected at most 500 characters")
    return writable(word)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("expected true or false")
    return value


def _note(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected text in quotes")
    return writable(value)


def _code(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("expected text in quotes")
    if not re.match(ID_PATTERN, value) or value.endswith("\n"):
        raise ValueError('expected a code such as "LN-0042": at most 40 letters, digits, ".", "-" or "_"')
    return value


Value = Annotated[Decimal | str, Reads(check_number)]
Number = Annotated[Decimal, Reads(_number)]
Age = Annotated[Decimal | Literal["90+"], Reads(_age)]
Completeness = Annotated[bool | Literal["current"] | PartialDate, Reads(_completeness)]
Word = Annotated[str, Reads(_word)]
Flag = Annotated[bool, Reads(_flag)]


class Entry(Record):
    """The common frame of everything a profile holds: immutable, an unknown key is refused, and nothing is guessed."""

    __slots__ = ()


@value(frozen=True, slots=True, kw_only=True)
class Condition(Entry):
    """A disease, symptom or state the patient has, had, may have or is known not to have."""

    name: Word
    status: Literal["active", "resolved", "suspected", "absent"] = "active"
    stage: Word | None = None
    severity: Word | None = None
    confirmed_by: list[Word] = field(default_factory=list)
    since: AnyDate | None = None
    diagnosed: AnyDate | None = None
    until: AnyDate | None = None


@value(frozen=True, slots=True, kw_only=True)
class Lab(Entry):
    """A laboratory value, vital sign, measured quantity or biomarker, with the report's own limits where printed."""

    test: Word
    value: Value
    unit: Word | None = None
    uln: Number | None = None
    lln: Number | None = None
    date: AnyDate | None = None


@value(frozen=True, slots=True, kw_only=True)
class Score(Entry):
    """A score, stage or grade that a person assigned."""

    name: Word
    value: Value
    date: AnyDate | None = None


@value(frozen=True, slots=True, kw_only=True)
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


@value(frozen=True, slots=True, kw_only=True)
class Procedure(Entry):
    """An operation, biopsy, imaging or other procedure, and what it found."""

    name: Word
    status: Literal["done", "absent"] = "done"
    date: AnyDate | None = None
    until: AnyDate | None = None
    finding: Word | None = None


@value(frozen=True, slots=True, kw_only=True)
class Allergy(Entry):
    """A drug, class or substance the patient reacts to, or is known not to."""

    substance: Word
    status: Literal["present", "absent"] = "present"


@value(frozen=True, slots=True, kw_only=True)
class Participation(Entry):
    """Another study the patient is or was in."""

    name: Word | None = None
    kind: Literal["drug", "device", "behavioural", "observational"] | None = None
    drug: Word | None = None
    start: AnyDate | None = None
    stop: AnyDate | None = None


@value(frozen=True, slots=True, kw_only=True)
class Relative(Entry):
    """A disease in the patient's family."""

    name: Word
    relation: Word | None = None
    status: Literal["present", "absent"] = "present"


@value(frozen=True, slots=True, kw_only=True)
class Answer(Entry):
    """A person's answer to a statement that no other key holds."""

    statement: Word
    holds: Flag
    date: AnyDate | None = None


@value(frozen=True, slots=True, kw_only=True)
class Complete(Entry):
    """Which lists are exhaustive: true (ever), "current" (what holds now), or a date (complete since then)."""

    conditions: Completeness = False
    medications: Completeness = False
    procedures: Completeness = False
    allergies: Completeness = False
    trials: Completeness = False
    family_history: Completeness = False


@value(frozen=True, slots=True, kw_only=True)
class Profile(Entry):
    """One anonymised patient: a code, the day the facts describe, and the facts."""

    schema: Literal[1] = 1
    id: Annotated[str, Reads(_code)]
    as_of: Day | None = None
    age: Age | None = None
    sex: Literal["female", "male"] | None = None
    weight_kg: Annotated[Decimal, _between("0.2", "700")] | None = None
    height_cm: Annotated[Decimal, _between("20", "280")] | None = None
    healthy: Flag | None = None
    pregnant: Flag | None = None
    breastfeeding: Flag | None = None
    childbearing_potential: Flag | None = None
    contraception: Flag | None = None
    smoking: Literal["never", "former", "current"] | None = None
    smoking_stopped: AnyDate | None = None
    note: Annotated[str, Reads(_note)] | None = None
    complete: Complete = field(default_factory=Complete)
    conditions: list[Condition] = field(default_factory=list)
    labs: list[Lab] = field(default_factory=list)
    scores: list[Score] = field(default_factory=list)
    medications: list[Medication] = field(default_factory=list)
    procedures: list[Procedure] = field(default_factory=list)
    allergies: list[Allergy] = field(default_factory=list)
    trials: list[Participation] = field(default_factory=list)
    family_history: list[Relative] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.sex == "male" and (self.pregnant or self.breastfeeding):
            raise ValueError("pregnant or breastfeeding does not go with the sex male")
        for place, first, last in _periods(self):
            if first and last and last.last < first.first:
                raise ValueError(f"{place}: ends ({last}) before it begins ({first})")
        if self.as_of is not None:
            for place, when in dated_facts(self):
                if when.first > self.as_of:
                    raise ValueError(f"{place} = {when} is after as_of = {self.as_of}: expected a date on or before it")

    def plain(self) -> dict[str, Any]:
        """The profile as plain TOML-ready values: only what is recorded, in the schema's order."""
        return {"schema": 1, **Record.plain(self)}


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
