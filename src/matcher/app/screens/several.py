"""A screen over several patients: they are judged beside it one after the other, and shown as they come."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from itertools import count
from typing import Generic, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static
from textual.worker import Worker, WorkerState

from matcher.app.handing_over import open_patient
from matcher.app.screens.base import BaseScreen
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, spread, styled
from matcher.app.text.rows import LongRow, heading
from matcher.app.theme import FAINT
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.long_list import LongList
from matcher.model.profile import Profile
from matcher.session.outcome import Stopped
from matcher.session.patients import examples_words
from matcher.session.ward import saved_profiles
from matcher.storage.refusal import InputError

Judged = TypeVar("Judged")
Patients = list[tuple[Profile, date]]  # each with the day her windows are measured back from
_EVERY = 0.3  # seconds between two drawings while patients are judged
GAP = "\x1f"  # between a patient's code and a trial's id in the name of a row


class SeveralPatients(BaseScreen, Generic[Judged]):
    """The saved patients, judged one after the other; Esc stops, Enter opens one of them."""

    SCOPE = ""
    TITLE = ""

    class Went(Message):
        """One more patient was judged, or one could not be."""

        def __init__(self, run: int, done: int, every: int, judged: object | None, problem: str = "") -> None:
            super().__init__()
            self.run, self.done, self.every, self.judged, self.problem = run, done, every, judged, problem

    def __init__(self) -> None:
        super().__init__()
        self._judged: list[Judged] = []
        self._problems: list[str] = []
        self._run = self._done = self._every = 0
        self._worker: Worker[None] | None = None
        self._drawing: Timer | None = None
        self._first: str | None = None
        self._examples = ""

    def compose(self) -> ComposeResult:
        """The line on top, the patients, the keys."""
        yield Static(id="headline")
        yield LongList(self.TITLE, id=self.SCOPE)
        yield KeyBar(self.SCOPE)

    def on_mount(self) -> None:
        """Begin to judge."""
        self.query_one(LongList).focus()
        self.action_again()

    def on_resize(self) -> None:
        """Draw the line on top for the new width."""
        self._draw_headline()

    def action_again(self) -> None:
        """Judge every patient, from the first on."""
        self._stop()
        self._run += 1
        self._judged, self._problems, self._done = [], [], 0
        self._examples = examples_words(self.session.folders)
        self._worker = self._judge(self._run)
        self._draw()

    def action_close(self) -> None:
        """Stop; where nothing is running, go back."""
        if self._busy:
            self._stop()
            self._draw()
        else:
            self.dismiss()

    def on_unmount(self) -> None:
        """Nobody waits for the others any more."""
        self._stop()

    def action_step_back(self) -> None:
        """Nothing lies on the left."""

    def action_step_on(self) -> None:
        """Nothing lies on the right."""

    @on(LongList.Selected)
    def open_row(self, event: LongList.Selected) -> None:
        """Enter opens the patient, with the trial of the row."""
        event.stop()
        code, _, trial = event.row.partition(GAP)
        path = self.session.known_profile(code)
        if path is None:
            self.matcher.toast(f"{code} is not in the folder any more.", "warning")
        else:
            open_patient(self.matcher, path, trial)

    @on(Went)
    def take(self, message: Went) -> None:
        """Show one more."""
        if message.run != self._run:
            return
        self._done, self._every = message.done, message.every
        if message.judged is not None:
            self._judged.append(message.judged)  # type: ignore[arg-type]
        if message.problem:
            self._problems.append(message.problem)
        if self._drawing is None:  # however many come, the screen is drawn now and then only
            self._drawing = self.set_timer(_EVERY, self._draw)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """The last one is judged, or something failed, which is told."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self.matcher.report(event.worker.error)
        if event.worker.is_finished:
            self._draw()

    @abstractmethod
    def judge(self, patients: Patients, told: Callable[[Judged], None], unwanted: Callable[[], bool]) -> None:
        """Judge the patients, beside the screen; `told` hears of each. It ends, or raises Stopped, where they are `unwanted`."""

    @abstractmethod
    def rows(self, judged: list[Judged], width: int) -> list[LongRow]:
        """The rows for those judged so far."""

    @abstractmethod
    def headline(self, judged: list[Judged]) -> str:
        """What is said on top."""

    @work(thread=True, group="several", exit_on_error=False)
    def _judge(self, run: int) -> None:
        patients: Patients = []
        for one in saved_profiles(self.session.folders):
            if isinstance(one, InputError):
                self.post_message(self.Went(run, 0, 0, None, str(one)))
            else:
                patients.append((one, one.as_of or self.session.today))
        numbers = count(1)

        def told(judged: Judged) -> None:
            self.post_message(self.Went(run, next(numbers), len(patients), judged))

        with suppress(Stopped):
            self.judge(patients, told, lambda: run != self._run)

    @property
    def _busy(self) -> bool:
        return self._worker is not None and not self._worker.is_finished

    def _stop(self) -> None:
        if self._busy:
            self._run += 1  # what still comes is of no run any more
            self._worker = None

    def _draw(self) -> None:
        self._drawing = None
        if not self.is_mounted:
            return
        self._draw_headline()
        judged, problems = list(self._judged), list(self._problems)

        def rows(width: int) -> list[LongRow]:
            said = [heading(hung(styled(shown(one, self.symbols), "$excludes"), width)) for one in problems]
            found = self.rows(judged, width)
            examples = [heading(hung(styled(self._examples, FAINT), width))] if self._examples else []
            return [*examples, *found, *said] if found or said else [heading(styled(self._why_empty(), FAINT))]

        patients = self.query_one(LongList)
        stays = patients.chosen_row != self._first  # until she moves, the cursor stays on the best
        patients.fill(rows, self.TITLE)
        if not stays:
            patients.action_first()
        self._first = patients.first_row

    def _draw_headline(self) -> None:
        busy = f"judging{self.symbols.ellipsis} {self._done} of {self._every or '?'} patients, {self.key(f'{self.SCOPE}.close')} stops" if self._busy else ""
        line = spread(Content(f" {shown(self.headline(self._judged), self.symbols)}"), styled(f"{busy} ", FAINT), self.size.width, self.symbols.ellipsis)
        self.query_one("#headline", Static).update(line, layout=False)

    def _why_empty(self) -> str:
        return f"the patients are being judged{self.symbols.ellipsis}" if self._busy else "no patient is saved yet"


__all__ = ["GAP", "Patients", "SeveralPatients"]
