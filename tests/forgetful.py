"""Spellings from which names can be taken for a while, to look at a known wording as if it were none."""

from __future__ import annotations

from matcher.vocabulary.likeness import Spelling


class Forgetful(Spelling):
    """Names that were taken out of its texts are not met."""

    def _of_length(self, shortest: int, longest: int) -> list[str]:
        return [name for name in super()._of_length(shortest, longest) if name in self._texts]
