"""The signs the app draws with, their plain fall-backs, and the safe showing of foreign text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate

from matcher.model.verdict import SHOWN, Verdict
from matcher.model.visible import escapes, visible_sign
from matcher.storage.folders import homely as homely

_WORDS = {verdict: word for verdict, (_, word) in SHOWN.items()}
_PLAIN_SPELLING = {
    "≥": ">=",
    "≤": "<=",
    "×": "x",
    "µ": "u",
    "μ": "u",
    "–": "-",
    "—": "-",
    "…": "...",
    "·": "-",
    "±": "+/-",
    "•": "*",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "≠": "!=",
    "°": " deg",
    "→": "->",
}
_PLAIN_SPELLING |= {sign: f"^{digit}" for digit, sign in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_PLAIN_SPELLING |= {sign: str(digit) for digit, sign in enumerate("₀₁₂₃₄₅₆₇₈₉")}


@dataclass(frozen=True, slots=True)
class Symbols:
    """One set of signs: for terminals that have them, or plain."""

    plain: bool
    verdicts: Mapping[Verdict, str]
    bars: Mapping[Verdict, str]
    tiers: Mapping[str, str]
    marks: Mapping[str, str]
    unsaved: str
    rule: str
    dot: str
    ellipsis: str
    left: str
    right: str
    up_down: str

    def verdict(self, verdict: Verdict) -> str:
        """A verdict as sign and word."""
        return f"{self.verdicts[verdict]} {_WORDS[verdict]}"

    def tier(self, tier: str) -> str:
        """A trial's standing as sign and word."""
        return f"{self.tiers.get(tier, '?')} {tier}"


UNICODE = Symbols(
    plain=False,
    verdicts={verdict: sign for verdict, (sign, _) in SHOWN.items()},
    bars={Verdict.PASS: "█", Verdict.FAIL: "▓", Verdict.UNKNOWN: "▒", Verdict.REVIEW: "░"},
    tiers={"eligible": "✓", "possible": "?", "excluded": "✗"},
    marks={"shortlist": "★", "watch": "◎", "rejected": "⊘"},
    unsaved="●",
    rule="─",
    dot="·",
    ellipsis="…",
    left="‹",
    right="›",
    up_down="↑↓",
)
PLAIN = Symbols(
    plain=True,
    verdicts={Verdict.PASS: "+", Verdict.FAIL: "x", Verdict.UNKNOWN: "?", Verdict.REVIEW: "!", Verdict.NA: "-"},
    bars={Verdict.PASS: "=", Verdict.FAIL: "x", Verdict.UNKNOWN: "?", Verdict.REVIEW: "!"},
    tiers={"eligible": "+", "possible": "?", "excluded": "x"},
    marks={"shortlist": "*", "watch": "o", "rejected": "-"},
    unsaved="*",
    rule="-",
    dot="-",
    ellipsis="...",
    left="<",
    right=">",
    up_down="up/down",
)


def symbols_for(encoding: str | None, term: str | None, locale: str | None = None) -> Symbols:
    """The signs a terminal can be trusted with, by its encoding, its TERM and the locale that was asked for."""
    unicode = (encoding or "").lower().replace("-", "").startswith("utf") and locale not in ("C", "POSIX")
    return UNICODE if unicode and term not in ("linux", "dumb", "vt100", "vt220", "ansi") else PLAIN


def shown(text: str, symbols: Symbols, lines: bool = False) -> str:
    """Foreign text made safe to show: control characters become visible placeholders; `lines` keeps line breaks."""
    return text if _as_it_is(text, symbols) else "".join(_sign(one, symbols, lines) for one in text)


def shown_with_spans(
    text: str, spans: tuple[tuple[int, int], ...], symbols: Symbols, lines: bool = False
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The same, without backslashes before signs, and with the spans moved to where their characters now stand, cut off at the end of the text."""
    signs = list(text) if _as_it_is(text, symbols) else [_sign(one, symbols, lines) for one in text]
    for place in escapes(text):
        signs[place] = ""
    places = [0, *accumulate(len(sign) for sign in signs)]
    last = len(text)
    cut = [(min(max(start, 0), last), min(max(end, 0), last)) for start, end in spans]
    return "".join(signs), tuple((places[start], places[end]) for start, end in cut)


def _as_it_is(text: str, symbols: Symbols) -> bool:
    """Whether every character of a text stands for itself: nearly always so, and quick to see."""
    return text.isprintable() and (text.isascii() or not symbols.plain)


def _sign(one: str, symbols: Symbols, lines: bool) -> str:
    if one == "\n" and lines:
        return one
    if one in "\t\n\u00a0\u2028\u2029":
        return " "
    if symbols.plain and one in _PLAIN_SPELLING:
        return _PLAIN_SPELLING[one]
    if not symbols.plain:
        return visible_sign(one)
    return f"<{ord(one):04X}>" if visible_sign(one) != one else one
