"""A criterion that opens a list ("SLE with any of the following: a. … b. …"): what its first line and its members say together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    Medication,
    Not,
    Procedure,
    Sex,
    State,
    Statement,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED, beside
from matcher.reading.certain.limits_kept import are_limits, only_limits
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.layout.announcing import (
    announces,
    asks_by_itself,
    asks_for_values,
    lets_in_by_one,
    names_abnormal_values,
)
from matcher.reading.layout.categories import names_a_category
from matcher.reading.layout.elapsed import asks_for_time, time_since_each
from matcher.reading.layout.lifting import headed, let_in, lifts_any, lifts_more, of_people, with_lifted
from matcher.reading.layout.list_heads import (
    BY_THEIR_NUMBERS,
    DENIES,
    LINK,
    MORE,
    OPENING,
    PANEL,
    PREFIXED,
    TURNED,
    plain_head,
)
from matcher.reading.layout.together import (
    all_read,
    any_read,
    either_read,
    so_many_read,
)
from matcher.reading.layout.usual_marks import ALONE, CIRCLED
from matcher.reading.tagging.caseless import Caseless
from matcher.vocabulary import Concept, Relation, Vocabulary, load

_MEMBER = pattern_of(rf"^(?P<indent>\s*)(?:[•●○▪■◦‣·*{ALONE}{CIRCLED}]|[-–—](?=\s)|o(?=\s)|\(?\w{{1,3}}[.)](?=\s|[A-Z(]))\s*(?P<text>.*\S)?", re.DOTALL)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_AT_LEAST = pattern_of(r"(?:\b(?:at least|a minimum of|minimum of)|≥|>=)\s*(?P<n>\d|one|two|three|four|five|six)\b|\b(?P<more>\d|one|two|three|four)(?:\s*\(\d\))? or more\b", re.IGNORECASE)
# "Two of the following" asks for no fewer than two, as "one of the following" asks for one.
_SO_MANY = pattern_of(r"(?<!\bor )(?<!\bto )(?<!\d-)(?<!part )(?<!page )(?<!phase )(?<!stage )(?<!cohort )(?<!cycle )\b(?P<n>[2-6]|two|three|four|five|six)(?:\s*\(\w+\))?\s+(?:out\s+)?of(?:\s+(?:the|these|those|following|\d)\b|\s*$)", re.IGNORECASE)
_AT_MOST = Caseless(r"(?:\b(?:fewer|less|more) than|\bat most|\bup to|\bmaximum of|[<≤>])\s*(?:\d|one|two|three|four|five|six)(?:\s*\(\w+\))?\s+(?:out\s+)?of\b", needs=("of",))
_ANY = Caseless(r"\b(?:any|one|either)\b(?!\s+(?:patients?|subjects?|participants?|individuals?|persons?|wom[ae]n|m[ae]n)\b)|\b1(?:\s*\(one\))?\s+of\b")
_ALL = pattern_of(r"\b(?:with|of|have|has|having|meets?)\s+(?:both|all|each)(?=\s*:\s*$)|\b(?:all|both|each|every)\b(?!\s*:\s*$|\s+(?:the\s+)?(?:study\s+|trial\s+)?(?:patients|participants|subjects|individuals|volunteers|women|men|females|males|cohorts|groups|arms|other|enrolled|eligible))", re.IGNORECASE)
_TRAILING = Caseless(r"[\s,;.]*\b(?P<joint>and/or|or|and)\s*[:;,.]*$", needs=("or", "and"))


@dataclass(frozen=True, slots=True)
class Opened:
    """The first line of a criterion, the members under it with their places, and the joint that ends them ("" = none)."""

    head: str
    members: tuple[tuple[int, str], ...]
    joint: str


def read_nested(text: str, kind: str, read: ReadText) -> Read:
    """A criterion with a list under it, by what its first line asks of the members; unread where the line is unclear."""
    found = opened(text)
    return Read(Unread(clean(text)), ((0, len(text)),)) if found is None else read_list(text, kind, found, read)


def read_list(text: str, kind: str, found: Opened, read: ReadText) -> Read:
    """What the words that open a list and its members say together; unread where they are unclear."""
    unread = Read(Unread(clean(text)), ((0, len(text)),))
    found = replace(found, head=plain_head(found.head, kind))
    members = [member for _, member in found.members]
    if lifts_more(members, found.head.strip()):
        return let_in(found.head, members, text, kind, read) or _doubted(unread, found, _members(found, kind, read), kind, read)
    if kind == "inclusion" and _EXCLUDES.search(found.head):
        return _refused(text, found, read) or unread
    read_ = _read_list(text, kind, found, read, unread)
    if lifts_any(members) and not any(isinstance(leaf, DECIDED) for leaf in leaves(read_.check)):
        return _doubted(unread, found, _members(found, kind, read), kind, read)
    return of_people(read_, found.head, kind, read)


_EXCLUDES = Caseless(r"\b(?:exclu\w+|ineligible|not (?:be )?eligible)\b")
_REFUSES = Caseless(r"\b(?:(?:are|is|be|will be|will|would|can|may)\s+)*(?:exclu\w+|ineligible|not (?:be )?eligible)\b[^:]*:\s*$|\W*exclusion criteria[^:]*:\s*$")


def _refused(text: str, found: Opened, read: ReadText) -> Read | None:
    """ "Any of the following will exclude a participant: …" among inclusions: none of the members may be there."""
    if _REFUSES.search(found.head) is None or OPENING.fullmatch(found.head.strip()) is None or _ALL.search(found.head) or found.joint == "and":
        return None
    inner = any_read(_members(found, "exclusion", read))
    if any(isinstance(node, Not | When) for node in nodes(inner.check)):
        return None
    return Read(Not(inner.check), inner.spans)


def _read_list(text: str, kind: str, found: Opened, read: ReadText, unread: Read) -> Read:
    head = found.head.strip()
    if announces(head, kind):
        return _joined(found, _members(found, kind, read), "all:" if kind == "inclusion" else "any:", kind) or unread
    panel = _limits_of_all(found, head, kind, read)
    if panel is not None:
        return panel
    if kind == "inclusion" and asks_for_time(head):
        return time_since_each(head, found.members, read) or _doubted(unread, found, _members(found, kind, read), kind, read)
    if _AT_MOST.search(head) or BY_THEIR_NUMBERS.search(head):
        return _doubted(unread, found, _members(found, kind, read), kind, read)
    timed = TIMED.match(head)
    if timed is not None and kind == "exclusion":
        said = [with_time(_TRAILING.without(text), timed["window"]) for _, text in found.members]
        if any(one is None for one in said):
            return _doubted(unread, found, _members(found, kind, read), kind, read)
        reads = [read(one or "", kind) for one in said]
        places = [(place, place + len(text)) for place, text in found.members]
        return any_read([Read(one.check, (place,) * len(one.spans)) for one, place in zip(reads, places, strict=True)])
    prefix, denied = PREFIXED.fullmatch(head.rstrip(": ")), DENIES.fullmatch(head)
    if prefix is not None:
        return _joined(found, _members(found, kind, read, prefix["of"], prefix["tail"] or ""), head, kind, any_default=True) or unread
    if denied is not None and kind == "inclusion" and not any(_NO.match(member) for _, member in found.members):
        inner = any_read(_members(found, kind, read, denied["of"].strip()))
        return Read(Not(inner.check), inner.spans)
    if denied is not None and kind == "exclusion":  # who is without them all is hardly meant
        return _doubted(unread, found, _members(found, kind, read), kind, read)
    pure = not head or OPENING.fullmatch(head) is not None or lets_in_by_one(head, kind)
    if TURNED.search(MORE.sub(" ", head)) and not pure:
        return _excepting(found, kind, read) or beside(unread, [one for one in _members(found, kind, read) if only_limits(one.check)])
    members = _members(found, kind, read)
    joined = _joined(found, members, head, kind) if pure else _with_head(found, members, kind, read)
    return joined or headed(found.head, [member for _, member in found.members], text, kind, read) or _doubted(unread, found, members, kind, read)


def _limits_of_all(found: Opened, head: str, kind: str, read: ReadText) -> Read | None:
    """A panel of values: an inclusion asks for every limit in it, and an exclusion's of abnormal ones keeps out by any."""
    if len(found.members) < 2 or found.joint not in ("", "and" if kind == "inclusion" else "or") or not (asks_for_values(head) if kind == "inclusion" else names_abnormal_values(head)):
        return None
    members = _members(found, kind, read)
    return (all_read if kind == "inclusion" else any_read)(members) if are_limits(members, [text for _, text in found.members]) else None


