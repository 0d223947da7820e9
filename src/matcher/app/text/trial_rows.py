"""One row of the list of trials: can she, what stands in the way, what is still open, where it runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from rich.cells import cell_len
from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import cut, fitted, short_day, spread, stacked, styled
from matcher.app.text.rows import LongRow
from matcher.app.text.trials import relation_words
from matcher.app.theme import FAINT, TIER_STYLE, VERDICT_STYLE
from matcher.model.match import TrialMatch
from matcher.model.trial import OPEN_STATUSES, status_words
from matcher.model.verdict import SHOWN, Verdict
from matcher.model.visible import unescaped
from matcher.session.results import Result

BAR_CELLS = 12
_BAR_ORDER = (Verdict.PASS, Verdict.UNKNOWN, Verdict.REVIEW, Verdict.FAIL)
_MOST_LINES = 3  # of what stands in the way, or so


class TrialRows:
    """The rows of a list of trials for one width: how high each is, worked out once, and what it says when it is seen."""

    def __init__(self, width: int, symbols: Symbols, today: date) -> None:
        self.width = width
        self._symbols, self._today = symbols, today
        self._made: dict[int, LongRow] = {}

    def row(self, one: Result) -> LongRow:
        """The row of a trial."""
        key = id(one)
        if key not in self._made:
            height = 2 + len(_packed(self._facts(one), self.width - _marked(one, self._symbols))) + len(self._stands_in_the_way(one.match))
            self._made[key] = LongRow(one.id, height, lambda: self.draw(one))
        return self._made[key]

    def draw(self, one: Result) -> Content:
        """The title; the standing with the bar of counts; what kind of trial and where, and the mark; then what excludes."""
        match, symbols, width = one.match, self._symbols, self.width
        title = styled(fitted(shown(match.title or match.trial_id, symbols), width, symbols.ellipsis), "bold")
        standing = styled(f"{symbols.tier(match.tier):<11}", TIER_STYLE.get(match.tier, ""))
        counted = _counted(match)
        cells = max(4, min(BAR_CELLS, width - 12 - counted.cell_length))
        second = standing + count_bar(match, symbols, cells) + Content(" ") + counted
        lines = [title, cut(second, width, symbols.ellipsis), *self._fact_lines(one)]
        sign = f"  {symbols.verdicts[Verdict.FAIL]} "
        for number, line in enumerate(self._stands_in_the_way(match)):
            lines.append(styled((" " * len(sign) if number else sign) + line, "$excludes"))
        return stacked(lines)

    def _fact_lines(self, one: Result) -> list[Content]:
        symbols, marked = self._symbols, _marked(one, self._symbols)
        dot = styled(f" {symbols.dot} ", FAINT)
        packed = _packed(self._facts(one), self.width - marked)
        lines = [Content("    " if number else "  ") + dot.join([styled(*piece) for piece in pieces]) for number, pieces in enumerate(packed)]
        lines = [cut(line, self.width - (0 if number else marked), symbols.ellipsis) for number, line in enumerate(lines)]
        if marked:
            lines[0] = spread(lines[0], styled(f"{symbols.marks[one.mark]} {one.mark}", "$accent"), self.width, symbols.ellipsis)
        return lines

    def _facts(self, one: Result) -> tuple[tuple[str, str], ...]:
        match, symbols = one.match, self._symbols
        relation, status = shown(relation_words(match.condition_relation), symbols), shown(status_words(match.status), symbols)
        pieces: list[tuple[str, str]] = [(relation, FAINT), (status, FAINT)]
        if match.status == "unknown":
            pieces = [("open? not known", "$ask"), (relation, FAINT)]
        elif match.status not in OPEN_STATUSES:
            pieces = [(f"not open ({status})", "$ask"), (relation, FAINT)]
        pieces += [(shown(phase_words(one.phases), symbols), FAINT)] if one.phases else []
        if one.sites:
            pieces.append((shown(sites_words(one), symbols), "$accent" if one.near else FAINT))
        return tuple(pieces)

    def _stands_in_the_way(self, match: TrialMatch) -> tuple[str, ...]:
        if not match.excluding:
            return ()
        symbols, first = self._symbols, match.excluding[0]
        tail = f" {symbols.dot} {len(match.excluding) - 1} more" if len(match.excluding) > 1 else ""
        tail += f" {symbols.dot} from {short_day(match.eligible_from, self._today)}" if match.eligible_from else ""
        text = fitted(unescaped(first.text).rstrip(" .:;,"), 60, symbols.ellipsis)
        reason = first.reason.removeprefix("Recorded: ")
        words = shown(f"{first.id} {text}: {reason}".rstrip(" .:;,"), symbols)
        return _wrapped(words, tail, self.width - 4, symbols.ellipsis)


def _marked(one: Result, symbols: Symbols) -> int:
    """How many cells the mark takes, with the gap before it."""
    return len(symbols.marks[one.mark]) + len(one.mark) + 2 if one.mark in symbols.marks else 0


@lru_cache(8192)
def _packed(pieces: tuple[tuple[str, str], ...], width: int) -> tuple[tuple[tuple[str, str], ...], ...]:
    """The pieces on one line where they fit, else on two."""
    used = 2
    for number, (text, _) in enumerate(pieces):
        used += cell_len(text) + (3 if number else 0)
        if used > width and number:
            return pieces[:number], pieces[number:]
    return (pieces,)


@lru_cache(8192)
def _wrapped(words: str, tail: str, width: int, ellipsis: str) -> tuple[str, ...]:
    """What stands in the way on few lines; what comes after it is kept whole."""
    said = fitted(words, max(10, _MOST_LINES * width - len(tail) - 12), ellipsis) + tail
    return tuple(line.rstrip().plain for line in Content(said).wrap(max(8, width)))


def phase_words(phases: Sequence[str]) -> str:
    """The phases in one: phase 1/2."""
    numbers = [phase.removeprefix("phase ") for phase in phases]
    return f"phase {'/'.join(numbers)}" if all(phase.startswith("phase ") for phase in phases) else ", ".join(phases)


def sites_words(one: Result) -> str:
    """Where it runs: 3 sites in Chicago, 1 in Boston; else how many sites there are."""
    if one.near:
        return ", ".join(f"{count} {'' if number else 'site ' if count == 1 else 'sites '}in {place}" for number, (place, count) in enumerate(one.near))
    if one.sites == 1 and one.trial is not None:
        where = one.trial.locations[0]
        return f"1 site: {where.city or where.country or where.facility}"
    return f"{one.sites} sites"


def count_bar(match: TrialMatch, symbols: Symbols, cells: int = BAR_CELLS) -> Content:
    """The verdicts as a bar of so many cells, four at least; every verdict that occurs has one."""
    counts = [(verdict, match.counts.get(verdict.value, 0)) for verdict in _BAR_ORDER]
    total = sum(count for _, count in counts)
    if not total:
        return styled(symbols.dot * cells, FAINT)
    lengths = {verdict: max(1, round(cells * count / total)) for verdict, count in counts if count}
    while sum(lengths.values()) != cells:
        longest = max(lengths, key=lambda verdict: lengths[verdict])
        lengths[longest] += 1 if sum(lengths.values()) < cells else -1
    parts = [styled(symbols.bars[verdict] * length, VERDICT_STYLE[verdict]) for verdict, length in lengths.items()]
    return Content("").join(parts)


def _counted(match: TrialMatch) -> Content:
    counted = [(verdict, match.counts.get(verdict.value, 0)) for verdict in _BAR_ORDER]
    pieces = [styled(f"{number} {SHOWN[verdict][1]}", VERDICT_STYLE[verdict]) for verdict, number in counted if number]
    return Content(" ").join(pieces) if pieces else styled("no criteria were read", FAINT)
