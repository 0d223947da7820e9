"""The screen beneath a dialog, dimmed: each style is dimmed once, not once for each of the pieces that have it."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as Drawn
from textual.color import Color
from textual.css.styles import RulesMap
from textual.screen import Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

_PLAIN = Drawn()


class Dimmed(Visual):
    """What another screen shows, with a colour laid over it and nothing to click on."""

    def __init__(self, screen: Screen[object], colour: Color) -> None:
        self._screen = screen
        self._colour = colour

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """The lines of the other screen."""
        colour = self._colour
        return [
            Strip([Segment(text, _dimmed(drawn or _PLAIN, colour)) for text, drawn, control in line if not control], line.cell_length)
            for line in self._screen._compositor.render_strips()[:height]
        ]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """All there is."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As high as the other screen."""
        return self._screen.size.height


@lru_cache(maxsize=512)
def _dimmed(style: Drawn, colour: Color) -> Drawn:
    plain = style.clear_meta_and_links()
    front, back = (one and (Color.from_rich_color(one) + colour).rich_color for one in (plain.color, plain.bgcolor))
    return plain + Drawn.from_color(front, back)


__all__ = ["Dimmed"]
