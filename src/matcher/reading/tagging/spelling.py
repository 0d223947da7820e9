"""Damaged and variant signs brought to one, character by character, so that every place in the text stays the same."""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of

_SAME = str.maketrans({
    "＞": ">", "＜": "<", "﹥": ">", "﹤": "<", "‹": "<", "›": ">", "˂": "<", "˃": ">", "⩽": "≤", "⩾": "≥", "≦": "≤", "≧": "≥", "＝": "=",
    "–": "-", "—": "-", "‒": "-", "−": "-", "‐": "-", "‑": "-", "－": "-", "～": "~", "∼": "~", "〜": "~",
    "’": "'", "‘": "'", "“": '"', "”": '"', "´": "'", "`": "'", "μ": "µ", "Μ": "M", "∕": "/", "／": "/", "⁄": "/",
    "（": "(", "）": ")", "，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "％": "%", "✕": "×", "∗": "*",
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2002": " ", "\u2003": " ", "\u3000": " ", "\t": " ", "\r": " ",
    "\ufeff": " ", "\u200b": " ", "[": "(", "]": ")", "{": "(", "}": ")",
})


# Signs typed in two or more characters, or in a symbol font that the registry lost: the one sign they stand for.
_SIGNS = pattern_of(
    r"&(?P<entity>[gl][te]|amp);|<U\+(?P<code>[0-9A-F]{4})>|(?P<either>[<>])\s?/\s?=|=\s?/\s?(?P<turned>[<>])|(?P<barred>[<>])_(?=\s?\d)|(?P<true>[≤≥])\s?/?\s?=|"
    r"(?<![\w.,])(?P<symbol>[³£])(?=\s?\d)|(?<=\d)(?P<dot>[•·∙])(?=\d)",
    re.IGNORECASE,
)
_TYPED = pattern_of(r"[&³£•·∙]|[<>=] ?/|[<>]_|[≤≥][ /=]|<U\+")
_MEANT = {"<": "≤", ">": "≥", "gt": ">", "lt": "<", "ge": "≥", "le": "≤", "amp": "&", "•": ".", "·": ".", "∙": ".", "³": "≥", "£": "≤", "≤": "≤", "≥": "≥"}


# What has none of these is plain already, as most texts are: first one sign that may be part of what is not, then the rest of it.
def _not_plain(variants: str, signs: str = "") -> re.Pattern[str]:
    variants = re.escape(variants)
    return pattern_of(rf"[{variants}<>={signs}](?:(?<=[{variants}])|(?<=[<>=]) ?/|(?<=[<>])_|(?<=[≤≥])[ /=]|(?<=<)U\+)")


_VARIANTS = "".join(map(chr, _SAME)) + "\\&³£•·∙"
_NOT_PLAIN = _not_plain(_VARIANTS, "≤≥")
_NOT_PLAIN_ASCII = _not_plain("".join(filter(str.isascii, _VARIANTS)))  # of most texts, in a fraction of the time


# "Non- small": the dash belongs to the word; not so in "non- and ex-smokers".
_LOOSE_NON = pattern_of(r"(?<=\b[Nn]on)(?:-\s+|\s+-\s*)(?!and\b|or\b)(?=[A-Za-z])")


# "chronic_kidney_disease": words written with underscores for spaces.
_UNDERSCORE = pattern_of(r"(?<=[^\W_])_(?=[^\W_])|(?<=,)_(?=[^\W_])")


def spaced(text: str) -> str:
    """The text with spaces for the underscores between its words; as long as it was."""
    return _UNDERSCORE.sub(" ", text) if "_" in text else text


def plain(text: str) -> str:
    """The text with variant signs unified and escaping backslashes blanked; as long as it was."""
    if "on- " in text or "on -" in text:
        text = _LOOSE_NON.sub(_blank, text)
    if (_NOT_PLAIN_ASCII if text.isascii() else _NOT_PLAIN).search(text) is None:
        return text
    found = text.translate(_SAME)
    found = found.replace("\\", " ") if "\\" in found else found
    return _SIGNS.sub(_one_sign, found) if _TYPED.search(found) else found


def _one_sign(typed: re.Match[str]) -> str:
    """The sign that is meant, padded to the length of what was typed; "<U+2265>" is what an export made of one."""
    if typed["code"]:
        return chr(int(typed["code"], 16)).translate(_SAME).rjust(len(typed[0]))
    return _MEANT[str(typed[typed.lastgroup or 0]).casefold()].ljust(len(typed[0]))


def _blank(dash: re.Match[str]) -> str:
    return " " * len(dash[0])
