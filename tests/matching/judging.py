"""Judging one check for one profile, and short forms of the facts the tables are made of."""

from __future__ import annotations

from typing import Any

from matcher.matching import judge_check, prepare
from matcher.matching.patient import Patient
from matcher.model.language import Check
from matcher.model.verdict import Judged
from matcher.model.wording import parse
from matcher.storage.toml_files import profile_from_plain
from matcher.vocabulary import load

AS_OF = "2026-11-21"
IN, EX = "inclusion", "exclusion"
Facts = dict[str, Any]
Row = tuple[str, str, Facts, str]
"""A check's wording, the criterion's kind, the profile's facts, and the verdict with its code."""
_PATIENTS: dict[str, Patient] = {}
_MANY = 500


def judge(check: str | Check, kind: str, facts: Facts) -> Judged:
    """The verdict on a check for a profile of these facts, on AS_OF unless they say another day (or None: no day)."""
    tree = parse(check) if isinstance(check, str) else check
    return judge_check(tree, kind, _patient({"schema": 1, "id": "T", "as_of": AS_OF, **facts}))


def verdict(check: str | Check, kind: str, facts: Facts) -> str:
    """The verdict and its code, as the tables write them."""
    found = judge(check, kind, facts)
    return f"{found.verdict} {found.code}"


def merged(*parts: Facts) -> Facts:
    """Several facts in one profile: lists one after another, completeness together."""
    found: Facts = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, list):
                found[key] = found.get(key, []) + value
            elif isinstance(value, dict):
                found[key] = {**found.get(key, {}), **value}
            else:
                found[key] = value
    return found


def lab(test: str, value: object, unit: str | None = None, date: str | None = "2026-11-10", **more: object) -> Facts:
    """One laboratory value."""
    return {"labs": [_kept(test=test, value=value, unit=unit, date=date, **more)]}


def score(name: str, value: object, date: str | None = "2026-11-10") -> Facts:
    """One score."""
    return {"scores": [_kept(name=name, value=value, date=date)]}


def condition(name: str, status: str | None = None, **more: object) -> Facts:
    """One condition."""
    return {"conditions": [_kept(name=name, status=status, **more)]}


def drug(name: str, **more: object) -> Facts:
    """One medication."""
    return {"medications": [_kept(name=name, **more)]}


def procedure(name: str, date: str | None = None, **more: object) -> Facts:
    """One procedure."""
    return {"procedures": [_kept(name=name, date=date, **more)]}


def study(**more: object) -> Facts:
    """One other study."""
    return {"trials": [_kept(**more)]}


def allergy(substance: str, status: str | None = None) -> Facts:
    """One allergy."""
    return {"allergies": [_kept(substance=substance, status=status)]}


def relative(name: str, **more: object) -> Facts:
    """One disease in the family."""
    return {"family_history": [_kept(name=name, **more)]}


def answer(statement: str, holds: bool, **more: object) -> Facts:
    """One answered statement."""
    return {"answers": [_kept(statement=statement, holds=holds, **more)]}


def complete(**lists: object) -> Facts:
    """Lists declared complete: true, "current" or a date."""
    return {"complete": lists}


def _patient(plain: Facts) -> Patient:
    """The patient of these facts: one for all the rows that ask of the same, as for all the trials of a match."""
    facts = repr(plain)
    if facts not in _PATIENTS:
        if plain["as_of"] is None:
            del plain["as_of"]
        if len(_PATIENTS) >= _MANY:
            del _PATIENTS[next(iter(_PATIENTS))]
        _PATIENTS[facts] = prepare(profile_from_plain(plain, "table"), load(), None)
    return _PATIENTS[facts]


def _kept(**values: object) -> dict[str, object]:
    return {key: value for key, value in values.items() if value is not None}
