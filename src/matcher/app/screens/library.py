"""All trials: searched as words are typed, narrowed by filters, each with its record beside."""

from __future__ import annotations

from asyncio import to_thread, wrap_future
from importlib import import_module
from typing import TYPE_CHECKING, Any

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static
from textual.worker import Worker, WorkerState

from matcher.app.columns.found import FoundColumn
from matcher.app.columns.record import RecordColumn
from matcher.app.commands import bindings
from matcher.app.filters import FIELDS, filters_of, filters_words, for_patient, values_of
from matcher.app.handing_over import judge_trial
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.copying import copy_record
from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.screens.editor import RowEditor
from matcher.app.screens.who_may_fit import WhoMayFit
from matcher.app.symbols import shown
from matcher.app.text.layout import spread, styled
from matcher.app.theme import FAINT
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.long_list import LongList
from matcher.app.widgets.reader import Reader
from matcher.model.trial import Trial
from matcher.session.browsing import Browser, Shelved
from matcher.session.searching import Filters
from matcher.session.suggesting import is_ready, prepare
from matcher.storage.refusal import InputError

if TYPE_CHECKING:
    from matcher.session.typed_trials import Typed

WIDE = 120
_REST = 0.1  # seconds without a key after which a record is shown: to draw one takes as long as some keys
_REMOVE = Choices((("n", "no", "keep it"), ("y", "yes", "remove it")))


