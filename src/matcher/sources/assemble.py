"""Composing a draft and its read criteria into a whole trial record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from matcher.model.trial import Criterion, Trial
from matcher.model.wording import parse, wording
from matcher.reading.layout.own_disease import beside_own_disease, diseases_asked
from matcher.sources.values import Draft
from matcher.vocabulary import load


class ReadCriterion(Protocol):
    """A criterion as the reading room gives it."""

    @property
    def id(self) -> str:
        """Its place in reading order: I1, I2, … E1, …"""

    @property
    def kind(self) -> str:
        """Inclusion or exclusion."""

    @property
    def text(self) -> str:
        """The text as it stands."""

    @property
    def group(self) -> str:
        """The cohort whose rule it is; "" for everyone's."""

    @property
    def note(self) -> str:
        """Definitions that belong to it."""

    @property
    def check(self) -> str:
        """Its check in canonical wording; "" where nothing was read."""

    @property
    def spans(self) -> Sequence[tuple[int, int]]:
        """The code points of the text that each leaf was read from."""


Reader = Callable[[Sequence[tuple[str, str]]], Iterable[ReadCriterion]]


def assemble(draft: Draft, reader: Reader) -> Trial:
    """The whole record: the draft, its criteria as `reader` reads them, and the registry's own fields as R1, R2, …"""
    sections = [(section.kind, section.text) for section in draft.eligibility]
    return replace(draft.trial, criteria=[*criteria_of(sections, reader, draft.trial.conditions), *registry_criteria(draft)])


def criteria_of(sections: Sequence[tuple[str, str]], reader: Reader, conditions: Sequence[str] = ()) -> list[Criterion]:
    """The criteria that `reader` reads in the eligibility text, by section; what keeps out more than the trial's own `conditions` has two readings.

    Where the record names none, the diseases that everyone's inclusions ask for are its own.
    """
    found = list(reader(sections)) if sections else []
    own = conditions or diseases_asked(one.check for one in found if one.kind == "inclusion" and not one.group)
    return [_criterion(read, own) for read in found]


def registry_criteria(draft: Draft) -> list[Criterion]:
    """The registry's own limits as criteria: sex, ages, healthy volunteers, numbered over those that are stated."""
    trial, stated = draft.trial, list[tuple[str, str]]()
    if trial.sex in ("female", "male"):
        stated.append((f"Sex: {trial.sex}", f"sex {trial.sex}"))
    if draft.ages.text:
        stated.append((f"Ages: {draft.ages.text}", draft.ages.check))
    if trial.healthy_volunteers is False:
        stated.append(("Healthy volunteers: no", "not healthy volunteer"))
    return [
        Criterion(id=f"R{number}", kind="registry", text=text, check=wording(parse(check)) if check else "")
        for number, (text, check) in enumerate(stated, start=1)
    ]


def _criterion(read: ReadCriterion, conditions: Sequence[str]) -> Criterion:
    check, spans = read.check, tuple(read.spans)
    check, spans = beside_own_disease(check, read.kind, spans, conditions, load())
    names = ("id", "kind", "text", "group", "note")
    return Criterion(**{name: getattr(read, name) for name in names}, check=check, spans=list(spans))
