"""What was read of an annotated document, every leaf at its place in the document's own text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from brat import Document, Entity

from matcher.model.language import Ambiguous, Check, Leaf, Not, Unless
from matcher.model.trees import children
from matcher.model.wording import parse
from matcher.reading import read_eligibility


@dataclass(frozen=True, slots=True)
class Placed:
    """A leaf, where it was read from, and whether it stands under an odd number of `not`, or is one reading of several."""

    leaf: Leaf
    start: int
    end: int
    negated: bool
    doubtful: bool

    def at(self, entity: Entity) -> bool:
        """Whether it was read from a stretch that shares a character with the entity."""
        return entity.touches(self.start, self.end)


@dataclass(slots=True)
class Tally:
    """Counts by name, and the misses as (class, document, start, end)."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, str, int, int]] = field(default_factory=list)

    def miss(self, why: str, document: Document, start: int, end: int) -> None:
        """Keep one miss."""
        self.misses.append((why, document.name, start, end))

    def share(self, part: str, whole: str) -> float:
        """One count over another."""
        return self.counts[part] / max(self.counts[whole], 1)


def read(document: Document) -> Iterator[Placed]:
    """Every leaf read from the document, each of whose lines is given as a section of one bullet."""
    solid = [place for place, letter in enumerate(document.text) if not letter.isspace()]
    letters = "".join(document.text[place] for place in solid)
    lines = [(document.kind, f"- {line}") for line in document.text.splitlines() if line.strip()]
    done = 0
    for one in read_eligibility(lines):
        inside = [place for place, letter in enumerate(one.text) if not letter.isspace()]
        begin = letters.find("".join(one.text[place] for place in inside), done)
        if begin < 0 or not one.check:
            continue
        done = begin
        found = list(signed(parse(one.check)))
        if len(found) != len(one.spans):
            print(f"{document.name}: {len(found)} leaves, {len(one.spans)} places; left out")
            continue
        for (leaf, negated, doubtful), (start, end) in zip(found, one.spans, strict=True):
            held = [begin + number for number, place in enumerate(inside) if start <= place < end]
            if held:
                yield Placed(leaf, solid[held[0]], solid[held[-1]] + 1, negated, doubtful)


def signed(check: Check, negated: bool = False, doubtful: bool = False) -> Iterator[tuple[Leaf, bool, bool]]:
    """Every leaf in reading order, with whether it is turned over and whether it is one reading of several."""
    parts = children(check)
    if not parts:
        yield check, negated, doubtful  # type: ignore[misc]
    for number, part in enumerate(parts):
        turned = isinstance(check, Not) or (isinstance(check, Unless) and number == 1)
        yield from signed(part, negated != turned, doubtful or isinstance(check, Ambiguous))
