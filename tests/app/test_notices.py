"""Notices are short, stand over the line on top, and never lie over what is read or asked."""

from __future__ import annotations

from pathlib import Path

from app_support import lines, opened, patient, press, session_in
from rows import each_row

from matcher.app.app import MatcherApp
from matcher.app.symbols import PLAIN, UNICODE
from matcher.app.text.layout import brief

TITLE = "Efficacy and safety of a drug with a long name in patients with a disease"
MOVED = "\n".join(["Recorded: HBsAg: positive", *(f"now excluded: {TITLE} {number}" for number in range(3)), "and 4 more"])


@each_row(
    "text, width, expected",
    [
        ("Saved: ~/LN-1.toml", 40, ["Saved: ~/LN-1.toml"]),
        ("one\ntwo", 40, ["one · two"]),
        ("one\ntwo", 7, ["one", "two"]),
        ("one\ntwo\nthree\nfour", 40, ["one · two · three · four"]),
        ("word " * 50, 20, ["word word word word"] * 2 + ["word word word word…"]),
        ("short\n" + "a" * 90, 20, ["short ·", "a" * 20, None]),
        ("", 20, []),
    ],
)
def test_a_long_notice_takes_few_lines(text: str, width: int, expected: list[str | None]) -> None:
    found = text and brief(text, width, 3, UNICODE).split("\n")
    assert len(found) == len(expected)
    assert all(len(one) <= width for one in found)
    assert [one for one, like in zip(found, expected, strict=True) if like is not None] == [one for one in expected if one is not None]


def test_every_line_of_a_notice_has_its_share() -> None:
    said = " ".join(brief(MOVED, 76, 3, UNICODE).split())
    assert said.startswith("Recorded: HBsAg: positive · now excluded: ")
    assert said.count("now excluded: Efficacy and safety of a drug") == 3
    assert said.endswith("and 4 more")
    assert "…" not in brief(MOVED, 30, 3, PLAIN)


async def test_a_notice_lies_over_the_top_only(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 80, 24) as pilot:
        before = lines(pilot)
        assert isinstance(pilot.app, MatcherApp)
        for said in ("one", "two", MOVED):
            pilot.app.toast(said)
            await pilot.pause()
        now = lines(pilot)
        assert now[1].startswith("▌ Recorded: HBsAg: positive · now")
        assert [now[0], *now[4:]] == [before[0], *before[4:]]
        pilot.app.toast("done")
        await press(pilot, "down")
        assert lines(pilot)[1].strip() == "▌ done"  # nothing of the line beneath goes on behind it
        pilot.app._read_at = 0  # it stood long enough to be read
        await press(pilot, "up")
        assert lines(pilot)[1:3] == before[1:3]
