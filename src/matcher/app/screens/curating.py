"""Editing the check of a criterion with what it is read back as beside it, and the criteria that wait, one after another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static, TextArea

from matcher.app.commands import bind, bindings
from matcher.app.keeping import LOST, Keeping
from matcher.app.screens.base import Dialog
from matcher.app.screens.dialogs import OK, ChoiceDialog
from matcher.app.symbols import shown
from matcher.app.text.layout import stacked, styled
from matcher.app.theme import FAINT, VERDICT_STYLE
from matcher.matching.patient import Patient, prepare
from matcher.model.trial import Criterion, Trial
from matcher.session.curating import ReadBack, Waiting, read_back, save_check, starting_wording, waiting
from matcher.storage.refusal import ChangedOnDisk, InputError
from matcher.storage.toml_files import read_trials
from matcher.storage.typed_rows import TypedRow
from matcher.vocabulary import load

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

SAVED, SKIPPED = "saved", "skipped"
_CLIPPED_AT = 700


class CheckEditor(Keeping, Dialog[str]):
    """One criterion's check as a text; what it is read back as, and does for the patient in hand, follows every key."""

    SCOPE = "check"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("check", priority=True), bind("dialog.close", "leave")]

    def __init__(self, trial: Trial, criterion: Criterion, patient: Patient | None, title: str = "", *, queued: bool = False) -> None:
        super().__init__()
        self._trial, self._criterion, self._patient = trial, criterion, patient
        self._title, self._queued = title, queued
        self._read = ReadBack()
        self._warned = self._twice = False
        self._lost = ""

    def compose(self) -> ComposeResult:
        """The criterion's words, the check, what it is read back as."""
        symbols, one = self.symbols, self._criterion
        self._lost = self.typed_before(self._trial.id, one.id).get("check", "")
        with Vertical(classes="box -large") as box:
            box.border_title = Content(shown(self._title or f"Check of {self._trial.id} {one.id}", symbols))
            later = [("check.skip", "later")] if self._queued else []
            box.border_subtitle = self.named(("check.save", "confirm or save" if one.check else "save"), *later, ("dialog.close", "back"))
            with VerticalScroll(can_focus=False, classes="words"):
                yield Static(self._words())
            yield TextArea(self._lost or starting_wording(one), soft_wrap=True, show_line_numbers=False, id="check")
            with VerticalScroll(can_focus=False, classes="read-back"):
                yield Static(id="read-back")

    def on_mount(self) -> None:
        """Begin at the end of the check."""
        line = self.query_one(TextArea)
        line.cursor_blink = False
        line.move_cursor(line.document.end)
        line.focus()
        self.follow()

    @on(TextArea.Changed)
    def follow(self) -> None:
        """Read back what stands there now."""
        self._warned = self._twice = False
        self.keep_soon()
        self._read = read_back(self.query_one(TextArea).text, self._criterion, self._patient)
        self.query_one("#read-back", Static).update(self._answer())

    @property
    def kept_as(self) -> str:
        """A check."""
        return "check"

    def typed(self) -> TypedRow | None:
        """The check as it is typed, where it is another one."""
        was, now = starting_wording(self._criterion), self.query_one(TextArea).text
        if now == was:
            return None
        return TypedRow(listed="check", place=0, field="check", was={"check": was}, texts={"check": now}, about=(self._trial.id, self._criterion.id))

    def action_save(self) -> None:
        """Save the check as confirmed, or say what is wrong."""
        if self._read.problem:
            return
        if self._read.foreign and not self._twice:
            self._twice = True
            self.query_one("#read-back", Static).update(self._answer() + Content("\n") + styled(f"{self.key('check.save')} again saves it as it is.", "$ask"))
            return
        try:
            record = save_check(self.session.folders, self._trial, self._criterion, self.query_one(TextArea).text, self.session.initials)
        except (InputError, ChangedOnDisk) as error:
            self.query_one("#read-back", Static).update(styled(shown(f"Not saved. {error}", self.symbols), "$excludes"))
            return
        self.session.decided(record)
        self.dismiss(SAVED)

    def action_skip(self) -> None:
        """Leave it for later."""
        if self._queued and self._let_go():
            self.dismiss(SKIPPED)

    def action_leave(self) -> None:
        """Back, the check as it was."""
        if self._let_go():
            self.dismiss(None)

    def _let_go(self) -> bool:
        """Whether what is typed may be lost: it is as it was, or that was told and the same key given again."""
        if self._warned or self.query_one(TextArea).text == starting_wording(self._criterion):
            return True
        self._warned = True
        self.query_one("#read-back", Static).update(styled(f"What you typed is not saved: {self.key('check.save')} saves it, the same key again throws it away.", "$ask"))
        return False

    def _words(self) -> Content:
        one, symbols = self._criterion, self.symbols
        group = f" {symbols.dot} {one.group}" if one.group else ""
        by = "confirmed by a person" if one.curated else "read by the program" if one.check else "not read"
        lines = [styled(shown(f"{one.id} {symbols.dot} {one.kind}{group} {symbols.dot} {by}"[:200], symbols), FAINT), Content(shown(one.text[:_CLIPPED_AT], symbols))]
        lines += [styled(shown(f"Note: {one.note[:_CLIPPED_AT]}", symbols), FAINT)] if one.note else []
        return stacked(lines)

    def _answer(self) -> Content:
        found, symbols = self._read, self.symbols
        typed = self.query_one(TextArea).text == self._lost
        lines = [styled(LOST.format(self.key("check.save"), self.key("dialog.close")), "$ask")] if typed and self._lost else []
        if found.problem:
            return stacked([*lines, styled(shown(found.problem, symbols), "$excludes")])
        lines += [styled("reads     ", FAINT) + Content(shown(found.canonical, symbols))]
        lines += [styled(shown(doubt, symbols), "$ask") for doubt in found.doubts]
        if found.before is not None and found.after is not None:
            before = [styled(symbols.verdict(found.before), VERDICT_STYLE[found.before]), Content(f" {symbols.right} ")]
            turned = Content("").join([*(before if found.before is not found.after else []), styled(symbols.verdict(found.after), VERDICT_STYLE[found.after])])
            unchanged = styled("  as before", FAINT) if found.before is found.after else Content("")
            lines += [styled("verdict   ", FAINT) + turned + unchanged, styled(shown(found.reason, symbols), FAINT)]
        return stacked(lines)


