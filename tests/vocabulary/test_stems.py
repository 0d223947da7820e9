"""The cheap looks before patterns let through whatever those patterns match."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from laws import examples

from matcher.vocabulary import Stems, may_be_asked
from matcher.vocabulary.concepts import table

_WRITTEN = r"abl|\bcan(?:not|'t)?\b|planned"
_STEMS = Stems(_WRITTEN)
_WORDS = st.lists(st.sampled_from(("Able", "tables", "scan", "CAN", "can't", "cannot,", "canned", "(planned)", "plan", "İ", "1")), max_size=5)


@given(_WORDS, st.sampled_from((" ", "\n", "\u00a0", "  ")))
def test_stems_are_found_as_a_pattern_finds_them(words: list[str], sign: str) -> None:
    text = sign.join(words)
    assert _STEMS.stand_in(text) == (re.search(_WRITTEN, text.casefold()) is not None)


@examples(60)
@given(st.data())
def test_no_wording_of_a_statement_is_passed_over(data: st.DataObject) -> None:
    _, needs, wording = data.draw(st.sampled_from(list(table("statements.tsv"))))
    text = data.draw(st.from_regex(wording, fullmatch=True, alphabet=st.characters(codec="ascii")))
    assert may_be_asked(text)
    assert any(one in text for one in needs.split("|"))
