"""What would change a trial's standing: missing facts, margins, the day a washout ends, and what would have to be otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.matching.compiled import compiled
from matcher.matching.patient import Patient, prepare
from matcher.matching.turning import Turn, turning_day, turns
from matcher.matching.verdicts import judge_check
from matcher.model.language import Sex
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import SHOWN, Question, Verdict
from matcher.model.wording import wording
from matcher.session.answers import NeedsEntry, Reply, settle
from matcher.vocabulary import load

_TEXT = 100


@dataclass(frozen=True, slots=True)
class Otherwise:
    """A fact that would have to be otherwise, in words, and what the criterion would then be."""

    words: str
    becomes: Verdict
    facts: tuple[str, ...] = ()

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"words": self.words, "becomes": self.becomes.value}


@dataclass(frozen=True, slots=True)
class Asked:
    """A missing fact, and what the criterion would be after a yes and after a no; None where that takes more than a word."""

    question: Question
    yes: Verdict | None = None
    no: Verdict | None = None

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {**self.question.plain(), "yes": self.yes and self.yes.value, "no": self.no and self.no.value}

    @property
    def words(self) -> str:
        """What the answers that settle it would do: "yes: excludes, no: met"."""
        said = [f"{name}: {SHOWN[one][1]}" for name, one in (("yes", self.yes), ("no", self.no)) if one and one is not Verdict.UNKNOWN]
        return ", ".join(said)


@dataclass(frozen=True, slots=True)
class WouldChange:
    """What would change one criterion: the day a window ends with the verdict then, single facts, and missing ones."""

    criterion: CriterionMatch
    day: date | None = None
    then: Verdict | None = None
    otherwise: tuple[Otherwise, ...] = ()
    asked: tuple[Asked, ...] = ()

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "id": self.criterion.id, "verdict": self.criterion.verdict.value, "day": self.day and self.day.isoformat(),
            "otherwise": [one.plain() for one in self.otherwise], "asked": [one.plain() for one in self.asked],
        }

    def lines(self) -> Iterator[str]:
        """What would change it, a line each."""
        if self.day and self.then:
            yield f"on {self.day}: a window ends → {SHOWN[self.then][1]}"
        for one in self.otherwise:
            yield f"{one.words} → {SHOWN[one.becomes][1]}"
        for ask in self.asked:
            yield f"ask: {ask.question.question}" + (f" ({ask.words})" if ask.words else "")
        if self.criterion.verdict is Verdict.REVIEW and not self.asked:
            yield "a person's judgement: put a verdict in its place"
        elif not (self.day or self.otherwise or self.asked):
            yield "no single fact: several would have to be otherwise"


@dataclass(frozen=True, slots=True)
class Changing:
    """What would change a trial: what it takes as a sentence, then criterion by criterion; `narrow` are met with little to spare."""

    summary: str
    open: tuple[WouldChange, ...]
    narrow: tuple[WouldChange, ...]

    def plain(self) -> dict[str, object]:
        """The JSON form."""
        return {"summary": self.summary, "changes": [one.plain() for one in self.open], "narrow": [one.plain() for one in self.narrow]}

    def lines(self) -> Iterator[str]:
        """All of it as lines of text."""
        yield self.summary
        for one in (*self.open, *self.narrow):
            yield f"  {SHOWN[one.criterion.verdict][0]} {one.criterion.id} {short(one.criterion.text)}"
            yield from (f"     {line}" for line in one.lines())


def short(text: str) -> str:
    """A criterion's words on one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= _TEXT else line[: _TEXT - 1].rstrip() + "…"


def changing(profile: Profile, trial: Trial, match: TrialMatch, as_of: date | None) -> Changing:
    """What would change a trial's standing for a patient."""
    patient = prepare(profile, load(), as_of)
    pairs = list(zip(trial.criteria, match.criteria, strict=False))
    order = (Verdict.FAIL, Verdict.UNKNOWN, Verdict.REVIEW)
    open_ = [_would_change(patient, criterion, one) for verdict in order for criterion, one in pairs if one.verdict is verdict]
    narrow = [found for criterion, one in pairs if one.verdict is Verdict.PASS and not one.overruled and (found := _narrow(patient, criterion, one))]
    return Changing(_summary(match, open_), tuple(open_), tuple(narrow))


