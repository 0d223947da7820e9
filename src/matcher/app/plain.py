"""The last word on what a terminal is sent: nothing that steers it; a plain one ASCII only, every sign as wide as the one it stands for."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STAND_INS = str.maketrans(
    "·•‹›«»“”„‘’–—−…→←↑↓≥≤≠×µμ°✓✗⚑●★◎⊘█▓▒░▌▐▁▂▃▄▅▆▇─━╸╺│┃┌┐└┘╭╮╰╯⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉\u00a0",
    "-*<><>\"\"\"''---.><^v><=xuuo+x!**o-=x?:||       ----||++++++++01234567890123456789 ",
)


# What steers a terminal or turns the direction of its lines; in text typed or pasted into a field it may stand anywhere.
_STEERING = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)))


class SafeFilter(LineFilter):
    """Leaves out of every line what is not to be seen but obeyed."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments without steering characters."""
        if "".join(one.text for one in segments).isprintable():
            return segments
        return [one if one.control else Segment(one.text.translate(_STEERING), one.style, None) for one in segments]


class PlainFilter(SafeFilter):
    """Puts an ASCII sign in the place of every other one; what has none becomes a question mark."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with plain signs."""
        return [
            one if one.control or one.text.isascii() else Segment(_plain(one.text), one.style, None)
            for one in super().apply(segments, background)
        ]


def _plain(text: str) -> str:
    said = text.translate(_STAND_INS)
    return said if said.isascii() else "".join(sign if sign.isascii() else "?" * cell_len(sign) for sign in said)
