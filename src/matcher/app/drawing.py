"""A screen is drawn once for all that a key sets going, when that stands: not after each of its parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import UPDATE_PERIOD, Screen
from textual.timer import Timer
from textual.widget import Widget

from matcher.app.dimmed import Dimmed
from matcher.app.shared import Shared

_WITHIN = 0.1  # seconds within which it is drawn, whatever is under way
_LAYOUTS = 3  # layouts at most before it is drawn

if TYPE_CHECKING:
    _Screen = Screen[Any]
else:
    _Screen = object


class Whole(Shared, _Screen):
    """A screen that is drawn only when it stands."""

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)  # the widgets draw themselves; no need for the whole screen to
    _draws: Timer | None = None
    _laying_out = False

    @property
    def is_drawn(self) -> bool:
        """Whether it shows how everything stands."""
        return not (self._layout_required or self._scroll_required or self._repaint_required or self._dirty_widgets or self._compositor._dirty_regions)

    @property
    def _update_timer(self) -> Timer:
        """What draws; Textual's own would not wait."""
        if self._draws is None:
            self._draws = self.set_interval(UPDATE_PERIOD, self._draw_at_rest, name="screen_update", pause=True)
        return self._draws

    async def _draw_at_rest(self) -> None:
        await self.matcher.rest(_WITHIN, drawn=False)
        for _ in range(_LAYOUTS):  # what gets another size may ask for another layout
            if (self._layout_required or self._scroll_required) and self.is_current and not self.app._batch_count:
                self._lay_out(scroll=self._scroll_required)
                self._layout_required = self._scroll_required = False
                await self.matcher.rest(_WITHIN, drawn=False)
        self._on_timer_update()
        if self._compositor._dirty_regions and self.is_current:
            self._compositor_refresh()

    def _refresh_layout(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out; what is changed by it is drawn when it stands."""
        self._lay_out(size, scroll)
        self._repaint_required = True
        self.check_idle()

    def _lay_out(self, size: Size | None = None, scroll: bool = False) -> None:
        """Lay out without drawing."""
        self._laying_out = True
        try:
            super()._refresh_layout(size, scroll)
        finally:
            self._laying_out = False

    def _compositor_refresh(self) -> None:
        if not self._laying_out and not self.app._batch_count:
            super()._compositor_refresh()

    def render(self) -> Any:
        """Beneath a dialog, the screen it lies over."""
        drawn = super().render()
        return Dimmed(drawn.screen, drawn.color) if isinstance(drawn, BackgroundScreen) else drawn

    def _screen_resized(self, size: Size) -> None:
        """Lay out anew only where the size is another one: each screen that opens tells all beneath it of theirs."""
        if size != self._size:
            super()._screen_resized(size)

    def _on_screen_suspend(self) -> None:
        """Closed, it lets go of what was drawn: Textual keeps the drawings of the last thousand widgets, closed ones too."""
        if self not in self.app.screen_stack:
            for one in self.walk_children(Widget, with_self=True):
                one._styles_cache.clear()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Its widgets were given their styles as they came: no need to do so again."""
        event.refresh_styles = False


__all__ = ["Whole"]
