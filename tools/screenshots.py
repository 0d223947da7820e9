"""Draws the app's screens as SVG pictures for README and docs: python tools/screenshots.py [FOLDER] [WIDTHxHEIGHT].

The patient and the trials are those that come with matcher, in folders of their own and on a fixed day, so that the
pictures are the same on any machine. What a picture would fetch from elsewhere (fonts) is left out of it.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from matcher.app.app import MatcherApp
from matcher.session import Session
from matcher.storage.folders import folders

PICTURES = Path(__file__).resolve().parents[1] / "docs/pictures"
DAY, PATIENT = date(2026, 11, 21), "SLE-0135"
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("day", ()),
    ("form", ("e", "right", "right")),
    ("trial", ("escape", "down", "down", "enter", "d")),
    ("judging", ("d", "d", "n", "o")),
    ("compare", ("escape", "escape", "home", "c", "down", "c", "C")),
    ("ward", ("escape", "W")),
    ("library", ("escape", "t", "right")),
)
_FONTS = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)


async def _settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def draw(target: Path, width: int, height: int) -> None:
    """Walk through the screens and keep a picture of each."""
    places = folders()
    session = Session(places, DAY)
    session.open_profile(places.find_profile(PATIENT))
    app = MatcherApp(session)
    async with app.run_test(size=(width, height)) as pilot:
        await _settled(pilot)
        for name, keys in STEPS:
            for key in keys:
                await pilot.press(key)
                await _settled(pilot)
            path = target / f"{name}.svg"
            path.write_text(_FONTS.sub("", app.export_screenshot(title="matcher")), encoding="utf-8", newline="\n")
            print(path)


def main(arguments: list[str]) -> int:
    """Draw every screen."""
    target = Path(arguments[0]) if arguments else PICTURES
    width, _, height = (arguments[1] if len(arguments) > 1 else "140x40").partition("x")
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as own:
        os.environ.update(MATCHER_DATA=own, MATCHER_CONFIG=own)
        asyncio.run(draw(target, int(width), int(height)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
