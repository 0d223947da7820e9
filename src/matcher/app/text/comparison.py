"""Trials side by side: what each asks of the same fact, in columns where there is room, else one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.criteria import criterion_detail, criterion_text, said_by
from matcher.app.text.layout import fitted, hung, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.text.trial_rows import count_bar
from matcher.app.theme import FAINT, HEADING, TIER_STYLE, VERDICT_STYLE
from matcher.export.comparison import NOT_ASKED, SIGNS, STANDINGS, elsewhere_words, tested_words
from matcher.matching.aligning import Aligned, Cell
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.trial import status_words

LEAST_COLUMN = 30  # cells: in narrower columns the trials stand one under the other
_CLIPPED_AT = 240
_STYLES = {"same": FAINT, "some": FAINT, "differ": "bold $ask", "one": "$review", "own": FAINT}
_PLAIN_SIGNS = {"same": "=", "some": "~", "differ": "#", "one": "-", "own": "-"}


def comparison_rows(matches: Sequence[TrialMatch], rows: Sequence[Aligned], width: int, symbols: Symbols) -> list[Row]:
    """The trials at the top, then a row for each fact that is tested, named by its number."""
    head = [_trial(number, match, _room(len(matches), width), symbols) for number, match in enumerate(matches, 1)]
    found = [Row(_beside(head, width, symbols))]
    for number, row in enumerate(rows):
        heading = Content("\n") + _heading(row, width, symbols)
        cells = [_cell(place, cell, _room(len(matches), width), symbols) for place, cell in enumerate(row.cells, 1)]
        found.append(Row(stacked([heading, _beside(cells, width, symbols)]), f"r{number}"))
    return found


def row_detail(matches: Sequence[TrialMatch], row: Aligned, width: int, symbols: Symbols) -> Content:
    """Everything that the trials ask in one row, criterion by criterion."""
    parts = [_heading(row, width, symbols)]
    for number, (match, cell) in enumerate(zip(matches, row.cells, strict=True), 1):
        title = shown(f"{number}  {match.trial_id}  {match.title}", symbols)
        parts += [Content(""), styled(fitted(title, width, symbols.ellipsis), "bold")]
        parts += [stacked([Content(""), criterion_detail(one, width, symbols)]) for one in cell.criteria]
        parts += [styled(words, FAINT) for words in _besides(cell, symbols)]
    return stacked(parts)


def standing_words(rows: Sequence[Aligned]) -> str:
    """How many rows compare how: "7 differ, 3 the same, 12 asked by one alone"."""
    counts = {name: sum(row.standing == name for row in rows) for name in STANDINGS}  # each its own: nothing to be counted
    said = (("differ", "differ"), ("same", "the same"), ("some", "the same where asked"), ("one", "asked by one alone"))
    return ", ".join(f"{counts[name]} {'differs' if (counts[name], words) == (1, 'differ') else words}" for name, words in said if counts[name]) or "nothing to compare"


def _room(count: int, width: int) -> int:
    """The width of a column; that of the whole screen where columns would be too narrow."""
    column = (width - 3 * (count - 1)) // count
    return column if column >= LEAST_COLUMN else width


def _beside(cells: Sequence[Content], width: int, symbols: Symbols) -> Content:
    column = _room(len(cells), width)
    if column == width:
        return stacked(cells)
    gap = styled(" | " if symbols.plain else " │ ", FAINT)
    lines = []
    for parts in zip_longest(*(cell.split("\n", allow_blank=True) for cell in cells), fillvalue=Content("")):
        lines.append(gap.join([part + Content(" " * max(0, column - part.cell_length)) for part in parts]).rstrip())
    return stacked(lines)


def _heading(row: Aligned, width: int, symbols: Symbols) -> Content:
    sign = (_PLAIN_SIGNS if symbols.plain else SIGNS)[row.standing]
    name = shown(tested_words(row), symbols)
    tail = f"  {STANDINGS[row.standing]}"
    return styled(f"{sign} ", _STYLES[row.standing]) + styled(fitted(name, max(8, width - len(tail) - 2), symbols.ellipsis), HEADING) + styled(tail, _STYLES[row.standing])


def _trial(number: int, match: TrialMatch, width: int, symbols: Symbols) -> Content:
    title = hung(styled(fitted(shown(match.title or match.trial_id, symbols), 2 * width - 8, symbols.ellipsis), "bold"), width, f"{number} ", "  ")
    place = styled(fitted(shown(match.trial_id, symbols), width - 2, symbols.ellipsis), FAINT)
    standing = styled(symbols.tier(match.tier), TIER_STYLE.get(match.tier, "")) + styled(f" {symbols.dot} {status_words(match.status)}", FAINT)
    return stacked([title, hung(place, width, "  "), hung(standing, width, "  ", "  "), Content("  ") + count_bar(match, symbols)])


def _cell(number: int, cell: Cell, width: int, symbols: Symbols) -> Content:
    lines = [_criterion(one, width, symbols) for one in cell.criteria]
    lines += [hung(styled(words, FAINT), width, "  ", "  ") for words in _besides(cell, symbols)]
    first, *rest = lines
    return stacked([styled(f"{number}", FAINT) + first[1:], *rest])


def _besides(cell: Cell, symbols: Symbols) -> list[str]:
    """What is to be said of a trial beside its criteria in a row."""
    if cell.elsewhere:
        return [shown(elsewhere_words(cell), symbols)]
    return [] if cell.criteria else [NOT_ASKED]


def _criterion(one: CriterionMatch, width: int, symbols: Symbols) -> Content:
    label = styled(f"{symbols.verdict(one.verdict)} {shown(one.id, symbols)}{said_by(one, symbols)} ", VERDICT_STYLE[one.verdict])
    return hung(label + criterion_text(one, symbols, _CLIPPED_AT), width, "  ", "  ")


__all__ = ["LEAST_COLUMN", "comparison_rows", "row_detail", "standing_words"]
