"""Alternatives behind words that only say of whom they are asked: "adults over 18, with asthma or an allergy"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Age, Check, Sex
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.tagging.caseless import Caseless

_OR = Caseless(r"\bor\b|/")


def any_of_people(checks: Sequence[Check], joints: Sequence[str]) -> Check | None:
    """The members of an inclusion's list with an "or" in it: whom it is asked of stands apart where a comma parts it from the rest.

    `joints` are the words or signs between the members; None where an "or" stands among them and not before the last.
    """
    said = [_OR.search(joint) is not None for joint in joints]
    if any(said) and not said[-1]:
        return None
    of_whom = [all(isinstance(leaf, Age | Sex) for leaf in leaves(check)) for check in checks]
    first = of_whom.index(False) if False in of_whom else 0
    if not first or said[first - 1]:
        return any_of(list(checks))
    whom = any_of if any(said[: first - 1]) else all_of
    return all_of([whom(list(checks[:first])), any_of(list(checks[first:]))])
