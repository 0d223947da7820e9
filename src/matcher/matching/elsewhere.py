"""What stands in another list than the one that is asked: an operation among the conditions, a vaccination among the procedures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from matcher.matching import truth as t
from matcher.matching.entries import APART, Part, Tested
from matcher.matching.given_into import given_by
from matcher.matching.patient import Patient, Resolved
from matcher.model.patterns import later
from matcher.model.profile import Medication, Procedure
from matcher.model.values import value
from matcher.vocabulary import A_KIND, Concept, kinds_above, titled_deeds

# Called like an operation, and none: a spontaneous abortion.
_NO_OPERATION = frozenset(("miscarriage", "recurrent miscarriage", "threatened abortion", "missed abortion"))
# What may stand before and behind an operation that was recorded as a condition: "status post CABG", "pacemaker in situ".
_DONE = later(
    r"^(?:(?:status[ -]post|s/p|post|h/o|(?:personal )?history of|previous|prior|past|presence of(?: an?)?)[\s-]+)?(?P<name>.{3,}?)"
    r"(?:[\s-]+(?:status|recipient|state|in situ|in place|carrier|wearer|patient))?(?:\s*\((?:situation|finding|disorder|procedure)\))?$",
    re.IGNORECASE,
)
# Where a treatment is named together with a disease: "renal failure on dialysis", "steroid-dependent asthma".
_ALONG = later(
    r"\b(?:on|after|following|status[ -]post|s/p|post|under|requiring|receiving|with|(?:treated|managed|controlled) (?:with|by))\s+(?P<behind>.{3,})$"
    r"|^(?P<before>[\w ]{3,}?)[- ](?:dependent|dependence|treated|requiring|related|associated|refractory|induced)\b"
    r"|^post[- ](?P<past>\w{3,})\s\w"
    r"|^(?:long[ -]term|chronic|current|ongoing)\s+(?:\(current\)\s+)?(?:use of |treatment with |therapy with )?(?P<long>.{3,}?)(?: (?:use|therapy|treatment))?$",
    re.IGNORECASE,
)
# What makes of a drug's name that of giving it; a vaccination gives a vaccine.
_GIVING = later(r"\s+(?:infusions?|injections?|administration|therapy|treatment|course|cycles?|chemotherapy)$", re.IGNORECASE)
_AT_ONCE = later(r"(?:(?:intravenous|subcutaneous|intramuscular|oral) )?(?:administration|infusion|injection) of\b", re.IGNORECASE)
_GIVEN_INTO = later(r"\b(?:injections?|infusions?|infiltrations?|instillations?|blocks?|implants?|implantations?|pellets?)\b", re.IGNORECASE)
_ADJUVANT = later(r"^(?:neo-?adjuvant|adjuvant|palliative|induction|consolidation|maintenance)\s+|^(?:(?:intravenous|subcutaneous|intramuscular|oral) )?(?:administration|infusion|injection) of (?:an? )?", re.IGNORECASE)
# Drugs put into a part of the body: "hepatic arterial infusion chemotherapy", "HIPEC", "isolated limb perfusion".
_CHEMOTHERAPY = later(r"chemo(?!kine|prevent|sis|dectom)|\b(?:HIPEC|PIPAC|HAIC)\b|isolated (?:limb|hepatic|liver|lung) (?:perfusion|infusion)", re.IGNORECASE)
# Oxygen by the way in which it is given, or by what it is given from.
_OXYGEN = later(
    r"(?!.*\b(?:saturation|sat|sats|hyperbaric|consumption|uptake|extracorporeal|test)\b).*(?:\boxygen\b|\bO2\b|\bLTOT\b|\bnasal (?:cannulas?|cannulae|prongs?)\b|\b(?:non-?re-?breath(?:er|ing)|partial re-?breath(?:er|ing)|venturi|reservoir) mask)",
    re.IGNORECASE,
)
_VACCINATION = later(r"\b(?:vaccination|immuni[sz]ation)\b", re.IGNORECASE)


@value(frozen=True, slots=True)
class Elsewhere:
    """An entry as it would stand in the list asked, the list where it stands, whether it says no less there, and whether the title of a classification tells of it."""

    one: Resolved
    list: str
    sure: bool
    titled: bool = False


def procedures_elsewhere(patient: Patient) -> tuple[Elsewhere, ...]:
    """Procedures that were recorded as conditions or as medications, and tests with their result among the laboratory values."""
    return patient.kept("procedures", lambda: tuple(_procedures(patient)))


def medications_elsewhere(patient: Patient) -> tuple[Elsewhere, ...]:
    """Medications that were recorded as procedures or with a study, or that the name of a condition tells of."""
    return patient.kept("medications", lambda: (*_medications(patient), *_of_studies(patient)))


def _procedures(patient: Patient) -> Iterator[Elsewhere]:
    for one in patient.conditions:
        if one.entry.status == "absent" or (one.concept is not None and one.concept.label in _NO_OPERATION):
            continue
        for name, sure in _named_in(one.wording):
            found = _concepts(patient, "procedure", name)
            if found:
                entry = Procedure(name=one.wording, date=one.entry.since or one.entry.diagnosed, until=one.entry.until if sure else None)
                yield Elsewhere(Resolved(entry, one.wording, found[0], found[1:], exact=False), "conditions", sure and one.entry.status != "suspected")
    for one, told in _titled(patient, "procedure"):
        yield Elsewhere(Resolved(Procedure(name=one.wording), one.wording, told[0], told[1:], exact=False), "conditions", one.entry.status != "suspected", titled=True)
    for one in patient.conditions:
        for way in one.entry.confirmed_by if one.entry.status not in ("absent", "suspected") else ():
            found = _concepts(patient, "procedure", way)
            if found and (found[0].label != "biopsy" or patient.profile.complete.procedures):
                yield Elsewhere(Resolved(Procedure(name=way, date=one.entry.diagnosed), f"{way}, by which {one.wording} was confirmed", found[0], found[1:]), "confirmations", False)
    vaccines, given = patient.concept("treatment", "vaccines"), patient.concept("procedure", "vaccination")
    for one in patient.medications:
        if one.concept is not None and one.entry.state != "absent" and vaccines is not None and given is not None and patient.vocabulary.relation(one.concept, vaccines) in A_KIND:
            day = one.entry.start or one.entry.stop
            yield Elsewhere(Resolved(Procedure(name=one.wording, date=day, until=day), one.wording, given, exact=False), "medications", True)
    for one in patient.medications:
        found = () if one.concept is not None or one.entry.state == "absent" else _concepts(patient, "procedure", one.wording)
        if found:
            yield Elsewhere(Resolved(Procedure(name=one.wording, date=one.entry.start, until=one.entry.stop), one.wording, found[0], found[1:]), "medications", True)
    for lab in patient.profile.labs:
        test = patient.vocabulary.procedure(lab.test)
        if test is not None and isinstance(lab.value, str):
            yield Elsewhere(Resolved(Procedure(name=lab.test, date=lab.date, finding=lab.value), lab.test, test), "labs", True)


def _medications(patient: Patient) -> Iterator[Elsewhere]:
    for one in patient.procedures:
        given = given_by(patient, one) if one.entry.status != "absent" else ()
        for each in given:
            entry = Medication(name=one.wording, status="past", start=one.entry.date, stop=one.entry.until or one.entry.date, route=each.route)
            yield Elsewhere(Resolved(entry, one.wording, each.drug, exact=False), "procedures", each.sure)
        if not given and one.entry.status != "absent":
            yield from _named_by(patient, one)
    for one in patient.conditions:
        for name, sure in _named_in(one.wording) if one.entry.status != "absent" else ():
            found = () if sure else _concepts(patient, "treatment", name)
            if found:
                yield Elsewhere(Resolved(Medication(name=one.wording), one.wording, found[0], found[1:], exact=False), "conditions", False)
        if one.entry.status == "active" and _OXYGEN.match(one.wording):
            yield from (Elsewhere(Resolved(Medication(name=one.wording), one.wording, each, exact=False), "conditions", False) for each in _concepts(patient, "treatment", "oxygen"))
    for one, told in _titled(patient, "treatment"):
        yield Elsewhere(Resolved(Medication(name=one.wording), one.wording, told[0], told[1:], exact=False), "conditions", False, titled=True)


def _titled(patient: Patient, kind: str) -> Iterator[tuple[Resolved, tuple[Concept, ...]]]:
    """Conditions whose title tells what was done or is taken; the day of such an entry is not that of the deed."""
    for one in patient.conditions:
        named = (patient.concept(kind, label) for label in titled_deeds(one.wording, kind)) if one.entry.status != "absent" else ()
        told = tuple(concept for concept in named if concept is not None)
        if told:
            yield one, told


def _named_by(patient: Patient, one: Resolved) -> Iterator[Elsewhere]:
    """A drug that the name of a procedure is, or that a word of it names."""
    found = _concepts(patient, "treatment", _given(one.wording)) if one.concept is None else ()
    sure = bool(found)
    if not found and _CHEMOTHERAPY.search(one.wording):
        found = _concepts(patient, "treatment", "cytotoxic chemotherapy")
    if not found and one.concept is None and _OXYGEN.match(one.wording):
        found = _concepts(patient, "treatment", "oxygen")
    if found:
        once = one.entry.date if _AT_ONCE.match(one.wording) else None  # given on that day, where a "chemotherapy" is a course
        entry = Medication(name=one.wording, status="past", start=one.entry.date, stop=one.entry.until or once)
        yield Elsewhere(Resolved(entry, one.wording, found[0], found[1:], exact=False), "procedures", sure)
    for word in one.wording.split() if _GIVEN_INTO.search(one.wording) else ():
        drug = patient.vocabulary.treatment(word.strip("(),;"))
        if drug is not None:
            entry = Medication(name=one.wording, status="past", start=one.entry.date, stop=one.entry.until or one.entry.date)
            yield Elsewhere(Resolved(entry, one.wording, drug, exact=False), "procedures", False)


# What stands between the drugs of a study, and words that are no drug.
_AND_DRUGS = later(r"\s*(?:[,;/+()]|\b(?:and|or|vs?|versus|plus|with|against|followed by|in combination with)\b\.?)\s*", re.IGNORECASE)
_NO_DRUG = frozenset(("placebo", "investigational drugs"))


def _of_studies(patient: Patient) -> Iterator[Elsewhere]:
    """The drugs of studies: whether they were given, or a placebo, is not said there."""
    for study in patient.profile.trials:
        entry = Medication(name=study.drug or "", status="past" if study.stop else None, start=study.start, stop=study.stop)
        named = [found for piece in _AND_DRUGS.split(study.drug or "") if piece.strip() for found in _concepts(patient, "treatment", piece.strip())]
        known = list(dict.fromkeys(one for one in named if one.label not in _NO_DRUG))
        if study.drug and (known or not named):
            yield Elsewhere(Resolved(entry, study.drug, known[0] if known else None, tuple(known[1:]), exact=False), "trials", False)


def _named_in(wording: str) -> Iterator[tuple[str, bool]]:
    """The names in a condition's wording that may be those of a treatment, and whether it says nothing else."""
    whole = _DONE.match(wording.strip())
    if whole is not None:
        yield whole["name"], True
    for along in _ALONG.finditer(wording.strip()):
        yield next(filter(None, along.groups())), False
    words = wording.split()
    yield from ((" ".join(words[:length]), False) for length in range(1, min(len(words), 4)))  # "kidney transplant failure"


