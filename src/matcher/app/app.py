"""The app: one session, its screens, and what the commands do across them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import ClassVar, Literal

from rich.text import Text
from textual import events, work
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, WorkerState, get_current_worker

from matcher.app.comfort import EVERY, keep_place, resume, show_diagnostics, show_settings
from matcher.app.commands import bindings, keys_shown, of
from matcher.app.errors import Guarded, error_words
from matcher.app.fields import words_of
from matcher.app.help_text import help_content
from matcher.app.opening import ask_on_opening
from matcher.app.plain import PlainFilter, SafeFilter
from matcher.app.screens.compare import CompareScreen
from matcher.app.screens.dialogs import ChoiceDialog, Choices, TextDialog, TooSmall
from matcher.app.screens.form import ProfileForm
from matcher.app.screens.library import LibraryScreen
from matcher.app.screens.main import MainScreen
from matcher.app.screens.patients import ChoosePatient
from matcher.app.screens.recheck import RecheckScreen
from matcher.app.screens.shortlist import ShortlistScreen
from matcher.app.screens.ward import WardScreen
from matcher.app.screens.who_may_fit import WhoMayFit
from matcher.app.symbols import UNICODE, Symbols, homely, shown
from matcher.app.text.patient import progress_words
from matcher.app.theme import DARK, DARK_HUES, LIGHT, MONO
from matcher.session import Outcome, Session, moved
from matcher.session.outcome import Progress, Stopped
from matcher.session.preferences import Preferences
from matcher.session.resuming import left_off
from matcher.storage.refusal import ChangedOnDisk, InputError

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
_QUIT = Choices((("s", "save", "save and quit"), ("d", "discard", "quit without saving"), ("c", "cancel", "stay")))
_LET_GO = Choices(
    (("s", "save", "save first"), ("d", "discard", "go on without saving"), ("c", "cancel", "stay with this patient"))
)
_OVER = Choices((("o", "over", "write over it"), ("c", "cancel", "leave it as it is")))
_OK = Choices((("o", "ok", "go on"),))
_TO_PLAIN, _SAFE = PlainFilter(), SafeFilter()
_EVERY = 0.15  # seconds between two lines of progress
_NO_PREFERENCES = Preferences()
_SCOPES: dict[type[object], str] = {
    MainScreen: "main", ProfileForm: "form", LibraryScreen: "library", WhoMayFit: "fits", WardScreen: "ward",
    CompareScreen: "compare", ShortlistScreen: "shortlist", RecheckScreen: "recheck",
}  # fmt: skip


class HelpDialog(TextDialog):
    """The help, which F1 and ? close again."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1,question_mark", "dismiss(None)", "back", show=False)]


