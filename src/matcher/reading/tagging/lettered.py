"""The letters of a score that is told in letters: "Child-Pugh A", "class A-B", where "A" is no article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Vocabulary

# What may stand between a score and its letter: "Child-Pugh class of A", "score (A or B)".
_BETWEEN = frozenset(("w", "stage", "level", "be", "of", "_", "open", "or", "and", "comma", "slash", "dash", "to", "score", "number", "cmp", "colon", "measure", "close"))
_FARTHEST = 6  # tokens
_LETTERS = pattern_of(r"([A-D])(?:(?:\s?[-–~]\s?|\sto\s)([A-D])(?![\w-]))?(?!\w)")


def with_letters(tokens: Sequence[Token], text: str, vocabulary: Vocabulary) -> list[Token]:
    """The tokens with the letters behind a score as such, and a range of them spelled out."""
    found: list[Token] = []
    order: tuple[str, ...] = ()
    since = place = 0
    for token in tokens:
        if token.start < place:
            continue
        if token.tag == "measure":
            measure = vocabulary.measure(str(token.value))
            order, since = (measure.order if measure is not None else ()), 0
        since = since + 1 if token.tag in _BETWEEN else _FARTHEST + 1
        said = _LETTERS.match(text, token.start) if token.tag in ("_", "w", "route") and since <= _FARTHEST and "A" in order else None
        if said is None or said[1] not in order or (said[2] or said[1]) not in order or text[token.start - 1 : token.start].strip("(- "):
            found.append(token)
            continue
        place = said.end()
        found += _named(order[order.index(said[1]) : order.index(said[2] or said[1]) + 1], token.start, place)
    return found


def _named(letters: Sequence[str], start: int, end: int) -> Iterator[Token]:
    """Letters with an "or" between them, all read from one place."""
    for at, letter in enumerate(letters):
        if at:
            yield Token("or", start, end, "or")
        yield Token("w", start, end, letter)
