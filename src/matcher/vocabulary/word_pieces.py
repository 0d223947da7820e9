"""Words of medicine as they are put together: "tonsill-" and "-itis", "pyel-" and "-plasty"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Generic, TypeVar

Row = TypeVar("Row")


class Pieces(Generic[Row]):
    """The pieces of a table, each with its row: "form-" begins a word, "-ending" ends it."""

    def __init__(self, table: Iterable[tuple[str, Row]], links: Sequence[str], whole: Mapping[str, Row] | None = None) -> None:
        """`links` may stand between pieces, and behind the last one; of the `whole` words one may stand behind a form, where it is longer than a link."""
        rows = sorted(table, key=lambda piece: -len(piece[0]))  # the longest are tried first
        self.endings = [(word.strip("-"), row) for word, row in rows if word.startswith("-")]
        self._forms: dict[str, list[tuple[str, Row]]] = {}  # by the letter that they begin with
        for word, row in rows:
            if word.endswith("-"):
                form = word.strip("-")
                self._forms.setdefault(form[:1], []).append((form, row))
        self._links, self._whole = links, whole or {}
        self._longest_link = max(map(len, links))

    def forms(self, word: str) -> list[Row]:
        """The rows of the forms of which a word is put together, wholly; none where it is not."""
        for form, row in self._forms.get(word[:1], ()):
            if not word.startswith(form):
                continue
            rest = word[len(form) :]
            if len(rest) > self._longest_link + 1 and rest in self._whole:
                return [row, self._whole[rest]]
            for link in self._links:
                if rest == link:
                    return [row]
                if rest.startswith(link) and (behind := self.forms(rest[len(link) :])):
                    return [row, *behind]
        return []


def is_piece(word: str) -> bool:
    """Whether a word of a table is only a piece of words."""
    return word.startswith("-") or word.endswith("-")


__all__ = ["Pieces", "is_piece"]
