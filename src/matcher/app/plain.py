"""The last word on what a plain terminal is sent: ASCII only, every sign as wide as the one it stands for."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_STAND_INS = str.maketrans(
    "·•‹›«»“”„‘’–—−…→←↑↓≥≤≠×µμ°✓✗⚑●★◎⊘█▓▒░▌▐▁▂▃▄▅▆▇─━╸╺│┃┌┐└┘╭╮╰╯⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉\u00a0",
    "-*<><>\"\"\"''---.><^v><=xuuo+x!**o-=x?:||       ----||++++++++01234567890123456789 ",
)


class PlainFilter(LineFilter):
    """Puts an ASCII sign in the place of every other one; what has none becomes a question mark."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with plain signs."""
        return [
            one if one.control or one.text.isascii() else Segment(_plain(one.text), one.style, None)
            for one in segments
        ]


def _plain(text: str) -> str:
    said = text.translate(_STAND_INS)
    return said if said.isascii() else "".join(sign if sign.isascii() else "?" * cell_len(sign) for sign in said)
