"""The criteria of several trials side by side: those that test the same fact stand in one row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from matcher.matching.demands import check_of, demands, term_label
from matcher.matching.patient import spelled
from matcher.model import language as lang
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.trees import children
from matcher.model.values import value
from matcher.vocabulary import Concept, Vocabulary

# The rows stand in this order; what was not read comes last.
KINDS = (
    "registry", "condition", "measure", "treatment", "procedure", "allergy", "state", "smoking", "family history",
    "participation", "statement", "judgement", "consent", "unread",
)  # fmt: skip
_TERMS: dict[type, tuple[str, str]] = {
    lang.Condition: ("condition", "condition"), lang.Measurement: ("measure", "measure"),
    lang.Medication: ("treatment", "treatment"), lang.Procedure: ("procedure", "procedure"),
    lang.Allergy: ("allergy", "treatment"), lang.FamilyHistory: ("family history", "condition"),
}  # fmt: skip
_TEXTS: dict[type, str] = {lang.Statement: "statement", lang.Judgement: "judgement", lang.Unread: "unread"}
_ONE_OF_A_KIND: dict[type, tuple[str, str]] = {
    lang.Age: ("registry", "age"), lang.Sex: ("registry", "sex"), lang.Consent: ("consent", "consent"),
    lang.Smoking: ("smoking", "smoking"), lang.Participation: ("participation", "other studies"),
}  # fmt: skip


@value(frozen=True, slots=True)
class Subject:
    """What a criterion tests: a kind of fact, and its name; without one, what each trial words in its own way."""

    kind: str
    name: str


@value(frozen=True, slots=True)
class Cell:
    """What one trial asks in a row; `elsewhere` are its criteria in other rows that ask it too, by id."""

    criteria: tuple[CriterionMatch, ...] = ()
    elsewhere: tuple[str, ...] = ()


@value(frozen=True, slots=True)
class Aligned:
    """One row: what is tested, what each trial asks, and how that compares.

    `standing` is "same" where all ask the same, "some" where not all ask, but those that do ask the same, "one" where
    one alone asks, "own" where each has words of its own, else "differ".
    """

    subject: Subject
    cells: tuple[Cell, ...]
    standing: str

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        asked = [{"criteria": [one.plain() for one in cell.criteria], "elsewhere": list(cell.elsewhere)} for cell in self.cells]
        return {"kind": self.subject.kind, "tests": self.subject.name, "standing": self.standing, "trials": asked}


Tested = list[list[tuple[CriterionMatch, tuple[Subject, ...]]]]


def aligned(matches: Sequence[TrialMatch], vocabulary: Vocabulary) -> list[Aligned]:
    """The criteria of the trials in rows, in the order of KINDS; every criterion stands in exactly one of them.

    A criterion that tests several facts stands where most trials test one of them. What one trial alone tests joins the
    row of the nearest broader disease or class that another one tests; statements, judgements and unread texts that no
    other trial has share one row of their kind.
    """
    tested: Tested = [[(one, _subjects(one, vocabulary)) for one in match.criteria] for match in matches]
    tested = _joined(tested, vocabulary)
    asking = _asking(tested)
    placed = [[(one, max(subjects, key=lambda found: len(asking[found]))) for one, subjects in trial] for trial in tested]
    order = dict.fromkeys(place for trial in placed for _, place in trial)
    rows = [_row(subject, tested, placed, vocabulary) for subject in order]
    return sorted(rows, key=lambda row: (KINDS.index(row.subject.kind), row.standing == "one"))


def _row(subject: Subject, tested: Tested, placed: Sequence[Sequence[tuple[CriterionMatch, Subject]]], vocabulary: Vocabulary) -> Aligned:
    cells = []
    for asked, places in zip(tested, placed, strict=True):
        here = tuple(one for one, place in places if place == subject)
        also = tuple(one.id for (one, subjects), (_, place) in zip(asked, places, strict=True) if subject in subjects and place != subject)
        cells.append(Cell(here, also))
    return Aligned(subject, tuple(cells), _standing(subject, cells, vocabulary))


def _standing(subject: Subject, cells: Sequence[Cell], vocabulary: Vocabulary) -> str:
    asking = [cell for cell in cells if cell.criteria or cell.elsewhere]
    if len(asking) == 1:
        return "one"
    if not subject.name:
        return "own"
    asked = {frozenset(chain.from_iterable(demands(one, vocabulary) for one in cell.criteria)) for cell in asking}
    if len(asked) > 1 or any(cell.elsewhere for cell in asking):
        return "differ"
    return "same" if len(asking) == len(cells) else "some"


def _asking(tested: Tested) -> dict[Subject, set[int]]:
    """The numbers of the trials that test each fact."""
    found: dict[Subject, set[int]] = {}
    for number, trial in enumerate(tested):
        for subject in chain.from_iterable(subjects for _, subjects in trial):
            found.setdefault(subject, set()).add(number)
    return found


def _joined(tested: Tested, vocabulary: Vocabulary) -> Tested:
    """The same with what one trial alone tests under a name it shares: a broader one that another trial uses, or none."""
    asking = _asking(tested)
    broader = {one: _broader(one, vocabulary) for one in asking}
    new: dict[Subject, Subject] = {}
    for one, numbers in asking.items():
        if len(numbers) > 1:
            continue
        if one.kind in _TEXTS.values():
            new[one] = Subject(one.kind, "")
        above = [other for other in asking if other.name in broader[one] and other.kind == one.kind and asking[other] - numbers]
        if above:
            new[one] = max(above, key=lambda other: len(broader[other]))
    return [[(one, tuple(dict.fromkeys(new.get(found, found) for found in subjects))) for one, subjects in trial] for trial in tested]


def _broader(subject: Subject, vocabulary: Vocabulary) -> frozenset[str]:
    if subject.kind not in ("condition", "treatment"):
        return frozenset()
    found: Concept | None = getattr(vocabulary, subject.kind)(subject.name)
    return vocabulary.broader(found) - {subject.name} if found else frozenset()


def _subjects(one: CriterionMatch, vocabulary: Vocabulary) -> tuple[Subject, ...]:
    """The facts a criterion tests; a statement, judgement or unread text only where it tests nothing else."""
    found = list(dict.fromkeys(_subject(leaf, vocabulary) for leaf in _tested(check_of(one))))
    facts = [subject for subject in found if KINDS.index(subject.kind) < KINDS.index("statement")]
    return tuple(facts) or tuple(sorted(found, key=lambda subject: KINDS.index(subject.kind)))[:1]


def _tested(check: lang.Check) -> Iterable[lang.Leaf]:
    """The leaves that say what is tested: not those that say whom a rule concerns, or what lifts it."""
    if isinstance(check, lang.When | lang.Unless):
        return _tested(check.rule)
    parts = children(check)
    return chain.from_iterable(map(_tested, parts)) if parts else (check,)  # type: ignore[return-value]


def _subject(leaf: lang.Leaf, vocabulary: Vocabulary) -> Subject:
    kind = type(leaf)
    if kind in _TERMS:
        shown, resolved = _TERMS[kind]
        return Subject(shown, term_label(resolved, leaf.term, vocabulary))  # type: ignore[union-attr]
    if kind in _TEXTS:
        return Subject(_TEXTS[kind], " ".join(spelled(leaf.text)))  # type: ignore[union-attr]
    if isinstance(leaf, lang.State):
        return Subject("registry" if leaf.name == "healthy volunteer" else "state", leaf.name)
    return Subject(*_ONE_OF_A_KIND[kind])


__all__ = ["KINDS", "Aligned", "Cell", "Subject", "aligned"]
