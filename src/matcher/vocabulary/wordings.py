"""Recorded wordings that say more than a name: "bilateral pitting oedema of the legs", "bronchoscopy with biopsy"."""

from __future__ import annotations

from functools import lru_cache

from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import Vocabulary

_LONGEST = 14  # words: a longer wording is a sentence, and sentences are not taken apart here
_JOINS = frozenset(("with", "and", "plus"))


@lru_cache(maxsize=1)
def _modifiers() -> frozenset[str]:
    text = data_file("modifiers.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(word for line in lines for item in line.split() for word in normal(item))


def understood(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """The concepts that a recorded wording certainly is: its exact name, a certain misspelling, or names and modifiers.

    Several concepts mean that the entry is each of them at once. Empty where a single word is not understood.
    """
    exact: Concept | None = getattr(vocabulary, kind)(wording) or vocabulary.misspelt(kind, wording)
    if exact is not None:
        return (exact,)
    return kinds_above(vocabulary, kind, wording)


def kinds_above(vocabulary: Vocabulary, kind: str, wording: str) -> tuple[Concept, ...]:
    """The concepts of which a wording that says more than a name is a kind: "stage IV breast cancer" is breast cancer."""
    words = normal(wording)
    return _taken_apart(vocabulary, kind, words) if 1 < len(words) <= _LONGEST else ()


def _taken_apart(vocabulary: Vocabulary, kind: str, words: tuple[str, ...]) -> tuple[Concept, ...]:
    found: list[Concept] = []
    joined = True
    i = 0
    while i < len(words):
        named = _named(vocabulary, kind, words, i)
        if named is not None and joined:
            concept, i = named
            found.append(concept)
            joined = False
        elif words[i] in _JOINS and found and kind != "treatment":
            joined = True
            i += 1
        elif words[i] in _modifiers() or words[i].isdigit():
            i += 1
        else:
            return ()
    return tuple(dict.fromkeys(found)) if not joined else ()


def _named(vocabulary: Vocabulary, kind: str, words: tuple[str, ...], start: int) -> tuple[Concept, int] | None:
    look = getattr(vocabulary, kind)
    for end in range(len(words), start, -1):
        concept: Concept | None = look(" ".join(words[start:end]))
        if concept is not None:
            return concept, end
    return None
