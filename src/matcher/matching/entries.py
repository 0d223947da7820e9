"""Testing a list of entries, one at a time and each with all that a criterion says: the frame of every list leaf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matcher.matching import truth as t
from matcher.matching.finding import Finding, unique
from matcher.matching.patient import Patient, Resolved, spelled
from matcher.matching.periods import Edges
from matcher.matching.without import denied_by_name
from matcher.matching.words import besides, no_other, of_another, worded_before
from matcher.model.dates import PartialDate
from matcher.model.values import changed, value
from matcher.model.verdict import FOR_A_PERSON, Evidence, Question
from matcher.vocabulary import A_KIND, Concept, Relation, Told, bounds, normal, reaches


@value(frozen=True, slots=True)
class Part:
    """One thing a leaf says, tested on one entry: undecided parts name their cause and may ask a question."""

    truth: t.Truth
    cause: str = ""
    why: str = ""
    question: Question | None = None
    clears: tuple[date, ...] = ()


SATISFIED, OTHER = Part(t.HOLDS), Part(t.VIOLATED)
# What makes a recorded "no" a no to a part of the thing only: "no class V lupus nephritis", "no intravenous steroids".
NARROWING = (
    "stage", "severity", "confirmed_by", "until", "dose", "route", "stop", "response", "indication", "setting", "finding",
)


@value(frozen=True, slots=True)
class Tested:
    """An entry with what the leaf's parts found on it."""

    parts: tuple[Part, ...]
    shown: str
    evidence: Evidence
    negative: bool = False

    @property
    def truth(self) -> t.Truth:
        """Whether this one entry satisfies every part."""
        return t.conjoin([part.truth for part in self.parts])

    @property
    def open_parts(self) -> tuple[Part, ...]:
        """The parts that are still undecided."""
        return tuple(part for part in self.parts if part.truth == t.OPEN)


APART = Tested((OTHER,), "", Evidence("", ""))
"""An entry that is something else than what is asked: nothing is said of it."""


@value(frozen=True, slots=True)
class Closure:
    """Whether the list is known to be exhaustive for what is asked, or a recorded "no" closes it.

    `once`: the very thing asked is recorded, and nobody has it twice.
    """

    complete: bool
    denied: str = ""
    once: bool = False

    @property
    def closed(self) -> bool:
        """Whether an absent entry is a "no"."""
        return self.complete or bool(self.denied)


def judge(tested: Sequence[Tested], closure: Closure, question: Question, asked: str, patient: Patient) -> Finding:
    """The finding over all entries: one that satisfies everything makes it true; only a closed list makes it false.

    A list is closed too where it was answered that there is no other than what is recorded.
    `asked` names what is looked for in a nurse's words ("use of rituximab within 6 months").
    """
    truths = [one.truth for one in tested]
    holding = [one for one, truth in zip(tested, truths, strict=True) if truth == t.HOLDS]
    perhaps = [one for one, truth in zip(tested, truths, strict=True) if truth == t.OPEN and not (closure.denied and _perhaps_another(one))]
    if holding:
        if closure.denied:
            return _conflict(holding[0], closure, question)
        return Finding(
            t.HOLDS, _holding(holding, asked),
            evidence=tuple(one.evidence for one in holding),
            clears=unique(day for one in holding for part in one.parts for day in part.clears) if _all_clear(holding) else (),
        )
    recorded = _recorded(tested)
    another = changed(question, question=besides(question.question, recorded)) if recorded else question
    answered = _no_other(patient, another)
    if perhaps:
        return _perhaps(perhaps, None if closure.closed or closure.once or answered else another, question)
    said = affirmed(patient, question.name)
    if said and not recorded:
        evidence = Evidence(f"answers: {said}", "yes")
        return Finding(t.OPEN, f"It was answered “{said}”: yes, and no list has it.", t.OPEN, ("conflict",), (question,), (evidence,))
    if closure.denied:
        return Finding(t.VIOLATED, f"{closure.denied}.", evidence=_near(tested))
    why = _near_reason(tested, asked)
    if closure.complete or answered or (closure.once and why):
        clears = unique(day for one in tested for part in one.parts if part.truth == t.VIOLATED for day in part.clears)
        reason = f"{why} It was answered that there is no other.".strip() if answered else why or f"No {asked} is recorded, and the list is complete."
        return Finding(t.VIOLATED, reason, evidence=(*_near(tested), *answered), clears=clears)
    reason = f"{why} Whether there is another is not recorded." if why else f"Not recorded: {asked}."
    return Finding(t.OPEN, reason, t.VIOLATED, ("not-recorded",), (another,), _near(tested))


