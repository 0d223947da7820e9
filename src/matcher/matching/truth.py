"""Three-valued logic with n/a: what a check can still turn out to be, as a set of values.

A truth is a set of possible values held in an int: HOLDS, VIOLATED and CONCERNS_NOT (n/a). One value is a decided
check; several mean undecided. The combinations are exact for independent parts, so a decided result agrees with every
completion of what is missing.
"""

from __future__ import annotations

from collections.abc import Sequence

HOLDS, VIOLATED, CONCERNS_NOT = 1, 2, 4
OPEN = HOLDS | VIOLATED
UNSAID = 0  # what nothing was read of: beside another reading it says nothing
Truth = int


def of(value: bool) -> Truth:
    """The decided truth of a yes or no."""
    return HOLDS if value else VIOLATED


def decided(truth: Truth) -> bool:
    """Whether only one value is left."""
    return truth in (HOLDS, VIOLATED, CONCERNS_NOT)


def said(truth: Truth) -> Truth:
    """The truth of something that may not have been read: then it is open."""
    return truth or OPEN


def likely_of(readings: Sequence[tuple[Truth, Truth]]) -> Truth:
    """What readings are likely to be, of the truth and the likely one of each: beside what was not read only what recorded facts say of the others."""
    in_part = any(likely == UNSAID for _, likely in readings)
    result = UNSAID
    for truth, likely in readings:
        result |= likely if not in_part or likely == UNSAID else truth
    return result


def negate(truth: Truth) -> Truth:
    """Not: true and false change places, n/a stays."""
    return (truth & CONCERNS_NOT) | ((truth & HOLDS) << 1) | ((truth & VIOLATED) >> 1)


def conjoin(truths: Sequence[Truth]) -> Truth:
    """And: a false part settles it; n/a parts are dropped."""
    some, every, sunk = 0, CONCERNS_NOT, False  # what any part may be, what all may be, whether one is certainly false
    for truth in truths:
        some |= truth
        every &= truth
        sunk = sunk or truth == VIOLATED
    return some & (VIOLATED if sunk else OPEN) | every


def disjoin(truths: Sequence[Truth]) -> Truth:
    """Or: a true part settles it; n/a parts are dropped."""
    return negate(conjoin([negate(truth) for truth in truths]))


def at_least(n: int, truths: Sequence[Truth]) -> Truth:
    """At least n of the parts hold; n/a parts do not count."""
    certain = sum(1 for truth in truths if truth == HOLDS)
    result = 0
    if sum(1 for truth in truths if truth & HOLDS) >= n:
        result |= HOLDS
    if certain < n and (certain or any(truth & VIOLATED for truth in truths) or (n > 1 and any(truth & HOLDS for truth in truths))):
        result |= VIOLATED
    if all(truth & CONCERNS_NOT for truth in truths):
        result |= CONCERNS_NOT
    return result


def scoped(scope: Truth, rule: Truth) -> Truth:
    """The rule where the scope holds, n/a where it does not."""
    result = 0
    if scope & HOLDS:
        result |= rule
    if scope & (VIOLATED | CONCERNS_NOT):
        result |= CONCERNS_NOT
    return result


def lifted(rule: Truth, state: Truth) -> Truth:
    """The rule unless the state holds: n/a rules stay n/a, an n/a state lifts nothing."""
    result = rule & CONCERNS_NOT
    if rule & HOLDS and state & (VIOLATED | CONCERNS_NOT):
        result |= HOLDS
    if rule & VIOLATED or (rule & HOLDS and state & HOLDS):
        result |= VIOLATED
    return result
