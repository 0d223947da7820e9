"""What treatments and operations are for: a patient who had one has, or had, one of its indications."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.vocabulary import Vocabulary


class Indication(NamedTuple):
    """A condition or procedure, by its label; `kinds`: what is given for it may be given for any kind of it; `usual`: it is asked about."""

    label: str
    kinds: bool = True
    usual: bool = True


class Given(NamedTuple):
    """What a drug, class or procedure is given for; `ever`: a past course speaks for it too."""

    ever: bool
    indications: tuple[Indication, ...]


@cache
def _table() -> dict[str, tuple[str, str]]:
    return {label: (when, told) for label, when, told in table("indications.tsv")}


@cache
def _given(label: str) -> Given:
    when, told = _table()[label]
    return Given(when == "ever", tuple(map(_indication, filter(None, told.split("|")))))


def _indication(cell: str) -> Indication:
    return Indication(cell.rstrip("=-"), not cell.endswith("="), not cell.endswith("-"))


def given_for(vocabulary: Vocabulary, treatment: Concept) -> tuple[Given, ...]:
    """The rows of a drug or procedure: its own or, where it has none, those of the nearest classes it belongs to."""
    known = _table()
    if treatment.label in known:
        return (_given(treatment.label),)
    found = [label for label in vocabulary.broader(treatment) if label in known]
    kind = "procedure" if treatment.kind == "procedure" else "treatment"
    farther = {above for label in found if (concept := vocabulary.curated(kind, label)) is not None for above in vocabulary.broader(concept)}
    return tuple(_given(label) for label in sorted(found) if label not in farther)
