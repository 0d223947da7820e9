"""Facts that speak for what no list names: a low hemoglobin for an anemia, an antidiabetic for a diabetes.

They keep a list declared complete from making a "no" of what is not in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from matcher.matching import truth as t
from matcher.matching.elsewhere import procedures_elsewhere
from matcher.matching.entries import Part, Tested
from matcher.matching.examined import may_tell_of
from matcher.matching.germs import infections_found
from matcher.matching.listed_signs import is_told, sign, signs_near
from matcher.matching.parts import window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import period
from matcher.matching.proofs import contradicted, denied_before
from matcher.matching.responses import not_tolerated
from matcher.matching.shown import noted, shown_by, told_with
from matcher.matching.spoken import ITSELF, OR_A_KIND, Spoken, explained, sign_check, undisturbed
from matcher.matching.words import when
from matcher.model.dates import PartialDate, partial_date
from matcher.model.language import Window
from matcher.model.patterns import later
from matcher.model.verdict import Evidence
from matcher.vocabulary import Concept, Relation
from matcher.vocabulary.indications import Given, Indication, given_for
from matcher.vocabulary.passing import passing
from matcher.vocabulary.signs import measured, signs
from matcher.vocabulary.undetected import refuted
from matcher.vocabulary.worded_results import diseases_told


def signs_of(patient: Patient, kind: str, asked: Concept | None) -> list[Spoken]:
    """The facts of other lists that speak for what is asked and that nothing in its own list explains."""
    if asked is None:
        return []
    spoken = speaking(patient) if patient.has_kept(_ALL) else (*signs_near(patient, kind, asked), *_told_otherwise(patient))
    return [one for one in spoken if one.kind == kind and _speaks_for(patient, one.concept, asked, OR_A_KIND if one.kinds else ITSELF)]


def _speaks_for(patient: Patient, concept: Concept, asked: Concept, relations: Sequence[Relation]) -> bool:
    """Whether what speaks for one condition speaks for the asked one, too: for a broad one as well of which it is at the edge."""
    relation = patient.vocabulary.relation(concept, asked)
    if concept != asked and concept.label in _SHOWS_AS and asked.label.endswith((" disease", " disorder")):
        return False  # nobody with a hay fever is meant by "respiratory disease"
    return relation in relations or (relation is Relation.UNKNOWN and patient.vocabulary.above(asked, concept))


def spoken_for(patient: Patient, kind: str, asked: Concept | None, window: Window | None = None, *, now: bool = False) -> list[Tested]:
    """The same as entries that leave it open; of a treatment or procedure, those that may have been in the window, or go on `now`."""
    spoken = [one for one in signs_of(patient, kind, asked) if (window is None or not _outside(patient, one, window)) and not ((now or window) and one.why == _REACTED)]
    return _as_open(spoken)


def _as_open(spoken: Iterable[Spoken]) -> list[Tested]:
    every = list(spoken)
    found = {(one.concept, one.facts[0].date) for one in every if one.found}  # the same result, as a test that found a germ
    told = {(one.concept, one.shown, one.found): one for one in reversed(every)}  # of one fact and one disease the first thing that it tells
    return [Tested((Part(t.OPEN, "conflict" if one.against else "not-recorded", one.why),), one.shown, one.facts[0]) for one in every if told[one.concept, one.shown, one.found] is one and (one.found or one.against or (one.concept, one.facts[0].date) not in found)]


def spoken_of_disease(patient: Patient, asked: Concept | None, window: Window | None, *, now: bool, besides: bool = False, ever: bool = False) -> list[Tested]:
    """The facts that leave a disease open; infections only where they may have been in the window, or go on `now`, and `besides` what is recorded nothing else.

    What speaks against a recorded "no" tells of the time of that "no", if it is not asked whether it was `ever` there.
    """
    over = refuted_in(patient)
    return _as_open(
        one for one in signs_of(patient, "condition", asked)
        if (one.found or one.against or not besides) and not ((now or one.against) and one.concept in over and _ANTIBODY.search(one.shown))
        and not _is_over(patient, one, window, now=now or (one.against and not ever and window is None))
    )  # fmt: skip


_ANTIBODY = later(r"antibod|\banti-|\bigg\b", re.IGNORECASE)


def refuted_in(patient: Patient) -> tuple[Concept, ...]:
    """The infections that a test of the germ itself did not find: an antibody beside it tells of the past, another test of the germ does not."""
    from matcher.matching.evaluate import evaluate

    def found() -> tuple[Concept, ...]:
        return tuple(concept for label, check in refuted() if (concept := patient.concept("condition", label)) is not None and evaluate(sign_check(check), patient).truth == t.HOLDS)

    return patient.kept("refuted", found)


def _is_over(patient: Patient, one: Spoken, window: Window | None, *, now: bool) -> bool:
    """Whether an infection that was found is over by now, or was before the window opened."""
    if one.passes is None or patient.as_of is None or one.facts[0].date is None or not (now or window):
        return False
    day = partial_date(one.facts[0].date).until(patient.as_of)
    over = PartialDate(*(min(end + timedelta(days=one.passes), patient.as_of) for end in (day.first, day.last)))
    if now:
        return over.last < patient.as_of
    return window_part(patient, window, period(day, over, ongoing=False, as_of=patient.as_of)).truth == t.VIOLATED


def spoken_besides(patient: Patient, kind: str, asked: Concept | None) -> bool:
    """Whether a fact of another list speaks for what is asked, also where rows of the own list may explain it: for one course more."""
    from matcher.matching.evaluate import evaluate

    for row in signs() if asked is not None else ():
        concept = patient.concept(row.kind, row.label) if row.kind == kind else None
        if concept is None or asked is None or not _speaks_for(patient, concept, asked, OR_A_KIND if row.kinds else ITSELF):
            continue
        if evaluate(sign_check(row.check), patient).truth == t.HOLDS:
            return True
    return False


def unmeasured(patient: Patient, asked: Concept | None) -> bool:
    """Whether a state is asked for that is measured, not listed, and no value speaks against it: a fever of whom no temperature is known."""
    from matcher.matching.evaluate import evaluate

    if asked is None or asked.label not in measured():
        return False
    rows = (row for row in signs() if row.kind == "condition" and row.label == asked.label and row.of and is_told(patient, row.of))
    return all(evaluate(sign_check(row.check), patient).truth != t.VIOLATED for row in rows)


def _outside(patient: Patient, one: Spoken, window: Window) -> bool:
    """Whether every fact that speaks was on a day outside the window: an operation of last year tells of no narcosis this month."""
    if patient.as_of is None or any(fact.date is None or fact.told for fact in one.facts):
        return False
    days = [partial_date(fact.date) for fact in one.facts]
    return all(window_part(patient, window, period(day, day, ongoing=False, as_of=patient.as_of)).truth == t.VIOLATED for day in days)


def speaking(patient: Patient) -> tuple[Spoken, ...]:
    """All facts that speak for something that stands in another list: of thousands of trials nearly all are asked for."""
    return patient.kept(_ALL, lambda: (*(one for row in signs() for one in sign(patient, row)), *_told_otherwise(patient)))


_ALL = "speaking"


def _told_otherwise(patient: Patient) -> tuple[Spoken, ...]:
    """Those that are no signs of the table."""
    return undisturbed(patient, "told otherwise", lambda: (*_given(patient), *_shown(patient), *_told_with_drugs(patient), *_noted(patient), *_not_borne(patient), *_reacted(patient), *_sensitized(patient), *_infected(patient), *_proved(patient), *_worded(patient), *_examined(patient)))


def _examined(patient: Patient) -> Iterator[Spoken]:
    """What findings of examinations may tell of: none where one of what was looked at is known, unless they tell of another."""
    elsewhere = [found.one for found in procedures_elsewhere(patient) if found.list == "labs"]
    for one in (*patient.procedures, *elsewhere):
        for clause, labels, another in may_tell_of(patient, one):
            known = [concept for label in labels if (concept := patient.concept("condition", label)) is not None]
            if not another and labels != _ANYTHING and any(explained(patient, "condition", concept, denied=False) for concept in known):
                continue
            fact = Evidence(f"procedures: {one.wording}", one.entry.finding, None, str(one.entry.date) if one.entry.date else None)
            for concept in known:
                yield Spoken("condition", concept, f"{one.wording}{when(one.entry.date)}", (fact,), f"what “{clause}” tells of is not recorded", found=another)


_ANYTHING = ("disease",)


def _infected(patient: Patient) -> Iterator[Spoken]:
    """Infections that were found: none where one of those that a test may tell of is recorded."""
    told: set[tuple[str, str]] = set()
    for found in infections_found(patient):
        known = [(concept, kinds) for label, kinds in found.infections if (concept := patient.concept("condition", label)) is not None]
        if any(explained(patient, "condition", concept, denied=False, since=found.fact.date) for concept, _ in known):
            continue
        all_denied = all(denied_before(patient, concept, found.fact.date) for concept, _ in known)
        for concept, kinds in known:
            if (concept.label, found.fact.fact) not in told and (all_denied or not explained(patient, "condition", concept, since=found.fact.date)):
                told.add((concept.label, found.fact.fact))
                over = passing(patient.vocabulary, concept)
                why = f"it speaks for {concept.label}, {_AGAINST if all_denied else _NOT_RECORDED}"
                yield Spoken("condition", concept, found.shown, (found.fact,), why, kinds, True, over.days if over is not None else None, all_denied)


_AGAINST, _NOT_RECORDED = "which is recorded as absent", "of which nothing is recorded"


def _worded(patient: Patient) -> Iterator[Spoken]:
    """Diseases that a result in words tells of: "HbSS" of an electrophoresis."""
    for lab in patient.profile.labs:
        said = lab.value if isinstance(lab.value, str) else ""
        for label in diseases_told(lab.test, said):
            concept, day = patient.concept("condition", label), str(lab.date) if lab.date else None
            if concept is not None and not explained(patient, "condition", concept, denied=False):
                against = denied_before(patient, concept, day)
                why = f"it speaks for {concept.label}, {_AGAINST if against else _NOT_RECORDED}"
                yield Spoken("condition", concept, f"{lab.test} {said}", (Evidence(f"labs: {lab.test}", said, None, day),), why, against=against)


def _proved(patient: Patient) -> Iterator[Spoken]:
    """Conditions recorded as absent that a value speaks for: a hemoglobin of 7 g/dL against "no anemia"."""
    for concept, finding in contradicted(patient):
        over = passing(patient.vocabulary, concept)
        yield Spoken("condition", concept, finding.reason.rstrip("."), finding.evidence, f"it speaks for {concept.label}, {_AGAINST}", passes=over.days if over is not None else None, against=True)


def _given(patient: Patient) -> Iterator[Spoken]:
    """What the medications are given and the operations are done for, where nothing that explains them is recorded."""
    for one in patient.medications:
        if one.entry.state != "absent" and one.concept is not None:
            fact = Evidence(f"medications: {one.wording}", one.entry.state)
            yield from _reasons(patient, _indications(patient, one), f"{one.wording} ({one.entry.state})", fact)
    done = [("procedures", one) for one in patient.procedures if one.entry.status != "absent"]
    for name, one in (*done, *((found.list, found.one) for found in procedures_elsewhere(patient) if found.sure)):
        if one.concept is not None:
            fact = Evidence(f"{name}: {one.wording}", one.entry.finding or "done", None, str(one.entry.date) if one.entry.date else None)
            yield from _reasons(patient, given_for(patient.vocabulary, one.concept), f"{one.wording}{when(one.entry.date)}", fact)


def _shown(patient: Patient) -> Iterator[Spoken]:
    """What the findings of procedures name, where nothing that explains it is recorded."""
    for one in patient.procedures:
        named = () if one.entry.status == "absent" else dict.fromkeys(shown_by(patient, one))
        fact = Evidence(f"procedures: {one.wording}", one.entry.finding or "done", None, str(one.entry.date) if one.entry.date else None)
        for concept in named:
            against = denied_before(patient, concept, fact.date) and not explained(patient, "condition", concept, denied=False)
            if against or not explained(patient, "condition", concept):
                said, over = one.entry.finding or one.wording, passing(patient.vocabulary, concept) if against else None
                why = f"“{said}” speaks for {concept.label}, {_AGAINST if against else _NOT_RECORDED}"
                yield Spoken("condition", concept, f"{one.wording}{when(one.entry.date)}", (fact,), why, passes=over.days if over is not None else None, against=against)


def _told_with_drugs(patient: Patient) -> Iterator[Spoken]:
    """What the indications and the reasons of the stop of medications name, where nothing that explains it is recorded."""
    for one in patient.medications:
        named = () if one.entry.state == "absent" else dict.fromkeys(told_with(patient, one))
        day = one.entry.stop or one.entry.start
        fact = Evidence(f"medications: {one.wording}", one.entry.state, None, str(day) if day else None)
        for text, kind, concept in named:
            against = kind == "condition" and one.entry.state == "current" and denied_before(patient, concept, fact.date) and not explained(patient, kind, concept, denied=False)
            if against or not explained(patient, kind, concept):
                over = passing(patient.vocabulary, concept) if kind == "condition" else None
                why = f"“{text}” beside it speaks for {concept.label}, {_AGAINST if against else _NOT_RECORDED}"
                yield Spoken(kind, concept, f"{one.wording} ({one.entry.state})", (fact,), why, passes=over.days if over is not None else None, against=against)


def _noted(patient: Patient) -> Iterator[Spoken]:
    """What the note names, where nothing that explains it is recorded."""
    for text, kind, concept in dict.fromkeys(noted(patient, patient.profile.note)) if patient.profile.note else ():
        if not explained(patient, kind, concept):
            yield Spoken(kind, concept, "the note", (Evidence("note", text),), f"“{text}” speaks for {concept.label}, of which nothing is recorded")


def _not_borne(patient: Patient) -> Iterator[Spoken]:
    """Drugs that were stopped as not tolerated: whether that was an allergy is not said there."""
    allergy = patient.vocabulary.condition("drug allergy")
    for one in patient.medications if allergy is not None else ():
        if allergy is not None and not_tolerated(one) and not any(known.wording == one.wording for known in patient.allergies):
            fact = Evidence(f"medications: {one.wording}", one.entry.state)
            yield Spoken("condition", allergy, f"{one.wording} ({one.entry.state})", (fact,), "it was not tolerated, and whether that was an allergy is not recorded")


_REACTED = "who reacts to it has most likely had it"


def _reacted(patient: Patient) -> Iterator[Spoken]:
    """Drugs to which an allergy is recorded: they have been given once, though no list says so. A reaction to anything may have been severe."""
    severe = [found for name in ("severe allergic reaction", "anaphylaxis") if (found := patient.vocabulary.condition(name)) is not None]
    for one in patient.allergies:
        if one.entry.status != "present":
            continue
        fact = Evidence(f"allergies: {one.wording}", "present")
        if one.concept is not None and one.concept.kind in ("drug", "class"):
            yield Spoken("treatment", one.concept, f"Allergy to {one.wording}", (fact,), _REACTED)
        for grave in severe:
            yield Spoken("condition", grave, f"Allergy to {one.wording}", (fact,), "how severe a reaction was is not recorded", kinds=False)


_SENSITIZED = "whether it shows as such is not recorded"
# What an allergy to what is no drug mostly shows as, each asked of those allergens of which it is not ruled out by their kind.
_SHOWS_AS = (
    "allergic rhinitis", "seasonal allergic rhinitis", "perennial allergic rhinitis", "allergic conjunctivitis", "seasonal allergic conjunctivitis", "perennial allergic conjunctivitis",
    "allergic rhinoconjunctivitis", "pollen allergy", "celiac disease", "gluten sensitivity", "contact dermatitis", "allergic contact dermatitis", "oral allergy syndrome",
)  # fmt: skip


def _sensitized(patient: Patient) -> Iterator[Spoken]:
    """What allergens may show as that nothing recorded explains: a hay fever of grass pollen, a celiac disease of gluten."""
    diseases = [found for label in _SHOWS_AS if (found := patient.vocabulary.condition(label)) is not None]
    for one in patient.allergies:
        named = (one.wording, re.sub(r"s$", "", one.wording.strip()))
        allergy = next(filter(None, (patient.vocabulary.condition(f"{name} allergy") for name in named)), None) if one.entry.status == "present" and (one.concept is None or one.concept.kind == "condition") else None
        if allergy is None:
            continue
        fact = Evidence(f"allergies: {one.wording}", "present")
        for disease in diseases:
            if patient.vocabulary.relation(allergy, disease) is Relation.UNKNOWN and not explained(patient, "condition", disease):
                yield Spoken("condition", disease, f"Allergy to {one.wording}", (fact,), _SENSITIZED)


def _reasons(patient: Patient, rows: Sequence[Given], shown: str, fact: Evidence) -> Iterator[Spoken]:
    """What one treatment speaks for: nothing where one of its reasons is recorded."""
    told = [(*found, one) for row in rows for one in row.indications if (found := _named(patient, one.label)) is not None]
    if any(explained(patient, kind, concept, denied=False) for kind, concept, _ in told):
        return
    others = " among others" if len(told) > 1 else ""
    for kind, concept, one in told:
        if one.usual and not explained(patient, kind, concept):
            yield Spoken(kind, concept, shown, (fact,), f"it is for {concept.label}{others}, of which nothing is recorded", one.kinds)


def _indications(patient: Patient, one: Resolved) -> tuple[Given, ...]:
    """The recorded indication, else the usual ones; those of a past course only where it speaks for them too."""
    recorded = one.entry.indication
    therapy = patient.vocabulary.treatment(recorded) if recorded else None
    if recorded and therapy is not None and patient.vocabulary.condition(recorded) is None:  # "opioid maintenance": what that is given for
        return given_for(patient.vocabulary, therapy) if one.entry.state == "current" else ()
    if recorded:
        return (Given(False, (Indication(recorded),)),) if one.entry.state == "current" and patient.vocabulary.condition(recorded) else ()
    rows = given_for(patient.vocabulary, one.concept) if one.concept is not None else ()
    return tuple(row for row in rows if row.ever or one.entry.state == "current")


def _named(patient: Patient, label: str) -> tuple[str, Concept] | None:
    """The condition or procedure of a label, with its kind; a recorded indication may be a rare disease."""
    found = ((kind, patient.vocabulary.curated(kind, label)) for kind in ("condition", "procedure"))
    return next(((kind, concept) for kind, concept in found if concept is not None), None) or _rare(patient, label)


def _rare(patient: Patient, label: str) -> tuple[str, Concept] | None:
    concept = patient.vocabulary.condition(label)
    return None if concept is None else ("condition", concept)


__all__ = ["Spoken", "refuted_in", "signs_of", "speaking", "spoken_besides", "spoken_for", "spoken_of_disease", "unmeasured"]