def edit_check(app: MatcherApp, trial_id: str, place: int) -> None:
    """Edit the check of a criterion of the chosen trial."""
    trial = next((one for one in app.session.trials or () if one.id == trial_id), None)
    if trial is None or place >= len(trial.criteria):
        app.toast(f"The record is not at hand: {app.key('main.judge-again')} judges every trial again.")
        return

    def back(found: str | None) -> None:
        if found == SAVED:
            _saved(app, f"{trial.id} {trial.criteria[place].id}: the check is confirmed")

    app.push_screen(CheckEditor(trial, trial.criteria[place], _patient(app)), back)


def review_queue(app: MatcherApp) -> None:
    """The criteria of the trials in files that no fact can decide, one after another."""
    found = waiting(read_trials(app.session.folders.trial_paths).trials)
    if not found:
        app.toast("No criterion of the trials in files waits for a person.")
        return
    _next(app, found, 0, 0)


def _next(app: MatcherApp, queue: Sequence[Waiting], place: int, done: int) -> None:
    """The criterion at a place of the queue; at its end, how many were confirmed."""
    if place >= len(queue):
        app.push_screen(ChoiceDialog("Review", f"The end of the queue: {done} confirmed, {len(queue) - done} left for later.", OK))
        return
    one = queue[place]
    title = f"Review {app.symbols.dot} {len(queue) - place} left {app.symbols.dot} {one.words} {app.symbols.dot} {one.trial.id} {one.criterion.id}"

    def back(found: str | None) -> None:
        if found == SAVED:
            _saved(app, f"{one.trial.id} {one.criterion.id}: the check is confirmed")
        if found is not None:
            _next(app, queue, place + 1, done + (found == SAVED))

    app.push_screen(CheckEditor(one.trial, one.criterion, _patient(app), title, queued=True), back)


def _patient(app: MatcherApp) -> Patient | None:
    profile = app.session.profile
    return prepare(profile, load(), app.session.as_of) if profile else None


def _saved(app: MatcherApp, said: str) -> None:
    app.main.show_session()
    app.toast(said)


__all__ = ["CheckEditor", "edit_check", "review_queue"]
