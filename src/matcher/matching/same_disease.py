"""Whether a recorded disease is the one asked for: by its name, stage, severity or nature, or as the only one that can be."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.disease_times import is_over
from matcher.matching.entries import SATISFIED, Part, concept_part
from matcher.matching.marked import by_markers
from matcher.matching.of_age import of_an_infant
from matcher.matching.patient import Patient, Resolved
from matcher.matching.qualities import SEVERITY, of_its_nature, opposed
from matcher.matching.spreading import spread
from matcher.matching.still import acute_form
from matcher.model.language import Condition
from matcher.vocabulary import Concept, Relation
from matcher.vocabulary.once import excluded_by, single
from matcher.vocabulary.passing import everyday
from matcher.vocabulary.severities import is_not_at


def disease_part(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None) -> Part:
    """Whether the entry is the disease asked for, by its name, its day or its stage."""
    if leaf.phase == "active" and latent_form(one, asked):
        return Part(t.VIOLATED)
    if of_an_infant(patient, one, asked):
        return Part(t.OPEN, "not-recorded", f"whether it counts as {asked.label if asked else leaf.term} so soon after birth is not known")
    staged = spread(patient, one, asked)
    if staged == t.HOLDS or acute_form(patient, one, asked) or of_its_nature(patient, one, asked):
        return SATISFIED
    named = concept_part(patient, one, "condition", leaf.term, asked)
    if staged == t.OPEN and asked is not None and named.truth == t.VIOLATED:
        return Part(t.OPEN, "not-recorded", f"whether this counts as {asked.label} is not known")
    if named.truth == t.OPEN and at_another_stage(one, asked):
        return Part(t.VIOLATED)
    if named.truth == t.HOLDS and asked is not None and _trifle_of_old(patient, one, asked):
        return Part(t.OPEN, "not-recorded", f"it is over, and whether such a thing counts as {asked.label} is not known")
    return by_markers(patient, one, asked, named)


def _trifle_of_old(patient: Patient, one: Resolved, asked: Concept) -> bool:
    """Whether an everyday illness that is over is held to the name of an organ's diseases: a cold of old is hardly a "history of respiratory disease"."""
    if one.concept is None or one.concept == asked or not asked.label.endswith((" disease", " disorder")) or not is_over(one):
        return False
    return everyday(patient.vocabulary, one.concept)


def at_another_stage(one: Resolved, asked: Concept | None) -> bool:
    """Whether the entry is of a stage at which it is not what is asked: a kidney disease of stage 3, and an end-stage one."""
    stage = getattr(one.entry, "stage", None) or ""
    return stage != "" and asked is not None and one.concept is not None and not one.also and not one.perhaps and asked.label in is_not_at(one.concept.label, stage)


def latent_form(one: Resolved, asked: Concept | None) -> bool:
    """Whether the recorded infection is what is asked while it sleeps: a latent tuberculosis is no active one."""
    return asked is not None and one.concept is not None and one.concept.label == f"latent {asked.label}"


def of_other_severity(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether a disease is recorded with another severity than the one that belongs to the name asked: mild asthma for severe asthma."""
    recorded = (getattr(one.entry, "severity", None) or "").casefold().strip()
    severity, _, disease = asked.label.partition(" ") if asked is not None else ("", "", "")
    if one.concept is None or recorded not in SEVERITY or severity not in SEVERITY or recorded.removeprefix("very ") == severity:
        return False
    return patient.concept("condition", disease) == one.concept


def the_only_one(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether a recorded disease that goes on is the only one of what is asked that a patient can have."""
    return asked is not None and one.concept is not None and not one.also and one.entry.status == "active" and not is_over(one) and (one.exact or bool(opposed(patient, one))) and single(patient.vocabulary, one.concept, asked)


def another_kind(patient: Patient, asked: Concept | None) -> Resolved | None:
    """A recorded disease that goes on and rules out what is asked, as another kind of the same: type 1 diabetes for type 2."""
    if asked is None:
        return None
    held = (one for one in patient.conditions if one.concept is not None and one.exact and not one.also and one.entry.status == "active" and not is_over(one))
    return next((one for one in held if one.concept is not None and excluded_by(one.concept, asked)), None)


def comes_with_another(patient: Patient, one: Resolved, asked: Concept | None) -> bool:
    """Whether the entry comes with a disease of which another kind than the one asked is recorded: a retinopathy with type 2 diabetes."""
    relation, vocabulary = patient.vocabulary.relation, patient.vocabulary
    parts = (one.concept, *one.also) if one.concept is not None else ()
    open_parts = [part for part in parts if asked is not None and relation(part, asked) is not Relation.UNRELATED]
    if asked is None or not open_parts or any(not vocabulary.manifestation(part) or relation(part, asked) is not Relation.UNKNOWN for part in open_parts):
        return False
    if one.also and one.perhaps:
        return False
    above = [patient.concept("condition", label) for label in vocabulary.kinds(asked)]
    others = [*parts, *(other.concept for other in patient.conditions if other.concept is not None and other is not one and other.entry.status == "active")]
    kinds = [other for other in others if relation(other, asked) is Relation.UNRELATED and not vocabulary.manifestation(other)]

    def explained(part: Concept) -> bool:
        over = [disease for disease in above if disease is not None and relation(part, disease) is Relation.NARROWER]
        return any(relation(kind, disease) is Relation.NARROWER for kind in kinds for disease in over)

    return all(map(explained, open_parts))
