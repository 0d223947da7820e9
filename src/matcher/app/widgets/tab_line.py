"""The names of the tabs on one line, the one in use underlined; drawn as one, since each widget costs a layout and its styles."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate

from textual.content import Content, Span
from textual.style import Style
from textual.widget import Widget

from matcher.app.text.layout import styled
from matcher.app.theme import FAINT

_RULE = "$border-blurred"


class TabLine(Widget):
    """Tabs by name; a click on one turns to it, as does `turn`."""

    def __init__(self, names: Mapping[str, str], active: str) -> None:
        super().__init__()
        self.auto_links = False
        self._labels = names
        self.active = active

    def turn(self, key: str) -> None:
        """Another tab is in use."""
        self.active = key
        self.refresh()

    def beside(self, by: int) -> str:
        """The tab beside the one in use; beside the last stands the first."""
        keys = list(self._labels)
        return keys[(keys.index(self.active) + by) % len(keys)]

    def render(self) -> Content:
        """The names and the rule beneath them, moved to the left until the tab in use is seen."""
        width, place = self.size.width, list(self._labels).index(self.active)
        begin = [0, *accumulate(len(name) + 1 for name in self._labels.values())][place]
        end = begin + len(self._labels[self.active])
        names = Content(" ").join([self._drawn(key) for key in self._labels])
        before = styled("━" * (begin - 1) + "╸" * (begin > 0), _RULE)
        after = styled("╺" + "━" * max(0, max(width, names.cell_length) - end - 1), _RULE)
        rule = before + styled("━" * (end - begin), "$accent") + after
        gone = max(0, end + 1 - width)
        return names[gone : gone + width] + Content("\n") + rule[gone : gone + width]

    def _drawn(self, key: str) -> Content:
        name = self._labels[key]
        marked = "bold reverse" if self.app.classes & {"-plain", "-mono"} else "bold $accent"
        said = styled(name, marked) if key == self.active else styled(name, FAINT)
        return Content(name, [*said.spans, Span(0, len(name), Style.from_meta({"@click": f"screen.show_tab('{key}')"}))])


__all__ = ["TabLine"]
