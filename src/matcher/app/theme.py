"""Two themes, light and dark, with four calm verdict hues that stay apart for colour-blind eyes."""

from __future__ import annotations

from textual.theme import Theme

from matcher.model.verdict import Verdict

DARK_HUES = {"met": "#6fb1de", "excludes": "#e8804d", "ask": "#dfc46a", "review": "#b9a0dc", "faint": "#8b95a1"}
LIGHT_HUES = {"met": "#1d6796", "excludes": "#ab4300", "ask": "#755c00", "review": "#6e479a", "faint": "#5c6670"}

DARK = Theme(
    name="matcher-dark",
    primary="#5b9bc9",
    secondary="#7f8fa3",
    accent="#7cc0ea",
    foreground="#d8dee6",
    background="#14181d",
    surface="#14181d",
    panel="#1f262e",
    warning="#dfc46a",
    error="#e8804d",
    success="#6fb1de",
    dark=True,
    variables={
        **DARK_HUES,
        "border-blurred": "#4d5a69",
        "footer-key-foreground": "#7cc0ea",
        "footer-background": "#14181d",
    },
)
_BRIGHT = "#e6e9ec"
# For terminals that are asked for no colour: signs and words alone tell the verdicts apart, all equally bright.
MONO = Theme(
    name="matcher-mono",
    primary=_BRIGHT,
    secondary=_BRIGHT,
    accent=_BRIGHT,
    foreground=_BRIGHT,
    background="#141414",
    surface="#141414",
    panel="#2a2a2a",
    warning=_BRIGHT,
    error=_BRIGHT,
    success=_BRIGHT,
    dark=True,
    variables={
        **dict.fromkeys(DARK_HUES, _BRIGHT),
        "faint": "#c4c4c4",
        "border-blurred": "#5a5a5a",
        "footer-key-foreground": _BRIGHT,
        "footer-background": "#141414",
    },
)
LIGHT = Theme(
    name="matcher-light",
    primary="#1d6796",
    secondary="#5c6670",
    accent="#0f5c94",
    foreground="#1c2228",
    background="#fbfbf8",
    surface="#fbfbf8",
    panel="#ecebe4",
    warning="#755c00",
    error="#ab4300",
    success="#1d6796",
    dark=False,
    variables={
        **LIGHT_HUES,
        "border-blurred": "#8c938c",
        "footer-key-foreground": "#0f5c94",
        "footer-background": "#fbfbf8",
    },
)

VERDICT_STYLE = {
    Verdict.PASS: "$met",
    Verdict.FAIL: "bold $excludes",
    Verdict.UNKNOWN: "$ask",
    Verdict.REVIEW: "$review",
    Verdict.NA: "$faint",
}
TIER_STYLE = {"eligible": "$met", "possible": "$ask", "excluded": "bold $excludes"}
FAINT = "$faint"
HEADING = "$accent"
READ = "underline"
NOT_READ = "italic $review"
