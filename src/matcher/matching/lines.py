"""Lines of a treatment ("in more than 2 lines"): how many the recorded courses make at least, and at most.

At least: courses of different drugs for one disease that follow one another, each begun after the one before had failed,
or both of them for metastatic disease and a year apart. At most: one a course, where every course is recorded. A number alone may mean just as many. Current
courses, those around an operation or beside another treatment, and those given into a part of the body count only towards the most.
Drugs of a class are counted by their names: each of them once, a combination at most as what it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from matcher.matching import truth as t
from matcher.matching.entries import Part, Tested
from matcher.matching.patient import Patient, Resolved, resolve, spelled
from matcher.matching.responses import stopped_for
from matcher.matching.routes import recorded_route, systemic
from matcher.matching.speaking import spoken_besides
from matcher.model.dates import PartialDate
from matcher.model.language import Medication
from matcher.model.patterns import later
from matcher.vocabulary import Concept, Relation, given_locally

_NUMBER = later(r"in (?:(more than|at least) )?(\d+) (lines?|regimens?|courses?|therap(?:y|ies)|treatments?|drugs?)")
_STATE = 1  # the place of the state among the parts of a tested medication
_FAILED = ("followed by progression", "followed by relapse", "inadequate")
_PAUSE = timedelta(days=365)  # what follows sooner, without a failure, may be the next part of one plan
_MONTH, _COURSE = timedelta(days=31), timedelta(days=5 * 365)
# Settings of a line; around an operation, with radiation, before a transplant or to keep a response, a course is none of its own.
_LINES = later(r"|metastatic|(?:locally )?advanced|unresectable|inoperable|recurrent|relapsed|refractory|palliative|salvage|(?:first|second|third|fourth|fifth|[1-9](?:st|nd|rd|th))[- ]line")

Course = tuple[Resolved, Tested]


def within_lines(leaf: Medication, courses: Sequence[Course], others: Sequence[Tested], patient: Patient, *, complete: bool) -> list[Tested]:
    """All that was tested, with the number of lines settled where the recorded courses do; `others` stand in other lists."""
    as_they_are = [*(tested for _, tested in courses), *others]
    said = _NUMBER.fullmatch(leaf.states[0]) if len(leaf.states) == 1 else None
    if said is None or said[3].startswith(("course", "treatment")):  # those may be cycles of one drug
        return as_they_are
    least = int(said[2]) + (said[1] == "more than")
    drugs = said[3].startswith("drug")
    counted = [one for one in courses if _counts(one[1])]
    begun = _different(counted, patient) if drugs else _following(counted, patient)
    meant = [one for one in courses if one[1].parts[0].truth != t.VIOLATED]
    known = complete and meant and all(one.parts[0].truth == t.VIOLATED for one in others) and not _more_elsewhere(leaf, patient)
    taken = [one for one, tested in meant if not (drugs and t.VIOLATED in (part.truth for at, part in enumerate(tested.parts) if at != _STATE))]
    most = (_drugs_at_most(taken, patient) if drugs else _at_most(taken)) if known else None
    if len(begun) >= least and (said[1] or most == least):
        return _told(as_they_are, begun, Part(t.HOLDS, why=f"{len(begun)} {said[3].rstrip('s')}s are recorded"))
    if most is None or most >= least:
        return as_they_are
    noun = "drug" if drugs else "course"
    told = f"one {noun} is" if most == 1 else f"{most} {noun}s are"
    return _told(as_they_are, [one for _, one in meant], Part(t.VIOLATED, why=f"no more than {told} recorded, and the list is complete"))


def _more_elsewhere(leaf: Medication, patient: Patient) -> bool:
    """Whether a procedure or a study may have been a course more: a chemoembolization, a study of which the drug is not named."""
    studies = any(one.drug is None and one.kind in (None, "drug") for one in patient.profile.trials)
    return studies or spoken_besides(patient, "treatment", patient.concept("treatment", leaf.term))


def _at_most(courses: Sequence[Resolved]) -> int | None:
    """How many lines the courses are at most: drugs of the same days are one; None where a course may be several of them."""
    if any(one.concept is None or one.concept.kind == "class" or not (one.entry.start or one.entry.stop) or _years_long(one) for one in courses):
        return None
    together: list[Resolved] = []
    for one in courses:
        if not any(_of_one_course(one, other) for other in together):
            together.append(one)
    return len(together)


def _years_long(one: Resolved) -> bool:
    """Whether a course lasted so long that it may hold several: the first day of a drug, and the last."""
    start, stop = one.entry.start, one.entry.stop
    return start is not None and stop is not None and stop.last - start.first > _COURSE


def _of_one_course(one: Resolved, other: Resolved) -> bool:
    """Whether two drugs were certainly given together: begun and stopped on the same day, or in the same two months."""
    start, stop = one.entry.start, one.entry.stop
    if start is None or stop is None or (start, stop) != (other.entry.start, other.entry.stop):
        return False
    return (start.exact and stop.exact) or (_in_a_month(start) and _in_a_month(stop) and start.last < stop.first)


def _in_a_month(when: PartialDate) -> bool:
    return when.last - when.first <= _MONTH


def _told(tested: Sequence[Tested], of: Sequence[Tested], part: Part) -> list[Tested]:
    """The tested entries, those among `of` with what is now known of their number."""
    known = {id(one) for one in of}
    return [replace(one, parts=(*one.parts[:_STATE], part, *one.parts[_STATE + 1 :])) if id(one) in known else one for one in tested]


def _counts(tested: Tested) -> bool:
    """Whether all but the number of lines certainly holds of it."""
    return t.conjoin([part.truth for at, part in enumerate(tested.parts) if at != _STATE]) == t.HOLDS


def _different(courses: Sequence[Course], patient: Patient) -> list[Tested]:
    """Courses of as many drugs of which none is another one, nor a kind of it."""
    found: list[Course] = []
    for one in courses:
        drug = one[0].concept
        if drug is not None and all(other[0].concept is not None and patient.vocabulary.relation(drug, other[0].concept) is Relation.UNRELATED for other in found):
            found.append(one)
    return [tested for _, tested in found]


def _drugs_at_most(courses: Sequence[Resolved], patient: Patient) -> int | None:
    """How many drugs the courses are at most: all that a combination holds; None where a course may be of several."""
    drugs = {one.concept.id: max(len(patient.vocabulary.ingredients(one.concept)), 1 + len(one.also)) for one in courses if one.concept is not None and one.concept.kind == "drug"}
    return sum(drugs.values()) if all(one.concept is not None and one.concept.id in drugs for one in courses) else None


def _following(courses: Sequence[Course], patient: Patient) -> list[Tested]:
    """The longest row of courses of which each is certainly a line after the one before it."""
    past = [one for one in courses if one[0].entry.state == "past" and one[0].entry.start and _of_a_line(one[0], patient)]
    past.sort(key=lambda one: (one[0].entry.start.first, one[0].entry.start.last))
    rows: list[list[Course]] = []
    for one in past:
        fitting = [row for row in rows if _new_line(row[-1][0], one[0]) and all(_another(before, one[0], patient) for before, _ in row)]
        rows.append([*max(fitting, key=len, default=[]), one])
    return [tested for _, tested in max(rows, key=len, default=[])]


def _of_a_line(one: Resolved, patient: Patient) -> bool:
    """Whether a course may be a line by itself: given to the whole body, and not beside another treatment."""
    setting, route = (one.entry.setting or "").casefold().strip(), recorded_route(one.entry.route, one.wording)
    if one.concept is None or not _LINES.fullmatch(setting):
        return False
    return systemic(route) if route is not None else bool(setting) or not given_locally(one.concept.label)


def _new_line(before: Resolved, after: Resolved) -> bool:
    """Whether the second course was begun because the first had failed, or so late that it is no next part of one plan."""
    over, begun = before.entry.stop, after.entry.start
    if over is None or begun.first < over.last:
        return False
    if stopped_for(before) in _FAILED or before.entry.response in ("inadequate", "none"):
        return True
    both = {(one.entry.setting or "").casefold() for one in (before, after)}
    return both == {"metastatic"} and begun.first - over.last >= _PAUSE


def _another(before: Resolved, after: Resolved, patient: Patient) -> bool:
    """Whether a course is of another drug than an earlier one, and against the same disease."""
    if before.concept is None or after.concept is None or patient.vocabulary.relation(before.concept, after.concept) not in (Relation.UNRELATED, Relation.UNKNOWN):
        return False
    given = [one.entry.indication for one in (before, after) if one.entry.indication]
    if len(given) == 2 and spelled(given[0]) == spelled(given[1]):
        return True
    told = [resolve(patient.vocabulary, "condition", one) for one in given]
    if len(given) < 2:
        told += _cancers(patient)
    return all(one is not None and other is not None and patient.vocabulary.related(one, other) for one, other in combinations(told, 2))


def _cancers(patient: Patient) -> list[Concept]:
    """The cancers that are recorded, but for where they have spread to."""
    cancer, spread = patient.vocabulary.condition("malignancy"), patient.vocabulary.condition("metastatic cancer")
    if cancer is None or spread is None:
        return []
    kind, relation = (Relation.SAME, Relation.NARROWER), patient.vocabulary.relation
    had = [one.concept for one in patient.conditions if one.entry.status != "absent" and one.concept is not None]
    return [one for one in had if relation(one, cancer) in kind and relation(one, spread) not in kind]
