"""Operations as classifications of procedures word them: "Replacement of right hip joint with synthetic substitute, open approach", "Arthroplasty, knee, condyle and plateau", "Total excision of uterus NEC"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Concept, Words, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.places import data_file
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.wordings import only_narrows

_MOST = 34  # words: a longer text is no name
# What may or may not have been done besides, and what it was done for; kinds in brackets and endings of plurals.
_BESIDES = later(r",?\s*\b(?:with or without|without|when performed|for (?:uterus|age|morbid obesity)|younger than age|age \d+ years?|less than \d+|greater than \d+|at least)\b[^,;()]*|\((?:e?s|ies|procedure|regime/therapy)\)|\((?:corpus and cervix|requiring insertion[^()]*)\)|\b(?:NEC|NOC|NOS)\b", re.IGNORECASE)
_INCLUDED = later(r",?\s*\b(?:including|includes?)\b[^,;()]*", re.IGNORECASE)
# Words of extent that make a kind of an operation, where one of them only is said.
_EXTENTS = ("total", "partial", "subtotal", "radical", "simple", "bilateral", "laparoscopic", "abdominal", "vaginal", "surgical", "robotic", "transthoracic", "transesophageal")
_LONGEST = 7  # words of an operation's name
_TURNED = frozenset(("removal", "revision", "attention", "closure", "reversal", "conversion", "maintenance", "adjustment", "change", "reopening", "exploration", "complication", "failed", "history", "family", "donor", "evaluation", "planned", "planning", "consultation", "aftercare", "status", "no", "not"))  # fmt: skip


# Ways in by which it is another operation: what is drained or seen through a cut, or through the wall of the body.
_NOT_BY = {
    **dict.fromkeys(("paracentesis", "thoracentesis", "arthrocentesis", "lumbar puncture", "pleural drainage"), frozenset(("open", "endoscopic"))),
    **dict.fromkeys(("colonoscopy", "upper endoscopy", "bronchoscopy", "cystoscopy", "sigmoidoscopy", "hysteroscopy"), frozenset(("open", "percutaneous", "external"))),
    **dict.fromkeys(("catheter ablation", "coronary angioplasty", "coronary stent", "drug-eluting stent", "vaginal delivery"), frozenset(("open",))),
}


class _Row(NamedTuple):
    done: tuple[Words, ...]
    part: tuple[Words, ...]
    tool: tuple[Words, ...]
    label: str


def worded(vocabulary: Vocabulary, wording: str) -> tuple[Concept, ...]:
    """The operations that a classification's words name; empty where a word is of neither what is done nor how."""
    plain = _BESIDES.sub(" ", wording)
    for text in dict.fromkeys((_INCLUDED.sub(" ", plain), plain)):
        words = normal(text)
        found = _defined(vocabulary, words) or _named_in(vocabulary, words) if 0 < len(words) <= _MOST else ()
        if found:
            return found
    return ()


def _defined(vocabulary: Vocabulary, words: Words) -> tuple[Concept, ...]:
    """The operation of the row that says the most of the words, where all others only say how."""
    whole = [(said, row) for row in _rows() if (said := _said(words, row)) is not None and _no_more(words, said) and _NOT_BY.get(row.label, frozenset()).isdisjoint(words)]
    most = max((len(said) for said, _ in whole), default=0)
    labels = dict.fromkeys(row.label for said, row in whole if len(said) == most)
    concepts = [one for label in labels if (one := vocabulary.procedure(label)) is not None]
    return (concepts[0],) if len(concepts) == 1 else _the_narrowest(vocabulary, concepts)


def _named_in(vocabulary: Vocabulary, words: Words) -> tuple[Concept, ...]:
    """The operations whose names stand in the words, where all others only say how: "Colectomy, partial; with anastomosis"; none of two that "or" joins."""
    found: list[Concept] = []
    i, last = 0, 0
    while i < len(words):
        end = next((end for end in range(min(len(words), i + _LONGEST), i, -1) if (end > i + 1 or words[i] not in _hows()) and vocabulary.procedure(" ".join(words[i:end])) is not None), 0)
        if not end and words[i] not in _hows() and not words[i][0].isdigit() and not only_narrows(words[i]):
            return ()
        one = vocabulary.procedure(" ".join(words[i:end])) if end else None
        if one is not None:
            if (found and "or" in words[last:i]) or (i > 0 and words[i - 1] == "or"):
                return ()
            found.append(_of_extent(vocabulary, words[i:end], words, one))
            last = end
        i = end or i + 1
    return tuple(dict.fromkeys(found))


def _of_extent(vocabulary: Vocabulary, name: Words, words: Words, one: Concept) -> Concept:
    """The kind of an operation that a word of its extent makes, wherever that stands: "Prostatectomy, retropubic radical"."""
    said = [extent for extent in _EXTENTS if extent in words and extent not in name]
    kinds = [kind for extent in said if (kind := vocabulary.procedure(" ".join((extent, *name)))) is not None and kind.label != one.label]
    return kinds[0] if len(kinds) == 1 and "or" not in words else one


def _the_narrowest(vocabulary: Vocabulary, concepts: list[Concept]) -> tuple[Concept, ...]:
    """Of several that are each a kind of the one before it the last; of any others none."""
    narrow = [one for one in concepts if {other.label for other in concepts} - {one.label} <= vocabulary.broader(one)]
    return (narrow[0],) if len(narrow) == 1 else ()


def _said(words: Words, row: _Row) -> frozenset[int] | None:
    """Where the words of a row stand, each group apart from the others; None where a group does not."""
    found: set[int] = set()
    for group in (row.done, row.part):
        at = next((places for name in group if (places := _at(words, name, found)) is not None), None)
        if at is None and group:
            return None
        found |= at or set()
    for name in row.part:  # its other names too: "glenohumeral joint; total shoulder"
        found |= _at(words, name, found) or set()
    tools = [places for name in row.tool if (places := _at(words, name, set())) is not None]
    return frozenset(found.union(*tools)) if tools or not row.tool else None


def _at(words: Words, name: Words, taken: set[int]) -> set[int] | None:
    for i in range(len(words) - len(name) + 1):
        if words[i : i + len(name)] == name and taken.isdisjoint(range(i, i + len(name))):
            return set(range(i, i + len(name)))
    return None


def _no_more(words: Words, said: frozenset[int]) -> bool:
    """Whether every other word only says how, where or how often."""
    return all(i in said or word in _hows() or word[0].isdigit() for i, word in enumerate(words))


def says_how(word: str) -> bool:
    """Whether a word only says how, where or how often something is done."""
    return word in _hows()


@cache
def _rows() -> tuple[_Row, ...]:
    lines = list(table("worded_operations.tsv"))
    named = {done: part.removeprefix("=") for done, part, *_ in lines if done.startswith("+") and part.startswith("=")}

    def each(cell: str) -> tuple[Words, ...]:
        full = "|".join(named.get(one, one) for one in cell.split("|")) if cell else ""
        return tuple(sorted(dict.fromkeys(normal(one) for one in full.split("|") if one), key=lambda words: -len(words)))

    return tuple(_Row(each(done), each(part), each(tool), label) for done, part, tool, label in lines if label)


@cache
def _hows() -> frozenset[str]:
    text = data_file("worded_operations.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for item in line.split() for word in normal(item)) - _TURNED
