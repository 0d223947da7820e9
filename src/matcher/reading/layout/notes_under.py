"""Lines under a criterion that only say more of it: "HIV testing is not required", "Note: inactivated vaccines are allowed"."""

from __future__ import annotations

from matcher.reading.joints.sentences import LIFTS
from matcher.reading.layout.nested import opened
from matcher.reading.tagging.caseless import Caseless

_NOTES = Caseless(
    r"\W*(?:notes?\b\s*:|nb\b\s*:?)|[^.;]*\b(?:(?:is|are) not (?:required|mandatory|necessary|needed)|no (?:distinction|testing|screening) (?:is|will be) (?:made|required|needed))\b[^.;]*\W*",
    needs=("note", "nb", "not required", "not mandatory", "not necessary", "not needed", "no distinction", "no testing", "no screening"),
)


def notes_behind(text: str, kind: str) -> str:
    """A criterion with only notes and permissions under it as one line of sentences, each letter in its place; any other text as it is."""
    found = opened(text) if "\n" in text else None
    said = found.head.rstrip() if found is not None else ""
    if found is None or not said or said.endswith(":"):
        return text
    if any("\n" in member or not (_NOTES.match(member) or (kind == "exclusion" and LIFTS.search(member))) for _, member in found.members):
        return text
    line, end = "", 0
    for place, _ in found.members:
        before = text[end:place]
        at = before.rindex("\n")
        ended = before[:at].rstrip()[-1:] in (".", ";", "")
        line += before[:at] + (" " if ended else ".") + " " * (len(before) - at - 1)
        end = place
    return line + text[end:]
