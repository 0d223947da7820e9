"""A trial typed or pasted by hand: a few fields, the eligibility text, and beside it what was read of it so far."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea

from matcher.app.commands import bind, bindings
from matcher.app.fields import FieldSpec
from matcher.app.screens.base import Dialog
from matcher.app.screens.dialogs import ChoiceDialog, Choices
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.record import criteria_lines
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.choice import Choice
from matcher.app.widgets.field_row import FieldRow
from matcher.app.widgets.name_input import Line, NameInput, Offers
from matcher.model.trial import Status
from matcher.session.typed_before import drop_typed, keep_typed, typed_before
from matcher.session.typed_trials import Typed, TypedReading, read_typed, save_typed
from matcher.storage.refusal import InputError

_STATUSES: tuple[str, ...] = Status.__args__  # type: ignore[attr-defined]
_FIELDS = (
    FieldSpec("title", "title"),
    FieldSpec("id", "id", hint="left empty, it is made of the title"),
    FieldSpec("condition", "condition", names="conditions", hint="the disease, such as asthma"),
    FieldSpec("status", "status", "choice", tuple(one for one in _STATUSES if one != "unknown"), empty="not known"),
    FieldSpec("ages", "ages", hint="18 to 75, from 18, up to 64"),
    FieldSpec("sex", "sex", "choice", ("all", "female", "male"), empty="not stated"),
)
_WAIT = 0.15  # seconds without a key after which the text is read
_KEPT_AFTER = 0.5  # seconds after which what is typed is kept
_AGAIN = "This was typed when matcher broke off, and is not saved: {} saves it, {} lets it go."
_THROW = Choices((("k", "keep", "go on typing"), ("t", "throw", "throw it away")))


class TypeTrial(Dialog[str]):
    """The fields and the text of a trial; the answer is its id, once it is saved. `over` is the trial it stands for."""

    SCOPE = "typed"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("typed", priority=True), bind("dialog.close", "leave")]

    class Read(Message):
        """What was typed is read."""

        def __init__(self, run: int, reading: TypedReading) -> None:
            super().__init__()
            self.run, self.reading = run, reading

    def __init__(self, typed: Typed, over: str = "") -> None:
        super().__init__()
        self._start, self._over = typed, over
        self._before: Typed | None = None
        self._keeping: Timer | None = None
        self._reading = TypedReading()
        self._run = 0
        self._waiting: Timer | None = None

    def compose(self) -> ComposeResult:
        """The fields and the text; beside them, or beneath, what was read."""
        self._before = typed_before(self.session.folders, self._over)
        with Vertical(classes="box -whole") as box:
            box.border_title = Content(f"Edit {shown(self._over, self.symbols)}" if self._over else "A trial typed by hand")
            box.border_subtitle = self.named(("dialog.next-field", "next"), ("typed.save", "save"), ("dialog.close", "back"))
            with Horizontal(id="typing"):
                with Vertical(id="typed"):
                    for spec in _FIELDS:
                        yield FieldRow(spec, getattr(self._before or self._start, spec.key) or None, self.today)
                        if spec.names:
                            yield Offers(id=f"offers-{spec.key}")
                    yield Static("eligibility text, or a whole page pasted here alone", classes="message")
                    yield TextArea((self._before or self._start).text, id="eligibility", tab_behavior="focus")
                with VerticalScroll(id="reading"):
                    yield Static(id="read")
            yield Static(id="trouble")

    def on_mount(self) -> None:
        """Begin with the title."""
        super().on_mount()
        for row in self.query(FieldRow):
            if isinstance(row.control, Input):
                row.control.placeholder = row.spec.hint  # there is no room beside it
        self.query(FieldRow).first().control.focus()
        self.read_now()
        if self._before is not None:
            self._tell(_AGAIN.format(self.key("typed.save"), self.key("dialog.close")))

    def on_resize(self) -> None:
        """One beside the other where there is room."""
        self.set_class(self.size.width < 110, "-stacked")
        self.call_after_refresh(self._draw)

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(events.DescendantBlur)
    def wait(self) -> None:
        """A key was typed: read once she pauses; what was missing need not be so now."""
        if self._typed() != self._before:
            self._tell("")
        if self._keeping is None:
            self._keeping = self.set_timer(_KEPT_AFTER, self.keep_typed)
        if self._waiting is not None:
            self._waiting.stop()
        self._waiting = self.set_timer(_WAIT, self.read_now)

    @on(Line.Cut)
    def tell_cut(self, event: Line.Cut) -> None:
        """Several lines were pasted where there is room for one: say where they belong."""
        words = f"Of the {event.lines} lines pasted only the first is in this field: paste the eligibility text into the box beneath, with {self.key('dialog.next-field')}."
        self.call_after_refresh(self._tell, words)

    @on(NameInput.Offered)
    def show_offers(self, event: NameInput.Offered) -> None:
        """The names that may be meant."""
        event.stop()
        self.query_one("#offers-condition", Offers).show(event.found, event.at, self.symbols)

    @on(Input.Submitted)
    @on(Choice.Submitted)
    def go_on(self) -> None:
        """Enter goes on to the next field."""
        self.focus_next()

    @on(Read)
    def take(self, message: Read) -> None:
        """Show what was read, unless something was typed since."""
        if message.run == self._run:
            self._reading = message.reading
            self._draw()

    def action_save(self) -> None:
        """Save what is typed now, or say what is missing."""
        reading = read_typed(self._typed(), self.today)
        try:
            self.dismiss(save_typed(self.session.folders, reading, self._over))
        except (InputError, OSError) as error:
            self._tell(f"Not saved: {error}")

    def action_leave(self) -> None:
        """Back, after asking where something would be lost."""
        if self._typed() == self._start:
            self.dismiss(None)
            return

        def take(found: str | None) -> None:
            if found == "throw":
                self.dismiss(None)

        self.app.push_screen(ChoiceDialog("What is typed is not saved", "", _THROW), take)

    def keep_typed(self) -> None:
        """Keep what is typed, so that it outlives a crash."""
        self._keeping = None
        if self in self.app.screen_stack and self._typed() != self._start:  # not where it was closed while this waited its turn
            keep_typed(self.session.folders, self._typed(), self._over)

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """It is saved or thrown away: nothing is typed any more."""
        if self._keeping is not None:
            self._keeping.stop()
        drop_typed(self.session.folders)
        return super().dismiss(result)

    def _tell(self, words: str) -> None:
        self.query_one("#trouble", Static).update(Content(shown(words, self.symbols)))

    def _typed(self) -> Typed:
        return Typed(**{row.spec.key: row.text for row in self.query(FieldRow)}, text=self.query_one("#eligibility", TextArea).text)

    def read_now(self) -> None:
        """Read what is typed so far, beside the screen."""
        self._run += 1
        self._read(self._run, self._typed())

    @work(thread=True, exclusive=True, group="read", exit_on_error=False)
    def _read(self, run: int, typed: Typed) -> None:
        self.post_message(self.Read(run, read_typed(typed, self.today)))

    def _draw(self) -> None:
        width = self.query_one("#reading").scrollable_content_region.width
        if width >= 20:
            self.query_one("#read", Static).update(self._content(width))

    def _content(self, width: int) -> Content:
        reading, trial = self._reading, self._reading.trial
        if trial is None:
            said = reading.problems or ("What is read of the text is shown here while it is typed.",)
            return stacked([hung(styled(shown(one, self.symbols), FAINT), width) for one in said])
        lines = [styled(reading.shares, HEADING)]
        if reading.site:
            known = ", ".join(filter(None, (trial.id, trial.title, *trial.conditions)))
            lines.append(hung(styled(shown(f"taken as a page of {reading.site}: {known}", self.symbols), FAINT), width))
        lines += [hung(styled(shown(one, self.symbols), "$ask"), width) for one in reading.problems]
        return stacked([*lines, *criteria_lines(trial.criteria, width, self.symbols)])


__all__ = ["TypeTrial"]
