"""Words that no rule read: those that state a fact are asked as they stand, those that ask a person stay unread."""

from __future__ import annotations

from rows import each_row

from matcher.model.language import All, Ambiguous, Check, Statement, Unread
from matcher.model.trees import leaves
from matcher.reading.certain.asked_as_said import asked_as_said
from matcher.reading.grammar.rules import Read

ASKED = [
    "Scheduled for isolated elective bypass surgery of the odd vessel",
    "Referred for a stress test with a tracer",
    "has a ceramic implant in the upper jaw",
    "patients undergoing repair of a torn ligament under local anesthesia",
    "at least two documented spells per month of the odd kind",
    "awaiting a second graft from the same bank",
]
LEFT = [
    "suitable for surgery in the opinion of the investigator",
    "odd treatments are allowed before day one",
    "patients who agree to keep an odd diary",
    "odd illness that may interfer with the scan",
    "the odd sign is defined as a rash of the palm",
    "either of the following odd signs:",
    "Implant",
    "abnormal odd values at the first visit",
    "voluntary part in the odd study",
    "(an odd drug and another)",
    "odd grade - odd spots on the skin",
    "an odd sign if the scan shows none",
]


@each_row("text", ASKED)
def test_a_fact_is_asked_as_it_stands(text: str) -> None:
    assert _asked(Unread(text), text) == Statement(text)


@each_row("text", LEFT)
def test_what_is_no_question_stays_unread(text: str) -> None:
    assert _asked(Unread(text), text) == Unread(text)


def test_every_unread_part_of_the_text_is_asked_and_nothing_of_another_line() -> None:
    elsewhere = Unread("has an odd scar on the left hand")
    before = All((Ambiguous((Unread(ASKED[0]), Unread(LEFT[0]))), Unread(ASKED[1]), elsewhere))
    after = All((Ambiguous((Statement(ASKED[0]), Unread(LEFT[0]))), Statement(ASKED[1]), elsewhere))
    assert _asked(before, f"{ASKED[0]}; {LEFT[0]}. Must be {ASKED[1]}.") == after


def test_a_piece_of_a_sentence_is_no_question() -> None:
    assert _asked(Unread("a recent history"), "Stroke, or a recent history of odd spells") == Unread("a recent history")


def _asked(check: Check, text: str) -> Check:
    return asked_as_said(Read(check, ((0, 0),) * len(list(leaves(check)))), text, "inclusion").check
