"""The filters of the library as fields to fill in, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from matcher.app.fields import FieldSpec, written
from matcher.model.profile import Profile
from matcher.model.trial import Status, status_words
from matcher.storage.search import Filters

STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]
ANY_STATUS, OPEN_ONES = "any", "open to enrolment"
FIELDS = (
    FieldSpec("status", "status", "choice", (ANY_STATUS, *STATUSES), empty=OPEN_ONES),
    FieldSpec("condition", "condition", names="conditions", hint="with everything that is a kind of it"),
    FieldSpec("drug", "drug or class", names="medications", hint="a drug with its classes, a class with its drugs"),
    FieldSpec("phase", "phase", "choice", ("early phase 1", "1", "2", "3", "4"), empty="any"),
    FieldSpec("kind", "kind of study", "choice", ("interventional", "observational", "expanded-access"), empty="any"),
    FieldSpec("country", "country"),
    FieldSpec("city", "city"),
    FieldSpec("facility", "hospital", hint="words of its name"),
    FieldSpec("sponsor", "sponsor"),
    FieldSpec("sex", "takes", "choice", ("female", "male"), empty="any sex"),
    FieldSpec("age", "takes the age", "number", hint="in years"),
)


def values_of(filters: Filters) -> dict[str, Any]:
    """What the fields hold."""
    values: dict[str, Any] = {one.name: getattr(filters, one.name) or None for one in fields(Filters)}
    values["status"] = ANY_STATUS if filters.all_statuses else next(iter(filters.status), None)
    values["age"] = None if filters.age is None else Decimal(f"{filters.age:g}")
    return values


def filters_of(values: Mapping[str, Any]) -> Filters:
    """The filters that the fields give; ValueError says what does not fit."""
    age, status = values.get("age"), values.get("status")
    if age is not None and not 0 <= age <= 130:
        raise ValueError("takes the age: expected an age in years")
    words = {name: values.get(name) or "" for name in ("phase", "kind", "sex", "country", "city", "facility", "sponsor", "condition", "drug")}
    chosen = (status,) if status and status != ANY_STATUS else ()
    return Filters(all_statuses=status == ANY_STATUS, status=chosen, age=None if age is None else float(age), **words)


def for_patient(filters: Filters, profile: Profile) -> Filters:
    """The filters narrowed to the age and sex of a patient; her condition is left out, since a trial of a broader one may take her."""
    age = profile.age if isinstance(profile.age, Decimal) else None
    return replace(filters, age=None if age is None else float(age), sex=profile.sex or "")


def filters_words(filters: Filters) -> str:
    """The filters in words: "open to enrolment · phase 2 · lupus nephritis and its kinds · in Germany"."""
    status = "of any status" if filters.all_statuses else ", ".join(status_words(one) for one in filters.status) or OPEN_ONES
    phase = filters.phase if filters.phase.startswith("early") else f"phase {filters.phase}" if filters.phase else ""
    who = {"female": "takes women", "male": "takes men"}.get(filters.sex, "")
    age = f"takes the age {written(Decimal(f'{filters.age:g}'))}" if filters.age is not None else ""
    place = ", ".join(filter(None, (filters.facility, filters.city, filters.country)))
    parts = (
        status, phase, filters.kind, f"{filters.condition} and its kinds" if filters.condition else "", filters.drug,
        f"in {place}" if place else "", f"by {filters.sponsor}" if filters.sponsor else "", who, age,
    )
    return " · ".join(part for part in parts if part)


__all__ = ["FIELDS", "filters_of", "filters_words", "for_patient", "values_of"]
