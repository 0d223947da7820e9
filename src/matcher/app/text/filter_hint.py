"""What the line under the filter says: what may be typed, what the word being typed may become, how much is found."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from matcher.app.symbols import Symbols, shown
from matcher.app.text.layout import cut, styled
from matcher.app.theme import FAINT
from matcher.session.narrowing import KEYS, Offer

_MOST = 8


def filter_hint(typed: str, found: Sequence[Offer], counted: str, width: int, symbols: Symbols) -> Content:
    """One line: the offers, the first of which Tab takes; else how much was found, and what else may be typed."""
    if found:
        pieces = [_offered(one, "bold $accent" if not number else "", symbols) for number, one in enumerate(found[:_MOST])]
        return cut(styled("Tab ", "$accent") + Content("  ").join(pieces), width, symbols.ellipsis)
    keys = " ".join(f"{key}:" for key in KEYS)
    if typed.strip():
        return cut(styled(f"{shown(counted, symbols)}   and {keys}", FAINT), width, symbols.ellipsis)
    return cut(styled(f"words, or {keys}", FAINT), width, symbols.ellipsis)


def _offered(one: Offer, style: str, symbols: Symbols) -> Content:
    _, _, value = one.text.rpartition(",") if "," in one.text else one.text.partition(":")
    said = styled(shown(value or one.text, symbols), style)
    return said + styled(f" ({one.count})", FAINT) if one.count is not None else said
