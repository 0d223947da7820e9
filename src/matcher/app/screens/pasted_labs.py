"""Lines of a laboratory report: a box to paste them in, and the rows they make, to be confirmed one by one."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea

from matcher.app.commands import bindings
from matcher.app.fields import FieldSpec
from matcher.app.keeping import Keeping
from matcher.app.parsing import parse
from matcher.app.screens.base import Dialog
from matcher.app.screens.dialogs import LineDialog
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.patient import entry_line
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.pane import Pane
from matcher.intake.lab_lines import Pasted
from matcher.model.profile import Lab
from matcher.session import entry_doubts
from matcher.storage.typed_rows import TypedRow

_DAY = FieldSpec("date", "date", "date", needed=True)


class PasteLines(Keeping, Dialog[str]):
    """A box to paste or type lines in."""

    SCOPE = "paste"
    BINDINGS: ClassVar[list[BindingType]] = bindings("paste", priority=True)

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Lines of a laboratory report")
            box.border_subtitle = self.named(("paste or type", ""), ("paste.read", "read them"), ("dialog.close", "back"))
            yield TextArea(self.typed_before().get("lines", ""), id="lines")

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextArea).focus()

    @on(TextArea.Changed)
    def keep_lines(self) -> None:
        """Something was typed."""
        self.keep_soon()

    @property
    def kept_as(self) -> str:
        """Lines of a report."""
        return "paste"

    def typed(self) -> TypedRow | None:
        """The lines."""
        return pasted_row(self.query_one(TextArea).text)

    def action_take(self) -> None:
        """Hand the lines over."""
        self.dismiss(self.query_one(TextArea).text)


def pasted_row(text: str) -> TypedRow | None:
    """Lines of a report that are not recorded yet, as they are kept against a crash."""
    return TypedRow(listed="paste", place=0, field="lines", was={"lines": ""}, texts={"lines": text}) if text.strip() else None


class ConfirmLabs(Dialog[tuple[Lab, ...]]):
    """The rows that pasted lines make, and behind them the lines not taken; only the rows ticked are recorded."""

    SCOPE = "results"
    BINDINGS: ClassVar[list[BindingType]] = bindings("results", priority=True)

    def __init__(self, pasted: Pasted) -> None:
        super().__init__()
        self._pasted = pasted
        self._labs = [lab for lab, _ in pasted.labs]
        self._ticked: list[bool] = []

    def compose(self) -> ComposeResult:
        """The rows, and beneath them how much was left out."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Record these results?")
            box.border_subtitle = self.named(("results.tick", "tick"), ("results.give-day", "day of those without one"), ("Enter", "record"), ("dialog.close", "none"))
            yield Pane("", id="pasted")
            yield Static(classes="message", id="left-out")

    def on_mount(self) -> None:
        """Every row is ticked but those that look odd: who records them all at once has not seen them."""
        self._look()
        self._ticked = [not doubts for doubts in self._doubts]
        self.query_one(Pane).fill(self._rows, first=True)
        self.query_one(Pane).focus()
        self.query_one("#left-out", Static).update(self._left())

    def action_tick(self) -> None:
        """Tick the row under the cursor, or take the tick away; what cannot be so stays out."""
        row = self.query_one(Pane).chosen_row or ""
        if row.isdecimal() and not any(one.final for one in self._doubts[int(row)]):
            self._ticked[int(row)] = not self._ticked[int(row)]
            self.query_one(Pane).redraw()

    def action_give_day(self) -> None:
        """One day for every row that has none."""
        undated = [place for place, lab in enumerate(self._labs) if lab.date is None]
        if not undated:
            self.matcher.toast("Every result has its day.")
            return

        def take(text: str | None) -> None:
            if text is not None:
                day = parse(_DAY, text, self.today)
                for place in undated:
                    self._labs[place] = replace(self._labs[place], date=day)
                self._look()
                self.query_one(Pane).redraw()

        words = f"{len(undated)} result{'' if len(undated) == 1 else 's'} without a day were all taken on:"
        self.matcher.push_screen(LineDialog("The day of the results", words, "", lambda text: parse(_DAY, text, self.today), lambda text: ""), take)

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Enter records."""
        event.stop()
        self.action_record()

    def action_record(self) -> None:
        """Hand over the rows that are ticked."""
        self.dismiss(tuple(lab for lab, ticked in zip(self._labs, self._ticked, strict=True) if ticked))

    def _look(self) -> None:
        """See what is odd about the rows."""
        self._doubts = [entry_doubts(lab, self.session.as_of) for lab in self._labs]

    def _rows(self, width: int) -> list[Row]:
        found = [Row(self._row(place, width), str(place)) for place in range(len(self._labs))]
        rows = found or [Row(styled("no line was surely a result", FAINT))]
        if self._pasted.left:
            rows.append(Row(hung(styled("Not taken, to be entered by hand where they matter:", HEADING), width)))
            rows += [Row(self._left_row(line, why, width), f"left:{place}") for place, (line, why) in enumerate(self._pasted.left)]
        return rows

    def _row(self, place: int, width: int) -> Content:
        lab, line = self._labs[place], self._pasted.labs[place][1]
        tick = "[x]" if self._ticked[place] else "[ ]"
        said = [hung(entry_line(lab, width - 4, self.symbols, self.today), width, f"{tick} ", "    ")]
        said.append(hung(styled(shown(line, self.symbols), FAINT), width, "    ", "    "))
        said += [hung(styled(shown(one.words, self.symbols), "$ask"), width, "    ", "    ") for one in self._doubts[place]]
        return stacked(said)

    def _left_row(self, line: str, why: str, width: int) -> Content:
        lines = [styled(shown(line, self.symbols), FAINT), styled(shown(why, self.symbols), "$ask")]
        return stacked([hung(lines[0], width, "  ", "    "), hung(lines[1], width, "    ", "    ")])

    def _left(self) -> Content:
        lines: list[Content] = []
        if odd := self._ticked.count(False):
            lines.append(styled(f"{odd} result{' looks' if odd == 1 else 's look'} odd and {'is' if odd == 1 else 'are'} not ticked: {self.key('results.tick')} ticks what is right.", "$ask"))
        if self._pasted.left:
            number = len(self._pasted.left)
            lines.append(styled(f"{number} line{' was' if number == 1 else 's were'} not taken and stand{'s' if number == 1 else ''} last in the list.", HEADING))
        if self._pasted.personal:
            lines.append(styled(f"Dropped, because they could tell who it is: {self._pasted.personal}", HEADING))
        return stacked(lines) if lines else Content("")
