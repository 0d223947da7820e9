"""The verdict hues: apart for every kind of colour blindness, and readable, on each ground they stand on."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from pathlib import Path

import pytest
from app_support import opened, patient, session_in
from rows import each_row
from textual.color import Color
from textual.theme import Theme

from matcher.app.theme import DARK, LIGHT, MONO
from matcher.session.resuming import Left

# Linear RGB as a person sees it who lacks one kind of cone (Machado, Oliveira and Fernandes 2009).
_SEEN = {
    "all cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
_HUES = ("met", "excludes", "ask", "review")
_APART = 15.0  # of ΔE 1976; 2.3 is just noticeable side by side
_READABLE = 4.5  # contrast of text, WCAG AA

Three = tuple[float, float, float]


def _linear(hue: str) -> Three:
    def one(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part / 255 for part in Color.parse(hue).rgb)
    return one(red), one(green), one(blue)


def _lab(rgb: Three) -> Three:
    def one(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    x = one((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = one(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = one((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen(hue: str, how: str) -> Three:
    rgb = _linear(hue)
    first, second, third = (sum(weight * part for weight, part in zip(row, rgb, strict=True)) for row in _SEEN[how])
    return _lab((first, second, third))


def _distance(one: Three, other: Three) -> float:
    return sqrt(sum((here - there) ** 2 for here, there in zip(one, other, strict=True)))


def _light(hue: str) -> float:
    red, green, blue = _linear(hue)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dim, bright = sorted((_light(one), _light(other)))
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@each_row("how", _SEEN, ids=list(_SEEN))
def test_no_two_verdicts_look_alike(how: str, theme: Theme) -> None:
    near = {}
    for one, other in combinations(_HUES, 2):
        apart = _distance(_seen(theme.variables[one], how), _seen(theme.variables[other], how))
        if apart < _APART:
            near[f"{one} and {other}"] = round(apart, 1)
    assert near == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_hue_can_be_read(theme: Theme) -> None:
    grounds = {"background": theme.background, "panel": theme.panel, "cursor": _blend(theme)}
    hues = {**{name: theme.variables[name] for name in (*_HUES, "faint")}, "accent": theme.accent, "text": theme.foreground}
    pale = {
        f"{name} on {where}": round(_contrast(hue or "", ground or ""), 2)
        for name, hue in hues.items()
        for where, ground in grounds.items()
        if _contrast(hue or "", ground or "") < _READABLE
    }
    assert pale == {}


def _blend(theme: Theme) -> str:
    """The ground of the row under the cursor: the accent at 22 % over the background."""
    return Color.parse(theme.background or "").blend(Color.parse(theme.accent or ""), 0.22).hex


@pytest.mark.parametrize(("theme", "kept", "plain"), [(DARK, "dark", False), (LIGHT, "light", False), (MONO, "dark", True)], ids=["dark", "light", "mono"])
async def test_the_first_frame_has_the_colours_chosen(theme: Theme, kept: str, plain: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.app.app.left_off", lambda _: Left(theme=kept))
    if plain:
        monkeypatch.setenv("NO_COLOR", "1")
    async with opened(session_in(tmp_path, patient())) as pilot:
        main = pilot.app.screen_stack[-1].query_one("#trials")
        assert pilot.app.theme == theme.name
        assert main.styles.background.rgb == Color.parse(theme.background or "").rgb
        assert main.rich_style.color is not None
        assert main.rich_style.color.get_truecolor() == Color.parse(theme.foreground or "").rgb
        assert pilot.app.theme_variables["met"] == theme.variables["met"]
        assert pilot.app.has_class("-light-mode") is not theme.dark
