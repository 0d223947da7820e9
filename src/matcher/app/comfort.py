"""What makes a long day easier: her own keys, copying, diagnostics, and being back where she left off."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.content import Content

from matcher.app.screens.dialogs import TextDialog
from matcher.app.symbols import homely, shown
from matcher.app.text.layout import fitted, hung, stacked, styled
from matcher.app.theme import HEADING
from matcher.session.preferences import preferences_path
from matcher.session.resuming import Left, leave, left_off
from matcher.storage.files import file_digest, write_text
from matcher.storage.refusal import InputError

if TYPE_CHECKING:
    from matcher.app.app import MatcherApp

EVERY = 20.0  # seconds after which it is kept anew where she is
_WITHOUT_CLIPBOARD = ("Apple_Terminal",)  # terminals that drop what is sent to the clipboard
_LONGEST = 60_000  # characters that a terminal takes for its clipboard


class Diagnostics(TextDialog):
    """A text that hides what lies beneath it, so that a picture of it shows no patient."""


def copy_text(app: MatcherApp, text: str, what: str) -> None:
    """Copy a text to the terminal's clipboard; where that cannot be, into a file, and say where."""
    beginning = fitted(shown(" ".join(text.split()), app.symbols), 60, app.symbols.ellipsis)
    if _to_clipboard(app, text):
        app.copy_to_clipboard(text)
        app.toast(f"Copied {what}: {beginning}")
        return
    path = app.session.folders.copied
    try:
        write_text(path, f"{text}\n", expected=file_digest(path))
    except (InputError, OSError) as error:
        app.tell("Not copied", str(error))
    else:
        app.toast(f"Copied {what} to {homely(path)}: {beginning}")


def _to_clipboard(app: MatcherApp, text: str) -> bool:
    if app.preferences.copying:
        return app.preferences.copying == "terminal" and len(text) <= _LONGEST
    deaf = os.environ.get("TERM_PROGRAM") in _WITHOUT_CLIPBOARD or os.environ.get("TERM") in ("linux", "dumb")
    return not deaf and len(text) <= _LONGEST


def show_diagnostics(app: MatcherApp) -> None:
    """What a helper needs to know, without anything about patients; `matcher doctor` says the same."""
    size, colours = app.size, app.console.color_system or "none"
    terminal = [f"{size.width} columns by {size.height} lines, colours {colours}, {'plain' if app.symbols.plain else 'all'} signs, theme {app.theme}"]
    from matcher.session.diagnosing import diagnosis  # it loads what reads trials

    found = diagnosis(app.session.folders, terminal, app.preferences.problems)

    def build(width: int) -> Content:
        lines: list[Content] = []
        for heading, said in found.items():
            lines += [Content(""), styled(heading, HEADING)] if lines else [styled(heading, HEADING)]
            lines += [hung(Content(shown(line, app.symbols)), width, "  ", "    ") for line in said]
        return stacked(lines)

    app.push_screen(Diagnostics("Diagnostics (nothing about patients)", build))


def show_settings(app: MatcherApp) -> None:
    """Where the file of settings lies, and what in it is wrong."""
    path = preferences_path(app.session.folders)
    lines = [f"{homely(path)}", "It is read when matcher opens. Every line is a comment until its # is taken away."]
    app.tell("Settings", "\n".join([*lines, *(["", *app.preferences.problems] if app.preferences.problems else [])]))


def keep_place(app: MatcherApp) -> None:
    """Keep where she is, where that changed."""
    session = app.session
    now = Left(patient=session.profile.id if session.profile else "", trial=session.chosen_id or "", theme=app.kept_theme, initials=app.her_initials, **app.main.place())
    if now != app.left:
        app.left = now
        leave(session.folders, now)


def resume(app: MatcherApp) -> bool:
    """Back to where she left off; False where there is nothing to go back to."""
    left = app.left = left_off(app.session.folders)
    app.main.go_back_to(left.pane, left.filter, left.stage)
    path = app.session.known_profile(left.patient) if left.patient else None
    if path is None or not app.take_patient(path, left.trial):
        return False
    app.toast(f"{left.patient}, where you left off.")
    return True


__all__ = ["EVERY", "copy_text", "keep_place", "resume", "show_diagnostics", "show_settings"]