_NO = Caseless(r"(?:no|not|without|absence|never)\b")
# A heading that says when what stands under it counts.
TIMED = pattern_of(
    r"^(?:(?:any|one|or|more|of|the|following|these|conditions?|events?|diseases?|disorders|treatments?|medications?|drugs?|therap(?:y|ies)|procedures?|histor(?:y|ies)|prior|previous|use|occurrence|occurring|"
    r"occurred|diagnosed|diagnosis|patients?|subjects?|with|who|have|had|has|been|having|received|receiving|treated|treatment|are|be|excluded|prohibited|disallowed|not|allowed|exclusions?|cardiovascular|cardiac)\s+)*"
    r"(?P<window>(?:within|during|in)\s+(?:the\s+)?(?:last\s+|past\s+|previous\s+|preceding\s+|prior\s+)?(?:\d+|one|two|three|four|six)\s+(?:hours?|days?|weeks?|months?|years?)\b[^:.;,]{0,60}):$",
    re.IGNORECASE,
)
_OWN_TIME = Caseless(r"\b(?:within|prior|previous\w*|past|last|since|ever|history|current\w*|concurrent\w*|concomitant\w*|ongoing)\b")
_NO_NAME = Caseless(r"\b(?:receiv\w+|taking|patients?|must|is|are|was|were|has|have|unless|except|who|which|that)\b|[<>≥≤=]")


