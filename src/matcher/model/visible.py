"""Foreign text made safe to show: what would steer a screen, a printer or the direction of reading becomes visible."""

from __future__ import annotations

import unicodedata

from matcher.model.patterns import later

# A backslash by which a registry's pages keep the sign behind it from being markup: "ALT \\> 2 × ULN".
_ESCAPE = later(r"\\(?=[<>\[\]()*_~^#+\-.!|=&{}`])")


def visible_sign(one: str) -> str:
    """A character as it may be shown: control, format, private and broken ones as a visible placeholder."""
    code = ord(one)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return f"‹{code:04X}›" if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co") else one


def unescaped(text: str) -> str:
    """A text as its author meant it to be seen, without the backslashes that stand before signs."""
    return _ESCAPE.sub("", text) if "\\" in text else text


def escapes(text: str) -> frozenset[int]:
    """The places of those backslashes."""
    return frozenset(found.start() for found in _ESCAPE.finditer(text)) if "\\" in text else frozenset()


def visible_line(text: str) -> str:
    """A text on one line, every stretch of white space a single blank."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(map(visible_sign, line))


__all__ = ["escapes", "unescaped", "visible_line", "visible_sign"]
