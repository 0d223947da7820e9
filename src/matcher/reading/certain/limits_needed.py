"""Limits that a sentence certainly needs although other words of it were not read.

"Suboptimal control as evidenced by an HbA1c of 7.1 to 10 %" or "eGFR ≥ 40 mL/min (estimated with the MDRD formula)": nothing
in the sentence widens, denies, permits or concerns only some, so that the rest can do no more than narrow.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import All, Any, Check, Condition, Measurement, Unread, When
from matcher.model.trees import all_of, leaves
from matcher.reading.certain.kept import limit_stands
from matcher.reading.certain.limits_kept import undisturbed
from matcher.reading.grammar.pieces import JOINTS, TURNS, clean, nodes
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# With one of these left unread, the sentence may turn, permit, choose, look at another day or give another limit.
_UNCLEAR = frozenset((
    *TURNS, "or", "slash", "must-not", "not-current", "planned", "after", "family", "become", "conceive", "if", "eg", "ie", "only",
    "quantity", "number", "range", "span", "cmp", "multiple", "times-uln", "uln", "lln", "increase", "history", "since", "during", "minage",
    "consent", "judge", "judge-mod", "use", "treated", "allergy", "dose", "exceptions", "unless", "except", "head", "sex", "sex-scope", "both", "potential",
    "suspected", "participate", "participation", "excluded", "whether", "anyhow", "semicolon", "measure",
))
# Words that look at another day or person, tell a rule for some, permit, plan or suppose.
_BARS = Caseless(
    r"\b(?:may|might|can|could|will|would|shall|should|if|when|where|unless|until|except\w*|although|though|however|but|whereas|while|otherwise|instead|alternatively|whichever|"
    r"allow\w*|permit\w*|accept\w*|eligib\w*|exempt\w*|encourag\w*|recommend\w*|preferr?\w*|optional\w*|waive\w*|exclud\w*|ineligib\w*|candidates?|"
    r"nadir|lowest|highest|peak|worst|ever|maximum|minimum|any time|previous\w*|prior(?! to (?:screening|enrol\w*|randomi\w*|registration|study|entry|the study|inclusion|treatment|first|day))|past|former\w*|histor\w*|initial\w*|post-?\w*|"
    r"before (?:treatment|therapy|transplant\w*|surgery|the start)|before starting|pre-?treatment|following|target|goal|achiev\w*|maintain\w*|reach\w*|chang\w*|fall\w*|drop\w*|declin\w*|reduc\w*|elevat\w* (?:of|by)|increas\w*|decreas\w*|"
    r"not|no|non|never|none|neither|nor|without|lack|absen\w+|exclusive\w*|rul\w+ out|suspect\w*|risks?|predict\w*|expect\w*|"
    r"donors?|partners?|mothers?|maternal|fathers?|parents?|infants?|fet\w+|famil\w+|relatives?|siblings?|spouses?|"
    r"cohorts?|arms?|groups?|parts?|phase|strat\w+|subgroups?|subset\w*|controls|volunteers?|consecutive|occasions?|twice|repeat\w*|both|each|either|respectively|at least (?:one|two|1|2)|one of|two of|"
    r"notes?|specific|ambulatory|24|mean|average|median|daytime|home|for (?!age\b|the (?:laboratory|local|institution)|at least|weight\b|sex\b)|criteria|criterion|defined as follows|following|i\.?e\.?|e\.?g\.?|such as|like|including|includes?|in (?:patients|subjects|participants|those|men|women|males|females|children|adults|the presence|case)|"
    r"men|women|males?|females?|boys?|girls?|with or|half|percentile|quartile|difference|ratio of|versus|vs|than)\b",
)
_LATER_DUTY = Caseless(r"\b(?:must|has to|have to|need(?:s|ed)?|required?|requires|requiring)\b")
# The criterion is one of several that the record joins by "or".
_ALTERNATIVE = Caseless(r"\bor\W*$|^\W*(?:and/)?or\b|\b(?:any|one|two|three|1|2|3) of\b|\bof the (?:following|below)\b|\bbelow\W*(?:criteria|conditions)", needs=("or", " of", "below", "of the "))
# Before a colon: what the limits are of, not for whom they are.
TOPIC = Caseless(r"(?![^:]*\b(?:metasta|impair|fail|insuffic|disease|dysfunction|group|cohort|arm\b|class\b))[^:]*\b(?:functions?|parameters?|values?|reserve|laboratory|ind(?:ex|ices)|routine|h[a]?emogram|counts?|examinations?|chemistr\w+|biochemi\w*|h[a]?ematolog\w*|h[a]?ematopoietic|hepatic|renal|liver|kidney|marrow|coagulation|levels?|status|obtained|ultrasound|ultrasonogra\w*|doppler|spirometry|echocardiogra\w*|tests?)\b[^:]*:")
_HEADED = Caseless(r"(?:function|reserve|parameters?|values?|tests?|by|of|that|and|with|showed|showing|has|have|had|having|normal|adequate|calculated|estimated|pre-?operative|status)$")


def limits_needed(tokens: Sequence[Token], context: Context) -> Read | None:
    """The limits among the tokens with all of the words beside them; None where one may not be needed."""
    special = _without(tokens, context) or _of_patients(tokens, context)
    if special is not None:
        return special
    checks = [(i, token) for i, token in enumerate(tokens) if token.tag == "check"]
    limits = [(i, token) for i, token in checks if _is_limit(token, context)]
    if not limits or any(token.tag in _UNCLEAR for token in tokens) or not _plain(tokens, [token for _, token in limits], context):
        return None
    if len(limits) < len(checks) and (tokens[0].tag == "check" and not _is_limit(tokens[0], context) and _LATER_DUTY.search(_rest(tokens, limits, context))):
        return None
    if context.exclusion and (len(limits) > 1 or any(token.tag in (*JOINTS, "colon") for token in tokens)):
        return None
    if any(token.tag == "colon" for token in tokens) and not TOPIC.match(context.words(tokens)):
        return None
    if _ALTERNATIVE.search(context.text) or not all(undisturbed(tokens, i, context) and _stands(tokens, i) for i, _ in limits):
        return None
    core: list[Check] = [token.value.check for _, token in limits]
    spans = [span for _, token in limits for span in token.value.spans]
    whole = Unread(clean(context.words(tokens)))
    return Read(All((all_of(core), whole)) if len(core) == 1 else All((*core, whole)), (*spans, (tokens[0].start, tokens[-1].end)))


# Behind "without" these only go on with what is not to help a value to its limit.
_HELP = frozenset(("w", "degree", "event", "or", "and", "comma", "slash", "check", "window", "in", "during", "of", "level", "use", "method", "study", "drug", "proc", "anchor"))


def _without(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Platelets ≥ 100 ×10⁹/L without transfusion": the limit, narrowed by what may not have helped."""
    if len(tokens) < 2 or not _is_limit(tokens[0], context) or not isinstance(tokens[0].value.check, Measurement):
        return None
    at = next((i for i, token in enumerate(tokens) if token.tag == "not"), 0)
    between, tail = tokens[1:at], tokens[at + 1 :]
    if tokens[at].text.casefold() != "without" or not tail or any(token.tag not in ("open", "close", "quantity", "number", "comma", "window") for token in between):
        return None
    widens = context.exclusion and any(token.tag in JOINTS for token in tail)
    if widens or any(token.tag not in _HELP or _is_limit(token, context) for token in tail) or _ALTERNATIVE.search(context.text):
        return None
    if between and not (between[0].tag == "open" and between[-1].tag in ("close", "comma")) and between != [token for token in between if token.tag in ("comma", "window")]:
        return None
    rest = (tokens[1].start, tokens[-1].end)
    return Read(All((tokens[0].value.check, Unread(clean(context.text[rest[0] : rest[1]])))), (*tokens[0].value.spans, rest))


