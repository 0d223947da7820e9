"""What examinations look at, and so of which diseases a finding may tell."""

from __future__ import annotations

import re
from functools import cache

from matcher.vocabulary.concepts import table
from matcher.vocabulary.normal import normal

# Words by which something is an examination, whatever it looks at.
_EXAMINES = re.compile(
    r" (?:ct|cta|mri|mra|mrv|mr|x ray|xray|radiogra\w*|ultraso\w*|us|sonogra\w*|doppler|duplex|pet|scan|scinti\w*|spect|biops\w*|histo\w*|cytolog\w*|patholog\w*|\w*scop(?:y|ie)|\w*gra(?:m|phy)|\w*metry|"
    r"fna|fine needle|aspirat\w*|smear|imaging|exam|examination|test|testing|study|tomogra\w*|hrct|eus|function|screening|evaluation|puncture|length|volume)(?= )"
)


@cache
def _rows() -> tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]:
    return tuple((_pattern(words.split("|")), tuple(labels.split("|")), "".join(how)) for words, labels, *how in table("examinations.tsv"))


def _pattern(names: list[str]) -> re.Pattern[str]:
    plain = (name[:-1] + r"\w*" if name.endswith("*") else " ".join(normal(name)) for name in names)
    return re.compile(f" (?:{'|'.join(plain)})(?= )")


def looked_at(name: str) -> tuple[str, ...]:
    """The diseases of what an examination looks at, by their labels; nothing for what is none."""
    words = f" {' '.join(normal(name))} "
    examines = _EXAMINES.search(words) is not None
    found = [(labels, how) for pattern, labels, how in _rows() if (how != "site" or examines) and pattern.search(words)]
    named = [labels for labels, how in found if how != "any"]
    return tuple(dict.fromkeys(label for labels in named or [labels for labels, _ in found] for label in labels))


@cache
def places() -> frozenset[str]:
    """The labels of what examinations look at, organ by organ."""
    return frozenset(label for _, labels, how in _rows() if how != "any" for label in labels) - _NO_PLACE


# Diseases of any organ.
_NO_PLACE = frozenset(("disease", "malignancy", "infection", "genetic disease", "congenital anomaly", "premalignant lesion", "metastatic cancer", "injury", "hernia"))
