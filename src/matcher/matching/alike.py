"""Which leaves are found alike for a patient: those of one shape to whose terms the record stands in the same way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.allergies import allergies_in, is_allergy
from matcher.matching.calm import BLEEDING, SEIZURE
from matcher.matching.confirming import TESTED
from matcher.matching.elsewhere import medications_elsewhere, procedures_elsewhere
from matcher.matching.entries import affirmed, concept_part, denies
from matcher.matching.measurements import OF_WOMEN, sources
from matcher.matching.medications import of_studies
from matcher.matching.others import SECOND
from matcher.matching.parts import pieces
from matcher.matching.patient import Patient, Resolved, spelled
from matcher.matching.people import of_its_mother, of_other_sex
from matcher.matching.purposes import asks_aim, by_purpose, treats_a_cancer
from matcher.matching.qualities import of_its_nature
from matcher.matching.routes import anyhow, asks_route
from matcher.matching.same_disease import another_kind, latent_form, of_other_severity, the_only_one
from matcher.matching.speaking import Spoken, refuted_in, signs_of, speaking
from matcher.matching.spreading import asks_spread, of_early_stage, spread
from matcher.matching.still import acute_form, still_there
from matcher.model import language as lang
from matcher.vocabulary import Concept, Relation
from matcher.vocabulary.markers import marked_diseases
from matcher.vocabulary.signs import measured

NOTHING = "nothing"
"""The sign of leaves whose terms the record has nothing to do with, and that are found alike whatever else they say."""
# A list is complete for all time or not at all: then neither window nor phase tells whether what is not in it is a "no".
_WHOLLY = (True, False)


class Alike:
    """One patient's record, asked how it stands to a term."""

    def __init__(self, patient: Patient) -> None:
        self._patient = patient
        self._of_kind: dict[type, Callable[[str], object | None]] = {
            lang.Condition: self._condition, lang.Medication: self._medication, lang.Procedure: self._procedure,
            lang.FamilyHistory: self._family, lang.Measurement: self._measurement, lang.Allergy: self._allergy,
        }
        self._allergies = allergies_in(patient)
        self._words = {word for statement in patient.answers for word in statement}
        self._strange: dict[str, list[frozenset[str]]] = {}
        self._silent: dict[str, frozenset[str]] = {}

    def sign(self, kind: type, term: str) -> object | None:
        """Everything that the finding of such a leaf rests on beside its shape; None where only the leaf itself tells."""
        return self._of_kind[kind](term)

    def _condition(self, term: str) -> object | None:
        asked = self._patient.concept("condition", term)
        if self._affirmed(asked, term):
            return None
        entries = self._patient.conditions
        if asked is not None and (asked.label in measured() or asked.label in TESTED or asked.label in marked_diseases() or asked.label in (SECOND, BLEEDING, SEIZURE)):
            return None
        if is_allergy(asked) or another_kind(self._patient, asked) is not None or of_other_sex(self._patient, asked) or of_its_mother(self._patient, term, asked) or (asked is not None and self._patient.vocabulary.apart(asked)):
            return None
        stands = self._stands("condition", term, asked, entries)
        spoken = [one for one in self._signs("condition", asked) if one.found or one.against or not any(stands)]
        if not any(stands) and not spoken and self._patient.profile.complete.conditions in _WHOLLY:
            return NOTHING
        if any(stands) and self._answered(asked.label if asked else term):
            return None
        return asked is None, self._natures(asked), stands, self._still(asked, stands), frozenset((one.passes, one.passes and one.facts[0].date, one.against, one.concept in refuted_in(self._patient)) for one in spoken)

    def _natures(self, asked: Concept | None) -> tuple[bool, ...]:
        """What the name asked says of how long it lasts."""
        vocabulary = self._patient.vocabulary
        if asked is None:
            return ()
        return vocabulary.lifelong(asked), vocabulary.event(asked), vocabulary.episodes(asked), vocabulary.silent(asked), asked.label.startswith("acute ")

    def _still(self, asked: Concept | None, stands: tuple[object, ...]) -> tuple[t.Truth, ...]:
        """Whether what is asked is there still, by each entry that has to do with it."""
        return tuple(still_there(self._patient, one, asked) for one, stand in zip(self._patient.conditions, stands, strict=True) if stand)

    def _affirmed(self, asked: Concept | None, term: str) -> bool:
        """Whether it was answered that the patient has, or had, the very thing."""
        return bool(self._words) and affirmed(self._patient, asked.label if asked else term) != ""

    def _answered(self, label: str) -> bool:
        """Whether a recorded answer may be to words made of a label."""
        return bool(self._words.intersection(spelled(label)))

    def _medication(self, term: str) -> object | None:
        asked = self._patient.concept("treatment", term)
        if self._affirmed(asked, term):
            return None
        if of_its_mother(self._patient, term, asked) or asks_route(asked) or asks_aim(asked) or self._has_equivalent(asked) or any(treats_a_cancer(self._patient, one, asked) for one in self._patient.medications) or (asked is not None and self._patient.vocabulary.apart(asked)):
            return None
        entries = (*self._patient.medications, *(found.one for found in medications_elsewhere(self._patient)))
        stands = self._stands("treatment", term, asked, entries)
        if not any(stands) and self._signs("treatment", asked):
            return None
        if not any(stands) and self._patient.profile.complete.medications in _WHOLLY and not of_studies(asked):
            return NOTHING
        return None if any(stands) and self._answered(asked.label if asked else term) else (stands, anyhow(asked), asked is not None and asked.kind, asked is not None and by_purpose(asked) and asked.label)

    def _has_equivalent(self, asked: Concept | None) -> bool:
        """Whether a drug is recorded whose dose may be told in that of the drug asked."""
        return asked is not None and any(one.concept is not None and self._patient.vocabulary.equivalent(one.concept, asked) is not None for one in self._patient.medications)

    def _procedure(self, term: str) -> object | None:
        """What the name says of how long it goes on counts too, where one is recorded."""
        asked = self._patient.concept("procedure", term)
        if self._affirmed(asked, term):
            return None
        entries = (*self._patient.procedures, *(found.one for found in procedures_elsewhere(self._patient)))
        if of_other_sex(self._patient, asked) or of_its_mother(self._patient, term, asked) or (asked is not None and (self._patient.vocabulary.a_test(asked) or self._patient.vocabulary.apart(asked))):
            return None
        if any(self._stands("procedure", term, asked, entries)) or self._signs("procedure", asked):
            return None
        return NOTHING if self._patient.profile.complete.procedures in _WHOLLY else ()

    def _family(self, term: str) -> object | None:
        asked = self._patient.concept("condition", term)
        stands = self._stands("condition", term, asked, self._patient.relatives, "of relatives")
        if any(stands) and self._answered(asked.label if asked else term):
            return None
        return stands if any(stands) else NOTHING

    def _allergy(self, term: str) -> object | None:
        return None if self._allergies or self._words else NOTHING

    def _measurement(self, term: str) -> object | None:
        """The measure; for all that have no recorded, computed or standing-in value the same."""
        measure = self._patient.vocabulary.measure(term)
        any_value = lang.Measurement(term, (lang.Bound(">", Decimal(0)),))
        if not any(sources(any_value, measure, self._patient)) and not (measure is not None and measure.id == OF_WOMEN):
            return NOTHING
        return measure and measure.id

    def _stands(self, kind: str, term: str, asked: Concept | None, entries: Sequence[Resolved], whose: str = "") -> tuple[object, ...]:
        """How each entry stands to the term: not at all, as a recorded "no", or in what way."""
        if asked is None:
            return tuple(self._stand(kind, term, asked, one) for one in entries)
        strange = self._strange.get(kind + whose)
        if strange is None:
            strange = self._strange[kind + whose] = [self._strangers(one) for one in entries]
        return tuple(False if asked.label in others and not asks_spread(asked.label) else self._stand(kind, term, asked, one) for one, others in zip(entries, strange, strict=True))

    def _strangers(self, one: Resolved) -> frozenset[str]:
        """What certainly has nothing to do with an entry: most of what is asked; nothing where it is not understood."""
        return self._patient.vocabulary.strangers(one.concept) if one.concept is not None and one.exact and not one.also else frozenset()

    def _signs(self, kind: str, asked: Concept | None) -> tuple[Spoken, ...]:
        """The facts of other lists that speak for what is asked."""
        silent = self._silent.get(kind)
        if silent is None:
            outside = [self._patient.vocabulary.outside(one.concept) for one in speaking(self._patient) if one.kind == kind]
            silent = self._silent[kind] = outside[0].intersection(*outside) if outside else frozenset()
        return () if asked is not None and asked.label in silent else tuple(signs_of(self._patient, kind, asked))

    def _stand(self, kind: str, term: str, asked: Concept | None, one: Resolved) -> object:
        patient = self._patient
        if asked is not None and one.concept is not None and one.exact and not one.also and not asks_spread(asked.label) and patient.vocabulary.relation(one.concept, asked) is Relation.UNRELATED:
            return False  # as it is found below, of most entries at once
        if getattr(one.entry, "state", None) == "absent" or getattr(one.entry, "status", None) == "absent":
            return denies(patient, one, kind, term, asked)
        part = concept_part(patient, one, kind, term, asked)
        staged = spread(patient, one, asked) if kind == "condition" else None
        if part.truth == t.VIOLATED and staged is None:
            return False
        several = pieces(patient, one) if asked is not None else []
        parts = tuple(concept_part(patient, piece, kind, "", asked).truth for piece in several) if len(several) > 1 else ()
        grave = kind == "condition" and (of_other_severity(patient, one, asked), of_early_stage(patient, one, asked), the_only_one(patient, one, asked))
        return part.truth, part.cause, asked is not None and one.concept == asked, acute_form(patient, one, asked), latent_form(one, asked), grave, parts, staged, kind == "condition" and of_its_nature(patient, one, asked)
