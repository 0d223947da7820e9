"""Lines of a treatment ("in more than 2 lines"): there are never more of them than courses, where all courses are recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.matching import truth as t
from matcher.matching.entries import Part, Tested
from matcher.model.language import Medication
from matcher.model.patterns import later

_MORE_THAN = later(r"in more than (\d+) (?:lines?|regimens?|courses?|therap(?:y|ies)|treatments?)")
_STATE = 1  # the place of the state among the parts of a tested medication


def within_lines(leaf: Medication, tested: Sequence[Tested], *, complete: bool) -> list[Tested]:
    """The tested courses, none of them in more lines than there are courses; of a list that may lack some, as they are."""
    most = next((int(found[1]) for found in map(_MORE_THAN.fullmatch, leaf.states) if found), None)
    courses = [one for one in tested if one.parts[0].truth != t.VIOLATED]
    if most is None or len(leaf.states) > 1 or not complete or not courses or len(courses) > most or not all(one.evidence.date for one in courses):
        return list(tested)
    said = "one course is" if len(courses) == 1 else f"{len(courses)} courses are"
    fewer = Part(t.VIOLATED, why=f"no more than {said} recorded, and the list is complete")
    return [replace(one, parts=(*one.parts[:_STATE], fewer, *one.parts[_STATE + 1 :])) if one in courses else one for one in tested]
