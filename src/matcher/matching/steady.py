"""What keeps a kidney's function from being worked out from creatinine: dialysis, a kidney injury, wasted muscles, another recorded stage."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from matcher.matching.elsewhere import procedures_elsewhere
from matcher.matching.patient import Patient, Resolved
from matcher.model.dates import PartialDate
from matcher.model.patterns import later
from matcher.vocabulary import A_KIND

_ACUTE = ("acute kidney injury", "hepatorenal syndrome", "rapidly progressive glomerulonephritis", "acute tubular necrosis")
_WASTED = ("muscular dystrophy", "spinal muscular atrophy", "amyotrophic lateral sclerosis", "quadriplegia")
_RECOVERED = timedelta(days=90)  # an acute kidney injury is over by then, or it is a chronic one (KDIGO 2012)
# The rates of the stages of chronic kidney disease (KDIGO 2024), in mL/min/1.73 m².
_STAGES = {"1": (90, 999), "2": (60, 90), "3": (30, 60), "3a": (45, 60), "3b": (30, 45), "4": (15, 30), "5": (0, 15)}
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iiia": "3a", "iiib": "3b", "iv": "4", "v": "5"}
_STAGE = later(r"(?:stage|grade|class|ckd|kdigo|g|\s)*([1-5][ab]?|i{1,3}[ab]?|iv|v)(?:d|t)?", re.IGNORECASE)
IN_INJURY = "in an acute kidney injury"
_SLACK = Fraction(15, 100)  # by which two estimates of a steady rate may differ


def unsteady(patient: Patient, measured: PartialDate | None = None) -> str:
    """Why creatinine does not tell a patient's kidney function; "" where nothing recorded speaks against it."""
    if any(_goes_on(one, measured) for one in _done(patient, "dialysis")) or (_had(patient, ("end-stage renal disease",)) and not _done(patient, "kidney transplant")):
        return "on dialysis or with end-stage kidney disease"
    if any(_recent(one, measured) for one in _had(patient, _ACUTE)):
        return IN_INJURY
    return "with wasted muscles" if _had(patient, _WASTED) else ""


def fits_stage(patient: Patient, span: tuple[Fraction, Fraction]) -> bool:
    """Whether a rate is near one of every recorded stage of chronic kidney disease."""
    low, high = span[0] * (1 - _SLACK), span[1] * (1 + _SLACK)
    return all(low <= most and high >= least for least, most in _stages(patient))


def _stages(patient: Patient) -> Iterator[tuple[int, int]]:
    for one in _had(patient, ("chronic kidney disease",)):
        found = _STAGE.fullmatch((one.entry.stage or "").strip())
        if found is not None:
            stage = found[1].lower()
            yield _STAGES[_ROMAN.get(stage, stage)]


def _had(patient: Patient, labels: tuple[str, ...]) -> list[Resolved]:
    """The entries that are not over, of these conditions or kinds of them."""
    named = [found for label in labels if (found := patient.vocabulary.curated("condition", label)) is not None]
    held = (one for one in patient.conditions if one.entry.status in ("active", "suspected") and one.concept is not None)
    return [one for one in held if one.concept is not None and any(patient.vocabulary.relation(one.concept, asked) in A_KIND for asked in named)]


def _done(patient: Patient, label: str) -> list[Resolved]:
    """The procedures of a kind, in whatever list they stand."""
    asked = patient.vocabulary.curated("procedure", label)
    every = (*(one for one in patient.procedures if one.entry.status != "absent"), *(found.one for found in procedures_elsewhere(patient)))
    return [one for one in every if asked is not None and any(patient.vocabulary.relation(concept, asked) in A_KIND for concept in (one.concept, *one.also) if concept is not None)]


def _goes_on(one: Resolved, measured: PartialDate | None) -> bool:
    """Whether a dialysis may still have gone on when creatinine was measured."""
    until = one.entry.until
    return until is None or measured is None or until.last >= measured.first


def _recent(one: Resolved, measured: PartialDate | None) -> bool:
    """Whether an acute injury may not have been over when creatinine was measured."""
    since = one.entry.since or one.entry.diagnosed
    return since is None or measured is None or since.last + _RECOVERED >= measured.first
