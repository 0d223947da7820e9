"""The rows that a look at the words of a text leaves are all those whose letters stand in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matcher.vocabulary import Needed

_ROWS = (("plan", "to come"), ("",), ("a",), ("/", "(no"), ("in the ", "planned to"))
_NEEDED = Needed(_ROWS)
_WORDS = st.lists(st.sampled_from(("plan", "unplanned", "to", "come", "in", "the", "them", "and/or", "(none)", "x", "İ")), max_size=6)


@given(_WORDS, st.sampled_from((" ", "\n", "\u00a0", "  ")))
def test_no_row_is_passed_over_whose_letters_stand_in_a_text(words: list[str], sign: str) -> None:
    text = sign.join(words)
    left = list(_NEEDED.rows(text))
    assert left == sorted(set(left))
    assert set(left) >= {place for place, needs in enumerate(_ROWS) if any(one in text for one in needs)}


def test_rows_are_left_out_whose_letters_are_missing() -> None:
    assert _NEEDED.rows("them") == [1]  # no word of it is "the"
    assert _NEEDED.rows("to become") == [1]  # nor begins one with "come" behind a blank
    assert _NEEDED.rows("x") == [1]
