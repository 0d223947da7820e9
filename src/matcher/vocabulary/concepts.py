"""Concepts (conditions, drugs, drug classes, procedures), the tables they come from and the is-a between them."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from typing import NamedTuple

from matcher.vocabulary.places import data_file

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
    disease, not a kind of it), "event" (over on the day it began), "episodes" (comes and goes: who has the disease does not have it all the time), "partial" (not every category it belongs to is
    named), "open" (a category whose members are not all named). A name written "=all" names the concept on its own, but is not looked for inside a sentence.
    """

    concept: Concept
    names: tuple[str, ...]
    parents: tuple[str, ...]
    may_be: tuple[str, ...]
    flags: tuple[str, ...]


def table(name: str) -> Iterator[list[str]]:
    """The lines of a data table as lists of cells, without its header, comments and blank lines."""
    text = data_file(name).read_text(encoding="utf-8")
    lines = (line for line in text.split("\n") if line.strip() and line[0] != "#")
    next(lines)
    return (line.rstrip("\r").split("\t") for line in lines)


def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class Rows(Mapping[str, Row]):
    """The rows of several tables by their labels; a line is made a row when it is asked for, since few ever are."""

    def __init__(self, tables: Iterable[tuple[str, str]], base: Rows | None = None) -> None:
        """`tables` are file names, each with the kind of its concepts; the rows of `base` come before theirs."""
        self._cells: dict[str, tuple[str, list[str]]] = dict(base._cells) if base else {}
        self._made: dict[str, Row] = base._made if base else {}
        self._concepts: dict[str, Concept] = base._concepts if base else {}
        for name, kind in tables:
            for cells in table(name):
                cells += [""] * (_COLUMNS - len(cells))
                self._cells[cells[0]] = (kind, cells)

    def __getitem__(self, label: str) -> Row:
        """The row of a label."""
        if label not in self._made:
            self._made[label] = Row(self.concept(label), *map(_list, self._cells[label][1][1:5]))
        return self._made[label]

    def __contains__(self, label: object) -> bool:
        """Whether there is a row of this label."""
        return label in self._cells

    def __iter__(self) -> Iterator[str]:
        """The labels in the order of the tables."""
        return iter(self._cells)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._cells)

    def concept(self, label: str) -> Concept:
        """The concept of a label."""
        found = self._concepts.get(label)
        if found is None:
            kind = self._cells[label][0]
            found = self._concepts[label] = Concept(f"{kind}:{label.lower().replace(' ', '-')}", label, kind)
        return found

    def labels_by_name(self) -> dict[str, str]:
        """Every name as the tables have it, its words parted by spaces, with the label of its row."""
        return {name: label for label, (_, cells) in self._cells.items() for name in cells[1].split("|") if name}

    def children(self) -> dict[str, list[str]]:
        """The labels directly below each label that is a parent."""
        found: dict[str, list[str]] = {}
        for label, (_, cells) in self._cells.items():
            for parent in _list(cells[2]):
                found.setdefault(parent, []).append(label)
        return found


class Names(Mapping[Words, Concept]):
    """The names of one part as normal words, with their concepts."""

    def __init__(self, rows: Rows) -> None:
        """The rows that bear the names."""
        self._rows = rows
        self.labels = {name.lstrip("="): label for name, label in rows.labels_by_name().items()}

    def __getitem__(self, words: Words) -> Concept:
        """The concept of exactly these words."""
        return self._rows.concept(self.labels[" ".join(words)])

    def __contains__(self, words: object) -> bool:
        """Whether exactly these words are a name."""
        return isinstance(words, tuple) and " ".join(words) in self.labels

    def __iter__(self) -> Iterator[Words]:
        """The names in the order of the tables."""
        return (tuple(name.split(" ")) for name in self.labels)

    def __len__(self) -> int:
        """The number of names."""
        return len(self.labels)

    def items(self) -> ItemsView[Words, Concept]:
        """The names with their concepts, in the order of the tables."""
        return {tuple(name.split(" ")): self._rows.concept(label) for name, label in self.labels.items()}.items()


class Part:
    """The concepts that share one set of names: conditions, or treatments (drugs and classes), or procedures."""

    def __init__(self, kind: str, tables: tuple[tuple[str, str], ...], base: Part | None = None) -> None:
        """`kind` is what the reader calls it; `tables` are file names, each with the kind of its concepts, after `base`."""
        self.kind = kind
        self._tables = tables
        self._base = base

    @cached_property
    def rows(self) -> Rows:
        """Every row by its label."""
        return Rows(self._tables, self._base.rows if self._base else None)

    @cached_property
    def names(self) -> Names:
        """Every name as normal words, with its concept."""
        return Names(self.rows)

    @cached_property
    def scanned(self) -> dict[str, str]:
        """Names to be looked for inside a sentence, with their labels: those that are ordinary words too are left out."""
        found = self.rows.labels_by_name()
        for name in [name for name in found if name[0] == "="]:
            del found[name]
            found.pop(name[1:], None)
        return found

    @cached_property
    def is_a(self) -> IsA:
        """The is-a graph over the labels of this part."""
        return IsA(self.rows)


class IsA:
    """The is-a graph of one part: what is broader and narrower than a label, and how two labels stand."""

    def __init__(self, rows: Rows) -> None:
        """The rows by label; a parent that has no row is a mistake in the table."""
        self._rows = rows
        self._children = rows.children()
        self._above: dict[str, frozenset[str]] = {}
        self._below: dict[str, frozenset[str]] = {}
        # One label is compared with thousands: what holds of it alone is found once.
        self._perhaps, self._category = cache(self._find_perhaps), cache(self._find_category)

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

    def episodes(self, label: str) -> bool:
        """Whether it comes and goes, such as a seizure of an epilepsy."""
        return "episodes" in self._rows[label].flags

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
        if asked in self._perhaps(have) or have in self._perhaps(asked):
            return True
        return any(maybe.endswith("*") and maybe[:-1] in self.above(asked) for maybe in self._rows[have].may_be)

    def _find_perhaps(self, label: str) -> frozenset[str]:
        """What a `may_be` of the label, or of something broader, names, and what is broader than that."""
        named = {maybe.rstrip("*") for at in (label, *self.above(label)) for maybe in self._rows[at].may_be}
        return frozenset(named).union(*map(self.above, named))

    def _loose(self, one: str, other: str) -> bool:
        """Whether the absence of a path from `other` up to the category `one` means nothing."""
        if "open" in self._rows[one].flags:
            return True
        return self._category(one) and ("partial" in self._rows[other].flags or self._unclassified(other))

    def _overlap(self, one: str, other: str) -> bool:
        """Whether some kind of `one` is a kind of `other` too, so that a record of one may be a record of the other."""
        if not (self._category(one) and self._category(other)):
            return False
        return any(not self.manifest(label) for label in self.below(one) & self.below(other))

    def manifest(self, label: str) -> bool:
        """Whether a concept, or what it is a kind of, comes with a disease."""
        return any("manifestation" in self._rows[at].flags for at in (label, *self.above(label)))

    def _find_category(self, label: str) -> bool:
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
