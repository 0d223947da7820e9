"""What speaks for a condition, treatment or procedure, and what of its own list explains it already."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from functools import cache

from matcher.matching.elsewhere import procedures_elsewhere
from matcher.matching.patient import Patient, Resolved
from matcher.model.dates import PartialDate, partial_date
from matcher.model.language import Check
from matcher.model.values import value
from matcher.model.verdict import Evidence
from matcher.model.wording import parse
from matcher.vocabulary import Concept, Relation


@value(frozen=True, slots=True)
class Spoken:
    """A condition, treatment or procedure that a fact of another list speaks for (`kinds`: and for kinds of it), and why it does.

    `facts` are all recorded facts of that kind: the first is shown.
    """

    kind: str
    concept: Concept
    shown: str
    facts: tuple[Evidence, ...]
    why: str
    kinds: bool = True
    found: bool = False
    """Whether it is an infection that a test found: it may be another one than those of old that are recorded."""
    passes: int | None = None
    """After how many days such an infection is usually over; None for all that may last."""
    against: bool = False
    """Whether it speaks against a recorded "no", so strongly that this does not decide."""


ITSELF, OR_A_KIND = (Relation.SAME, Relation.NARROWER), (Relation.SAME, Relation.NARROWER, Relation.BROADER)


def undisturbed(patient: Patient, name: Hashable, find: Callable[[], tuple[Spoken, ...]]) -> tuple[Spoken, ...]:
    """What speaks for something, found once; while any of that is being found, nothing speaks for anything."""
    (finding,) = patient.kept("signs being found", lambda: ([],))
    if finding:
        return ()
    finding.append(name)
    try:
        return patient.kept(name, find)
    finally:
        finding.pop()


def explained(patient: Patient, kind: str, concept: Concept, *, denied: bool = True, since: str | None = None) -> bool:
    """Whether a row of the own list, a recorded "no" included where it counts, already says what the sign speaks for; none that ended before the day `since`."""
    rows: dict[str, Sequence[Resolved]] = {
        "condition": patient.conditions, "treatment": patient.medications,
        "procedure": (*patient.procedures, *(found.one for found in procedures_elsewhere(patient))),
    }  # fmt: skip
    relation = patient.vocabulary.relation
    told = [one for one in rows[kind] if (denied or one.entry.status != "absent") and not (since and _ended(one, partial_date(since)))]
    return any(one.concept is not None and relation(one.concept, concept) in _SAYING[one.entry.status == "absent"] for one in told)


def _ended(one: Resolved, day: PartialDate) -> bool:
    """Whether what a row tells of was over before a day."""
    return one.entry.status == "resolved" and one.entry.until is not None and bool(one.entry.until.last < day.first)


# A row says it where it is the same or a kind of it, and where it is broader; a "no" to a kind says nothing of the whole.
_SAYING = {False: OR_A_KIND, True: (Relation.SAME, Relation.BROADER)}


@cache
def sign_check(wording: str) -> Check:
    """The check of a sign."""
    return parse(wording)
