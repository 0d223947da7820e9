"""Draws the app's screens as SVG pictures, for looking at and for the documentation.

Run as `python tools/screenshots.py FOLDER [PROFILE]`; the trials and profiles are those matcher itself would open.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import date
from pathlib import Path

from textual.pilot import Pilot

from matcher.app.app import MatcherApp
from matcher.session import Session
from matcher.storage.folders import folders

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("trials", ()),
    ("answer", ("a",)),
    ("criteria", ("escape", "enter")),
    ("criterion", ("down", "enter")),
    ("help", ("escape", "question_mark")),
    ("form", ("escape", "e", "right", "right")),
    ("row", ("enter",)),
    ("mark", ("escape", "escape", "m")),
)
SIZES = ((140, 40), (80, 24))


async def _settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    while any(not worker.is_finished for worker in pilot.app.workers):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


async def draw(target: Path, profile: str, width: int, height: int) -> None:
    """Walk through the screens at one size and keep a picture of each."""
    places = folders()
    session = Session(places, date.today())
    session.open_profile(places.find_profile(profile))
    app = MatcherApp(session)
    async with app.run_test(size=(width, height)) as pilot:
        await _settled(pilot)
        for name, keys in STEPS:
            await pilot.press(*keys)
            await _settled(pilot)
            path = target / f"{name}-{width}x{height}.svg"
            path.write_text(app.export_screenshot(), encoding="utf-8", newline="\n")
            print(path)


def main(arguments: list[str]) -> int:
    """Draw every screen at every size."""
    if not arguments:
        print("usage: screenshots.py FOLDER [PROFILE]", file=sys.stderr)
        return 2
    target = Path(arguments[0])
    target.mkdir(parents=True, exist_ok=True)
    known = sorted(folders().profile_files())
    profile = arguments[1] if len(arguments) > 1 else known[0] if known else ""
    if not profile:
        print("there is no profile to show: name one", file=sys.stderr)
        return 1
    for width, height in SIZES:
        asyncio.run(draw(target, profile, width, height))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