# What may stand in a statement beside the name of a thing for it to say that the patient has it.
_HAS = frozenset(
    ["a", "active", "allergic", "an", "any", "been", "being", "chronic", "current", "currently", "diagnosed", "diagnosis", "documented", "for", "had", "has", "have", "he", "history", "in", "intolerant", "is", "known", "now", "of", "on", "ongoing", "past", "patient", "previous", "previously", "prior", "receives", "receiving", "she", "take", "takes", "taking", "taken", "the", "to", "treated", "treatment", "underwent", "use", "uses", "using", "was", "with"]
)


def affirmed(patient: Patient, name: str) -> str:
    """A statement, answered with yes, that the patient has or had the thing; "" where there is none."""
    words = spelled(name)
    for statement, holds in patient.answers.items() if words else ():
        at = next((at for at in range(len(statement) - len(words) + 1) if statement[at : at + len(words)] == words), None) if holds else None
        if at is not None and _HAS.issuperset((*statement[:at], *statement[at + len(words) :])):
            return " ".join(statement)
    return ""


def _recorded(tested: Sequence[Tested]) -> tuple[str, ...]:
    """What of the kind asked is in the record."""
    return unique(one.shown for one in tested if one.parts[0].truth == t.HOLDS)


def _no_other(patient: Patient, another: Question) -> tuple[Evidence, ...]:
    """The answer that there is none besides what is recorded: in the time asked about, or ever; none where nobody gave it."""
    if not of_another(another.question):
        return ()
    ever = no_other(another, ever=True)
    timed = [another.question] if another.since is not None else []
    return tuple(Evidence(f"answers: {one}", "no") for one in unique([*timed, ever, *map(worded_before, (*timed, ever))]) if patient.answered(one) is False)[:1]


def _perhaps_another(one: Tested) -> bool:
    """Whether it is open if the entry is the thing asked at all: a recorded "no" of that thing says that it is not."""
    concept = one.parts[0]
    return concept.truth == t.OPEN and concept.cause not in ("similar", "conflict")


def _holding(holding: Sequence[Tested], asked: str) -> str:
    """What is recorded, and, where the criterion says more than a name, what it satisfies."""
    shown = "; ".join(unique(one.shown for one in holding))
    named = {normal(one.evidence.fact.partition(": ")[2]) for one in holding}
    plain = normal(asked) in named or normal(asked.removeprefix("use of ")) in named
    return f"Recorded: {shown}." if plain else f"{asked[:1].upper()}{asked[1:]}: recorded {shown}."


def _all_clear(holding: Sequence[Tested]) -> bool:
    return all(any(part.clears for part in one.parts) for one in holding)


def _conflict(one: Tested, closure: Closure, question: Question) -> Finding:
    reason = f"The record contradicts itself: {one.shown}, but {closure.denied[:1].lower()}{closure.denied[1:]}."
    return Finding(t.OPEN, reason, t.OPEN, ("conflict",), (question,), (one.evidence,))


def _perhaps(perhaps: Sequence[Tested], another: Question | None, question: Question) -> Finding:
    """What is open because entries are that may be what is asked; `another` asks for more of them, where the list is not closed."""
    parts = [(one, part) for one in perhaps for part in one.open_parts]
    causes = unique(part.cause for _, part in parts)
    asks = unique(part.question or question for _, part in parts if part.question or part.cause not in FOR_A_PERSON)
    if another is not None and question not in asks:
        asks = (*asks, another)
    whys = [(one.shown, "; ".join(unique(part.why for part in one.open_parts))) for one in perhaps]
    reason = " ".join(unique(f"{shown[:1].upper()}{shown[1:]}: {why}." for shown, why in whys))
    return Finding(t.OPEN, reason, t.OPEN, causes, asks, unique(one.evidence for one in perhaps))


def _near(tested: Sequence[Tested]) -> tuple[Evidence, ...]:
    return tuple(one.evidence for one in tested if one.parts[0].truth == t.HOLDS)


def _near_reason(tested: Sequence[Tested], asked: str) -> str:
    """Why the entries of the right concept do not count, where there are any."""
    reasons = [
        f"{one.shown[:1].upper()}{one.shown[1:]}: {next(p.why for p in one.parts if p.truth == t.VIOLATED and p.why)}."
        for one in tested
        if one.parts[0].truth == t.HOLDS and any(p.truth == t.VIOLATED and p.why for p in one.parts)
    ]
    return " ".join(unique(reasons))


_CLOSENESS = (Relation.SAME, Relation.NARROWER, Relation.BROADER, Relation.UNKNOWN, Relation.UNRELATED)


