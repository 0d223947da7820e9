"""The app: one session, its screens, and what the commands do across them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from matcher.app.comfort import EVERY, keep_place, resume, show_diagnostics, show_settings
from matcher.app.commands import bind, bindings, first_key, key_said, keys_shown, of
from matcher.app.errors import error_words
from matcher.app.fields import words_of
from matcher.app.help_text import help_content
from matcher.app.keeping import Keeping
from matcher.app.matching import NEWS_EVERY, MatchingApp
from matcher.app.opening import ask_on_opening, over_words
from matcher.app.plain import PlainFilter, SafeFilter
from matcher.app.screens.base import BaseScreen, Dialog
from matcher.app.screens.dialogs import BOTH, LET_GO, OVER, ChoiceDialog, Choices, TextDialog, TooSmall
from matcher.app.screens.form import ProfileForm
from matcher.app.screens.main import MainScreen
from matcher.app.screens.palette import Offer, Palette
from matcher.app.screens.patients import ChoosePatient
from matcher.app.symbols import UNICODE, Symbols, homely
from matcher.app.text.trials import moved_words
from matcher.app.theme import DARK, DARK_HUES, LIGHT, MONO
from matcher.app.widgets.field_row import FieldRow
from matcher.session import Session
from matcher.session.fact_changes import again_words
from matcher.session.preferences import Preferences
from matcher.session.resuming import left_off
from matcher.storage.refusal import ChangedOnDisk, InputError
from matcher.storage.typed_rows import TypedRow

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
_QUIT = Choices((("s", "save", "save and quit"), ("d", "discard", "quit without saving"), ("c", "cancel", "stay")))
_TO_PLAIN, _SAFE = PlainFilter(), SafeFilter()
_NO_PREFERENCES = Preferences()


class HelpDialog(TextDialog):
    """The help, which F1 and ? close again."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("app.help", "dismiss(None)")]


