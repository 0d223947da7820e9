"""The TNM classification written as letters and digits: "T1-3 N0 M0", "cT2-T4a, N+", "stage T1c or T2a"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.model.language import Measurement
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Vocabulary

# One letter with its digit: the cheap look before the rest.
TNM = pattern_of(r"[TNM](?:[0-4+]|is)")
_ITEM = pattern_of(r"(?<![A-Za-z0-9])(?P<first>[cp]?)(?P<letter>[TNM])(?P<grade>is|[0-4][a-d]?(?![\d%])|\+)(?=[^A-Za-z0-9]|[TNM][0-4+]|$)|(?<=[0-4a-ds+])(?P<next>[NM])(?P<step>[0-4][a-d]?(?![\d%])|\+)(?=[^A-Za-z0-9]|M[0-4]|$)")
# "ypN1", "cT2": as it is found by one way or at one time, which another recorded stage does not tell.
_FOUND_SO = pattern_of(r"\b(?:[yr]?[cp]|[yr])[TNM](?:[0-4+]|is)|\b(?i:clinical|clinically|pathologic|pathological)\s+(?:stage\s+)?[TNM](?:[0-4+]|is)")
_LAST = pattern_of(r"\s?(?:[-–~/]|to)\s?(?P<last>[0-4][a-d]?)(?=[^A-Za-z0-9.%]|[NM][0-4+]|\.?$|\.\s)")
_JOINT = pattern_of(r"\s*(?:,|/|-|–|~|\bor\b|\band\b|\bto\b|,\s*(?:or|and))\s*", re.IGNORECASE)
_RANGE = pattern_of(r"\s*(?:-|–|~|to)\s*", re.IGNORECASE)
_STAGED = pattern_of(r"(?:stag(?:e[ds]?|ing)|TNM|clinical|pathologic(?:al)?)\W{0,3}$", re.IGNORECASE)
_NODES = ("1", "2", "3")  # what "N+" means


@dataclass(frozen=True, slots=True)
class _Item:
    """One letter with the grades it names, and its place."""

    letter: str
    grades: tuple[str, ...]
    start: int
    end: int
    marked: bool


def with_tnm(tokens: list[Token], text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens with T, N and M and what follows them read, where the text speaks of the classification."""
    groups = [] if _FOUND_SO.search(text) else list(_grouped(list(_items(text, vocabulary)), text, vocabulary))
    if not groups or (len({one.letter for one in groups}) < 2 and not any(one.marked or _STAGED.search(text, max(0, one.start - 20), one.start) for one in groups)):
        return tokens
    if _may_divide(groups, text):
        return tokens
    found: list[Token] = []
    left, starts = list(groups), [one.start for one in groups]
    for token in tokens:
        while left and left[0].start <= token.start:
            if found and found[-1].tag == "stage":
                found.pop()
            found.append(_token(left.pop(0), text))
        near = bisect_left(starts, token.end) - 1  # the last group that begins before the token ends
        if near < 0 or groups[near].end <= token.start:
            found.append(token)
    return [*found, *(_token(one, text) for one in left)]


_OR = pattern_of(r"\bor\b|/", re.IGNORECASE)
_BARE = pattern_of(r"\W*(?:(?:patients?|subjects?|with|clinical|clinically|pathologic|pathological|stage[ds]?|staging|disease|tumou?rs?|cancer|TNM|and|or|and/or|any|a|the|of|is|classification)\b\W*)*", re.IGNORECASE)


def _may_divide(groups: Sequence[_Item], text: str) -> bool:
    """Whether an "or" between two letters leaves open what the words around them belong to: "T3 or N+ rectal cancer"."""
    if not any(_OR.search(text[before.end : after.start]) for before, after in pairwise(groups)):
        return False
    around = [text[: groups[0].start], text[groups[-1].end :], *(text[before.end : after.start] for before, after in pairwise(groups))]
    return not all(_BARE.fullmatch(said) for said in around)


def _token(item: _Item, text: str) -> Token:
    read = Read(Measurement(f"{item.letter} stage", words=item.grades), ((item.start, item.end),))
    return Token("check", item.start, item.end, text[item.start : item.end], read)


def _items(text: str, vocabulary: Vocabulary) -> Iterator[_Item]:
    for found in _ITEM.finditer(text):
        letter, grade = found["letter"] or found["next"], found["grade"] or found["step"]
        grades: tuple[str, ...] = _NODES if grade == "+" and letter == "N" else (grade,)
        end = found.end()
        last = _LAST.match(text, end)
        if last is not None and grade not in ("+", "is"):
            grades, end = _between(letter, grade, last["last"], last[0], vocabulary), last.end()
        if grades != ("+",):
            yield _Item(letter, grades, found.start(), end, bool(found["first"]))


def _between(letter: str, first: str, last: str, joint: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The grades from one to another, whole ones where both ends are whole; the two alone behind a slash."""
    if "/" in joint:
        return (first, last)
    if first.isdigit() and last.isdigit() and int(first) <= int(last):
        return tuple(str(step) for step in range(int(first), int(last) + 1))
    measure = vocabulary.measure(f"{letter} stage")
    order = measure.order if measure is not None else ()
    begins = next((place for place, step in enumerate(order) if step.startswith(first)), None)
    ends = max((place for place, step in enumerate(order) if step.startswith(last)), default=None)
    return tuple(order[begins : ends + 1]) if begins is not None and ends is not None and begins <= ends else (first, last)


def _grouped(items: Sequence[_Item], text: str, vocabulary: Vocabulary) -> Iterator[_Item]:
    """Items of one letter next to each other as one choice."""
    held: _Item | None = None
    for item in items:
        joint = text[held.end : item.start] if held is not None else ""
        if held is not None and held.letter == item.letter and _JOINT.fullmatch(joint):
            ranged = _RANGE.fullmatch(joint) is not None and len(held.grades) == len(item.grades) == 1
            grades = _between(item.letter, held.grades[0], item.grades[0], joint, vocabulary) if ranged else (*held.grades, *item.grades)
            held = _Item(item.letter, tuple(dict.fromkeys(grades)), held.start, item.end, held.marked or item.marked)
            continue
        if held is not None:
            yield held
        held = item
    if held is not None:
        yield held
