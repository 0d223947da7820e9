"""Concepts (conditions, drugs, drug classes, procedures), the tables they come from and the is-a between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

Words = tuple[str, ...]
_COLUMNS = 6  # label, names, parents, may_be, flags, note: the last ones may be left out


class Relation(StrEnum):
    """What is recorded, seen from what is asked."""

    SAME = "same"
    NARROWER = "narrower"
    BROADER = "broader"
    UNRELATED = "unrelated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Concept:
    """A condition, drug, drug class or procedure: `id` is "kind:slug", `label` the name canonical wordings print."""

    id: str
    label: str
    kind: str


class Row(NamedTuple):
    """One line of a table: a concept, its names in normal form, and how it is classified.

    `may_be` names concepts to which it is disputed whether this one belongs; "x*" means x or some kind of x.
    `flags`: "lifelong" (does not resolve), "resolves" (an episode of a lifelong disease), "manifestation" (of a
    disease, not a kind of it), "event" (over on the day it began), "partial" (not every category it belongs to is
    named), "open" (a category whose members are not all named). A name written "=all" names the concept on its own, but is not looked for inside a sentence.
    """

    concept: Concept
    names: tuple[str, ...]
    parents: tuple[str, ...]
    may_be: tuple[str, ...]
    flags: tuple[str, ...]


def table(name: str) -> Iterator[list[str]]:
    """The lines of a data table as lists of cells, without its header, comments and blank lines."""
    text = (files("matcher.vocabulary") / "data" / name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line.strip() and line[0] != "#")
    next(lines)
    return (line.rstrip("\r").split("\t") for line in lines)


def _rows(name: str, kind: str) -> Iterator[Row]:
    for cells in table(name):
        cells += [""] * (_COLUMNS - len(cells))
        concept = Concept(f"{kind}:{cells[0].lower().replace(' ', '-')}", cells[0], kind)
        yield Row(concept, *map(_list, cells[1:5]))


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class Part:
    """The concepts that share one set of names: conditions, or treatments (drugs and classes), or procedures."""

    def __init__(self, kind: str, tables: tuple[tuple[str, str], ...]) -> None:
        """`kind` is what the reader calls it; `tables` are file names, each with the kind of its concepts."""
        self.kind = kind
        self._tables = tables

    @cached_property
    def rows(self) -> dict[str, Row]:
        """Every row by its label."""
        return {row.concept.label: row for name, kind in self._tables for row in _rows(name, kind)}

    @cached_property
    def names(self) -> dict[Words, Concept]:
        """Every name as normal words, with its concept."""
        named = ((name.lstrip("="), row.concept) for row in self.rows.values() for name in row.names)
        return {tuple(name.split(" ")): concept for name, concept in named}

    @cached_property
    def unscanned(self) -> frozenset[Words]:
        """Names that are ordinary words too ("all", "aids"), not to be looked for inside a sentence."""
        names = (name for row in self.rows.values() for name in row.names if name[0] == "=")
        return frozenset(tuple(name[1:].split(" ")) for name in names)

    @cached_property
    def is_a(self) -> IsA:
        """The is-a graph over the labels of this part."""
        return IsA(self.rows)


class IsA:
    """The is-a graph of one part: what is broader and narrower than a label, and how two labels stand."""

    def __init__(self, rows: dict[str, Row]) -> None:
        """The rows by label; a parent that has no row is a mistake in the table."""
        self._rows = rows
        self._children: dict[str, list[str]] = {}
        for label, row in rows.items():
            for parent in row.parents:
                self._children.setdefault(parent, []).append(label)
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}

    def above(self, label: str) -> frozenset[str]:
        """Every broader label."""
        if label not in self._above:
            self._above[label] = _reach(label, lambda at: self._rows[at].parents)
        return self._above[label]

    def below(self, label: str) -> frozenset[str]:
        """Every narrower label."""
        if label not in self._below:
            self._below[label] = _reach(label, lambda at: self._children.get(at, ()))
        return self._below[label]

    def lifelong(self, label: str) -> bool:
        """Whether the disease does not resolve: its own flag decides, else whether a broader one is lifelong."""
        row = self._rows[label]
        if "lifelong" in row.flags:
            return True
        if "resolves" in row.flags or "manifestation" in row.flags:
            return False
        return any(self.lifelong(parent) for parent in row.parents)

    def event(self, label: str) -> bool:
        """Whether it, or something broader, is an event and not a state that lasts."""
        return any("event" in self._rows[at].flags for at in (label, *self.above(label)))

    def relation(self, have: str, asked: str) -> Relation:
        """How the recorded label stands to the asked one; unrelated only where both are classified well enough."""
        if have == asked:
            return Relation.SAME
        if asked in self.above(have):
            return Relation.NARROWER
        if have in self.above(asked):
            return Relation.BROADER
        if self._disputed(have, asked) or self._loose(have, asked) or self._loose(asked, have):
            return Relation.UNKNOWN
        return Relation.UNKNOWN if self._overlap(have, asked) else Relation.UNRELATED

    def _disputed(self, have: str, asked: str) -> bool:
        """Whether a `may_be` of either (or of something broader) names the other or something the other includes."""
        for one, other in ((have, asked), (asked, have)):
            for maybe in (maybe for at in (one, *self.above(one)) for maybe in self._rows[at].may_be):
                named = maybe.rstrip("*")
                if other == named or other in self.above(named):
                    return True
        return any(maybe.endswith("*") and maybe[:-1] in self.above(asked) for maybe in self._rows[have].may_be)

    def _loose(self, one: str, other: str) -> bool:
        """Whether the absence of a path from `other` up to the category `one` means nothing."""
        if "open" in self._rows[one].flags:
            return True
        return self._category(one) and ("partial" in self._rows[other].flags or self._unclassified(other))

    def _overlap(self, one: str, other: str) -> bool:
        """Whether some kind of `one` is a kind of `other` too, so that a record of one may be a record of the other."""
        if not (self._category(one) and self._category(other)):
            return False
        return any(not self._manifest(label) for label in self.below(one) & self.below(other))

    def _manifest(self, label: str) -> bool:
        return any("manifestation" in self._rows[at].flags for at in (label, *self.above(label)))

    def _category(self, label: str) -> bool:
        kind = self._rows[label].concept.kind
        return kind == "class" or (kind != "drug" and label in self._children)

    def _unclassified(self, label: str) -> bool:
        return not self._rows[label].parents and not self._category(label)


def _reach(start: str, step: Callable[[str], Iterable[str]]) -> frozenset[str]:
    """Everything reached from `start` by repeated steps."""
    found: set[str] = set()
    waiting = list(step(start))
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting.extend(step(at))
    return frozenset(found)
