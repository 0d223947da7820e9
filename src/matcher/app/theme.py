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
        "border-blurred": "#3a4552",
        "footer-key-foreground": "#7cc0ea",
        "footer-background": "#14181d",
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
        "border-blurred": "#c3c5c0",
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
