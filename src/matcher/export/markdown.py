"""A paper as Markdown: what came from elsewhere can neither mark up, nor link, nor bring in HTML."""

from __future__ import annotations

import re

from matcher.export.paper import Block, Heading, Line, Paper, Paragraph, Point, Points, Table
from matcher.model.patterns import pattern_of
from matcher.model.visible import visible_line

_MARKS = pattern_of(r"[\\`*_\[\]<>|~&#$]")
_LINKS = pattern_of(r"(?<=:)(?=//)|(?<=www)(?=\.)|(?=@)", re.IGNORECASE)


def markdown(paper: Paper) -> str:
    """The paper as Markdown text: the same paper always gives the same text."""
    blocks = [f"# {_safe(paper.title)}", *map(_block, paper.blocks), "---", _safe(paper.foot)]
    return "\n\n".join(blocks) + "\n"


def _safe(text: str) -> str:
    """Text on one line in which no sign is Markdown's."""
    return _LINKS.sub(r"\\", _MARKS.sub(r"\\\g<0>", visible_line(text)))


def _block(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {_safe(text)}"
        case Paragraph(lines):
            return "  \n".join(map(_line, lines))
        case Table(head, rows, _):
            return "\n".join([_row(head), f"|{' --- |' * len(head)}", *map(_row, rows)])
        case Points(points):
            return "\n".join(map(_point, points))


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(map(_safe, cells))} |"


def _line(line: Line) -> str:
    if line.style == "blank":
        return line.text
    mark = "**" if line.style == "strong" else ""
    return f"{mark}{_opening(_safe(line.text))}{mark}"


def _opening(text: str) -> str:
    """The same where no sign at its beginning makes a list or a heading of it."""
    return re.sub(r"^(?:([-+=])|(\d+)([.)]))", lambda found: f"{found[2] or ''}\\{found[1] or found[3]}", text)


def _point(point: Point) -> str:
    first, *rest = [_line(line) for line in point.lines] or [""]
    blanks = "   ".join(point.blanks)
    head = f"- **{_safe(point.label)}** {first}".rstrip() if point.label.strip() else f"- {first}"
    return "  \n".join([head, *(f"  {line}" for line in rest), *([f"  {blanks}"] if blanks else [])])


__all__ = ["markdown"]
