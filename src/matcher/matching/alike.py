"""Which leaves are found alike for a patient whatever their terms: those whose term nothing in the record has to do with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.allergies import allergies_in, is_allergy
from matcher.matching.entries import concept_part, denies
from matcher.matching.measurements import sources
from matcher.matching.patient import Patient, Resolved
from matcher.model import language as lang


class Alike:
    """One patient's record, asked what it has to do with a term."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._of_kind: dict[type, Callable[[str], object | None]] = {
            lang.Condition: self._condition, lang.Medication: self._medication, lang.Procedure: self._procedure,
            lang.FamilyHistory: self._family, lang.Measurement: self._measurement, lang.Allergy: self._allergy,
        }
        self._allergies = allergies_in(patient)

    def sign(self, kind: type, term: str) -> object | None:
        """What the finding of such a leaf may still rest on beside its shape; None where the record bears on the term."""
        return self._of_kind[kind](term)

    def _condition(self, term: str) -> object | None:
        asked = self._patient.concept("condition", term)
        entries = self._patient.conditions
        if asked is None or is_allergy(asked) or self._bears("condition", term, entries):
            return None
        return self._patient.vocabulary.lifelong(asked)

    def _medication(self, term: str) -> object | None:
        return None if self._bears("treatment", term, self._patient.medications) else ()

    def _procedure(self, term: str) -> object | None:
        return None if self._bears("procedure", term, self._patient.procedures) else ()

    def _family(self, term: str) -> object | None:
        return None if self._bears("condition", term, self._patient.relatives) else ()

    def _allergy(self, term: str) -> object | None:
        return None if self._allergies else ()

    def _measurement(self, term: str) -> object | None:
        """No recorded, computed or standing-in value: a bound without a window asks for every one of them."""
        any_value = lang.Measurement(term, (lang.Bound(">", Decimal(0)),))
        measure = self._patient.vocabulary.measure(term)
        return None if any(sources(any_value, measure, self._patient)) else ()

    def _bears(self, kind: str, term: str, entries: Iterable[Resolved]) -> bool:
        """Whether an entry is, or could be, what the term names, or is a recorded "no" to it."""
        asked = self._patient.concept(kind, term)
        return any(
            denies(self._patient, one, kind, term, asked) or concept_part(self._patient, one, kind, term, asked).truth != t.VIOLATED
            for one in entries
        )
