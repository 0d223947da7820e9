"""Statements and unread words that the vocabulary knows as one statement, in the wording in which it is asked everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.model.language import All, Ambiguous, Any, AtLeast, Check, Not, Statement, Unless, Unread, When
from matcher.model.trees import any_of, leaves
from matcher.reading.rules import Read
from matcher.vocabulary import Vocabulary, asked_as, may_be_asked

_JOINT = re.compile(r"\s*(?:,\s*(?:and/or|or)|\band/or\b|\bor\b|,|/)\s*", re.IGNORECASE)
# A comma alone may stand for "and".
_OR = re.compile(r"\bor\b|/", re.IGNORECASE)


def with_statements(read: Read, vocabulary: Vocabulary) -> Read:
    """The check with every statement that the vocabulary knows in its one wording."""
    if not any(isinstance(leaf, Statement | Unread) for leaf in leaves(read.check)):
        return read
    places = iter(read.spans)
    spans: list[tuple[int, int]] = []
    check = _asked(read.check, places, spans, vocabulary)
    return Read(check, tuple(spans)) if check != read.check else read


def _asked(check: Check, places: Iterator[tuple[int, int]], spans: list[tuple[int, int]], vocabulary: Vocabulary) -> Check:
    """The check anew, its places put to `spans` in the order of its leaves."""
    match check:
        case All(parts) | Any(parts):
            return type(check)(tuple(_asked(part, places, spans, vocabulary) for part in parts))
        case AtLeast(n, parts):
            return AtLeast(n, tuple(_asked(part, places, spans, vocabulary) for part in parts))
        case Ambiguous(readings):
            return Ambiguous(tuple(_asked(part, places, spans, vocabulary) for part in readings))
        case Not(part):
            return Not(_asked(part, places, spans, vocabulary))
        case When(scope, rule):
            return When(_asked(scope, places, spans, vocabulary), _asked(rule, places, spans, vocabulary))
        case Unless(rule, lifted):
            return Unless(_asked(rule, places, spans, vocabulary), _asked(lifted, places, spans, vocabulary))
    place = next(places, (0, 0))
    named = _statement(check.text, vocabulary) if isinstance(check, Statement | Unread) else None
    spans += [place] * (sum(1 for _ in leaves(named)) if named is not None else 1)
    return named if named is not None else check


def _statement(text: str, vocabulary: Vocabulary) -> Check | None:
    """The statement that a text words; of several with "or" between them, any."""
    if not may_be_asked(text):
        return None
    whole = _one(text, vocabulary)
    if whole is not None:
        return whole
    parts = _JOINT.split(text.strip(" .,;"))
    if not 2 <= len(parts) <= 4 or not _OR.search(text) or re.search(r"\b(?:no|not|nor|neither|without)\b", text, re.IGNORECASE):
        return None
    found = [_one(part, vocabulary) for part in parts]
    known = [one for one in found if one is not None]
    return any_of(list(dict.fromkeys(known))) if len(known) == len(found) else None


def _one(text: str, vocabulary: Vocabulary) -> Check | None:
    asked = asked_as(text, vocabulary)
    if asked is None:
        return None
    return Statement(asked.label) if asked.holds else Not(Statement(asked.label))
