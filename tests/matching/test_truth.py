"""Three-valued logic with n/a against its own definition: every combination of what the parts may turn out to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import product

from rows import each_row

from matcher.matching import truth as t

VALUES = (t.HOLDS, t.VIOLATED, t.CONCERNS_NOT)
TRUTHS = tuple(range(1, 8))
Logic = Callable[[Sequence[t.Truth]], t.Truth]


def _and(values: Sequence[int]) -> int:
    left = [value for value in values if value != t.CONCERNS_NOT]
    return t.CONCERNS_NOT if not left else t.of(t.VIOLATED not in left)


def _or(values: Sequence[int]) -> int:
    left = [value for value in values if value != t.CONCERNS_NOT]
    return t.CONCERNS_NOT if not left else t.of(t.HOLDS in left)


def _count(n: int, values: Sequence[int]) -> int:
    left = [value for value in values if value != t.CONCERNS_NOT]
    return t.CONCERNS_NOT if not left else t.of(left.count(t.HOLDS) >= n)


def _not(values: Sequence[int]) -> int:
    return {t.HOLDS: t.VIOLATED, t.VIOLATED: t.HOLDS, t.CONCERNS_NOT: t.CONCERNS_NOT}[values[0]]


def _when(values: Sequence[int]) -> int:
    return values[1] if values[0] == t.HOLDS else t.CONCERNS_NOT


def _unless(values: Sequence[int]) -> int:
    return t.VIOLATED if values[0] == t.HOLDS and values[1] == t.HOLDS else values[0]


def _possible(logic: Callable[[Sequence[int]], int], truths: Sequence[t.Truth]) -> t.Truth:
    """What a node may turn out to be, by trying every value of every part."""
    may = [[value for value in VALUES if truth & value] for truth in truths]
    found = 0
    for values in product(*may):
        found |= logic(values)
    return found


@each_row(
    ("meant", "logic", "parts"),
    [
        (_and, t.conjoin, 2),
        (_and, t.conjoin, 3),
        (_or, t.disjoin, 2),
        (_or, t.disjoin, 3),
        (_not, lambda truths: t.negate(truths[0]), 1),
        (_when, lambda truths: t.scoped(truths[0], truths[1]), 2),
        (_unless, lambda truths: t.lifted(truths[0], truths[1]), 2),
        (partial(_count, 1), partial(t.at_least, 1), 2),
        (partial(_count, 2), partial(t.at_least, 2), 2),
        (partial(_count, 1), partial(t.at_least, 1), 3),
        (partial(_count, 2), partial(t.at_least, 2), 3),
        (partial(_count, 3), partial(t.at_least, 3), 3),
    ],
    ids=["and-2", "and-3", "or-2", "or-3", "not", "when", "unless", "1-of-2", "2-of-2", "1-of-3", "2-of-3", "3-of-3"],
)
def test_every_combination_is_what_its_values_make_of_it(
    meant: Callable[[Sequence[int]], int], logic: Logic, parts: int
) -> None:
    wrong = {
        truths: (logic(truths), _possible(meant, truths))
        for truths in product(TRUTHS, repeat=parts)
        if logic(truths) != _possible(meant, truths)
    }
    assert not wrong
