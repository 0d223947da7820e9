"""What makes the tests of the app quick enough to be run often."""

from __future__ import annotations

from typing import Any

import pytest
from textual._compositor import Compositor
from textual.screen import Screen


@pytest.fixture(autouse=True)
def frames_nobody_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no frame of a screen without a terminal: a test that reads the screen draws it then, whole."""

    def nothing(
        compositor: Compositor,
        full: bool = False,
        screen_stack: list[Screen[Any]] | None = None,
        simplify: bool = False,
    ) -> Any:
        if full:
            return drawn(compositor, full, screen_stack, simplify)
        compositor._dirty_regions.clear()
        return None

    drawn = Compositor.render_update
    monkeypatch.setattr(Compositor, "render_update", nothing)