def only_names(text: str) -> bool:
    """Whether a line only names something and says neither when nor how it counts."""
    return not _OWN_TIME.search(text) and len(text.split()) <= 8 and not _NO_NAME.search(text)


def with_time(text: str, window: str) -> str | None:
    """A line with the time that its heading gives it; None where that cannot simply be put behind it."""
    if _OWN_TIME.search(text):
        return text
    return f"{text.rstrip(' .;,')} {window}" if only_names(text) else None


def _doubted(unread: Read, found: Opened, members: Sequence[Read], kind: str, read: ReadText) -> Read:
    """The whole text unread, with what its first line or else its members say as readings that decide nothing."""
    first = read(found.head.rstrip(": ") or "-", kind)
    if kind == "inclusion" and found.joint not in ("or", "and/or", "mixed") and asks_by_itself(found.head, [text for _, text in found.members], first.check):
        rest = (found.members[0][0], found.members[-1][0] + len(found.members[-1][1]))
        return Read(All((first.check, Unread(clean("; ".join(text for _, text in found.members))))), (*first.spans, rest))
    if any(isinstance(leaf, DECIDED) for leaf in leaves(first.check)):
        return beside(unread, [first, *(one for one in members if only_limits(one.check))])
    return beside(unread, members)


# Exceptions are listed under a line that would stand without them.
_EXCEPTS = pattern_of(
    r"[\s,;(]*\b(?:except(?:ing|ions?)?(?:\s+for)?|with (?:the )?(?:following )?exceptions?(?:\s+(?:of|for))?|other than|apart from)(?:\s+(?:for|the following|those|as|listed|noted|below|any of the following))*\s*[:.]*\s*",
    re.IGNORECASE,
)
_LONGEST_EXCEPTION = 120  # characters


def _excepting(found: Opened, kind: str, read: ReadText) -> Read | None:
    """ "No prior malignancy except: …": read as one sentence with its members as the exceptions; None where that fails."""
    link = _EXCEPTS.search(found.head)
    if link is None or link.end() != len(found.head) or any(len(text) > _LONGEST_EXCEPTION or "\n" in text for _, text in found.members):
        return None
    said = [_TRAILING.without(text).rstrip(" .;,") for _, text in found.members]
    listed = f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else said[0]
    one = read(f"{found.head[: link.start()]} except {listed}", kind)
    end = found.members[-1][0] + len(found.members[-1][1])
    return Read(one.check, ((0, end),) * len(one.spans)) if not any(isinstance(leaf, Unread) for leaf in leaves(one.check)) else None


def _says(read: Read) -> bool:
    """Whether any leaf was read."""
    return any(not isinstance(leaf, Unread) for leaf in leaves(read.check))


