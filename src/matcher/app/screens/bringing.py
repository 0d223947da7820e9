"""Bringing trials in: a path to type, then the progress of the import, which Esc ends cleanly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from matcher.app.commands import bind
from matcher.app.fields import words_of
from matcher.app.screens.base import Dialog
from matcher.app.screens.dialogs import TextDialog
from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.theme import FAINT, HEADING
from matcher.app.widgets.name_input import Line

if TYPE_CHECKING:  # what reads trials is loaded beside the screen, once there is a file to be read
    from matcher.app.app import MatcherApp
    from matcher.session.bringing import Brought
    from matcher.session.importing import Imported

_EVERY = 0.2  # seconds between two lines of progress
_BAR = 30
_HERE = 2  # problems that have room in the dialog
_OUTCOMES = {"reread": "read anew", "older": "older than what is kept", "bare": "without criteria, beside fuller records"}
# What the kinds of problems are called to a nurse.
_KINDS = {
    "no-file": "not found", "unreadable": "could not be opened", "binary": "holds no text", "encoding": "letters that may be wrong", "lost-signs": "lost their ≥ and ≤",
    "unknown-format": "not a trial that matcher can read", "missing": "something is missing", "unread-value": "a value was not understood", "duplicate": "came twice", "invalid": "damaged",
}  # fmt: skip
_NAMED = 50  # problems of one kind that are listed


class BringIn(Dialog["Brought"]):
    """A file or folder to import; the answer is what it gave, also where it was stopped."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("dialog.close", "leave")]

    class Went(Message):
        """How far the import is."""

        def __init__(self, read: int, share: float) -> None:
            super().__init__()
            self.read, self.share = read, share

    class Ended(Message):
        """The import ended, or could not begin."""

        def __init__(self, brought: Brought | Exception) -> None:
            super().__init__()
            self.brought = brought

    def __init__(self) -> None:
        super().__init__()
        self._importing = self._ending = False
        self._said_at = 0.0

    def compose(self) -> ComposeResult:
        """The words, the line, and how far it is."""
        with Vertical(classes="box") as box:
            box.border_title = Content("Bring in trials")
            box.border_subtitle = self.named(("Enter", "begin"), ("dialog.close", "back"))
            yield Static(Content("A saved page, a registry's file, a folder or a zip of them:"))
            yield Line(placeholder="such as ~/Downloads/trials.zip", select_on_focus=False)
            yield Static(classes="message")

    @on(Input.Submitted)
    def begin(self, event: Input.Submitted) -> None:
        """Begin, where there is such a file."""
        event.stop()
        path = Path(event.value.strip()).expanduser()
        if self._importing:
            return
        if not event.value.strip() or not path.exists():
            self._say("There is no such file or folder: check the name." if event.value.strip() else "Type a file or a folder first.", wrong=True)
            return
        self._importing = True
        self.query_one(Input).disabled = True
        self.query_one(".box").border_subtitle = self.named(("dialog.close", "stops"))
        self._say(f"reading{self.symbols.ellipsis}")
        self._import(path)

    def action_leave(self) -> None:
        """Close; while an import runs, end it after the record in hand."""
        if not self._importing:
            self.dismiss(None)
        elif not self._ending:
            self._ending = True
            self._say(f"stopping{self.symbols.ellipsis} what is kept stays")

    def on_unmount(self) -> None:
        """The app is left: end the import too."""
        self._ending = True

    def on_bring_in_went(self, message: Went) -> None:
        """Show how far it is."""
        if not self._ending:
            done = round(message.share * _BAR)
            self._say(f"{'#' * done}{'.' * (_BAR - done)} {100 * message.share:.0f} %   {message.read:,} read")

    def on_bring_in_ended(self, message: Ended) -> None:
        """Give the answer, or say what was wrong."""
        self._importing = self._ending = False
        refused = self._refused(message.brought)
        if not refused and not isinstance(message.brought, Exception):
            self.dismiss(message.brought)
            return
        self.query_one(Input).disabled = False
        self.query_one(Input).focus()
        self.query_one(".box").border_subtitle = self.named(("Enter", "begin"), ("dialog.close", "back"))
        self._say(refused, wrong=True)

    def _refused(self, brought: Brought | Exception) -> str:
        """What was wrong where nothing came of it, short enough to stand here, so that another name can be typed at once."""
        if isinstance(brought, Exception):
            return words_of(brought)
        done = brought.done
        if done.read or done.stopped or done.counts.total() > _HERE:
            return ""
        path = Path(self.query_one(Input).value.strip()).expanduser()  # which stands in the line above: its name will do
        return "\n".join(str(one).replace(str(path), path.name) for one in done.problems)

    @work(thread=True, group="import", exit_on_error=False)
    def _import(self, path: Path) -> None:
        try:
            self.post_message(self.Ended(self.session.bring_in(path, self._progress, lambda: self._ending)))
        except Exception as error:  # told in the dialog, where she can try another file
            self.post_message(self.Ended(error))

    def _progress(self, done: Imported) -> None:
        now = monotonic()
        if now - self._said_at >= _EVERY:
            self._said_at = now
            self.post_message(self.Went(done.settled, done.share))

    def _say(self, words: str, *, wrong: bool = False) -> None:
        message = self.query_one(".message", Static)
        message.set_class(wrong, "-wrong")
        message.update(Content(shown(words, self.symbols, lines=True)))


