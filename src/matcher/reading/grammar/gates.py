"""What a pattern over tags cannot do without: neighbours of which some must stand in whatever it matches.

"drug quantity? daily" needs a drug or a quantity directly before a daily; "number (?=measure)" a number before a measure. A few
such needs of every rule are looked for in one pass over the neighbours that a criterion has; the rules are few that have all of
theirs, and only those are tried.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import NamedTuple

from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Rule

START, END = "^", "$"
ANY = "any tag"  # stands for every tag, in a need for which the neighbour is of no account

_GROUPS = {"sep": "(?:comma|or|and|slash|semicolon)+"}
_GROUP = pattern_of(rf"(?<![\w-])(?:{'|'.join(_GROUPS)})(?![\w-])")
# A tag, a choice of tags, the beginning or end of a bracket, an edge, how often what stands before it may stand.
_PIECE = pattern_of(r"[a-z][a-z-]*|\((?:[a-z][a-z-]*\|)+[a-z][a-z-]*\)|\(\?(?:[:=!]|<[=!])|[()|*+?^$]|\{\d+(?:,\d*)?\}|\s+|(?P<strange>.)")
# How many of a hundred tags are these; what is rarer counts as one in five hundred.
_COMMON = {
    "w": 20, "cond": 5.4, "comma": 4.6, "or": 3.8, "stop": 3.3, "degree": 3, "event": 2.8, "number": 2.8, "drug": 2.7, "cmp": 2.4, "close": 2.1, "open": 2.1,
    "measure": 2, "check": 6, "quantity": 3, "time": 1.9, "of": 1.8, "be": 1.5, "and": 1.4, "proc": 1.4, "with": 1.2, "history": 1.1, "for": 1, "to": 0.9, "in": 0.8,
    START: 5, END: 5, ANY: 100,
}  # fmt: skip
_RARE = 0.2
_NEEDS = 4  # of each rule are looked at: the one it names and the rarest others (`Gates.open` counts on four)


class Neighbours(NamedTuple):
    """A tag of the first set directly before one of the second."""

    left: frozenset[str]
    right: frozenset[str]

    def share(self) -> float:
        """How common such neighbours are, roughly."""
        left, right = (sum(_COMMON.get(tag, _RARE) for tag in tags) for tags in self)
        return left * right


Need = tuple[Neighbours, ...]  # one of them must be there
_NOBODY: frozenset[str] = frozenset()


class _Part(NamedTuple):
    """A part of a pattern: whether it may match nothing, the tags it may begin and end with, and what it needs."""

    empty: bool
    first: frozenset[str]
    last: frozenset[str]
    needs: tuple[Need, ...]


class _Node(NamedTuple):
    """A tag or edge, or a bracket with its branches; whether it is free to be left out."""

    piece: str
    inner: list[list[_Node]]
    free: bool


_BRACKETS = frozenset(("(", "(?:", "(?=", "(?!", "(?<=", "(?<!"))
_NOTHING = _Part(True, _NOBODY, _NOBODY, ())


def spelled_out(pattern: str) -> str:
    """A pattern with the names of groups of tags replaced by the groups."""
    return _GROUP.sub(lambda found: _GROUPS[found[0]], pattern)


def of_one(tags: Iterable[str]) -> Need:
    """The need for one of some tags, whatever stands before it."""
    return (Neighbours(frozenset((ANY,)), frozenset(tags)),)


def needs_of(pattern: str) -> tuple[Need, ...]:
    """What a pattern cannot do without; nothing where it is not made of tags alone."""
    found = list(_PIECE.finditer(spelled_out(pattern)))
    if any(piece["strange"] for piece in found):
        return ()
    return _any_of(_tree(deque(piece[0] for piece in found if piece[0].strip())), opens=True, closes=True).needs


def share(need: Need) -> float:
    """How common what is needed is, roughly."""
    return sum(one.share() for one in need)


def _tree(pieces: deque[str]) -> list[list[_Node]]:
    """The branches of everything up to the closing bracket that ends it."""
    branches: list[list[_Node]] = [[]]
    while pieces and pieces[0] != ")":
        piece = pieces.popleft()
        if piece == "|":
            branches.append([])
            continue
        inner = _tree(pieces) if piece in _BRACKETS else []
        if inner:
            pieces.popleft()
        node = _Node(piece, inner, free=False)
        while pieces and pieces[0][0] in "*?+{":
            node = node._replace(free=node.free or pieces[0][0:2] in ("*", "?", "{0"))
            pieces.popleft()
        branches[-1].append(node)
    return branches


def _any_of(branches: Sequence[Sequence[_Node]], *, opens: bool, closes: bool) -> _Part:
    """One of several branches; whether they open and close the whole pattern."""
    rows = [_row([_part(node, opens=opens and node is row[0], closes=closes and node is row[-1]) for node in row]) for row in branches]
    if len(rows) == 1:
        return rows[0]
    needs = (tuple(one for row in rows for one in min(row.needs, key=share)),) if all(row.needs for row in rows) else ()
    return _Part(any(row.empty for row in rows), _NOBODY.union(*(row.first for row in rows)), _NOBODY.union(*(row.last for row in rows)), needs)


def _part(node: _Node, *, opens: bool, closes: bool) -> _Part:
    """One tag, edge or bracket; what is only looked at counts at the edges of the whole pattern, where nothing else stands in its place."""
    if not node.inner:
        itself = frozenset(node.piece.strip("()").split("|"))
        part = _Part(False, itself, itself, () if node.piece in (START, END) else (of_one(itself),))
    elif node.piece in ("(", "(?:") or (node.piece == "(?=" and closes) or (node.piece == "(?<=" and opens):
        part = _any_of(node.inner, opens=opens, closes=closes)
    else:
        return _NOTHING
    return part._replace(empty=True, needs=()) if node.free else part


def _row(parts: Sequence[_Part]) -> _Part:
    """Parts one behind the other: what each needs, and what may meet where one ends and the next begins."""
    behind = [_NOTHING]
    for part in reversed(parts):
        behind.append(_Part(part.empty and behind[-1].empty, part.first | behind[-1].first if part.empty else part.first, _NOBODY, ()))
    before, needs = _NOTHING, list[Need]()
    for part, rest in zip(parts, behind[-2::-1], strict=True):
        before = _Part(part.empty and before.empty, _NOBODY, part.last | before.last if part.empty else part.last, ())
        needs += part.needs
        if not before.empty and not rest.empty:
            needs.append((Neighbours(before.last, rest.first),))
    return _Part(before.empty, behind[-1].first, before.last, tuple(needs))


class Gates:
    """The rules that may match somewhere, as bits, from the neighbours among the tags of a criterion."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        """What every rule needs is worked out."""
        self._width = len(rules)
        self._of: list[tuple[int, Neighbours]] = []  # the place of each need among all, with neighbours that meet it
        self._met = 0
        for place, rule in enumerate(rules):
            named, *others = [of_one(rule.needs.split()), *sorted(needs_of(rule.pattern), key=share)]
            for turn, need in enumerate([named, *others[: _NEEDS - 1]]):
                self._of += [(place + turn * self._width, one) for one in need]
            for turn in range(1 + min(len(others), _NEEDS - 1), _NEEDS):
                self._met |= 1 << place + turn * self._width
        self._pairs = _Pairs(self._of)

    def met(self, tags: Sequence[str]) -> int:
        """The needs that are met by the neighbours among tags, those of a whole criterion between START and END."""
        return reduce(or_, map(self._pairs.__getitem__, pairwise(tags)), self._met)

    def open(self, met: int) -> int:
        """The rules of which every need is met: bit by bit in their order."""
        met &= met >> 2 * self._width
        return met & met >> self._width & (1 << self._width) - 1


class _Pairs(dict[tuple[str, str], int]):
    """Two neighbouring tags → the needs that they meet, as bits, worked out when the two are first met."""

    def __init__(self, needs: Iterable[tuple[int, Neighbours]]) -> None:
        super().__init__()
        self._needs = list(needs)
        self._left: dict[str, int] = {}
        self._right: dict[str, int] = {}
        for at, (_, one) in enumerate(self._needs):
            for side, tags in ((self._left, one.left), (self._right, one.right)):
                for tag in tags:
                    side[tag] = side.get(tag, 0) | 1 << at

    def __missing__(self, pair: tuple[str, str]) -> int:
        left, right = pair
        fits = (self._left.get(left, 0) | self._left.get(ANY, 0)) & self._right.get(right, 0)
        met = 0
        while fits:
            met |= 1 << self._needs[(fits & -fits).bit_length() - 1][0]
            fits &= fits - 1
        self[pair] = met
        return met
