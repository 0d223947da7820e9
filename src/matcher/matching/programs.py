"""A trial's criteria as whole numbers, to be judged by the thousand: rules by their number, leaves by theirs.

A rule is a criterion without its words: its head, and its check with joints as prefixes. A leaf in it is
`number << 4 | kind`, never negative; a joint is negative and holds its kind, how many parts follow it and, of "at least
n", the n. Words that only an answer settles have no number, but for statements that a fact may answer: the trial keeps a mark
of their normalised text, which tells whether an answer could be meant. A program is the numbers of a trial's rules, each followed by that of its group where
there are any groups. The numbers of rules and leaves are given by whoever keeps them.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any as Anything
from typing import NamedTuple
from zlib import crc32

from matcher.matching.compiled import checked
from matcher.matching.patient import spelled
from matcher.model import language as lang
from matcher.model.patterns import later
from matcher.model.trees import children, leaves
from matcher.model.trial import Criterion
from matcher.model.values import changed
from matcher.model.wording import parse
from matcher.model.wording_words import AFTER_A_MEASUREMENT
from matcher.vocabulary.told import told_by

KINDS: tuple[type, ...] = (
    lang.Statement, lang.Judgement, lang.Consent, lang.Unread, lang.Condition, lang.Measurement, lang.Medication,
    lang.Procedure, lang.Allergy, lang.FamilyHistory, lang.Age, lang.Sex, lang.State, lang.Smoking, lang.Participation,
)
SPOKEN = 4  # the first kinds are words that only an answer settles
NAMING = 10  # those after them, up to this one, name a term
NODES: tuple[type, ...] = (lang.All, lang.Any, lang.AtLeast, lang.Not, lang.When, lang.Unless, lang.Ambiguous)
EITHER_WAY = len(NODES)  # stands for "x or not x" (n = 1) and "x and not x" (n = 0), of which only x follows
EXCLUSION, HAS_UNREAD, OF_FACTS = 1, 2, 4  # bits of a rule's head
ANY_TERM = "x"
IN_FULL = -1  # stands alone where a trial can only be judged in full
GROUPED = -2  # stands first where each rule is followed by its group
MOST_RULES = (1 << 12) - 1
_KIND_OF = {kind: number for number, kind in enumerate(KINDS)}
_NODE_OF = {kind: number for number, kind in enumerate(NODES)}
_STATEMENT, _UNREAD = _KIND_OF[lang.Statement], _KIND_OF[lang.Unread]
_MARK = (1 << 26) - 1
_MOST = (1 << 10) - 1

Numbered = Callable[[int, str, "lang.Leaf"], int]
"""The number of a leaf, by its kind, its term ("" = none) and its shape: the same leaf with ANY_TERM for a term."""


class TooWide(Exception):
    """More criteria, or a check with more parts, than a program can hold."""


class Program(NamedTuple):
    """A trial's criteria: its rules, each once; the places among them in the trial's order, with groups; marks of its words."""

    rules: tuple[tuple[int, ...], ...]
    order: tuple[int, ...]
    marks: tuple[int, ...]


def mark_of(text: str) -> int:
    """The mark of a statement's normalised text: equal for texts that one answer settles."""
    return crc32("\0".join(spelled(text)).encode("utf-8", "surrogatepass")) & _MARK


def program(criteria: Sequence[Criterion], numbered: Numbered) -> Program:
    """All criteria of a trial."""
    if len(criteria) > MOST_RULES:
        raise TooWide
    groups: dict[str, int] = {"": 0}
    rules: dict[tuple[int, ...], int] = {}
    marks: dict[int, None] = {}
    order: list[tuple[int, int]] = []
    for one in criteria:
        check = checked(one)
        code: list[int] = []
        _encode(check, numbered, code)
        marks.update((mark_of(leaf.text), None) for leaf in leaves(check) if isinstance(leaf, lang.Statement | lang.Judgement | lang.Unread))
        rule = rules.setdefault((_head(one.kind, code), *code), len(rules))
        order.append((rule, groups.setdefault(one.group, len(groups))))
    if len(groups) == 1:
        return Program(tuple(rules), tuple(rule for rule, _ in order), tuple(marks))
    return Program(tuple(rules), (GROUPED, *(number for pair in order for number in pair)), tuple(marks))