class MatcherApp(Guarded, App[None]):
    """matcher in a terminal."""

    CSS_PATH = "matcher.tcss"
    TITLE = "matcher"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT: ClassVar[float] = 6

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

    def __init__(self, session: Session, symbols: Symbols = UNICODE, preferences: Preferences = _NO_PREFERENCES) -> None:
        super().__init__()
        self.session = session
        self.symbols = symbols
        self.preferences = preferences
        self.left = left_off(session.folders)
        self.errors: list[Exception] = []
        self.animation_level = "none"
        self.main = MainScreen()
        self.kept_theme = self.left.theme
        self._worker: Worker[None] | None = None
        self._busy_timer = Timer(self, 1, pause=True)
        self._heard = 0.0

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The verdict hues, for any theme."""
        return DARK_HUES

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line drawn goes through: nothing in it steers the terminal; a plain one gets plain signs."""
        return [*super().get_line_filters(), _TO_PLAIN if self.symbols.plain else _SAFE]

    async def on_mount(self) -> None:
        """Show the main screen, as it was left; without a patient, ask for one."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.register_theme(MONO)
        self.theme = MONO.name if self.no_color else LIGHT.name if self._wants_light() else DARK.name
        self.set_keymap(dict(self.preferences.keys))
        self.set_class(self.symbols.plain, "-plain")
        self.set_class(self.no_color, "-mono")
        await self.push_screen(self.main)
        if self.session.profile is not None:
            self.match_again()
            ask_on_opening(self)
        elif not resume(self):
            self.choose_patient()
        self.set_interval(EVERY, partial(keep_place, self))
        if self.preferences.problems:
            self.tell("Some settings were passed over", "\n".join(self.preferences.problems))

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys of her own, by the names of the commands."""
        return self.preferences.keys

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to work in."""
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the commands of this screen and of the app, as “group: title”."""
        for scope in (_SCOPES.get(type(screen), ""), "app"):
            for command in of(scope):
                if command.palette:
                    target = "app" if scope == "app" else "screen"
                    keys = keys_shown(command, self.keymap) if command.key else ""
                    yield SystemCommand(
                        f"{command.group}: {command.title}",
                        f"{keys:<8}{command.help}" if keys else command.help,
                        partial(self.run_action, f"{target}.{command.action}"),
                    )

    def toast(self, said: object, severity: Literal["information", "warning", "error"] = "information") -> None:
        """Say that something is done, in the place of what was said before; never parsed as markup."""
        words = words_of(said) if isinstance(said, Exception) else str(said)
        self.clear_notifications()
        self.notify(shown(words, self.symbols, lines=True), severity=severity, markup=False)

    def report(self, error: Exception) -> None:
        """Show an error as a readable dialog."""
        self.errors.append(error)
        self.tell("That did not work", f"{error_words(error)}\nYour entries are still here; save them with s.")

    def _handle_exception(self, error: Exception) -> None:
        """The last resort, outside any handler: leave with one sentence instead of a traceback."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(f"matcher had to stop. {error_words(error)}"))

    def tell(self, title: str, words: str) -> None:
        """Show words that wait to be read."""
        self.push_screen(ChoiceDialog(title, shown(words, self.symbols, lines=True), _OK))

    def match_again(self, said: str = "") -> None:
        """Judge every trial again, beside the screen; what was running is let go of."""
        if self.session.profile is None:
            return
        job = self.session.matching(self._hear, lambda: get_current_worker().is_cancelled)
        self._worker = self._match(job, said)
        self._busy_timer.stop()
        self._busy_timer = self.set_timer(0.3, self._show_busy)

    @property
    def judging(self) -> bool:
        """Whether trials are being judged just now."""
        return self._worker is not None and not self._worker.is_finished

    def stop_matching(self) -> bool:
        """Let go of a match that is running; True where there was one."""
        if self._worker is None or not self.judging:
            return False
        self._worker.cancel()
        self._worker = None
        self._busy_timer.stop()
        self.main.busy = f"stopped{self.symbols.ellipsis} r judges again"
        self.main.show_session()
        self.toast("Matching was stopped; the verdicts shown may be out of date. r judges every trial again.", "warning")
        return True

    def on_matcher_app_matched(self, message: Matched) -> None:
        """Take up what matching found, and say what moved."""
        before, told_of = self.session.matches, self.session.problems
        if message.first:
            if not before and self.judging and self.session.adopt(message.outcome):
                self.main.show_session()
            return
        if not self.session.adopt(message.outcome):
            return
        left_out = [
            f"A trial file was left out: {problem}" for problem in self.session.problems[:3] if problem not in told_of
        ]
        self._busy_timer.stop()
        self.main.busy = ""
        self.main.show_session()
        left_out += [f"{one.trial} changed since {one.profile} was matched on {one.day}: {one.lines[0]}" for one in message.outcome.changed[:3]]
        changes = moved(before, self.session.matches)
        if message.said:
            titles = {one.trial_id: one.title for one in self.session.matches}
            told = [f"now {now}: {titles[trial] or trial}" for trial, (_, now) in list(changes.items())[:3]]
            rest = [f"and {len(changes) - 3} more"] if len(changes) > 3 else []
            self.toast("\n".join([message.said, *told, *rest, *left_out]))
        elif left_out:
            self.toast("\n".join(left_out), "warning")

    def on_matcher_app_went(self, message: Went) -> None:
        """Say how far matching is."""
        if self.judging and self.main.busy:
            self.main.busy = progress_words(message.progress, self.symbols)
            self.main.show_headline()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A failed match is told, not thrown."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            self._busy_timer.stop()
            self.main.busy = ""
            self.report(event.worker.error)

    def recorded(self, fact: str, said: str = "") -> None:
        """A fact was recorded or taken back: show it, and judge again."""
        self.main.show_session()
        self.match_again(said or f"Recorded: {fact}")

    def choose_patient(self) -> None:
        """Choose another patient, after asking about unsaved changes."""
        self.let_go(_LET_GO, lambda: self.push_screen(ChoosePatient(), self._take_patient))

    def edit_patient(self, place: str = "who:") -> None:
        """Open the profile form at a row; on the way back every trial is judged again."""
        if self.session.profile is None:
            self.choose_patient()
            return
        before = self.session.profile

        def back(_: object) -> None:
            self.main.show_session()
            if self.session.profile is not before:
                self.match_again("Facts changed; every trial was judged again.")

        self.push_screen(ProfileForm(place), back)

    def save_patient(self, then: Callable[[], object], over: bool = False) -> None:
        """Save; where an identifier is found say so, where the file changed ask first."""
        found = self.session.identifiers()
        if found:
            self.tell("Not saved: something could tell who the patient is", "\n".join(found))
            return
        try:
            path = self.session.save_profile(over)
        except ChangedOnDisk as error:
            self.push_screen(
                ChoiceDialog("The file changed", shown(str(error), self.symbols), _OVER),
                lambda found: self.save_patient(then, over=True) if found == "over" else None,
            )
        except (InputError, ValueError, OSError) as error:
            self.tell("Not saved", words_of(error))
        else:
            self.toast(f"Saved: {homely(path)}")
            then()

    def action_help(self) -> None:
        """The help, beginning with the pane in use."""
        if isinstance(self.screen, HelpDialog):
            return
        focused = self.focused.id if self.focused else None
        scope = _SCOPES.get(type(self.screen), "dialog")
        here = "" if scope != "dialog" else next((str(box.border_subtitle) for box in self.screen.query(".box")), "")
        self.push_screen(HelpDialog("Help", lambda width: help_content(scope, focused, width, self.symbols, here, self.keymap)))

    def action_switch_light(self) -> None:
        """Light or dark."""
        self.theme = (MONO if self.no_color else DARK).name if self.theme == LIGHT.name else LIGHT.name
        self.kept_theme = "light" if self.theme == LIGHT.name else "dark"
        keep_place(self)

    def action_diagnostics(self) -> None:
        """Versions, folders, the library, the terminal."""
        show_diagnostics(self)

    def action_settings(self) -> None:
        """Where the settings lie."""
        show_settings(self)

    async def action_quit(self) -> None:
        """Quit, after asking about unsaved changes."""
        self.let_go(_QUIT, self._leave)

    def _leave(self) -> None:
        keep_place(self)
        self.exit()

    def _wants_light(self) -> bool:
        return (self.preferences.theme or self.left.theme) == "light"

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
        self.main.busy = f"matching{self.symbols.ellipsis} Esc stops" if self.judging else ""
        if self.main.is_mounted:
            self.main.show_headline()
            if not self.session.matches:
                self.main.show_trials()

    def let_go(self, choices: Choices, then: Callable[[], object]) -> None:
        """Go on once what is not saved is saved or let go of."""
        if not self.session.dirty or self.session.profile is None:
            then()
            return

        def take(found: str | None) -> None:
            if found is None or found == "cancel":
                return
            if found == "save":
                self.save_patient(then)
            else:
                self.session.discard()
                then()

        self.push_screen(
            ChoiceDialog(
                "Unsaved changes", f"The facts of {self.session.profile.id} were changed and are not saved.", choices
            ),
            take,
        )

    def _take_patient(self, found: Path | str | None) -> None:
        if found is not None:
            self.take_patient(found)

    def take_patient(self, found: Path | str, trial_id: str = "") -> bool:
        """Take up a patient's file, or begin one under a code; a trial is chosen where one is given. False where it cannot be opened."""
        try:
            if isinstance(found, Path):
                self.session.open_profile(found)
            else:
                self.session.new_profile(found)
        except (InputError, ValueError, OSError) as error:
            self.tell("Not opened", words_of(error))
            return False
        if trial_id:
            self.session.look_for(trial_id)
        self.main.show_session()
        self.match_again()
        keep_place(self)
        ask_on_opening(self)
        return True
