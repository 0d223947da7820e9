"""The editor of one row of the profile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea
from textual.widgets.input import Selection

from matcher.app.commands import bind, bindings
from matcher.app.fields import FieldSpec, as_shown, refused_in
from matcher.app.keeping import Keeping
from matcher.app.screens.base import Dialog
from matcher.app.symbols import shown
from matcher.app.widgets.choice import Choice
from matcher.app.widgets.field_row import FieldRow, Fields
from matcher.app.widgets.name_input import NameInput, Offers
from matcher.intake.typed import typed_dose
from matcher.session import Doubt
from matcher.session.suggesting import with_dose_apart, with_unit_apart
from matcher.storage.typed_rows import NEW, TypedRow


class RowEditor(Keeping, Dialog[bool]):
    """The fields of one row; `commit` takes the values or raises ValueError with what does not fit.

    `check` says what is odd about them: a second Enter keeps what is odd, unless the doubt is final.
    `row` is the list of the profile and the place in it: what is typed there is kept against a crash, and `typed` is
    what was kept so.
    """

    SCOPE = "editor"
    HORIZONTAL_BREAKPOINTS = [(0, "-tight"), (80, "-usual"), (110, "-roomy")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("editor", priority=True),
        bind("dialog.close", "leave"),
        *(bind(name, "go_on") for name in ("dialog.next", "dialog.next-field")),
        *(bind(name, "go_back") for name in ("dialog.previous", "dialog.previous-field")),
    ]

    def __init__(
        self,
        title: str,
        fields: tuple[FieldSpec, ...],
        values: Mapping[str, Any],
        commit: Callable[[dict[str, Any]], None],
        begin: str | None = None,
        check: Callable[[dict[str, Any]], list[Doubt]] = lambda values: [],
        verb: str = "record",
        row: tuple[str, int] | None = None,
        typed: TypedRow | None = None,
    ) -> None:
        super().__init__()
        self._row, self._typed = row, typed
        self._kept = typed is not None
        self._title, self._fields, self._values, self._commit, self._begin = title, fields, values, commit, begin
        self._check, self._verb = check, verb
        self._doubted: dict[str, Any] | None = None
        self._rows: list[FieldRow] = []
        self._said = self._last = self._records = ""  # what is said beneath the fields, and what is said where no field follows
        self._said_of: list[str] = []  # what the fields held when something was said of them

    def compose(self) -> ComposeResult:
        """One line for each field, and beneath them what does not fit together."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content(self._title)
            key = "editor.record" if any(spec.kind == "long" for spec in self._fields) else "Enter"
            self._records = self.key(key) if "." in key else key
            self._last = f"This is the last field: {self._records} to {self._verb}."
            box.border_subtitle = self.named((key, self._verb), ("dialog.next-field", "next"), ("dialog.close", "leave as it was"), ("app.help", "help"))
            with Fields():
                for spec in self._fields:
                    day = self.session.as_of if spec.kind == "age" else self.today
                    row = FieldRow(spec, self._values.get(spec.key), day, self._held)
                    self._rows.append(row)
                    yield row
                    if spec.names:
                        yield Offers(id=f"offers-{spec.key}")
            yield Static(id="trouble")

    def on_mount(self) -> None:
        """Begin on the field asked for, else on the first that is empty and needed, else on the first."""
        rows = self._rows
        self._was = {row.spec.key: row.text for row in rows}
        self._put_typed(rows)
        empty = [row for row in rows if row.spec.needed and not row.text]
        asked = [row for row in rows if row.spec.key == self._begin]
        self._go_to((asked or empty or rows)[0], on=self._typed is not None)

    def _put_typed(self, rows: list[FieldRow]) -> None:
        """What was typed before a crash, where it differs from what stood there; a new row takes all of it."""
        if self._typed is None or self._row is None:
            return
        for row in rows:
            key = row.spec.key
            text = self._typed.texts.get(key, row.text)
            if self._row[1] == NEW or text != self._typed.was.get(key):
                row.put(text)

    @on(NameInput.Offered)
    def show_offers(self, event: NameInput.Offered) -> None:
        """The names that may be meant, beneath the line they are typed in."""
        event.stop()
        offers = self.query_one(f"#{str(event.line.id).replace('field', 'offers', 1)}", Offers)
        offers.show(event.found, event.at, self.symbols)
        offers.call_after_refresh(offers.scroll_visible, animate=False)

    @on(FieldRow.Understood)
    def show_understood(self, event: FieldRow.Understood) -> None:
        """What a name was understood as, beneath it."""
        event.stop()
        self.query_one(f"#offers-{event.key}", Offers).say(shown(event.words, self.symbols))

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Choice.Changed)
    def mend(self, event: Input.Changed | TextArea.Changed | Choice.Changed) -> None:
        """What was wrong before need not be so now that something else was typed."""
        if self._row is not None:
            self.keep_soon()
        if (not isinstance(event.control, Widget) or event.control.has_focus) and self._texts() != self._said_of:
            self._say(self._other_name())

    @property
    def kept_as(self) -> str:
        """A row of the profile."""
        return ""

    def typed(self) -> TypedRow | None:
        """The row as it is typed, where it differs from what stood there."""
        texts = {row.spec.key: row.text for row in self._rows if row.may_be_kept}
        if self._row is None or all(text == self._was[key] for key, text in texts.items()):
            return None
        (listed, place), field = self._row, str(self.focused.id if self.focused else "")
        return TypedRow(listed=listed, place=place, field=field.partition("-")[2], was=self._was, texts=texts)

    def action_leave(self) -> None:
        """Back, the row as it was; what was typed goes only if she says so twice."""
        if self.lets_go(self._records, self._say):
            self.dismiss(None)

    def action_go_on(self) -> None:
        """The next field; from the last not round to the first, where a letter would take the place of what stands there."""
        if self.focused is not self._rows[-1].control:
            self._unsay_last()
            self.focus_next()
        elif not self._said:
            self._say(self._last)

    def action_go_back(self) -> None:
        """The field before, where there is one."""
        if self.focused is not self._rows[0].control:
            self._unsay_last()
            self.focus_previous()

    def _unsay_last(self) -> None:
        if self._said == self._last:
            self._say("")

    def on_descendant_blur(self) -> None:
        """A field was left: a unit typed with a dose goes to its own line."""
        self._take_unit()

    @on(Input.Submitted)
    @on(Choice.Submitted)
    def enter(self) -> None:
        """Enter records the row."""
        self.action_accept()

    def action_accept(self) -> None:
        """Record the row, or say what is wrong where it is wrong."""
        self._take_unit()
        values: dict[str, Any] = {}
        wrong: list[FieldRow] = []
        said = ""
        for row in self._rows:
            try:
                values[row.spec.key] = row.read()
            except ValueError as error:
                wrong.append(row)
                said = said or f"{row.spec.label}: {str(error).removeprefix(f'{row.spec.label}: ')}"
        self._say(said)
        if wrong:
            wrong[0].control.focus()
            return
        try:
            if not self._doubtful(values):
                self._commit(values)
                self.dismiss(True)
        except ValueError as error:
            field, said = refused_in(error, self._row[0] if self._row else "")
            self._say(said)
            self._go_to_field(field)

    def _doubtful(self, values: dict[str, Any]) -> bool:
        """Whether something is odd that she has not said twice; if so it is told."""
        doubts = self._check(values)
        final = [one for one in doubts if one.final]
        if not final and (not doubts or values == self._doubted):
            return False
        self._doubted = values
        lines = [one.words for one in (*final, *(one for one in doubts if not one.final))]
        self._say("\n".join(lines if final else [*lines, "Not recorded yet: Enter again keeps it as it is."]))
        self._go_to_field((final or doubts)[0].field)
        return True

    def _go_to_field(self, key: str) -> None:
        for row in self._rows:
            if row.spec.key == key:
                self._go_to(row, on=row.spec == self._fields[0])

    def _go_to(self, row: FieldRow, on: bool) -> None:
        """To a field; `on`: what is typed there goes on behind what it holds, and does not take its place."""
        control = row.control
        if on and isinstance(control, Input):
            control.select_on_focus = False
            control.selection = Selection.cursor(len(control.value))
        control.focus()

    def _other_name(self) -> str:
        """What to say where another name is typed into a row that waits to be recorded, and its other fields stay; else ""."""
        first = self._fields[0]
        was, now = as_shown(first, (self._doubted or {}).get(first.key)), self._held(first.key)
        kept = [one.label for one in self._fields[1:] if self._is_filled(one)]
        if not was or not kept or now.startswith(was) or was.startswith(now):
            return ""
        return f"“{was}” is not recorded. Still as typed for it: {', '.join(kept)}. Change them, or leave the row by Esc."

    def _is_filled(self, spec: FieldSpec) -> bool:
        return bool(self._held(spec.key)) and self._held(spec.key) != as_shown(spec, self._values.get(spec.key))

    def _take_unit(self) -> None:
        rows = {row.spec.key: row for row in self._rows}
        self._take_dose(rows)
        amount, unit = rows.get("dose") or rows.get("value"), rows.get("unit")
        if amount is None or unit is None or not isinstance(amount.control, Input) or not isinstance(unit.control, Input):
            return
        with suppress(ValueError):
            if amount.spec.kind == "dose":
                exact, typed = typed_dose(amount.text)
                number = f"{exact:f}"
            else:
                number, typed = with_unit_apart(self._rows[0].text, amount.text)
            if typed:
                amount.control.value, unit.control.value = number, typed

    def _take_dose(self, rows: Mapping[str, FieldRow]) -> None:
        """The dose typed behind the name of a drug goes to its own lines, where they are empty."""
        fields = [rows[key] for key in ("name", "dose", "unit") if key in rows]
        if len(fields) < 3 or fields[1].text or fields[2].text or not isinstance(fields[0].control, NameInput):
            return
        if (found := with_dose_apart(fields[0].text)) is not None:
            fields[0].control.take(found[0])
            fields[1].put(f"{found[1]:f}")
            fields[2].put(found[2])

    def _held(self, key: str) -> str:
        """What the field of this key holds just now."""
        return next((row.text for row in self._rows if row.spec.key == key), "")

    def _texts(self) -> list[str]:
        return [row.text for row in self._rows]

    def _say(self, words: str) -> None:
        self._said, self._said_of = words, self._texts()
        self.query_one("#trouble", Static).update(Content(words))
