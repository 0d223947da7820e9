"""One member of a list of alternatives: a known fact, a known fact with words that narrow it, or words kept as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Judgement,
    Measurement,
    Not,
    Unread,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.certain.limits_needed import limits_needed
from matcher.reading.certain.necessary import necessary
from matcher.reading.certain.stating import narrowed_by_words
from matcher.reading.grammar.pieces import JOINTS, READ, clean, nodes, trimmed, unread
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_RELATIVE = Caseless(r"\b(?:that|which|who|whom|whose|where)\b", needs=("who", "that", "where", "which"))
# Words that open a phrase about what stands before them, and may be said of a whole list.
_TAILS = frozenset((
    "restrict", "during", "window", "lasting", "judge", "since", "within", "anchor", "if", "except", "exceptions", "unless", "whether", "by", "defined", "for", "at",
    "under", "confirmed", "after", "eg", "ie", "open", "with", "on", "in",
))
_PARTICIPLE = Caseless(
    r"(?:requir|caus|occurr|involv|affect|result|lead|preclud|interfer|prevent|limit|impair|compromis|complicat|last|persist|start|beginn|measur|extend|present|exceed|warrant|necessitat|contraindicat|"
    r"indicat|suggest|show|receiv|tak|undergo|us|includ|contain|produc|need|mak|putt|resid|liv|work|influenc|confound|occur|continu|remain|ending|precipitat|mimick|increas|decreas|alter|reduc|expos|plac|rais|elevat)ing|"
    r"diagnosed|treated|caused|induced|defined|documented|confirmed|considered|judged|deemed|determined|evidenced|managed|controlled|received|taken|given|used|performed|despite|because|until|following|before|after|without|as|than",
)


@dataclass(frozen=True, slots=True)
class Alternative:
    """A member with what was read of it; `tail` is where words about it, or about the whole list, begin among its tokens.

    `closed` says that nothing in it can reach over what follows.
    """

    tokens: Sequence[Token]
    read: Read
    tail: int
    closed: bool = False

    @property
    def known(self) -> bool:
        """Whether the member is a fact with nothing beside it that was not read, or was taken for a state of it."""
        parts = list(leaves(self.read.check))
        if any(isinstance(leaf, Unread | Judgement) for leaf in parts):
            return False
        return all(token.tag in READ for token in self.tokens) or not any(narrowed_by_words(leaf) for leaf in parts)

    @property
    def decided(self) -> bool:
        """Whether a record of facts can decide something of the member."""
        return any(isinstance(leaf, DECIDED) for leaf in leaves(self.read.check))

    @property
    def tailed(self) -> bool:
        """Whether words stand behind the member's name."""
        return self.tail < len(self.tokens)


def alternative(tokens: Sequence[Token], context: Context) -> Alternative:
    """A member as it stands by itself."""
    whole, tokens = tokens, trimmed(tokens)
    at = _tail(tokens, context)
    read = _read(tokens, context)
    if isinstance(read.check, Unread):
        first = next((token for token in whole if token.tag not in _AROUND), tokens[0])
        read = unread(context, first.start, tokens[-1].end)
    return Alternative(tokens, read, at)


_AROUND = (*JOINTS, "colon", "_", "with", "dash", "stop")


def _read(tokens: Sequence[Token], context: Context) -> Read:
    at = next((i for i, token in enumerate(tokens) if token.tag == "open"), 0)
    if at and tokens[at - 1].tag == "check" and _CODE.fullmatch(context.text[tokens[at].start : tokens[-1].end]):
        tokens = tokens[:at]
    facts = [token for token in tokens if token.tag == "check"]
    if len(facts) == 1 and all(token.tag in READ for token in tokens) and not _governed(tokens):
        found: Read = facts[0].value
        return found
    if len(facts) == 1 and not _governed(tokens) and _plain(facts[0].value.check):
        needed = necessary(tokens, context) or limits_needed(tokens, context)
        if needed is not None and not any(isinstance(node, Not) for node in nodes(needed.check)):
            return needed
    bracketed = _with_bracket(tokens, context)
    if bracketed is not None:
        return bracketed
    words = clean(context.text[tokens[0].start : tokens[-1].end])
    asks = any(token.tag in ("judge", "judge-mod") for token in tokens)
    return Read(Judgement(words) if asks and not facts else Unread(words), ((tokens[0].start, tokens[-1].end),))


# Another name of a drug: "(CC-4047)", "(Zytiga)".
_CODE = pattern_of(r"\(\s*(?:[A-Z]{1,6}[- ]?\d[\w-]*|[A-Z][\w-]{2,}[®™]?)\s*\)?\W*")
# In brackets these may set a limit of their own, which holds without the name.
_LIMITS = frozenset(("quantity", "cmp", "number", "range", "measure", "multiple", "uln", "eg", "defined", "ie"))


def _with_bracket(tokens: Sequence[Token], context: Context) -> Read | None:
    """A known fact with words in brackets behind it, which only say which of its kind is meant."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "open"), 0)
    if not at or tokens[0].tag == "open" or any(token.tag == "close" for token in tokens[at:-1]):
        return None
    inner = [token for token in tokens[at + 1 :] if token.tag != "close"]
    if any(token.tag in _LIMITS for token in inner) or any(isinstance(leaf, Measurement) for token in inner if token.tag == "check" for leaf in leaves(token.value.check)):
        return None
    head = _read(tokens[:at], context)
    if not _plain(head.check) or not any(isinstance(leaf, DECIDED) for leaf in leaves(head.check)):
        return None
    words = (tokens[at].start, tokens[-1].end)
    return Read(All((head.check, Unread(clean(context.text[words[0] : words[1]])))), (*head.spans, words))


def _plain(check: Check) -> bool:
    """Whether a check is one fact, and not several of which the words behind may concern the last."""
    return not isinstance(check, Any | All | Ambiguous | Not)


def _governed(tokens: Sequence[Token]) -> bool:
    """Whether a preposition before the fact ties it to something else."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "check")
    return any(token.tag in ("to", "for", "from", "by", "at", "on", "in", "of") for token in tokens[:at])


def _tail(tokens: Sequence[Token], context: Context) -> int:
    """Where words about the member begin; its length where there are none."""
    for i in range(1, len(tokens)):
        token = tokens[i]
        if token.tag in _TAILS or (token.tag == "of" and tokens[i - 1].tag == "check") or _RELATIVE.search(context.text[tokens[i - 1].end : token.start]):
            return i
        if token.tag == "w" and _PARTICIPLE.fullmatch(token.text):
            return i
    return len(tokens)
