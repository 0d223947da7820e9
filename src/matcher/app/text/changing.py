"""What would change the chosen trial, as rows: Enter on a missing fact asks it, on a criterion shows all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import hung, short_day, styled
from matcher.app.text.rows import Row
from matcher.app.theme import FAINT, HEADING, VERDICT_STYLE
from matcher.model.match import TrialMatch
from matcher.model.verdict import SHOWN, Question, Verdict
from matcher.session.changing import Changing, WouldChange, short


def changing_rows(found: Changing, match: TrialMatch, width: int, symbols: Symbols, today: date) -> tuple[list[Row], list[Question]]:
    """The rows, and the questions that the rows "ask0", "ask1", … stand for."""
    rows = [Row(hung(styled(shown(found.summary, symbols), HEADING), width))]
    questions: list[Question] = []
    for one in found.open:
        rows += _criterion(one, match, width, symbols, today, questions)
    if found.narrow:
        rows.append(Row(Content("\n") + styled("Met, with little to spare", HEADING)))
        for one in found.narrow:
            rows += _criterion(one, match, width, symbols, today, questions)
    return rows, questions


def _criterion(one: WouldChange, match: TrialMatch, width: int, symbols: Symbols, today: date, questions: list[Question]) -> Iterator[Row]:
    criterion = one.criterion
    sign = styled(f"{symbols.verdicts[criterion.verdict]} {shown(criterion.id, symbols)} ", VERDICT_STYLE[criterion.verdict])
    text = Content("\n") + hung(sign + Content(shown(short(criterion.text), symbols)), width, "", "   ")
    place = next(number for number, other in enumerate(match.criteria) if other is criterion)
    body = [text, *(hung(line, width, "   ", "     ") for line in _lines(one, symbols, today))]
    yield Row(Content("\n").join(body), f"c{place}")
    for ask in one.asked:
        words = styled("   ask  ", "$ask") + Content(shown(ask.question.question, symbols))
        effect = styled(f"  {shown(ask.words, symbols)}", FAINT) if ask.words else Content("")
        yield Row(hung(words + effect, width, "", "        "), f"ask{len(questions)}")
        questions.append(ask.question)


def _lines(one: WouldChange, symbols: Symbols, today: date) -> Iterator[Content]:
    if one.day and one.then:
        yield Content(f"from {short_day(one.day, today)}: a window ends") + _becomes(one.then, symbols)
    for found in one.otherwise:
        yield Content(shown(found.words, symbols)) + _becomes(found.becomes, symbols)
    if one.criterion.verdict is Verdict.REVIEW and not one.asked:
        yield styled("for a person to judge: put your verdict in its place", FAINT)
    elif not (one.day or one.otherwise or one.asked):
        yield styled("no single fact: several would have to be otherwise", FAINT)


def _becomes(verdict: Verdict, symbols: Symbols) -> Content:
    return Content(f" {symbols.right} ") + styled(f"{symbols.verdicts[verdict]} {SHOWN[verdict][1]}", VERDICT_STYLE[verdict])


__all__ = ["changing_rows"]
