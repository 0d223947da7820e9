"""Which lines are members of the list that a line above opens, by indent, by the kind of their marks, or by their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.announcing import announces
from matcher.reading.layout.laid import Laid
from matcher.reading.layout.list_heads import BY_THEIR_NUMBERS, MORE, OPENING, PANEL
from matcher.reading.layout.nested import only_names
from matcher.reading.tagging.caseless import Caseless

# Words of an opening line whose members are no requirements of their own in an inclusion, or no exclusions of their own.
_TURNS = (
    r"except\w*|unless|apart from|other than|allowed|permitted|permissible|acceptable|provided|if|when|only|but|no|not|none|without|absence|may"
)
_DEFINES = r"defined|based (?:up)?on|evidenced|demonstrated|determined|documented|confirmed|characteri[sz]ed|such as"
_SOME = Caseless(rf"\b(?:any|one|either|at least|or more|minimum|{_TURNS}|{_DEFINES}|discouraged|recommended|prohibited|forbidden|avoid\w*|eligible|include|includes|including|exclud\w+|ineligible|(?:two|three|four|[2-5])(?: \(\w+\))? (?:out )?of|(?:is|are) (?:considered|regarded as|deemed|classified as|counted as))\b|≥|>=")
_EVERY = Caseless(rf"\b(?:(?:all|both|each|every)(?!\s+(?:the\s+)?(?:patients|participants|subjects|individuals|volunteers|women|men|females|males|cohorts|groups|arms|other))|two|three|{_TURNS}|eligible)\b|≥|>=")
# What an inclusion's opening line may say and still ask for each of its members by itself.
_ASKS_ALL = Caseless(r"\b(?:must|should|shall|will)\s+(?:(?:also|all)\s+)?(?:have|meet|be|fulfil|fulfill|satisfy)\b|\b(?:eligible|includ\w+|enrolled|enroll|considered) if(?: they)?\b|\b(?:meet|satisfy|fulfil|fulfill)\s+(?:all|each|both|every)\b|\ball of\b", needs=(" if", "will", "meet", "must", "shall", "fulfil", "all of", "should", "satisfy"))
# "… can be one or two out of:", whatever the sentences before ask.
_SO_MANY_OF = Caseless(r"\b(?:[1-9]|one|two|three)(?: ?(?:to|or|and/or|-) ?(?:[1-9]|two|three|four|more))?(?: \w+)? (?:out )?of\W*$", needs=("of",))
_REFUSES = pattern_of(r"\b(?:(?:are|is|was|were|be|will be|considered)\s+)*(?:excluded?|not eligible|ineligible|not be eligible|not be included|not be enrolled|(?<=were )not enrolled|(?<=are )not enrolled)\b(?:\s+(?:from|for|if|in)\b[\w\s]*)?", re.IGNORECASE)
_EXAMPLES = Caseless(r"\b(?:including|includes?|such as|e\.\s?g\.?|for example|like|for instance)[\s,(]*(?:any of\s*|one of\s*|but not limited to\s*)*(?:the following|these)?\s*:?\s*$", needs=("e.", "like", "include", "such as", "including", "for example", "for instance"))
_TAKES_OUT = Caseless(r"\b(?:except\w*|unless|other than|apart from|allowed|permitted|permissible|acceptable|eligible|no|not|none|never|without|absence|all|both|each|every|two|three|if|when|only|provided|within|during|last|past|prior|recent\w*|months?|years?|weeks?|days?|uncontrolled|unstable|untreated|poorly|active)\b")
# Behind any other word it is "after": "may worsen during or following therapy".
_FOLLOWING = pattern_of(r"(?:^|\b(?:the|these|of|any|all|both|one|two|with|have|has|had|meets?|meeting|met|as|are|is|includ(?:e|es|ing)|by|in|also|or more) )following(?! the )[^.;]{0,25}$", re.IGNORECASE)
_ONE_OF_THE_FOLLOWING = pattern_of(r"\b(?:one|any|either|more) of the following[^.;]{0,50}$")
# "… one of the following cancers, for which …", "… indications to start treatment as defined by …": what is listed stands below.
_ONE_OF_WHICH_MORE_IS_SAID = pattern_of(
    r"\b(?:one|any) of the following(?: [\w/-]+){1,5}?,? (?:(?:for|in|of|to|with|from) (?:which|whom|whose)|as (?:defined|determined|assessed|documented|described|recommended)|based (?:up)?on|according to|(?:to|that|which|who) \w+)\b(?:(?!\. |\b(?:or|either) )[^:;()•])*$",
    re.IGNORECASE,
)
# The same with a sentence behind it: "… one of the following criteria. Note: …", "at least one of the drugs listed below, at the dose shown".
_OF_WHAT_STANDS_BELOW = Caseless(
    r"\b(?:one|any|either|two|three|[1-3])(?: \(\w+\))?(?: or more)? of (?:the following(?: (?!\d)[\w/-]+){0,5}[.;] (?:please )?(?:note:?|nb:?|patients|subjects|participants)(?!\w| (?:aged|with|who)\b)[^:•]*|the (?:[\w/-]+ ){1,4}(?:listed|given|named|shown|described) below\b[^:;•]*)\W*$",
    needs=("following", " below"),
)
# "Severe preeclampsia with the following features:": signs of which not all are there.
_SIGNS_OF_IT = Caseless(
    r"\b(?:severe|diagnos\w+|confirmed|suspected|[\w-]+(?:itis|osis|emia|aemia|oma|pathy|sia|syndrome|disease|disorder|failure|infection|asthma|stroke))\b[^:]*\b(?:with|by|having|showing|presenting with) (?:the )?following (?:[\w-]+ ){0,2}(?:criteria|features|signs|symptoms|findings|manifestations|characteristics|abnormalities)\W*$",
    needs=("following",),
)
_NUMBER = pattern_of(r"(?<![\w-])\d")
_TOO_FEW = pattern_of(r"\W*(?:ha?emoglobin|hb|hgb|platelets?|neutrophils?|anc|cytopenia)\b[^<≤>≥]{0,20}(?:[<≤]|less than|below)", re.IGNORECASE)
# "Major criteria:": of which a diagnosis is made up.
_OF_A_DIAGNOSIS = pattern_of(r"\W*(?:major|minor|supportive|diagnostic)(?: [\w-]+)? criteri(?:a|on)(?:\s*\([^()]{1,40}\)|\s*[-–,]\s*(?:at least )?(?:\d|one|two|three)[^:]{0,30})?\W*:\W*", re.IGNORECASE)
_BRACKET = pattern_of(r"\s*\([^()]*\)\W*$")
_NOT_ALL = Caseless(r"\b(?:any|one|either|at least|no|not|none|except|unless|or more)\b")
_MORE = ("limited", "restricted", "and/or", "otherwise")  # one of these is in whatever MORE finds
# A line that asks something of everybody is no member of a list of diseases, tests or methods, nor is one behind it.
_ASKS_ANEW = Caseless(
    r"\W*(?:(?:able|willing|agree\w*|ability|willingness|provision|provide[sd]?|giv(?:e|es|en|ing)|signed?|signing|written|voluntar\w+|understands?)\b.{0,60}\b(?:consent|comply|understand|study|trial|protocol|visits?|procedures|participate)\b|informed consent\b|"
    r"(?:all |any |each |the |adult |eligible )*(?:patients?|participants?|subjects?)\s+(?:must|should|shall|will|agrees?|(?:is|are)\s+(?:willing|able|capable|expected))\b|"
    r"(?:all )?(?:fe)?male (?:patients?|participants?|subjects?)\b|(?:wo)?men of (?:child|reproductive)|life[- ]expectancy\b|(?:an? )?(?:estimated|anticipated|expected) (?:life|survival)\b)"
)
_FOLLOWERS = 10  # longer lists of alternatives are not written, unless they only name things
_LONGEST_HEAD = 240  # characters behind "following"


@lru_cache(maxsize=256)  # asked of an opening line by each line under it
def gathers(head: str, kind: str) -> bool:
    """Whether a line opens a list whose members cannot be read as criteria of their own."""
    said = head.strip()
    if not said.endswith(":") and not _of_the_following(said, kind):
        return False
    if announces(said, kind):
        return False
    small = said.lower()
    if any(word in small for word in _MORE):
        said = MORE.sub(" ", said)
    if kind == "exclusion":
        if _EXAMPLES.search(head.strip()) and not _TAKES_OUT.search(said):
            return False  # what is an example of what excludes, excludes by itself
        return _EVERY.search(_REFUSES.sub(" ", said)) is not None
    if _SO_MANY_OF.search(said) or _OF_A_DIAGNOSIS.fullmatch(said) or BY_THEIR_NUMBERS.search(said):
        return True
    if _ASKS_ALL.search(said) and not _NOT_ALL.search(said) and not _REFUSES.search(said):
        return False
    if PANEL.fullmatch(said.rstrip(": ")) and not _NOT_ALL.search(said):
        return False
    return _SOME.search(said) is not None or _SIGNS_OF_IT.search(said) is not None


# With one of these the head of a list turns what its members say, or says of what they are told.
_GOVERNS = Caseless(
    r"\b(?:no|not|non|none|never|neither|without|absence|lack\w*|free|except\w*|unless|other than|apart from|exclu\w+|ineligible|allowed|permitted|permissible|acceptable|may|provided|if|when|only|but|prohibited|forbidden|avoid\w*|discouraged|"
    r"allerg\w*|hypersensitiv\w*|intoleran\w*|contra-?\s?indicat\w*|na[iï]ve|refus\w*|unable|unwilling|fail\w*|resistan\w*|refractory|progress\w*|candidates?|plan\w*|schedul\w*|famil\w+|relatives?|parents?|mothers?|fathers?|partners?|donors?|siblings?|caregivers?|risks?|negative|exposure|contact|"
    r"discontinu\w*|stop\w*|wash\w*|since|before|after|prior to|less than|more than|at most|up to|fewer|random\w*|cohorts?|arms?|groups?|parts?|strat\w+|categor\w+)\b|[<≤]"
)


def asks_for_some(head: str, kind: str) -> bool:
    """Whether a line opens a list of which an inclusion asks for some, or an exclusion for more than one, and says nothing that turns its members."""
    return _GOVERNS.search(head) is None and (_SOME_OF.search(head) if kind == "inclusion" else _ALL_OF.search(head)) is not None


_SOME_OF = Caseless(r"\b(?:any|one|either|at least|or more|minimum|two|three)\b|≥|>=|\b(?:defined|evidenced|demonstrated|determined|documented|confirmed|characteri[sz]ed) (?:as|by)\b", needs=("any", "one", "either", "at least", "or more", "minimum", "two", "three", "≥", ">=", "defined", "evidenced", "demonstrated", "determined", "documented", "confirmed", "characteri"))
_ALL_OF = Caseless(r"\b(?:all|both|each|every|two|three)\b", needs=("all", "both", "each", "every", "two", "three"))


def _of_the_following(said: str, kind: str) -> bool:
    """Whether a line without a colon ends by announcing what stands under it."""
    if kind == "inclusion" and _OF_WHAT_STANDS_BELOW.search(said):
        return True
    if "following" not in said[-_LONGEST_HEAD:]:
        return False
    if kind == "inclusion" and _ONE_OF_WHICH_MORE_IS_SAID.search(said):
        return True
    return _FOLLOWING.search(said[-60:]) is not None or (kind == "inclusion" and _ONE_OF_THE_FOLLOWING.search(_BRACKET.sub("", said).rstrip(" .")) is not None)


def says_nothing(head: str, kind: str) -> bool:
    """Whether a line only announces the criteria under it ("Patients must have:", "Any of these excludes:")."""
    said = _REFUSES.sub(" ", head.strip()) if kind == "exclusion" else head.strip()
    if announces(head, kind):
        return True
    if not head.rstrip().endswith(":") or gathers(head, kind):
        return False
    return OPENING.fullmatch(said) is not None or (kind == "inclusion" and PANEL.fullmatch(said.rstrip(": ")) is not None)


def mark_kind(mark: str) -> str:
    """The kind of a bullet: a number, a letter, a roman numeral, or the sign itself."""
    core = mark.strip("().")
    if core.isdecimal():
        return "number"
    if core in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"):
        return "roman"
    if len(core) == 1 and core.isnumeric():
        return "Roman" if "Ⅰ" <= core <= "Ⅻ" else "letter"  # "Ⅱ" counts over numbers, and "②" under them
    if len(core) == 1 and core.isupper():
        return "capital"
    if len(core) == 1 and core in "abcdefghijklmnpqrstuvwxyz":
        return "letter"
    return "-" if core in ("-", "–", "—") else core


def nested(laid: Sequence[Laid]) -> list[Laid]:
    """Lines under a line that opens a list belong to that line's criterion; where that is unclear they are doubtful."""
    found: list[Laid] = []
    last: Laid | None = None
    item: Laid | None = None
    left, head = 0, ""
    for place, one in enumerate(laid):
        parent = found[-1] if found else None
        if parent is not None and (parent.kind, parent.group) == (one.kind, one.group) and _under(parent, last, one, laid[place + 1 :]):
            mark = one.marked or "-"
            found[-1] = changed(parent, text=f"{parent.text}\n{' ' * max(0, one.indent - parent.indent)}{mark} {one.text}")
            last, left = one, left if parent.doubtful else 0  # a list inside a list: the outer one may go on behind it
            continue
        before, left = left, _followers(parent, one, last, left, wide=OPENING.fullmatch(head) is not None if head else False)
        if left > before and parent is not None:
            opening = parent.text if last is None else last.text
            head = opening if asks_for_some(opening, parent.kind) else ""
        item = found[-1] if found and "\n" in found[-1].text and mark_kind(found[-1].marked) == "number" else item
        within = item is not None and _within(item, one, laid[place + 1 :])
        item = item if within else None
        if within and item is not None:
            found.append(changed(one, doubtful=True, beside=item.text.split("\n", 1)[0]))
        else:
            found.append(one if one.doubtful == (left > 0) else changed(one, doubtful=left > 0, beside=head if left else ""))
        last = None
    return found