def bring_trials(app: MatcherApp, then: Callable[[], object]) -> None:
    """Ask for a file or folder and import it; say what it gave, every problem too, and go on."""

    def back(brought: Brought | None) -> None:
        if brought is None:
            return
        then()
        if brought.done.counts:  # they wait to be read, and what came beside them stands over them
            app.push_screen(TextDialog(f"Problems of the import: {brought.done.counts.total():,}", lambda width: _problems(brought, width, app.symbols)))
        else:
            app.toast(brought_words(brought))

    app.push_screen(BringIn(), back)


def _problems(brought: Brought, width: int, symbols: Symbols) -> Content:
    """What came, then the problems by kind, the first of each kind in full; what was said of several files is said once."""
    lines = [hung(Content(shown(line, symbols)), width) for line in brought_words(brought).splitlines()]
    for kind, count in brought.done.counts.items():
        first = [one for one in brought.done.problems if one.kind == kind][:_NAMED]
        lines += [Content(""), styled(f"{_KINDS.get(kind, kind.replace('-', ' '))}: {count:,}", HEADING)]
        for message, alike in groupby(sorted(first, key=lambda one: one.message), key=lambda one: one.message):
            several = list(alike)
            where = [str(replace(one, message="")) for one in several]
            lines.append(hung(Content(shown(message if len(several) > 1 else str(several[0]), symbols)), width, "  ", "    "))
            lines += [hung(Content(shown(one, symbols)), width, "    ", "      ") for one in where] if len(several) > 1 else []
        lines += [styled(f"  and {count - len(first):,} more", FAINT)] if count > len(first) else []
    return stacked(lines)


def brought_words(brought: Brought) -> str:
    """What an import gave, in a few lines."""
    done = brought.done
    told = ", ".join(f"{done.outcome[name]:,} {_OUTCOMES.get(name, name)}" for name in ("new", "changed", "reread", "unchanged", "older", "bare") if done.outcome[name])
    kept = f"{told or 'nothing'} kept; the same import again goes on from there"
    lines = [f"Stopped: {kept}." if done.stopped else f"{done.read:,} read: {told or 'nothing to keep'}"]
    lines += [f"{one.trial} changed since {one.profile} was matched: {one.lines[0]}" for one in brought.changed[:3]]
    lines += [f"and {len(brought.changed) - 3} more changed since"] if len(brought.changed) > 3 else []
    return "\n".join(lines)


__all__ = ["BringIn", "bring_trials", "brought_words"]
