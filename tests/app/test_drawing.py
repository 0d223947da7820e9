"""What is drawn for a key, and what is let go of: once for all that it sets going, and nothing of a closed screen."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

from app_support import burst, lines, opened, page, patient, press, session_in
from textual.screen import Screen
from textual.widget import Widget

KEYS = ("m", "escape", "e", "right", "enter", "escape", "escape", "right", "ctrl+p", "escape", "question_mark", "escape")


async def test_a_screen_is_drawn_once_for_a_key_and_not_on_the_way(tmp_path: Path) -> None:
    drawn = 0
    draws = Screen._compositor_refresh

    def counted(self: Screen[object]) -> None:
        nonlocal drawn
        drawn += 1
        draws(self)

    async with opened(session_in(tmp_path, patient())) as pilot:
        with patch.object(Screen, "_compositor_refresh", counted):
            for key in KEYS:
                await burst(pilot, key)
    assert drawn <= 2 * len(KEYS)  # on a machine at rest a little more than one each; Textual alone: four


async def test_a_closed_dialog_keeps_nothing_of_what_was_drawn(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient())) as pilot:
        await press(pilot, "m")
        page(pilot)
        closed = list(pilot.app.screen.walk_children(Widget, with_self=True))
        assert any(one._styles_cache._cache for one in closed)
        await press(pilot, "escape")
        assert not any(one._styles_cache._cache for one in closed)


async def test_the_tab_in_use_is_seen_where_there_is_no_room_for_all(tmp_path: Path) -> None:
    async with opened(session_in(tmp_path, patient()), 62, 20) as pilot:
        await press(pilot, "e")
        assert lines(pilot)[1].startswith(" who conditions")
        await press(pilot, "left")
        assert lines(pilot)[1].endswith("other complete notes")
        await pilot.click(offset=(40, 1))
        await press(pilot)
        assert "no note" not in page(pilot)
