"""Exports that have lost their signs: "≥ 18" came out as "= 18" or "? 18", and no true sign is left in the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from matcher.sources.values import Problem

_WIDE = re.compile(r"[≤≥≦≧⩽⩾]")  # the signs an export loses: "<" and ">" survive every one
_BARE = re.compile(r"(?<![<>≤≥=!/\w])\s?(?:[?\ufffd]|=(?!\s?\d+\s?mm))\s?\d|\ufffd\s?\d")
_FEW = 5  # equals signs that may be meant


class Signs:
    """The comparators of one file while it is read."""

    def __init__(self, file: str) -> None:
        """None is seen yet."""
        self.file = file
        self._whole = False
        self._bare = 0

    def see(self, texts: Iterable[str]) -> None:
        """Look at one record's eligibility text; once a true sign was seen, the file has lost none."""
        for text in texts:
            self._whole = self._whole or (not text.isascii() and _WIDE.search(text) is not None)
            self._bare += 0 if self._whole else len(_BARE.findall(text))

    def problems(self) -> Iterator[Problem]:
        """One remark where the whole file seems to have lost its signs."""
        if self._bare > _FEW and not self._whole:
            message = (
                f"it seems to have lost its ≥ and ≤ signs ({self._bare} numbers follow a bare '=' or '?', none such a sign): "
                "limits written so are left undecided; export it again as UTF-8"
            )
            yield Problem(self.file, "file", "lost-signs", message)
