"""Writes docs/keys.md, the keys of every screen, from the app's own table of commands: python tools/keys.py."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from matcher.app.commands import COMMANDS, Command, key_shown, keys_of

PAGE = Path(__file__).resolve().parents[1] / "docs/keys.md"
SCREENS = {
    "main": "The main screen",
    "ask": "The question at the bottom",
    "patients": "The list of patients",
    "form": "The profile form",
    "library": "All trials",
    "fits": "Patients for a trial",
    "ward": "The ward",
    "compare": "Trials side by side",
    "shortlist": "The shortlist",
    "recheck": "A list checked again",
    "review": "The review queue",
    "list": "In every list",
    "app": "Everywhere",
}
HEAD = """# Keys

Every command is in the palette (`^p`) too, and `F1` shows those of the place you are in. The file of settings (the palette
says where it lies) gives other keys; `preset = "vim"` is there for hands that want it.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for scope, commands in groupby(sorted(COMMANDS, key=_place), key=lambda one: one.scope):
        parts.append(f"\n## {SCREENS.get(scope, scope)}\n\n| key | what it does |\n|---|---|\n")
        parts += [f"| {_keys(one)} | {one.help} |\n" for one in commands]
    return "".join(parts)


def _place(command: Command) -> int:
    names = list(SCREENS)
    return names.index(command.scope) if command.scope in names else len(names)


def _keys(command: Command) -> str:
    return " ".join(f"`{key_shown(key)}`" for key in keys_of(command)) or "palette"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
