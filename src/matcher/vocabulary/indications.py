"""What treatments are given for: a patient who takes one has, or had, one of its indications."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary


class Indication(NamedTuple):
    """A condition or procedure, by its label; `kinds`: what is given for it may be given for any kind of it."""

    label: str
    kinds: bool = True


class Given(NamedTuple):
    """What a drug or class is given for; `ever`: a past course speaks for it too."""

    ever: bool
    indications: tuple[Indication, ...]


@cache
def _table() -> dict[str, Given]:
    return {label: Given(when == "ever", tuple(map(_indication, filter(None, told.split("|"))))) for label, when, told in table("indications.tsv")}


def _indication(cell: str) -> Indication:
    return Indication(cell.removesuffix("="), not cell.endswith("="))


def given_for(vocabulary: Vocabulary, drug: Concept) -> tuple[Given, ...]:
    """The rows of a drug: its own or, where it has none, those of the nearest classes it belongs to."""
    known = _table()
    if drug.label in known:
        return (known[drug.label],)
    found = [label for label in vocabulary.broader(drug) if label in known]
    farther = {above for label in found if (concept := vocabulary.treatment(label)) is not None for above in vocabulary.broader(concept)}
    return tuple(known[label] for label in sorted(found) if label not in farther)
