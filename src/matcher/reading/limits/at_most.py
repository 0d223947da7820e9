"""An upper bound on what nobody is asked to have: "neuropathy ≤ grade 1", "prednisone ≤ 10 mg/day" may hold for who has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Bound, Check, Condition, Medication, Not
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_MOST = 5  # the highest grade of a toxicity
# What a treatment does to somebody, beside symptoms: whoever is asked about its grade need not have it.
_TOXICITY = Caseless(r"neuropath|mucositis|toxicit|rash|colitis|stomatitis|dermatitis|alopecia|proteinuria|bleeding|hemorrhage|edema|effusion|infection|hypertension")


def _at_most(tokens: Sequence[Token], context: Context) -> Found:
    """ "Neuropathy ≤ grade 1", "grade 0-1 diarrhea" in an inclusion: of no higher grade; of another disease it may be asked for too."""
    if context.exclusion or any(token.tag in ("not", "not-history") for token in tokens):
        return None
    stage = next(token for token in tokens if token.tag == "stage")
    highest = _highest(tokens)
    if highest is None or not 0 <= highest < _MOST or not stage.text.casefold().startswith("grade"):
        return None
    cond = next(token for token in tokens if token.tag == "cond")
    label = term_of(cond).label
    higher: Check = Not(Condition(label, stages=tuple(str(n) for n in range(highest + 1, _MOST + 1))))
    if _TOXICITY.search(label) or context.vocabulary.is_kind(label, "symptom") or _lowest(tokens) == 0:
        return check_token(higher, tokens, context)
    if context.vocabulary.is_kind(label, "neoplasm"):
        return None  # the grade is that of the disease which the trial is about
    asked = Condition(label, stages=tuple(str(n) for n in range(1, highest + 1)))
    span = (tokens[0].start, tokens[-1].end)
    return check_token(Ambiguous((asked, higher)), tokens, context, (span, span)) if highest else None


def _highest(tokens: Sequence[Token]) -> int | None:
    """The highest grade that is let in; None where no such bound is told."""
    ranged = next((token for token in tokens if token.tag == "range"), None)
    if ranged is not None:
        return int(ranged.value.high) if _lowest(tokens) == 0 and ranged.value.high == int(ranged.value.high) else None
    number = next(token for token in tokens if token.tag == "number").value
    op = next((str(token.value) for token in tokens if token.tag in ("cmp", "after")), "=")
    if number.high is not None or number.low != int(number.low) or number.unit:
        return None
    return int(number.low) - (op == "<") if op in ("≤", "<") or (op == "=" and number.low == 0) else None


def _lowest(tokens: Sequence[Token]) -> int | None:
    """The grade at which a range begins, or the only one that is named."""
    found = next((token for token in tokens if token.tag in ("range", "number")), None)
    named = found is not None and (found.tag == "range" or not any(token.tag in ("cmp", "after") for token in tokens))
    return int(found.value.low) if found is not None and named else None


_USED = Caseless(r"\b(?:taking|takes?|taken|receiv\w*|treated|treatment|therapy|on|use|using|uses|requir\w*|need\w*|maintained|stable|at least|failed|prior|previous\w*)\b")


def perhaps_without(read: Read, text: str) -> Read:
    """An inclusion that names no use of a drug but a dose at most ("prednisone ≤ 10 mg/day"): it may be asked of whoever takes it."""
    if isinstance(read.check, Medication | All):
        read = rewritten(read, _of_no_more_in_all)
    limited = [leaf for leaf in leaves(read.check) if isinstance(leaf, Medication) and _ceiling(leaf)]
    in_all = any("/day" not in (leaf.dose[0].unit or "") for leaf in limited)
    if not limited or _USED.search(_SO_FAR.without(text) if in_all else _SO_LONG.without(text)):
        return read
    return rewritten(read, _or_no_more)


# "Cumulative doxorubicin dose < 300 mg/m²": who never had it had no more.
_IN_ALL = pattern_of(r"in a cumulative dose (?P<sign>[<≤]) (?=\d)")


def _of_no_more_in_all(leaf: Check) -> Check | None:
    said = _IN_ALL.match(leaf.states[0]) if isinstance(leaf, Medication) and len(leaf.states) == 1 else None
    if said is None or not isinstance(leaf, Medication):
        return None
    more = f"in a cumulative dose {'≥' if said['sign'] == '<' else '>'} {leaf.states[0][said.end() :]}"
    return Not(replace(leaf, states=(more,)))


# "Prior doxorubicin ≤ 300 mg/m²": a dose in all, of which none at all is no more; "≤ 10 mg/day for at least a month".
_SO_FAR = Caseless(r"\b(?:prior|previous\w*)\b")
_SO_LONG = Caseless(r"\bfor\s+(?:at least|≥|more than|>)\s*\S+\s+(?:days?|weeks?|months?|years?)\b")


def _ceiling(leaf: Medication) -> Bound | None:
    return leaf.dose[0] if len(leaf.dose) == 1 and leaf.dose[0].op in ("≤", "<") and leaf.window is None else None


def _or_no_more(leaf: Check) -> Check | None:
    most = _ceiling(leaf) if isinstance(leaf, Medication) else None
    if most is None or not isinstance(leaf, Medication):
        return None
    return Ambiguous((leaf, Not(replace(leaf, lasting=None, dose=(replace(most, op=">" if most.op == "≤" else "≥"),)))))


_GRADE = "(cmp stage number|stage cmp number|stage number after|stage range|stage number)"
GRADE_AT_MOST = (
    Rule("grade at most", f"cond (must|be|of|comma|to)* {_GRADE}", _at_most, "stage"),
    Rule("grade at most before", f"{_GRADE} of? cond", _at_most, "stage"),
)
