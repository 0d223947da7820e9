"""The record of who changed what for a patient, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import hung, stacked, styled
from matcher.app.theme import FAINT
from matcher.storage.record_log import Change


def log_content(changes: Sequence[Change], width: int, symbols: Symbols) -> Content:
    """The changes, newest first, each with its time, initials, what was done and why."""
    if not changes:
        return styled("nothing was marked or decided yet", FAINT)
    return stacked([_change(one, width, symbols) for one in reversed(changes)])


def _change(one: Change, width: int, symbols: Symbols) -> Content:
    turned = f"{one.was} {symbols.right} {one.now}" if one.was and one.now else one.now or one.was
    head = styled(f"{one.at.replace('T', ' ')}  ", FAINT) + styled(shown(f"{one.by or 'no initials'}  ", symbols), "bold") + Content(one.what)
    said = shown("  ".join(filter(None, (one.trial, one.criterion, turned, one.why))), symbols)
    return stacked([hung(head, width), hung(styled(said, ""), width, "    ", "    ")])


__all__ = ["log_content"]
