"""A criterion that opens a list ("any of the following: a. … b. …"): its members and how many of them must hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model.language import AtLeast, Check, all_of, any_of

_MEMBER = re.compile(r"^\s*(?:[•●○▪■◦‣·*]|[-–—](?=\s)|o(?=\s)|\(?\w{1,3}[.)](?=\s|[A-Z(]))\s*(?P<text>.*\S)?", re.DOTALL)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AT_LEAST = re.compile(r"\b(?:at least|a minimum of|minimum of|≥|>=)\s*(?P<n>\d|one|two|three|four|five|six)\b|\b(?P<more>\d|one|two|three|four) or more\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|one|either)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:all|both|each|every)\b", re.IGNORECASE)
# What an opening line may say without saying anything of the patient.
_OPENING = re.compile(
    r"(?:patients?|subjects?|participants?|individuals?|with|who|must|have|has|had|meet|meets|fulfil|fulfill|be|is|are|the|a|an|of|any|one|either|"
    r"all|both|each|every|at|least|minimum|or|and|more|following|these|criteria|criterion|conditions?|characteristics|features|findings|"
    r"symptoms|factors|items|below|listed|as|defined|by|presence|present|evidence|known|excluded|exclude|will|should|shall|met|including|"
    r"two|three|four|five|six|\d|≥|>=|[^\w\s]|\s)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opened:
    """The members of an opened list with their places, and how many must hold (None = all)."""

    members: tuple[tuple[int, str], ...]
    at_least: int | None


def opened(text: str, kind: str) -> Opened | None:
    """The list that a criterion's first line opens, where that line says nothing else; None otherwise."""
    lines = text.split("\n")
    if len(lines) < 3 or not _OPENING.fullmatch(lines[0]):
        return None
    count = _count(lines[0], kind)
    members = _members(lines)
    return Opened(members, None if count == 0 else count) if count is not None and members else None


def _count(head: str, kind: str) -> int | None:
    """How many members must hold: 0 means all; None where the line leaves it open."""
    found = _AT_LEAST.search(head)
    if found is not None:
        word = (found["n"] or found["more"]).casefold()
        return _NUMBERS.get(word) or int(word)
    if _ALL.search(head):
        return 0 if not _ANY.search(head) else None
    if _ANY.search(head) or kind == "exclusion":
        return 1
    return None


def _members(lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Each member's text with its place in the whole; empty where a line is no member."""
    found: list[tuple[int, str]] = []
    place = len(lines[0]) + 1
    for line in lines[1:]:
        member = _MEMBER.match(line)
        if member is None or not member["text"]:
            return ()
        found.append((place + member.start("text"), member["text"]))
        place += len(line) + 1
    return tuple(found)


def combined(parts: Sequence[Check], at_least: int | None) -> Check:
    """The members as one check: all, any, or at least n of them."""
    if at_least is None:
        return all_of(list(parts))
    if at_least == 1:
        return any_of(list(parts))
    return AtLeast(at_least, tuple(parts)) if len(parts) >= max(2, at_least) else all_of(list(parts))
