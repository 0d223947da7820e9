"""How a chart names a kind of a disease, an abbreviation that stands alone, and what it says behind a name that makes no other disease of it."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, Words, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import of_tables
from matcher.vocabulary.vocabulary import Vocabulary

_INITIALS = 4  # letters
_LONGEST = 4  # words of what is said behind a name
_DONE = (("s", "p"), ("status", "post"), ("on",), ("under",), ("with",))


def kinds(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """What a recorded name is a kind of that has no row of its own: "late-onset Pompe disease"; empty for any other."""
    labels = _kinds().get(" ".join(normal(wording)))
    return () if labels is None else tuple(filter(None, (vocabulary.condition(label) for label in labels.split("|"))))


def kind_above(vocabulary: Vocabulary, name: str) -> Concept | None:
    """The one condition that a name inside a longer one is a kind of; None where there are several, or none, and of initials, which may be a word."""
    label = _kinds().get(name) if len(name) > _INITIALS else None
    return None if label is None or "|" in label else vocabulary.condition(label)


def abbreviated(words: Words) -> list[str]:
    """The labels of which an abbreviation that stands alone means one; none where it is not known."""
    return _abbreviations().get(" ".join(words), [])


def says_results(words: Words) -> bool:
    """Whether words behind a name only tell results of tests, or how well it is held: "HLA-B27+", "EF 30%"."""
    return _made_of(words, _said()["result"])


def says_done(words: Words) -> bool:
    """Whether words behind a name only tell how it was treated, in words of charts: "s/p Fontan"."""
    rest = next((words[len(one) :] for one in _DONE if words[: len(one)] == one), ())
    return rest != () and _made_of(rest, _said()["done"])


def _made_of(words: Words, known: frozenset[str]) -> bool:
    i = 0
    while i < len(words):
        end = next((end for end in range(min(len(words), i + _LONGEST), i, -1) if " ".join(words[i:end]) in known), 0)
        if not end and not words[i][0].isdigit():
            return False
        i = end or i + 1
    return words != ()


@of_tables("kinds.tsv", "titled_kinds.tsv")
def _kinds() -> dict[str, str]:
    return {name: labels for file in ("kinds.tsv", "titled_kinds.tsv") for names, labels in table(file) for name in names.split("|")}


@cache
def _abbreviations() -> dict[str, list[str]]:
    return {written: labels.split("|") for written, labels in table("abbreviations.tsv")}


@cache
def _said() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in table("said_behind.tsv"):
        found.setdefault(kind, set()).update(" ".join(normal(one)) for one in words.split("|"))
    return {kind: frozenset(words) for kind, words in found.items()}
