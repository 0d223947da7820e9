"""An abbreviation explained in the middle of a name: "central nervous system (CNS) metastases" is read as the name without it.

The brackets are left blank, so that every place in the text stays where it was.
"""

from __future__ import annotations

import re

from matcher.model.language import Check, Consent, Judgement, Statement, Unread
from matcher.model.trees import leaves
from matcher.reading.pieces import clean
from matcher.vocabulary import Vocabulary

_EXPLAINED = re.compile(r"(?<=[a-z0-9]) ?\((?P<short>[A-Za-z0-9/+-]{2,10})\)(?P<joint> |-)(?=[a-zA-Z])")
_BEFORE, _BEHIND = 6, 3  # words
_REACH = 90  # characters
_CUT = re.compile(r"[^\w\s'-]")
_CAPITALS = 2


def without_abbreviations(text: str, vocabulary: Vocabulary) -> str:
    """The text with the abbreviations blank that stand inside a name of the vocabulary."""
    if ") " not in text and ")-" not in text:
        return text
    for found in list(_EXPLAINED.finditer(text)):
        if sum(map(str.isupper, found["short"])) >= _CAPITALS and _within_a_name(text, found, vocabulary):
            text = text[: found.start()] + " " * (found.end() - found.start()) + text[found.end() :]
    return text


def _within_a_name(text: str, found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether the words on both sides are one name, of whose first part the brackets hold the letters."""
    before = _CUT.split(text[max(0, found.start() - _REACH) : found.start()])[-1].split()[-_BEFORE:]
    behind = _CUT.split(text[found.end() : found.end() + _REACH])[0].split()[:_BEHIND]
    for size in range(len(before), 1, -1):
        words = before[-size:]
        if _abbreviates(found["short"], words) and any(_is_name(" ".join([*words, *behind[:more]]), vocabulary) for more in range(len(behind), 0, -1)):
            return True
    return False


def _abbreviates(short: str, words: list[str]) -> bool:
    """Whether the letters stand in the words in their order, the first at the first."""
    letters = iter("".join(words).casefold())
    return short[0].casefold() == words[0][0].casefold() and all(letter in letters for letter in short.casefold() if letter.isalnum())


def _is_name(words: str, vocabulary: Vocabulary) -> bool:
    return any(resolve(words) is not None for resolve in (vocabulary.condition, vocabulary.treatment, vocabulary.procedure, vocabulary.measure))


def is_whole(check: Check) -> bool:
    """Whether nothing of a criterion is left unread or asked as it stands."""
    return not any(isinstance(leaf, Unread | Statement) for leaf in leaves(check))


def says_the_same(check: Check, text: str) -> bool:
    """Whether words that are shown as they stand are those of the text."""
    shown = clean(text)
    return all(leaf.text in shown for leaf in leaves(check) if isinstance(leaf, Judgement | Consent))
