"""Where recorded dates lie against a window: certainly in, certainly out, or undecided."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from matcher.matching import truth as t
from matcher.model.dates import PartialDate, Span
from matcher.model.language import Duration, Window
from matcher.model.values import value


@value(frozen=True, slots=True)
class Period:
    """When something began and ended, each known to lie between two days (an event begins and ends on one day)."""

    begins: PartialDate
    ends: PartialDate


@value(frozen=True, slots=True)
class Edges:
    """The first and last day of a window, perhaps and for certain: an edge in hours falls somewhere inside a day."""

    opens_at_earliest: date
    opens_at_latest: date
    closes_at_earliest: date
    closes_at_latest: date


@lru_cache(maxsize=1024)  # one window is measured for every entry of a list
def edges(window: Window, as_of: date) -> Edges:
    """The days of a window measured back from `as_of`; closed at both ends."""
    opens = opens_surely = date.min
    closes = closes_surely = as_of
    if window.within is not None:
        opens, latest = _days_of_edge(window.within, as_of)
        opens_surely = _moved(latest, 1) if window.within.unit == "hour" else opens
    if window.beyond is not None:
        earliest, closes = _days_of_edge(window.beyond, as_of)
        closes_surely = _moved(earliest, -1) if window.beyond.unit == "hour" else closes
    return Edges(opens, opens_surely, closes_surely, closes)


def _days_of_edge(span: Span, as_of: date) -> tuple[date, date]:
    """The first and the last day in which an edge may lie: hours are counted back from some hour of the day."""
    day = span.before(as_of)
    return (day, _moved(as_of, -int(min(span.number, Decimal(10**8)) // 24))) if span.unit == "hour" else (day, day)


def _moved(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def overlaps(period: Period, days: Edges) -> t.Truth:
    """Whether the period and the window have a day in common."""
    if period.begins.first > days.closes_at_latest or period.ends.last < days.opens_at_earliest:
        return t.VIOLATED
    certain = period.begins.last <= days.closes_at_earliest and period.ends.first >= days.opens_at_latest
    return t.HOLDS if certain else t.OPEN


def period(begins: PartialDate | None, ends: PartialDate | None, *, ongoing: bool, as_of: date) -> Period:
    """The period of an entry; an unknown begin or end is any day that does not contradict the other.

    What is ongoing has not ended on the day itself, at whatever hour.
    """
    if ongoing:
        end = PartialDate(date.max, date.max)
    elif ends is not None:
        end = ends.until(as_of)
    else:
        end = PartialDate(begins.first if begins else date.min, as_of)
    begin = begins.until(as_of) if begins is not None else PartialDate(date.min, min(end.last, as_of))
    return Period(begin, end)


def lasted(since: PartialDate, until: PartialDate, limit: Duration) -> t.Truth:
    """Whether the time from `since` to `until` keeps within the limit; a lost operator is decided if both readings agree."""
    if limit.op == "≥?":
        both = {lasted(since, until, Duration(op, limit.span)) for op in ("≥", "≤")}
        return both.pop() if len(both) == 1 else t.OPEN
    shortest = _compare(since.last, until.first, limit.span)[0]
    longest = _compare(since.first, until.last, limit.span)[1]
    results = {_meets(order, limit.op) for order in range(shortest, longest + 1)}
    return t.of(results.pop()) if len(results) == 1 else t.OPEN


def _compare(begin: date, end: date, span: Span) -> tuple[int, int]:
    """-1, 0 or 1: the time from `begin` to `end` is at least and at most shorter than, exactly or longer than the span."""
    if span.unit == "hour":
        hours = 24 * (end - begin).days
        return (-1 if span.number > max(hours - 24, 0) else 1), (1 if span.number < hours + 24 else -1)
    edge = span.before(end)
    order = (edge > begin) - (edge < begin)
    return order, order


def _meets(order: int, op: str) -> bool:
    return {"<": order < 0, "≤": order <= 0, ">": order > 0, "≥": order >= 0, "=": order == 0}[op]
