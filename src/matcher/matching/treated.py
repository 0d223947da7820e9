"""Diseases asked for by their treatment: "untreated hypothyroidism", "infection requiring antibiotics", "medication for gout"."""

from __future__ import annotations

import re
from decimal import Decimal

from matcher.matching import truth as t
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import edges, overlaps, period
from matcher.matching.routes import by_possible_routes, possible_routes
from matcher.model.dates import Span
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.model.verdict import Question
from matcher.vocabulary import A_KIND, Concept, Relation, normal
from matcher.vocabulary.indications import given_for

_UNTREATED = frozenset((("untreated",), ("not", "treated"), ("without", "treatment")))
_NAIVE = frozenset((("treatment", "naive"), ("drug", "naive"), ("therapy", "naive"), ("previously", "untreated"), ("never", "treated")))
_TREATED = later(r"(?:treated(?: (?:with|by))?|requir(?:es?|ing)|need(?:s|ing)|on|under|receiving|managed with)\b\s*(?P<name>[a-z0-9 ,/-]*)", re.IGNORECASE)
# Words before the name of what is required that a drug taken now fulfils, and behind it.
_LEADS = later(
    r"(?:(?:any|the|a|an|current(?:ly)?|active|ongoing|continuous|continued|concurrent|concomitant|specific|further|prescription|prescribed|medical|use of|treatment with|therapy with|management with|administration of)\s+)*"
    r"(?:(?P<route>systemic|oral|intravenous|iv|parenteral|inhaled|topical|intravitreal|subcutaneous)\s+(?:treatment with |therapy with |use of )?)?"
)  # fmt: skip
_TAIL = later(r"\s*\b(?:drug )?(?:treatments?|therap(?:y|ies)|medications?|medicines?|drugs?|agents?|use)$")
_BETWEEN = later(r"\s*(?:,|/|\band/or\b|\bor\b)\s*(?:or\b\s*)?")
_ANY = frozenset(("", "drug", "pharmacological", "pharmacologic", "medication", "drug or medical"))
_OF_IT = (*A_KIND, Relation.BROADER)
_THESE_DAYS = Window(within=Span(Decimal(30), "day"))
# What stands in the way of calling a treatment of the past one that is still required: it may have been given once.
_GOES_ON = frozenset(("dialysis", "oxygen", "mechanical ventilation"))


def treated_so(patient: Patient, one: Resolved, state: str) -> t.Truth:
    """Whether the state says of a disease's treatment what the record tells; only what goes on now tells."""
    if normal(state) in _UNTREATED:
        return _untreated(patient, one)
    if normal(state) in _NAIVE:
        return _naive(patient, one)
    found = _TREATED.fullmatch(state.strip())
    if found is None:
        return t.OPEN
    names = _BETWEEN.split(found["name"].casefold().strip())
    leads = [_LEADS.match(name) for name in names]
    route = next((lead["route"] for lead in leads if lead is not None and lead["route"]), None)  # of a list, it may be said of all
    plain = [name[lead.end() :].strip() if lead is not None else name for name, lead in zip(names, leads, strict=True)]
    return t.HOLDS if any(_so(patient, one, name, route) for name in plain) else t.OPEN


def _untreated(patient: Patient, one: Resolved) -> t.Truth:
    """Whether nothing is given for a disease now; for a cancer, whether nothing ever was, which only full lists of what is known tell."""
    if not _is_cancer(patient, one):
        return t.VIOLATED if any(given(patient, drug, one) for drug in patient.medications) else t.OPEN
    had = [drug for drug in patient.medications if drug.entry.state != "absent"]
    if any(_against_cancer(patient, drug) and (given(patient, drug, one) or (drug.entry.indication and _is_for(patient, drug, one))) for drug in had):
        return t.VIOLATED
    told = patient.profile.complete.medications is True and patient.profile.complete.procedures is True
    done = [each for each in patient.procedures if each.entry.status != "absent"]
    sure = all(drug.entry.indication and patient.vocabulary.condition(drug.entry.indication) is not None and not _is_for(patient, drug, one) for drug in had)
    return t.HOLDS if told and sure and all(each.concept is not None and patient.vocabulary.a_test(each.concept) for each in done) else t.OPEN


