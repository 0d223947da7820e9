"""The patient: the facts recorded, and what is not recorded."""

from __future__ import annotations

from operator import is_

from textual.app import ComposeResult
from textual.containers import Vertical

from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.layout import styled
from matcher.app.text.patient import patient_rows
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT
from matcher.app.widgets.pane import Pane


class PatientColumn(Shared, Vertical):
    """The facts of the patient in hand."""

    def __init__(self) -> None:
        super().__init__(id="patient-column", classes="column")
        self._shown: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        """The list."""
        yield Pane("Patient", id="patient")

    def show(self) -> None:
        """Show the facts, and what is not recorded, where they are others than those shown."""
        session = self.session
        now = (session.profile, session.questions, session.up_to_date)
        if self._shown and all(map(is_, now, self._shown)):
            return
        self._shown = now
        title = f"Patient {shown(session.profile.id, self.symbols)}" if session.profile else "Patient"

        def rows(width: int) -> list[Row]:
            if session.profile is None:
                return [Row(styled("no patient chosen", FAINT))]
            judged = bool(session.matches) or session.up_to_date
            unlike = session.contradictions if judged else ()  # the first frame does not wait for it
            return patient_rows(session.profile, session.questions, width, self.symbols, self.today, unlike, judged)

        self.query_one("#patient", Pane).fill(rows, title)