def _would_change(patient: Patient, criterion: Criterion, one: CriterionMatch) -> WouldChange:
    if one.overruled:
        return WouldChange(one, otherwise=(Otherwise("a person's verdict: taken back", one.worked_out),))
    check = compiled(criterion).check
    if one.verdict is not Verdict.FAIL:
        return WouldChange(one, asked=tuple(_asked(patient, criterion, question) for question in one.missing))
    judged = judge_check(check, criterion.kind, patient)
    day, then = turning_day(check, criterion.kind, patient, judged.clears) or (None, None)
    single = tuple(_otherwise(found) for found in _turns(patient, criterion) if found.becomes is not Verdict.FAIL)
    return WouldChange(one, day, then, _unlike(single))


def _narrow(patient: Patient, criterion: Criterion, one: CriterionMatch) -> WouldChange | None:
    """A criterion that is met by a number close to its limit."""
    found = [
        Otherwise(margin.spare(), turn.becomes)
        for turn in turns(compiled(criterion).check, criterion.kind, patient, narrow=True) if turn.becomes is Verdict.FAIL
        for margin in turn.margins if margin.narrow
    ]  # fmt: skip
    return WouldChange(one, otherwise=_unlike(found)) if found else None


def _turns(patient: Patient, criterion: Criterion) -> Iterator[Turn]:
    """The facts that alone would turn a criterion; nobody is to become of another sex."""
    return (one for one in turns(compiled(criterion).check, criterion.kind, patient) if not isinstance(one.leaf, Sex))


def _otherwise(turn: Turn) -> Otherwise:
    facts = tuple(one.fact for one in turn.evidence)
    if turn.margins:
        return Otherwise("; ".join(margin.turned() for margin in turn.margins), turn.becomes, facts)
    return Otherwise(f"{'without' if turn.holds else 'with'}: {wording(turn.leaf)}", turn.becomes, facts)


def _unlike(found: Sequence[Otherwise]) -> tuple[Otherwise, ...]:
    return tuple({one.words: one for one in found}.values())


def _asked(patient: Patient, criterion: Criterion, question: Question) -> Asked:
    """A question with what a yes and a no would make of the criterion."""
    if question.answer not in ("yesno", "posneg"):
        return Asked(question)
    after = [_after(patient, criterion, question, Reply(yes=yes, ever=not yes)) for yes in (True, False)]
    return Asked(question, *after)


def _after(patient: Patient, criterion: Criterion, question: Question, reply: Reply) -> Verdict | None:
    day = patient.as_of
    try:
        profile = settle(patient.profile, question, reply, day or date.min)
    except (NeedsEntry, ValueError):
        return None
    return judge_check(compiled(criterion).check, criterion.kind, prepare(profile, patient.vocabulary, day)).verdict


def _summary(match: TrialMatch, found: Sequence[WouldChange]) -> str:
    failing = [one for one in found if one.criterion.verdict is Verdict.FAIL]
    if match.tier != "excluded":
        asks = len({ask.question.question for one in found for ask in one.asked})
        review = sum(one.criterion.verdict is Verdict.REVIEW for one in found)
        said = [f"{asks} missing fact{'' if asks == 1 else 's'}"] * bool(asks)
        said += [f"{review} criteri{'on' if review == 1 else 'a'} for a person to judge"] * bool(review)
        return f"Still open: {' and '.join(said)}." if said else "Nothing is open."
    said_again = _excluded(match, failing)
    shared = _shared(failing) if len(failing) > 1 else ""
    return f"{said_again} One fact stands behind them all: {shared}." if shared else said_again


def _excluded(match: TrialMatch, failing: Sequence[WouldChange]) -> str:
    """How many criteria would have to change; those of a group only where every group excludes."""
    everyone = sum(not one.criterion.group for one in failing)
    groups = {one.group for one in match.criteria if one.group}
    every_group = bool(groups) and groups <= {one.criterion.group for one in failing}
    if not everyone:
        return "Every group of the trial excludes: the criteria of one of them would have to change."
    if every_group:
        return f"{'One criterion excludes' if everyone == 1 else f'{everyone} criteria exclude'}, and so does every group: all that, and one group, would have to change."
    return "One criterion excludes; it would have to change." if everyone == 1 else f"{everyone} criteria exclude: each of them would have to change."


def _shared(failing: Sequence[WouldChange]) -> str:
    """A recorded fact that alone turns every criterion that excludes."""
    facts = [{fact for one in each.otherwise for fact in one.facts} for each in failing]
    common = set.intersection(*facts) if facts else set()
    return min(common, default="")


__all__ = ["Asked", "Changing", "Otherwise", "WouldChange", "changing", "short"]
