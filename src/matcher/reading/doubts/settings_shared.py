"""Settings behind a list of treatments: "no chemotherapy or targeted therapy in the metastatic setting" may say it of both."""

from __future__ import annotations

from dataclasses import replace

from matcher.model.language import All, Ambiguous, Any, Check, Medication, Not
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_BEHIND = Caseless(
    r"\b(?:for|in)\s+(?:the\s+|their\s+|an?\s+)?(?:[\w/-]+\s+){0,4}?(?:advanced|recurrent|relapsed|refractory|metastatic|unresectable|inoperable)\b[^.;]{0,50}$",
    needs=("advanced", "recurrent", "relapsed", "refractory", "metastatic", "unresectable", "inoperable"),
)


def with_shared_settings(read: Read, text: str) -> Read:
    """A reading in which the treatments before the one with a setting are in doubt: in that setting, or in any."""
    if not any(isinstance(leaf, Medication) and leaf.setting for leaf in leaves(read.check)) or not _BEHIND.search(text.rstrip(" .;,")):
        return read
    check = _shared(read.check)
    if check == read.check:
        return read
    whole = (min(start for start, _ in read.spans), max(end for _, end in read.spans))
    return Read(check, (whole,) * sum(1 for _ in leaves(check)))


def _shared(check: Check) -> Check:
    if isinstance(check, Not):
        return Not(_shared(check.part))
    if not isinstance(check, All | Any):
        return check
    last = check.parts[-1]
    if not isinstance(last, Medication) or not last.setting:
        return type(check)(tuple(map(_shared, check.parts)))
    return type(check)((*(_in_it_perhaps(part, last.setting) for part in check.parts[:-1]), last))


def _in_it_perhaps(part: Check, setting: str) -> Check:
    if isinstance(part, Any | All):
        return type(part)(tuple(_in_it_perhaps(one, setting) for one in part.parts))
    bare = isinstance(part, Medication) and not part.setting and part.phase != "current" and part.window is None
    return Ambiguous((part, replace(part, setting=setting))) if bare and isinstance(part, Medication) else part
