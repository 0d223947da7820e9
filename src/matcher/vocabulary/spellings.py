"""How names may be spelt otherwise: in another language, wrongly, or like another name."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Part
from matcher.vocabulary.diseases import Diseases
from matcher.vocabulary.foreign import SHORTEST, Foreign, turned
from matcher.vocabulary.normal import normal

if TYPE_CHECKING:
    from matcher.vocabulary.likeness import Spelling

_LONG_WORD = later(rf"[^\W\d_]{{{SHORTEST},}}")
_BREAKS = ("", " ", "\n")


class Spellings:
    """The spellings of all names, each made when it is first asked for."""

    _parts: dict[str, Part]
    _diseases: Diseases

    def __init__(self) -> None:
        """Nothing is looked for yet."""
        self._is_word = lru_cache(maxsize=1 << 12)(self._found_word)

    def in_english(self, wording: str) -> str:
        """A drug's name with the English words for those that are spelt as in another language."""
        return turned(_LONG_WORD.sub(lambda found: " ".join(self.english(word) or word for word in normal(found[0])), wording))

    def english(self, word: str) -> str | None:
        """The English words for a word in normal form that stands in no name, where it is a drug's in another language."""
        found = self._foreign.english(word) if len(word) >= SHORTEST else None
        return None if found is None or self._is_word(word) else found  # asked last: it needs the words of all names

    @cached_property
    def _foreign(self) -> Foreign:
        return Foreign()

    def _spelling(self, kind: str) -> Spelling:
        from matcher.vocabulary.likeness import Spelling  # loaded only when two spellings are compared

        if kind not in self._spellings:
            self._spellings[kind] = Spelling(self._parts[kind].names, self._is_word)
        return self._spellings[kind]

    @cached_property
    def _spellings(self) -> dict[str, Spelling]:
        return {}

    def _found_word(self, word: str) -> bool:
        """Whether a word stands in any name; few words are ever looked for, and to part all names would take longer than to look through them."""
        return any(_stands(word, names) for names in self._spelled) or _stands(word, self._diseases.spelled)

    @cached_property
    def _spelled(self) -> list[str]:
        """The names of the curated tables with blanks between them: those of drugs first, which are looked for most."""
        return [" ".join(self._parts[kind].names.labels) for kind in ("treatment", "procedure", "condition")]


def _stands(word: str, text: str) -> bool:
    """Whether a word stands in a text, with nothing but blanks and breaks beside it."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if text[at - 1 : at] in _BREAKS and text[end : end + 1] in _BREAKS:
            return True
        at = text.find(word, end)
    return False
