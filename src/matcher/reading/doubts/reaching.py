"""Words at the end, or at the beginning, of an exclusion's list that may be said of its other members too.

"Statin, fibrate or niacin initiation", "stroke, gout or odd fits within 6 months", "serious disease such as asthma", "chronic use of
A; B; C": each of the members beside them is meant by itself, or only so; both readings stand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Condition,
    Measurement,
    Medication,
    Procedure,
    Smoking,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rewriting import rewritten, rewritten_there
from matcher.reading.grammar.rules import Read
from matcher.reading.grammar.shared_place import is_general
from matcher.reading.tagging.caseless import Caseless

# A member that begins with one of these is a statement of its own, whose end is its own too.
_OWN = Caseless(
    r"(?:any|known|current\w*|ongoing|histor\w+|prior|previous\w*|past|us(?:e|ing)|taking|receiving|treatment|presence|evidence|diagnos\w+|suspected|positive|pregnan\w+|breast-?\s?feeding|lactat\w+|nursing|concurrent|concomitant|"
    r"participat\w+|allerg\w+|hypersensitiv\w+|plan\w+|patients?|subjects?|participants?|wom[ae]n|men|having|has|have|un(?:able|willing\w*)|inability|refus\w+|or|who|indications?|need|requirement|social situations?)\b",
)
_BRACKETS = pattern_of(r"\([^()]*\)?")
_TREATMENTS, _FACTS = (Medication, Procedure), (Condition, Medication, Procedure)


@dataclass(frozen=True, slots=True)
class _Tail:
    """What ends a member, and of which other members it may be said too."""

    words: Caseless
    reaches: Callable[[Check], bool]
    most: int = 99  # members of a list of which it may be said


_TAILS = (
    _Tail(
        Caseless(r"\b(?:dos(?:e|age|ing)\s+(?:change|alter|adjust|increas|decreas|reduc|modif|titrat|escalat|initiat)\w*|alterations?|initiation|adjustments?|discontinuation|withdrawal|deficienc(?:y|ies)|resistance|levels?|changes?|titration)\b.*$"),
        lambda leaf: isinstance(leaf, Medication),
    ),
    _Tail(Caseless(r"(?<!than )\b(?:that|which|who|while|whilst|where|wherein|in (?:which|whom))\s.*$"), lambda leaf: isinstance(leaf, (*_FACTS, Measurement))),
    _Tail(
        Caseless(r"(?:\b(?:within|in the (?:last|past|previous|prior)|during the (?:last|past|previous)|over the (?:last|past)|less than|in less than)\b|[=<≤])\s[^()]*\b(?:hours?|days?|weeks?|months?|years?)\b[^()]*$", needs=("hour", "day", "week", "month", "year")),
        lambda leaf: isinstance(leaf, _FACTS) and leaf.window is None and not getattr(leaf, "current", False) and getattr(leaf, "phase", "") not in ("current", "active"),
    ),
    _Tail(
        Caseless(r"(?:\b(?:in excess of|exceeding|more than|greater than|over|above|at least)|[>≥])\s.*\d.*\b(?:per|a|each)?\s*(?:day|daily|week|weekly|night|month)\b.*$|(?:\b(?:in excess of|exceeding|more than|greater than|over|above|at least)|[>≥])\s.*(?:/day|/week|/d)\b.*$", needs=("day", "dai", "week", "night", "month", "/d")),
        lambda leaf: isinstance(leaf, (Medication, Smoking)) or (isinstance(leaf, Condition) and "use" in leaf.term),
    ),
    _Tail(Caseless(r"\bfor\s+(?!(?:any|more|at|less|the (?:duration|last|past))\b)[a-z].*$"), lambda leaf: isinstance(leaf, _TREATMENTS)),
    _Tail(Caseless(r"\b(?:having\s+(?:affected|impaired|altered)|affecting|impairing|compromising|interfering|altering)\s.*$"), lambda leaf: isinstance(leaf, _TREATMENTS)),
    _Tail(Caseless(r"\b(?:due to|caused by|secondary to|resulting from|associated with|requiring|necessitating)\s.*$"), lambda leaf: isinstance(leaf, Condition), 3),
    _Tail(Caseless(r"\b(?:of|in|to|on|at|near|affecting|involving)\s+(?:the\s+|an?\s+|either\s+|both\s+)?[a-z-]+\W*$"), is_general),
)
_SEVERE = r"(?P<how>serious|severe|life-?\s?threatening|recent)"
# What is serious by its name.
_SERIOUS = Caseless(r"unstable|acute|failure|infarction|stroke|sepsis|cancer|malignan|leukemia|lymphoma|cirrhosis|serious|severe|life-threatening|shock|embol|meningitis|hemorrhage|dementia|schizophren|major|end-stage|dialysis|transplant")
_HEAD_OF_EXAMPLES = Caseless(rf"\b{_SEVERE}\s+[^,;.:()]{{0,60}}?\b(?:diseases?|illness(?:es)?|conditions?|disorders?|treatments?|therap(?:y|ies)|comorbidit(?:y|ies)|problems?)\s*[,(]?\s*(?:such as|e\.?\s?g\.?|for example|like|including)\b", needs=("such as", "e.g", "e. g", "eg", "e g", "for example", "like", "including"))
_CLINICALLY = Caseless(r"\W*(?:any\s+)?(?P<how>clinically\s+-\s*significant|clinically\s*-\s+significant)\b", needs=("clinically",))
_LONG_USE = Caseless(r"\b(?P<how>long-?\s?term|chronic|regular|daily|prolonged|continuous)\s+(?:use|treatment|therapy|intake|administration)\s+(?:of|with)\s[^.;]*;", needs=(";",))
_TREATED = Caseless(r"\b(?P<how>treated\s+[^,;:.()]{2,40}?),\s*including\b", needs=("treated",))

# "Laboratory evidence of hypothyroidism": a finding, not the disease that is recorded.
_EVIDENCE = Caseless(
    r"(?<!clinical and )(?<!clinical or )(?<!clinical/)\b(?P<how>(?:biochemical|laboratory|radiograph\w+|radiolog\w+|imaging|ecg|electrocardiograph\w+|echocardiograph\w+|mri|histolog\w+|microscopic|endoscopic)\s+(?:evidence|signs?|findings?))\s+of\b(?! (?:metasta|progress))",
    needs=("evidence", "sign", "finding"),
)
# "Recent (within 6 months) stroke or surgery": the time in the bracket is that of all.
_TIMED_HEAD = Caseless(r"\b(?P<how>(?:recent|chronic|acute|long-?\s?term|prolonged|prior|previous|past|history)\s*\([^()]*\d[^()]*\))", needs=("(",))
_WITHIN_HEAD = Caseless(r"(?:recent|prior|previous|past|history)\s*\(\s*(?:within|in|during|<|≤|less than|up to|the (?:last|past))")
# "Infection (e.g. viral or fungal infection of the eye)": the site at the end is that of the head and of each example.
_SITED_EXAMPLES = Caseless(
    r"\W*(?:(?:any|active|known|current|previous|prior|history of|acute|chronic|recent|evidence of|presence of)\s+)*(?:infections?|inflammation|surger(?:y|ies)|tumou?rs?|injur(?:y|ies)|trauma|fractures?|malformations?|lesions?|ulcers?|bleeding|pain)"
    r"\s*\((?:e\.?\s?g\.?|such as|like|including|for example)[^()]*?(?P<how>\b(?:of|in|on|at)\s+(?:the|an?|either|both|your|his|her)\s[^()]*)",
    needs=("(",),
)
_CLASS = Caseless(r"\b(?P<how>class\s+(?:i{1,3}|iv|[1-4])[abc]?)\s+(?=anti-?\s?arrhythmic)", needs=("class",))


def with_words_reaching(read: Read, text: str) -> Read:
    """An exclusion in which what may be said of several members of a list leaves those beside it open."""
    if not any(isinstance(leaf, (*_FACTS, Measurement)) for leaf in leaves(read.check)) or "\n" in text:
        return read
    read = rewritten(read, _of_either_kind)
    check = _behind(read.check, text)
    found = read if check == read.check else Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))
    found = _before(found, text, _HEAD_OF_EXAMPLES, lambda leaf: isinstance(leaf, _FACTS) and not getattr(leaf, "states", ()) and not _SERIOUS.search(leaf.term))
    found = _before(found, text, _CLINICALLY, lambda leaf: isinstance(leaf, Condition) and not leaf.states)
    found = _before(found, text, _LONG_USE, lambda leaf: isinstance(leaf, Medication) and not leaf.states)
    found = _before(found, text, _TIMED_HEAD, lambda leaf: isinstance(leaf, _FACTS) and (not isinstance(leaf, Condition) or is_general(leaf) or _WITHIN_HEAD.search(text) is not None) and leaf.window is None and getattr(leaf, "lasting", None) is None)
    found = _before(found, text, _CLASS, lambda leaf: isinstance(leaf, Medication) and leaf.term == "antiarrhythmics")
    found = _before(found, text, _SITED_EXAMPLES, _anywhere, everywhere=True)
    found = _before(found, text, _EVIDENCE, lambda leaf: isinstance(leaf, Condition) and not leaf.states and "metasta" not in leaf.term)
    return _before(found, text, _TREATED, lambda leaf: isinstance(leaf, Medication) and not leaf.setting)


def _anywhere(leaf: Check) -> bool:
    """Whether a disease or an operation may be anywhere in the body."""
    if isinstance(leaf, Procedure):
        return leaf == Procedure(leaf.term)
    return is_general(leaf) or (isinstance(leaf, Condition) and "infection" in leaf.term and not leaf.states)


# "Pancreatitis (acute or chronic)": opposites, of which any will do.
_OPPOSITES = pattern_of(r"(?:acute|chronic|acquired|congenital|hereditary|active|inactive|past|current|previous|primary|secondary|treated|untreated|symptomatic|asymptomatic)\s*(?:or|and/or|/)\s*(?:acute|chronic|acquired|congenital|hereditary|active|inactive|past|current|previous|primary|secondary|treated|untreated|symptomatic|asymptomatic)")


def _of_either_kind(leaf: Check) -> Check | None:
    """A disease without a state that names two opposites."""
    if not isinstance(leaf, Condition) or not any(_OPPOSITES.fullmatch(state) for state in leaf.states):
        return None
    return replace(leaf, states=tuple(state for state in leaf.states if not _OPPOSITES.fullmatch(state)))


def _behind(check: Check, text: str) -> Check:
    """A check in which the words behind the last member of each list, that was not read, may be those of all."""
    if isinstance(check, All):
        return All(tuple(_behind(part, text) for part in check.parts))
    if not isinstance(check, Any):
        return check
    last = check.parts[-1]
    parts = tuple(_behind(part, text) for part in check.parts)
    if not isinstance(last, Unread) or _OWN.match(last.text) or not _joined(last.text, text):
        return Any(parts)
    outside = _BRACKETS.sub(" ", last.text)
    for tail in _TAILS:
        said = tail.words.search(outside)
        if said is not None and said.start() > 0 and len(parts) <= tail.most:
            words = Unread(clean(outside[said.start() : said.end()]))
            parts = (*(_perhaps(part, words, tail.reaches) for part in parts[:-1]), last)
    return Any(parts)


def _joined(member: str, text: str) -> bool:
    """Whether a member stands behind a joint of its own sentence."""
    at = text.find(member)
    before = text[:at].rstrip().casefold() if at > 0 else ""
    return before.endswith((",", " or", "and/or"))


def _perhaps(part: Check, words: Unread, reaches: Callable[[Check], bool]) -> Check:
    if isinstance(part, Any):
        return Any(tuple(_perhaps(one, words, reaches) for one in part.parts))
    return Ambiguous((part, All((part, words)))) if reaches(part) else part


def _before(read: Read, text: str, pattern: Caseless, reaches: Callable[[Check], bool], *, everywhere: bool = False) -> Read:
    """A read in which words before a list may be said of each of its members."""
    found = pattern.search(text)
    if found is None:
        return read
    words = Unread(text[found.start("how") : found.end("how")])
    open_ = {leaf for part in _ambiguous(read.check) for leaf in leaves(part)}

    def change(leaf: Check, place: tuple[int, int]) -> Check | None:
        behind = everywhere or place[0] >= found.end() or (place[0] <= found.start() and place[1] > found.end())
        return Ambiguous((leaf, All((leaf, words)))) if behind and reaches(leaf) and leaf not in open_ else None

    return rewritten_there(read, change)


def _ambiguous(check: Check) -> list[Check]:
    """The parts of a check that have several readings."""
    if isinstance(check, Ambiguous):
        return [check]
    return [found for part in check.parts for found in _ambiguous(part)] if isinstance(check, All | Any) else []
