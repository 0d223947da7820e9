"""From a list over many trials or patients to one patient and one trial, judged on the main screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.app.screens.dialogs import LET_GO
from matcher.session.records import records_of

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp


def open_patient(app: MatcherApp, path: Path, trial_id: str = "") -> None:
    """Take up a patient with a trial chosen, after asking about unsaved changes; the one in hand stays as she is."""

    def take() -> None:
        _to_main(app)
        app.take_patient(path, trial_id)

    if app.session.path != path:
        app.let_go(LET_GO, take)
        return
    _to_main(app)
    if any(one.trial_id == trial_id for one in app.session.matches):
        app.session.choose(trial_id)
    elif trial_id:
        app.session.look_for(trial_id)
        app.match_again(f"{trial_id} was judged too.")
    app.main.show_session()


def judge_trial(app: MatcherApp, trial_id: str) -> None:
    """Show a trial judged for the patient in hand, whether or not it is among those that were shown."""
    _to_main(app)
    trial = next((one for one in app.session.trials or () if one.id == trial_id), None) or records_of([trial_id], app.session.folders).get(trial_id)
    if trial is None:
        app.toast(f"{trial_id} is not among the trials any more.", "warning")
        return
    app.session.judge_also(trial)
    app.main.show_session()
    app.main.show_criteria()


def _to_main(app: MatcherApp) -> None:
    """Back to the main screen, all trials shown, so that the one sought is among them."""
    while app.screen is not app.main:
        app.pop_screen()
    app.main.show_all_trials()


__all__ = ["judge_trial", "open_patient"]