def concept_part(patient: Patient, one: Resolved, kind: str, term: str, asked: Concept | None) -> Part:
    """Whether the entry is the thing the criterion names: same or narrower holds, broader or unknown is undecided."""
    if asked is None or one.concept is None:
        return _by_spelling(patient, one, kind, term, asked)
    relation = patient.vocabulary.relation(one.concept, asked)
    if one.also:
        relation = min((relation, *(patient.vocabulary.relation(concept, asked) for concept in one.also)), key=_CLOSENESS.index)
    if relation not in A_KIND and denied_by_name(patient, one, asked):
        return OTHER
    if relation is Relation.UNRELATED:
        return Part(t.OPEN, "not-recorded", f"whether it comes with {asked.label} is not recorded") if _may_tell(patient, one.perhaps, asked) or _in_its_words(one, asked) else OTHER
    if relation in A_KIND:
        return SATISFIED
    if relation is Relation.BROADER:
        return Part(t.OPEN, "imprecise", f"whether it is {asked.label} is not recorded")
    if (one.about is not None and not _may_tell(patient, (*one.about, *one.perhaps), asked)) or _beyond(patient, one, asked):
        return OTHER
    return Part(t.OPEN, "not-recorded", f"whether this counts as {asked.label} is not known")


def _in_its_words(one: Resolved, asked: Concept) -> bool:
    """Whether an entry that says more than a name says all words of what is asked: "multidrug-resistant pulmonary tuberculosis"."""
    words = normal(asked.label)
    return not one.exact and one.concept is not None and words[-1] in normal(one.concept.label) and set(words) <= set(normal(one.wording))


def _beyond(patient: Patient, one: Resolved, asked: Concept) -> bool:
    """Whether the entry has to do with nothing that a disease asked, of which the tables say little, may be of."""
    vocabulary = patient.vocabulary
    if one.concept is None or one.also or one.perhaps or asked.kind != "condition" or vocabulary.held(asked) or not vocabulary.held(one.concept):
        return False
    (within,) = patient.kept(("bounds", asked.label), lambda: (bounds(vocabulary, asked),))
    return within is not None and not vocabulary.open_at_large(one.concept) and not _may_tell(patient, within, one.concept)


def _may_tell(patient: Patient, told: Told, asked: Concept) -> bool:
    """Whether one of the things that an entry may tell of may be what is asked: HIV infection of an HIV-associated lipodystrophy."""
    vocabulary = patient.vocabulary
    for one, reach in told:
        if reach == "field":
            if reaches(vocabulary, one, asked):
                return True
            continue
        relation = vocabulary.relation(one, asked)
        at_large = (reach != "above" and vocabulary.open_at_large(asked)) or (reach == "all" and not vocabulary.open_at_large(one))
        if relation in _MEANT[reach] or (at_large and relation is Relation.UNKNOWN):
            return True
    return False


_MEANT = {"itself": (Relation.SAME, Relation.NARROWER), "above": (Relation.SAME, Relation.NARROWER), "kinds": (Relation.SAME, Relation.NARROWER, Relation.BROADER), "all": (Relation.SAME, Relation.NARROWER, Relation.BROADER)}


def _by_spelling(patient: Patient, one: Resolved, kind: str, term: str, asked: Concept | None) -> Part:
    if spelled(one.wording) == spelled(term) and "?" not in one.wording:
        return SATISFIED
    offer = None if one.concept else patient.vocabulary.similar(kind, one.wording)
    if offer is not None and asked is not None:
        relation = patient.vocabulary.relation(offer, asked)
        if relation in (Relation.SAME, Relation.NARROWER):
            return Part(t.OPEN, "similar", f"please confirm that this is {offer.label}")
    if one.about is not None and asked is not None and not _may_tell(patient, one.about, asked):
        return OTHER
    if one.concept is None:
        return Part(t.OPEN, "not-recorded", f"not understood, it could be {term}")
    return Part(t.OPEN, "not-recorded", f"whether this is {term} is not known")


def relevant(tested: Sequence[Tested]) -> list[Tested]:
    """The entries that could bear on the question: those of which no part is false, and those of the right concept."""
    return [one for one in tested if one.parts[0].truth != t.VIOLATED]


def covers(complete: object, *, now: bool, days: Edges | None) -> bool:
    """Whether a list declared complete covers what is asked: what holds `now`, or what happened in the window `days`.

    `complete` is true (ever), "current" (what holds now) or a date (since then); neither `now` nor `days` means ever.
    """
    if complete is True:
        return True
    if complete == "current":
        return now
    if isinstance(complete, PartialDate):
        return now or (days is not None and days.opens_at_earliest >= complete.last)
    return False


def denies(patient: Patient, one: Resolved, kind: str, term: str, asked: Concept | None) -> bool:
    """Whether a recorded "no" answers the question: it names the same thing or something broader, all of it."""
    if any(getattr(one.entry, part, None) for part in NARROWING):
        return False
    if asked is None or one.concept is None or not one.exact:
        return spelled(one.wording) == spelled(term)
    relation = patient.vocabulary.relation(one.concept, asked)
    too_broad = relation is Relation.BROADER and patient.vocabulary.silent(asked) and not patient.vocabulary.silent(one.concept)
    return relation in (Relation.SAME, Relation.BROADER) and not too_broad
