"""What examinations look at, and so of which diseases a finding may tell."""

from __future__ import annotations

from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.concepts import table
from matcher.vocabulary.normal import normal

# Words by which something is an examination, whatever it looks at.
_EXAMINES = later(
    r" (?:ct|cta|mri|mra|mrv|mr|x ray|xray|radiogra\w*|ultraso\w*|us|sonogra\w*|doppler|duplex|pet|scan|scinti\w*|spect|biops\w*|histo\w*|cytolog\w*|patholog\w*|\w*scop(?:y|ie)|\w*gra(?:m|phy)|\w*metry|"
    r"fna|fine needle|aspirat\w*|smear|imaging|exam|examination|test|testing|study|tomogra\w*|hrct|eus|function|screening|evaluation|puncture|length|volume)(?= )"
)


@cache
def _rows() -> tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...]:
    """Words, as they stand between blanks in a name in normal form, with the diseases and where they tell of those."""
    return tuple((tuple(map(_between, words.split("|"))), tuple(labels.split("|")), "".join(how)) for words, labels, *how in table("examinations.tsv"))


def _between(name: str) -> str:
    return f" {name[:-1]}" if name.endswith("*") else f" {name} "


def looked_at(name: str) -> tuple[str, ...]:
    """The diseases of what an examination looks at, by their labels; nothing for what is none."""
    words = f" {' '.join(normal(name))} "
    examines = _EXAMINES.search(words) is not None
    found = [(labels, how) for names, labels, how in _rows() if (how != "site" or examines) and any(name in words for name in names)]
    named = [labels for labels, how in found if how != "any"]
    return tuple(dict.fromkeys(label for labels in named or [labels for labels, _ in found] for label in labels))


@cache
def places() -> frozenset[str]:
    """The labels of what examinations look at, organ by organ."""
    return frozenset(label for _, labels, how in _rows() if how != "any" for label in labels) - _NO_PLACE


# Diseases of any organ.
_NO_PLACE = frozenset(("disease", "malignancy", "infection", "genetic disease", "congenital anomaly", "premalignant lesion", "metastatic cancer", "injury", "hernia"))
