"""The criteria of the chosen trial: the protocol's own words first, our sentence beneath."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from matcher.app.symbols import Symbols, shown, shown_with_spans
from matcher.app.text.layout import fitted, hung, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.text.spans import marked
from matcher.app.theme import FAINT, HEADING, VERDICT_STYLE
from matcher.export.text import decision_words, evidence_words
from matcher.matching.few_words import beside_text
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.verdict import BY_CONCERN, Verdict

CLIPPED_AT = 600
_NOT_COUNTED = 40  # so few characters more are shown rather than counted


def criterion_rows(match: TrialMatch, width: int, symbols: Symbols, as_written: bool) -> list[Row]:
    """The criteria grouped by what the nurse must do, or in the order in which they are written."""
    numbered = list(enumerate(match.criteria))
    if as_written:
        return [Row(_criterion(one, width, symbols, True), f"c{number}") for number, one in numbered]
    rows: list[Row] = []
    for verdict in BY_CONCERN:
        members = [(number, one) for number, one in numbered if one.verdict is verdict]
        if not members and verdict is not Verdict.FAIL:
            continue
        rows.append(Row(_group_heading(verdict, len(members), symbols)))
        rows.extend(Row(_criterion(one, width, symbols, False), f"c{number}") for number, one in members)
    return rows


def _group_heading(verdict: Verdict, number: int, symbols: Symbols) -> Content:
    style = VERDICT_STYLE[verdict] if number else FAINT
    return Content("\n") + styled(symbols.verdict(verdict), style) + styled(f"  {number or 'none'}", FAINT)


def _criterion(one: CriterionMatch, width: int, symbols: Symbols, signed: bool) -> Content:
    sign = f"{symbols.verdict(one.verdict)} " if signed else ""
    label = f"{sign}{shown(one.id, symbols)}{said_by(one, symbols)} "
    body = criterion_text(one, symbols, CLIPPED_AT)
    text = styled(label, VERDICT_STYLE[one.verdict]) + body
    indent = " " * min(len(label), 8)
    lines = [hung(text, width, "", indent)]
    if reason := beside_text(one.reason, one.text):
        lines.append(hung(styled(shown(_clipped(reason, symbols), symbols), FAINT), width, indent, indent))
    if one.decision and not one.overruled:
        style = "$ask" if one.decision.stale else "$accent"
        lines.append(hung(styled(shown(_clipped(decision_words(one.decision), symbols), symbols), style), width, indent, indent))
    if one.remark:
        lines.append(hung(styled(shown(_clipped(f"Note: {one.remark}", symbols), symbols), "$accent"), width, indent, indent))
    return stacked(lines)


def said_by(one: CriterionMatch, symbols: Symbols) -> str:
    """Who gave the verdict, where it is not the one worked out, and what that was."""
    if one.decision is None or not one.overruled:
        return ""
    return shown(f" [{one.decision.by}, not {symbols.verdict(one.worked_out)}]", symbols)


def criterion_text(one: CriterionMatch, symbols: Symbols, clipped_at: int | None = None, key: str = " (Enter)") -> Content:
    """The criterion's own words: what was read underlined, what was not in brackets; long ones clipped, saying so and by which key all is seen."""
    rest = len(one.text) - clipped_at if clipped_at else 0
    rest = 0 if rest <= _NOT_COUNTED else rest
    own = one.text[:clipped_at] if rest > 0 else one.text
    spans = tuple((min(start, len(own)), min(end, len(own))) for start, end in one.spans)
    text, moved = shown_with_spans(own, spans, symbols, lines=clipped_at is None)
    content = marked(Content(text), one, moved)
    if rest > 0:
        content += styled(f"{symbols.ellipsis} {rest} more characters{key}", FAINT)
    content += styled({"none": "  [not read]", "part": "  [read in part]"}.get(one.read, ""), f"italic {FAINT}")
    group = fitted(one.group, 60, symbols.ellipsis)
    return styled(f"{shown(group, symbols)}: ", FAINT) + content if group else content


def _clipped(text: str, symbols: Symbols) -> str:
    return text if len(text) <= CLIPPED_AT else text[:CLIPPED_AT].rstrip() + symbols.ellipsis


def criterion_detail(one: CriterionMatch, width: int, symbols: Symbols, changes: Sequence[str] = ()) -> Content:
    """Everything known of one criterion, for a screen of its own, with what would change it."""
    parts: list[Content] = [
        styled(symbols.verdict(one.verdict), VERDICT_STYLE[one.verdict])
        + styled(f"{said_by(one, symbols)}   {shown(one.id, symbols)}, {one.kind}", FAINT),
        Content(""),
        hung(criterion_text(one, symbols), width),
    ]
    for heading, words in [*_detail_parts(one, symbols), *([("What would change this", changes)] if changes else [])]:
        parts += [Content(""), styled(heading, HEADING)]
        parts += [hung(Content(shown(line, symbols)), width, "  ", "  ") for line in words]
    return stacked(parts)


def _detail_parts(one: CriterionMatch, symbols: Symbols) -> list[tuple[str, Sequence[str]]]:
    found: list[tuple[str, Sequence[str]]] = [("Why", [one.reason] if one.reason else [])]
    found.append(("Decided", [decision_words(one.decision)] if one.decision and not one.overruled else []))
    found.append(("Your note", [one.remark] if one.remark else []))
    found.append(("Facts used", [evidence_words(fact) for fact in one.evidence]))
    found.append(("To ask", [ask.question for ask in one.missing]))
    if one.presumed is not one.verdict:
        found.append(
            ("If nothing is missing from the record", [f"{symbols.verdict(one.presumed)} (a hint, not a verdict)"])
        )
    if one.likely is not None and one.likely is not one.presumed:
        found.append(("If it means what was read of it", [f"{symbols.verdict(one.likely)} (a hint, not a verdict)"]))
    found.append(("Note in the protocol", [one.note] if one.note else []))
    found.append(("Read as", [one.check or "not read: a person has to judge it"]))
    return [(heading, words) for heading, words in found if words]
