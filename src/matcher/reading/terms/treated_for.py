"""A treatment named by the disease it is for: "prior treatment for lymphoma", "no therapy for gout".

Which treatment it is was not said; whoever never had the disease had none for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Any, Check, Condition, Not, Statement, Unread, Window
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import JOINTS, TURNS, clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_TREATMENT = Caseless(r"(?:treatments?|therap(?:y|ies)|surger(?:y|ies)|medications?) (?:for|of)(?: (?:an?|the|any|their|his|her))?")
# Words of being treated, before a "for" that names the disease.
_TREATED = Caseless(r"\b(?:treated|hospitali[sz]ed|medications?|drugs?|prescribed|prescriptions?)$", needs=("drug", "treated", "hospitali", "prescribed", "medication", "prescription"))
# With one of these it is not said that anybody is or was treated, or that the patient is.
_VERB = Caseless(r"\b(?:is|are|was|were|be|has|have|had|must|should|shall|will)\b")
_OTHERWISE = Caseless(
    r"\b(?:immuni\w+|vaccinat\w+|exposed|no|not|without|never|candidates?|need\w*|requir\w*|risks?|eligib\w*|ineligib\w*|refus\w*|willing\w*|unwilling\w*|interest\w*|plan\w*|schedul\w*|seek\w*|prevent\w*|prophyla\w*|fail\w*|unless|except\w*|other than|"
    r"famil\w*|donors?|parents?|mothers?|partners?|na[iï]ve|discontinu\w*|stop\w*|must|availab\w*|may|might|can|could|would|appropriate|intend\w*|intention|suitab\w*|indicat\w*|consider\w*|await\w*|refer\w*|trial|study|studies|"
    r"stud(?:y|ies)|standard|propos\w*|anticipat\w*|expect\w*|likely|potential\w*|inadequate\w*|insufficien\w*|lack\w*|delay\w*|declin\w*|cent(?:er|re)s?|clinics?|units?|wards?|programs?|programmes?|services?|specialists?)\b"
)
_DENYING = frozenset(("not", "not-history", "not-current", "never"))
# No diseases that a treatment for them shows to be there.
_AIMS = frozenset(("weight loss", "weight gain", "disease", "symptom", "pregnancy", "infertility", "contraception", "smoking cessation", "menopause", "syndrome", "injury", "complication"))


def treated_for(tokens: Sequence[Token], context: Context) -> Read | None:
    """What a treatment for a disease needs: the disease, with all the words unread; None where the words say something else."""
    at = _head(tokens, context)
    if at is None:
        return _treatment_behind(tokens, context)
    before, behind = tokens[:at], [token for token in tokens[at + 1 :] if token.tag != "stop"]
    denying = [token for token in before if token.tag in _DENYING]
    if len(denying) > 1 or (denying and (context.exclusion or before[0] is not denying[0])) or not behind or behind[0].tag != "check":
        return None
    if any(token.tag in ("check", "cond", "number", "cmp", "comma", "quantity", "range", "line", "except", "exceptions", "unless", "if", "allowed", "excluded") for token in before) or _OTHERWISE.search(_said(before[len(denying) :], context)):
        return None
    rest = context.text[behind[0].end : behind[-1].end]
    if any(token.tag in (*JOINTS, *TURNS, "open", "colon", "semicolon", "if", "judge", "consent") for token in behind[1:]) or _OTHERWISE.search(rest) or _VERB.search(rest):
        return None
    read: Read = behind[0].value
    named = read.check.parts if isinstance(read.check, Any) else (read.check,)
    if not all(isinstance(part, Condition) and part.term not in _AIMS for part in named):
        return None
    had: tuple[Check, ...] = tuple(_had(leaf) for leaf in leaves(read.check) if isinstance(leaf, Condition))
    disease = had[0] if len(had) == 1 else Any(had)
    whole = (tokens[0].start, behind[-1].end)
    windows = {leaf.window for leaf in leaves(read.check) if isinstance(leaf, Condition)}
    present = any(leaf.phase == "active" for leaf in leaves(read.check) if isinstance(leaf, Condition)) and not any(token.tag in ("current", "not-current") for token in tokens[:at])
    bare = not rest.strip(" .;,") and len(windows) == 1 and not present and all(leaf == Condition(leaf.term, leaf.phase, window=leaf.window) for leaf in leaves(read.check) if isinstance(leaf, Condition))
    asked = None if not bare else _asked([*(one for one in denying if one.tag == "not-current"), *before[len(denying) :]], tokens[at], [leaf.term for leaf in had if isinstance(leaf, Condition)], next(iter(windows)))
    needed = All((disease, asked or Unread(clean(context.text[slice(*whole)]))))
    return Read(Not(needed) if denying else needed, (*read.spans, *((whole,) * sum(1 for _ in leaves(needed.parts[1])))))


# What is done for a disease, in the word in which every trial asks for it.
_DONE = (
    (Caseless(r"(?:treatments?|therap(?:y|ies)|treated|management)\b"), "treated for"), (Caseless(r"surger(?:y|ies)\b"), "surgery for"),
    (Caseless(r"(?:medications?|drugs?|prescriptions?|prescribed)\b"), "medication for"), (Caseless(r"hospitali[sz]ed\b"), "hospitalized for"),
)
_GOING_ON = Caseless(r".*current|concomitant|ongoing|receiving|undergoing|taking|under\b|on\b|being\b")
_SAYS_WHEN = frozenset(("history", "current", "weak", "use", "treated", "event", "not-history", "not-current", "_", "other", "route"))


def _asked(before: Sequence[Token], head: Token, terms: Sequence[str], window: Window | None) -> Check | None:
    """Whether somebody was, or is, treated for a disease, as a statement that many trials ask; None where more is said of the treatment."""
    said = before[-1] if head.tag == "for" and before else head
    done = next((words for pattern, words in _DONE if pattern.match(said.text)), None)
    if done is None or any(token.tag not in _SAYS_WHEN and token.text.casefold() not in ("being", "been", "treated", "being treated") for token in before):
        return None
    if window is not None and (window.within is None or window.beyond is not None):
        return None
    ways = [*dict.fromkeys("other" if token.tag == "other" else str(token.value) for token in before if token.tag in ("other", "route"))]
    if len(ways) > 2 or (ways and done != "treated for"):
        return None
    when = f" within {window.within.number:f} {window.within.unit}{'s' * (window.within.number != 1)}" if window is not None and window.within is not None else ""
    now = "currently " if not any(token.tag in ("history", "not-history") for token in before) and any(token.tag in ("current", "not-current") or (done == "treated for" and _GOING_ON.match(token.text)) for token in before) else ""
    how = f"given {' '.join(ways)} treatment for" if ways else f"{now if not when else ''}{done}"
    return any_of([Statement(f"{how} {term}{when}") for term in terms])


_NOUN = Caseless(r"(?:treatments?|therap(?:y|ies)|medications?|drugs?)")


def _treatment_behind(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "prior gout treatment", "cardiovascular disease medication"."""
    rest = [token for token in tokens if token.tag != "stop"]
    if not context.exclusion or len(rest) < 2 or rest[-1].tag != "event" or not _NOUN.fullmatch(rest[-1].text) or rest[-2].tag != "check" or any(token.tag not in ("history", "current", "use", "treated", "weak") for token in rest[:-2]):
        return None
    read: Read = rest[-2].value
    named = read.check.parts if isinstance(read.check, Any) else (read.check,)
    if not all(isinstance(part, Condition) and part.term not in _AIMS for part in named) or len({part.term for part in named if isinstance(part, Condition)}) > 1:
        return None
    disease = next(_had(part) for part in named if isinstance(part, Condition))
    whole = (rest[0].start, rest[-1].end)
    return Read(All((disease, Unread(clean(context.text[slice(*whole)])))), (read.spans[0], whole))


def _said(tokens: Sequence[Token], context: Context) -> str:
    return context.words(tokens) if tokens else ""


def _head(tokens: Sequence[Token], context: Context) -> int | None:
    """Where the words end that name a treatment up to the disease: "prior treatment for", "currently treated for"."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "head"), None)
    if at is not None:
        return at if _TREATMENT.fullmatch(tokens[at].text) else None
    at = next((i for i, token in enumerate(tokens) if token.tag == "for"), None)
    return at if at and _TREATED.search(context.words(tokens[:at])) else None


def _had(disease: Condition) -> Condition:
    """The disease at any time, whatever is said of when and how it was treated; a suspected one stays suspected."""
    return replace(disease, phase="suspected" if disease.phase == "suspected" else "history", states=(), stages=(), other_than=(), window=None, lasting=None, confirmed_by=())
