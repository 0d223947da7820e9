"""A grade behind the name of a laboratory test ("creatinine ≥ grade 2"): one of toxicity, never the value itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Vocabulary

SPEAKS_OF_GRADES = Caseless(r"\b(?:grades?|gr)\b", needs=("grade", "gr"))
_SIGNS = frozenset(("cmp", "after", "of", "be", "equal"))
# What may stand between the name of the test and its grade; of words, those of the scale.
_BETWEEN = frozenset((*_SIGNS, "and", "or", "slash", "comma", "colon", "measure", "level", "degree", "to", "must", "open", "increase", "_"))
_OF_SCALE = Caseless(r"\b(?:nci|ctc(?:ae)?|toxicit(?:y|ies)|criteria|who|rtog|common|terminology|adverse events?)\b")
_WITHOUT_UNIT = frozenset(("INR", "aPTT ratio"))


def without_grades(tokens: list[Token], vocabulary: Vocabulary) -> list[Token]:
    """The tokens with the numbers of such grades told from values."""
    return [replace(token, tag="w") if token.tag in ("number", "range") and _of_a_grade(tokens[:i]) and _of_a_test(tokens[:i], vocabulary) else token for i, token in enumerate(tokens)]


def _of_a_grade(before: Sequence[Token]) -> bool:
    """Whether "grade" stands before a number, or before the sign that does."""
    last = next((token for token in reversed(before) if token.tag not in _SIGNS), None)
    return last is not None and _says_grade(last)


def _says_grade(token: Token) -> bool:
    return token.tag in ("stage", "w") and SPEAKS_OF_GRADES.search(token.text) is not None


def _of_a_test(before: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """Whether the name before a grade is that of a test with a unit, and nothing else may have the grade."""
    for token in reversed(before):
        if token.tag == "measure":
            named = vocabulary.measure(str(token.value))
            return named is not None and (bool(named.unit) or named.label in _WITHOUT_UNIT)
        if token.tag not in _BETWEEN and not _says_grade(token) and not _OF_SCALE.search(token.text):
            return False
    return False