def _naive(patient: Patient, one: Resolved) -> t.Truth:
    """Whether nothing was ever given for a disease: of who takes nothing at all, by a list that is complete for all time."""
    if _is_cancer(patient, one):
        return _untreated(patient, one)
    had = [drug for drug in patient.medications if drug.entry.state != "absent"]
    if any(given(patient, drug, one) for drug in had):
        return t.VIOLATED
    return t.HOLDS if patient.profile.complete.medications is True and not had else t.OPEN


def _is_cancer(patient: Patient, one: Resolved) -> bool:
    """Whether a condition is a kind of cancer."""
    cancer = patient.vocabulary.curated("condition", "malignancy")
    return one.concept is not None and cancer is not None and patient.vocabulary.relation(one.concept, cancer) is Relation.NARROWER


def _against_cancer(patient: Patient, drug: Resolved) -> bool:
    """Whether a medication is one against cancers."""
    kinds = (patient.vocabulary.curated("treatment", label) for label in ("antineoplastic agents", "anticancer therapy"))
    return drug.concept is not None and any(kind is not None and patient.vocabulary.relation(drug.concept, kind) in A_KIND for kind in kinds)


def _for_others(patient: Patient, drug: Resolved) -> bool:
    """Whether a medication is certainly none against cancers, though it may be given beside them: a steroid, a bone drug."""
    kind = patient.vocabulary.curated("treatment", "antineoplastic agents")
    return drug.concept is not None and kind is not None and patient.vocabulary.relation(drug.concept, kind) is Relation.UNRELATED


def _is_for(patient: Patient, drug: Resolved, one: Resolved) -> bool:
    """Whether the recorded indication of a drug is the disease, or one of which it is a kind."""
    told = patient.vocabulary.condition(drug.entry.indication)
    return told is not None and one.concept is not None and patient.vocabulary.relation(one.concept, told) in _OF_IT


def _so(patient: Patient, one: Resolved, name: str, route: str | None) -> bool:
    """Whether a recorded treatment of the disease is the one that is named, by the route that is named."""
    plain = _TAIL.sub("", name)
    anything = plain in _ANY
    asked = None if anything else patient.concept("treatment", name) or patient.concept("treatment", plain)
    if anything or asked is not None:
        taken = (drug for drug in patient.medications if drug.concept is not None and (asked is None or patient.vocabulary.relation(drug.concept, asked) in A_KIND))
        if any(given(patient, drug, one) and _by_route(patient, drug, route) for drug in taken):
            return True
    operation = None if anything or route else patient.concept("procedure", name) or patient.concept("procedure", plain)
    return operation is not None and any(_done_for(patient, done, one) for done in patient.procedures if done.concept is not None and patient.vocabulary.relation(done.concept, operation) in A_KIND)


def _by_route(patient: Patient, drug: Resolved, route: str | None) -> bool:
    """Whether a drug is certainly given by a route."""
    return route is None or by_possible_routes(possible_routes(patient, drug), (route,), Question("medications", drug.wording, "word", None, "")).truth == t.HOLDS


def _done_for(patient: Patient, done: Resolved, one: Resolved) -> bool:
    """Whether an operation or the like was done for a disease that is there: in these days, or begun since and not ended."""
    if done.entry.status != "done" or one.entry.status != "active" or done.entry.date is None or patient.as_of is None:
        return False
    begun = one.entry.since or one.entry.diagnosed
    if begun is not None and done.entry.date.last < begun.first:
        return False
    goes_on = begun is not None and done.entry.until is None and done.concept is not None and not _GOES_ON.isdisjoint(patient.vocabulary.lineage(done.concept))
    during = period(done.entry.date, done.entry.until or done.entry.date, ongoing=False, as_of=patient.as_of)
    if not goes_on and overlaps(during, edges(_THESE_DAYS, patient.as_of)) != t.HOLDS:
        return False
    return _explains(patient, done, one)


_TREATED_FOR = later(r"(?P<now>currently )?(?P<what>treated|medication|surgery) for (?P<name>.+?)(?: within (?P<number>\d+) (?P<unit>hour|day|week|month|year)s?)?", re.IGNORECASE)


