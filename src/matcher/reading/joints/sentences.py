"""Later sentences of a criterion that say who is let in or kept out after all: "X. Those with Y are eligible. Z is also excluded."

One that lets in lifts what stands before it; one that keeps out adds to an exclusion and narrows an inclusion. Neither makes
what was read before it uncertain.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Measurement,
    Not,
    Unless,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.grammar.pieces import clean, nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# A sentence with one of these may take back, for some, what stands before it.
LIFTS = Caseless(
    r"\b(?:exceptions?|except|excepting|allow\w*|permit\w*|permissible|eligib\w+|acceptable|accepted|however|unless|waive\w*|provided|exempt\w*|still be|"
    r"(?:may|might|can|could) (?!not\b)(?:\w+ )?(?:be|participate|enrol\w*|enter|join|continue|receive|use|take|have)|(?:does|do|will|shall) not (?:apply|exclude|preclude|disqualify|count)|"
    r"not (?:be )?(?:excluded|exclusionary|considered)|not an exclusion)\b",
    needs=("can ", "may ", " not ", "not ex", "not be", "not con", "not an ex", "allow", "could ", "might ", "waive", "eligib", "except", "exempt", "permi", "unless", "however", "accept", "provided", "still be"),
)
# One that keeps out those whom it names.
_KEEPS_OUT = Caseless(
    r"\b(?:(?:is|are|will be|were|was)\s+(?:also\s+|therefore\s+|always\s+|specifically\s+)?(?:excluded|ineligible|exclusionary|prohibited|disallowed|not\s+(?:be\s+)?(?:eligible|allowed|permitted|acceptable|enrolled|included))|"
    r"(?:will|shall) (?:also )?(?:be excluded|not be (?:eligible|allowed|permitted|enrolled|included))|also excluded|not eligible|ineligible)\b(?!\s+from\s+(?:the|this|that|these)\s+(?:requirement|criteri|limit|rule|restriction|exclusion))",
    needs=("not", "excluded", "disallowed", "ineligible", "prohibited", "exclusionary"),
)
# One that says for certain who is let in, or that something does not count.
_LETS_IN = Caseless(
    r"\b(?:(?:are|is|will be|may (?:still )?be|can (?:still )?be|could be|might be|remain|would be)\s+(?:also\s+|still\s+|considered\s+|potentially\s+|therefore\s+)?(?:eligible|allowed|permitted|acceptable|accepted|enrolled|included|permissible|exempt\w*|allowable)|"
    r"(?:may|can) (?:still |also )?(?:participate|enrol\w*|enter)|(?:is|are) not (?:by itself )?(?:an exclusion|excluded|exclusionary|considered)|(?:will|does|do|would|shall) not (?:be (?:excluded|exclusionary|considered)|exclude|preclude|disqualify|apply|count)|"
    r"exceptions?(?:\s+\w+)?\s+(?:include|are|is|may be made|will be made|can be made|to this)|exceptions?\s*:)",
)
_OPENS_EXCEPTION = Caseless(r"\W*(?:note\W+)?exceptions?\b")
# In a sentence that lets in, these also ask for something, or set a cap.
_ASKS = Caseless(r"^\W*(?:no|none|neither|nothing|not|only)\b|\bno (?:other|prior|previous|concurrent|concomitant|more|further|additional)\b|\b(?:maximum|up to|at most|must|should|shall|only|required?|requires|no longer|cannot|needs? to|ha(?:s|ve) to)\b")
_ASKS_OF_ALL = Caseless(r"\b(?:following|listed)\b")
ALL_PEOPLE = Caseless(r"\W*(?:(?:note|however)\W+)?(?:the |all |any )?(?:patients?|subjects?|participants?|individuals?|they|volunteers?|women|men)\s+(?:are|is|may|can|will|could|remain)\b")
# "Excluded from the requirement" lets in.
_FREED = Caseless(r"\b(?:excluded|exempt\w*|excused|waived)\s+from\b(?! (?:the )?(?:study|trial|participat\w+|enrol\w+|this (?:study|trial)))", needs=("from",))
# With one of these unread, a sentence that neither lets in nor keeps out may still turn what stands before it.
_TURNING = frozenset(("not", "never", "not-history", "except", "unless", "allowed", "included", "excluded", "but", "if", "exceptions"))


# Behind one of these the sentences of an inclusion are a choice, of which one may be enough.
_CHOOSES = Caseless(r"\b(?:one|any|either|two|three|some|more) of\b|\bfollowing\b|\b(?:could|may|can) include\b|\bacceptable (?:methods?|forms?)\b|[;.]\s*or\b|(?:^|\s)\(?[12a-b][.)]\s")
# What stands in brackets is said of the words before them.
_BRACKET = pattern_of(r"\([^()]*\)")


def later_sentences(reads: Sequence[Read], pieces: Sequence[Sequence[Token]], context: Context) -> Read | None:
    """The facts of the sentences with what lifts or adds to them; None where a sentence's part cannot be told."""
    said = ["", *(context.text[before[-1].end : piece[-1].end].lstrip(" .;,)\n\t") for before, piece in pairwise(pieces))]
    if not has_certain(reads[0].check) and any(token.tag in _TURNING for token in pieces[0]):
        return None
    if not context.exclusion and _CHOOSES.search(context.text):
        return None
    core: list[Read] = [reads[0]]
    lifted: list[tuple[str, int, int]] = []
    for read, piece, words in zip(reads[1:], pieces[1:], said[1:], strict=True):
        outside = _BRACKET.sub(" ", words) if not words.startswith("(") else words
        rest = _without_keeping_out(outside)
        out = rest != outside
        lets = LIFTS.search(rest) is not None
        if _FREED.search(words) or (out and lets) or (not out and not lets and isinstance(read.check, Unread) and any(token.tag in _TURNING for token in piece)):
            return None
        if lets:
            if not _surely_lets_in(outside, context) or begins_with_limit(piece):
                return None
            lifted.append((words, piece[0].start, piece[-1].end))
        else:
            core.append(_kept_out(read, piece, words, context) if out else read)
    return _joined(core, lifted, context)


