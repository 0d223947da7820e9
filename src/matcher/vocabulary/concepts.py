"""Concepts (conditions, drugs, drug classes, procedures) and the tables they come from."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import chain
from typing import NamedTuple

from matcher.model.values import value
from matcher.vocabulary.crossing import Crossing
from matcher.vocabulary.is_a import IsA, bare
from matcher.vocabulary.places import data_file, of_tables

Words = tuple[str, ...]
SURE = 9  # letters a name must have before one wrong letter in it is certain
_COLUMNS = 5  # label, names, parents, may_be, flags: the last ones may be left out, as may be the note behind them
_Lists = dict[str, list[str]]
_Cells = tuple[str, str, str, str, str]  # the kind of the concept, and the cells behind the label


@value(frozen=True, slots=True)
class Concept:
    """A condition, drug, drug class or procedure: `id` is "kind:slug", `label` the name canonical wordings print."""

    id: str
    label: str
    kind: str


class Row(NamedTuple):
    """One line of a table: a concept, its names in normal form, and how it is classified.

    `may_be` names concepts to which it is disputed whether this one belongs; "x*" means x or some kind of x, "x!" that it
    may come of x and be told as x, without being what x is a kind of, and "x^" that it is disputed of no kind of this one.
    `flags`: "natural" (herbs and supplements), "made" (drugs that are none), "ordinary" (drugs long in use, none natural or "special"), "lifelong" (does not resolve), "resolves" (an episode of a lifelong disease), "manifestation" (of a
    disease, not a kind of it), "event" (over on the day it began), "episodes" (comes and goes: who has the disease does not have it all the time), "apart" (no list of diseases tells of it), "partial" (not every category it belongs to is
    named), "open" (a category whose members are not all named), "widespread" (many people have it, mostly beside something else). A name written "=all" names the concept on its own, but is not looked for inside a sentence.
    """

    concept: Concept
    names: tuple[str, ...]
    parents: tuple[str, ...]
    may_be: tuple[str, ...]
    flags: tuple[str, ...]


def table(name: str) -> Iterator[list[str]]:
    """The lines of a data table as lists of cells, without its header, comments and blank lines."""
    text = data_file(name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if line and line[0] != "#" and not line.isspace()]
    return (line.split("\t") for line in lines[1:])


@of_tables("reaches.tsv", "fringe.tsv", "shows_in.tsv")
def _around() -> tuple[_Lists, _Lists, _Lists]:
    """Of every label of any part into what it reaches, what stands at its edge, and in which fields it shows."""
    reaches, fringe = ({label: others.split("|") for label, others in table(name)} for name in ("reaches.tsv", "fringe.tsv"))
    return reaches, fringe, {symptom: fields.split("|") for fields, symptoms in table("shows_in.tsv") for symptom in symptoms.split("|")}


def worded(cell: str) -> list[Words]:
    """The wordings of a cell, which the table holds in normal form (`tools/tidy_names.py`), as normal words."""
    return [tuple(one.split(" ")) for one in cell.split("|")]


@cache  # the parents of a label are asked for once for each of its kinds
def _list(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


class Rows(Mapping[str, Row]):
    """The rows of several tables by their labels; a line is made a row when it is asked for, since few ever are."""

    def __init__(self, tables: Sequence[tuple[str, str]], base: Rows | None = None) -> None:
        """`tables` are file names, each with the kind of its concepts; the rows of `base` come before theirs."""
        self._base = base
        self.common = base is None
        self._made: dict[str, Row] = base._made if base else {}
        self._concepts: dict[str, Concept] = base._concepts if base else {}
        files = [file for file, _ in tables]
        parted = of_tables(*files, name=files[0].partition(".")[0])(lambda: _parted(tables))
        self._own, self._own_names, self._alone, self._own_children, self._own_flagged, self._own_naming = parted()
        self._cells: dict[str, _Cells] = {**base._cells, **self._own} if base else self._own

    def __getitem__(self, label: str) -> Row:
        """The row of a label."""
        if label not in self._made:
            self._made[label] = Row(self.concept(label), *map(_list, self._cells[label][1:]))
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

    @cached_property
    def labels_by_name(self) -> dict[str, str]:
        """Every name, its words parted by spaces, with the label of its row."""
        return self._base.labels_by_name | self._own_names if self._base else self._own_names

    def named_alone(self) -> Iterator[str]:
        """The names that stand for their concept only on their own."""
        return chain(self._base.named_alone() if self._base else (), self._alone)

    @cached_property
    def children(self) -> dict[str, list[str]]:
        """The labels directly below each label that is a parent."""
        return _joined(self._base.children, self._own_children) if self._base else self._own_children

    def parents(self, label: str) -> tuple[str, ...]:
        """The labels directly above a label."""
        return _list(self._cells[label][2])

    def at_the_top(self) -> Iterator[str]:
        """The labels that have no parents."""
        return (label for label, cells in self._cells.items() if not cells[2])

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Every label with the kind of its concept."""
        return ((label, cells[0]) for label, cells in self._cells.items())

    def flagged(self, flag: str) -> Sequence[str]:
        """The labels that bear a flag."""
        return self._flagged.get(flag, ())

    @cached_property
    def _flagged(self) -> dict[str, list[str]]:
        return _joined(self._base._flagged, self._own_flagged) if self._base else self._own_flagged

    @cached_property
    def naming(self) -> dict[str, list[str]]:
        """The labels whose `may_be` names each label as what they may be a kind of."""
        return _joined(self._base.naming, self._own_naming) if self._base else self._own_naming

    def disputes(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The labels that have a `may_be`, with what it names."""
        return ((label, _list(cells[3])) for label, cells in self._cells.items() if cells[3])


def _joined(one: dict[str, list[str]], other: dict[str, list[str]]) -> dict[str, list[str]]:
    return one | {label: [*one.get(label, ()), *labels] for label, labels in other.items()}


def _parted(tables: Iterable[tuple[str, str]]) -> tuple[dict[str, _Cells], dict[str, str], list[str], _Lists, _Lists, _Lists]:
    """Tables as cells by label, with their names, those that stand for their concept only on their own, and the labels below each parent, with each flag, and whose `may_be` names each."""
    cells: dict[str, _Cells] = {}
    named: dict[str, str] = {}
    alone: list[str] = []
    children, flagged, naming = _Lists(), _Lists(), _Lists()
    for file, kind in tables:
        for row in table(file):
            label, names, parents, may_be, flags = (*row, "", "", "", "")[:_COLUMNS]
            cells[label] = (kind, names, parents, may_be, flags)
            alone += [name[1:] for name in _list(names) if name[0] == "="]
            named |= dict.fromkeys(_list(names.replace("=", "")), label)
            maybes = [bare(maybe) for maybe in _list(may_be) if "!" not in maybe and maybe[0] != "-"]
            for lists, ones in ((children, _list(parents)), (flagged, _list(flags)), (naming, maybes)):
                for one in ones:
                    lists.setdefault(one, []).append(label)
    return cells, named, alone, children, flagged, naming


class Names(Mapping[Words, Concept]):
    """The names of one part as normal words, with their concepts."""

    def __init__(self, rows: Rows) -> None:
        """The rows that bear the names."""
        self._rows = rows
        self.labels = rows.labels_by_name

    def __getitem__(self, words: Words) -> Concept:
        """The concept of exactly these words."""
        return self.called(" ".join(words))

    def called(self, name: str) -> Concept:
        """The concept of a name whose words are parted by spaces."""
        return self._rows.concept(self.labels[name])

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
    def labels(self) -> frozenset[str]:
        """The label of every row."""
        return frozenset(self.rows)

    @cached_property
    def names(self) -> Names:
        """Every name as normal words, with its concept."""
        return Names(self.rows)

    @cached_property
    def scanned(self) -> dict[str, str]:
        """Names to be looked for inside a sentence, with their labels: those that are ordinary words too are left out."""
        found = dict(self.rows.labels_by_name)
        for name in self.rows.named_alone():
            found.pop(name, None)
        return found

    @cached_property
    def is_a(self) -> IsA:
        """The is-a graph over the labels of this part."""
        crossing = Crossing(lambda: table("crossing.tsv"), self.rows.children) if self.kind == "condition" else None
        reaches, fringe, shows = ({label: fields for label, fields in one.items() if label in self.rows} for one in _around())
        return IsA(self.rows, crossing, reaches, fringe, shows)
