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


# What may follow a word, with the numbers of words of the phrases that begin so, longest first: curated ones, and diseases of the wide table.
Longer = Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]


class Lexicon:
    """Function words and the terms of a vocabulary; a function word stands before a term of the same words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """The names are gathered; what a word begins is worked out when it is first met."""
        self._vocabulary = vocabulary
        self._terms = vocabulary.scanned()
        self._entries: dict[str, Entry] = {name: Entry(tag, value, short=False) for name, tag, value in _function_words()}
        self._names: Sequence[str] = sorted([*self._entries, *(name for names in self._terms.values() for name in names)])
        self._known = frozenset(self._names)

    def entry(self, name: str) -> Entry | None:
        """The function word or curated term of exactly these words, parted by spaces."""
        found = self._entries.get(name)
        if found is not None or name not in self._known:
            return found
        for kind, labels in self._terms.items():
            if name in labels:
                found = self._entries[name] = Entry(KINDS[kind], labels[name], short=len(name) <= 3 or name in _ALSO_WORDS)
                return found
        return None

    def longest(self, names: Sequence[str], start: int, longer: Longer, written: str) -> tuple[str, str, int] | None:
        """The longest phrase of several words from `start` as tag, value and number of words; `written` is its first word as it stands."""
        room = len(names) - start
        curated, wide = longer.get(names[start + 1], _NONE) if room > 1 else _NONE
        known = self._curated(names, start, curated, written)
        least = known[2] if known is not None else 0
        for length in wide:
            if length <= least:
                return known
            label = self._vocabulary.disease_named(" ".join(names[start : start + length])) if length <= room else None
            if label is not None:
                return "cond", label, length
        return known

    def _curated(self, names: Sequence[str], start: int, lengths: Sequence[int], written: str) -> tuple[str, str, int] | None:
        """The longest function phrase or term of the curated tables that begins here."""
        for length in lengths:
            found = self.entry(" ".join(names[start : start + length])) if start + length <= len(names) else None
            if found is not None and (found.tag in _TERMS or suits(found.tag, written, short=found.short)):
                return found.tag, found.value, length
        return None

    def alone(self, word: str, written: str) -> tuple[str, str] | None:
        """What a word is as a phrase of one word, written as it is: of the curated tables, else a disease of the wide one."""
        found = self.entry(word)
        if found is not None and suits(found.tag, written, short=found.short):
            return None if found.tag == "cond" and self._of_several(found.value, written) else (found.tag, found.value)
        label = self._vocabulary.disease_named(word)
        return None if label is None else ("cond", label)

    def _of_several(self, label: str, written: str) -> bool:
        """Whether an abbreviation stands for several of a thing of no table: "AIs" are no "AIS"."""
        if written[-1] != "s" or len(written) < 3 or not written[:-1].isupper():
            return False
        one = self._vocabulary.condition(written[:-1])
        return one is None or one.label != label

    def in_english(self, words: Sequence[str]) -> Sequence[str]:
        """The words of a spelling, or the English ones for a drug's name in the spelling of another language."""
        if len(words) != 1 or words[0] in self._entries or (english := self._vocabulary.english(words[0])) is None:
            return words
        return english.split(" ")

    def longer(self, word: str) -> Longer | None:
        """The phrases of several words that a word begins; None where it begins none."""
        names = self._names[bisect_left(self._names, f"{word} ") : bisect_left(self._names, f"{word}!")]  # "!" comes after a space
        curated, wide = _by_second(names), _by_second(self._vocabulary.diseases_from(word))
        return {second: (curated.get(second, ()), wide.get(second, ())) for second in (*curated, *wide)} or None


_NONE: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())


def _by_second(names: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Second words of names with the numbers of words of those names, longest first."""
    found: dict[str, set[int]] = {}
    for name in names:
        words = name.split(" ")
        if len(words) > 1:
            found.setdefault(words[1], set()).add(len(words))
    return {second: tuple(sorted(lengths, reverse=True)) for second, lengths in found.items()}


def _function_words() -> Iterable[tuple[str, str, str]]:
    table = (Path(__file__).parents[1] / "data" / "phrases.tsv").read_text(encoding="utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            phrase, tag, value = [*line.split("\t"), ""][:3]
            yield " ".join(normal(phrase)), tag, value


@lru_cache(maxsize=4)
def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a vocabulary, made once."""
    return Lexicon(vocabulary)
