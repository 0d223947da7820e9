"""Several criteria of one trial ticked, to be judged or confirmed at once."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static

from matcher.app.commands import bindings
from matcher.app.screens.base import Dialog
from matcher.app.symbols import shown
from matcher.app.text.criteria import criterion_text
from matcher.app.text.layout import clicked, hung, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, VERDICT_STYLE
from matcher.app.widgets.pane import Pane
from matcher.export.text import decision_words
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.verdict import BY_CONCERN

_CLIPPED_AT = 160


class TickPane(Pane):
    """Rows that a click ticks."""

    async def _on_click(self, event: events.Click) -> None:
        await super()._on_click(event)
        if self.highlighted is not None and event.chain == 1:
            await self.screen.run_action("tick")


class TickCriteria(Dialog[tuple[int, ...]]):
    """The criteria of a trial grouped by what to do; those ticked are handed over by their places."""

    SCOPE = "several"
    BINDINGS: ClassVar[list[BindingType]] = bindings("several", priority=True)

    def __init__(self, match: TrialMatch, place: int | None) -> None:
        super().__init__()
        self._match, self._place = match, place
        self._ticked: set[int] = set()

    def compose(self) -> ComposeResult:
        """The criteria, and how many are ticked."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content(f"Judge several criteria of {shown(self._match.trial_id, self.symbols)}")
            box.border_subtitle = self.named(("several.tick", "tick"), ("several.tick-group", "the group"), ("Enter", "judge those"), ("dialog.close", "back"))
            yield TickPane("", id="several")
            yield Static(classes="message")

    def on_mount(self) -> None:
        """Begin where the cursor was."""
        pane = self.query_one(Pane)
        pane.focus()
        pane.fill(self._rows, first=True)
        self.call_after_refresh(lambda: pane.go_to(str(self._place)))

    def action_tick(self) -> None:
        """Tick the criterion under the cursor, or take the tick away."""
        if self._chosen is not None:
            self._ticked ^= {self._chosen}
            self._draw()

    def action_tick_group(self) -> None:
        """Tick all that have the verdict of the one under the cursor; where all are, none of them."""
        if self._chosen is not None:
            verdict = self._match.criteria[self._chosen].verdict
            group = {place for place, one in enumerate(self._match.criteria) if one.verdict is verdict}
            self._ticked = self._ticked - group if group <= self._ticked else self._ticked | group
            self._draw()

    @on(OptionList.OptionSelected)
    def take(self, event: OptionList.OptionSelected) -> None:
        """Enter hands over those that are ticked."""
        event.stop()
        if self._ticked:
            self.dismiss(tuple(sorted(self._ticked)))
        else:
            self._say(Content(f"Nothing is ticked yet: {self.key('several.tick')} ticks the criterion under the cursor."))

    @property
    def _chosen(self) -> int | None:
        row = self.query_one(Pane).chosen_row or ""
        return int(row) if row.isdecimal() else None

    def _draw(self) -> None:
        self.query_one(Pane).redraw()
        number = len(self._ticked)
        self._say(clicked(f"{number} ticked: judge {'it' if number == 1 else 'them'}", "enter") if number else Content("nothing is ticked"))

    def _say(self, words: Content) -> None:
        self.query_one(".message", Static).update(words)

    def _rows(self, width: int) -> list[Row]:
        rows: list[Row] = []
        for verdict in BY_CONCERN:
            members = [(place, one) for place, one in enumerate(self._match.criteria) if one.verdict is verdict]
            if members:
                rows.append(Row(styled(f"{self.symbols.verdict(verdict)}  {len(members)}", VERDICT_STYLE[verdict])))
                rows += [Row(self._row(place, one, width), str(place)) for place, one in members]
        return rows

    def _row(self, place: int, one: CriterionMatch, width: int) -> Content:
        tick = "[x] " if place in self._ticked else "[ ] "
        label = styled(f"{shown(one.id, self.symbols)} ", VERDICT_STYLE[one.verdict])
        lines = [hung(label + criterion_text(one, self.symbols, _CLIPPED_AT, key=""), width, tick, "    ")]
        if one.decision:
            lines.append(hung(styled(shown(decision_words(one.decision), self.symbols), FAINT), width, "    ", "    "))
        return stacked(lines)


__all__ = ["TickCriteria"]
