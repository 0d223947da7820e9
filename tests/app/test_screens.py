"""The screens as plain text at three sizes, against texts kept beside this file.

Where a screen was changed on purpose, run with MATCHER_KEEP_SCREENS=1 and read the difference before keeping it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from app_support import criterion, opened, page, patient, press, session_in
from textual.content import Content

from matcher.app.symbols import PLAIN, UNICODE, Symbols, symbols_for
from matcher.app.text.spans import marked
from matcher.model.verdict import Verdict

KEPT = Path(__file__).with_name("screens")
CASES: list[tuple[str, int, int, tuple[str, ...], Symbols]] = [
    ("main", 80, 24, (), UNICODE),
    ("main", 100, 30, (), UNICODE),
    ("main", 140, 40, (), UNICODE),
    ("plain", 140, 40, (), PLAIN),
    ("criteria", 80, 24, ("enter",), UNICODE),
    *[("narrowed", width, height, ("b", "slash", *"sta", "tab"), UNICODE) for width, height in ((80, 24), (100, 30), (140, 40))],
    ("patient", 80, 24, ("left",), UNICODE),
    ("answer", 100, 30, ("a",), UNICODE),
    ("criterion", 100, 30, ("enter", "end", "enter"), UNICODE),
    ("form", 100, 30, ("e", "right", "right"), UNICODE),
    ("row", 100, 30, ("e", "right", "right", "enter"), UNICODE),
    ("help", 100, 30, ("question_mark",), UNICODE),
]


@pytest.mark.parametrize(
    ("name", "width", "height", "keys", "symbols"), CASES, ids=[f"{case[0]}-{case[1]}x{case[2]}" for case in CASES]
)
async def test_screen(
    tmp_path: Path, name: str, width: int, height: int, keys: tuple[str, ...], symbols: Symbols
) -> None:
    kept = KEPT / f"{name}-{width}x{height}.txt"
    async with opened(session_in(tmp_path, patient()), width, height, symbols) as pilot:
        for key in keys:
            await press(pilot, key)
        seen = page(pilot).rstrip() + "\n"
    if os.environ.get("MATCHER_KEEP_SCREENS"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(seen, encoding="utf-8", newline="\n")
    assert seen == kept.read_text(encoding="utf-8")


async def test_plain_signs_are_plain(tmp_path: Path) -> None:
    """Every screen and dialog, frames and all."""
    session = session_in(tmp_path, patient(note="≥ 1 µg, 系統 ☃"))
    session.mark("NCT00000001", "watch")
    odd = set()
    async with opened(session, 140, 40, PLAIN) as pilot:
        for keys in (
            ("m",),
            ("escape", "x"),
            ("escape", "question_mark"),
            ("escape", "a", "d"),
            ("escape", "escape", "enter", "end", "enter"),
            ("escape", "p"),
            ("escape", "e"),
            ("end", "up", "enter"),
            ("escape", "left", "enter", "enter"),
            ("escape", "escape", "u"),
        ):
            await press(pilot, *keys)
            odd |= {sign for sign in page(pilot) if not sign.isascii()}
    assert odd == set()


def test_which_terminals_get_plain_signs() -> None:
    asked = [
        ("utf-8", "xterm-256color", "de_DE.UTF-8", UNICODE),
        ("UTF8", None, None, UNICODE),
        ("utf-8", "xterm", "C", PLAIN),
        ("utf-8", "linux", "en_US.UTF-8", PLAIN),
        ("cp1252", None, None, PLAIN),
        ("ascii", "xterm", None, PLAIN),
    ]
    assert [symbols_for(*given) for *given, _ in asked] == [signs for *_, signs in asked]


def test_what_was_not_read_stands_in_one_pair_of_brackets_where_it_overlaps() -> None:
    text = "Up to 2 regimens for metastatic disease; others if they relapsed."
    inner, outer = (17, 39), (0, len(text) - 1)
    one = criterion("I1", text, Verdict.REVIEW, check='unread "a" or unread "b" or age ≥ 18 years', spans=(outer, inner, (3, 7)))
    assert marked(Content(text), one, one.spans).plain == f"[{text[:-1]}]."
    beside = criterion("I1", text, Verdict.REVIEW, check='unread "a" or unread "b"', spans=((0, 7), (8, 16)))
    assert marked(Content(text), beside, beside.spans).plain == f"[Up to 2] [regimens]{text[16:]}"
