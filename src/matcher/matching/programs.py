"""A trial's criteria as a row of whole numbers, to be judged by the thousand: leaves by their number, joints as prefixes.

A leaf is `number << 4 | kind`, never negative; a joint is negative and holds its kind, how many parts follow it and, of
"at least n", the n. The numbers of leaves are given by whoever keeps them. Words that only an answer settles have no
number: a mark of their normalised text stands there instead, which tells whether an answer could be meant.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any as Anything
from zlib import crc32

from matcher.matching.compiled import checked
from matcher.matching.patient import spelled
from matcher.model import language as lang
from matcher.model.trees import children, leaves
from matcher.model.trial import Criterion

KINDS: tuple[type, ...] = (
    lang.Statement, lang.Judgement, lang.Consent, lang.Unread, lang.Condition, lang.Measurement, lang.Medication,
    lang.Procedure, lang.Allergy, lang.FamilyHistory, lang.Age, lang.Sex, lang.State, lang.Smoking, lang.Participation,
)
SPOKEN = 4  # the first kinds are words that only an answer settles
NAMING = 10  # those after them, up to this one, name a term
NODES: tuple[type, ...] = (lang.All, lang.Any, lang.AtLeast, lang.Not, lang.When, lang.Unless, lang.Ambiguous)
# Bits of a criterion's head, and where its group's number begins.
EXCLUSION, HAS_UNREAD, OF_FACTS, GROUP = 1, 2, 4, 3
ANY_TERM = "x"
IN_FULL = -1  # stands alone where a trial can only be judged in full
_KIND_OF = {kind: number for number, kind in enumerate(KINDS)}
_NODE_OF = {kind: number for number, kind in enumerate(NODES)}
_UNREAD = _KIND_OF[lang.Unread]
_MARK = (1 << 26) - 1
_MOST = (1 << 10) - 1

Numbered = Callable[[int, str, "lang.Leaf"], int]
"""The number of a leaf, by its kind, its term ("" = none) and its shape: the same leaf with ANY_TERM for a term."""


class TooWide(Exception):
    """A check with more parts than a program can hold."""


def mark_of(text: str) -> int:
    """The mark of a statement's normalised text: equal for texts that one answer settles."""
    return crc32("\0".join(spelled(text)).encode("utf-8", "surrogatepass")) & _MARK


def program(criteria: Sequence[Criterion], numbered: Numbered) -> bytes:
    """All criteria of a trial: for each its head, the length of its check, and the check."""
    groups: dict[str, int] = {"": 0}
    found: list[int] = []
    for one in criteria:
        check = checked(one)
        code: list[int] = []
        _encode(check, numbered, code)
        found += (_head(one.kind, code) | groups.setdefault(one.group, len(groups)) << GROUP, len(code), *code)
    return packed(found)


def of_facts(one: Criterion) -> bool:
    """Whether a criterion asks the patient to have something that is recorded: a disease, a value, a treatment."""
    return one.kind == "inclusion" and any(SPOKEN <= _KIND_OF[type(leaf)] < NAMING for leaf in leaves(checked(one)))


def _head(kind: str, code: Sequence[int]) -> int:
    kinds = {token & 15 for token in code if token >= 0}
    asks = kind == "inclusion" and any(SPOKEN <= one < NAMING for one in kinds)
    return EXCLUSION * (kind == "exclusion") | HAS_UNREAD * (_UNREAD in kinds) | OF_FACTS * asks


def packed(numbers: Iterable[int]) -> bytes:
    """Whole numbers as bytes, the same on every machine."""
    row = array("i", numbers)
    if sys.byteorder == "big":
        row.byteswap()
    return row.tobytes()


def unpacked(data: bytes) -> list[int]:
    """The whole numbers of `packed`; ValueError where the bytes are none."""
    row = array("i")
    row.frombytes(data)
    if sys.byteorder == "big":
        row.byteswap()
    return row.tolist()


def _encode(check: lang.Check, numbered: Numbered, code: list[int]) -> None:
    kind = _KIND_OF.get(type(check))
    if kind is not None:
        code.append(_leaf(check, kind, numbered) << 4 | kind)
        return
    parts = children(check)
    if len(parts) > _MOST:
        raise TooWide
    n = check.n if isinstance(check, lang.AtLeast) else 0
    code.append(-(_NODE_OF[type(check)] | len(parts) << 3 | n << 13) - 1)
    for part in parts:
        _encode(part, numbered, code)


def _leaf(leaf: Anything, kind: int, numbered: Numbered) -> int:
    if kind < SPOKEN:
        return mark_of(leaf.text)
    if kind < NAMING:
        return numbered(kind, leaf.term, replace(leaf, term=ANY_TERM))
    return numbered(kind, "", leaf)


__all__ = [
    "ANY_TERM", "EXCLUSION", "GROUP", "HAS_UNREAD", "IN_FULL", "KINDS", "NAMING", "NODES", "OF_FACTS", "SPOKEN", "Numbered", "TooWide",
    "mark_of", "of_facts", "packed", "program", "unpacked",
]
