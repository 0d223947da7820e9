"""What stands behind words of need, treatment, signs or criteria: "any condition requiring anticoagulation", "meets criteria for gout".

It is shown beside the unread words where nothing else of them can be, and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.model.language import Condition, Medication, Not, Procedure
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_NEED = Caseless(r".*\b(?:requir|need|necessitat)\w*\b.*")
_TREATMENT = Caseless(r".*\b(?:treatments?|therap(?:y|ies)|surger(?:y|ies)|medications?|symptoms|signs)\b.*")
# Between the words that govern and what they govern.
_BETWEEN = frozenset(("w", "degree", "route", "current", "use", "event", "for", "of", "with", "weak", "history", "level", "setting", "confirmed", "other", "to", "open"))
_MOST_BETWEEN = 4
# Somebody else's, denied, allowed, supposed, planned, or asked of a person.
_TURNING = frozenset((
    "not", "never", "not-history", "not-current", "must-not", "unless", "except", "exceptions", "if", "but", "family", "allowed", "included", "planned", "willing", "agree", "able", "unable", "unwilling", "consent",
    "judge", "judge-mod", "contra", "become", "only", "unknown", "conceive", "device", "since",
))
_ELSE = Caseless(
    r"\b(?:risks?|prevent\w*|prophyla\w*|candidates?|suspicio\w*|exposure|exposed|contact|eligib\w*|ineligib\w*|trials?|knowledge|donors?|famil\w*|relatives?|parents?|mothers?|fathers?|partners?|caregivers?|siblings?|"
    r"immuni\w+|vaccin\w*|screening for|inclusion|exclusion|response|recist|interest\w*|seeking|indicat\w*|may|might|can|could|would|should|must|will|likely|unlikely|possib\w*|potential\w*|available|side effects?|adverse|reactions?|toxicit\w*|allerg\w*|"
    r"stud(?:y|ies)|without|lack\w*|absen\w*|negative|resolv\w*|recover\w*|fail\w*|discontinu\w*|stop\w*|similar|rather|instead|refus\w*|declin\w*|loss|gain|cessation|pregnan\w*|contracept\w*|anticipat\w*|next|future)\b"
)
_EXCEPTED = Caseless(r"\b(?:other than|except\w*|excluding|apart from|aside from)\b")


def governed(tokens: Sequence[Token], context: Context) -> Iterator[Read]:
    """The first fact that such words govern."""
    if any(token.tag in _TURNING or (token.tag == "excluded" and not context.exclusion) for token in tokens) or _ELSE.search(context.words(tokens)):
        return
    for i, token in enumerate(tokens[:-1]):
        kinds = _governs(token, tokens[:i], context)
        at = next((j for j in range(i + 1, min(i + _MOST_BETWEEN + 1, len(tokens))) if tokens[j].tag not in _BETWEEN), None)
        if kinds is None or at is None or tokens[at].tag != "check" or _EXCEPTED.search(context.text, tokens[0].start, tokens[at].start):
            continue
        read: Read = tokens[at].value
        parts = list(leaves(read.check))
        named = all(isinstance(part, kinds) for part in parts) and not any(isinstance(node, Not) for node in nodes(read.check))
        if named and all(not isinstance(part, Procedure) or part.current for part in parts) and not all(isinstance(part, Condition) and part.term in _BROAD for part in parts):
            yield read
            return


_BROAD = frozenset(("disease", "symptom", "pain", "injury", "syndrome", "complication", "adverse event", "neoplasm", "lesion", "wound"))


def _governs(token: Token, before: Sequence[Token], context: Context) -> tuple[type, ...] | None:
    """Of which kinds what stands behind a token may be."""
    if token.tag == "restrict" and context.exclusion and _NEED.fullmatch(token.text):
        return (Medication, Procedure)
    if token.tag == "head" and _TREATMENT.fullmatch(token.text):
        return (Condition,)
    if token.tag == "for" and before and (before[-1].tag in ("treated", "event") or _TREATMENT.fullmatch(before[-1].text) or before[-1].text.casefold() == "treated"):
        return (Condition,)
    return (Condition,) if token.tag in ("criteria", "meets") else None