_WHO_MUST = Caseless(r"\s*(?:(?:patients?|subjects?|participants?|individuals?)\s+)?(?:will|must|should|shall|need to|have to|are required to)\s+(?:also\s+)?(?:have|be|show|demonstrate)\b")


def _of_patients(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Type 2 diabetic subjects must have some …, as demonstrated by a C-peptide of at least 1 ng/mL": asked of those who have it."""
    first = tokens[0]
    if context.exclusion or len(tokens) < 3 or first.tag != "check" or not isinstance(first.value.check, Condition) or not _WHO_MUST.match(context.text[first.end :]):
        return None
    rule = limits_needed(tokens[1:], context)
    return Read(When(first.value.check, rule.check), (*first.value.spans, *rule.spans)) if rule is not None else None


def _stands(tokens: Sequence[Token], at: int) -> bool:
    """Whether no word next to a limit belongs to the name of what is measured or to the limit."""
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is not None and (before.tag in ("defined", "with", "of", "and", "comma", "stop") or _HEADED.match(before.text)):
        before = None
    if after is not None and after.tag in ("method", "anchor", "restrict", "defined", "confirmed", "weak"):
        after = None
    if after is not None and _SAID_OF_IT.match(after.text):
        after = None
    return limit_stands(tokens[at], before, after)


_SAID_OF_IT = Caseless(r"(?:assessed|measured|calculated|estimated|determined|evaluated|obtained|documented|confirmed|recorded|performed|tested|result(?:s|ing)?|immediately|using|despite|suggestive|consistent|indicating|refractory|secondary|as)$")


def _is_limit(token: Token, context: Context) -> bool:
    """Whether a token is a limit on a known measure, or several of them joined."""
    if token.tag != "check":
        return False
    found = list(leaves(token.value.check))
    if not all(isinstance(node, All | Any | Measurement) for node in nodes(token.value.check)):
        return False
    return all(isinstance(leaf, Measurement) and context.vocabulary.measure(leaf.term) is not None and bool(leaf.bounds) for leaf in found)


def _rest(tokens: Sequence[Token], limits: Sequence[tuple[int, Token]], context: Context) -> str:
    """The words of the tokens without those of the limits."""
    start, end = tokens[0].start, tokens[-1].end
    said: list[str] = []
    for _, token in limits:
        said.append(context.text[start : token.start])
        start = token.end
    return " ".join((*said, context.text[start:end]))


def _plain(tokens: Sequence[Token], limits: Sequence[Token], context: Context) -> bool:
    """Whether the words around the limits neither turn nor number anything."""
    rest = _rest(tokens, [(0, token) for token in limits], context)
    for window in (token for token in tokens if token.tag in ("window", "anchor", "method")):
        rest = rest.replace(window.text, " ", 1)
    return not _BARS.search(rest) and not re.search(r"[<>≤≥=;/±]|\bor\b", rest, re.IGNORECASE) and not (context.exclusion and re.search(r"[,:]", rest))
