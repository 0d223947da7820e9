"""A row that was being typed when the app was lost, in words."""

from __future__ import annotations

from matcher.app.fields import COMPLETE, LIST, NOTE, WHO
from matcher.storage.typed_rows import NEW, TypedRow

_PAGES = {"who": ("who", WHO), "notes": ("note", NOTE), "complete": ("complete lists", COMPLETE)}


def typed_words(typed: TypedRow) -> list[str]:
    """Which row it is, and what was typed into its fields, a line each."""
    if typed.listed in LIST:
        spec = LIST[typed.listed]
        title, fields = f"a new {spec.row}" if typed.place == NEW else spec.row, spec.fields
    else:
        title, fields = _PAGES.get(typed.listed, (typed.listed, ()))
    changed = [one for one in fields if typed.texts.get(one.key, "") != typed.was.get(one.key, "") and one.key in typed.texts]
    named = [one for one in fields[:1] if typed.listed in LIST and one not in changed and typed.texts.get(one.key)]
    return [f"{title}:", *(f"{one.label}  {typed.texts.get(one.key) or 'nothing'}" for one in (*named, *changed))]


__all__ = ["typed_words"]
