"""Conditions: the recorded disease against the criterion's wording, phase, state, stage, confirmation and window."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from matcher.matching import truth as t
from matcher.matching.allergies import all_allergies_known, as_conditions
from matcher.matching.articles import with_article
from matcher.matching.bearing import OF_AGE, told_by_age
from matcher.matching.calm import active_part
from matcher.matching.confirming import by_its_test, confirmed_part
from matcher.matching.disease_times import carried, ended, in_time, is_over, long_enough, not_long_past, when_had
from matcher.matching.entries import APART, SATISFIED, Closure, Part, Tested, covers, denies, judge, relevant
from matcher.matching.finding import Finding
from matcher.matching.habits import never_smoked, smoking, smoking_is_told
from matcher.matching.measurable import measured_disease
from matcher.matching.others import SECOND, alone, as_its_primary, for_the_trial, unlike
from matcher.matching.parts import asked_since, days_of, exempt_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.people import of_its_mother, of_other_sex
from matcher.matching.qualities import at_large, quality_part
from matcher.matching.same_disease import (
    another_kind,
    comes_with_another,
    disease_part,
    of_other_severity,
    the_only_one,
)
from matcher.matching.shown import found_by
from matcher.matching.speaking import spoken_of_disease, unmeasured
from matcher.matching.spreading import metastases_beside, of_early_stage
from matcher.matching.stages import matches
from matcher.matching.states import described, timed
from matcher.matching.still import acute, acute_part, acute_then, calmed, comes_again, still_question, still_there
from matcher.matching.weighty import BY_WEIGHT, told_by_weight
from matcher.matching.words import capital, duration_words, ever_asked, listed, when, window_words
from matcher.model.language import Condition
from matcher.model.patterns import later
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import Concept, graded_beside_its_stage
from matcher.vocabulary.passing import removed_by

_HARDLY_ANY = frozenset(("low", "minimal", "very low", "minimal to no"))  # degrees that who has nothing has, too
_ANY_DISEASE = "disease"  # the name of no disease: "stage I-III disease" means that of the trial


def judge_condition(leaf: Condition, patient: Patient) -> Finding:
    """Whether the patient has, or had, what the leaf says."""
    asked = patient.concept("condition", leaf.term)
    label = asked.label if asked else leaf.term
    by_test = by_its_test(leaf, patient, asked)
    if by_test is not None:
        return by_test
    if asked is not None and asked.label in OF_AGE and (aged := told_by_age(leaf, patient, asked)) is not None:
        return aged
    if asked is not None and asked.label in BY_WEIGHT and (weighed := told_by_weight(leaf, patient, asked)) is not None:
        return weighed
    measured = measured_disease(leaf, patient, asked) if leaf.states else None
    if measured is not None:
        return measured if measured.truth != t.HOLDS or label == "neoplasm" else judge_condition(replace(leaf, states=()), patient)
    question = _question(leaf, label, asked_since(patient, leaf.window, now=leaf.phase == "active"))
    positive = [one for one in patient.conditions if one.entry.status != "absent"]
    held = positive + as_conditions(patient, asked) + smoking(patient, asked) + (found_by(patient, leaf.confirmed_by) if leaf.confirmed_by else [])
    tested = [_test(leaf, patient, one, asked, label) for one in held]
    tested = _beside(leaf, patient, positive, asked, label) or _with_signs(leaf, patient, asked, tested)
    return judge(tested, _closure(leaf, patient, asked), question, _asked(leaf, label), patient)


def _with_signs(leaf: Condition, patient: Patient, asked: Concept | None, tested: list[Tested]) -> list[Tested]:
    """What other lists tell of it, where nothing of it is recorded; besides that, infections that were found since."""
    recorded = relevant(tested)
    spoken = spoken_of_disease(patient, asked, leaf.window, now=leaf.phase == "active" and leaf.window is None, besides=bool(recorded), ever=leaf.phase in ("history", "past"))
    return [*tested, *spoken] if recorded else spoken


def _beside(leaf: Condition, patient: Patient, positive: list[Resolved], asked: Concept | None, label: str) -> list[Tested]:
    """Two unlike diseases, where one other than that of the trial is asked for: whichever the trial is about, the other counts."""
    plain = alone(leaf)
    asked = patient.concept("condition", plain.term) if plain is not None and plain.term != leaf.term else asked
    if plain is None or asked is None or at_large(patient, asked):
        return []
    found = [(one, tested) for one in positive if (tested := _test(plain, patient, one, asked, label)).truth == t.HOLDS]
    return [tested for _, tested in found] if unlike(patient, [one for one, _ in found], leaf) else []


def _test(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None, label: str) -> Tested:
    entry = one.entry
    resolved = is_over(one)
    concept = disease_part(leaf, patient, one, asked)
    if concept.truth == t.OPEN and comes_with_another(patient, one, asked):
        concept = Part(t.VIOLATED)
    if concept.truth == t.VIOLATED:
        return APART
    graver, early = of_other_severity(patient, one, asked), of_early_stage(patient, one, asked)
    concept = SATISFIED if graver or early else concept
    event = one.concept is not None and patient.vocabulary.event(one.concept)
    outlasts = event and asked is not None and asked != one.concept and patient.vocabulary.lifelong(asked)
    during = when_had(entry, resolved, event and not outlasts, patient.as_of) if patient.as_of is not None else None
    parts = (
        concept,
        _phase_part(leaf, patient, one, asked, resolved),
        *(not_long_past(leaf, patient, one, asked, during) for _ in [label] if event and not resolved),
        *(quality_part(patient, one, states, asked, label, acute=acute_then(one, acute(patient, one, during), leaf.window, leaf.phase) if event else t.OPEN, resolved=resolved) for states in [timed(leaf.states, leaf.window)] if states),
        *(acute_part(one, acute(patient, one, during)) for _ in [label] if event and _asks_acute(leaf, patient, asked)),
        _stage_part(leaf, patient, one, label),
        *(Part(t.VIOLATED, why=f"it is {one.entry.severity}" if graver else f"it is of stage {one.entry.stage}") for _ in [label] if graver or early),
        *(confirmed_part(leaf, patient, one, label) for way in [leaf.confirmed_by] if way),
        *(Part(t.VIOLATED, why="it is taken for the one of the trial") for _ in [label] if (leaf.states or leaf.term == SECOND) and for_the_trial(patient, one, leaf)),
        *(as_its_primary(patient, one, asked, lambda each: _exempt_part(leaf, patient, each, asked)) for _ in [label] if leaf.other_than),
        in_time(leaf, patient, one, asked, during),
        long_enough(leaf, patient, one, asked, resolved),
    )
    since = entry.since or entry.diagnosed
    stage = f", stage {entry.stage}" if entry.stage and not leaf.stages and entry.stage not in one.wording else ""
    return Tested(parts, f"{one.wording} ({_status(one)}{stage})", Evidence("conditions: " + one.wording, _status(one), None, str(since) if since else None))


def _asks_acute(leaf: Condition, patient: Patient, asked: Concept | None) -> bool:
    """Whether an event is asked for that goes on now: "acute stroke", "active stroke"."""
    if asked is None or leaf.window is not None or leaf.phase not in ("", "active"):
        return False
    return asked.label.startswith("acute ") or (leaf.phase == "active" and patient.vocabulary.event(asked))


def _exempt_part(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None) -> Part:
    """Whether the entry is none of those that the criterion excepts."""
    found = _not_excepted(leaf, patient, one, asked)
    if found.truth != t.HOLDS or one.concept is None or not _COMES_OF_ANOTHER.search(one.concept.label):
        return found
    behind = (other for other in patient.conditions if other is not one and other.entry.status == "active" and other.concept is not None)
    excepted = next((other for other in behind if _not_excepted(leaf, patient, other, asked).truth == t.VIOLATED), None)
    return found if excepted is None else Part(t.OPEN, "not-recorded", f"whether it comes of the {excepted.wording}, which is excepted, is not recorded")


# What one disease makes of an organ, or elsewhere: beside a disease that is excepted it may be a part of it.
_COMES_OF_ANOTHER = later(
    r"fibrosis|cirrhosis|hypertension|ascites|varices|fistula|abscess|stenosis|stricture|obstruction|perforation|asplenia|splenism|splenomegaly|megaly|overload|crisis|failure|impairment|insufficiency|dysfunction|bleeding|hemorrhage|edema|"
    r"effusion|inhibitors|malabsorption|encephalopathy|penia\b|anemia|ulcer|perianal|fissure|atrophy|deficiency|incontinence|contracture|deformity|pain\b|fatigue",
    re.IGNORECASE,
)


def _not_excepted(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None) -> Part:
    event = one.concept is not None and patient.vocabulary.event(one.concept)
    return exempt_part(patient, one, "condition", leaf.other_than, *ended(one.entry, is_over(one), event), asked)


def _status(one: Resolved) -> str:
    if not is_over(one):
        return str(one.entry.status)
    return f"resolved{when(one.entry.until)}" if one.entry.until else "resolved"


def _phase_part(leaf: Condition, patient: Patient, one: Resolved, asked: Concept | None, resolved: bool) -> Part:
    if one.entry.status == "suspected":
        ask = Question("conditions", one.wording, "yesno", None, f"Is the suspected {one.wording} confirmed?")
        return SATISFIED if leaf.phase == "suspected" else Part(t.OPEN, "suspected", "only suspected", ask)
    there = t.VIOLATED if resolved else t.HOLDS if any(map(comes_again, leaf.states)) else still_there(patient, one, asked)
    if leaf.phase == "active" and there == t.HOLDS and carried(patient, one, asked):
        return Part(t.OPEN, "imprecise", f"whether it counts as an active {asked.label if asked else leaf.term} is not recorded")
    calm = active_part(patient, one, asked) if leaf.phase == "active" and there == t.HOLDS else None
    if calm is not None:
        return calm
    if leaf.phase == "past" and there == t.HOLDS and not _happens(patient, one):
        return Part(t.OPEN, "ambiguous", "the criterion asks for a previous one, and does not say whether the present one counts")
    if there == t.HOLDS or leaf.phase in ("history", "past") or leaf.window is not None:
        return SATISFIED
    lasting = any(c is not None and patient.vocabulary.lifelong(c) for c in (one.concept, asked))
    if there == t.OPEN and not (lasting and leaf.phase == "" and calmed(one)):
        return Part(t.OPEN, "imprecise", "whether it is still active is not recorded", still_question(patient, one))
    if leaf.phase in ("active", "suspected"):
        return Part(t.VIOLATED, why="no longer active")
    passes = one.concept is not None and (patient.vocabulary.transient(one.concept) or bool(removed_by(one.concept.label)))
    if not passes and lasting:
        return SATISFIED
    return Part(t.OPEN, "ambiguous", "the criterion does not say whether a resolved one counts")


def _happens(patient: Patient, one: Resolved) -> bool:
    return one.concept is not None and patient.vocabulary.event(one.concept)


def _stage_part(leaf: Condition, patient: Patient, one: Resolved, label: str) -> Part:
    if not leaf.stages:
        return SATISFIED
    ask = Question("conditions", label, "word", None, f"Which stage or class is the {label}?")
    if one.entry.stage is None:
        return Part(t.OPEN, "not-recorded", "its stage is not recorded", ask)
    truth = matches(one.entry.stage, leaf.stages, tumor=one.concept is not None and graded_beside_its_stage(patient.vocabulary, one.concept))
    if t.decided(truth) and (since := metastases_beside(patient, one)):
        return Part(t.OPEN, "conflict", f"it is recorded as {one.entry.stage}, and {since} beside it", ask)
    if label == _ANY_DISEASE and truth == t.HOLDS:
        return Part(t.OPEN, "ambiguous", "of which disease the stage is asked is not said")
    why = f"it is recorded as {one.entry.stage}"
    return Part(truth, "imprecise", why, ask)


def _closure(leaf: Condition, patient: Patient, asked: Concept | None) -> Closure:
    lifelong = asked is not None and patient.vocabulary.lifelong(asked)
    now = (leaf.phase == "active" and leaf.window is None) or (leaf.phase == "" and leaf.window is None and lifelong)
    days = days_of(patient, leaf.window)
    once = any(
        (lifelong and one.concept == asked and one.exact) or of_other_severity(patient, one, asked) or of_early_stage(patient, one, asked) or the_only_one(patient, one, asked)
        for one in patient.conditions if one.entry.status in ("active", "resolved")
    )
    other = of_other_sex(patient, asked)
    if other:
        return Closure(True, other, once)
    complete = all_allergies_known(patient, asked, covers(patient.profile.complete.conditions, now=now, days=days))
    complete = complete and not of_its_mother(patient, " ".join((*leaf.states, leaf.term)), asked) and not (leaf.phase in ("", "active") and unmeasured(patient, asked)) and _HARDLY_ANY.isdisjoint(leaf.states)
    complete = (complete and (asked is None or never_smoked(patient, asked) or not patient.vocabulary.apart(asked))) or smoking_is_told(patient, asked)
    for one in patient.conditions:
        if one.entry.status == "absent" and denies(patient, one, "condition", leaf.term, asked):
            since = one.entry.since
            if since is None or covers(since, now=leaf.phase == "active" and leaf.window is None, days=days):
                return Closure(complete, f"{capital(one.wording)} is recorded as absent", once)
    kind = another_kind(patient, asked) if leaf.phase in ("", "active") and leaf.window is None else None
    return Closure(complete, f"{capital(kind.wording)} is recorded, and nobody has both at a time" if kind is not None else "", once)


def _asked(leaf: Condition, label: str) -> str:
    phase = {"history": "history of ", "past": "previous ", "active": "active ", "suspected": "known or suspected "}.get(leaf.phase, "")
    stage = f" of {'' if leaf.stages[0].startswith('grade') else 'stage '}{listed(leaf.stages)}" if leaf.stages else ""
    lasting = f" for {duration_words(leaf.lasting)}" if leaf.lasting else ""
    return f"{phase}{described(listed(leaf.states), label)}{stage}{window_words(leaf.window)}{lasting}"


def _question(leaf: Condition, label: str, since: date | None) -> Question:
    if leaf.window is not None:
        text = f"Has the patient had {with_article(label)}{window_words(leaf.window)}?"
    elif leaf.phase in ("history", "past"):
        text = ever_asked("conditions", label)
    elif leaf.phase == "suspected":
        text = f"Does the patient have {with_article(label)}, known or suspected?"
    else:
        text = f"Does the patient have {with_article(f'active {label}' if leaf.phase == 'active' else label)}?"
    return Question("conditions", label, "yesno", None, text, since)
