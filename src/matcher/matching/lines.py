"""Lines of a treatment ("in more than 2 lines"): how many the recorded courses make at least, and at most.

At least: courses that follow one another, each begun after the one before had failed, or both of them for metastatic
disease. At most: one a course, where every course is recorded. Adjuvant and current courses count only towards the most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from matcher.matching import truth as t
from matcher.matching.entries import Part, Tested
from matcher.matching.patient import Resolved
from matcher.matching.responses import stopped_for
from matcher.model.language import Medication
from matcher.model.patterns import later

_NUMBER = later(r"in (more than|at least) (\d+) (lines?|regimens?|courses?|therap(?:y|ies)|treatments?)")
_STATE = 1  # the place of the state among the parts of a tested medication
_FAILED = ("followed by progression", "followed by relapse", "inadequate")
_PAUSE = timedelta(days=28)  # what follows sooner, without a failure, may be the second half of one regimen
_PERIOPERATIVE = ("adjuvant", "neoadjuvant", "perioperative", "maintenance", "consolidation", "induction")

Course = tuple[Resolved, Tested]


def within_lines(leaf: Medication, courses: Sequence[Course], others: Sequence[Tested], *, complete: bool) -> list[Tested]:
    """All that was tested, with the number of lines settled where the recorded courses do; `others` stand in other lists."""
    as_they_are = [*(tested for _, tested in courses), *others]
    said = _NUMBER.fullmatch(leaf.states[0]) if len(leaf.states) == 1 else None
    if said is None:
        return as_they_are
    least = int(said[2]) + (said[1] == "more than")
    begun = _following([one for one in courses if _counts(one[1])]) if not said[3].startswith("course") else []
    if len(begun) >= least:
        return _told(as_they_are, begun, Part(t.HOLDS, why=f"{len(begun)} {said[3].rstrip('s')}s are recorded"))
    meant = [one for one in courses if one[1].parts[0].truth != t.VIOLATED]
    if not complete or not meant or any(one.parts[0].truth != t.VIOLATED for one in others):
        return as_they_are
    most = _at_most([one for one, _ in meant])
    if most is None or most >= least:
        return as_they_are
    told = "one course is" if most == 1 else f"{most} courses are"
    return _told(as_they_are, [one for _, one in meant], Part(t.VIOLATED, why=f"no more than {told} recorded, and the list is complete"))


def _at_most(courses: Sequence[Resolved]) -> int | None:
    """How many lines the courses are at most: drugs of the same days are one; None where a course may be several of them."""
    if any(one.concept is None or one.concept.kind == "class" or not (one.entry.start or one.entry.stop) for one in courses):
        return None
    return len({(one.entry.start, one.entry.stop) if one.entry.start and one.entry.stop else id(one) for one in courses})


def _told(tested: Sequence[Tested], of: Sequence[Tested], part: Part) -> list[Tested]:
    """The tested entries, those among `of` with what is now known of their number."""
    known = {id(one) for one in of}
    return [replace(one, parts=(*one.parts[:_STATE], part, *one.parts[_STATE + 1 :])) if id(one) in known else one for one in tested]


def _counts(tested: Tested) -> bool:
    """Whether all but the number of lines certainly holds of it."""
    return t.conjoin([part.truth for at, part in enumerate(tested.parts) if at != _STATE]) == t.HOLDS


def _following(courses: Sequence[Course]) -> list[Tested]:
    """The longest row of courses of which each is certainly a line after the one before it."""
    past = [one for one in courses if one[0].entry.state == "past" and one[0].entry.start and (one[0].entry.setting or "").casefold() not in _PERIOPERATIVE]
    past.sort(key=lambda one: (one[0].entry.start.first, one[0].entry.start.last))
    rows: list[list[Course]] = []
    for one in past:
        before = max((row for row in rows if _new_line(row[-1][0], one[0])), key=len, default=[])
        rows.append([*before, one])
    return [tested for _, tested in max(rows, key=len, default=[])]


def _new_line(before: Resolved, after: Resolved) -> bool:
    """Whether the second course is certainly another line than the first, not the next half of one regimen."""
    over, begun = before.entry.stop, after.entry.start
    if over is None or begun.first < over.last:
        return False
    if stopped_for(before) in _FAILED or before.entry.response in ("inadequate", "none"):
        return True
    both = {(one.entry.setting or "").casefold() for one in (before, after)}
    return both == {"metastatic"} and begun.first - over.last >= _PAUSE
