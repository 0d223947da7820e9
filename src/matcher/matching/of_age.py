"""What age changes: limits of normal that are not those of a child, and passages that are open for a while after birth."""

from __future__ import annotations

from dataclasses import replace

from matcher.matching.patient import Patient, Resolved
from matcher.matching.people import age_span
from matcher.vocabulary import Concept, Measure

_GROWN_UP, _A_YEAR = 18, 1  # of an infant hardly any limit is that of a grown-up
# What changes with age so much that an adult's limit misleads.
_WITH_AGE = frozenset((
    "creatinine", "alkaline phosphatase", "hemoglobin", "hematocrit", "red blood cells", "white blood cells", "neutrophils", "lymphocytes", "IgG", "IgA", "IgM", "phosphate", "lactate dehydrogenase",
    "creatine kinase", "uric acid", "ferritin", "alpha-fetoprotein", "NT-proBNP", "urea", "blood urea nitrogen", "cystatin C",
))  # fmt: skip


def measure_for(patient: Patient, term: str) -> Measure | None:
    """What a term measures, with the usual limits that hold for the patient: for a child none of those that change with age."""
    measure = patient.vocabulary.measure(term)
    if measure is None or not (measure.uln or measure.lln):
        return measure
    span = age_span(patient)
    young = span is not None and (span[0] < _A_YEAR or (span[0] < _GROWN_UP and measure.label in _WITH_AGE))
    return replace(measure, uln=None, lln=None) if young else measure


_OPEN_AT_BIRTH = ("patent ductus arteriosus", "patent foramen ovale")


def of_an_infant(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether a malformation is asked for, and a passage is recorded that in a newborn is only not closed yet."""
    if one.concept is None or asked is None or asked == one.concept or one.concept.label not in _OPEN_AT_BIRTH:
        return False
    span = age_span(patient)
    return span is not None and span[0] < _A_YEAR
