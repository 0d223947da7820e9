"""A person's verdict on one criterion: which, why, and whose."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from matcher.app.screens.dialogs import Answers, Choices
from matcher.app.symbols import shown
from matcher.app.text.criteria import criterion_text
from matcher.app.text.layout import stacked, styled
from matcher.app.theme import FAINT, VERDICT_STYLE
from matcher.model.match import CriterionMatch
from matcher.model.verdict import Verdict
from matcher.session import Session
from matcher.storage.refusal import InputError

CONFIRM, NOTE, BACK = "confirm", "note", "back"
_VERDICTS = (("m", Verdict.PASS), ("x", Verdict.FAIL), ("a", Verdict.UNKNOWN), ("r", Verdict.REVIEW), ("n", Verdict.NA))
_CLIPPED_AT = 400


class JudgeDialog(Answers[str]):
    """The verdicts with their letters, a reason and initials; nothing is kept before Enter in the last line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_line", show=False, priority=True),
    ]

    def __init__(self, trial_id: str, one: CriterionMatch) -> None:
        super().__init__(Choices(()))
        self._trial_id, self._one = trial_id, one

    def compose(self) -> ComposeResult:
        """The criterion, the answers, the reason, the initials."""
        one, symbols = self._one, self.symbols
        rows = [(key, verdict.value, f"{symbols.verdict(verdict)}{'  (as worked out)' if verdict is one.worked_out else ''}") for key, verdict in _VERDICTS]
        stale = one.decision is not None and bool(one.decision.stale)
        rows += [("c", CONFIRM, "give it again on what is so now" if stale else "confirm the verdict as it stands"), ("w", NOTE, "write a note only")]
        rows += [("b", BACK, "take back what was decided")] if one.decision else []
        self._choices = Choices(tuple(rows))
        with Vertical(classes="box") as box:
            box.border_title = Content(f"Your verdict on {shown(self._trial_id, symbols)} {shown(one.id, symbols)}")
            box.border_subtitle = Content("letter choose, then why   Tab next line   Enter record   Esc back")
            with VerticalScroll(can_focus=False, classes="words"):
                yield Static(self._words())
            yield self._choices.listed()
            for name, hint, value in (("why", "reason or note (no names)", one.remark), ("by", "your initials", self.session.initials)):
                line = Input(value, placeholder=hint, id=name, select_on_focus=False)
                line.cursor_blink = False
                yield line
            yield Static(classes="message")

    def on_mount(self) -> None:
        """Begin on the answers."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = 0

    def on_key(self, event: events.Key) -> None:
        """A letter of an answer chooses it and goes on to the reason, unless a line is being typed."""
        answer = self._choices.by_key(event.character)
        if answer and not isinstance(self.focused, Input):
            event.stop()
            answers = self.query_one(OptionList)
            answers.highlighted = answers.get_option_index(answer)
            self.action_other_line()

    def action_other_line(self) -> None:
        """From the answers to the reason, then to the initials, then to the reason again."""
        self.query_one("#by" if self.focused is self.query_one("#why") else "#why", Input).focus()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def record(self, event: OptionList.OptionSelected | Input.Submitted) -> None:
        """Enter goes on to the line that is still empty, then keeps what was decided, or says what is wrong."""
        event.stop()
        option, why, by = self.query_one(OptionList).highlighted_option, self.query_one("#why", Input), self.query_one("#by", Input)
        if option is None or option.id is None:
            return
        empty = [line for line in ([by] if option.id in (CONFIRM, BACK) else [why, by]) if not line.value.strip()]
        if empty and empty[0] is not self.focused:
            empty[0].focus()
            return
        try:
            keep_decision(self.session, self._trial_id, self._one, option.id, why.value.strip(), by.value.strip())
        except InputError as error:
            message = self.query_one(".message", Static)
            message.add_class("-wrong")
            message.update(Content(shown(f"Not recorded. {error}", self.symbols)))
            (by if "initials" in str(error) else why).focus()
        else:
            self.dismiss(option.id)

    def _words(self) -> Content:
        one, symbols = self._one, self.symbols
        worked = styled("worked out: ", FAINT) + styled(symbols.verdict(one.worked_out), VERDICT_STYLE[one.worked_out])
        return stacked([criterion_text(one, symbols, _CLIPPED_AT), worked + styled(f"  {shown(one.reason[:_CLIPPED_AT], symbols)}", FAINT)])


def keep_decision(session: Session, trial_id: str, one: CriterionMatch, answer: str, why: str, by: str) -> None:
    """Keep what was decided; InputError says what is wrong with the reason or the initials."""
    judging, day = session.judging, session.today
    if answer == CONFIRM:
        judging.confirm(trial_id, one, why, by, day)
    elif answer == NOTE:
        judging.note(trial_id, one, why, by, day)
    elif answer == BACK:
        judging.take_back(trial_id, one, by, why)
    else:
        judging.override(trial_id, one, Verdict(answer), why, by, day)
    session.initials = by


__all__ = ["JudgeDialog", "keep_decision"]