def opened(text: str) -> Opened | None:
    """The first line and the members under it; None where a line is no member."""
    lines = text.split("\n")
    found: list[tuple[int, str]] = []
    level = None
    place = len(lines[0]) + 1
    for line in lines[1:]:
        member = _MEMBER.match(line)
        if member is None or not member["text"]:
            return None
        deep = len(member["indent"])
        if found and level is not None and deep > level:
            found[-1] = (found[-1][0], text[found[-1][0] : place + len(line)])
        else:
            level = deep
            found.append((place + member.start("text"), member["text"]))
        place += len(line) + 1
    return Opened(lines[0], tuple(found), joint_of([member for _, member in found[:-1]])) if found else None


def joint_of(ends: Sequence[str]) -> str:
    """The joint that texts end on: "" where none does, "mixed" where they differ."""
    found = {ending["joint"].casefold() for ending in map(_TRAILING.search, ends) if ending}
    return found.pop() if len(found) == 1 else "mixed" if found else ""


def _members(found: Opened, kind: str, read: ReadText, prefix: str = "", tail: str = "") -> list[Read]:
    """The checks of the members, each as the words before the list would have it."""
    reads: list[Read] = []
    for place, text in found.members:
        bare = _TRAILING.without(text).rstrip(" .;,") if prefix else text
        said = f"{prefix} {bare[:1].lower() + bare[1:] if bare[1:2].islower() else bare}{tail}" if prefix else text
        one = read(said, kind)
        shift = len(prefix) + 1 if prefix else 0
        spans = tuple((place + _within(start - shift, text), place + _within(end - shift, text)) for start, end in one.spans)
        if prefix and all(isinstance(leaf, Unread) for leaf in leaves(one.check)):
            reads.append(Read(Unread(clean(text)), ((place, place + len(text)),)))
        else:
            reads.append(Read(one.check, spans))
    return with_lifted([text for _, text in found.members], [place for place, _ in found.members], reads)


def _within(place: int, text: str) -> int:
    return max(0, min(place, len(text)))


def _joined(found: Opened, reads: Sequence[Read], head: str, kind: str, *, any_default: bool = False) -> Read | None:
    """The members joined as the line says, else as the words at their ends say; None where they contradict."""
    wanted = _count(head)
    found, reads = _paired(found, reads) if wanted != 1 else (found, reads)
    if len(reads) == 1:
        return reads[0]
    if found.joint == "mixed" or (wanted == 0 and found.joint == "or") or (wanted == 1 and found.joint == "and"):
        return None
    if wanted is None and kind == "exclusion" and found.joint == "and":
        return either_read([any_read(reads), all_read(reads)])
    if wanted is None:
        wanted = {"or": 1, "and/or": 1, "and": 0}.get(found.joint)
    if wanted is None and re.match(r"[\s,;]*(?:and|plus)\b", head, re.IGNORECASE):
        wanted = 0
    treatments = all(isinstance(leaf, Medication) for read in reads for leaf in leaves(read.check))
    if wanted is None and not head.strip() and kind == "inclusion" and not treatments:
        wanted = 0
    if wanted is None and (kind == "exclusion" or any_default):
        wanted = 1
    if wanted is None:
        return either_read([all_read(reads), any_read(reads)])
    if wanted == 1 and kind == "inclusion" and _count(head) is None and len(reads) > _PAIR and any(only_limits(one.check) for one in reads) and any("ULN" in text or "normal" in text for _, text in found.members):
        return either_read([any_read(reads), all_read(reads)])  # "ALT …; bilirubin …; or ALP … with metastases": the "or" may join the last two
    return all_read(reads) if wanted == 0 else any_read(reads) if wanted == 1 else so_many_read(wanted, reads)


_PAIR = 2


def _paired(found: Opened, reads: Sequence[Read]) -> tuple[Opened, Sequence[Read]]:
    """The members with those joined that an "or" at the end of a line joins with the next, where not all lines end so ("A; B; or C" is one list)."""
    ends = [ending is not None for ending in (_TRAILING.search(text) for _, text in found.members[:-1])]
    if found.joint not in ("or", "and/or") or all(ends) or not any(ends) or len(reads) != len(found.members):
        return found, reads
    if ends.index(True) == len(ends) - 1 and all(text.rstrip().endswith((",", ";")) for _, text in found.members[:-2]):
        return found, reads
    groups: list[list[Read]] = [[]]
    for read, joins in zip(reads, [*ends, False], strict=True):
        groups[-1].append(read)
        if not joins:
            groups.append([])
    return replace(found, joint=""), [any_read(group) for group in groups if group]


