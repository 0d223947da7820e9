"""Two themes, light and dark, with four calm verdict hues that stay apart for colour-blind eyes."""

from __future__ import annotations

from textual.theme import Theme

from matcher.model.verdict import Verdict

DARK_HUES = {"met": "#5cabe8", "excludes": "#e88d5b", "ask": "#ead269", "review": "#c2a1c6", "faint": "#9ca6b2"}
LIGHT_HUES = {"met": "#366080", "excludes": "#690500", "ask": "#6b5500", "review": "#68439b", "faint": "#525b64"}

DARK = Theme(
    name="matcher-dark",
    primary="#5b9bc9",
    secondary="#7f8fa3",
    accent="#7cc0ea",
    foreground="#d8dee6",
    background="#14181d",
    surface="#14181d",
    panel="#1f262e",
    warning="#ead269",
    error="#e88d5b",
    success="#5cabe8",
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
    primary="#366080",
    secondary="#525b64",
    accent="#0f5c94",
    foreground="#1c2228",
    background="#fbfbf8",
    surface="#fbfbf8",
    panel="#ecebe4",
    warning="#6b5500",
    error="#690500",
    success="#366080",
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
