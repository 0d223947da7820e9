"""What a procedure may be whose name is not understood: by what is done, and to what part of the body."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from matcher.vocabulary.charted import Reach, Told, spelled_out
from matcher.vocabulary.concepts import Words, table
from matcher.vocabulary.fields import says_where
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary
from matcher.vocabulary.word_pieces import Pieces, is_piece
from matcher.vocabulary.worded_operations import says_how
from matcher.vocabulary.wordings import only_narrows

_MOST = 24  # words: a longer text is a sentence
_LONGEST = 6  # words of a name
_INITIALS = 4  # letters up to which a word may be initials
_LINKS = ("", "o", "i", "a", "e", "io", "eo", "um", "neo", "oneo", "an", "al", "ic", "ar", "oendo")  # between the pieces of a word, and behind its last one
_DOCTORS = ("ologist", "iatrist", "physician", "surgeon", "doctor", "nurse", "therapist", "dentist", "clinic")
_JOINS = frozenset(("and", "with", "plus", "for", "under"))
# Words that say whether, when or in whom it was done: then the name tells only what it is about.
_WHETHER = frozenset(("planned", "scheduled", "pending", "awaiting", "declined", "refused", "cancelled", "canceled", "deferred", "considered", "recommended", "attempted", "aborted", "failed", "possible", "probable", "history", "prior", "previous", "past", "status", "post", "candidate", "listed", "waitlisted", "workup", "work", "up", "eval", "donor", "removed", "done", "unknown", "date", "about", "around", "approx"))  # fmt: skip


class _Row(NamedTuple):
    kind: str
    labels: tuple[str, ...]


_ANY = _Row("any", ("surgery",))
_ASIDE = _Row("aside", ())  # a place of the body, or a disease


def unnamed_operation(vocabulary: Vocabulary, wording: str) -> Told | None:
    """What a procedure that is not understood may be, each with how far that reaches; None where its words do not tell.

    A disease is what it was done for, and tells nothing but that an operation may be of any part.
    """
    words = normal(wording)
    if not 0 < len(words) <= _MOST:
        return None
    rows, strange, i = list[_Row](), False, 0
    while i < len(words):
        found, i = _at(vocabulary, words, i)
        strange = strange or found is None
        rows += found or []
    kinds = {row.kind for row in rows}
    if "surgery" in kinds:
        return _told(vocabulary, [*rows, *([_ANY] if strange or "aside" in kinds or "part" not in kinds else [])])
    if strange and ("care" not in kinds or not _JOINS.isdisjoint(words)):
        return None
    if kinds.isdisjoint(("care", "other", "name")):
        return None
    return _told(vocabulary, [*(row for row in rows if row.kind != "part" or "care" in kinds), *([_ANY] if "aside" in kinds and "name" in kinds else [])])


def _told(vocabulary: Vocabulary, rows: list[_Row]) -> Told | None:
    """What rows tell of; a name that stands there of all that has to do with it."""
    labels: dict[tuple[str, Reach], None] = {}
    for row in rows:
        labels.update(((label.rstrip("="), "itself" if label.endswith("=") else "all" if row.kind == "name" else "kinds"), None) for label in row.labels)
    concepts = ((vocabulary.procedure(label), reach) for label, reach in labels)
    return tuple((one, reach) for one, reach in concepts if one is not None) or None


def _at(vocabulary: Vocabulary, words: Words, i: int) -> tuple[list[_Row] | None, int]:
    """The rows of the words at a place, with where they end: none of a word that says no more, None of one that is not known."""
    for end in range(min(len(words), i + _LONGEST), i, -1):
        text = " ".join(words[i:end])
        either = _either().get(text)
        if either is not None:
            return either, end
        named = vocabulary.procedure(text)
        if named is not None and named.label != "procedure":
            return [_Row("name", (named.label,))], end
        rows = _rows().get(text, [])
        if rows:
            return rows, end
    cut = _cut(words[i])
    if cut:
        return cut, i + 1
    word = words[i]
    says_no_more = word in _WHETHER or word[0].isdigit() or len(word) == 1 or says_how(word) or word.endswith(_DOCTORS) or not spelled_out("procedure", (word,)) or only_narrows(word)
    ends = range(min(len(words), i + _LONGEST), i + says_no_more, -1)
    disease = next((end for end in ends if len("".join(words[i:end])) > _INITIALS and vocabulary.condition(" ".join(words[i:end])) is not None), 0)
    if disease:
        return [_ASIDE], disease
    if says_no_more:
        return [], i + 1
    return ([_ASIDE] if len(word) > _INITIALS and says_where(word) else None), i + 1


def _cut(word: str) -> list[_Row]:
    """The rows of the pieces of a word: "pyel-" and "-plasty"; only what is done where the part is not known."""
    for ending, last in _pieces().endings:
        rest = word.removesuffix(ending)
        if rest != word and rest:
            ahead = _pieces().forms(rest)
            return [*ahead, last] if ahead else [last, _ANY] if last.kind == "surgery" else [last]
    return _pieces().forms(word)


@cache
def _rows() -> dict[str, list[_Row]]:
    """Whole words, in normal form: those of several parts of the body tell of each."""
    found: dict[str, list[_Row]] = {}
    for word, row in _table():
        if not is_piece(word):
            found.setdefault(" ".join(normal(word)), []).append(row)
    return found


@cache
def _either() -> dict[str, list[_Row]]:
    """Names of several operations, with all that they may be."""
    return {" ".join(normal(word)): [_Row("surgery", row.labels), _Row("part", ())] for word, row in _table() if row.kind == "either"}


@cache
def _pieces() -> Pieces[_Row]:
    return Pieces(_table(), _LINKS)


@cache
def _table() -> list[tuple[str, _Row]]:
    return [(word, _Row(kind, tuple(labels.split("|")))) for kind, words, labels in table("operation_fields.tsv") for word in words.split("|")]
