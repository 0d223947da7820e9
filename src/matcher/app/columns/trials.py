"""The trials: ranked, sorted and grouped, narrowed by a stage of the funnel and by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.worker import get_current_worker

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.filter_hint import filter_hint
from matcher.app.text.layout import hung, styled
from matcher.app.text.rows import LongRow, heading
from matcher.app.text.trial_rows import TrialRows
from matcher.app.text.trials import (
    SORT_WORDS,
    STAGES,
    found_words,
    funnel,
    funnel_words,
    in_stage,
    left_out_words,
    tier_heading,
)
from matcher.app.theme import FAINT
from matcher.app.widgets.filter_line import FilterLine
from matcher.app.widgets.long_list import LongList
from matcher.session.narrowing import Asked, asked, offers, strange
from matcher.session.outcome import Outcome, Stopped
from matcher.session.results import SORTS, Result, by_tier, ordered, results
from matcher.storage.places import chosen_places
from matcher.storage.refusal import InputError

_PAUSE = 0.25  # seconds after the last key, before the library is looked through


class TrialsColumn(Shared, Vertical):
    """The ranked trials, with the line that narrows them."""

    class Chosen(Message):
        """Another trial is the chosen one."""

    class Opened(Message):
        """The chosen trial is to be looked into."""

    class Narrowed(Message):
        """The filter is typed; on to the trials."""

    class Found(Message):
        """Trials of the library that have the words and are not among those shown."""

        def __init__(self, outcome: Outcome | None, wanted: tuple[object, ...]) -> None:
            super().__init__()
            self.outcome, self.wanted = outcome, wanted

    def __init__(self) -> None:
        super().__init__(id="trials-column", classes="column -here")
        self.stage, self.sort, self.grouped = "all", "rank", False
        self.places: tuple[str, ...] = ()
        self._made_of: tuple[object, ...] = ()
        self._results: tuple[Result, ...] = ()
        self._rows: TrialRows | None = None
        self._asked = Asked()
        self._to_tell = False
        self._wanted: tuple[object, ...] = ()
        self._of_found, self._looking = 0, False
        self._seeking = Timer(self, 1, pause=True)

    def compose(self) -> ComposeResult:
        """The filter and the list."""
        yield FilterLine()
        yield LongList("Trials", id="trials")

    def on_mount(self) -> None:
        """Take up the places she chose."""
        try:
            self.places = chosen_places(self.session.folders)
        except (InputError, ValueError, OSError) as error:
            self.matcher.toast(error, "warning")

    def show(self) -> None:
        """Show the trials of this stage and filter, the cursor on the chosen one."""
        session = self.session
        self._asked = asked(self._filter.value)
        self._seek()
        every = self._every()
        kept = [one for one in every if in_stage(one.match, self.stage) and self._asked.keeps(one)]
        kept = ordered(kept, self._asked.sort or self.sort)
        found = [one for one in self._found() if self._asked.holds(one)] if self._asked.sought else []
        chosen = next((one.id for one in (*kept, *found) if one.id == session.chosen_id), None)
        title = f"Trials {self.symbols.rule} {funnel(session.matches, self.stage, self.symbols)}"
        self._list.fill(lambda width: self._listed(kept, found, width), title, self._narrowed(len(kept)), chosen)
        self._hint(len(kept))
        if chosen is None and self._list.chosen_row:
            session.choose(self._list.chosen_row, by_her=False)
            self.post_message(self.Chosen())

    @property
    def filter(self) -> str:
        """What is typed to narrow the trials."""
        return self._filter.value

    @filter.setter
    def filter(self, typed: str) -> None:
        self._filter.value = typed

    def open_filter(self) -> None:
        """Begin to type what to find trials by."""
        self._hint(None)
        self._filter.open()

    def clear_filter(self) -> None:
        """Show all trials of the stage again."""
        self._filter.close()

    def next_stage(self) -> None:
        """Go on to the next stage of the funnel."""
        self.stage = STAGES[(STAGES.index(self.stage) + 1) % len(STAGES)]
        self.show()

    def next_sort(self) -> None:
        """Sort by the next thing."""
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self.show()

    def turn_groups(self) -> None:
        """Under headings by standing, or in one list."""
        self.grouped = not self.grouped
        self.show()

    @on(LongList.Moved, "#trials")
    def choose_trial(self, event: LongList.Moved) -> None:
        """The trial under the cursor is the chosen one."""
        if not isinstance(event, LongList.Selected) and event.row != self.session.chosen_id:
            self.session.choose(event.row)
            if not self._to_tell:  # the cursor is drawn first, and several keys are told as one
                self._to_tell = True
                self.call_after_refresh(self._tell_chosen)

    @on(LongList.Selected, "#trials")
    def open_trial(self) -> None:
        """Enter on a trial goes on to its criteria."""
        self.post_message(self.Opened())

    @on(FilterLine.Typed)
    def narrow(self) -> None:
        """Show the trials that have what is typed."""
        self.show()

    @on(FilterLine.Kept)
    def close_filter(self) -> None:
        """Enter keeps the filter and goes to the trials."""
        self.post_message(self.Narrowed())

    def _tell_chosen(self) -> None:
        self._to_tell = False
        self.post_message(self.Chosen())

    @property
    def _filter(self) -> FilterLine:
        return self.query_one(FilterLine)

    @property
    def _list(self) -> LongList:
        return self.query_one("#trials", LongList)

    def _every(self) -> tuple[Result, ...]:
        """The results, made anew where the matches, the marks or the chosen places changed."""
        session = self.session
        made_of = (session.matches, session.trials, tuple(session.marks.values()), self.places)
        if not self._made_of or any(one is not now for one, now in zip(self._made_of[:2], made_of, strict=False)) or self._made_of[2:] != made_of[2:]:
            self._made_of, self._rows = made_of, None
            self._results = results(session.matches, session.trials or (), session.marks, self.places)
        return self._results

    def _found(self) -> tuple[Result, ...]:
        session = self.session
        return results(session.found, session.trials or (), session.marks, self.places) if session.found else ()

    def _seek(self) -> None:
        """Look in the whole library, a moment after the last key, for trials that have the words and are not shown."""
        wanted = (self._asked.sought, self._asked.facts, self.stage, self.session.matches) if self._asked.sought else ()
        if wanted == self._wanted or self.matcher.judging:
            return
        self._wanted = wanted
        self._seeking.stop()
        if self.session.found:
            self.session.take_found(None)
        self._looking = bool(wanted and self.session.funnel.steps)
        if self._looking:
            self._seeking = self.set_timer(_PAUSE, lambda: self._begin_to_seek(wanted))

    def _begin_to_seek(self, wanted: tuple[object, ...]) -> None:
        filters = self._asked.filters(open_only=self.stage != "all")
        job = self.session.seeking(self._asked.sought, filters, lambda: get_current_worker().is_cancelled or self._wanted != wanted)
        if job is not None:
            self._look_for(job, wanted)

    @work(thread=True, exclusive=True, group="seek", exit_on_error=False)
    def _look_for(self, job: Callable[[], Outcome], wanted: tuple[object, ...]) -> None:
        with suppress(Stopped):
            try:
                self.post_message(self.Found(job(), wanted))
            except InputError:  # matching has told of it already
                self.post_message(self.Found(None, wanted))

    def on_trials_column_found(self, message: Found) -> None:
        """Show what was found, where it is still wanted."""
        if message.wanted == self._wanted:
            self.session.take_found(message.outcome)
            self._of_found, self._looking = message.outcome.funnel.total if message.outcome else 0, False
            self.show()

    def _listed(self, kept: Sequence[Result], found: Sequence[Result], width: int) -> list[LongRow]:
        """The rows: how the library came down to them, then each, under headings where she wants them."""
        if self._rows is None or self._rows.width != width:
            self._rows = TrialRows(width, self.symbols, self.today)
        came_down, row = self.session.funnel, self._rows.row
        rows = [self._said(left_out_words(len(self.session.problems), self.key("main.left-out")), width, "$ask")] if self.session.problems else []
        rows += [self._said(funnel_words(came_down), width)] if came_down.total > came_down.shown else []
        if not kept and not found:
            return [*rows, self._said(self._why_empty(), width)]
        if self._asked.group == "tier" or (self.grouped and not self._asked.group):
            for tier, members in by_tier(kept).items():
                rows += [heading(tier_heading(tier, len(members), width, self.symbols)), *map(row, members)]
        else:
            rows += map(row, kept)
        if found:
            rows += [self._said(found_words(len(found), self._of_found, len(self.session.matches)), width), *map(row, found)]
        return rows

    def _said(self, words: str, width: int, style: str = FAINT) -> LongRow:
        """A quiet line between the rows."""
        return heading(hung(styled(shown(words, self.symbols), style), width))

    def _narrowed(self, number: int) -> str:
        """How the trials are sorted and narrowed, and what tells of their order, for the foot of the list."""
        typed, sort = self._filter.value.strip(), self._asked.sort or self.sort
        ranked = [f"{self.key('main.why-here')} why here"] if self.session.matches else []
        parts = [f"{self.session.news}: {self.key('main.judge-again')} judges again"] if self.session.news else []
        parts += [f"by {SORT_WORDS[sort]}"] if sort != "rank" else ranked
        parts += [f"/{shown(typed, self.symbols)}: {number}"] if typed else []
        return f" {self.symbols.dot} ".join(parts)

    def _hint(self, number: int | None) -> None:
        """What may be typed, and how much is found (None: as before)."""
        if number is None and not self.session.matches:
            return
        typed, width = self._filter.value, max(20, self.size.width - 4)
        found = offers(typed, self._results)
        counted = f"{number} of {len(self._results)}" if number is not None else ""
        self._filter.hint(filter_hint(typed, found, counted, width, self.symbols), found)

    def _why_empty(self) -> str:
        if self._looking:
            return f"looking through the library{self.symbols.ellipsis}"
        if self.session.matches:
            refused = strange(self._asked)
            return f"no trial here{f': {shown(refused, self.symbols)}' if refused else ''}; {self.key('main.funnel')} or {self.key('main.back')} shows all"
        if self.matcher.judging:
            return f"the trials are being judged{self.symbols.ellipsis}"
        if self.session.profile and self.session.up_to_date:
            return f"no trials yet; {self.key('main.bring-in')} brings them in from a file or a folder"
        return f"no trials yet; {self.key('main.judge-again')} judges them" if self.session.profile else f"choose a patient with {self.key('main.choose-patient')}"

