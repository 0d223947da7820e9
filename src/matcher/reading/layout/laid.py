"""One criterion as its author laid it out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, unsafe_hash=True)
class Laid:
    """One criterion as laid out: its kind, its text as it stands, the group it belongs to and its note; nothing changes it.

    `doubtful` says that it may be a member of a list opened above it, so that what it asks by itself is not certain. Where what
    it says settles it one way all the same, `beside` are the words of which it may be a part (the head of its list, its other
    choice), and `allowed` are those that let some in in spite of it.
    """

    kind: str
    text: str
    group: str = ""
    note: str = ""
    indent: int = 0
    marked: str = ""
    gap: bool = False
    doubtful: bool = False
    beside: str = ""
    allowed: str = ""

    def going_on(self, text: str) -> Laid:
        """The criterion with more text behind its own."""
        return Laid(self.kind, f"{self.text} {text}", self.group, self.note, self.indent, self.marked, self.gap, self.doubtful, self.beside, self.allowed)
