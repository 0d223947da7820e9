"""From a list over many trials or patients to one patient and one trial, judged on the main screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.app.screens.dialogs import Choices

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

_LET_GO = Choices((("s", "save", "save first"), ("d", "discard", "go on without saving"), ("c", "cancel", "stay with this patient")))


def open_patient(app: MatcherApp, path: Path, trial_id: str = "") -> None:
    """Take up a patient with a trial chosen, after asking about unsaved changes; the one in hand stays as she is."""

    def take() -> None:
        _to_main(app)
        app.take_patient(path, trial_id)

    if app.session.path == path:
        judge_trial(app, trial_id)
    else:
        app.let_go(_LET_GO, take)


def judge_trial(app: MatcherApp, trial_id: str) -> None:
    """Show a trial judged for the patient in hand, whether or not it is among those that were shown."""
    _to_main(app)
    if trial_id and not app.session.look_for(trial_id):
        app.match_again(f"{trial_id} was judged too.")
    app.main.show_session()


def _to_main(app: MatcherApp) -> None:
    """Back to the main screen, all trials shown, so that the one sought is among them."""
    while app.screen is not app.main:
        app.pop_screen()
    app.main.show_all_trials()


__all__ = ["judge_trial", "open_patient"]
