"""Examinations: what is denied by one is not told by a record without it, and what one must show is said of all in a list."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Ambiguous, Any, Check, Condition, Not, Procedure, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_EXAMINATION = Caseless(
    r"\b(?:x-?rays?|radiograph\w*|ct|mri|imaging|pet|scans?|scintigra\w*|tomogra\w*|magnetic resonance|ultraso\w*|sonogra\w*|biops\w*|tests?|testing|pcr|cultures?|ecgs?|ekgs?|electrocardiogra\w*|"
    r"echo\w*|mammogra\w*|cytolog\w*|histolog\w*|\w*scop(?:y|ies|ic)|angiogra\w*|serolog\w*|smears?|elisa|laboratory)\b"
)


# "Abnormal ECG or chest X-ray": each of them.
_SHOWING = Caseless(r"\b(?P<said>(?:ab)?normal|negative|positive|unremarkable|patholog\w+)(?:\s+[\w-]+){1,3}?(?:\s*[,/]|\s+(?:or|and|and/or)\s)")


def with_examinations(read: Read, text: str, kind: str) -> Read:
    """A reading in which a list of examinations shares its finding, and that by which a disease is denied is left to be seen."""
    read = _shown_by_each(_found_on_both(read, text), text)
    said = _SHOWING.search(text) if any(isinstance(leaf, Procedure) for leaf in leaves(read.check)) else None
    return _denied_by(Read(_all_showing(read.check, said["said"]), read.spans) if said is not None else read, kind)


# "Suspicious foci on ultrasound or radiological examination": what is found stands before the first of them.
_ON_EITHER = Caseless(r"\w\s+(?:on|at|by|upon|in|during)\s+(?:an?\s+|the\s+|any\s+)?(?:[\w-]+\s+){0,3}[\w-]+\s*(?:,|/|\bor\b|\band/or\b|\band\b)")


def _found_on_both(read: Read, text: str) -> Read:
    """The reading with what the first of two examinations is to show asked of the next ones, too, where it stands before them."""
    if not isinstance(read.check, All | Any):
        return read
    beginning, *others = read.check.parts
    first = next((leaf for leaf in leaves(beginning) if isinstance(leaf, Procedure) and leaf.findings), None)
    if first is None:
        return read
    bare = all(isinstance(one, Procedure) and not (one.findings or one.states) and _EXAMINATION.search(one.term) for one in others)
    if not bare or not _ON_EITHER.search(text) or not all(_told_before(text, said) for said in first.findings):
        return read
    shown = (replace(one, findings=first.findings) for one in others if isinstance(one, Procedure))
    return Read(type(read.check)((beginning, *shown)), read.spans)


# "X-ray or CT within 30 days that shows cavities": either.
_THAT_SHOWS = Caseless(r"(?:that|which)?\s*(?:shows?|showed|showing|demonstrat\w+|reveal\w+)\b")


def _shown_by_each(read: Read, text: str) -> Read:
    """The reading with what the last of several examinations is to show asked of the others, too, as it stands."""
    if not isinstance(read.check, Any) or not isinstance(last := read.check.parts[-1], All) or not isinstance(last.parts[0], Procedure):
        return read
    said = next((part for part in last.parts if isinstance(part, Unread) and _THAT_SHOWS.match(part.text)), None)
    bare = [isinstance(one, Procedure) and not (one.findings or one.states) for one in read.check.parts[:-1]]
    if said is None or not all(bare):
        return read
    whole = (0, len(text))
    check = Any((*(All((one, said)) for one in read.check.parts[:-1]), last))
    return Read(check, (whole,) * sum(1 for _ in leaves(check)))


def _told_before(text: str, said: str) -> bool:
    """Whether a finding is what the text begins with."""
    return 0 <= text.lower().find(said.lower()) <= len("history of any known ")


def _all_showing(check: Check, said: str) -> Check:
    """The check, with examinations of a list that none is said of as showing what the one before them is to show."""
    if not isinstance(check, All | Any):
        return check
    parts: list[Check] = []
    for part in check.parts:
        shown = next((one for one in parts if _shows(one, said)), None)
        bare = isinstance(part, Procedure) and not (part.findings or part.states) and _EXAMINATION.search(part.term)
        if shown is not None and bare and isinstance(part, Procedure):
            like = shown if isinstance(shown, Procedure) else replace(part, findings=(said,))
            parts.append(replace(part, findings=like.findings, states=like.states))
        else:
            parts.append(_all_showing(part, said))
    return type(check)(tuple(parts))


def _shows(part: Check, said: str) -> bool:
    """Whether a part is an examination that shows what is said, or the disease that this is called."""
    if isinstance(part, Ambiguous):
        return all(_shows(one, said) for one in part.readings)
    if isinstance(part, Procedure):
        return said.casefold() in {one.casefold() for one in (*part.findings, *part.states)}
    return isinstance(part, Condition) and said.casefold() == "abnormal" and part.term.endswith("abnormality")


def _denied_by(read: Read, kind: str) -> Read:
    if kind != "inclusion" or not any(isinstance(leaf, Condition) and leaf.confirmed_by for leaf in leaves(read.check)):
        return read
    check = _seen(read.check)
    return read if check == read.check else Read(check, _spans(read, check))


def _seen(check: Check) -> Check:
    if isinstance(check, All):
        return All(tuple(map(_seen, check.parts)))
    if not isinstance(check, Not) or not all(isinstance(leaf, Condition) for leaf in leaves(check)):
        return check
    ways = list(dict.fromkeys(way for leaf in leaves(check) if isinstance(leaf, Condition) for way in leaf.confirmed_by if _EXAMINATION.search(way)))
    return All((check, *(Unread(f"by {way}") for way in ways))) if ways else check


def _spans(read: Read, check: Check) -> tuple[tuple[int, int], ...]:
    whole = (min(start for start, _ in read.spans), max(end for _, end in read.spans))
    return (whole,) * sum(1 for _ in leaves(check))
