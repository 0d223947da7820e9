"""What a drug may be whose name is not understood: by the stem of its name, its form, or by what a chart says that it is for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from matcher.vocabulary.charted import Reach, Told
from matcher.vocabulary.concepts import Words, table
from matcher.vocabulary.dispensed import bare, says_no_more
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary

_MOST = 16  # words: a longer text is a sentence
_LONGEST = 5  # words of a row, and of a drug's name
_SHORTEST = 2  # letters that stand before or behind a stem
_NEW: tuple[str, Reach] = ("investigational drugs", "kinds")
# Words beside which a form, or what it is for, tells nothing: of a study, and those that turn a name round.
_TURNING = frozenset(("anti", "antagonist", "inhibitor", "blocker", "agonist", "analog", "analogue", "modulator", "study", "trial", "investigational", "experimental", "placebo", "blinded", "research", "or", "vs", "versus"))  # fmt: skip


def unnamed(vocabulary: Vocabulary, wording: str) -> Told | None:
    """What a medication that is not understood may be, each with how far that reaches; None where its words do not tell."""
    words = bare(wording)
    if not 0 < len(words) <= _MOST:
        return None
    found: dict[tuple[str, Reach], None] = {}
    told = strange = False
    for i, end, kind, labels in _pieces(vocabulary, words):
        told = told or kind == "form"
        if kind == "stem":  # a drug of a known class that is not known itself may be a new one
            found[_NEW] = None
        strange = strange or (not kind and end == i + 1)
        if not kind and words[i] in _TURNING:
            return None
        found.update(((label.rstrip("="), "itself" if label.endswith("=") else "all" if kind in ("name", "stem") else "kinds"), None) for label in labels)
    if not found or (strange and not told):
        return None
    concepts = ((vocabulary.treatment(label), reach) for label, reach in found)
    return tuple((one, reach) for one, reach in concepts if one is not None)


def _pieces(vocabulary: Vocabulary, words: Words) -> Iterator[tuple[int, int, str, tuple[str, ...]]]:
    """The words taken apart: where each piece stands, of which kind it is ("" where it is not known, "said" where it says no more) and what it tells."""
    i = 0
    while i < len(words):
        end, kind, labels = _at(vocabulary, words, i)
        yield i, end, kind, labels
        i = end


def _at(vocabulary: Vocabulary, words: Words, i: int) -> tuple[int, str, tuple[str, ...]]:
    for end in range(min(len(words), i + _LONGEST), i, -1):
        row = _rows().get(words[i:end])
        if row is not None:
            return end, *row
        named = vocabulary.treatment(" ".join(words[i:end]))
        if named is not None:
            return end, "name", (named.label,)
    stem = _stem(words[i])
    if stem:
        return i + 1, "stem", stem
    return i + 1, "said" if words[i][0].isdigit() or says_no_more((words[i],)) else "", ()


def _stem(word: str) -> tuple[str, ...]:
    """What the longest stem of a word tells."""
    found = [(len(piece), labels) for kind, piece, labels in _stems() if len(word) >= len(piece) + _SHORTEST and (word.endswith(piece) if kind == "ends" else word.startswith(piece))]
    return max(found)[1] if found else ()


@cache
def _rows() -> dict[Words, tuple[str, tuple[str, ...]]]:
    """Words that say a form, or what it is for, with their kind and what they tell."""
    return {normal(piece): (kind, tuple(labels.split("|"))) for kind, pieces, labels in table("drug_fields.tsv") if kind in ("form", "word") for piece in pieces.split("|")}


@cache
def _stems() -> list[tuple[str, str, tuple[str, ...]]]:
    return [(kind, piece, tuple(labels.split("|"))) for kind, pieces, labels in table("drug_fields.tsv") if kind in ("ends", "begins") for piece in pieces.split("|")]
