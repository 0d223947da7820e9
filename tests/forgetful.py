"""Spellings from which names can be taken for a while, to look at a known wording as if it were none."""

from __future__ import annotations

from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.likeness import Spelling
from matcher.vocabulary.vocabulary import load


class Forgetful(Spelling):
    """Names that were taken out of its texts are not met."""

    def __init__(self, kind: str) -> None:
        """The names of one part of the vocabulary."""
        names = load()._parts[kind].names
        super().__init__(names, load()._is_word)
        self.texts = {name: names.called(name) for name in names.labels}

    def named(self, concept: Concept | None) -> list[str]:
        """The names of a concept."""
        return [name for name, one in self.texts.items() if one == concept]

    def _of_length(self, shortest: int, longest: int) -> list[str]:
        return [name for name in super()._of_length(shortest, longest) if name in self.texts]
