"""A denial or a time since with a list behind it that is parted by semicolons: they part members of one list, not demands."""

from __future__ import annotations

from matcher.model.language import All, Ambiguous, Not, Unread
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read
from matcher.reading.tagging.caseless import Caseless

_HEAD = Caseless(
    r"\W*(?:(?:all|the)\s+)?(?:(?:patients?|subjects?|participants?|individuals?)\s+)?(?:(?:must|should|shall|may|can)\s+not\s+(?:have|be|use|take|receive)\b|(?:do|does|did|has|have|had)\s+not\s+(?:have|had|received|undergone|taken|used)\b|never\b|na[iï]ve to\b|"
    r"(?:(?:at least|more than|a minimum of|minimum of|greater than|>=?|≥)\s*)?(?:\d+|one|two|three|four|six|twelve)\s*(?:days?|weeks?|months?|years?)\s+(?:(?:must|should|have|has|had)\s+)*(?:elapsed\s+|passed\s+)?since\b)[^;.:]*;"
)
# A member that says no more than what it names, and within which time.
_MEMBER = Caseless(r"\W*(?:(?:or|and|and/or)\s+)?(?:any\s+|other\s+|prior\s+|previous\s+)*(?!(?:must|should|able|willing|age[sd]?|no|not|has|have|had|is|are|male|female|men|women|adults?|adequate|normal|measurable|written|signed|performance|life|ecog)\b)[a-z][a-z'’/-]*(?:\s+(?!(?:must|should|is|are|has|have|will|who|that|if|unless|except|but|not|no)\b)[a-z][a-z'’/-]*){0,4}(?:\s+(?:within|in)\s+(?:the\s+(?:past|last|previous)\s+)?\d+\s*(?:days?|weeks?|months?|years?))?[\s.]*")

_NONE_OF = Caseless(r"\W*(?:no|none of|free of|absence of|without)\b[^;.:]*;")
_OR_LAST = Caseless(r"\W*or\b")
# A member with a limit of its own that says what is too much or too little, and no demand.
_WITH_LIMIT = Caseless(r"\W*(?:or\s+)?(?!(?:must|should|able|willing|age[sd]?|no|not|has|have|is|are|male|female|adequate|normal|written|signed|life)\b)[a-z][\w\s/'’-]*(?:\s*(?:<|>)\s*\d[\w\s./×*^%,-]*)?[\s.]*")


def in_one_list(text: str) -> str:
    """The text with commas for the semicolons between the members of one list; every letter keeps its place."""
    if ";" not in text or not (_HEAD.match(text) or _NONE_OF.match(text)):
        return text
    _, *members = text.split(";")
    if _NONE_OF.match(text) and _OR_LAST.match(members[-1]) and all(map(_WITH_LIMIT.fullmatch, members)):
        return text.replace(";", ",")  # "no gout; hemoglobin < 10 g/dL; or ALT > 3 × ULN": none of them
    return text.replace(";", ",") if _HEAD.match(text) and all(map(_MEMBER.fullmatch, members)) else text


def denied_throughout(read: Read, text: str) -> Read:
    """The reading of one list, unread where its denial did not reach all members."""
    parts = read.check.parts if isinstance(read.check, All) else ()
    denied = [isinstance(part, Not | Ambiguous) for part in parts]
    return Read(Unread(clean(text)), ((0, len(text)),)) if any(denied) and not all(denied) else read
