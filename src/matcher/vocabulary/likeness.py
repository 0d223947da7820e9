"""Likeness of spelling: certain misspellings, and look-alikes that a person may confirm. Never an identity."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property

from matcher.model.patterns import later
from matcher.vocabulary.concepts import SURE, Concept, Names, Words

_ALIKE = 86  # percent of letters in common from which a look-alike is offered for confirmation
_WORD = 5  # letters the mistyped word must have
_APART = 3  # no other concept's name may be this near
_ROMAN = later(r"[ivx]+[a-d]?$")
# Pieces of words that turn a term into another one.
_OPENINGS = (
    "hyper", "hypo", "anti", "non", "poly", "oligo", "macro", "micro", "mono", "pre", "post", "peri", "para", "pseudo",
    "intra", "inter", "extra", "infra", "supra", "sub", "endo", "exo", "epi", "meso", "hemi", "uni", "bi", "tri", "iso",
    "tachy", "brady", "normo", "eu", "dys", "pan", "auto", "allo", "xeno", "des", "nor", "oxy", "cis", "trans", "thrombo",
    "leuko", "lympho", "neutro", "mega", "ortho", "immuno", "osteo", "myelo", "myo", "neuro", "nephro", "nefro", "hydro",
    "cardio", "cerebro", "in", "un", "im", "ir", "a",
)  # fmt: skip
_CLOSINGS = (
    "itis", "osis", "oma", "opathy", "penia", "cytosis", "philia", "emia", "uria", "algia", "ectomy", "ostomy", "otomy",
    "oscopy", "plasty", "ography", "ogram", "trophy", "plasia", "phagia", "phasia", "genic", "lytic", "pril", "sartan",
    "statin", "olol", "azole", "mycin", "cillin", "mab", "nib", "vir", "cept", "gliptin", "gliflozin", "glutide", "dipine",
    "setron", "prazole", "tidine", "parib", "ciclib", "idine", "amine", "azine", "azepam", "olone", "isone", "caine",
)  # fmt: skip
_TURNING = frozenset((
    "not", "no", "without", "with", "acute", "chronic", "subacute", "early", "late", "left", "right", "upper",
    "lower", "anterior", "posterior", "central", "peripheral", "primary", "secondary", "benign", "malignant",
    "systolic", "diastolic", "dry", "wet", "active", "latent", "major", "minor", "small", "large", "big", "high",
    "low", "autologous", "allogeneic", "male", "female", "maternal", "paternal", "congenital", "acquired", "ischemic",
    "hemorrhagic", "simple", "complex", "partial", "complete", "open", "closed", "localized", "metastatic",
    "invasive", "juvenile", "adult", "neonatal", "increased", "decreased", "positive", "negative", "superficial",
    "deep", "internal", "external", "inner", "outer", "proximal", "distal", "medial", "lateral", "bacterial", "viral",
    "fungal", "intermittent", "persistent", "remitting", "progressive", "resistant", "sensitive", "obstructive",
    "restrictive", "typical", "atypical", "alpha", "beta", "gamma", "delta", "ante", "live", "inactivated", "inhaled",
    "topical", "oral", "nasal",
))  # fmt: skip


class Spelling:
    """The names of one part, compared by spelling."""

    def __init__(self, names: Names, known: Callable[[str], bool]) -> None:
        """`names` are those of the part, `known` tells whether a word stands in a name of any part."""
        self._names = names
        self._known = known

    def similar(self, words: Words) -> Concept | None:
        """The one concept whose name looks most like the wording, as an offer to confirm; None where none is safe."""
        from rapidfuzz import process  # loaded only where a wording looks like a name
        from rapidfuzz.fuzz import ratio

        text = " ".join(words)
        # Two texts share at most the letters of the shorter one.
        shortest, longest = len(text) * _ALIKE // (200 - _ALIKE), -(-len(text) * (200 - _ALIKE) // _ALIKE)
        near = process.extract(text, self._of_length(shortest, longest), scorer=ratio, score_cutoff=_ALIKE, limit=12)
        safe = [(score, name) for name, score, _ in near if self._comparable(words, tuple(name.split()))]
        best = {self._names.labels[name] for score, name in safe if score == safe[0][0]}
        return self._names.called(safe[0][1]) if len(best) == 1 else None

    def misspelt(self, words: Words) -> Concept | None:
        """The concept of which the wording is certainly a misspelling: one letter wrong, and no other name near."""
        text = " ".join(words)
        if sum(map(str.isalpha, text)) < SURE - 1 or not any(self._slip(words, tuple(name.split(" "))) for name in self._one_off(text)):
            return None
        from rapidfuzz import process  # loaded only where a wording looks like a name
        from rapidfuzz.distance import OSA

        near = process.extract(text, self._of_length(len(text) - _APART, len(text) + _APART), scorer=OSA.distance, score_cutoff=_APART, limit=64)
        if len({self._names.labels[name] for name, _, _ in near}) != 1:
            return None
        name, distance, _ = min(near, key=lambda found: found[1])
        certain = distance == 1 and sum(map(str.isalpha, name)) >= SURE and self._slip(words, tuple(name.split()))
        return self._names.called(name) if certain else None

    def _one_off(self, text: str) -> Iterator[str]:
        """The names from which one wrong letter, not the first one, tells a text apart: it stands in one half, and the other half is the same."""
        half = len(text) // 2 - 1
        opening, ending = f"\n{text[:half]}", f"{text[-half:]}\n"
        every, at = self._listed, -1
        while (at := every.find(opening, at + 1)) >= 0:
            name = every[at + 1 : every.index("\n", at + 1)]
            if _is_one_off(text, name):
                yield name
        at = -1
        while (at := every.find(ending, at + 1)) >= 0:
            name = every[every.rindex("\n", 0, at) + 1 : at + len(ending) - 1]
            if name[0] == text[0] and _is_one_off(text, name):
                yield name

    @cached_property
    def _listed(self) -> str:
        """Every name on a line of its own."""
        return "\n".join(("", *self._names.labels, ""))

    @cached_property
    def _by_length(self) -> list[str]:
        return sorted(self._names.labels, key=len)

    def _of_length(self, shortest: int, longest: int) -> list[str]:
        """The names of so many letters."""
        return self._by_length[bisect_left(self._by_length, shortest, key=len) : bisect_right(self._by_length, longest, key=len)]

    def _slip(self, words: Words, name: Words) -> bool:
        """Whether one long word, itself unknown, differs after its first letter."""
        if len(words) != len(name):
            return False
        pairs = [(typed, meant) for typed, meant in zip(words, name, strict=True) if typed != meant]
        if len(pairs) != 1:
            return False
        typed, meant = pairs[0]
        return typed[0] == meant[0] and min(len(typed), len(meant)) >= _WORD and self._comparable(words, name)

    def _comparable(self, words: Words, name: Words) -> bool:
        """Whether no difference between the two wordings is one that turns a term into another."""
        added, lost = [w for w in words if w not in name], [w for w in name if w not in words]
        if guarded(words) != guarded(name) or _turned(added, lost):
            return False
        return not (lost and any(map(self._known, added)))  # asked last: it needs the words of all names


def _is_one_off(text: str, name: str) -> bool:
    """Whether one letter is another one, one too many or missing, or two stand the other way around."""
    longer = len(text) - len(name)
    if abs(longer) > 1:
        return False
    least = min(len(text), len(name))
    first = next((at for at in range(least) if text[at] != name[at]), least)
    if longer:
        return text[first + (longer > 0) :] == name[first + (longer < 0) :]
    return text[first + 1 :] == name[first + 1 :] or (text[first : first + 2] == name[first : first + 2][::-1] and text[first + 2 :] == name[first + 2 :])


def guarded(words: Words) -> tuple[list[str], list[str]]:
    """What two wordings must share: figures, numerals, single letters and turning words; and how their words open."""
    exact = sorted(word for word in words if _exact(word))
    openings = sorted(_opening(word) for word in words)
    return exact, [piece for piece in openings if piece]


def _exact(word: str) -> bool:
    return not word.isalpha() or len(word) == 1 or word in _TURNING or _ROMAN.match(word) is not None


def _opening(word: str) -> str:
    return max((piece for piece in _OPENINGS if word.startswith(piece)), key=len, default="")


def _turned(added: list[str], lost: list[str]) -> bool:
    """Whether words end in different telling pieces, as in thrombocytosis and thrombocytopenia."""
    one, other = _closings(added), _closings(lost)
    return bool(one and other and one != other)


def _closings(words: list[str]) -> set[str]:
    return {max(pieces, key=len) for word in words if (pieces := [p for p in _CLOSINGS if word.endswith(p)])}