class LibraryScreen(BaseScreen):
    """The trials of the library and of the folders."""

    SCOPE = "library"
    BINDINGS = bindings("library")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012

    class MadeReady(Message):
        """So many records of a library are made ready to be searched."""

        def __init__(self, done: int) -> None:
            super().__init__()
            self.done = done

    def __init__(self) -> None:
        super().__init__()
        self._filters = Filters()
        self._opened = self._changed = False
        self._said = ""
        self._resting = Timer(self, 1, pause=True)

    def compose(self) -> ComposeResult:
        """The line on top, the trials found, the record."""
        yield Static(id="headline")
        with Horizontal(id="panes"):
            yield FoundColumn()
            yield RecordColumn()
        yield KeyBar("library")

    def on_mount(self) -> None:
        """Open what there is, and begin in the line."""
        self._browser = Browser(self.session.folders)
        self._found.begin()
        self._reopen()
        if not is_ready():
            self.run_worker(prepare, thread=True, exit_on_error=False)

    def on_unmount(self) -> None:
        """Let go of the files."""
        self._browser.close()

    def on_resize(self) -> None:
        """Draw the line on top for the new width."""
        self._draw_headline()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane in use is the one shown where there is room for one only."""
        column = next((node for node in event.widget.ancestors if node.has_class("column")), None)
        for one in self.query(".column"):
            one.set_class(one is column, "-here")

    @property
    def _found(self) -> FoundColumn:
        return self.query_one(FoundColumn)

    @property
    def _record(self) -> RecordColumn:
        return self.query_one(RecordColumn)

    @work(exclusive=True, group="open", exit_on_error=False)
    async def _reopen(self) -> None:
        """Open the files anew, then search."""
        self._say(f"opening{self.symbols.ellipsis}")
        found = await wrap_future(self._browser.open(self._heard))
        self._opened = True
        self._found.confirmed = found.confirmed
        self._say(f"{found.kept + found.files:,} trials")
        for problem in found.problems[:1]:
            self.matcher.toast(f"Left out: {problem}", "warning")
        self._search()

    @work(exclusive=True, group="search", exit_on_error=False)
    async def _search(self, skip: int = 0) -> None:
        """Search for what is typed; a key typed meanwhile searches anew."""
        if self._opened:
            found, every = await wrap_future(self._browser.find(self._found.words, self._filters, skip)), Filters(all_statuses=True)
            ended = len(found.hits) + skip == found.total  # what comes after the last that the filters keep
            beyond = (await wrap_future(self._browser.find(self._found.words, every, 0))).total if ended and self._filters != every else found.total
            self._found.show(found, more=skip > 0, beyond=beyond)
            if not self._found.count:
                self._record.show(None)

    @work(exclusive=True, group="look", exit_on_error=False)
    async def _look(self) -> None:
        """Show the record of the trial under the cursor."""
        await self._shelved()

    async def _shelved(self) -> Shelved | None:
        """The record of the trial under the cursor, shown where it was not yet."""
        chosen, shown_now = self._found.chosen, self._record.shelved
        if not chosen or shown_now is None or shown_now.trial.id != chosen:
            self._record.show(await wrap_future(self._browser.look(chosen)) if chosen else None)
        return self._record.shelved

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """What went wrong beside the screen is told."""
        if event.state is WorkerState.ERROR and isinstance(event.worker.error, Exception):
            if not self._opened:
                self._say("they could not be opened")
            self.matcher.report(event.worker.error)

    @on(MadeReady)
    def say_how_far(self, message: MadeReady) -> None:
        """How far the library is made ready."""
        self._say(f"making the library ready: {message.done:,}")

    @on(FoundColumn.Typed)
    def search_again(self) -> None:
        """Search for the words typed so far."""
        self._search()

    @on(FoundColumn.More)
    def search_on(self) -> None:
        """The next page."""
        self._search(self._found.count)

    @on(FoundColumn.Everywhere)
    def search_everywhere(self) -> None:
        """The same words, among trials of any status."""
        self._narrow(Filters(all_statuses=True))

    @on(FoundColumn.Chosen)
    def look_at(self, event: FoundColumn.Chosen) -> None:
        """The record of the trial under the cursor, once the keys rest; Enter goes on to it."""
        self._resting.stop()
        if isinstance(event, FoundColumn.Opened):
            self._look()
            self.query_one(Reader).focus()
        else:
            self._resting = self.set_timer(_REST, self._look)

    def action_find(self) -> None:
        """To the line."""
        self._found.begin()

    def action_step_back(self) -> None:
        """From the record to the trials."""
        self.query_one(LongList).focus()

    def action_step_on(self) -> None:
        """From the trials to the record."""
        self.query_one(Reader).focus()

    def action_filters(self) -> None:
        """Fill in the filters."""

        def commit(values: dict[str, Any]) -> None:
            self._narrow(filters_of(values))

        self.matcher.push_screen(RowEditor("Only these trials", FIELDS, values_of(self._filters), commit, "status", verb="search"))

    def action_fitting(self) -> None:
        """Narrow to the age and sex of the patient in hand."""
        if self.session.profile is None:
            self.matcher.toast("No patient is in hand.")
        else:
            self._narrow(for_patient(self._filters, self.session.profile))

    def action_clear_filters(self) -> None:
        """All trials that are open."""
        self._narrow(Filters())

    async def action_judge(self) -> None:
        """To the patient in hand, with the trial chosen."""
        shelved = await self._shelved()
        if self.session.profile is None:
            self.matcher.toast("No patient is in hand.")
        elif shelved is not None:
            self.session.look_for(shelved.trial.id)  # where all are judged again, whatever it is about, it stays among them
            self._judge_all_if_changed()
            judge_trial(self.matcher, shelved.trial.id)

    async def action_who_may_fit(self) -> None:
        """The saved patients, for the trial under the cursor."""
        if shelved := await self._shelved():
            self.matcher.push_screen(WhoMayFit(shelved.trial))

    async def action_copy(self) -> None:
        """Copy a part of the record."""
        if shelved := await self._shelved():
            copy_record(self.matcher, shelved.trial)

    def action_bring_in(self) -> None:
        """Import a file or folder, then search again."""
        from matcher.app.screens.bringing import bring_trials  # what reads trials is loaded only where one comes in

        bring_trials(self.matcher, self._after_change)

    async def action_type_trial(self) -> None:
        """Type a trial."""
        await _reading_loaded()
        from matcher.session.typed_trials import Typed

        self._type(Typed(), "")

    async def action_retype(self) -> None:
        """Type a trial again that was typed by hand."""
        if trial := await self._typed():
            await _reading_loaded()
            from matcher.session.typed_trials import typed_of

            self._type(typed_of(self.session.folders, trial.id), trial.id)

    async def action_remove_typed(self) -> None:
        """Remove a trial that was typed by hand, after asking."""
        trial = await self._typed()
        if trial is None:
            return

        def take(answer: str | None) -> None:
            if answer != "yes":
                return
            try:
                from matcher.session.typed_trials import remove_typed

                remove_typed(self.session.folders.library, trial.id)
            except InputError as error:
                self.matcher.tell("Not removed", str(error))
            else:
                self.matcher.toast(f"Removed: {trial.id}")
                self._after_change()

        self.matcher.push_screen(ChoiceDialog("Remove this trial?", shown(f"{trial.id} {trial.title}", self.symbols), _REMOVE), take)

    def action_close(self) -> None:
        """From the record to the trials, from the line and the list back to the patient."""
        if self.leave_full_screen():
            return
        if isinstance(self.focused, Reader):
            self.action_step_back()
        elif isinstance(self.focused, Input) and self._found.words:
            self.query_one("#words", Input).value = ""
        else:
            self.dismiss()
            self._judge_all_if_changed()

    async def _typed(self) -> Trial | None:
        """The trial under the cursor where it was typed by hand; else it is said."""
        shelved = await self._shelved()
        if shelved is not None and not shelved.by_hand:
            self.matcher.toast("Only a trial typed by hand is edited and removed here.")
        return shelved.trial if shelved and shelved.by_hand else None

    def _type(self, typed: Typed, over: str) -> None:
        from matcher.app.screens.typed_trial import TypeTrial

        def back(trial_id: str | None) -> None:
            if trial_id:
                self.matcher.toast(f"Saved: {trial_id}")
                self._filters = Filters(all_statuses=True)
                self.query_one("#words", Input).value = f'"{trial_id}"'
                self._after_change()

        self.matcher.push_screen(TypeTrial(typed, over), back)

    def _judge_all_if_changed(self) -> None:
        if self._changed:
            self.matcher.match_again("The trials changed; every trial was judged again.")

    def _after_change(self) -> None:
        self._changed = True
        self.session.reload()  # what came by her own hand is no news
        self._record.show(None)  # it may say something else by now
        self._reopen()

    def _narrow(self, filters: Filters) -> None:
        self._filters = filters
        self._draw_headline()
        self._search()

    def _heard(self, done: int) -> None:
        self.post_message(self.MadeReady(done))

    def _say(self, words: str) -> None:
        self._said = words
        self._draw_headline()

    def _draw_headline(self) -> None:
        self._found.say(filters_words(self._filters))
        profile = self.session.profile
        right = styled(f"in hand: {shown(profile.id, self.symbols)} " if profile else "no patient in hand ", FAINT)
        line = spread(Content(f" All trials {self.symbols.dot} {self._said}"), right, self.size.width, self.symbols.ellipsis)
        self.query_one("#headline", Static).update(line)


async def _reading_loaded() -> None:
    """What reads trials is loaded beside the screen: it takes half a second, once."""
    await to_thread(import_module, "matcher.session.typed_trials")
