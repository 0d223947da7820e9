"""Marking trials and writing the shortlist."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.app.fields import words_of
from matcher.app.screens.dialogs import ChoiceDialog, Choices, LineDialog, NoteDialog
from matcher.app.symbols import homely, shown
from matcher.session import MARKS
from matcher.storage.refusal import ChangedOnDisk, InputError

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

_MARKS = Choices(tuple((mark[0], mark, mark) for mark in MARKS))
_OVER = Choices((("o", "over", "write over it"), ("c", "cancel", "leave it as it is")))


def mark_trial(app: MatcherApp) -> None:
    """Mark the chosen trial."""
    match = app.session.chosen
    if match is None:
        app.toast("Choose a trial first.")
        return
    now = app.session.marks.get(match.trial_id)

    def commit(mark: str, note: str) -> None:
        app.session.mark(match.trial_id, mark, note)
        app.main.show_trials()
        app.toast(f"{match.trial_id}: {'no mark' if mark == 'none' else mark}")

    title = shown(match.title or match.trial_id, app.symbols)
    note, mark = (now.note, now.mark) if now else ("", None)
    app.push_screen(NoteDialog("Mark this trial", title, _MARKS, commit, note, mark))


def export_shortlist(app: MatcherApp) -> None:
    """Ask where to, then write the marked trials."""
    if not app.session.marks:
        app.toast("No trial is marked yet. Mark one with m, then export.", "warning")
        return
    text = "The marked trials are written to this file:"
    start = homely(app.session.export_path())

    def write(typed: str | None) -> None:
        if typed is not None:
            _export(app, Path(typed).expanduser())

    app.push_screen(LineDialog("Export the shortlist", text, start, _path, _place), write)


def _export(app: MatcherApp, path: Path, over: bool = False) -> None:
    try:
        number = app.session.export(path, over)
    except ChangedOnDisk:
        app.push_screen(
            ChoiceDialog("The file is there already", shown(homely(path), app.symbols), _OVER),
            lambda found: _export(app, path, over=True) if found == "over" else None,
        )
    except (InputError, ValueError, OSError) as error:
        app.tell("Not exported", words_of(error))
    else:
        app.toast(f"Exported {number} trial{'' if number == 1 else 's'} to {homely(path.resolve())}")


def _place(text: str) -> str:
    """Where a typed path leads: the folder and the file, one a line."""
    path = Path(text or ".").expanduser().absolute()
    there = "" if path.parent.is_dir() else " (it will be made)"
    return f"folder {homely(path.parent)}{there}\nfile {path.name}" if text else ""


def _path(text: str) -> None:
    if not text:
        raise ValueError("expected a file name")
    if Path(text).expanduser().is_dir():
        raise ValueError("this is a folder: add a file name")
