"""Where recorded dates lie against a window: certainly in, certainly out, or undecided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.matching import truth as t
from matcher.model.dates import PartialDate, Span
from matcher.model.language import Duration, Window


@dataclass(frozen=True, slots=True)
class Period:
    """When something began and ended, each known to lie between two days (an event begins and ends on one day)."""

    begins: PartialDate
    ends: PartialDate


@dataclass(frozen=True, slots=True)
class Edges:
    """A window's days: it opens at `opens_at_latest` for certain and at `opens_at_earliest` perhaps, closes at `closes`."""

    opens_at_earliest: date
    opens_at_latest: date
    closes: date


def edges(window: Window, as_of: date) -> Edges:
    """The days of a window measured back from `as_of`; closed at both ends."""
    earliest = latest = date.min
    if window.within is not None:
        earliest = latest = window.within.before(as_of)
        if window.within.unit == "hour":
            latest = as_of - timedelta(days=min(int(window.within.number // 24) - 1, 36500))
    closes = window.beyond.before(as_of) if window.beyond is not None else as_of
    return Edges(earliest, latest, closes)


def overlaps(period: Period, days: Edges) -> t.Truth:
    """Whether the period and the window have a day in common."""
    if period.begins.last <= days.closes and period.ends.first >= days.opens_at_latest:
        return t.HOLDS
    if period.begins.first > days.closes or period.ends.last < days.opens_at_earliest:
        return t.VIOLATED
    return t.OPEN


def period(begins: PartialDate | None, ends: PartialDate | None, *, ongoing: bool, as_of: date) -> Period:
    """The period of an entry; an unknown begin or end is any day that does not contradict the other."""
    if ongoing:
        end = PartialDate(as_of, as_of)
    elif ends is not None:
        end = ends.until(as_of)
    else:
        end = PartialDate(begins.first if begins else date.min, as_of)
    begin = begins.until(as_of) if begins is not None else PartialDate(date.min, end.last)
    return Period(begin, end)


def lasted(since: PartialDate, until: PartialDate, limit: Duration) -> t.Truth:
    """Whether the time from `since` to `until` keeps within the limit; a lost operator is decided if both readings agree."""
    if limit.op == "≥?":
        both = {lasted(since, until, Duration(op, limit.span)) for op in ("≥", "≤")}
        return both.pop() if len(both) == 1 else t.OPEN
    shortest = _compare(since.last, until.first, limit.span)
    longest = _compare(since.first, until.last, limit.span)
    results = {_meets(order, limit.op) for order in range(shortest, longest + 1)}
    return t.of(results.pop()) if len(results) == 1 else t.OPEN


def _compare(begin: date, end: date, span: Span) -> int:
    """-1, 0 or 1: the time from `begin` to `end` is shorter than, exactly or longer than the span."""
    edge = span.before(end)
    return (edge > begin) - (edge < begin)


def _meets(order: int, op: str) -> bool:
    return {"<": order < 0, "≤": order <= 0, ">": order > 0, "≥": order >= 0, "=": order == 0}[op]
