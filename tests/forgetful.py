"""Spellings from which names can be taken for a while, to look at a known wording as if it were none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.likeness import Spelling
from matcher.vocabulary.vocabulary import load


class Forgetful(Spelling):
    """Names that are forgotten for a while are not met."""

    def __init__(self, kind: str) -> None:
        """The names of one part of the vocabulary."""
        names = load()._parts[kind].names
        super().__init__(names, load()._is_word)
        self._named: dict[Concept | None, list[str]] = {}
        self._forgotten: frozenset[str] = frozenset()
        for name in names.labels:
            self._named.setdefault(names.called(name), []).append(name)

    @contextmanager
    def without(self, concept: object) -> Iterator[None]:
        """As long as it is open, none of the names of a concept is known."""
        self._forgotten = frozenset(self._named.get(concept, ()) if isinstance(concept, Concept) else ())
        yield
        self._forgotten = frozenset()

    def _of_length(self, shortest: int, longest: int) -> list[str]:
        return [name for name in super()._of_length(shortest, longest) if name not in self._forgotten]