def of_facts(one: Criterion) -> bool:
    """Whether a criterion asks the patient to have something that is recorded: a disease, a value, a treatment."""
    return one.kind == "inclusion" and any(SPOKEN <= _KIND_OF[type(leaf)] < NAMING for leaf in leaves(checked(one)))


def _head(kind: str, code: Sequence[int]) -> int:
    kinds = {token & 15 for token in code if token >= 0}
    asks = kind == "inclusion" and any(SPOKEN <= one < NAMING for one in kinds)
    return EXCLUSION * (kind == "exclusion") | HAS_UNREAD * (_UNREAD in kinds) | OF_FACTS * asks


_OP, _NUMBER, _UNIT = r"([<≤>≥]|≥\?|=)", r"(\d+(?:\.\d+)?)", r'(?: ([^\s"(),;<>≤≥=]+))?'
_LIMITS = later(rf"({ANY_TERM}|age) (?:{_OP} {_NUMBER}{_UNIT}(?: to {_OP} {_NUMBER}{_UNIT})?|{_NUMBER} to {_NUMBER}{_UNIT})$")


def shape_in(worded: str) -> lang.Leaf:
    """The leaf that a shape words; of most, a term or an age and one limit or two, it is plain to see."""
    found = _LIMITS.match(worded)
    if found is None:
        return parse(worded)  # type: ignore[return-value]
    what, op, number, unit, second, highest, last, low, high, range_unit = found.groups("")
    limits = (("≥", low, range_unit), ("≤", high, range_unit)) if low else ((op, number, unit), (second, highest, last))[: 2 if second else 1]
    of_age = what == "age"
    if any(unit not in lang.AGE_UNITS if of_age else unit in AFTER_A_MEASUREMENT for _, _, unit in limits):
        return parse(worded)  # type: ignore[return-value]
    bounds = tuple([lang.Bound(op, Decimal(number), unit) for op, number, unit in limits])
    return lang.Age(bounds) if of_age else lang.Measurement(ANY_TERM, bounds)


def packed(numbers: Iterable[int]) -> bytes:
    """Whole numbers as bytes, the same on every machine."""
    row = array("i", numbers)
    if sys.byteorder == "big":
        row.byteswap()
    return row.tobytes()


def unpacked(data: bytes) -> list[int]:
    """The whole numbers of `packed`; ValueError where the bytes are none."""
    return numbers_in(data).tolist()


def numbers_in(data: bytes) -> array[int]:
    """The same, as they lie in memory."""
    row = array("i", data)
    if sys.byteorder == "big":
        row.byteswap()
    return row


def _encode(check: lang.Check, numbered: Numbered, code: list[int]) -> None:
    kind = _KIND_OF.get(type(check))
    if kind is not None:
        code.append(_leaf(check, kind, numbered) << 4 | kind)
        return
    parts = children(check)
    if isinstance(check, lang.Any | lang.All) and len(parts) == 2 and parts[1] == lang.Not(parts[0]):
        code.append(-(EITHER_WAY | 1 << 3 | isinstance(check, lang.Any) << 13) - 1)
        _encode(parts[0], numbered, code)
        return
    if len(parts) > _MOST:
        raise TooWide
    n = check.n if isinstance(check, lang.AtLeast) else 0
    code.append(-(_NODE_OF[type(check)] | len(parts) << 3 | n << 13) - 1)
    for part in parts:
        _encode(part, numbered, code)


def _leaf(leaf: Anything, kind: int, numbered: Numbered) -> int:
    if kind < SPOKEN:
        return numbered(kind, "", leaf) if kind == _STATEMENT and told_by(leaf.text) else 0
    if kind < NAMING:
        return numbered(kind, leaf.term, changed(leaf, term=ANY_TERM))
    return numbered(kind, "", leaf)


__all__ = [
    "ANY_TERM", "EITHER_WAY", "EXCLUSION", "GROUPED", "HAS_UNREAD", "IN_FULL", "KINDS", "NAMING", "NODES", "OF_FACTS", "SPOKEN", "Numbered", "Program",
    "TooWide", "mark_of", "numbers_in", "of_facts", "packed", "program", "shape_in", "unpacked",
]
