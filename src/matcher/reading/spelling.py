"""Damaged and variant signs brought to one, character by character, so that every place in the text stays the same."""

from __future__ import annotations

_SAME = str.maketrans({
    "＞": ">", "＜": "<", "﹥": ">", "﹤": "<", "‹": "<", "›": ">", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "＝": "=",
    "–": "-", "—": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-", "－": "-", "～": "~", "∼": "~", "〜": "~",
    "’": "'", "‘": "'", "“": '"', "”": '"', "´": "'", "`": "'", "μ": "µ", "Μ": "M", "∕": "/", "／": "/", "⁄": "/",
    "（": "(", "）": ")", "，": ",", "；": ";", "：": ":", "。": ".", "％": "%", "×": "×", "✕": "×", "∗": "*",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\t": " ", "\r": " ",
    "\ufeff": " ", "\u200b": " ", "[": "(", "]": ")", "{": "(", "}": ")",
})


def plain(text: str) -> str:
    """The text with variant signs unified and escaping backslashes blanked; as long as it was."""
    found = text.translate(_SAME)
    return found.replace("\\", " ") if "\\" in found else found