def _count(head: str) -> int | None:
    """How many members must hold: 0 means all; None where the line leaves it open."""
    found = _AT_LEAST.search(head)
    if found is not None:
        word = (found["n"] or found["more"]).casefold()
        return _NUMBERS.get(word) or int(word)
    every, some, many = _ALL.search(head), _ANY.search(head), _SO_MANY.search(head)
    if many is not None and not every:
        word = many["n"].casefold()
        return _NUMBERS.get(word) or int(word)
    if every and some:
        return None
    if every or (not some and re.search(r"\bmust (?:have|meet|be|fulfil|fulfill|satisfy)\b|\b(?:must|should|shall)(?: also)?\s*:\W*$|\beligible if\b", head, re.IGNORECASE)):
        return 0
    return 1 if some else None


def _with_head(found: Opened, members: Sequence[Read], kind: str, read: ReadText) -> Read | None:
    """A line that says something of the patient before it opens the list; None where that is unclear."""
    head = found.head.rstrip()
    if PANEL.fullmatch(head.rstrip(": ")) and not _ANY.search(head):
        return _joined(Opened(head, found.members, found.joint or ("and" if kind == "inclusion" else "")), members, "", kind)
    link = LINK.search(head)
    said = head[: link.start()] if link else head.rstrip(": ")
    opens = head.endswith((":", "following", "of")) or (link is not None and bool(link["following"]))
    if not said.strip() or not opens:
        return None
    joined = _joined(found, members, head[link.start() :] if link else "", kind)
    if joined is None or not _says(joined):
        return None
    scope = read(said, kind)
    if not (link and (link["link"] or link["count"] or link["following"])) and all(isinstance(leaf, Age | Sex | State) for leaf in leaves(scope.check)) and not isinstance(scope.check, Ambiguous):
        return Read(All((scope.check, joined.check)) if kind == "exclusion" else When(scope.check, joined.check), (*scope.spans, *joined.spans))
    return _linked(scope, joined, (link["link"] or "").casefold() if link else "", kind, category=kind == "exclusion" and names_a_category(said))


def _linked(first: Read, joined: Read, link: str, kind: str, *, category: bool) -> Read | None:
    """What the line says and what its members say: both, either, or the members as what is meant by the line."""
    understood = not any(isinstance(leaf, Unread) for leaf in leaves(first.check))
    if link in ("with", "and", "plus", "meeting", "in combination with", "accompanied by") or link.startswith(("who", "that meet")):
        return all_read([first, joined])
    if link.startswith(("including", "such as", "e.g")) and kind == "exclusion":
        return any_read([first, joined])
    if not understood and link:
        return None if link.startswith(("including", "such as", "e.g")) else all_read([joined, first])
    if kind == "exclusion" and not link and _is_restated(first, joined):
        return joined
    if kind == "exclusion" and not link and any(isinstance(leaf, Statement) and leaf.text.startswith("contraindication") for leaf in leaves(first.check)):
        return any_read([first, joined])
    if not understood:
        return any_read([first, joined]) if category else None
    if link.startswith(("including", "such as", "e.g")):
        return either_read([first, any_read([first, joined]), all_read([first, joined])])
    if link:
        return all_read([joined, either_read([first, joined])])  # what is said by the line may add to what it is defined by
    if category:
        return any_read([joined, either_read([first, joined])])  # what is listed is of the category; all of it may be meant
    every = all_read([first, joined])
    return either_read([joined, any_read([first, joined]), every] if kind == "exclusion" else [joined, every])


def _is_restated(first: Read, joined: Read) -> bool:
    """Whether a line among exclusions only names the treatment of which each member of its list says more: "Prior radiotherapy: - within 2 weeks …"."""
    one = first.check
    if not isinstance(one, Medication | Procedure) or one != type(one)(one.term):
        return False
    words = load()
    head = _treatment(one.term, words)
    parts = joined.check.parts if isinstance(joined.check, Any) else (joined.check,)
    return head is not None and all(any(isinstance(leaf, Medication | Procedure) and leaf != type(leaf)(leaf.term) and (inner := _treatment(leaf.term, words)) is not None and words.relation(inner, head) in (Relation.SAME, Relation.NARROWER) for leaf in leaves(part)) for part in parts)


def _treatment(name: str, words: Vocabulary) -> Concept | None:
    return words.treatment(name) or words.procedure(name)
