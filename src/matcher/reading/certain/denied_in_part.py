"""A requirement that denies a part of something: "no prior radiotherapy to the breast, chest wall or axilla".

What is denied is the treatment or disease together with the words behind it: whoever has none of it at all keeps the
requirement.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.model.language import (
    Age,
    All,
    Ambiguous,
    Any,
    AtLeast,
    Check,
    Condition,
    Consent,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Sex,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_or_any, children, leaves
from matcher.reading.certain.said_plainly import says_the_same
from matcher.reading.grammar.pieces import JOINTS, clean, nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.names import OF_PLACES
from matcher.vocabulary import is_asked, load

_FACTS = Condition | Medication | Procedure
_DENIAL = Caseless(r"\W*(?:(?:patients?|subjects?|participants?)\s+(?:must\s+|should\s+)?)?(?:(?:has|have|had|with)\s+)?(?:no|not|without|absence of|never|must not|should not|may not)\b")
# What can only say which of it, where, when or how bad.
_WHICH = Caseless(
    r"\s*(?:to|for|in|on|at|of|by|from|with(?! or without)|within|during|throughout|after|before|prior to|while|that|which|requiring|needing|making|causing|affecting|involving|interfering|precluding|prohibiting|preventing|"
    r"limiting|resulting|leading|occurring|diagnosed|treated|located|deemed|considered|associated|related|due|secondary|likely|severe enough|sufficient)\b"
)
# What turns it, allows a part of it, gives examples or goes on with something else.
_ELSE = Caseless(
    r"\b(?:no|not|nor|neither|never|none|without|except\w*|unless|excluding|exclud\w+|other than|but|however|allow\w*|permi\w+|eligible|acceptable|may|must|should|if|e\.?g|i\.?e|such as|including|like|since|"
    r"history|prior|previous(?:ly)?|current(?:ly)?|concurrent|known|active|both|either|they|patients?|subjects?|participants?|more than|less than|at least)\b|[;:()<>≥≤\[\]]|[.]\s"
)
_DISEASE = frozenset(("disease", "cancer", "setting", "settings", "malignancy", "tumor", "tumors", "carcinoma", "melanoma", "lymphoma", "leukemia"))


def denied_in_part(tokens: Sequence[Token], context: Context) -> Read | None:
    """What an inclusion denies, narrowed by the words behind it; None where these may be facts of their own."""
    if context.exclusion or tokens[0].tag != "check" or len(tokens) < 2:
        return None
    read: Read = tokens[0].value
    denied = read.check
    if not isinstance(denied, Not) or not _DENIAL.match(tokens[0].text):
        return None
    parts = denied.part.parts if isinstance(denied.part, Any) else (denied.part,)
    rest = [token for token in tokens[1:] if token.tag not in ("stop", "semicolon")]
    if not rest or not all(isinstance(part, _FACTS) for part in parts):
        return None
    words = context.text[tokens[0].end : rest[-1].end]
    if not _WHICH.match(words) or _ELSE.search(words) or not _one_phrase(rest) or any(_may_stand_alone(token) for token in rest):
        return None
    place = (tokens[0].end + len(words) - len(words.lstrip()), rest[-1].end)
    return Read(Not(All((denied.part, Unread(clean(words))))), (*read.spans, place))


_BEGINS = Caseless(r"\W*(?:(?:patients?|subjects?|participants?)\s+(?:must\s+|should\s+)?)?(?:(?:has|have|had|with)\s+)?(?:no|not|without|absence of|free of)\b")
# Right behind a disease these words say which of it is denied.
_TOGETHER = Caseless(
    r"\s*(?:(?:positive\s+)?(?:patients?|subjects?|participants?|individuals?|persons?|people)\s+(?:(?:who\s+are|currently|being|actively)\s+)*(?:on|receiving|taking|using|treated|requiring)|that|which|(?:(?:currently|presently|actively|previously|being|now|already)\s+)*"
    r"(?:treated|controlled|managed|medicated|on|requiring|needing|causing|compromising|interfering|affecting|limiting|precluding|preventing|complicat\w+))\b"
)
_APART = Caseless(r"\b(?:and|or|but|nor)\b|[,;:.]")


def denied_together(read: Read, text: str) -> Read:
    """An inclusion that denies a disease with what is said of it: "no diabetes treated with insulin" denies neither by itself."""
    check = read.check
    if not isinstance(check, All) or not isinstance(check.parts[0], Not) or any(isinstance(node, Not) for part in check.parts[1:] for node in nodes(part)):
        return read
    denied = sum(1 for _ in leaves(check.parts[0]))
    end, begin = max(last for _, last in read.spans[:denied]), min(first for first, _ in read.spans[denied:])
    if _denies_a_list(check, text, end, begin):
        return Read(Ambiguous((check, Not(Any((check.parts[0].part, *check.parts[1:]))))), read.spans * 2)
    if _BEGINS.match(text) is None or _TOGETHER.match(text, end) is None or _APART.search(text[end:begin]):
        return read
    return Read(Not(All((check.parts[0].part, *check.parts[1:]))), read.spans)


_COMMA = Caseless(r"\W*,")


def _denies_a_list(check: All, text: str, end: int, begin: int) -> bool:
    """Whether members behind a comma of a list that an "or" closes may be denied, too: "no lung disease including gout, uncontrolled asthma, or cysts"."""
    last = max((text.rfind(joint) for joint in (" or ", " and ", " but ")), default=-1)
    if not _COMMA.match(text, end) or " or " not in text[begin:] or text[last : last + 4] != " or " or _DENIES_ALL.match(text) is None or _ASKS_MORE.search(text[2:]):
        return False
    return all(isinstance(leaf, _FACTS | Unread) for part in check.parts for leaf in leaves(part))


def _may_stand_alone(token: Token) -> bool:
    """Whether the last disease of a list behind the denial may be denied by itself: "needing oxygen or arrhythmia"."""
    return token.tag == "check" and isinstance(token.value.check, Any) and any(isinstance(part, Condition) for part in token.value.check.parts)


def _one_phrase(rest: Sequence[Token]) -> bool:
    """Whether no joint in the words begins another fact: behind it stand further places, or adjectives of one disease."""
    at = next((i for i, token in enumerate(rest) if token.tag in JOINTS), None)
    if at is None:
        return True
    behind = [token for token in rest[at + 1 :] if token.tag not in JOINTS]
    before = rest[at - 1] if at else None
    if before is not None and before.tag in ("degree", "setting", "cond") and all(token.tag in ("degree", "setting", "stages") or token.text.casefold() in _DISEASE for token in behind):
        return True
    return bool(behind) and all(word in OF_PLACES for token in behind for word in token.text.casefold().replace("-", " ").split())


# "No" before all of a sentence that an exclusion might say as well.
_DENIES_ALL = Caseless(
    r"\W*(?:(?:(?:the|all|any)\s+)?(?:patients?|subjects?|participants?|individuals?)\s+(?:(?:must|should|shall|will)\s+)?(?:with|have|has|having)\s+)?(?:no|without|absence of|free (?:of|from))\s+"
    r"(?!or\b|women|men\b|lactating|pregnant|use\b|more|less|fewer|later|longer|greater|earlier|sooner|limit|age|upper|lower|restrict|requirement|one\b|need|exclusion|\w+ limit|\d)(?=\S)",
    needs=("no", "without", "absence", "free"),
)
# Behind one of these something else may be asked, and a value in brackets may be that of those without the disease.
_ASKS_MORE = Caseless(r"[.;:]\s+\S|\b(?:but|must|should|shall|unless|if|allow\w*|permi\w+|eligible|acceptable|agree\w*|willing\w*|consent\w*|no|not|without|never|nor|neither|documented|known to|required|at least|able|stable|mild|serious|surgery)\b|[(\[][^()]*(?:[<>≥≤=]|\d)")


def denied_as_a_whole(read: Read, text: str, again: Callable[[str], Read]) -> Read:
    """An inclusion that begins with "no", where something of it was not read: what the rest says as an exclusion, denied."""
    begins = None if len(text) > _LONGEST or "\n" in text or not any(isinstance(leaf, Unread | Statement) for leaf in leaves(read.check)) else _DENIES_ALL.match(text)
    if begins is None or _ASKS_MORE.search(text, begins.end()):
        return read
    denied = all_or_any(again(text[begins.end() :]).check)[0]
    if not (_is_read(denied) or _tells_of_a_fact(denied, read.check, text)) or any(getattr(leaf, "confirmed_by", ()) for leaf in leaves(denied)) or any(isinstance(node, Not | When | Unless | AtLeast) for node in nodes(denied)) or not says_the_same(denied, text):
        return read
    found: Check = Not(denied)
    if isinstance(denied, All) and all(isinstance(part, _FACTS | Measurement) for part in denied.parts) and _AND.search(text):  # "no ALT > 3 × ULN and platelets < 50" rather denies both
        found = Ambiguous((Not(Any(denied.parts)), found))
    return Read(found, ((0, len(text)),) * sum(1 for _ in leaves(found)))


_AND = Caseless(r"\band\b|&|,")


# Where another demand begins without a stop: "no active infection Recovered from surgery".
_RUNS_ON = pattern_of(r"[a-z)]\s+(?!I{1,3}\b|IV\b)[A-Z][a-z]+\b(?!['’]s\b|[- ](?:disease|syndrome|lymphoma|sarcoma|cell))")


# What lets some in, and what may be said of every member of a list.
_MAY_REACH = Caseless(r"\b(?:may|can|could|might|will|receive|that|which|who|at an?|requir\w+|caus\w+|considered|deemed|judged|interfer\w+|affect\w*|despite|enough)\b")


def _tells_of_a_fact(denied: Check, read: Check, text: str) -> bool:
    """Whether of a denial of which nothing was certain a fact is told by what it denies: "no odd illness or active infection"."""
    if _certain(read) or _RUNS_ON.search(text) or _MAY_REACH.search(text):
        return False
    return bool(_certain(denied)) and not any(isinstance(leaf, Judgement | Consent | Age | Sex) for leaf in leaves(denied))


def _certain(check: Check) -> list[Check]:
    """The facts beside which no other reading stands."""
    if isinstance(check, Ambiguous):
        return []
    parts = children(check)
    if not parts:
        return [check] if isinstance(check, _FACTS) else []
    return [leaf for part in parts for leaf in _certain(part)]


_LONGEST = 320  # characters


def _is_read(check: Check) -> bool:
    """Whether every part is a fact, or a statement that many trials ask."""
    return not any(isinstance(leaf, Unread | Judgement | Consent | Age | Sex) or (isinstance(leaf, Statement) and not is_asked(leaf.text, load())) for leaf in leaves(check))
