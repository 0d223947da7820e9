"""A person's verdict on a criterion, or on several at once: which, why, and whose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.app import ComposeResult
from textual.content import Content

from matcher.app.screens.dialogs import Choices
from matcher.app.screens.signed import SignedDialog
from matcher.app.symbols import shown
from matcher.app.text.criteria import criterion_text
from matcher.app.text.layout import fitted, stacked, styled
from matcher.app.theme import FAINT, VERDICT_STYLE
from matcher.model.match import CriterionMatch
from matcher.model.verdict import Verdict
from matcher.session import Session
from matcher.storage.refusal import InputError

CONFIRM, NOTE, BACK = "confirm", "note", "back"
_VERDICTS = (("m", Verdict.PASS), ("x", Verdict.FAIL), ("a", Verdict.UNKNOWN), ("r", Verdict.REVIEW), ("n", Verdict.NA))
# An exclusion criterion that is “met” excludes, as trial staff speak: so what a verdict does to the patient stands beside
# it, and no letter of that word gives it there.
_NOT_SO = "d"
_MEANS = {
    "exclusion": {Verdict.PASS: "does not apply, the patient stays in", Verdict.FAIL: "applies, the patient is out"},
    "inclusion": {Verdict.PASS: "is so, the patient stays in", Verdict.FAIL: "is not so, the patient is out"},
    "": {Verdict.PASS: "the patient stays in by each; exclusions do not apply", Verdict.FAIL: "the patient is out by each"},
}
_OPEN = {Verdict.UNKNOWN: "a fact is still missing", Verdict.REVIEW: "a person has still to look", Verdict.NA: "its rule is not about this patient"}
_CLIPPED_AT, _ONE_OF_SEVERAL = 4000, 120  # of one criterion all there is room for, a page at a time


class JudgeDialog(SignedDialog):
    """The verdicts with their letters, a reason and initials."""

    def __init__(self, trial_id: str, criteria: Sequence[CriterionMatch]) -> None:
        super().__init__(Choices(()))
        self._trial_id, self._criteria = trial_id, tuple(criteria)

    def compose(self) -> ComposeResult:
        """The criteria, the answers, the reason, the initials."""
        several = len(self._criteria) > 1
        self._choices = Choices(tuple(self._answers()))
        which = f"{len(self._criteria)} criteria" if several else shown(self._criteria[0].id, self.symbols)
        title = f"Your verdict on {which} of {shown(self._trial_id, self.symbols)}"
        yield from self.box(title, self._words(), "reason or note (no names)", "" if several else self._criteria[0].remark)

    @property
    def kept_as(self) -> str:
        """A verdict."""
        return "judge"

    @property
    def about(self) -> tuple[str, ...]:
        """The trial and the criteria."""
        return (self._trial_id, *(one.id for one in self._criteria))

    def needed(self, answer: str) -> tuple[str, ...]:
        """A verdict needs its reason, a note its words, everything initials."""
        return ("by",) if answer in (CONFIRM, BACK) else ("why", "by")

    def keep(self, answer: str, why: str, by: str) -> None:
        """Keep what was decided of each criterion, as a record of its own."""
        keep_decisions(self.session, self._trial_id, self._criteria, answer, why, by)

    def _answers(self) -> Iterator[tuple[str, str, str]]:
        """The verdicts, each with its letter, and what else can be said of the criteria."""
        worked_out = {one.worked_out for one in self._criteria}
        decided = [one.decision for one in self._criteria if one.decision]
        kinds = {"exclusion" if one.kind == "exclusion" else "inclusion" for one in self._criteria}
        kind = kinds.pop() if len(kinds) == 1 else ""
        for key, verdict in _VERDICTS:
            letter = _NOT_SO if kind == "exclusion" and verdict is Verdict.PASS else key
            words = {**_MEANS[kind], **_OPEN}[verdict]
            yield letter, verdict.value, f"{self.symbols.verdict(verdict)}: {words}{'  (worked out)' if worked_out == {verdict} else ''}"
        stale = any(one.stale for one in decided)
        again = "give it again on what is so now"
        if len(self._criteria) == 1:
            yield "c", CONFIRM, again if stale else "confirm the verdict as it stands"
        else:
            yield "c", CONFIRM, f"confirm each as it stands{f', or {again}' if stale else ''}"
        yield "w", NOTE, "write a note only"
        if decided:
            yield "b", BACK, "take back what was decided"

    def _words(self) -> Content:
        symbols = self.symbols
        if len(self._criteria) > 1:
            return stacked([self._line(one) for one in self._criteria])
        (one,) = self._criteria
        worked = styled("worked out: ", FAINT) + styled(symbols.verdict(one.worked_out), VERDICT_STYLE[one.worked_out])
        return stacked([criterion_text(one, symbols, _CLIPPED_AT, key=""), worked + styled(f"  {shown(fitted(one.reason, _CLIPPED_AT, symbols.ellipsis), symbols)}", FAINT)])


    def _line(self, one: CriterionMatch) -> Content:
        """One of several criteria in short."""
        label = styled(f"{self.symbols.verdict(one.verdict)} {shown(one.id, self.symbols)} ", VERDICT_STYLE[one.verdict])
        return label + criterion_text(one, self.symbols, _ONE_OF_SEVERAL, key="")


def keep_decisions(session: Session, trial_id: str, criteria: Sequence[CriterionMatch], answer: str, why: str, by: str) -> None:
    """Keep what was decided of each criterion, as a record of its own; InputError says what is wrong with the reason or the initials."""
    judging, day = session.judging, session.today
    if not why and answer not in (CONFIRM, BACK) and len(criteria) > 1:
        raise InputError("reason", "", "expected why, in a few words")
    for one in criteria:
        if answer == CONFIRM:
            judging.confirm(trial_id, one, why, by, day)
        elif answer == NOTE:
            judging.note(trial_id, one, why, by, day)
        elif answer != BACK:
            judging.override(trial_id, one, Verdict(answer), why, by, day)
        elif one.decision:
            judging.take_back(trial_id, one, by, why)
    session.initials = by


__all__ = ["JudgeDialog", "keep_decisions"]
