"""Kinds of one condition that are told apart by different things, so that one patient may have both: by receptor and by spread."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import permutations

from matcher.vocabulary.places import of_tables

_ALL = "*"
_Pairs = dict[str, frozenset[str]]


class Crossing:
    """With which labels a label goes, and which it rules out, by the table and the kinds of each condition."""

    def __init__(self, table: Callable[[], Iterable[Sequence[str]]], children: Mapping[str, Sequence[str]]) -> None:
        """The lines of the table; `children` are the kinds directly below each condition."""
        self._with, self._out = of_tables("crossing.tsv", "conditions.tsv", name="crossing")(lambda: _ways(table(), children))()

    def partners(self, labels: Sequence[str]) -> frozenset[str]:
        """What may go with any of the labels."""
        return frozenset[str]().union(*(self._with.get(label, ()) for label in labels))

    def ruled_out(self, labels: Sequence[str]) -> frozenset[str]:
        """What a patient with one of the labels does not have."""
        return frozenset[str]().union(*(self._out.get(label, ()) for label in labels))


def _ways(table: Iterable[Sequence[str]], children: Mapping[str, Sequence[str]]) -> tuple[_Pairs, _Pairs]:
    """With which labels each label goes, and which it rules out."""
    rows = [(children.get(label, ()), crossing, apart) for label, crossing, *apart in table]
    going = _paired(pair for kinds, crossing, _ in rows for pair in _crossed(kinds, crossing))
    out = _paired(pair for _, _, apart in rows for group in "".join(apart).split(";") if group for pair in permutations(group.split("|"), 2))
    return going | {label: going.get(label, frozenset()) - others for label, others in out.items()}, out


def _crossed(kinds: Sequence[str], crossing: str) -> Iterator[tuple[str, str]]:
    named = kinds if crossing == _ALL else crossing.split("|")
    for one in named:
        for other in kinds:
            if one != other:
                yield from ((one, other), (other, one))


def _paired(pairs: Iterator[tuple[str, str]]) -> _Pairs:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        found.setdefault(one, set()).add(other)
    return {label: frozenset(others) for label, others in found.items()}
