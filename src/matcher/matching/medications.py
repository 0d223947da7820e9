"""Medications: the recorded drug against the class, dose, route, response and window that the criterion says, also as other lists and studies tell of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.matching import truth as t
from matcher.matching.doses import dose_part, may_mean_equivalent, taken_together
from matcher.matching.elsewhere import Elsewhere, doubtful, medications_elsewhere
from matcher.matching.entries import (
    APART,
    SATISFIED,
    Closure,
    Part,
    Tested,
    concept_part,
    covers,
    denies,
    judge,
    relevant,
)
from matcher.matching.finding import Finding
from matcher.matching.habits import tobacco
from matcher.matching.lines import within_lines
from matcher.matching.parts import asked_since, days_of, exempt_part, lasting_part, window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.people import of_its_mother
from matcher.matching.periods import period
from matcher.matching.purposes import AGAINST_CANCER, for_that_aim, purpose_part, treats_a_cancer
from matcher.matching.responses import response_part, setting_part
from matcher.matching.routes import (
    asks_route,
    by_possible_routes,
    local_part,
    of_route_class,
    possible_routes,
    recorded_route,
)
from matcher.matching.speaking import spoken_for
from matcher.matching.states import described, timed
from matcher.matching.usage import usage_part
from matcher.matching.words import bound_words, capital, duration_words, listed, when, window_words, with_unit
from matcher.model.dates import PartialDate
from matcher.model.language import Medication
from matcher.model.patterns import later
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Concept, given_locally


def judge_medication(leaf: Medication, patient: Patient) -> Finding:
    """Whether the patient takes, or took, what the leaf says."""
    asked = patient.concept("treatment", leaf.term)
    label = asked.label if asked else leaf.term
    positive = [one for one in patient.medications if one.entry.state != "absent" or _denied_and_stopped(one)]
    courses = [(one, _test_drug(leaf, patient, one, asked)) for one in (*positive, *tobacco(patient, asked))]
    others = [doubtful(_test_elsewhere(leaf, patient, one, asked), one, "medications") for one in medications_elsewhere(patient) if _may_be(one, asked)]
    if not relevant([*(tested for _, tested in courses), *others]):
        courses, others = [], spoken_for(patient, "treatment", asked, leaf.window, now=leaf.phase not in ("any", "past"))
    if of_studies(asked):
        others += _in_studies(leaf, patient)
    question = _drug_question(leaf, label, asked_since(patient, leaf.window, now=leaf.phase == "current"))
    closure = _drug_closure(leaf, patient, asked)
    return judge(within_lines(leaf, taken_together(leaf, courses, patient, asked), others, patient, complete=closure.complete), closure, question, _drug_asked(leaf, label), patient)


_OF_STUDIES = "investigational drugs"


def of_studies(asked: Concept | None) -> bool:
    """Whether what is asked for may have been given in a study, too."""
    return asked is not None and asked.label == _OF_STUDIES


def _may_be(found: Elsewhere, asked: Concept | None) -> bool:
    """Whether the drug of a study may be what is asked: one that is not understood may be of a class, but is no other named drug."""
    return found.list != "trials" or not (of_studies(asked) or (found.one.concept is None and asked is not None and asked.kind != "class"))


def _in_studies(leaf: Medication, patient: Patient) -> list[Tested]:
    """Drug studies the patient is or was in: whether an investigational drug was given there is for the nurse."""
    found = []
    for one in patient.profile.trials:
        if patient.as_of is None or (one.kind or ("drug" if one.drug else "drug?")) not in ("drug", "drug?"):
            continue
        name = one.name or one.drug or "a study"
        ask = Question("medications", _OF_STUDIES, "yesno", None, f"Was an investigational drug given in {name}?")
        given = SATISFIED if _new_drug(patient, one.drug) else Part(t.OPEN, "not-recorded", "whether an investigational drug was given in it is not recorded", ask)
        during = window_part(patient, leaf.window, period(one.start, one.stop, ongoing=one.start is not None and one.stop is None, as_of=patient.as_of))
        gone = Part(t.VIOLATED, why="it has ended") if leaf.phase == "current" and one.stop is not None else SATISFIED
        found.append(Tested((given, during, gone), f"study {name}", Evidence(f"trials: {name}", one.kind or "study", None, str(one.stop or one.start or "") or None, told="until" if one.stop else "since")))
    return found


# The code that a drug bears before it has a name: "BMS-986165", "LY 3009104".
_CODE = later(r"[A-Z]{2,6}[- ]?\d{3,8}[A-Z]?")


def _new_drug(patient: Patient, drug: str | None) -> bool:
    """Whether the drug of a study is certainly an investigational one: called so, or by no more than its code."""
    if not drug or patient.concept("treatment", drug) is not None:
        return bool(drug) and of_studies(patient.concept("treatment", drug or ""))
    return _CODE.fullmatch(drug.strip()) is not None


def _denied_and_stopped(one: Resolved) -> bool:
    """Whether a drug is recorded as not taken, and with the day on which it was stopped: one of the two is a slip."""
    return one.entry.state == "absent" and one.entry.stop is not None


def _test_drug(leaf: Medication, patient: Patient, one: Resolved, asked: Concept | None) -> Tested:
    """One entry tested; one recorded as current and as stopped is tested as either, and decided where both agree."""
    entry = one.entry
    if _denied_and_stopped(one):
        tested = _test_entry(leaf, patient, one, asked)
        ask = Question("medications", one.wording, "yesno", None, f"Has the patient ever taken {one.wording}?")
        return replace(tested, parts=(tested.parts[0], Part(t.OPEN, "conflict", f"recorded as not taken and as stopped{when(entry.stop)}", ask)))
    if entry.status != "current" or entry.stop is None or entry.stop.first == patient.as_of:
        return _test_entry(leaf, patient, one, asked)
    stopped, taken = (_test_entry(leaf, patient, replace(one, entry=each), asked) for each in (replace(entry, status="past"), replace(entry, stop=None)))
    if stopped.truth == taken.truth:
        return taken
    ask = Question("medications", one.wording, "yesno", None, f"Does the patient still take {one.wording}?")
    return replace(taken, parts=(taken.parts[0], Part(t.OPEN, "conflict", f"recorded as current and as stopped{when(entry.stop)}", ask)))


def _test_entry(leaf: Medication, patient: Patient, one: Resolved, asked: Concept | None) -> Tested:
    entry = one.entry
    concept = concept_part(patient, one, "treatment", leaf.term, asked)
    if concept.truth == t.OPEN and for_that_aim(patient, one, asked):
        concept = SATISFIED
    if concept.truth == t.OPEN and asks_route(asked):
        by_route = of_route_class(patient, one, asked)
        concept = concept if by_route == t.OPEN else Part(by_route)
    equivalent = leaf.equivalent
    if asked is not None and not equivalent and concept.truth != t.HOLDS and may_mean_equivalent(patient, one, asked, leaf.dose):
        concept, equivalent = Part(t.OPEN, "imprecise", f"whether its equivalent in {asked.label} counts is not said"), asked.label
    if concept.truth == t.VIOLATED and treats_a_cancer(patient, one, asked):
        concept = Part(t.OPEN, "imprecise", f"it is given for {entry.indication}, whether as a treatment against it is not recorded")
    if concept.truth == t.VIOLATED:
        return APART
    dose = with_unit(entry.dose, entry.unit) if entry.dose is not None else entry.state
    last = entry.stop if entry.state == "past" else entry.start
    fact = Evidence("medications: " + one.wording, dose, None, str(last) if last else None, told="until" if entry.state == "past" else "since")
    taken = None
    if patient.as_of is not None:
        taken = period(entry.start, entry.stop, ongoing=entry.state == "current", as_of=patient.as_of)
    name = one.wording
    aimed = leaf.states == (AGAINST_CANCER,)
    parts = (
        concept,
        usage_part(patient, one, () if aimed else timed(leaf.states, leaf.window), asked.label if asked else leaf.term),
        _phase_part(leaf, one),
        _dose_part(leaf, patient, one, asked, equivalent),
        by_possible_routes(_by_nature(leaf, patient, one) or possible_routes(patient, one), leaf.routes, Question("medications", name, "word", None, f"By which route is {name} given?")),
        local_part(possible_routes(patient, one), asked, leaf.routes, leaf.states),
        response_part(leaf, one),
        setting_part(leaf, patient, one),
        purpose_part(patient, one, asked, aimed=aimed),
        exempt_part(patient, one, "treatment", leaf.other_than, entry.stop, entry.state == "past", asked),
        window_part(patient, leaf.window, taken),
        _lasting_part(leaf, patient, one, name),
        _stable_part(leaf, patient, one),
    )
    return Tested(parts, _drug_shown(one), fact)


def _lasting_part(leaf: Medication, patient: Patient, one: Resolved, name: str) -> Part:
    """Whether it was taken as long as asked; behind a window, which of the days before it count is said only where all or none of them decide."""
    ask = Question("medications", name, "date", None, f"Since when has the patient taken {name}?")
    since, over = _begun(leaf, patient, one), one.entry.state == "past"
    whole = lasting_part(patient, since, one.entry.stop, leaf.lasting, ask, over=over)
    days = days_of(patient, leaf.window)
    if days is None or since is None or leaf.lasting is None or since.first >= days.opens_at_earliest or leaf.lasting.span.before(days.closes_at_latest) < days.opens_at_earliest:
        return whole
    inside = PartialDate(max(since.first, days.opens_at_earliest), max(since.last, days.opens_at_latest))
    if lasting_part(patient, inside, one.entry.stop, leaf.lasting, ask, over=over).truth == whole.truth:
        return whole
    return Part(t.OPEN, "ambiguous", "whether the days before the window count is not said")


def _begun(leaf: Medication, patient: Patient, one: Resolved) -> PartialDate | None:
    """The first day of a drug that was taken on without a gap, at whatever dose, as several entries tell."""
    start = one.entry.start
    if start is None or leaf.lasting is None or leaf.dose or one.concept is None:
        return start  # type: ignore[no-any-return]
    for other in sorted((each for each in patient.medications if each.concept == one.concept and each.entry.state != "absent" and each.entry.start), key=lambda each: each.entry.start.first, reverse=True):
        begun, stop = other.entry.start, other.entry.stop
        if stop is not None and begun.last < start.first and (start.last - stop.first).days <= 1 and other.entry.route == one.entry.route:
            start = begun
    return start  # type: ignore[no-any-return]


def _by_nature(leaf: Medication, patient: Patient, one: Resolved) -> tuple[str, ...]:
    """The route of what is never put where it is to act: an anticancer drug without a recorded route is systemic."""
    if leaf.routes != ("systemic",) or recorded_route(one.entry.route, one.wording) is not None:
        return ()
    concept, kind = one.concept, patient.vocabulary.treatment("antineoplastic agents")
    if concept is None or kind is None or given_locally(concept.label) or patient.vocabulary.relation(concept, kind) != "narrower":
        return ()
    return ("systemic",)


def _test_elsewhere(leaf: Medication, patient: Patient, found: Elsewhere, asked: Concept | None) -> Tested:
    """A treatment of another list: one without an end may go on."""
    tested = _test_entry(leaf, patient, found.one, asked)
    if leaf.phase != "current" or found.one.entry.stop is not None or tested.parts[0].truth == t.VIOLATED:
        return tested
    ask = Question("medications", found.one.wording, "yesno", None, f"Does the patient still take {found.one.wording}?")
    return replace(tested, parts=(tested.parts[0], Part(t.OPEN, "not-recorded", "whether it still goes on is not recorded", ask)))


def _dose_part(leaf: Medication, patient: Patient, one: Resolved, asked: Concept | None, equivalent: str) -> Part:
    """Whether the dose keeps the limits; one that was changed within the window may have kept them before."""
    found = dose_part(patient, one, leaf.dose, equivalent, asked)
    days, changed = days_of(patient, leaf.window), one.entry.stable_since
    if found.truth != t.VIOLATED or days is None or changed is None or changed.last <= days.opens_at_earliest:
        return found
    if one.entry.start is not None and one.entry.start.first >= changed.last:
        return found
    ask = Question("medications", one.wording, "dose", None, f"What was the dose of {one.wording} before {changed}?")
    return Part(t.OPEN, "not-recorded", f"its dose before {changed} is not recorded", ask)


def _drug_shown(one: Resolved) -> str:
    entry = one.entry
    dose = f" {with_unit(entry.dose, entry.unit)}" if entry.dose is not None else ""
    if entry.state == "current":
        return f"{one.wording}{dose} (current{', since ' + str(entry.start) if entry.start else ''})"
    return f"{one.wording}{dose} (stopped{when(entry.stop)})" if entry.stop else f"{one.wording}{dose} (past, undated)"


def _phase_part(leaf: Medication, one: Resolved) -> Part:
    past = one.entry.state == "past"
    if leaf.phase == "current" and past and leaf.window is None:
        return Part(t.VIOLATED, why="no longer taken")
    if leaf.phase == "past" and not past:
        return Part(t.OPEN, "ambiguous", "it is still being taken, the criterion asks for past use")
    if leaf.phase == "" and past and leaf.window is None:
        return Part(t.OPEN, "ambiguous", "the criterion does not say whether past use counts")
    return SATISFIED


# A dose is unchanged no longer than the drug is taken.
_SETTLED_BY_THE_START = {(t.VIOLATED, "≥"), (t.VIOLATED, ">"), (t.HOLDS, "<"), (t.HOLDS, "≤")}


def _stable_part(leaf: Medication, patient: Patient, one: Resolved) -> Part:
    if leaf.stable_for is None:
        return SATISFIED
    ask = Question("medications", one.wording, "date", None, f"Since when has the dose of {one.wording} been unchanged?")
    past = one.entry.state == "past"
    if one.entry.stable_since is None and one.entry.start is not None:
        begun = lasting_part(patient, one.entry.start, one.entry.stop, leaf.stable_for, ask, over=past)
        if (begun.truth, leaf.stable_for.op) in _SETTLED_BY_THE_START:
            return begun
    if one.entry.stable_since is None:
        return Part(t.OPEN, "not-recorded", "since when the dose is unchanged is not recorded", ask)
    return lasting_part(patient, one.entry.stable_since, one.entry.stop, leaf.stable_for, ask, over=past)


def _drug_closure(leaf: Medication, patient: Patient, asked: Concept | None) -> Closure:
    days = days_of(patient, leaf.window)
    now = leaf.phase == "current" and leaf.window is None
    complete = covers(patient.profile.complete.medications, now=now, days=days) and not of_its_mother(patient, " ".join((*leaf.states, leaf.term)), asked) and (asked is None or not patient.vocabulary.apart(asked))
    for one in patient.medications:
        if one.entry.state == "absent" and not _denied_and_stopped(one) and denies(patient, one, "treatment", leaf.term, asked):
            since = one.entry.start
            if since is None or covers(since, now=now, days=days):
                return Closure(complete, f"{capital(one.wording)} is recorded as not taken")
    return Closure(complete)


def _drug_asked(leaf: Medication, label: str) -> str:
    phase = {"current": "current ", "past": "past "}.get(leaf.phase, "")
    dose = f" {' and '.join(bound_words(bound) for bound in leaf.dose)}" if leaf.dose else ""
    equivalent = f" (as {leaf.equivalent})" if leaf.equivalent else ""
    route = f" ({listed(leaf.routes)})" if leaf.routes else ""
    setting = f" as {leaf.setting} treatment" if leaf.setting else ""
    lasting = f" for {duration_words(leaf.lasting)}" if leaf.lasting else ""
    stable = f", unchanged for {duration_words(leaf.stable_for)}" if leaf.stable_for else ""
    return f"{phase}use of {described(listed(leaf.states), label)}{dose}{equivalent}{route}{setting}{window_words(leaf.window)}{lasting}{stable}"


def _drug_question(leaf: Medication, label: str, since: date | None) -> Question:
    route = f" ({listed(leaf.routes)})" if leaf.routes else ""
    if leaf.window is not None:
        text = f"Has the patient taken {label}{route}{window_words(leaf.window)}?"
    elif leaf.phase == "current":
        text = f"Does the patient take {label}{route} now?"
    else:
        text = f"Has the patient ever taken {label}{route}?"
    return Question("medications", label, "yesno", None, text, since)
