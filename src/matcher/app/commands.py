"""The commands by scope and by key: what binds them, and how their keys are named."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from textual.binding import Binding, BindingType

from matcher.app.command_table import COMMANDS, LIST_KEYS, Command
from matcher.session.preferences import Bound

_AS_THEY_ARE: Mapping[str, str] = MappingProxyType({})
_SHOWN_KEYS = {
    "slash": "/",
    "question_mark": "?",
    "exclamation_mark": "!",
    "escape": "esc",
    "delete": "del",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": "Space",
    "tab": "Tab",
    "f1": "F1",
    "enter": "Enter",
}
_SAID_KEYS = {"escape": "Esc", "delete": "Del", "backspace": "Backspace"}
HELPS = ("app.help", "app.command-palette")  # what of the app works in a dialog too
# The scopes, or single commands, that work at the same place as those of a scope; a whole screen has the app and its lists.
_ON_SCREENS = ("app", "list")
_IN_DIALOG = ("dialog", *HELPS)
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "dialog": ("list", *HELPS),
    "patients": ("find", "list", *_IN_DIALOG),
    "find": ("list", *_IN_DIALOG),
    "editor": _IN_DIALOG,
    "choice": ("editor", "typed", *_IN_DIALOG),
    "paste": _IN_DIALOG,
    "results": ("list", *_IN_DIALOG),
    "several": ("list", *_IN_DIALOG),
    "check": _IN_DIALOG,
    "typed": _IN_DIALOG,
    "text": ("list", *_IN_DIALOG),
}


def of(scope: str) -> list[Command]:
    """The commands of one scope, in the order in which they are shown."""
    return [one for one in COMMANDS if one.scope == scope]


def bindings(scope: str, priority: bool = False) -> list[BindingType]:
    """The key bindings of one scope; those of the list of patients are its dialog's. `priority`: before the field in use sees the key."""
    prefix = {"app": "app.", "patients": "screen."}.get(scope, "")
    return [bind(one.name, f"{prefix}{one.action}", priority) for one in of(scope) if one.key]


def bind(name: str, action: str, priority: bool = False) -> Binding:
    """The keys of the command of a name, bound to an action."""
    one = _named(name)
    return Binding(one.key, action, one.title, show=one.footer, key_display=key_shown(keys_of(one)[0]), id=one.name, priority=priority)


def bind_in_list(**actions: str) -> list[BindingType]:
    """The keys that move in every list, bound to the actions of one: down="cursor_down"; `-` is written `_`."""
    moves = {name.replace("_", "-"): action for name, action in actions.items()}
    sides = {"left": "screen.step_back", "right": "screen.step_on"}
    return [Binding(LIST_KEYS[name][0], action, show=False, id=f"list.{name}") for name, action in {**moves, **sides}.items()]


def keys_of(command: Command, keymap: Mapping[str, str] = _AS_THEY_ARE) -> list[str]:
    """The keys that give a command, by Textual's names: its own, or those in the settings."""
    return [key for key in keymap.get(command.name, command.key).split(",") if key]


def bound() -> list[Bound]:
    """The commands whose keys may be changed, those that move in a list first."""
    moving = [Bound(f"list.{one}", key, words, ("app",)) for one, (key, words) in LIST_KEYS.items()]
    return [*moving, *(Bound(one.name, ",".join(keys_of(one)), one.help, _BESIDE.get(one.scope, _ON_SCREENS), one.typing) for one in COMMANDS if one.key)]


def key_shown(key: str) -> str:
    """A key as the footer and the help name it."""
    return _SHOWN_KEYS.get(key) or (f"^{key_shown(key.removeprefix('ctrl+'))}" if key.startswith("ctrl+") else key)


def key_said(key: str) -> str:
    """A key as a sentence names it: Esc, Ctrl+S."""
    *held, last = key.split("+") if len(key) > 1 else [key]
    return "+".join([*(one.capitalize() for one in held), _SAID_KEYS.get(last) or (last.upper() if held and len(last) == 1 else key_shown(last))])


def first_key(name: str, keymap: Mapping[str, str] = _AS_THEY_ARE) -> str:
    """The first key of the command of a name, by Textual's name."""
    return keys_named(name, keymap)[0]


def keys_named(name: str, keymap: Mapping[str, str] = _AS_THEY_ARE) -> list[str]:
    """The keys of the command of a name, by Textual's names."""
    return keys_of(_named(name), keymap)


def _named(name: str) -> Command:
    return next(one for one in COMMANDS if one.name == name)


def keys_shown(command: Command, keymap: Mapping[str, str] = _AS_THEY_ARE) -> str:
    """The keys of a command as the help names them: two at most, and short."""
    named = [key_shown(key) for key in keys_of(command, keymap)]
    both = " or ".join(named[:2])
    return both if len(both) <= 10 else named[0]


__all__ = ["COMMANDS", "HELPS", "LIST_KEYS", "Command", "bind", "bind_in_list", "bindings", "bound", "first_key", "key_said", "key_shown", "keys_named", "keys_of", "keys_shown", "of"]
