"""States of a condition, treatment or procedure ("severe", "of lower limb"), asked as they are said."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.parts import statement_part
from matcher.matching.patient import Patient


def described(state: str, label: str) -> str:
    """A name with its state as it is said: "severe asthma", "fracture of lower limb"."""
    before, of, place = f" {state}".partition(" of ")
    return " ".join(filter(None, (before.strip(), label, of.strip(), place)))


def state_part(patient: Patient, states: tuple[str, ...], label: str) -> Part:
    """Whether one of the states holds: only a recorded answer tells."""
    if not states:
        return SATISFIED
    found = [statement_part(patient, described(state, label)) for state in states]
    truth = t.disjoin([part.truth for part in found])
    return next((part for part in found if part.truth == truth), found[0])
