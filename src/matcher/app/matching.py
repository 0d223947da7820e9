"""Matching beside the screen: begun, followed, stopped, and what moved is told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message
from textual.timer import Timer
from textual.worker import Worker, WorkerState, get_current_worker

from matcher.app.screens.base import BaseScreen
from matcher.app.screens.form import ProfileForm
from matcher.app.symbols import UNICODE, Symbols
from matcher.app.telling import TellingApp
from matcher.app.text.patient import progress_words
from matcher.app.text.trials import MOVED_AT_MOST, moved_words
from matcher.model.match import TrialMatch
from matcher.session import Outcome, Session
from matcher.session.news import Stood
from matcher.session.outcome import Progress, Stopped

if TYPE_CHECKING:
    from matcher.app.screens.main import MainScreen

_EVERY = 0.15  # seconds between two lines of progress
NEWS_EVERY = 3.0  # seconds between two looks whether trials came


class MatchingApp(TellingApp):
    """An app whose trials are judged in the background."""

    main: MainScreen

    class Matched(Message):
        """Matching finished, or the first trials are judged while the others are not yet."""

        def __init__(self, outcome: Outcome, said: str, first: bool = False) -> None:
            super().__init__()
            self.outcome = outcome
            self.said = said
            self.first = first

    class Went(Message):
        """How far matching is."""

        def __init__(self, progress: Progress) -> None:
            super().__init__()
            self.progress = progress

    class NewsFound(Message):
        """What came to the trials since they were matched."""

        def __init__(self, found: tuple[Stood, str]) -> None:
            super().__init__()
            self.found = found

    def __init__(self, session: Session, symbols: Symbols = UNICODE) -> None:
        super().__init__(session, symbols)
        self._worker: Worker[None] | None = None
        self._busy_timer = Timer(self, 1, pause=True)
        self._heard = 0.0
        self._once_judged: Callable[[], object] | None = None
        self._unkept = ""
        self.loaded: Callable[[], object] | None = None  # called once the first match stands: what stays is loaded then

    def match_again(self, said: str = "") -> None:
        """Judge every trial again, beside the screen; what was running is let go of."""
        if self.session.profile is None:
            return
        self._tell_unkept()
        job = self.session.matching(self._hear, lambda: get_current_worker().is_cancelled)
        self._worker = self._match(job, said)
        self._busy_timer.stop()
        self._busy_timer = self.set_timer(0.3, self._show_busy)

    def _tell_unkept(self) -> None:
        """Say once that what is not saved would be lost with this window."""
        before, self._unkept = self._unkept, self.session.unkept
        if self._unkept and not before:
            self.tell("Not kept yet", f"What you enter is in this window only, and would be lost with it. {self._unkept}.\nOnce that is mended, {self.key('main.save')} saves it.")

    @property
    def judging(self) -> bool:
        """Whether trials are being judged just now."""
        return self._worker is not None and not self._worker.is_finished

    def once_judged(self, then: Callable[[], object]) -> None:
        """Do something now, or as soon as the trials that are being judged are."""
        if self.judging:
            self._once_judged = then
        else:
            then()

    def stop_matching(self) -> bool:
        """Let go of a match that is running; True where there was one."""
        if self._worker is None or not self.judging:
            return False
        self._worker.cancel()
        self._worker = self._once_judged = None
        self._busy_timer.stop()
        self.main.busy = f"stopped{self.symbols.ellipsis} {self.key('main.judge-again')} judges again"
        self.main.show_session()
        self.toast(f"Matching was stopped; the verdicts shown may be out of date. {self.key('main.judge-again')} judges every trial again.", "warning")
        return True

    def on_matching_app_matched(self, message: Matched) -> None:
        """Take up what matching found, and say what moved."""
        before, told_of = self.session.matches, self.session.problems
        if message.first:
            if not before and self.judging and self.session.adopt(message.outcome):
                self._show_matches(before)
            return
        if not self.session.adopt(message.outcome):
            return
        self._worker = None
        self._busy_timer.stop()
        self.main.busy = ""
        self._show_matches(before)
        if (loaded := self.loaded) is not None:
            self.loaded = None
            self.call_after_refresh(loaded)
        if (then := self._once_judged) is not None:
            self._once_judged = None
            self.call_after_refresh(then)
        left_out = [f"Left out: {one}" for one in self.session.problems[:MOVED_AT_MOST] if one not in told_of]
        left_out += [f"{one.trial} changed since {one.profile} was matched on {one.day}: {one.lines[0]}" for one in message.outcome.changed[:MOVED_AT_MOST]]
        if message.said:
            self.tell_moved(before, message.said, left_out)
        elif left_out:
            self.toast("\n".join(left_out), "warning")

    def look_for_news(self) -> None:
        """See whether trials came meanwhile, from another window: that is told, and left to her. What was marked or decided there is shown."""
        self.follow_marks()
        if not self.judging and (job := self.session.look_for_news()) is not None:
            self._find_news(job)

    def follow_marks(self) -> None:
        """Show what another window marked or decided for this patient; not in the midst of something else."""
        here = self.screen
        other = here if isinstance(here, BaseScreen) and here.SHOWS_MARKS else None
        if not self.judging and (here is self.main or other) and self.session.follow_marks():
            self.main.show_session()
            if other:
                other.show_marks()
            self.toast("Another window marked or judged a trial for this patient; it is shown here now.")

    @work(thread=True, exclusive=True, group="news", exit_on_error=False)
    def _find_news(self, job: Callable[[], tuple[Stood, str]]) -> None:
        self.post_message(self.NewsFound(job()))

    def on_matching_app_news_found(self, message: NewsFound) -> None:
        """Say what came, once; at the foot of the list it stays in sight."""
        before = self.session.news
        self.session.take_news(message.found)
        if self.session.news != before:
            self.main.show_trials()
        if self.session.news and not before:
            self.toast(f"Another window changed the trials: {self.session.news}. {self.key('main.judge-again')} on the list judges again, with them.")

    def tell_moved(self, before: Sequence[TrialMatch], said: str, also: Sequence[str] = ()) -> None:
        """Say what was done, and which trials stand otherwise than before."""
        self.toast("\n".join([said, *moved_words(before, self.session.matches), *also]))

    def _show_matches(self, before: Sequence[TrialMatch]) -> None:
        """Show how the trials stand now; while the form lies over them, only there."""
        form = next((one for one in self.screen_stack if isinstance(one, ProfileForm)), None)
        if form is None:
            self.main.show_session()
        else:
            form.follow(before)

    def on_matching_app_went(self, message: Went) -> None:
        """Say how far matching is."""
        if self.judging and self.main.busy:
            self.main.busy = progress_words(message.progress, self.symbols, self.key("main.back"))
            self.main.show_headline()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failed match is told, not thrown."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self._busy_timer.stop()
            self.main.busy = ""
            self.report(event.worker.error)

    @work(thread=True, exclusive=True, group="match", exit_on_error=False)
    def _match(self, job: Callable[[], Outcome], said: str) -> None:
        with suppress(Stopped):
            outcome = job()
            if not get_current_worker().is_cancelled:
                self.post_message(self.Matched(outcome, said))

    def _hear(self, found: Progress | Outcome) -> None:
        """How far matching is, or what stands first; heard in another thread."""
        if isinstance(found, Outcome):
            self.post_message(self.Matched(found, "", first=True))
        elif monotonic() - self._heard >= _EVERY:
            self._heard = monotonic()
            self.post_message(self.Went(found))

    def _show_busy(self) -> None:
        self._busy_timer.stop()
        self.main.busy = f"matching{self.symbols.ellipsis} {self.key('main.back')} stops" if self.judging else ""
        if self.main.is_mounted:
            self.main.show_headline()
            if not self.session.matches:
                self.main.show_trials()
