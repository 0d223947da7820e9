"""Documents annotated in brat's standoff format: entities with their places, and relations between them."""

from __future__ import annotations

import tarfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entity:
    """An annotated stretch of text: its kind, its pieces (start, end) and its words."""

    id: str
    kind: str
    pieces: tuple[tuple[int, int], ...]
    text: str

    def touches(self, start: int, end: int) -> bool:
        """Whether a piece of it shares a character with the stretch."""
        return any(one < end and start < other for one, other in self.pieces)


@dataclass(frozen=True, slots=True)
class Relation:
    """A named arrow from one entity to another."""

    kind: str
    source: Entity
    target: Entity


@dataclass(frozen=True, slots=True)
class Document:
    """One text of criteria, all of one kind (inclusion or exclusion), with what was annotated in it."""

    name: str
    kind: str
    text: str
    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]

    def related(self, kind: str) -> list[tuple[Entity, Entity]]:
        """The ends of every relation of a kind."""
        return [(one.source, one.target) for one in self.relations if one.kind == kind]


def documents(archive: Path) -> Iterator[Document]:
    """Every annotated document of an archive, in the order of their names."""
    files: dict[str, dict[str, str]] = defaultdict(dict)
    with tarfile.open(archive) as packed:
        for member in packed:
            stem, _, ending = Path(member.name).name.rpartition(".")
            opened = packed.extractfile(member) if ending in ("txt", "ann") else None
            if opened is not None:
                files[stem][ending] = opened.read().decode("utf-8")
    for stem, parts in sorted(files.items()):
        if len(parts) == 2:
            yield read(stem, parts["txt"], parts["ann"])


def read(name: str, text: str, annotations: str) -> Document:
    """One document from its text and its lines of annotation."""
    entities: dict[str, Entity] = {}
    arrows: list[tuple[str, str, str]] = []
    for line in annotations.splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T") and len(cells) > 2:
            kind, places = cells[1].split(" ", 1)
            pieces = tuple((int(start), int(end)) for start, end in (place.split() for place in places.split(";")))
            entities[cells[0]] = Entity(cells[0], kind, pieces, " ".join(cells[2].split()))
        elif cells[0].startswith("R"):
            kind, source, target = cells[1].split()[:3]
            arrows.append((kind, source.partition(":")[2], target.partition(":")[2]))
    text = _fitting(text, entities.values())
    relations = tuple(
        Relation(kind, entities[source], entities[target])
        for kind, source, target in arrows
        if source in entities and target in entities
    )
    return Document(name, "inclusion" if name.endswith("_inc") else "exclusion", text, tuple(entities.values()), relations)


def _fitting(text: str, entities: Iterable[Entity]) -> str:
    """The text with the line ends its places were counted with: one character or two."""
    held = list(entities)
    return max((text, text.replace("\n", "\r\n")), key=lambda one: sum(_fits(one, entity) for entity in held))


def _fits(text: str, entity: Entity) -> bool:
    return " ".join(" ".join(text[start:end] for start, end in entity.pieces).split()) == entity.text