def _given(wording: str) -> str:
    return _VACCINATION.sub("vaccine", _GIVING.sub("", _ADJUVANT.sub("", wording.strip())))


def _concepts(patient: Patient, kind: str, name: str) -> tuple[Concept, ...]:
    exact: Concept | None = getattr(patient.vocabulary, kind)(name)
    return (exact,) if exact is not None else kinds_above(patient.vocabulary, kind, name)


def doubtful(tested: Tested, found: Elsewhere, kind: str) -> Tested:
    """An entry of another list as tested here: it names that list, and is open where only a name tells of it.

    What stands in the name of a disease, and only may be of the kind asked for, is none of it: vitamin D in its deficiency.
    """
    if found.list == "conditions" and not (found.sure or found.titled) and tested.parts[0].truth == t.OPEN and tested.parts[0].cause == "not-recorded":
        return APART
    fact = tested.evidence.fact.partition(": ")[2]
    evidence = replace(tested.evidence, fact=f"{found.list}: {fact}")
    doubt = () if found.sure or tested.parts[0].truth == t.VIOLATED else (Part(t.OPEN, "imprecise", f"it stands among the {found.list}{' of conditions' if found.list == 'confirmations' else ''}, not the {kind}"),)
    return Tested((*tested.parts, *doubt), tested.shown, evidence)
