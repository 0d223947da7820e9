"""An inclusion that only sets limits on values, with words around them that say how, when or on which scale they are taken.

"Obtained within 14 days before registration: platelets ≥ 100,000/µL" and "pain ≥ 4 on a scale of 0 to 10" ask for the value; the
words before it give the time in which it is taken, those behind it are left out where they say nothing of the patient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import Ambiguous, Check, Condition, Measurement, Not, Unread, Window
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.finding import found_so
from matcher.reading.certain.said_plainly import is_whole
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Read, ReadText
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.whole.limits_of_some import limits_of_some

_LONGEST = 260  # characters
_LONGEST_LIST = 520
_ENTRY = r"(?:(?:the|of|to|study|trial|protocol|first|initial|dose|start|day|1|initiation|beginning|therapy|treatment|drug|enrol+ment|registration|randomi[sz]ation|entry|inclusion|screening|baseline|leukapheresis|cycle|c1d1)\b[\s-]*)+"
_OBTAINED = Caseless(
    rf"\W*(?:(?:laboratory|lab|blood)\s+(?:values?|tests?|results?)\s+)?(?:(?:to be|must be|all)\s+)*(?:obtained|performed|done|taken|assessed|measured|collected|documented)?\s*(?:within|in|=<|≤|<=|no more than)\s+(?:the\s+)?(?P<number>\d{{1,2}})\s*(?P<unit>day|week)s?\s+(?:prior to|before|of|preceding)\s+{_ENTRY}\s*:\s*(?=\S)",
)
# Behind a value these say on which scale, in which direction or with what it was taken.
_SCALE = (
    r"(?:visual|analog(?:ue)?|numeric(?:al)?|rating|verbal|pain|likert|vas|nrs|point|points|mm|cm|the|a|an|of|on|from|to|in|which|where|and|is|being|with|scale|scales|ranging|range|ranges|score|scores|total|possible|maximum|max|out|no|worst|best|severe|moderate|mild|none|iga|cgi|higher|lower|"
    r"indicating|represents?|means?|symptoms?|disease|severity|imaginable|possible|extreme(?:ly)?|very|\d{1,3})"
)
_ON_SCALE = Caseless(rf"[\s,(\[]*(?:(?:based )?on|using|by|out of|range:?|scale:?|\d{{1,3}}\s*(?:-|to)\s*\d{{1,3}})\W*(?:{_SCALE}\b\W*)*")
_NAMES_SCALE = Caseless(r"scale|range|out of|analog")
_IDLE = Caseless(
    r"[\s,(]*(?:in (?:its |the )?(?:longest |greatest |largest )?(?:diameter|size|dimension)|(?:by |on )?(?:urine )?dip-?\s?stick(?: urinalysis)?|by 24-?\s?(?:h|hr|hour) urine collection|(?:as |in )?(?:per|accord(?:ing|ance) (?:to|with)) (?:the )?(?:local|institutional|site|central)\s?(?:laboratory|lab|clinical)?\s?(?:standards?|guidelines?|practice|polic(?:y|ies)|ranges?)?|"
    r"(?:calculated |estimated |measured )?(?:by|using|per|according to|based on) (?:the )?cockcroft(?: and |[- &])gault(?: (?:formula|equation|method))?(?: or .{2,30} (?:formula|equation))?|confirmed by (?:the )?(?:central|local) lab(?:oratory)?|(?:both )?inclusive|while breathing (?:room|ambient) air|on (?:room|ambient) air)[\s.;,)]*",
)
# A rule for some, a choice or a leave is none of these.
_CHOOSES = Caseless(r"\b(?:or(?! (?:muga|echo\w*|mri|us|ct|\w+gram))|if|unless|except\w*|for (?:patients|subjects|those|men|women|males|females|children)|in (?:patients|subjects|those|men|women|cases?)|allowed|permitted|eligible|cohorts?|arms?|groups?|parts?|either|only|may|can|history|nadir|pre-?|post-?|change|increase|decrease|average|mean|without|not|no|at least two|twice|consecutive|occasions?)\b")


_FOR_SOME = Caseless(r"\b(?:for|in|if|when|with|without|unless|except|must|should|need to|have to|adolescents|years?)\b")


def value_sentence(read: Read, text: str, read_text: ReadText) -> Read | None:
    """The values that a whole inclusion sets limits on; None where the words say anything else."""
    if len(text) > _LONGEST_LIST or "\n" in text.strip():
        return None
    if len(text) > _LONGEST:
        return _as_a_whole(limits_of_some(text, read_text), text) if _FOR_SOME.search(text) is not None else None
    denied = _denied(text, read_text)
    if denied is not None:
        return denied
    of_some = limits_of_some(text, read_text) if _FOR_SOME.search(text) is not None else None
    if of_some is not None:
        return _as_a_whole(of_some, text)
    taken = _OBTAINED.match(text)
    if taken is not None:
        inner = read_text(text[taken.end() :], "inclusion")
        window = Window(Span(Decimal(taken["number"]), taken["unit"].casefold()))
        return _in_time(inner, window, text) if is_whole(inner.check) and _only_values(inner.check) else None
    for end in _ends(read):
        tail = text[end:]
        head = read_text(text[:end], "inclusion") if tail.strip(" .;,") and not _CHOOSES.search(tail) else None
        if head is None or not is_whole(head.check) or not _only_values(head.check) or _doubted(head.check):
            continue
        check = _without_idle(head.check, tail)
        if check is not None:
            return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))
    return None


def _as_a_whole(check: Check | None, text: str) -> Read | None:
    return None if check is None else Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


_DENIES = Caseless(r"\W*(?:(?:patients?|subjects?|participants?)\s+)?(?:(?:must|should)\s+(?:have|be)\s+|has\s+|have\s+|with\s+)?(?:no(?:\s+(?:evidence|presence|known|current|active))?(?:\s+of)?|absence of|without|free (?:of|from))\s+(?=[a-z])")
_BRACKET = pattern_of(r"\([^()]*\)")
_MORE = Caseless(r"[;:]|,(?!\s*(?:as\s+)?defined\b)|\b(?:or|and|nor|unless|except\w*|if|but|other than|without|not|no|history|prior|previous\w*|within|patients|women|men)\b")
_SAYS_LIMIT = Caseless(r"[<>≥≤]|\b(?:than|at least|above|below|exceeding)\b")


# What is ill where it is too high, and where it is too low: "no renal impairment (clearance > 60)" says what is well instead.
_TOO_HIGH = frozenset(("total cholesterol", "LDL cholesterol", "systolic blood pressure", "diastolic blood pressure", "creatinine", "total bilirubin", "ALT", "AST", "HbA1c", "plasma glucose", "fasting plasma glucose", "body temperature", "QTc", "QTcF", "QTcB", "triglycerides", "potassium", "uric acid", "TSH", "INR", "body mass index"))
_TOO_LOW = frozenset(("hemoglobin", "platelets", "neutrophils", "white blood cells", "lymphocytes", "left ventricular ejection fraction", "eGFR", "creatinine clearance", "oxygen saturation", "albumin"))


def _is_bad(leaf: Measurement) -> bool:
    """Whether a limit tells of a value that is ill."""
    high = all(bound.op in (">", "≥") for bound in leaf.bounds)
    low = all(bound.op in ("<", "≤") for bound in leaf.bounds)
    return bool(leaf.bounds) and ((leaf.term in _TOO_HIGH and high) or (leaf.term in _TOO_LOW and low))


def _denied(text: str, read_text: ReadText) -> Read | None:
    """ "No uncontrolled hypertension (BP > 150/100)": what an exclusion of the same disease and limit says, denied."""
    lead = _DENIES.match(text)
    rest = text[lead.end() :] if lead is not None else ""
    if not rest or not _SAYS_LIMIT.search(rest) or _MORE.search(_BRACKET.sub(" ", rest)):
        return None
    inner = read_text(rest, "exclusion")
    known = list(leaves(inner.check))
    sure = is_whole(inner.check) and all(isinstance(leaf, Measurement | Condition) for leaf in known) and any(isinstance(leaf, Measurement) for leaf in known) and all(_is_bad(leaf) for leaf in known if isinstance(leaf, Measurement))
    return Read(Not(inner.check), ((0, len(text)),) * len(known)) if sure and not any(isinstance(node, Not) for node in nodes(inner.check)) else None


def _ends(read: Read) -> Sequence[int]:
    """Where the values that were read end, the last first."""
    return sorted({span[1] for leaf, span in zip(leaves(read.check), read.spans, strict=False) if isinstance(leaf, Measurement)}, reverse=True)[:2]


def _only_values(check: Check) -> bool:
    return all(isinstance(leaf, Measurement) for leaf in leaves(check))


def _doubted(check: Check) -> bool:
    return any(isinstance(node, Ambiguous | Not) for node in nodes(check))


def _in_time(read: Read, window: Window, text: str) -> Read:
    """The values taken in a time, where they have none of their own."""
    timed = rewritten(read, lambda leaf: replace(leaf, window=window) if isinstance(leaf, Measurement) and leaf.window is None else None)
    return Read(timed.check, ((0, len(text)),) * sum(1 for _ in leaves(timed.check)))


_BOUNDARY = pattern_of(r"(?<=\))\s+|[,;]\s+|\s+(?=\(|at\b|on\b|by\b|as\b|using\b|during\b|and (?:at|on)\b)")


def _without_idle(check: Check, tail: str) -> Check | None:
    """The values without the words behind them that say nothing of the patient; None where they say something."""
    tail = tail.strip(" .;,")
    if not tail.strip("() "):
        return check
    for end in (len(tail), *(found.start() for found in reversed(list(_BOUNDARY.finditer(tail))) if found.start())):
        piece = tail[:end]
        if piece.count("(") != piece.count(")"):
            continue
        found = check if _IDLE.fullmatch(piece) or ("%" not in piece and _NAMES_SCALE.search(piece) and _ON_SCALE.fullmatch(piece) and not _of_another_scale(check, piece)) else found_so(check, f" {piece}")
        rest = _without_idle(found, tail[end:]) if found is not None and not any(isinstance(leaf, Unread) for leaf in leaves(found)) else None
        if rest is not None:
            return rest
    return None


_VISUAL = Caseless(r"visual|\bvas\b")


def _of_another_scale(check: Check, piece: str) -> bool:
    """Whether the words name a visual scale, and the value was read as one of another."""
    return _VISUAL.search(piece) is not None and not any(isinstance(leaf, Measurement) and _VISUAL.search(leaf.term) for leaf in leaves(check))
