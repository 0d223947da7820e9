"""The ward: every saved patient with the best trials for her."""

from __future__ import annotations

from collections.abc import Callable

from matcher.app.commands import bindings
from matcher.app.screens.several import GAP, Patients, SeveralPatients
from matcher.app.text.rows import LongRow, drawn
from matcher.app.text.several import bed_row, best_row
from matcher.session.outcome import Progress
from matcher.session.ward import Bed, WardAsked

_BEST = 3  # trials of each patient that are shown


class WardScreen(SeveralPatients[Bed]):
    """Every patient, and beneath her the trials that stand first."""

    SCOPE = "ward"
    TITLE = "Ward"
    BINDINGS = bindings("ward")

    def judge(self, patients: Patients, told: Callable[[Bed], None], unwanted: Callable[[], bool]) -> None:
        """Match each patient against every trial."""

        def hears(found: Bed | Progress) -> None:
            if isinstance(found, Bed):
                told(found)

        self.session.answering.each(WardAsked(tuple(patients), _BEST, self.session.folders), hears, unwanted)

    def rows(self, judged: list[Bed], width: int) -> list[LongRow]:
        """A row for each patient and one for each of her trials, a line each."""
        rows: list[LongRow] = []
        for bed in judged:
            code = bed.profile.id
            rows.append(drawn(code, bed_row(bed, width, self.symbols, self.today)))
            rows += [drawn(f"{code}{GAP}{one.trial_id}", best_row(one, width, self.symbols, self.today)) for one in bed.best]
        return rows

    def headline(self, judged: list[Bed]) -> str:
        """How many patients have a trial."""
        some = sum(bool(bed.best) for bed in judged)
        return f"Ward: {len(judged)} patient{'' if len(judged) == 1 else 's'}, {some} with a trial; open ones first, facts as saved" if judged else "Ward"
