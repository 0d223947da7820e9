"""The head of an inclusion's list that asks for time since its members: "At least 4 weeks must have passed since any of these: …"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Medication, Not, Procedure, Unread
from matcher.model.trees import all_of, leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.tagging.caseless import Caseless

_TIME = r"(?:\d+|one|two|three|four|six|eight|twelve)(?:-|\s)?(?:hours?|days?|weeks?|wks?|months?|years?)"
# Any head of this kind: nobody has to have had what stands under it.
_ASKS_FOR_TIME = Caseless(rf"(?<!within )(?<!in the )(?<!in ){_TIME}\b[^.;]*\b(?:since|from|after|elapsed|passed)\b|\b(?:time|interval|period|washout|wash-out)\b[^.;]*\b(?:since|from|after|of|between)\b", needs=("since", "from", "after", "elapsed", "passed", "interval", "period", "wash", "time"))
_HEAD = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|must|should|have|has|be|there|is|are|will|a|an|the)\s+)*(?P<more>(?:at least|a minimum of|minimum of|minimum|no less than|not less than|more than|greater than|≥|>=|>)\s*)?"
    rf"(?P<time>{_TIME})\s+(?:(?:must|should|shall|have|has|had|be|been|will|elapsed?|passed|apart)\s+)*(?:since|from|after)\b\s*(?:(?:the|their|his|her|last|latest|most recent|prior|previous|completion|end|doses?|treatments?|of|with|any|all|each|one|or more)\b\s*)*"
    r"(?:(?:the\s+)?following(?:\s+(?:prior|previous|cancer|anticancer|systemic))*(?:\s+(?:treatments?|therap(?:y|ies)|medications?|drugs?|agents?|procedures?|interventions?|products?))?)?\s*:\s*"
)
_NOT_BARE = Caseless(r"[\d()<>≥≤=;:]|\b(?:unless|except\w*|if|within|since|prior|before|after|for|must|should|may|not|no|without|last|current\w*|weeks?|days?|months?|half)\b")
_LONGEST = 60  # characters of a member that is no more than a name


def asks_for_time(head: str) -> bool:
    """Whether the first line asks for time since what is listed under it."""
    return _ASKS_FOR_TIME.search(head) is not None


def time_since_each(head: str, members: Sequence[tuple[int, str]], read: ReadText) -> Read | None:
    """The members, none of them in the time that the head names; None where one of them is more than a name."""
    asked = _HEAD.fullmatch(head)
    names = [text.strip().rstrip(" .;,").removesuffix(" or").removesuffix(" and") for _, text in members]
    if asked is None or any(len(name) > _LONGEST or _NOT_BARE.search(name) for name in names):
        return None
    more = "More than" if (asked["more"] or "").strip().casefold() in ("more than", "greater than", ">") else "At least"
    reads = [read(f"{more} {head[slice(*asked.span('time'))]} since {name[:1].lower() + name[1:] if name[1:2].islower() else name}", "inclusion").check for name in names]
    if not all(isinstance(one, Not) or any(isinstance(node, Not) for node in nodes(one)) for one in reads) or any(isinstance(leaf, Unread) or not isinstance(leaf, Medication | Procedure) for one in reads for leaf in leaves(one)):
        return None
    spans = tuple((place, place + len(text)) for (place, text), one in zip(members, reads, strict=True) for _ in leaves(one))
    return Read(all_of(reads), spans)