class MatcherApp(MatchingApp):
    """matcher in a terminal."""

    CSS_PATH = "matcher.tcss"
    TITLE = "matcher"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = False  # it has one of its own

    def __init__(self, session: Session, symbols: Symbols = UNICODE, preferences: Preferences = _NO_PREFERENCES) -> None:
        super().__init__(session, symbols)
        self.preferences = preferences
        self.left = left_off(session.folders)
        self.animation_level = "none"
        self.main = MainScreen()
        self.kept_theme = self.left.theme
        for theme in (DARK, LIGHT, MONO):
            self.register_theme(theme)
        self._start_in(MONO if self.no_color else LIGHT if self._wants_light() else DARK)

    def _start_in(self, theme: Theme) -> None:
        """The colours of the first frame; set later, every style would be worked out twice."""
        self.set_reactive(App.theme, theme.name)
        self.set_class(theme.dark, "-dark-mode", update=False)
        self.set_class(not theme.dark, "-light-mode", update=False)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The verdict hues, for any theme."""
        return DARK_HUES

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line drawn goes through: nothing in it steers the terminal; a plain one gets plain signs."""
        return [*super().get_line_filters(), _TO_PLAIN if self.symbols.plain else _SAFE]

    async def on_mount(self) -> None:
        """Show the main screen, as it was left; without a patient, ask for one."""
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
        self.set_interval(NEWS_EVERY, self.look_for_news)
        if self.preferences.problems:
            self.tell("Some settings were passed over", "\n".join(self.preferences.problems))

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys of her own, by the names of the commands."""
        return self.preferences.keys

    @property
    def her_initials(self) -> str:
        """The initials to propose: those given last, if before matcher was left. Nothing is signed with them unless they are sent off in a line."""
        return self.session.initials or self.left.initials

    def key(self, name: str) -> str:
        """The key of a command, such as "main.judge", as it is now and as a sentence names it."""
        return key_said(first_key(name, self.keymap))

    def on_resize(self, event: events.Resize) -> None:
        """Say so where the window is too small to work in."""
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall())
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def offers(self, screen: Screen[Any]) -> Iterable[Offer]:
        """For the palette: the commands of this screen and of the app, or of this dialog alone, as “group: title”."""
        for scope in dict.fromkeys((_scope(screen), "dialog" if isinstance(screen, Dialog) else "app")):
            for command in of(scope):
                if command.palette:
                    target = "app" if scope == "app" else "screen"
                    keys = keys_shown(command, self.keymap) if command.key else ""
                    yield Offer(f"{command.group}: {command.title}", keys, command.help, partial(self.run_action, f"{target}.{command.action}"))

    def action_command_palette(self) -> None:
        """All commands, found by typing."""
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette(list(self.offers(self.screen))), lambda found: self.call_later(found.run) if found else None)

    def _handle_exception(self, error: Exception) -> None:
        """The last resort, outside any handler: leave with one sentence instead of a traceback."""
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(f"matcher had to stop. {error_words(error)}"))

    def recorded(self, fact: str, said: str = "") -> None:
        """A fact was recorded or taken back: show it, and judge again."""
        self.session.keep_chosen()  # what she looks at stays, wherever it stands now
        self.main.show_facts()
        self.match_again(said or f"Recorded: {fact}")

    def taken_back(self, again: bool = False) -> str:
        """Take back the last change of the facts, or make it `again`, and say which; "" where there is none."""
        before = self.session.profile
        if not (self.session.redo() if again else self.session.undo()) or before is None or self.session.profile is None:
            return ""
        now = self.session.profile
        return f"{'Made again' if again else 'Taken back'}: {again_words(before, now)}."

    def say_what_first(self) -> None:
        """Say that a trial is to be chosen first, or before it the patient."""
        self.toast("Choose a trial first." if self.session.profile else f"Choose a patient first: {self.key('main.choose-patient')}.")

    def choose_patient(self) -> None:
        """Choose another patient, after asking about unsaved changes."""
        self.let_go(LET_GO, lambda: self.push_screen(ChoosePatient(), self._take_patient))

    def edit_patient(self, place: str = "who:", typed: TypedRow | None = None) -> None:
        """Open the profile form at a row; the trials follow what is changed there, and what moved is told on the way back."""
        if self.session.profile is None:
            self.choose_patient()
            return
        facts, matches = self.session.profile, self.session.matches

        def back(_: object) -> None:
            self.main.show_session()
            if self.session.profile is facts:
                return
            said = "Facts changed; every trial was judged again."
            if not self.session.up_to_date:
                self.match_again(said)
            elif moved_words(matches, self.session.matches):
                self.tell_moved(matches, said)

        self.push_screen(ProfileForm(place, typed), back)

    def save_patient(self, then: Callable[[], object], over: bool = False) -> None:
        """Save; where an identifier is found say so, where the file changed ask first."""
        found = self.session.identifiers()
        if found:
            self.tell("Not saved: something could tell who the patient is", "\n".join(found))
            return
        try:
            path = self.session.save_profile(over)
        except ChangedOnDisk as error:
            self._ask_over(then, over_words(self, str(error)))
        except (InputError, ValueError, OSError) as error:
            self.tell("Not saved", words_of(error))
        else:
            self.toast(f"Saved: {homely(path)}")
            self.main.show_headline()
            then()

    def _ask_over(self, then: Callable[[], object], words: str) -> None:
        """Ask what becomes of what another window saved: both may stand, where they are of different facts."""
        def take(found: str | None) -> None:
            if found == "both" and self.session.put_together():
                self.recorded("", "What was saved elsewhere is here, too.")
            if found in ("both", "over"):
                self.save_patient(then, over=found == "over")

        self.push_screen(ChoiceDialog("The file changed", words, BOTH if self.session.may_put_together else OVER), take)

    def action_help(self) -> None:
        """The help, beginning with the pane in use."""
        if isinstance(self.screen, HelpDialog):
            return
        focused = self.focused.id if self.focused else None
        scope, dialog = _scope(self.screen), isinstance(self.screen, Dialog)
        keys = next((box._border_subtitle for box in self.screen.query(".box")), None) if dialog else None
        here = keys.plain if keys else ""
        row = next((one for one in self.focused.ancestors if isinstance(one, FieldRow)), None) if self.focused else None
        if row is not None and row.spec.hint:
            here = f"{row.spec.label}: {row.spec.hint}\n{here}"
        self.push_screen(HelpDialog("Help", lambda width: help_content(scope, focused, width, self.symbols, here, self.keymap, dialog)))

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
        self.let_go(_QUIT, self.leave)

    def leave(self) -> None:
        """End, without asking; what is in hand is kept."""
        self.keep_all()
        self.exit()

    def keep_all(self) -> None:
        """Keep where she is and what she is typing; what is not saved is kept at each change."""
        keep_place(self)
        for screen in self.screen_stack:
            if isinstance(screen, Keeping):
                screen.keep_typed()

    def _wants_light(self) -> bool:
        return (self.preferences.theme or self.left.theme) == "light"

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
        else:
            self.session.keep_unsaved()

    def take_patient(self, found: Path | str, trial_id: str = "") -> bool:
        """Take up a patient's file, or begin one under a code; a trial is chosen where one is given. False where it cannot be opened."""
        try:
            if isinstance(found, Path):
                self.session.open_profile(found)
            else:
                self.session.new_profile(found)
        except (InputError, ValueError, OSError) as error:
            self.session.keep_unsaved()
            self.tell("Not opened", words_of(error))
            return False
        if trial_id:
            self.session.look_for(trial_id)
        self.main.show_session()
        self.match_again()
        keep_place(self)
        ask_on_opening(self)
        return True


def _scope(screen: Screen[Any]) -> str:
    """The name of a screen's or dialog's commands; "" where it has none."""
    return screen.SCOPE if isinstance(screen, BaseScreen | Dialog) else ""