def treated_for(patient: Patient, statement: str) -> tuple[bool, str] | None:
    """Whether somebody is or was treated for a disease, as the drugs and operations tell, and the one that does; None where they do not."""
    found = _TREATED_FOR.fullmatch(statement)
    asked = patient.concept("condition", found["name"]) if found is not None else None
    if found is None or asked is None:
        return None
    now, what = found["now"] is not None, found["what"].casefold()
    window = Window(within=Span(Decimal(found["number"]), found["unit"].casefold())) if found["number"] is not None else None
    had = [drug for drug in patient.medications if drug.entry.state != "absent"] if what != "surgery" else []
    done = [each for each in patient.procedures if each.entry.status != "absent" and not (each.concept is not None and patient.vocabulary.a_test(each.concept))] if what != "medication" else []
    diseases = [one for one in patient.conditions if one.entry.status != "absent" and one.concept is not None and patient.vocabulary.relation(one.concept, asked) in A_KIND]
    for drug in had:
        if (drug.entry.state == "current" or not now) and _taken_in(patient, drug, window) == t.HOLDS and (_is_for_kind(patient, drug, asked) or any(given(patient, drug, one) for one in diseases)):
            return True, drug.wording
    for each in done:
        if what == "surgery" and not now and window is None and any(_explains(patient, each, one) for one in diseases):
            return True, each.wording
    complete = patient.profile.complete
    known = (what == "surgery" or complete.medications is True or (now and complete.medications == "current")) and (what == "medication" or complete.procedures is True)
    apart = all(_is_for_another(patient, drug, asked) or _taken_in(patient, drug, window) == t.VIOLATED for drug in had) and all(_explained_otherwise(patient, each, asked) for each in done)
    return (False, "") if known and apart else None


def _taken_in(patient: Patient, drug: Resolved, window: Window | None) -> t.Truth:
    """Whether a drug was taken within a time, at any where none is asked for."""
    if window is None:
        return t.HOLDS
    if patient.as_of is None:
        return t.OPEN
    ongoing = drug.entry.state == "current" and drug.entry.stop is None
    if drug.entry.start is None and drug.entry.stop is None and not ongoing:
        return t.OPEN
    return overlaps(period(drug.entry.start, drug.entry.stop, ongoing=ongoing, as_of=patient.as_of), edges(window, patient.as_of))


def _is_for_kind(patient: Patient, drug: Resolved, asked: Concept) -> bool:
    told = patient.vocabulary.condition(drug.entry.indication) if drug.entry.indication else None
    return told is not None and patient.vocabulary.relation(told, asked) in A_KIND


def _is_for_another(patient: Patient, drug: Resolved, asked: Concept) -> bool:
    told = patient.vocabulary.condition(drug.entry.indication) if drug.entry.indication else None
    return told is not None and patient.vocabulary.relation(told, asked) is Relation.UNRELATED


def _explained_otherwise(patient: Patient, done: Resolved, asked: Concept) -> bool:
    """Whether everything that an operation is usually done for is something else."""
    rows = given_for(patient.vocabulary, done.concept) if done.concept is not None else ()
    reasons = [patient.vocabulary.curated("condition", reason.label) for row in rows for reason in row.indications]
    return bool(reasons) and all(reason is not None and patient.vocabulary.relation(reason, asked) is Relation.UNRELATED for reason in reasons)


def given(patient: Patient, drug: Resolved, one: Resolved) -> bool:
    """Whether a medication is taken now for this disease: as its indication says, or because nothing else recorded explains it."""
    if drug.entry.state != "current" or drug.entry.stop is not None or drug.concept is None or one.concept is None:
        return False
    if drug.entry.indication:
        return _is_for(patient, drug, one)
    return _explains(patient, drug, one) and not (_is_cancer(patient, one) and _for_others(patient, drug))


def _explains(patient: Patient, treatment: Resolved, one: Resolved) -> bool:
    """Whether a disease is what a treatment is usually given for, and nothing else recorded is."""
    if treatment.concept is None:
        return False
    reasons = [reason.label for row in given_for(patient.vocabulary, treatment.concept) for reason in row.indications]
    if not _among(patient, one, reasons):
        return False
    return not any(_among(patient, other, reasons) for other in patient.conditions if other is not one and other.entry.status != "absent" and other.concept != one.concept)


def _among(patient: Patient, one: Resolved, labels: list[str]) -> bool:
    """Whether a recorded condition is one of these, or a kind of one."""
    named = (patient.vocabulary.curated("condition", label) for label in labels)
    return one.concept is not None and any(found is not None and patient.vocabulary.relation(one.concept, found) in A_KIND for found in named)
