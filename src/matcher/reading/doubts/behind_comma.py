"""What stands behind the only comma of an exclusion and may be said of those named before it: "asthma, currently using X"."""

from __future__ import annotations

from matcher.model.language import All, Ambiguous, Any, Condition
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_WHEN = r"(?:currently|previously|presently|recently|formerly|concurrently|concomitantly|already|now|still|either|chronically|regularly)"
_GOES_ON = Caseless(
    rf"[^,;.]+,\s*(?:(?:and\s+)?who\s+[a-z]+\b|"
    rf"(?:{_WHEN}[\s,]+(?:(?:or|and)\s+)?){{0,3}}(?:using|taking|receiving|treated\s+(?:with|by)|being\s+treated|on|under|requiring|managed\s+with|controlled\s+(?:with|by))\b)(?![^,;]*\bor\s+(?:history|previous|prior|past|known|current|active)\b)[^,;]*",
    needs=("using", "taking", "receiving", "treated", "on", "under", "requiring", "managed", "controlled", "who"),
)


_EXCLUDED = Caseless(r"\s*,?\s*(?:(?:is|are|will be|must be|should be)\s+)?(?:excluded|ineligible|not eligible)\b[^,;.]*$", needs=("excluded", "eligible"))


def perhaps_at_once(read: Read, words: str, start: int) -> Read:
    """A disease, and behind a comma a treatment: it may be that of those who have the disease, or a second thing that excludes."""
    check = read.check
    words = _EXCLUDED.without(words)
    if not isinstance(check, Any) or words.count(",") != 1 or _GOES_ON.fullmatch(words.strip()) is None:
        return read
    comma = start + words.index(",")
    before = sum(1 for span in read.spans if span[0] < comma)
    parts, counted, at = check.parts, 0, 0
    while at < len(parts) and counted < before:
        counted, at = counted + len(list(leaves(parts[at]))), at + 1
    head, rest = parts[:at], parts[at:]
    if counted != before or not head or not rest or not all(isinstance(leaf, Condition) for part in head for leaf in leaves(part)):
        return read
    return Read(Ambiguous((check, All((any_of(list(head)), any_of(list(rest)))))), read.spans * 2)
