"""To which fields of diseases a name belongs that is not understood, by its words: "poor dentition" is a thing of the mouth, and no heart failure."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.charted import Told, in_full
from matcher.vocabulary.concepts import Words, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.wordings import only_narrows

_LONGEST = 4  # words of a row
_MOST = 14  # words of a name: a longer one is a sentence
_SHORTEST = 6  # letters of a word that is put together of forms alone
_LINKS = ("", "o", "i", "a", "e", "ic", "al", "io")  # between the pieces of a word, and behind its last one


class _Row(NamedTuple):
    places: bool
    labels: tuple[str, ...]


def fields(vocabulary: Vocabulary, wording: str, *, named: bool = True) -> Told | None:
    """The fields that the words of a name tell of, and the conditions it names, if `named`; None where one word is not known, or none tells of a place."""
    words = tuple(word for piece in in_full("condition", wording) for word in piece.split())
    if not 0 < len(words) <= _MOST:
        return None
    found, placed, i = list[str](), False, 0
    while i < len(words):
        rows, names, i = _at(vocabulary, words, i, named)
        if not rows and not names and i < 0:
            return None
        placed = placed or bool(names) or any(row.places for row in rows)
        found += [*names, *(label for row in rows for label in row.labels)]
    concepts = (vocabulary.condition(label) for label in dict.fromkeys(found))
    return tuple((one, "all") for one in concepts if one is not None) if placed else None


def _at(vocabulary: Vocabulary, words: Words, i: int, named: bool) -> tuple[list[_Row], list[str], int]:
    """The rows or the name that stand at a place, with where they end; -1 where nothing is known there."""
    for end in range(min(len(words), i + _LONGEST), i, -1):
        text = " ".join(words[i:end])
        row = _rows().get(text)
        if row is not None:
            return [row], [], end
        name = vocabulary.condition(text) if named else None
        if name is not None:
            return [], [name.label], end
    if only_narrows(words[i]):
        return [], [], i + 1
    cut = _cut(words[i])
    return (cut, [], i + 1) if cut else ([], [], -1)


def _cut(word: str) -> list[_Row]:
    """The rows of the pieces of a word: "tonsill-" and "-itis"; none where a piece is not known."""
    for ending, last in _pieces("-", at_end=True):
        rest = word.removesuffix(ending)
        if rest != word and rest:
            ahead = _forms(rest)
            if ahead:
                return [*ahead, last]
    return _forms(word) if len(word) >= _SHORTEST else []


def _forms(word: str) -> list[_Row]:
    """The rows of the forms of which a word is put together, wholly."""
    for form, row in _pieces("-", at_end=False):
        if not word.startswith(form):
            continue
        rest = word[len(form) :]
        whole = _rows().get(rest)
        if whole is not None and len(rest) > len(max(_LINKS, key=len)) + 1:
            return [row, whole]
        for link in _LINKS:
            if rest == link:
                return [row]
            if rest.startswith(link) and (behind := _forms(rest[len(link) :])):
                return [row, *behind]
    return []


@cache
def _rows() -> dict[str, _Row]:
    """Whole words, in normal form."""
    found: dict[str, _Row] = {}
    for word, row in _table():
        if word.startswith("-") or word.endswith("-"):
            continue
        name = " ".join(normal(word))
        other = found.get(name, row)
        found[name] = _Row(row.places or other.places, tuple(dict.fromkeys((*row.labels, *other.labels))))
    return found


@cache
def _pieces(mark: str, *, at_end: bool) -> list[tuple[str, _Row]]:
    """The pieces that end a word, or begin one, the longest first."""
    found = [(word.strip(mark), row) for word, row in _table() if (word.startswith(mark) if at_end else word.endswith(mark))]
    return sorted(found, key=lambda piece: -len(piece[0]))


@cache
def _table() -> list[tuple[str, _Row]]:
    """Every word and piece of a word with its row; one that stands in two rows is of both."""
    rows = [(_Row(kind == "place", tuple(filter(None, (labels or [""])[0].split("|")))), words) for kind, words, *labels in table("word_fields.tsv")]
    return [(word, row) for row, words in rows for word in words.split("|")]
