"""The chosen trial in three views: its criteria with a reason for each, what would change its standing, its record."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList

from matcher.app.columns.trials import TrialsColumn
from matcher.app.commands import key_shown, keys_of, of
from matcher.app.screens.trial_dialog import TrialDialog
from matcher.app.shared import Shared
from matcher.app.symbols import shown
from matcher.app.text.changing import changing_rows
from matcher.app.text.criteria import criterion_detail, criterion_rows
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.text.record import record_content
from matcher.app.text.rows import Row
from matcher.app.text.trials import trial_heading
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.pane import Pane
from matcher.app.widgets.views import Views
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Trial, status_words
from matcher.model.verdict import Question, Verdict
from matcher.session.browsing import Shelved, shelved_here
from matcher.session.changing import Changing, changing
from matcher.session.judging import lost_decisions, lost_words
from matcher.session.why_here import ORDER, WhyHere, why_here

VIEWS = {"criteria": "criteria", "changes": "what would change this", "record": "record"}
_KEYS = {"next-undecided": "next undecided", "judge": "judge", "edit-check": "check", "view": ""}
_UNDECIDED = (Verdict.UNKNOWN, Verdict.REVIEW)


class CriteriaColumn(Shared, Vertical):
    """The chosen trial: criteria as written or grouped by what to do, what would change them, or the record."""

    class Asked(Message):
        """A missing fact is to be asked for now."""

        def __init__(self, question: Question) -> None:
            super().__init__()
            self.question = question

    class Lost(Message):
        """A decision whose criterion is no longer there is to be dealt with."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__(id="criteria-column", classes="column")
        self.as_written = False
        self.view = "criteria"
        self._questions: list[Question] = []
        self._shelved: Shelved | None = None
        self._changing: tuple[Profile, TrialMatch, Changing] | None = None

    def compose(self) -> ComposeResult:
        """The names of the views, and the list."""
        yield Views(VIEWS, "views")
        yield Pane("Criteria", id="criteria")

    @property
    def chosen(self) -> CriterionMatch | None:
        """The criterion under the cursor."""
        match, row = self.session.chosen, self._pane.chosen_row or ""
        return match.criteria[int(row[1:])] if match and row[:1] == "c" and row[1:].isdigit() else None

    def show(self, first: bool = False) -> None:
        """Show the chosen trial; `first` puts the cursor on the first row."""
        match = self.session.chosen
        keys = {one.id: key_shown(key) for one in of("main") if one.id in _KEYS for key in keys_of(one, self.matcher.keymap)[:1]}
        self.query_one(Views).show(self.view, keys.get("view", ""))
        self._pane.border_subtitle = Content("  ".join(f"{keys[name]} {words}" for name, words in _KEYS.items() if words and name in keys))
        if match is None:
            self._pane.fill(lambda width: [Row(styled("no trial chosen", FAINT))], "Criteria")
            return
        order = ["as written" if self.as_written else "by what to do"] if self.view == "criteria" else []
        parts = (shown(match.trial_id, self.symbols), status_words(match.status), *order)
        self._pane.fill(lambda width: self._rows(match, width), f" {self.symbols.dot} ".join(parts), first)

    def turn_order(self) -> None:
        """The criteria as written, or grouped."""
        self.as_written, self.view = not self.as_written, "criteria"
        self.show()

    def turn_view(self, view: str = "") -> None:
        """Another view: the one named, or the next."""
        names = list(VIEWS)
        self.view = view or names[(names.index(self.view) + 1) % len(names)]
        self.show(first=True)

    def next_undecided(self) -> bool:
        """The cursor on the next criterion to ask about or to judge, after the last the first; False where there is none."""
        if self.view == "record":
            self.turn_view("criteria")
        match, pane = self.session.chosen, self._pane
        places = [f"c{number}" for number, one in enumerate(match.criteria) if one.verdict in _UNDECIDED] if match else []
        rows = [one.id for one in pane.options if one.id in places]
        if not rows:
            return False
        here = pane.highlighted or 0
        after = [row for row in rows if row and pane.get_option_index(row) > here]
        pane.go_to(str((after or rows)[0]))
        return True

    @on(OptionList.OptionSelected, "#criteria")
    def open_row(self, event: OptionList.OptionSelected) -> None:
        """Enter on a criterion shows all of it, on a missing fact asks it, on the heading says why the trial ranks here."""
        match, row = self.session.chosen, event.option_id or ""
        if match is None or not row:
            return
        if row.startswith("ask"):
            self.post_message(self.Asked(self._questions[int(row[3:])]))
        elif row.startswith("lost"):
            self.post_message(self.Lost(int(row[4:])))
        elif self.chosen is not None:
            self.open_criterion(self.chosen)
        elif row == "trial":
            self.tell_why_here()

    def tell_why_here(self) -> bool:
        """Why the chosen trial stands where it does among the others; False where none is chosen."""
        match = self.session.chosen
        if match is not None:
            why = why_here(self.session.matches, match)
            self.app.push_screen(TrialDialog(shown(match.trial_id, self.symbols), lambda width: self._why_here(match, why, width)))
        return match is not None

    def open_criterion(self, one: CriterionMatch) -> None:
        """Everything known of a criterion."""
        title = f"{shown(self.session.chosen_id or '', self.symbols)} {shown(one.id, self.symbols)}"
        changes = self._changes_of(one)
        self.app.push_screen(TrialDialog(title, lambda width: criterion_detail(one, width, self.symbols, changes), one))

    @property
    def _pane(self) -> Pane:
        return self.query_one("#criteria", Pane)

    @property
    def _record(self) -> Trial | None:
        return next((one for one in self.session.trials or () if one.id == self.session.chosen_id), None)

    def _rows(self, match: TrialMatch, width: int) -> list[Row]:
        heading = Row(trial_heading(match, width, self.symbols, self.today), "trial")
        record, profile = self._record, self.session.profile
        if self.view == "record":
            return self._record_rows(record, width)
        if self.view == "changes" and record is not None and profile is not None:
            rows, self._questions = changing_rows(self._would_change(profile, record, match), match, width, self.symbols, self.today)
            return [heading, *rows]
        lost = lost_decisions(self.session.judging.marks, match) if profile is not None else []
        told = [Row(hung(styled(shown(lost_words(one), self.symbols), "$ask"), width), f"lost{place}") for place, one in enumerate(lost)]
        return [heading, *told, *criterion_rows(match, width, self.symbols, self.as_written)]

    def _record_rows(self, record: Trial | None, width: int) -> list[Row]:
        """The record, a row for each of its parts, so that the cursor scrolls through it."""
        if record is None:
            return [Row(styled("the record is not at hand", FAINT))]
        if self._shelved is None or self._shelved.trial is not record:
            self._shelved = shelved_here(self.session.folders, record)
        places = self.screen.query_one(TrialsColumn).places
        parts = record_content(self._shelved, width, self.symbols, places, criteria=False).split("\n\n", allow_blank=True)
        return [Row(Content("\n") + part if number else part, f"part{number}") for number, part in enumerate(parts)]

    def _would_change(self, profile: Profile, record: Trial, match: TrialMatch) -> Changing:
        """What would change the trial, worked out once for the same facts and verdicts."""
        if self._changing is None or self._changing[0] is not profile or self._changing[1] is not match:
            self._changing = profile, match, changing(profile, record, match, self.session.as_of)
        return self._changing[2]

    def _changes_of(self, one: CriterionMatch) -> list[str]:
        """What would change one criterion, where something is to be told that is no question."""
        record, profile, match = self._record, self.session.profile, self.session.chosen
        if record is None or profile is None or match is None or not record.criteria:
            return []
        found = self._would_change(profile, record, match)
        return [line for change in (*found.open, *found.narrow) if change.criterion is one for line in change.lines() if not line.startswith("ask")]

    def _why_here(self, match: TrialMatch, why: WhyHere, width: int) -> Content:
        parts = (("Why it stands here", (why.place, ORDER)), ("The trials beside it", why.beside), ("Its points", why.points))
        lines = [trial_heading(match, width, self.symbols, self.today)]
        for heading, said in parts:
            if said:
                lines += [Content(""), styled(heading, HEADING)]
                lines += [hung(Content(shown(words, self.symbols)), width, "  ", "    ") for words in said]
        return stacked(lines)
