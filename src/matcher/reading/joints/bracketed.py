"""A bracket at the end of a segment that was not read: what it may do to the facts before it.

Among exclusions a bracket that lets some in, or says how a fact is found, can only narrow: without the fact nobody is
excluded. Among inclusions one that says how a fact is found narrows too, and one that lets more in widens: with the fact
the requirement is met. A bracket that names, defines, limits or counts is left to other rules.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Age, Ambiguous, Any, Measurement, Not
from matcher.model.trees import leaves
from matcher.reading.certain.kept import DECIDED
from matcher.reading.certain.narrowing import restricted
from matcher.reading.grammar.pieces import LOOSE, nodes, unread
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# What lets more people in.
_LETS_IN = Caseless(
    r"\b(?:(?:is|are|be|remain|considered|still|also)\s+(?:eligible|allowed|allowable|permitted|permissible|acceptable|accepted|tolerated|exempt\w*)|"
    r"not (?:be )?(?:included|excluded|considered|counted|exclusionary|an exclusion)|(?:not |never )(?:a )?(?:reason|criteri\w+)|except\w*|with the exception|unless|(?:may|can|could) (?:be (?:included|enrol\w+|eligible|considered|admitted)|participate|enrol\w*|enter)|"
    r"permissible to|excluding)\b"
)
# Behind these something else counts as well, or is asked of some.
_COUNTS_TOO = Caseless(r"\b(?:also|even|including|includes?|as well|must|should|shall|required?|requires|only|at least|i\.?e|e\.?g|such as|ineligible)\b|(?<!not )\b(?:included|excluded)\b(?! from)")
# How a fact is found, since when it is there, or what does not help it.
_SAYS_HOW = Caseless(
    r"(?:(?:as )?(?:evaluated|measured|assessed|determined|calculated|confirmed|documented|diagnosed|detected|indicated|evidenced|demonstrated|shown|verified|estimated|corrected|established|judged|rated)\s+(?:by|with|using|on|in|at|from|via|through|according)|"
    r"based (?:up)?on|according to|as per|per|using|by means of|via|(?:not )?controlled (?:with|by)|not responsive to|unresponsive to|refractory to|started|requiring|caused by|due to|secondary to|since|"
    r"without|no (?:transfusion|growth|colony|g-?csf|blood|platelet|medication|drug|support|treatment|therapy))\b"
)
_WITHOUT = Caseless(r"\(?\s*(?:without|no|not)\b")
_OF_SOME = Caseless(r"\b(?:if|when|where|in (?:patients|subjects|participants|case|those|women|men)|for (?:patients|subjects|participants|those|women|men)|or|cohorts?|arms?|groups?|parts?)\b")
_AMOUNTS = frozenset(("quantity", "range", "cmp", "multiple", "uln", "lln", "measure", "bp", "panel"))


def with_bracket(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """The facts before a bracket, narrowed or widened by it; None where its part is unclear."""
    at = _opening(tokens, context)
    if not at:
        return None
    bracket = [token for token in tokens[at:] if token.tag not in LOOSE]
    said = context.words(tokens[at:])
    lets_in = _LETS_IN.search(said) is not None and not _COUNTS_TOO.search(said)
    says_how = bool(bracket) and _SAYS_HOW.match(context.text, bracket[0].start) is not None and not any(token.tag in ("eg", "ie") for token in bracket)
    if not (lets_in or says_how):
        return None
    fact = read(tokens[:at], context)
    if not _is_certain(fact):
        return None
    words = unread(context, tokens[at].start, tokens[-1].end)
    if context.exclusion:
        return restricted(fact, words.check, *words.spans) if not _limits(bracket) else None
    if lets_in:
        return Read(Any((fact.check, words.check)), (*fact.spans, *words.spans)) if not _limits(bracket) else None
    narrows = not _OF_SOME.search(said) and (not _limits(bracket) or _WITHOUT.match(said))
    return restricted(fact, words.check, *words.spans) if narrows else None


def _opening(tokens: Sequence[Token], context: Context) -> int:
    """Where the only bracket of the outermost level opens, if nothing stands behind it; 0 where there is none such."""
    depth, at = 0, 0
    for i, token in enumerate(tokens):
        if token.tag == "open":
            if not depth and at:
                return 0
            at = at if depth else i
            depth += 1
        elif token.tag == "close":
            depth -= 1
        elif at and depth <= 0 and token.tag not in LOOSE:
            return 0
    closed = depth <= 0 or (depth == 1 and context.text[tokens[-1].end :].lstrip().startswith(")"))  # a rule may have taken the sign with the words before it
    return at if closed else 0


def _is_certain(fact: Read) -> bool:
    found = nodes(fact.check)
    return any(isinstance(leaf, DECIDED) for leaf in leaves(fact.check)) and not any(isinstance(node, Ambiguous) for node in found) and not any(isinstance(node, Not) for node in found[1:])


def _limits(bracket: Sequence[Token]) -> bool:
    """Whether a limit stands in a bracket, which may hold for some or say what is meant."""
    return any(token.tag in _AMOUNTS or (token.tag == "check" and any(isinstance(leaf, Age | Measurement) for leaf in leaves(token.value.check))) for token in bracket)
