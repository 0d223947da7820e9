"""What was being typed when the app was lost, in words."""

from __future__ import annotations

from matcher.app.fields import COMPLETE, LIST, NOTE, WHO
from matcher.model.verdict import SHOWN
from matcher.storage.typed_rows import DIALOGS, NEW, TypedRow

_LINES = 6  # lines of a report that are shown
# What is typed in a dialog: what it is, after which stands what it is about, and the words for its lines.
_SAID = {
    "judge": ("your verdict on", {"answer": "verdict", "why": "reason", "by": "initials"}),
    "mark": ("your mark on", {"answer": "mark", "why": "note", "by": "initials"}),
    "ask": ("the answer to", {"value": "value", "unit": "unit", "date": "date"}),
    "check": ("the check of", {"check": "check"}),
    "paste": ("lines of a laboratory report", {}),
}
_VERDICTS = {verdict.value: word for verdict, (_, word) in SHOWN.items()}
_PAGES = {"who": ("who", WHO), "notes": ("note", NOTE), "complete": ("complete lists", COMPLETE)}


def typed_words(typed: TypedRow) -> list[str]:
    """Which row or dialog it is, and what was typed into its fields, a line each."""
    if typed.listed in DIALOGS:
        return _said_words(typed)
    if typed.listed in LIST:
        spec = LIST[typed.listed]
        title, fields = f"a new {spec.row}" if typed.place == NEW else spec.row, spec.fields
    else:
        title, fields = _PAGES.get(typed.listed, (typed.listed, ()))
    changed = [one for one in fields if typed.texts.get(one.key, "") != typed.was.get(one.key, "") and one.key in typed.texts]
    named = [one for one in fields[:1] if typed.listed in LIST and one not in changed and typed.texts.get(one.key)]
    return [f"{title}:", *(f"{one.label}  {typed.texts.get(one.key) or 'nothing'}" for one in (*named, *changed))]


def _said_words(typed: TypedRow) -> list[str]:
    what, named = _SAID[typed.listed]
    about = typed.about[-1:] if typed.listed == "ask" else typed.about
    lines = [f"{word}  {_VERDICTS.get(typed.texts[key], typed.texts[key])}" for key, word in named.items() if typed.texts.get(key)]
    pasted = typed.texts.get("lines", "").splitlines()
    more = [f"and {len(pasted) - _LINES} more"] if len(pasted) > _LINES else []
    return [f"{' '.join((what, *about))}:", *lines, *pasted[:_LINES], *more]


__all__ = ["typed_words"]
