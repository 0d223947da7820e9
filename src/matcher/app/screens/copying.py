"""What can be copied of a trial or of a criterion, chosen by a letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from matcher.app.comfort import copy_text
from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.symbols import shown
from matcher.model.match import CriterionMatch
from matcher.model.trial import Trial

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

Parts = tuple[tuple[str, str, str], ...]  # key, what it is called, the text


def copy_chosen(app: MatcherApp, row: str) -> None:
    """Copy a part of the chosen trial, and of the criterion whose row of the pane is given."""
    match = app.session.chosen
    if match is None:
        app.say_what_first()
        return
    place = re.fullmatch(r"c(\d+)", row)
    one = match.criteria[int(place[1])] if place and int(place[1]) < len(match.criteria) else None
    _choose(app, [*_criterion(one), *_trial(match.trial_id, match.title)])


def copy_record(app: MatcherApp, trial: Trial) -> None:
    """Copy a part of a record."""
    text = "\n".join(f"{one.id} {' '.join(one.text.split())}" for one in trial.criteria)
    _choose(app, [*_trial(trial.id, trial.title), *([("c", "all its criteria", text)] if text else [])])


def _criterion(one: CriterionMatch | None) -> Parts:
    if one is None:
        return ()
    parts = (("c", f"the criterion {one.id}", one.text), ("r", "the reason", one.reason), ("w", "what it was read as", one.check))
    return tuple(part for part in parts if part[2])


def _trial(trial_id: str, title: str) -> Parts:
    return (("i", "the trial's id", trial_id), ("t", "the trial's id and title", f"{trial_id} {title}".strip()))


def _choose(app: MatcherApp, parts: list[tuple[str, str, str]]) -> None:
    def take(key: str | None) -> None:
        for one, what, text in parts:
            if one == key:
                copy_text(app, text, what)

    choices = Choices(tuple((key, key, shown(what, app.symbols)) for key, what, _ in parts))
    app.push_screen(ChoiceDialog("Copy", "", choices), take)


__all__ = ["copy_chosen", "copy_record"]
