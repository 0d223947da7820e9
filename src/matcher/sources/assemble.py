"""Composing a draft and its read criteria into a whole trial record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from matcher.model.trial import Criterion, Trial
from matcher.model.wording import parse, wording
from matcher.sources.values import Draft


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
    return replace(draft.trial, criteria=[*criteria_of(sections, reader), *registry_criteria(draft)])


def criteria_of(sections: Sequence[tuple[str, str]], reader: Reader) -> list[Criterion]:
    """The criteria that `reader` reads in the eligibility text, by section."""
    return [_criterion(read) for read in reader(sections)] if sections else []


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


def _criterion(read: ReadCriterion) -> Criterion:
    names = ("id", "kind", "text", "check", "group", "note")
    return Criterion(**{name: getattr(read, name) for name in names}, spans=list(read.spans))