def _within(item: Laid, one: Laid, after: Sequence[Laid]) -> bool:
    """Whether a line with another mark stands before the next number of a list, whose item above opens a list of its own that is counted in several ways."""
    same = (one.kind, one.group) == (item.kind, item.group) and bool(one.marked) and mark_kind(one.marked) != "number" and one.indent >= item.indent
    return same and gathers(item.text.split("\n", 1)[0], item.kind) and any(mark_kind(later.marked) == "number" and _number(later) == _number(item) + 1 for later in after if later.kind == item.kind)


def _followers(parent: Laid | None, one: Laid, last: Laid | None, left: int, *, wide: bool) -> int:
    """How many lines from this one on may still be members of a list opened above at the same level; a line that only opens it reaches over headings inside it."""
    if parent is None or parent.kind != one.kind or one.group not in ("", parent.group):
        return 0
    if (last is None and "\n" not in parent.text and _opens(parent, parent.text)) or (last is not None and mark_kind(one.marked or "") == "roman" and gathers(last.text, parent.kind)):
        return _FOLLOWERS
    if not one.marked and mark_kind(parent.marked or "") == "roman":
        return 0
    counted = bool(one.marked and parent.marked) and mark_kind(one.marked) == mark_kind(parent.marked) in ("roman", "letter")
    if left and wide and one.text.rstrip().endswith(":") and not _ASKS_ANEW.match(one.text):
        return left
    if left and ((one.text.rstrip().endswith(":") and not counted) or (one.gap and not parent.gap) or _ASKS_ANEW.match(one.text)):
        return 0
    return max(0, left - 1) or int(left > 0 and one.kind == "inclusion" and _is_finding(one.text))


