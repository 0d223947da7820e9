"""Marking trials, and writing the shortlist and the checklists of visits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.app.fields import words_of
from matcher.app.screens.dialogs import OVER, ChoiceDialog, Choices, LineDialog
from matcher.app.screens.mark_dialog import MarkDialog
from matcher.app.symbols import homely, shown
from matcher.export.comparison import Compared
from matcher.export.dossier import Dossier
from matcher.export.formats import CHECKLISTS, COMPARISONS, FORMATS, Format, Made, refuse_ending
from matcher.session.shortlists import (
    checklist_path,
    comparison_path,
    shortlist_path,
    write_checklist,
    write_comparison,
    write_shortlist,
)
from matcher.storage.refusal import ChangedOnDisk, InputError

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

Write = Callable[[Path, bool], str]


def mark_trial(app: MatcherApp, trial_id: str = "") -> None:
    """Mark a trial, or the chosen one."""
    app.session.keep_chosen()
    trial_id = trial_id or app.session.chosen_id or ""
    if not trial_id:
        app.say_what_first()
        return
    match = next((one for one in app.session.matches if one.trial_id == trial_id), None)

    def marked(mark: str | None) -> None:
        if mark is not None:
            app.main.show_trials()
            app.toast(f"{'No mark' if mark == 'none' else mark.capitalize()}: {title}")

    title = (match.title if match else "") or trial_id
    app.push_screen(MarkDialog(trial_id, shown(title, app.symbols)), marked)


def export_shortlist(app: MatcherApp) -> None:
    """Ask in which form and where to, then write the marked trials."""
    if not app.session.marks:
        app.toast(f"No trial is marked yet. Mark one with {app.key('main.mark')}, then export.", "warning")
        return

    def chosen(form: Format[Dossier]) -> None:
        def write(path: Path, over: bool) -> str:
            refuse_ending(path.name, form)
            number = write_shortlist(app.session, form, path, over)
            return f"{number} trial{'' if number == 1 else 's'}"

        _ask_where(app, "Export the shortlist", "The marked trials are written to this file:", shortlist_path(app.session, form), write)

    _ask_form(app, "Export the shortlist", FORMATS, chosen)


def export_checklist(app: MatcherApp, trial_id: str) -> None:
    """Ask in which form and where to, then write the blank visit checklist of a trial."""

    def chosen(form: Format[Dossier]) -> None:
        def write(path: Path, over: bool) -> str:
            refuse_ending(path.name, form)
            write_checklist(app.session, trial_id, form, path, over)
            return "the checklist"

        _ask_where(app, "Visit checklist", f"The checklist for {trial_id} is written to this file:", checklist_path(app.session, trial_id, form), write)

    _ask_form(app, "Visit checklist", CHECKLISTS, chosen)


def export_comparison(app: MatcherApp, found: Compared) -> None:
    """Ask in which form and where to, then write a comparison of trials."""

    def chosen(form: Format[Compared]) -> None:
        def write(path: Path, over: bool) -> str:
            refuse_ending(path.name, form)
            write_comparison(found, form, path, over)
            return "the comparison"

        start = comparison_path(app.session, [one.trial_id for one in found.matches], form)
        _ask_where(app, "Export the comparison", "The trials side by side are written to this file:", start, write)

    _ask_form(app, "Export the comparison", COMPARISONS, chosen)


def _ask_form(app: MatcherApp, title: str, forms: Sequence[Format[Made]], then: Callable[[Format[Made]], None]) -> None:
    by_key = {one.key: one for one in forms}
    choices = Choices(tuple((one.key, one.key, one.words) for one in forms))
    app.push_screen(ChoiceDialog(title, "", choices), lambda key: then(by_key[key]) if key else None)


def _ask_where(app: MatcherApp, title: str, text: str, start: Path, write: Write) -> None:
    """Ask for the file and write it; one that cannot be written is said there, so that the name can be mended."""
    written: list[str] = []

    def check(typed: str) -> None:
        _path(typed)
        try:
            written.append(write(Path(typed).expanduser(), False))
        except ChangedOnDisk:
            return
        except (InputError, ValueError, OSError) as error:
            raise ValueError(f"Not exported. {words_of(error)}") from None

    def typed(path: str | None) -> None:
        if path is not None and written:
            _tell_written(app, Path(path).expanduser(), written[-1])
        elif path is not None:
            _ask_over(app, Path(path).expanduser(), write)

    app.push_screen(LineDialog(title, shown(text, app.symbols), homely(start), check, place_words), typed)


def _ask_over(app: MatcherApp, path: Path, write: Write) -> None:
    def take(found: str | None) -> None:
        if found != "over":
            return
        try:
            what = write(path, True)
        except (InputError, ValueError, OSError) as error:
            app.tell("Not exported", words_of(error))
        else:
            _tell_written(app, path, what)

    app.push_screen(ChoiceDialog("The file is there already", shown(homely(path), app.symbols), OVER), take)


def _tell_written(app: MatcherApp, path: Path, what: str) -> None:
    app.toast(f"Exported {what} to {path.resolve()}")


def place_words(text: str) -> str:
    """Where a typed path leads: the folder and the file, one a line."""
    path = Path(text or ".").expanduser().absolute()
    there = "" if path.parent.is_dir() else " (it will be made)"
    return f"folder {homely(path.parent)}{there}\nfile {path.name}" if text else ""


def is_file(text: str) -> None:
    """ValueError where no file has this name."""
    if not text or not Path(text).expanduser().is_file():
        raise ValueError("there is no such file: check the name" if text else "expected a file name")


def _path(text: str) -> None:
    if not text:
        raise ValueError("expected a file name")
    if Path(text).expanduser().is_dir():
        raise ValueError("this is a folder: add a file name")


__all__ = ["export_checklist", "export_comparison", "export_shortlist", "is_file", "mark_trial", "place_words"]
