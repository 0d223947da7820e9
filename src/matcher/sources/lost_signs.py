"""Exports that have lost their signs: "≥ 18" came out as "= 18", "? 18" or two blanks, and no true sign is left in the whole file."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.model.patterns import pattern_of
from matcher.sources.values import Draft, Problem

_WIDE = pattern_of(r"[≤≥≦≧⩽⩾]")  # the signs an export loses: "<" and ">" survive every one
_BARE = pattern_of(r"(?<![<>≤≥=!/\w])\s?(?:[?\ufffd]|=(?!\s?\d+\s?mm))\s?\d|\ufffd\s?\d|(?<=[A-Za-z)(]) {2}\d")
_FEW = 5  # equals signs that may be meant


class Signs:
    """The comparators of one file while it is read."""

    def __init__(self, file: str) -> None:
        """None is seen yet."""
        self.file = file
        self._whole = False
        self._bare = self._said = 0

    def see(self, draft: Draft) -> None:
        """Look at one record's eligibility text; once a true sign was seen, the file has lost none but those of records that say so themselves."""
        self._said += draft.lost_signs
        for text in (section.text for section in draft.eligibility if not draft.lost_signs):
            self._whole = self._whole or (not text.isascii() and _WIDE.search(text) is not None)
            self._bare += 0 if self._whole else len(_BARE.findall(text))

    def problems(self) -> Iterator[Problem]:
        """One remark where the whole file seems to have lost its signs, or some of its records say that they have."""
        if self._said:
            message = f"{self._said:,} of its records say that they have lost their ≥ and ≤ signs: limits written without them are left undecided; look for the records at their registry"
            yield Problem(self.file, "file", "lost-signs", message)
        if self._bare > _FEW and not self._whole:
            message = (
                f"it seems to have lost its ≥ and ≤ signs ({self._bare} numbers follow a bare '=' or '?' or two blanks, none such a sign): "
                "limits written so are left undecided; export it again as UTF-8"
            )
            yield Problem(self.file, "file", "lost-signs", message)
