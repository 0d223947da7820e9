"""A disease beside that of the trial ("other malignancy", "coexisting infection"): of two unlike ones, one is always another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from matcher.matching import truth as t
from matcher.matching.entries import Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.still import calmed
from matcher.model.language import Condition
from matcher.model.patterns import later
from matcher.vocabulary import A_KIND, Concept, Relation

_BESIDE = later(r"(?:^|\s)(?:other than the one of the trial|co-?\s?existing|coexistent|concomitant|concurrent|comorbid|additional)$")
# What mostly comes from another disease, and may be a part of it.
_FROM_ANOTHER = later(r"cirrhosis|failure|insufficiency|impairment|obstruction|perforation|abscess|fistula|stricture|stenosis|bleeding|hemorrhage|anemia|edema|effusion|ascites|ulcer|sepsis|hypertension|fibrosis|arrhythmia|fibrillation|thrombosis|embolism|neuropathy|retinopathy|nephropathy|encephalopathy")
# What may be the metastasis of another cancer, by its name.
_MAY_HAVE_SPREAD = later(r"metastases$|^(?:liver|lung|brain|bone|peritoneal|pleural) cancer$|^(?:adeno)?carcinoma$|(?:liver|hepatic|brain|bone|peritoneal) (?:adeno)?carcinoma|of (?:the )?(?:liver|lung|brain|bone)")
_METASTASES = later(r"metasta")
# The spread of a cancer by a name that does not tell of which: a "metastatic melanoma" is its own primary.
_SPREAD = later(r"metastas[ei]s|^(?:oligo)?metastatic (?:cancer|carcinoma|adenocarcinoma|malignan|bone)")
_MALIGNANCY = "malignancy"
SECOND = "second primary malignancy"
"""Another cancer than the first one, by the name of which no record may hold it."""
# What cancers of two organs have in common.
_ANY_CANCER = frozenset((
    _MALIGNANCY, "neoplasm", "disease", "solid tumor", "carcinoma", "adenocarcinoma", "squamous cell carcinoma", "invasive carcinoma", "metastatic cancer", "advanced cancer",
    "advanced solid tumor", "epithelial neoplasm", "glandular cell neoplasm", "squamous cell neoplasm", "neoplasm of thorax", "neoplastic disease or syndrome", "cancer or benign tumor", "disease by etiologic mechanism",
))  # fmt: skip


def alone(leaf: Condition) -> Condition | None:
    """What is asked without being another than the trial's; None where that is not asked."""
    if leaf.term == SECOND and not leaf.states:
        return replace(leaf, term=_MALIGNANCY)
    found = _BESIDE.search(leaf.states[0]) if len(leaf.states) == 1 else None
    if found is None:
        return None
    rest = leaf.states[0][: found.start()].strip()
    return replace(leaf, states=(rest,) if rest else ())


def unlike(patient: Patient, entries: list[Resolved], leaf: Condition) -> bool:
    """Whether two of these have nothing to do with each other, so that a trial of the one finds another in the other.

    "Other" diseases that are no cancers may be parts of one: only of those that are said to stand beside it two tell.
    """
    coexisting = bool(leaf.states) and not leaf.states[0].endswith("of the trial")
    known = [one.concept for one in entries if one.concept is not None and not one.also]
    return any(_apart(patient, one, other, coexisting) for one, other in combinations(known, 2))


def as_its_primary(patient: Patient, one: Resolved, asked: Concept | None, not_excepted: Callable[[Resolved], Part]) -> Part:
    """Whether an entry is not excepted: metastases are part of the cancer that they come from, and stand or fall with it."""
    found = not_excepted(one)
    if found.truth == t.VIOLATED or asked is None or _METASTASES.search(asked.label) or not _SPREAD.search(one.concept.label if one.concept else one.wording):
        return found
    primaries = [other for other in patient.conditions if other is not one and _is_primary(patient, other)]
    truths = {not_excepted(other).truth for other in primaries}
    if not truths or truths == {t.HOLDS}:
        return found
    if truths == {t.VIOLATED}:
        return Part(t.VIOLATED, why=f"it is part of the {primaries[0].wording}, which is excepted")
    return Part(t.OPEN, "not-recorded", "which cancer it has spread from is not recorded, and one is or may be excepted")


def _is_primary(patient: Patient, one: Resolved) -> bool:
    """Whether an entry is a cancer, and not the spread of one."""
    known = one.concept is not None and not _SPREAD.search(one.concept.label) and one.concept.label != _MALIGNANCY
    return known and one.concept is not None and _MALIGNANCY in patient.vocabulary.lineage(one.concept) and one.entry.status != "absent"


def for_the_trial(patient: Patient, one: Resolved, leaf: Condition) -> bool:
    """Whether an entry is the cancer for which somebody comes to a trial, of one that asks for another: the only cancer that goes on, and nothing else does that few people have.

    A trial that is known to be about something else has a reading without the "other" (`reading/layout/own_disease.py`).
    """
    if alone(leaf) is None or one.entry.status != "active" or one.entry.until is not None or calmed(one):
        return False
    going = [other for other in patient.conditions if other.entry.status in ("active", "suspected") and other.entry.until is None]
    cancers = [other for other in going if _is_a_cancer(patient, other)]
    primaries = [other.concept for other in cancers if _is_primary(patient, other) and other.concept is not None]
    if one not in cancers or not primaries or any(patient.vocabulary.relation(a, b) not in _ONE_DISEASE for a, b in combinations(primaries, 2)):
        return False
    return all(other in cancers or _is_beside(patient, other) for other in going)


_ONE_DISEASE = (*A_KIND, Relation.BROADER)


def _is_a_cancer(patient: Patient, one: Resolved) -> bool:
    return one.concept is not None and not one.also and _MALIGNANCY in patient.vocabulary.lineage(one.concept)


def _is_beside(patient: Patient, one: Resolved) -> bool:
    """Whether an entry is nothing that a trial is likely to be about: a symptom, or what one adult in ten has."""
    vocabulary = patient.vocabulary
    return one.concept is not None and (vocabulary.widespread(one.concept) or vocabulary.manifestation(one.concept) or "symptom" in vocabulary.lineage(one.concept))


def _apart(patient: Patient, one: Concept, other: Concept, coexisting: bool) -> bool:
    vocabulary = patient.vocabulary
    if not vocabulary.relation(one, other) is vocabulary.relation(other, one) is Relation.UNRELATED:
        return False
    above = [vocabulary.broader(concept) for concept in (one, other)]
    if any(vocabulary.manifestation(concept) or "symptom" in labels for concept, labels in zip((one, other), above, strict=True)):
        return False
    if not all(_MALIGNANCY in labels for labels in above):
        return coexisting and not any(_MALIGNANCY in labels for labels in above) and not any(_FROM_ANOTHER.search(concept.label) for concept in (one, other))
    spread = any(_MAY_HAVE_SPREAD.search(concept.label) for concept in (one, other))
    return not spread and above[0] & above[1] <= _ANY_CANCER
