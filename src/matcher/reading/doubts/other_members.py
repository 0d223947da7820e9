"""What an "other" in a list is other than: "malignancy or history of other malignancy", "advanced HCC or any other malignancy"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Check, Condition, Exempt
from matcher.reading.grammar.members import Member, another
from matcher.reading.grammar.rules import Context


def with_others(checks: Sequence[Check], members: Sequence[Member], context: Context) -> list[Check]:
    """The checks of a list of an exclusion: a disease named again as "other" is another than the trial's each time, a wider one none of those that are named with a limit."""
    if not context.exclusion or not any(member.own.other for member in members[1:]):
        return list(checks)
    again = {member.term.label for at, member in enumerate(members) if member.own.other and any(one.term == member.term for one in members[:at])}
    return [_other(check, member, members[:at], again, context) for at, (check, member) in enumerate(zip(checks, members, strict=True))]


def _other(check: Check, member: Member, before: Sequence[Member], again: set[str], context: Context) -> Check:
    if isinstance(check, Ambiguous):
        return Ambiguous(tuple(_other(one, member, before, again, context) for one in check.readings))
    if not isinstance(check, Condition):
        return check
    if member.term.label in again:
        return check if any("other than the one" in state for state in check.states) else another(check)
    asked = context.vocabulary.condition(check.term)
    if not member.own.other or asked is None:
        return check
    limited = [one for one in before if one.token.tag == "cond" and (one.own.degrees or one.own.window or one.term.stages)]
    narrower = [one.term.label for one in limited if (named := context.vocabulary.condition(one.term.label)) is not None and context.vocabulary.relation(named, asked) == "narrower"]
    return replace(check, other_than=(*check.other_than, *(Exempt(term=label) for label in narrower)))


__all__ = ["with_others"]
