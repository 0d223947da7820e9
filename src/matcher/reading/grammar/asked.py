"""Statements and unread words that the vocabulary knows as one statement, in the wording in which it is asked everywhere."""

from __future__ import annotations

import re

from matcher.model.language import Check, Not, Statement, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Vocabulary, asked_as, may_be_asked

_JOINT = Caseless(r",\s*(?:and/or|or)|\band/or\b|\bor\b|,|/")
# One decision, of one court or another.
_COURTS = ("judicial", "administrative", "court", "legal")
_OF_A_COURT = pattern_of(r"\b(judicial|administrative|court|legal)\s*(?:/|,? or|,? and)\s*(judicial|administrative|court|legal)(?=\s+(?:decision|order|ruling))", re.IGNORECASE)
# A comma alone may stand for "and".
_OR = Caseless(r"o(?<=\bo)r\b|/", needs=("or", "/"))  # found by its first letter
_DENIES = Caseless(r"\b(?:no|not|nor|neither|without)\b", needs=("no", "neither", "without"))


_OF_AGE = frozenset(("a child", "an adolescent"))
# "Have children" says of nobody that he is one.
_HAS_CHILDREN = Caseless(r"\b(?:with|have|has|having|had|of|for|by|to)\s+(?:[a-z]+\s+){0,2}(?:child(?:ren)?|minors?|adolescents?)\b", needs=("child", "minor", "adolescent"))


def with_statements(read: Read, text: str, vocabulary: Vocabulary) -> Read:
    """The check with every statement that the vocabulary knows in its one wording."""
    if not any(isinstance(leaf, (Statement, Unread)) and may_be_asked(leaf.text) for leaf in leaves(read.check)):
        return read
    told = rewritten(read, lambda leaf: _statement(leaf.text, vocabulary) if isinstance(leaf, Statement | Unread) else None)
    of_age = any(isinstance(leaf, Statement) and leaf.text in _OF_AGE for leaf in leaves(told.check))
    return read if of_age and _HAS_CHILDREN.search(text) is not None else told


def _statement(text: str, vocabulary: Vocabulary) -> Check | None:
    """The statement that a text words; of several with "or" between them, any."""
    if not may_be_asked(text):
        return None
    whole = _one(text, vocabulary)
    if whole is not None:
        return whole
    if not _OR.search(text) or _DENIES.search(text):
        return None
    court = any(map(text.casefold().__contains__, _COURTS))
    parts = [part.strip() for part in _JOINT.split((_OF_A_COURT.sub(r"\1 \2", text) if court else text).strip(" .,;"))]
    if not 2 <= len(parts) <= 4:
        return None
    found = [_one(part, vocabulary) for part in parts]
    known = [one for one in found if one is not None]
    return any_of(list(dict.fromkeys(known))) if len(known) == len(found) else None


def _one(text: str, vocabulary: Vocabulary) -> Check | None:
    asked = asked_as(text, vocabulary)
    if asked is None:
        return None
    return Statement(asked.label) if asked.holds else Not(Statement(asked.label))
