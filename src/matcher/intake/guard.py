"""The identifier guard: nothing that could tell who a patient is gets into a profile."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from matcher.intake.typed import TOP_AGE
from matcher.model.profile import Profile
from matcher.model.records import Record, keys

_ADVICE = {
    "e-mail": "looks like an e-mail address: leave it out",
    "phone": "looks like a telephone number: leave it out",
    "record-number": "looks like a record number: leave it out",
    "birth-date": "looks like a date of birth: give the age instead",
    "age": 'is an age over 89: write "90+"',
    "name": "looks like a person's name: leave it out",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """What could identify a patient: its kind (e-mail, phone, record-number, birth-date, age, name), where, what."""

    kind: str
    start: int
    end: int
    text: str

    @property
    def advice(self) -> str:
        """What it looks like and what to write instead."""
        return _ADVICE[self.kind]


def identifiers(text: str) -> list[Finding]:
    """What in a text could identify a patient, in reading order, no two findings overlapping."""
    from matcher.intake.patterns import SHAPES  # they take a while to compile: only once there is something to look at

    found: list[Finding] = []
    for shape in SHAPES:
        for match in shape.pattern.finditer(text):
            start, end = match.span()
            if shape.holds(match) and not any(start < other.end and other.start < end for other in found):
                found.append(Finding(shape.kind, start, end, match[0]))
    return sorted(found, key=lambda one: one.start)


def guard_profile(profile: Profile) -> list[tuple[str, Finding]]:
    """The place and the finding of everything in a profile that could identify the patient."""
    found = [(place, one) for place, text in _texts(profile, "") for one in identifiers(text)]
    if isinstance(profile.age, Decimal) and profile.age >= TOP_AGE:
        text = f"{profile.age:f}"
        found.insert(0, ("age", Finding("age", 0, len(text), text)))
    return found


def masked(profile: Profile) -> Profile:
    """The profile with all that could identify the patient blotted out, so that the rest of it may be kept."""
    plain = _blotted(profile.plain())
    if isinstance(profile.age, Decimal) and profile.age >= TOP_AGE:
        plain["age"] = "90+"
    return Profile.checked(plain)


def objections(profile: Profile) -> list[str]:
    """The findings in a profile as sentences, each with its place and what to write instead."""
    return [f'{place}: "{one.text}" {one.advice}' for place, one in guard_profile(profile)]


def blotted(text: str) -> str:
    """The text with all that could identify the patient blotted out."""
    for found in reversed(identifiers(text)):
        text = f"{text[: found.start]}…{text[found.end :]}"
    return text


def _blotted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _blotted(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_blotted(part) for part in value]
    return blotted(value) if isinstance(value, str) else value


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Record):
        for name in keys(type(value)):
            yield from _texts(getattr(value, name), f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            yield from _texts(part, f"{place}[{number}]")
