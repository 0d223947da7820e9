"""What a word can begin: function words and vocabulary terms by their first two words, looked up when a word is met."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matcher.vocabulary import Vocabulary, normal

KINDS = {"condition": "cond", "treatment": "drug", "procedure": "proc", "measure": "measure"}
_TERMS = frozenset(("cond", "drug", "proc"))
# Abbreviations that are common words too, so that they count only in capitals, as the shortest names do.
_ALSO_WORDS = frozenset(("aids",))
_Lengths = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A function word or a vocabulary term: its tag, its value, and whether it must stand in capitals."""

    tag: str
    value: str
    short: bool

def suits(tag: str, written: str, *, short: bool) -> bool:
    """Whether a short name stands as abbreviations do: "RA", not "ra", and "MCL", not "mcL"."""
    if written.islower():
        return not short
    upper = written.isupper()
    if upper or written.istitle():
        return not (upper and tag == "_" and len(written) > 2)
    return not (len(written) <= 4 and tag in _TERMS and written[:1].islower())


@dataclass(frozen=True, slots=True)
class Opening:
    """What one word begins: the phrases by their second word as numbers of words, longest first, and itself alone.

    `alone` is the word as a phrase of one word; `short` says whether it must stand in capitals then.
    """

    alone: tuple[str, str, int] | None
    short: bool
    curated: _Lengths
    wide: _Lengths
    wide_alone: bool


class Lexicon:
    """Function words and the terms of a vocabulary; a function word stands before a term of the same words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """The names are gathered; what a word begins is worked out when it is first met."""
        self._vocabulary = vocabulary
        self._terms = vocabulary.scanned()
        self._entries: dict[str, Entry] = {name: Entry(tag, value, short=False) for name, tag, value in _function_words()}
        self._names = sorted([*self._entries, *(name for names in self._terms.values() for name in names)])

    def entry(self, name: str) -> Entry | None:
        """The function word or curated term of exactly these words, parted by spaces."""
        found = self._entries.get(name)
        if found is not None:
            return found
        for kind, labels in self._terms.items():
            if name in labels:
                found = self._entries[name] = Entry(KINDS[kind], labels[name], short=len(name) <= 3 or name in _ALSO_WORDS)
                return found
        return None

    def longest(self, names: Sequence[str], start: int, opening: Opening, written: str) -> tuple[str, str, int] | None:
        """The longest phrase from `start` as tag, value and number of words; `written` is its first word as it stands."""
        second = names[start + 1] if start + 1 < len(names) else ""
        alone = opening.alone
        if alone is not None and second not in opening.curated and second not in opening.wide and written.islower() and not opening.short:
            return alone
        room = len(names) - start
        known = self._curated(names, start, opening, written)
        least = known[2] if known is not None else 0
        for length in opening.wide.get(second, ()):
            if length <= least:
                return known
            label = self._vocabulary.disease_named(" ".join(names[start : start + length])) if length <= room else None
            if label is not None:
                return "cond", label, length
        if not known and opening.wide_alone and (label := self._vocabulary.disease_named(names[start])) is not None:
            return "cond", label, 1
        return known

    def _curated(self, names: Sequence[str], start: int, opening: Opening, written: str) -> tuple[str, str, int] | None:
        """The longest function phrase or term of the curated tables that begins here."""
        second = names[start + 1] if start + 1 < len(names) else ""
        room = len(names) - start
        for length in opening.curated.get(second, ()):
            found = self.entry(" ".join(names[start : start + length])) if length <= room else None
            if found is not None and suits(found.tag, written, short=found.short):
                return found.tag, found.value, length
        alone = opening.alone
        return alone if alone is not None and suits(alone[0], written, short=opening.short) else None

    def opening(self, word: str) -> Opening | None:
        """What a word begins; None where it begins nothing."""
        alone = self.entry(word)
        longer = self._names[bisect_left(self._names, f"{word} ") : bisect_left(self._names, f"{word}!")]  # "!" comes after a space
        wide = self._vocabulary.diseases_from(word)
        if alone is None and not longer and not wide:
            return None
        own = None if alone is None else (alone.tag, alone.value, 1)
        return Opening(own, alone is not None and alone.short, _by_second(longer), _by_second(wide), word in wide)


def _by_second(names: Iterable[str]) -> _Lengths:
    """Second words of names with the numbers of words of those names, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        words = name.split(" ")
        if len(words) > 1:
            found.setdefault(words[1], set()).add(len(words))
    return {second: tuple(sorted(lengths, reverse=True)) for second, lengths in found.items()}


def _function_words() -> Iterable[tuple[str, str, str]]:
    table = (Path(__file__).parent / "phrases.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            phrase, tag, value = [*line.split("\t"), ""][:3]
            yield " ".join(normal(phrase)), tag, value


@lru_cache(maxsize=4)
def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, made once."""
    return Lexicon(vocabulary)
