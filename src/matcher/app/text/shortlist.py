"""The shortlist and what changed since one was exported, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import fitted, hung, short_day, stacked, styled
from matcher.app.text.rows import Row
from matcher.app.text.trial_rows import count_bar
from matcher.app.theme import FAINT, HEADING, TIER_STYLE
from matcher.export.recheck import Recheck
from matcher.model.match import TrialMatch
from matcher.model.trial import status_words
from matcher.storage.marks import Mark


def shortlist_rows(marked: Sequence[tuple[Mark, TrialMatch | None]], width: int, symbols: Symbols, today: date) -> list[Row]:
    """A row for each marked trial in the order of the list: title, mark, standing, note."""
    return [Row(_marked(number, mark, match, width, symbols, today), mark.trial_id) for number, (mark, match) in enumerate(marked, 1)]


def recheck_rows(found: Recheck, width: int, symbols: Symbols) -> list[Row]:
    """What changed for everything, then trial by trial."""
    rows = [Row(stacked([styled("Of the whole list", HEADING), *_sentences(found.general, width, symbols)]), "all")]
    for one in found.trials:
        title = styled(fitted(shown(f"{one.id}  {one.title}", symbols), width, symbols.ellipsis), "bold" if one.lines else FAINT)
        rows.append(Row(stacked([Content("\n") + title, *_sentences(one.lines, width, symbols)]), f"t:{one.id}"))
    return rows


def _marked(number: int, mark: Mark, match: TrialMatch | None, width: int, symbols: Symbols, today: date) -> Content:
    title = match.title if match and match.title else mark.trial_id
    label = f"{number:>2} "
    lines = [styled(label, FAINT) + styled(fitted(shown(title, symbols), width - len(label), symbols.ellipsis), "bold")]
    said = styled(f"{symbols.marks[mark.mark]} {mark.mark}", "$accent") + Content("  ")
    if match is None:
        said += styled("not judged yet, or the record is gone", "$ask")
    else:
        said += styled(symbols.tier(match.tier), TIER_STYLE.get(match.tier, "")) + Content(" ") + count_bar(match, symbols)
        since = f" {symbols.dot} from {short_day(match.eligible_from, today)}" if match.eligible_from else ""
        said += styled(f" {status_words(match.status)}{since} {symbols.dot} {shown(fitted(match.trial_id, 60, symbols.ellipsis), symbols)}", FAINT)
    lines.append(hung(said, width, "   ", "   "))
    if mark.note:
        lines.append(hung(Content(shown(mark.note, symbols)), width, "   ", "   "))
    return stacked(lines)


def _sentences(lines: Sequence[str], width: int, symbols: Symbols) -> list[Content]:
    if not lines:
        return [styled("  nothing has changed", FAINT)]
    return [hung(Content(shown(line, symbols)), width, "  ", "    ") for line in lines]


__all__ = ["recheck_rows", "shortlist_rows"]