def begins_with_limit(piece: Sequence[Token]) -> bool:
    """Whether a segment begins with a limit of its own, which a permission behind it follows: "Hb > 9 g/dL Patients below may enter"."""
    return piece[0].tag == "check" and isinstance(leaves(piece[0].value.check)[0], Measurement)


def _without_keeping_out(words: str) -> str:
    """A sentence without the words that keep somebody out."""
    found = _KEEPS_OUT.search(words)
    while found is not None and not words[: found.start()].rstrip().casefold().endswith(" not"):
        words = f"{words[: found.start()]} {words[found.end() :]}"
        found = _KEEPS_OUT.search(words)
    return words


def _surely_lets_in(words: str, context: Context) -> bool:
    """Whether a sentence does nothing but let some in."""
    if not (_LETS_IN.search(words) or _OPENS_EXCEPTION.match(words)) or _ASKS.search(words) or ALL_PEOPLE.match(words):
        return False
    return context.exclusion or not _ASKS_OF_ALL.search(words)


def _kept_out(read: Read, piece: Sequence[Token], words: str, context: Context) -> Read:
    """A sentence that keeps out: what was read of it where it ends in saying so, else its words."""
    known = piece[-1].tag == "excluded" and not isinstance(read.check, Unread) and (context.exclusion or isinstance(read.check, Not))
    return read if known else Read(Unread(clean(words)), ((piece[0].start, piece[-1].end),))


def _joined(core: Sequence[Read], lifted: Sequence[tuple[str, int, int]], context: Context) -> Read | None:
    if not any(has_certain(read.check) for read in core):
        return None
    checks = [read.check for read in core]
    found: Check = any_of(checks) if context.exclusion else all_of(checks)
    spans = tuple(span for read in core for span in read.spans)
    if not lifted:
        return Read(found, spans)
    rest = Unread(clean(" ".join(words for words, _, _ in lifted)))
    spans = (*spans, (lifted[0][1], lifted[-1][2]))
    return Read(Unless(found, rest) if context.exclusion else Any((found, rest)), spans)


def has_certain(check: Check) -> bool:
    """Whether a fact that a record decides stands in a check without another reading of it."""
    if isinstance(check, Ambiguous):
        return False
    if isinstance(check, All | Any):
        return any(has_certain(part) for part in check.parts)
    return any(isinstance(leaf, DECIDED) for leaf in leaves(check)) and not any(isinstance(node, Ambiguous) for node in nodes(check))
