"""Names of drugs in the spelling of other languages ("metformina", "Karbamazepin", "acido acetilsalicilico") → the English words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from matcher.model.patterns import later
from matcher.vocabulary.concepts import table
from matcher.vocabulary.places import of_tables

SHORTEST = 5  # letters of a word that is looked up
_LEAST = 6  # letters of one that its letters tell: of shorter ones other words are too near
# What the languages of Europe write otherwise in the international name of one drug, brought to one letter, in this order.
_LETTERS: tuple[tuple[str, re.Pattern[str] | None, str], ...] = (
    ("ph", None, "f"), ("q", later(r"qu(?=[ei])"), "k"), ("ch", later(r"ch(?=[ei])"), "k"), ("h", None, ""), ("y", None, "i"), ("ks", None, "x"), ("ss", None, "x"),
    ("c", later(r"c(?![ei])"), "k"), ("q", later(r"q(?![ei])"), "k"), ("w", None, "v"), ("ae", None, "e"), ("oe", None, "e"), ("", later(r"(.)\1"), r"\1"), ("", later(r"(?<=.{4})(?:[aeo]|um)$"), ""),
)  # fmt: skip
# Letters of which one may begin what another begins in another language; every other one begins the same names everywhere.
_FIRST = {letter: group for group in ("ckqx", "fp", "aeiouy", "vw") for letter in group}
_ACID = later(r"\bacid ([a-z]{3,}ic)\b")
_OF = later(r"^([a-z]{5,}(?:ide|ate|ium)) d(?:e |i |'|’)(\w.+)$")
# A drug with its salt in one word, as in German.
_WITH_SALT = later(r"(.{5,})(natrium|kalium|hydrochlorid|hydrobromid|bromid|chlorid|sulfat|phosphat|maleat|fumarat|succinat|tartrat|acetat|citrat|besilat)")
# How international names end: brands, which stay the same everywhere, mostly do not.
_INTERNATIONAL = later(r"(?:in|[ivt]ne|ine|ide|ate|one|[eo]ne|olo?|ole|[ai]m|ime|[eo]n|il|ic|ium|ane|yl|[mn]ab|nib|vir)$")


def skeleton(word: str) -> str:
    """What a word in small letters without accents has in common with the same name in other languages."""
    for needs, pattern, letter in _LETTERS:
        if needs in word:
            word = word.replace(needs, letter) if pattern is None else pattern.sub(letter, word)
    return word


def turned(name: str) -> str:
    """A name whose words are English ones, in their English order: "acid valproic", "hydrochloride de metformin"."""
    return _OF.sub(r"\2 \1", _ACID.sub(r"\1 acid", name))


def _first(word: str) -> str:
    """The letters with which a name begins that begins so in another language."""
    letter = word.lstrip("h")[:1]
    return _FIRST.get(letter, letter)


class Foreign:
    """Words of drug names as other languages spell them; a spelling that may be two drugs' is none."""

    def english(self, word: str) -> str | None:
        """The English words for a word in normal form that no table knows; None where it is for certain no drug's name."""
        told = self._told.get(word)
        if told is not None or len(word) < _LEAST:
            return told
        salt = _WITH_SALT.fullmatch(word)
        return _words().get(_first(word), {}).get(skeleton(word)) or (f"{self.english(salt[1]) or salt[1]} {self._told[salt[2]]}" if salt is not None else None)

    @cached_property
    def _told(self) -> Mapping[str, str]:
        return {row[0]: row[1] for row in table("foreign_words.tsv")}


@of_tables("drugs.tsv", "rare_drugs.tsv")
def _words() -> dict[str, dict[str, str]]:
    """By the letters with which they begin, skeletons of international names with the name that has each."""
    drugs = {name: label for file in ("drugs.tsv", "rare_drugs.tsv") for label, names, *_ in table(file) for name in names.replace("=", "").split("|")}
    found: dict[str, dict[str, set[str]]] = {}
    written: dict[tuple[str, str], str] = {}
    for name, drug in drugs.items():
        if len(name) >= _LEAST and name.isalpha() and name.isascii() and (name == drug or _INTERNATIONAL.search(name) is not None):
            first, bare = _first(name), skeleton(name)
            found.setdefault(first, {}).setdefault(bare, set()).add(drug)
            written.setdefault((first, bare), name)
    return {first: {bare: written[first, bare] for bare, of in bares.items() if len(of) == 1} for first, bares in found.items()}
