"""To which fields of diseases a name belongs that is not understood, by its words: "poor dentition" is a thing of the mouth, and no heart failure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from matcher.vocabulary.charted import Reach, Told, in_full, told
from matcher.vocabulary.concepts import Concept, Words, table
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.word_pieces import Pieces, is_piece
from matcher.vocabulary.wordings import infections_by_germ, only_narrows

_LONGEST = 4  # words of a row
_MOST = 14  # words of a name: a longer one is a sentence
_INITIALS = 5  # letters up to which a name inside a longer one may be the initials of another
_SHOWING = frozenset(("pain", "injury", "fever", "pregnancy", "substance use disorder"))  # how a disease shows, or what is none
_TUMORS = frozenset(("malignancy", "neoplasm"))
_SHORTEST = 6  # letters of a word that is put together of forms alone
_LINKS = ("", "o", "i", "a", "e", "ic", "al", "io")  # between the pieces of a word, and behind its last one


class _Row(NamedTuple):
    """Whether a word is of a place, whether it says something of it, and what it tells of."""

    places: bool
    says: bool
    labels: tuple[str, ...]


def fields(vocabulary: Vocabulary, wording: str, *, named: bool = True) -> Told | None:
    """The fields that the words of a name tell of, and the conditions it names, if `named`; None where one word is not known, or none tells of a place."""
    words = tuple(word for piece in in_full("condition", wording) for word in piece.split())
    if not 0 < len(words) <= _MOST:
        return None
    told_of, within, i = list[_Row](), list[Concept](), 0
    while i < len(words):
        rows, name, i = _at(vocabulary, words, i, named)
        if i < 0:
            return None
        told_of += rows
        within += [] if name is None else [name]
    if not within and not any(row.places for row in told_of):
        return None
    named_causes = _causes_in(vocabulary, within)
    added = [row for row in told_of if row.says]
    of_a_cause = named_causes or not _causes().isdisjoint(label.rstrip("=") for row in added for label in row.labels)
    at_large: Reach = "all" if of_a_cause or not (added or within) else "field"
    of = told(vocabulary, "condition", dict.fromkeys(label for row in told_of for label in row.labels))
    tumors = told(vocabulary, "condition", sorted(named_causes & _TUMORS))  # of which organ is said beside its kind
    return (*tumors, *((one, at_large if reach == "kinds" else "above") for one, reach in of), *((one, "all") for one in within))


def _causes_in(vocabulary: Vocabulary, within: Iterable[Concept]) -> frozenset[str]:
    """The causes that the names inside a name are kinds of: such a one may be any disease of its fields that comes of them."""
    return _causes().intersection(label for one in within for label in (one.label, *vocabulary.curated_above(one)))


def reaches(vocabulary: Vocabulary, field: Concept, asked: Concept) -> bool:
    """Whether what is of a field may be what is asked: a kind of it, or of what may go with it; a cause only where it is below the field."""
    relation = vocabulary.relation(field, asked)
    if relation is not Relation.UNKNOWN:
        return relation is not Relation.UNRELATED
    if vocabulary.open_at_large(field) or not (_causes() | _SHOWING).isdisjoint((asked.label, *vocabulary.curated_above(asked))):
        return False
    above = [vocabulary.condition(label) for label in vocabulary.kinds(asked)] if vocabulary.open_at_large(asked) else []
    known = [one for one in above if one is not None and not vocabulary.open_at_large(one)]
    return any(reaches(vocabulary, field, one) for one in known) if known and len(known) == len(above) else True


def says_where(word: str) -> bool:
    """Whether a word, or a piece of it, is of a place of the body."""
    row = _rows().get(word)
    return any(one.places for one in ([row] if row is not None else _cut(word)))


def _at(vocabulary: Vocabulary, words: Words, i: int, named: bool) -> tuple[list[_Row], Concept | None, int]:
    """The rows or the name that stand at a place, with where they end; -1 where nothing is known there."""
    for end in range(min(len(words), i + _LONGEST), i, -1):
        text = " ".join(words[i:end])
        row = _rows().get(text)
        if row is not None:
            return [row], None, end
        germ = infections_by_germ().get(words[i:end])
        name = vocabulary.condition(germ or text) if named and (germ is not None or len(text) > _INITIALS) else None
        if name is not None:
            return [], name, end
    if only_narrows(words[i]):
        return [], None, i + 1
    cut = _cut(words[i])
    return (cut, None, i + 1) if cut else ([], None, -1)


def _cut(word: str) -> list[_Row]:
    """The rows of the pieces of a word: "tonsill-" and "-itis"; none where a piece is not known."""
    together = _pieces().forms(word) if len(word) >= _SHORTEST else []
    for ending, last in () if together else _pieces().endings:
        rest = word.removesuffix(ending)
        if rest != word and rest:
            ahead = _pieces().forms(rest)
            if ahead:
                return [*ahead, last]
    return together


@cache
def _rows() -> dict[str, _Row]:
    """Whole words, in normal form."""
    found: dict[str, _Row] = {}
    for word, row in _table():
        if is_piece(word):
            continue
        name = " ".join(normal(word))
        other = found.get(name, row)
        found[name] = _Row(row.places or other.places, row.says or other.says, tuple(dict.fromkeys((*row.labels, *other.labels))))
    return found


@cache
def _pieces() -> Pieces[_Row]:
    return Pieces(_table(), _LINKS, _rows())


@cache
def _causes() -> frozenset[str]:
    return frozenset(label for row, _ in _rows_of("cause") for label in row.labels)


@cache
def _table() -> list[tuple[str, _Row]]:
    """Every word and piece of a word with its row; one that stands in two rows is of both."""
    return [(word, row) for row, words in (*_rows_of("place"), *_rows_of("adds"), *_rows_of("none")) for word in words.split("|")]


def _rows_of(wanted: str) -> list[tuple[_Row, str]]:
    return [(_Row(kind == "place", kind == "adds", tuple(filter(None, (labels or [""])[0].split("|")))), words) for kind, words, *labels in table("word_fields.tsv") if kind == wanted]
