"""Laws of the wording, for any check and any text."""

from __future__ import annotations

import strategies as some
from hypothesis import given
from hypothesis import strategies as st
from laws import examples
from rows import each_row

from matcher.model.language import Check
from matcher.model.wording import WordingError, parse, wording


def exact(check: Check) -> None:
    text = wording(check)
    assert parse(text) == check
    assert wording(parse(text)) == text
    assert text.isprintable()
    assert text == " ".join(text.split(" "))


@each_row("kind", some.LEAVES, ids=lambda kind: kind.__name__)
def test_every_leaf_survives_its_wording(kind: type) -> None:
    @given(some.LEAVES[kind])
    @examples(20)
    def holds(check: Check) -> None:
        exact(check)

    holds()


@given(some.checks)
@examples(40)
def test_every_check_survives_its_wording(check: Check) -> None:
    exact(check)


@given(some.plain_checks)
@examples(60)
def test_every_joint_survives_its_wording(check: Check) -> None:
    exact(check)


def reads_or_refuses(text: str) -> None:
    try:
        check = parse(text)
    except WordingError as refusal:
        place = refusal.place
    else:
        exact(check)
        place = 0
    assert 0 <= place <= len(text)


@given(st.lists(some.grammar_tokens, max_size=12).map(" ".join))
@examples(150)
def test_words_of_the_grammar_in_any_order_are_read_or_refused(text: str) -> None:
    reads_or_refuses(text)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_is_read_or_refused(text: str) -> None:
    reads_or_refuses(text)


@given(some.checks, st.data())
@examples(40)
def test_an_edited_wording_is_read_or_refused(check: Check, data: st.DataObject) -> None:
    text = wording(check)
    at, removed = data.draw(st.integers(0, len(text))), data.draw(st.integers(0, 5))
    added = data.draw(st.sampled_from(["", '"', "(", ")", " or ", " and ", "5 ", "\\"]))
    reads_or_refuses(text[:at] + added + text[at + removed :])


@given(some.checks)
@examples(15)
def test_wide_spaces_read_the_same(check: Check) -> None:
    text = wording(check)
    if '"' not in text:
        assert parse("\n" + text.replace(" ", " \t ")) == check
