"""Cutting a text into atoms, and what a word may begin."""

from __future__ import annotations

import pytest

from matcher.reading.tagging.atoms import atoms_of
from matcher.reading.tagging.lexicon import lexicon_of
from matcher.vocabulary import load

CUTS = (
    ("Non-small cell lung cancer, HER2+", "non small cell lung cancer , her 2 positive"),
    ("EGFR- tumors; 3 + 3", "egfr negative tumor ; 3 + 3"),
    ("ALT < = 2.5 x ULN", "alt <= 2.5 x uln"),
    ("asthma and/or COPD.", "asthma and or copd ."),
    ("methotrexate (i.v. or s.c.)", "methotrexate ( iv or sc )"),
    ("approx. 5 mg vs. placebo", "approx 5 mg vs placebo"),
    ("gene-related peptide (GRP) - any", "gene related peptide - any"),
    ("naïve, nonsmokers", "naive , non smoker"),
    ("TNF-α ≥ 3", "tnf alpha ≥ 3"),
    ("", ""),
)
PHRASES = (
    ("systemic lupus erythematosus now", 0, "systemic lupus erythematosus", 3),
    ("amelanotic melanoma in women", 0, "amelanotic melanoma", 2),
    ("gliosarcoma", 0, "gliosarcoma", 1),
)


@pytest.mark.parametrize("rows", [CUTS])
def test_texts_are_cut_into_words_and_signs(rows: tuple[tuple[str, str], ...]) -> None:
    atoms = atoms_of(load())
    found = [(text, " ".join(atom.name or atom.sign for atom in atoms.cut(text).atoms)) for text, _ in rows]
    assert found == list(rows)


def test_atoms_keep_their_places() -> None:
    text = "Nonsmokers with Crohn's disease (CD), ALT ≤ 3 × ULN."
    cut = atoms_of(load()).cut(text)
    assert [text[start:end] for start, end in zip(cut.starts, cut.ends, strict=True)] == (
        ["Nonsmokers", "Nonsmokers", "with", "Crohn's", "disease", ",", "ALT", "≤", "3", "ULN", "."]
    )


@pytest.mark.parametrize("rows", [PHRASES])
def test_the_longest_phrase_is_found(rows: tuple[tuple[str, int, str, int], ...]) -> None:
    lexicon = lexicon_of(load())
    for text, start, label, length in rows:
        words = text.split()
        longer = lexicon.longer(words[start])
        found = lexicon.longest(words, start, longer, words[start]) if longer is not None else None
        alone = lexicon.alone(words[start], words[start])
        assert (found or (*(alone or ()), 1)) == ("cond", label, length), text
