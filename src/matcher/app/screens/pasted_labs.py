"""Lines of a laboratory report: a box to paste them in, and the rows they make, to be confirmed one by one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static, TextArea

from matcher.app.screens.base import Dialog
from matcher.app.symbols import shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.patient import entry_line
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.pane import Pane
from matcher.intake.lab_lines import Pasted
from matcher.model.profile import Lab
from matcher.session import entry_doubts


class PasteLines(Dialog[str]):
    """A box to paste or type lines in."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "take", "read", priority=True)]

    def compose(self) -> ComposeResult:
        """The box."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Lines of a laboratory report")
            box.border_subtitle = Content("paste or type   Ctrl+S read them   Esc back")
            yield TextArea(id="lines")

    def on_mount(self) -> None:
        """Begin in the box."""
        self.query_one(TextArea).focus()

    def action_take(self) -> None:
        """Hand the lines over."""
        self.dismiss(self.query_one(TextArea).text)


class ConfirmLabs(Dialog[tuple[Lab, ...]]):
    """The rows that pasted lines make; only those ticked are recorded."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "tick", "tick", priority=True),
        Binding("ctrl+s", "record", "record", priority=True),
    ]

    def __init__(self, pasted: Pasted) -> None:
        super().__init__()
        self._pasted = pasted
        self._ticked: list[bool] = []

    def compose(self) -> ComposeResult:
        """The rows, and beneath them what was left out."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("Record these results?")
            box.border_subtitle = Content("Space tick or not   Enter record those ticked   Esc none of them")
            yield Pane("", id="pasted")
            yield Static(classes="message", id="left-out")

    def on_mount(self) -> None:
        """Every row is ticked but one that cannot be so."""
        self._doubts = [entry_doubts(lab, self.session.as_of) for lab, _ in self._pasted.labs]
        self._ticked = [not any(one.final for one in doubts) for doubts in self._doubts]
        self.query_one(Pane).fill(self._rows, first=True)
        self.query_one(Pane).focus()
        self.query_one("#left-out", Static).update(self._left())

    def action_tick(self) -> None:
        """Tick the row under the cursor, or take the tick away; what cannot be so stays out."""
        row = self.query_one(Pane).chosen_row
        if row is not None and not any(one.final for one in self._doubts[int(row)]):
            self._ticked[int(row)] = not self._ticked[int(row)]
            self.query_one(Pane).redraw()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Enter records."""
        event.stop()
        self.action_record()

    def action_record(self) -> None:
        """Hand over the rows that are ticked."""
        self.dismiss(tuple(lab for (lab, _), ticked in zip(self._pasted.labs, self._ticked, strict=True) if ticked))

    def _rows(self, width: int) -> list[Row]:
        if not self._pasted.labs:
            return [Row(styled("no line was surely a result", FAINT))]
        return [Row(self._row(place, width), str(place)) for place in range(len(self._pasted.labs))]

    def _row(self, place: int, width: int) -> Content:
        lab, line = self._pasted.labs[place]
        tick = "[x]" if self._ticked[place] else "[ ]"
        said = [hung(entry_line(lab, width - 4, self.symbols, self.today), width, f"{tick} ", "    ")]
        said.append(hung(styled(shown(line, self.symbols), FAINT), width, "    ", "    "))
        said += [hung(styled(shown(one.words, self.symbols), "$ask"), width, "    ", "    ") for one in self._doubts[place]]
        return stacked(said)

    def _left(self) -> Content:
        lines: list[Content] = []
        if self._pasted.left:
            lines.append(styled("Not taken, to be entered by hand where they matter:", HEADING))
            lines += [styled(f"  {shown(line, self.symbols)}", FAINT) for line in self._pasted.left[:6]]
            lines += [styled(f"  and {len(self._pasted.left) - 6} more", FAINT)] if len(self._pasted.left) > 6 else []
        if self._pasted.personal:
            lines.append(styled(f"Dropped, because they could tell who it is: {self._pasted.personal}", HEADING))
        return stacked(lines) if lines else Content("")