def _is_finding(text: str) -> bool:
    """Whether a line only names something, or a value that is too low."""
    return (only_names(text) and _NUMBER.search(text) is None) or _TOO_FEW.match(text) is not None


def _under(parent: Laid, last: Laid | None, one: Laid, after: Sequence[Laid]) -> bool:
    """Whether a line is a member of the list that the criterion above opens; `last` is that list's last member so far."""
    if parent.marked and one.marked and _deeper(parent, one):
        return True
    head = parent.text.split("\n", 1)[0]
    if not _opens(parent, head):
        return False
    if not one.marked:
        return last is None and one.indent > parent.indent and bool(parent.marked) and not one.gap
    kind = mark_kind(one.marked)
    if last is not None and last.marked and mark_kind(last.marked) != kind:
        return False
    if not parent.marked:
        return last is not None or one.indent >= parent.indent
    if kind != mark_kind(parent.marked):
        return one.indent >= parent.indent
    return kind == "number" and one.indent == parent.indent and _renumbered(parent, last, one, after)


def _opens(parent: Laid, head: str) -> bool:
    """Whether a criterion opens a list, or is a line without a mark that names a risk or an indication and breaks off."""
    return gathers(head, parent.kind) or (parent.kind == "inclusion" and not parent.marked and _OF_RISKS.search(head) is not None)


