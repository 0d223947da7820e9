"""What stands in another list than the one that is asked: an operation among the conditions, a low hemoglobin for an anemia.

It keeps a list declared complete from making a "no" of what is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from matcher.matching import truth as t
from matcher.matching.entries import Part, Tested
from matcher.matching.finding import Finding
from matcher.matching.patient import Patient, Resolved
from matcher.model.language import Check
from matcher.model.profile import Medication, Procedure
from matcher.model.values import value
from matcher.model.wording import parse
from matcher.vocabulary import Concept, Relation, kinds_above
from matcher.vocabulary.signs import signs

# What may stand before and behind an operation that was recorded as a condition: "status post CABG", "pacemaker in situ".
_DONE = re.compile(
    r"^(?:(?:status[ -]post|s/p|post|h/o|(?:personal )?history of|previous|prior|past|presence of(?: an?)?)[\s-]+)?(?P<name>.{3,}?)"
    r"(?:[\s-]+(?:status|recipient|state|in situ|in place|carrier|wearer|patient))?(?:\s*\((?:situation|finding|disorder|procedure)\))?$",
    re.IGNORECASE,
)
# Where a treatment is named together with a disease: "renal failure on dialysis", "steroid-dependent asthma".
_ALONG = re.compile(
    r"\b(?:on|after|following|status[ -]post|s/p|post|under|requiring|receiving|with|(?:treated|managed|controlled) (?:with|by))\s+(?P<behind>.{3,})$"
    r"|^(?P<before>[\w ]{3,}?)[- ](?:dependent|dependence|treated|requiring)\b"
    r"|^post[- ](?P<past>\w{3,})\s\w"
    r"|^(?:long[ -]term|chronic|current|ongoing)\s+(?:\(current\)\s+)?(?:use of |treatment with |therapy with )?(?P<long>.{3,}?)(?: (?:use|therapy|treatment))?$",
    re.IGNORECASE,
)
# What makes of a drug's name that of giving it; a vaccination gives a vaccine.
_GIVING = re.compile(r"\s+(?:infusions?|injections?|administration|therapy|treatment|course|cycles?|chemotherapy)$", re.IGNORECASE)
_ADJUVANT = re.compile(r"^(?:neo-?adjuvant|adjuvant|palliative|induction|consolidation|maintenance)\s+", re.IGNORECASE)
_VACCINATION = re.compile(r"\b(?:vaccination|immuni[sz]ation)\b", re.IGNORECASE)


@value(frozen=True, slots=True)
class Elsewhere:
    """An entry as it would stand in the list asked, the list where it stands, and whether it says no less there."""

    one: Resolved
    list: str
    sure: bool


@value(frozen=True, slots=True)
class Spoken:
    """A condition or procedure that a fact of another list speaks for, and what was found of that fact."""

    kind: str
    concept: Concept
    finding: Finding


def procedures_elsewhere(patient: Patient) -> tuple[Elsewhere, ...]:
    """Procedures that were recorded as conditions or as medications."""
    return patient.kept("procedures", lambda: tuple(_procedures(patient)))


def medications_elsewhere(patient: Patient) -> tuple[Elsewhere, ...]:
    """Medications that were recorded as procedures, or that the name of a condition tells of."""
    return patient.kept("medications", lambda: tuple(_medications(patient)))


def _procedures(patient: Patient) -> Iterator[Elsewhere]:
    for one in patient.conditions:
        if one.entry.status == "absent":
            continue
        for name, sure in _named_in(one.wording):
            found = _concepts(patient, "procedure", name)
            if found:
                entry = Procedure(name=one.wording, date=one.entry.since or one.entry.diagnosed, until=one.entry.until if sure else None)
                yield Elsewhere(Resolved(entry, one.wording, found[0], found[1:], exact=False), "conditions", sure and one.entry.status != "suspected")
    for one in patient.medications:
        found = () if one.concept is not None or one.entry.state == "absent" else _concepts(patient, "procedure", one.wording)
        if found:
            yield Elsewhere(Resolved(Procedure(name=one.wording, date=one.entry.start, until=one.entry.stop), one.wording, found[0], found[1:]), "medications", True)


def _medications(patient: Patient) -> Iterator[Elsewhere]:
    for one in patient.procedures:
        found = () if one.concept is not None or one.entry.status == "absent" else _concepts(patient, "treatment", _given(one.wording))
        if found:
            entry = Medication(name=one.wording, status="past", start=one.entry.date, stop=one.entry.until)
            yield Elsewhere(Resolved(entry, one.wording, found[0], found[1:], exact=False), "procedures", True)
    for one in patient.conditions:
        for name, sure in _named_in(one.wording) if one.entry.status != "absent" else ():
            found = () if sure else _concepts(patient, "treatment", name)
            if found:
                yield Elsewhere(Resolved(Medication(name=one.wording), one.wording, found[0], found[1:], exact=False), "conditions", False)


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
    """An entry of another list as tested here: it names that list, and is open where only a name tells of it."""
    fact = tested.evidence.fact.partition(": ")[2]
    evidence = replace(tested.evidence, fact=f"{found.list}: {fact}")
    doubt = () if found.sure or tested.parts[0].truth == t.VIOLATED else (Part(t.OPEN, "imprecise", f"it stands among the {found.list}, not the {kind}"),)
    return Tested((*tested.parts, *doubt), tested.shown, evidence)


def signs_of(patient: Patient, kind: str, asked: Concept | None) -> list[Spoken]:
    """The facts of other lists that speak for what is asked and that nothing in its own list explains."""
    if asked is None:
        return []
    relations = ((one, patient.vocabulary.relation(one.concept, asked)) for one in _speaking(patient) if one.kind == kind)
    return [one for one, relation in relations if relation in (Relation.SAME, Relation.NARROWER, Relation.BROADER)]


def spoken_for(patient: Patient, kind: str, asked: Concept | None) -> list[Tested]:
    """The same as entries that leave it open."""
    found = []
    for one in signs_of(patient, kind, asked):
        fact = one.finding.evidence[0] if one.finding.evidence else None
        if fact is not None:
            why = f"it speaks for {one.concept.label}, of which nothing is recorded"
            found.append(Tested((Part(t.OPEN, "not-recorded", why),), _shown(one.finding), fact))
    return found


def _shown(finding: Finding) -> str:
    """The fact alone: "use of insulins: recorded insulin glargine (current)." tells of insulin glargine."""
    return re.sub(r"^.*?\brecorded:? ", "", finding.reason, flags=re.IGNORECASE).rstrip(".")


def _speaking(patient: Patient) -> tuple[Spoken, ...]:
    return patient.kept("signs", lambda: tuple(_found_signs(patient)))


def _found_signs(patient: Patient) -> Iterator[Spoken]:
    from matcher.matching.evaluate import evaluate  # a sign is a check of its own, judged as any other

    for row in signs():
        concept = patient.concept(row.kind, row.label)
        if concept is None or _explained(patient, row.kind, concept):
            continue
        finding = evaluate(_check(row.check), patient)
        if finding.truth == t.HOLDS:
            yield Spoken(row.kind, concept, finding)


def _explained(patient: Patient, kind: str, concept: Concept) -> bool:
    """Whether a row of the own list, a recorded "no" included, already says what the sign speaks for."""
    rows: dict[str, Sequence[Any]] = {"condition": patient.conditions, "procedure": patient.procedures, "treatment": patient.medications}
    relation = patient.vocabulary.relation
    return any(one.concept is not None and relation(one.concept, concept) in _SAYING[one.entry.status == "absent"] for one in rows[kind])


# A row says it where it is the same or a kind of it, and where it is broader; a "no" to a kind says nothing of the whole.
_SAYING = {False: (Relation.SAME, Relation.NARROWER, Relation.BROADER), True: (Relation.SAME, Relation.BROADER)}


@cache
def _check(wording: str) -> Check:
    return parse(wording)
