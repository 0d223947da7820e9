"""Two to four trials side by side: their criteria aligned by what they test, the differences marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from matcher.app.commands import bindings
from matcher.app.screens.base import BaseScreen
from matcher.app.screens.dialogs import TextDialog
from matcher.app.shortlisting import export_comparison
from matcher.app.symbols import shown
from matcher.app.text.comparison import comparison_rows, row_detail, standing_words
from matcher.app.text.layout import spread, styled
from matcher.app.theme import FAINT
from matcher.app.widgets.key_bar import KeyBar
from matcher.app.widgets.pane import Pane
from matcher.export.comparison import Compared
from matcher.matching.aligning import Aligned, aligned
from matcher.model.match import TrialMatch
from matcher.vocabulary import load


class CompareScreen(BaseScreen):
    """What the trials ask of the same facts, with the patient's verdict in each."""

    SCOPE = "compare"
    BINDINGS = bindings("compare")

    def __init__(self, matches: Sequence[TrialMatch]) -> None:
        super().__init__()
        self._matches = tuple(matches)
        self._rows = aligned(self._matches, load())
        self._all = True

    def compose(self) -> ComposeResult:
        """The line on top, the rows, the keys."""
        yield Static(id="headline")
        yield Pane("Compare", id="compare")
        yield KeyBar("compare")

    def on_mount(self) -> None:
        """Show every row; what was said before does not lie over them."""
        self.app.clear_notifications()
        self.query_one(Pane).focus()
        self._show()

    def on_resize(self) -> None:
        """Draw the line on top for the new width."""
        self._draw_headline()

    def action_differences(self) -> None:
        """Only the rows that differ, or all of them."""
        self._all = not self._all
        self._show()

    def action_export(self) -> None:
        """Write what is shown to a file."""
        if self.session.profile is not None:
            found = Compared(self.session.profile.id, self.session.as_of, self._matches, tuple(self._rows), not self._all)
            export_comparison(self.matcher, found)

    def action_close(self) -> None:
        """Back to where she came from."""
        self.dismiss()

    def action_step_back(self) -> None:
        """There is no pane on the left."""

    def action_step_on(self) -> None:
        """There is no pane on the right."""

    @on(OptionList.OptionSelected, "#compare")
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Enter shows all that is asked in a row."""
        row = self._shown()[int(str(event.option_id)[1:])]
        self.matcher.push_screen(TextDialog("Side by side", lambda width: row_detail(self._matches, row, width, self.symbols)))

    def _shown(self) -> list[Aligned]:
        return [row for row in self._rows if self._all or row.standing != "same"]

    def _show(self) -> None:
        rows = self._shown()
        title = "Compare" if self._all else f"Compare {self.symbols.rule} only what is not the same"
        self.query_one(Pane).fill(lambda width: comparison_rows(self._matches, rows, width, self.symbols), title, first=True)
        self._draw_headline()

    def _draw_headline(self) -> None:
        profile, width = self.session.profile, self.size.width
        who = shown(profile.id, self.symbols) if profile else ""
        left = Content(f" {len(self._matches)} trials side by side {self.symbols.dot} {who}")
        self.query_one("#headline", Static).update(spread(left, styled(f"{standing_words(self._rows)} ", FAINT), width))


__all__ = ["CompareScreen"]
