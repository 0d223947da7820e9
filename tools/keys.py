"""Writes docs/keys.md, the keys of every screen, from the app's own table of commands: python tools/keys.py."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from matcher.app.commands import COMMANDS, LIST_KEYS, Command, key_shown, keys_of

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
    "dialog": "In every dialog",
    "editor": "A row of the profile",
    "choice": "A field with choices",
    "find": "Choosing a patient",
    "paste": "Lines of a laboratory report",
    "results": "Results to record",
    "several": "Several criteria",
    "check": "The check of a criterion",
    "typed": "A trial typed by hand",
    "text": "A text to read",
    "app": "Everywhere",
}
_MOVES = tuple(Command(one, "list", "List", words, key, words) for one, (key, words) in LIST_KEYS.items())
HEAD = """# Keys

Every command is in the palette (`^p`) too, and `F1` shows those of the place you are in. The file of settings (the palette
says where it lies) gives other keys: a line such as `"main.mark" = "f6"` beneath `[keys]`, with the name of the command from
these tables. A key that two commands of one place would have, and a name that no command has, is told when matcher opens.
`preset = "vim"` is there for hands that want it. As they are stay Enter, where it accepts a line or an answer, the letters
beside the answers of a dialog, and the arrows among names that are offered while one is typed.
"""


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for scope, commands in groupby(sorted((*_MOVES, *COMMANDS), key=_place), key=lambda one: one.scope):
        parts.append(f"\n## {SCREENS.get(scope, scope)}\n\n| key | what it does | name |\n|---|---|---|\n")
        parts += [f"| {_keys(one)} | {one.help} | {f'`{one.name}`' if one.key else ''} |\n" for one in commands]
    return "".join(parts)


def _place(command: Command) -> int:
    names = list(SCREENS)
    return names.index(command.scope) if command.scope in names else len(names)


def _keys(command: Command) -> str:
    return " ".join(f"`{key_shown(key)}`" for key in keys_of(command)) or "palette"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
