"""Rules for what a treatment was given for, or where, in more words than one name: a setting of the drugs, a state of the irradiation.

"Chemotherapy for metastatic or recurrent lung cancer", "radiotherapy to the mediastinum, lungs or spinal cord".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from matcher.model.language import Ambiguous, Any, Check, Condition, Judgement, Medication, Not, Procedure, Window
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.names import PLACES

TREATING = Caseless(r"(?:treatments?|therap(?:y|ies)|management) (?:for|of)(?: (?:an?|the|any|their|his|her))?")
# Behind "for": whom it is given to, or that it is no more than meant for something.
_NOT_FOR = Caseless(
    r"\b(?:patients?|subjects?|participants?|individuals?|persons?|people|women|men|children|adults?|those|who|which|that|at least|more than|less than|up to|least|within|weeks?|months?|days?|years?|must|should|not|no|without|unless|except\w*|prevent\w*|prophyla\w*|"
    r"history|if|candidates?|eligible|study|trial|other than|such as|including|e\.g|i\.e|scheduled|planned|and/or|risk)\b|[:;<>≥≤()]|\d(?![AB]?\b)"
)


def _given_for(tokens: Sequence[Token], context: Context) -> Found:
    """ "chemotherapy for metastatic or recurrent lung cancer": given in that setting."""
    first, last = tokens[0], tokens[-1]
    treated, disease = first.value, last.value
    at = next((i for i, token in enumerate(tokens) if token.tag == "head"), 1)
    if tokens[at].tag == "head" and not TREATING.fullmatch(tokens[at].text):
        return None
    conditions = [leaf for leaf in leaves(disease.check) if isinstance(leaf, Condition)]
    if len({leaf.window for leaf in conditions}) != 1 or not _of_one_disease([leaf.term for leaf in conditions]) or not all(isinstance(leaf, Condition | Judgement) for leaf in leaves(disease.check)) or isinstance(disease.check, Not | Ambiguous):
        return None
    leaf = conditions[0]
    if leaf.phase not in ("", "active") or leaf.lasting or leaf.other_than or leaf.confirmed_by or (leaf.window is not None and (leaf.window.within is None or leaf.window.beyond is not None)):
        return None
    said = context.text[tokens[at].end : disease.spans[-1][1] if leaf.window is None else last.end]
    timed = _TIMED.search(said) if leaf.window is not None else None
    if leaf.window is not None and timed is None:
        return None
    words = ARTICLES.without(" ".join((said[: timed.start()] if timed is not None else said).split()).strip(" .,"), "")
    if not words or _NOT_FOR.search(words) or len(words.split()) > _LONGEST:
        return None
    return _with(treated, tokens, context, lambda one: _for(one, words), leaf.window)


def _of_one_disease(terms: Sequence[str]) -> bool:
    """Whether names are of one disease and of kinds of it that only go on with its name."""
    shortest = min(terms, key=len)
    return all(term == shortest or term.endswith(f" {shortest}") for term in terms)


_TIMED = Caseless(r",?\s+(?:with)?in\s+(?:the\s+)?(?:(?:last|past|previous|prior|preceding)\s+)?(?:\w+\s+)?(?:days?|weeks?|months?|years?)\b", needs=("in ",))
_LONGEST = 9  # words
ARTICLES = Caseless(r"^(?:(?:the|an?|their|his|her|its)\s+)+")


def _for(one: Medication | Procedure, words: str) -> Medication | Procedure:
    """A treatment given for what the words name."""
    if isinstance(one, Medication) and not one.setting:
        return replace(one, setting=words)
    return replace(one, states=tuple(f"{state} for {words}" for state in one.states) or (f"for {words}",))


_NOUN = Caseless(r"(?:lesions?|fields?|areas?|regions?|sites?|marrow|nodes?|cavity|cord|walls?|tumou?rs?|disease|bed|axis|organs?|body|tissues?|metastas[ei]s|target|ports?|volumes?|skeleton|mantle|neuraxis|clavicles?|diaphragm|mediastinum|hemithorax|primary|side)")
_WHERE = Caseless(r"(?:above|below|over|targeting|involving|encompassing|including|covering|affecting|within|outside|inside)")
_IRRADIATION = Caseless(r"radiotherapy|irradiation|radiosurgery|brachytherapy|chemoradi")


def _in_a_field(tokens: Sequence[Token], context: Context) -> Found:
    """ "radiotherapy to the mediastinum, lungs or spinal cord": irradiation that reached one of these."""
    read: Read = tokens[0].value
    window: Window | None = tokens[-1].value if tokens[-1].tag == "window" else None
    inner = tokens[1:] if window is None else tokens[1:-1]
    facts = list(leaves(read.check))
    if not all(isinstance(leaf, Procedure) and _IRRADIATION.search(leaf.term) and all(" " not in state for state in leaf.states) for leaf in facts) or isinstance(read.check, Ambiguous):
        return None
    if inner[0].tag in ("w", "cmp") and not _WHERE.fullmatch(inner[0].text):
        return None
    if window is not None and (window.within is None or window.beyond is not None or any(isinstance(leaf, Procedure) and leaf.window for leaf in facts)):
        return None
    said = field_said(inner, context)
    if not said:
        return None
    return _with(read, tokens, context, lambda one: replace(one, states=tuple(f"{state} {said}" for state in one.states) or (said,)), window)


_SHARE_SAID = Caseless(r"(?:[<>≥≤]=?|more than|less than|greater than|at least|over|up to)?\s*\d{1,3}\s?%")


def field_said(inner: Sequence[Token], context: Context) -> str:
    """What was irradiated in the words that say so, the preposition among them; "" where they may say something else."""
    runs: list[list[Token]] = [[]]
    for token in inner[1:]:
        if token.tag in JOINTS:
            runs += [[]] if runs[-1] else []
        else:
            runs[-1].append(token)
    if not runs[-1] or not all(map(_names_a_field, runs[:-1], runs[1:])) or not _names_a_field(runs[-1], None):
        return ""
    said = " ".join(context.text[inner[0].start : inner[-1].end].split())
    return said if not _NOT_FOR.search(_SHARE_SAID.without(said, "")) else ""


def is_irradiation(label: str) -> bool:
    """Whether a procedure is one by rays, of which a part of the body says where they went."""
    return _IRRADIATION.search(label) is not None


def _names_a_field(run: Sequence[Token], after: Sequence[Token] | None) -> bool:
    """Whether a member of what is irradiated ends in a part of the body, or is an adjective of the next."""
    last = run[-1].text.casefold().split()[-1]
    if last in PLACES or _NOUN.fullmatch(last):
        return True
    return after is not None and all(token.tag in ("degree", "organ") for token in run)


def _with(read: Read, tokens: Sequence[Token], context: Context, narrowed: Callable[[Medication | Procedure], Medication | Procedure], window: Window | None) -> Found:
    """The treatments so narrowed, the last of a list for certain; in the time behind the words."""
    check = read.check.part if isinstance(read.check, Not) else read.check
    parts = check.parts if isinstance(check, Any) else (check,)
    if tokens[0].text.count("(") != tokens[0].text.count(")") or not all(isinstance(part, Medication | Procedure) and not part.other_than and not (window is not None and part.window is not None) for part in parts):
        return None
    found: list[Check] = []
    for part in parts:
        assert isinstance(part, Medication | Procedure)
        anew = narrowed(part)
        if window is not None:
            anew = replace(anew, window=window)
        if window is not None and isinstance(anew, Medication) and anew.phase == "any":
            anew = replace(anew, phase="")
        found.append(anew if part is parts[-1] or part == anew else Ambiguous((part, anew)))
    whole: Check = found[0] if len(found) == 1 else Any(tuple(found))
    check_ = Not(whole) if isinstance(read.check, Not) else whole
    return check_token(check_, tokens, context, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check_)))


_WORDS = "(w|degree|judge-mod|history|other|or|and|slash|stages|stage|route|current)*"
_END = "(?=stop|semicolon|exceptions|unless|close|$)"
GIVEN_FOR = (
    Rule("given for", f"check (head|for head?) {_WORDS} check {_END}", _given_for, "for head"),
    Rule("irradiated where", "check (to|of|in|at|on|w|cmp) (w|degree|organ|quantity|number|of|or|and|comma|slash|only|measurable|place)+ (window|(?=stop|semicolon|close|exceptions|unless|$))", _in_a_field, "check", ("radi", "brachy")),
)
