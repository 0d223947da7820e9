"""What a printed page holds, whatever it is written as: headings, paragraphs, tables, and points with room to fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Style = Literal["", "faint", "strong", "blank"]  # "blank": our own words with room to write, kept as they are spaced


@dataclass(frozen=True, slots=True)
class Line:
    """One line of words."""

    text: str
    style: Style = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `page` begins a new page, `verdict` gives it the colour of one."""

    level: int
    text: str
    page: bool = False
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines one under the other."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its head; the cells of the columns in `wide` are sentences, the others are kept on one line."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: frozenset[str]


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a list: what it is called, its lines, and what is to be filled in beside it ("☐ yes", "date ____")."""

    label: str
    lines: tuple[Line, ...]
    blanks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """Points one under the other."""

    points: tuple[Point, ...]


Block = Heading | Paragraph | Table | Points


@dataclass(frozen=True, slots=True)
class Paper:
    """A document: its title, what stands at the foot of it, and its blocks."""

    title: str
    foot: str
    blocks: tuple[Block, ...]


__all__ = ["Block", "Heading", "Line", "Paper", "Paragraph", "Point", "Points", "Style", "Table"]
