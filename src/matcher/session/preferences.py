"""A nurse's settings: colours, mouse, copying and keys, from a file in which every line is a comment until she changes it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from matcher.model.patterns import pattern_of
from matcher.storage import toml_text
from matcher.storage.files import read_bytes, write_text
from matcher.storage.folders import Folders
from matcher.storage.refusal import InputError, shown

THEMES = ("dark", "light")
COPYING = ("terminal", "file")
PRESETS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "vim": MappingProxyType({
        "list.down": "down,j", "list.up": "up,k", "list.left": "left,h", "list.right": "right,l", "list.first": "home,g", "list.last": "end,G",
    }),
})
_STEPS = ("step-back", "step-on")  # what left and right do outside a list too
_KEY = pattern_of(r"(?:(?:ctrl|shift|alt)\+)*([a-z][a-z_]*\d{0,2}|\S)", re.IGNORECASE)
_FUNCTION_KEYS = tuple(f"f{number}" for number in range(1, 25))
_LONG_NAMES = frozenset({
    "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete", "backspace", "enter", "tab", "escape", "space",
    "comma", "slash", "backslash", "question_mark", "exclamation_mark", "full_stop", "minus", "plus", "colon", "semicolon", "at", "number_sign",
    "dollar_sign", "percent_sign", "ampersand", "asterisk", "equals_sign", "underscore", "apostrophe", "quotation_mark", "grave_accent", "tilde",
    "vertical_line", "less_than_sign", "greater_than_sign", "left_parenthesis", "right_parenthesis", "left_square_bracket",
    "right_square_bracket", "left_curly_bracket", "right_curly_bracket", "circumflex_accent", *_FUNCTION_KEYS,
})
_NEVER_TYPED = frozenset({"escape", "insert", "pageup", "pagedown", "shift+tab"})
_NAMES = {",": "comma", "/": "slash", "?": "question_mark", " ": "space", ".": "full_stop", "-": "minus", "+": "plus"}


class Bound(NamedTuple):
    """A command whose keys may be changed: its name in the file, its keys, and what it does.

    `beside` names the scopes and the single commands that work at the same place; `typing`: it is given while words are
    typed, so that no letter can be its key.
    """

    id: str
    keys: str
    help: str
    beside: tuple[str, ...] = ()
    typing: bool = False


@dataclass(frozen=True, slots=True)
class Preferences:
    """The settings; "" and None where she said nothing. `problems` are lines of the file that were passed over."""

    theme: str = ""
    mouse: bool = True
    copying: str = ""
    keys: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    problems: tuple[str, ...] = ()


def preferences_path(places: Folders) -> Path:
    """The file of the settings, whether it is there yet or not."""
    return places.config / "matcher.toml"


def preferences(places: Folders, commands: Sequence[Bound]) -> Preferences:
    """The settings in the file; a line that is wrong is told and passed over, and the others hold."""
    path = preferences_path(places)
    if not path.exists():
        return Preferences()
    try:
        plain = toml_text.parse(read_bytes(path), str(path))
    except InputError as error:
        return Preferences(problems=(f"{error}; no setting was taken from it",))
    problems: list[str] = []

    def told(place: str, message: str) -> None:
        problems.append(f"{path.name}: {place}: {message}; passed over")

    for name in plain.keys() - {"theme", "mouse", "copy", "preset", "keys"}:
        told(name, "no such setting; expected theme, mouse, copy, preset or [keys]")
    theme = _one_of(plain, "theme", THEMES, told)
    copying = _one_of(plain, "copy", COPYING, told)
    preset = _one_of(plain, "preset", tuple(PRESETS), told)
    mouse = plain.get("mouse", True)
    if not isinstance(mouse, bool):
        told("mouse", f"expected true or false, not {shown(mouse)}")
        mouse = True
    keys = _keys(plain.get("keys", {}), commands, PRESETS.get(preset, {}), told)
    return Preferences(theme, mouse, copying, MappingProxyType(keys), tuple(problems))


def write_preferences(places: Folders, commands: Iterable[Bound]) -> Path | None:
    """Write the file with every line commented out, where there is none; its path where it was written now."""
    path = preferences_path(places)
    if path.exists():
        return None
    lines = [*_HEAD, *(f"# {f'{_quoted(one.id)} = {_quoted(one.keys)}':<40} # {one.help}" for one in commands)]
    try:
        write_text(path, "\n".join(lines) + "\n", expected=None)
    except (InputError, OSError):
        return None
    return path


_HEAD = (
    "# matcher: settings. Every line is a comment: take the # at its beginning away to change what it says.",
    "# A line that is wrong is told when matcher opens, and passed over.",
    "",
    '# theme = "dark"        # "dark" or "light"; without it, the colours used last',
    "# mouse = true          # false: the mouse is left to the terminal, for marking text",
    '# copy = "terminal"     # "file": y writes to a file, for terminals that have no clipboard to write to',
    '# preset = "vim"        # j k h l g G move in lists; commands on these keys move to the capital letter',
    "",
    "# [keys]                # a line for each command, dialogs included; several keys for one command with commas between: \"down,j\"",
)


def _one_of(plain: Mapping[str, Any], name: str, known: Sequence[str], told: Any) -> str:
    value = plain.get(name, "")
    if value == "" or value in known:
        return str(value)
    told(name, f"expected {' or '.join(known)}, not {shown(value)}")
    return ""


def _keys(plain: Any, commands: Sequence[Bound], preset: Mapping[str, str], told: Any) -> dict[str, str]:
    """The keys by command: those of the preset, and over them those of the file that fit and give no key two meanings."""
    known = {one.id: one for one in commands}
    keys = {**preset, **_moved_aside(known, preset)}
    if not isinstance(plain, Mapping):
        told("keys", "expected [keys] with lines such as \"main.mark\" = \"m\"")
        return keys
    wanted: dict[str, str] = {}
    for name, value in plain.items():
        pressed = _pressed(value)
        if name not in known:
            told(f"keys: {name}", f"no such command{_near(name, known)}")
        elif not pressed:
            told(f"keys: {name}", f"expected a key such as m, ctrl+k or f5, not {shown(value)}")
        elif known[name].typing and (typed := next(filter(_is_typed, _new(pressed, known[name].keys)), "")):
            told(f"keys: {name}", f"words are typed there, and {typed} is a key to type with: expected one such as ctrl+k or f5")
        else:
            wanted[name] = pressed
    for name, pressed in wanted.items():
        now = {**{one.id: one.keys for one in commands}, **keys, **wanted}
        other = next((one for one in known.values() if _clash(known[name], pressed, one, now[one.id])), None)
        if other and not (other.id in wanted and list(wanted).index(other.id) > list(wanted).index(name)):  # of two, the later one is told
            told(f"keys: {name}", f"{pressed} is the key of {other.id} already")
        else:
            keys[name] = pressed
    return keys


def _moved_aside(known: Mapping[str, Bound], preset: Mapping[str, str]) -> dict[str, str]:
    """Other keys for the commands whose keys a preset takes: the capital letter where it is free, else with Ctrl."""
    taken = {key for name, keys in preset.items() for key in _new(keys, known[name].keys)}
    moved = {}
    for name, one in known.items():
        if name in preset or taken.isdisjoint(one.keys.split(",")) or not any(_meet(one, known[other]) for other in preset):
            continue
        others = {key for other in known.values() if _meet(other, one) for key in other.keys.split(",")} | taken
        moved[name] = ",".join(key if key not in taken else key.upper() if key.upper() not in others else f"ctrl+{key.lower()}" for key in one.keys.split(","))
    return moved


def _clash(one: Bound, pressed: str, other: Bound, its: str) -> bool:
    """Whether the keys wanted for a command are those that another has by now; what they share from the first is meant so."""
    shared = set(one.keys.split(",")) & set(other.keys.split(","))
    return one.id != other.id and _meet(one, other) and bool((set(pressed.split(",")) & set(its.split(","))) - shared)


def _meet(one: Bound, other: Bound) -> bool:
    """Whether two commands work at the same place."""
    here, there = _scope(one.id), _scope(other.id)
    if "list" in (here, there) and (one.id.endswith(_STEPS) or other.id.endswith(_STEPS)):
        return False
    return here == there or not {there, other.id}.isdisjoint(one.beside) or not {here, one.id}.isdisjoint(other.beside)


def _new(keys: str, before: str) -> list[str]:
    """Those of the keys that a command does not have from the first."""
    return [key for key in keys.split(",") if key not in before.split(",")]


def _is_typed(key: str) -> bool:
    """Whether a key writes, or moves in a line that is typed."""
    return not (key.startswith(("ctrl+", "alt+")) or key in _NEVER_TYPED or key.removeprefix("shift+") in _FUNCTION_KEYS)


def _pressed(value: Any) -> str:
    """Keys by the names that the terminal library gives them; "" where they are none."""
    if not isinstance(value, str):
        return ""
    parts = [part.strip() for part in value.split(",")] if value != "," else [","]
    return ",".join(_NAMES.get(part, part) for part in parts) if all(map(_is_key, parts)) else ""


def _is_key(name: str) -> bool:
    found = _KEY.fullmatch(name)
    return found is not None and (len(found[1]) == 1 or found[1] in _LONG_NAMES)


def _near(name: str, known: Iterable[str]) -> str:
    """The command that is spelled most like a name: one of the same place where the place is known."""
    from rapidfuzz import fuzz, process  # loaded only where something is wrong

    same = [one for one in known if _scope(one) == _scope(name)]
    rest = {one: one.partition(".")[2] for one in same} if same else {one: one for one in known}
    near = process.extractOne(name.partition(".")[2][:60] if same else name[:60], rest, scorer=fuzz.ratio, score_cutoff=60)
    return f"; did you mean {near[2]}?" if near else ""


def _scope(name: str) -> str:
    return name.partition(".")[0]


def _quoted(text: str) -> str:
    return f'"{text}"'


__all__ = ["PRESETS", "Bound", "Preferences", "preferences", "preferences_path", "write_preferences"]
