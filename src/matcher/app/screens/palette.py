"""The palette: every command that can be given here, found by typing a part of its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.fuzzy import Matcher
from textual.widgets import Input, Static

from matcher.app.commands import bind
from matcher.app.screens.base import Dialog
from matcher.app.text.layout import cut, styled
from matcher.app.text.rows import LongRow, heading
from matcher.app.theme import FAINT
from matcher.app.widgets.long_list import LongList
from matcher.app.widgets.name_input import Line


@dataclass(frozen=True, slots=True)
class Offer:
    """A command as “group: title”, its keys, what it does in a sentence, and what carries it out."""

    name: str
    keys: str
    help: str
    run: Callable[[], Any]


class Palette(Dialog[Offer]):
    """The commands, a line each; Enter gives the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("dialog.next", "move('cursor', 1)", priority=True),
        bind("dialog.previous", "move('cursor', -1)", priority=True),
        bind("dialog.page-down", "move('page', 1)", priority=True),
        bind("dialog.page-up", "move('page', -1)", priority=True),
    ]

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._offers = {one.name: one for one in sorted(offers, key=lambda one: one.name)}

    def compose(self) -> ComposeResult:
        """The line, and the commands beneath it."""
        with Vertical(classes="box -large") as box:
            box.border_title = Content("All commands")
            box.border_subtitle = self.named(("type its name, or what it does", ""), ("Enter", "gives it"), ("dialog.close", "back"))
            yield Line("", "command")
            yield LongList("", id="commands")
            yield Static(id="about")

    def on_mount(self) -> None:
        """Begin with all of them."""
        self.query_one(Input).focus()
        self._show("")

    @on(Input.Changed)
    def narrow(self, event: Input.Changed) -> None:
        """Those whose names have what is typed, the most alike first, then those that say so of what they do."""
        event.stop()
        self._show(event.value.strip())

    @on(Input.Submitted)
    @on(LongList.Selected)
    def take(self) -> None:
        """Give the command under the cursor."""
        if chosen := self.query_one(LongList).chosen_row:
            self.dismiss(self._offers[chosen])

    @on(LongList.Moved)
    def move_on(self, event: LongList.Moved) -> None:
        """Another command is under the cursor."""
        self._tell(event.row)

    def _tell(self, name: str) -> None:
        """What a command does, whole: beside its name there is room for the beginning only."""
        self.query_one("#about", Static).update(Content(self._offers[name].help if name else ""))

    def action_move(self, how: str, by: int) -> None:
        """Move the cursor while the line is typed in."""
        commands = self.query_one(LongList)
        (commands.action_cursor if how == "cursor" else commands.action_page)(by)

    def _show(self, typed: str) -> None:
        like = Matcher(typed)
        found = [(like.match(name) if typed else 1.0, name) for name in self._offers]
        names = [name for _, name in sorted((one for one in found if one[0] > 0), key=lambda one: -one[0])]
        words = typed.casefold().split()
        names += [name for name, one in self._offers.items() if name not in names and all(word in one.help.casefold() for word in words)]
        commands = self.query_one(LongList)
        commands.fill(lambda width: [self._row(self._offers[name], like, width) for name in names] or [heading(styled("no such command", FAINT))], "")
        commands.action_first()
        self._tell(names[0] if names else "")

    def _row(self, one: Offer, like: Matcher, width: int) -> LongRow:
        def draw() -> Content:
            longest = max(map(len, self._offers))
            name = like.highlight(one.name) if like.query else Content(one.name)
            keys = styled(f"{one.keys:<8} ", "$accent")
            return cut(name + Content(" " * (longest + 2 - len(one.name))) + keys + styled(one.help, FAINT), width, self.symbols.ellipsis)

        return LongRow(one.name, 1, draw)


__all__ = ["Offer", "Palette"]
