"""Laying out styled text in a given width: hanging indents, clipping, one-line pieces, short dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual.content import Content, Span
from textual.style import Style

from matcher.app.symbols import Symbols
from matcher.model.dates import PartialDate

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def styled(text: str, style: str = "") -> Content:
    """Text in one style, never parsed as markup."""
    return Content.styled(text, style) if text and style else Content(text)


def clicked(text: str, key: str) -> Content:
    """Words which, clicked on, do what a key does."""
    return Content(text, [Span(0, len(text), Style.from_meta({"@click": f"app.simulate_key('{key}')"}))])


def hung(content: Content, width: int, first: str = "", rest: str = "") -> Content:
    """Content wrapped to `width`, its first line after `first` and the others after `rest`."""
    inside = max(8, width - max(len(first), len(rest)))
    lines = content.wrap(inside) or [Content("")]
    return Content("\n").join([Content(rest if number else first) + line.rstrip() for number, line in enumerate(lines)])


def beside(label: Content, text: Content, width: int) -> Content:
    """Text wrapped beside its label, under which nothing stands."""
    gap = label.cell_length
    lines = [line.rstrip() for line in text.wrap(max(8, width - gap))] or [Content("")]
    return Content("\n").join([label + lines[0], *(Content(" " * gap) + line for line in lines[1:])])


def stacked(lines: Sequence[Content]) -> Content:
    """Lines one under the other."""
    return Content("\n").join(lines)


def fitted(text: str, width: int, ellipsis: str = "…") -> str:
    """One line of text cut to `width` cells, with an ellipsis where something was cut."""
    content = Content(text)
    if content.cell_length <= width:
        return text
    return content.truncate(max(0, width - len(ellipsis))).plain.rstrip() + ellipsis


def cut(content: Content, width: int, ellipsis: str = "…") -> Content:
    """One styled line cut to `width` cells, with an ellipsis where something was cut."""
    if content.cell_length <= width:
        return content
    return content.truncate(max(0, width - len(ellipsis))).rstrip() + ellipsis


def brief(text: str, width: int, at_most: int, symbols: Symbols) -> str:
    """Lines of text in the fewest lines of `width` cells: one after the other where that saves any, each cut to its share."""
    lines, join = text.splitlines(), f" {symbols.dot} "
    apart, one = _wrapped(text, width), _wrapped(join.join(lines), width)
    if len(apart) <= min(at_most, len(one)):
        return text
    if len(one) > at_most:
        room, share = at_most * (width - 8 if len(lines) > 1 else width), 0
        for left, length in zip(range(len(lines), 0, -1), sorted(map(len, lines)), strict=True):
            share = room // left
            room -= min(length, share) + len(join)
        one = _wrapped(join.join(fitted(line, share, symbols.ellipsis) for line in lines), width)
    rest = " ".join(one[at_most - 1 :])
    return "\n".join([*one[: at_most - 1], *([fitted(rest, width, symbols.ellipsis)] if rest else [])])


def _wrapped(text: str, width: int) -> list[str]:
    return [line.plain.rstrip() for line in Content(text).wrap(width)]


def spread(left: Content, right: Content, width: int, ellipsis: str = "…") -> Content:
    """Left and right on one line of `width` cells; the left gives way."""
    kept = cut(left, max(0, width - right.cell_length - 1), ellipsis)
    gap = " " * max(1, width - kept.cell_length - right.cell_length)
    return kept + Content(gap) + right


def short_day(day: date, today: date) -> str:
    """A day as a nurse writes it: 10 Nov, with the year where it is not this one."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if day.year == today.year else f"{text} {day.year}"


def short_date(when: PartialDate | None, today: date) -> str:
    """A recorded date in the fewest words."""
    if when is None:
        return ""
    if when.exact:
        return short_day(when.first, today)
    if (when.first.year, when.first.month) == (when.last.year, when.last.month):
        return f"{MONTHS[when.first.month - 1]} {when.first.year}"
    return str(when.first.year)


def age_of(day: date, today: date) -> str:
    """How old a day is, in words."""
    days = (today - day).days
    if days == 0:
        return "today"
    if days < 0:
        return f"in {-days} days" if days < -1 else "tomorrow"
    return "1 day old" if days == 1 else f"{days} days old"