# "Patients with at least 3 risk factors for nausea", "Women at risk of fracture because of", "Indications for surgery:".
_NOUNS = r"(?:(?!\b(?:must|should|shall|will|may|can|is|are|was|were|has|have|who|that|which|within|treated)\b)[^.;:]){3,60}"
_OF_RISKS = Caseless(
    rf"\brisk factors?(?:\s+(?:for|of)\s+{_NOUNS})?\s*:?\s*$|\b(?:high|higher|increased|elevated|at)[ -]risk\b(?:\s+(?:of|for)\s+{_NOUNS})?(?:,?\s*(?:that is|i\.?e\.?|because of|due to|based on|as shown by|by))?\s*:?\s*$|\bat\s+(?:[\w-]+\s+)?risk\s+(?:of|for)\s+{_NOUNS}\s*:?\s*$|"
    rf"\b(?:because of|due to|by reason of)\s*:?\s*$|^\W*(?:the\s+)?indications?\s+(?:for|of)\s+{_NOUNS}:?\s*$",
    needs=("risk", "because of", "due to", "by reason", "indication"),
)


def _deeper(parent: Laid, one: Laid) -> bool:
    if one.indent > parent.indent:
        return True
    return mark_kind(one.marked) in ("letter", "roman") and mark_kind(parent.marked) == "number"


def _renumbered(parent: Laid, last: Laid | None, one: Laid, after: Sequence[Laid]) -> bool:
    """Whether numbers begin again at 1 under a numbered line and have not come back to it."""
    number, above = _number(one), _number(parent)
    if last is None:
        return number == 1 and above != 0
    if number != _number(last) + 1:
        return False
    return number != above + 1 or any(_number(later) == number for later in after if mark_kind(later.marked) == "number")


def _number(laid: Laid) -> int:
    return int(re.sub(r"\D", "", laid.marked) or 0)
