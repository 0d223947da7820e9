"""Vaccines as records of immunizations word them: "Influenza, injectable, quadrivalent, preservative free", "zoster vaccine recombinant"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import Concept, Words, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import Vocabulary

# Words that say it is one, and words that say no more of it.
_SAID = frozenset(("vaccine", "vaccination", "vaccinated", "immunization", "vacc", "vax", "toxoid", "shot", "booster", "valent", "quadrivalent", "trivalent", "bivalent", "mrna", "conjugate", "polysaccharide", "injectable", "capsular"))  # fmt: skip
_OF_WHOM = frozenset(("adult", "adolescent", "pediatric", "ped", "preservative", "seasonal"))


class _Row(NamedTuple):
    names: tuple[Words, ...]
    kinds: tuple[Words, ...]
    label: str


def vaccinated(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """The vaccine that a record of an immunization names; each of several in one; empty where a word is not known."""
    words = normal(wording)
    if (_SAID | _OF_WHOM).isdisjoint(words):
        return ()
    found = [row for row in _rows() if any(_at(words, name) >= 0 for name in row.names) and (not row.kinds or any(_at(words, kind) >= 0 for kind in row.kinds))]
    named = {name for row in found for name in row.names if _at(words, name) >= 0}
    kinds = {kind for row in found for kind in row.kinds if _at(words, kind) >= 0}
    left = set(words) - {word for name in named | kinds for word in name} - _SAID - _OF_WHOM - _besides()
    if not found or any(not word[0].isdigit() for word in left):
        return ()
    least = [row for i, row in enumerate(found) if all(set(row.names).isdisjoint(before.names) for before in found[:i])]
    return tuple(filter(None, (vocabulary.treatment(row.label) for row in least)))


def _at(words: Words, name: Words) -> int:
    """Where a name stands in words; -1 where it does not."""
    return next((i for i in range(len(words) - len(name) + 1) if words[i : i + len(name)] == name), -1)


@cache
def _rows() -> tuple[_Row, ...]:
    def each(cell: str) -> tuple[Words, ...]:
        return tuple(normal(one) for one in cell.split("|")) if cell else ()

    return tuple(_Row(each(names), each(kinds), label) for names, kinds, label in table("vaccinated.tsv"))


@cache
def _besides() -> frozenset[str]:
    text = data_file("vaccine_words.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
