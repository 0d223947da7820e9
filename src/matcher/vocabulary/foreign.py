"""Names of drugs in the spelling of other languages ("metformina", "Karbamazepin", "acido acetilsalicilico") → the English words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from matcher.model.patterns import later
from matcher.vocabulary.concepts import table

SHORTEST = 5  # letters of a word that is looked up
_LEAST = 6  # letters of one that its letters tell: of shorter ones other words are too near
# What the languages of Europe write otherwise in the international name of one drug, brought to one letter, in this order.
_LETTERS = (
    (later(r"ph"), "f"), (later(r"qu(?=[ei])|ch(?=[ei])"), "k"), (later(r"h"), ""), (later(r"y"), "i"), (later(r"ks"), "x"), (later(r"ss"), "x"),
    (later(r"[cq](?![ei])"), "k"), (later(r"w"), "v"), (later(r"[ao]e"), "e"), (later(r"(.)\1"), r"\1"), (later(r"(?<=.{4})(?:[aeo]|um)$"), ""),
)  # fmt: skip
_ACID = later(r"\bacid ([a-z]{3,}ic)\b")
_OF = later(r"^([a-z]{5,}(?:ide|ate|ium)) d(?:e |i |'|’)(\w.+)$")
# A drug with its salt in one word, as in German.
_WITH_SALT = later(r"(.{5,})(natrium|kalium|hydrochlorid|hydrobromid|bromid|chlorid|sulfat|phosphat|maleat|fumarat|succinat|tartrat|acetat|citrat|besilat)")
# How international names end: brands, which stay the same everywhere, mostly do not.
_INTERNATIONAL = later(r"(?:in|[ivt]ne|ine|ide|ate|one|[eo]ne|olo?|ole|[ai]m|ime|[eo]n|il|ic|ium|ane|yl|[mn]ab|nib|vir)$")


def skeleton(word: str) -> str:
    """What a word in small letters without accents has in common with the same name in other languages."""
    for pattern, letter in _LETTERS:
        word = pattern.sub(letter, word)
    return word


def turned(name: str) -> str:
    """A name whose words are English ones, in their English order: "acid valproic", "hydrochloride de metformin"."""
    return _OF.sub(r"\2 \1", _ACID.sub(r"\1 acid", name))


class Foreign:
    """Words of drug names as other languages spell them; a spelling that may be two drugs' is none."""

    def __init__(self, drugs: Mapping[str, str]) -> None:
        """`drugs` are names of drugs in normal form, with the drug of each."""
        self._drugs = drugs

    def english(self, word: str) -> str | None:
        """The English words for a word in normal form that no table knows; None where it is for certain no drug's name."""
        told = self._told.get(word)
        if told is not None or len(word) < _LEAST:
            return told
        salt = _WITH_SALT.fullmatch(word)
        return self._words.get(skeleton(word)) or (f"{self.english(salt[1]) or salt[1]} {self._told[salt[2]]}" if salt is not None else None)

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """Skeletons of international names with the name that has it."""
        found: dict[str, set[str]] = {}
        written: dict[str, str] = {}
        for name, drug in self._drugs.items():
            if len(name) >= _LEAST and name.isalpha() and name.isascii() and (name == drug or _INTERNATIONAL.search(name) is not None):
                found.setdefault(bare := skeleton(name), set()).add(drug)
                written.setdefault(bare, name)
        return {bare: written[bare] for bare, drugs in found.items() if len(drugs) == 1}

    @cached_property
    def _told(self) -> Mapping[str, str]:
        return {row[0]: row[1] for row in table("foreign_words.tsv")}
