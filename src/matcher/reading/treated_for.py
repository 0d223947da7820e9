"""A treatment named by the disease it is for: "prior treatment for lymphoma", "no therapy for gout".

Which treatment it is was not said; whoever never had the disease had none for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Any, Check, Condition, Not, Unread
from matcher.model.trees import leaves
from matcher.reading.caseless import Caseless
from matcher.reading.pieces import clean
from matcher.reading.rules import Context, Read
from matcher.reading.tokens import Token

_TREATMENT = Caseless(r"(?:treatments?|therap(?:y|ies)|surger(?:y|ies)|medications?) (?:for|of)(?: (?:an?|the|any|their|his|her))?")
_BEFORE = frozenset(("history", "current", "treated", "use", "weak", "route", "other", "of", "for", "with", "investigational", "have", "or", "and", "slash", "be", "setting"))
# Words of being treated, before a "for" that names the disease.
_TREATED = Caseless(r"\b(?:treated|hospitali[sz]ed|medications?|drugs?|prescribed|prescriptions?)$")
_WORD = Caseless(r"(?:treated|hospitali[sz]ed|medications?|drugs?|prescribed|prescriptions?|diagnosed|ever|currently|being|been|using|taking|used|medical|pharmacological|pharmacologic|chronic|regular|daily|any|oral|systemic)")
_DENYING = frozenset(("not", "not-history", "not-current", "never"))
# No diseases that a treatment for them shows to be there.
_AIMS = frozenset(("weight loss", "weight gain", "disease", "symptom", "pregnancy", "infertility", "contraception", "smoking cessation", "menopause", "syndrome", "injury", "complication"))


def treated_for(tokens: Sequence[Token], context: Context) -> Read | None:
    """What a treatment for a disease needs: the disease, with all the words unread; None where the words say something else."""
    at = _head(tokens, context)
    if at is None:
        return None
    before, behind = tokens[:at], [token for token in tokens[at + 1 :] if token.tag != "stop"]
    denying = [token for token in before if token.tag in _DENYING]
    if any(token.tag not in _BEFORE and not _WORD.fullmatch(token.text) for token in before if token not in denying) or len(denying) > 1 or len(behind) != 1 or behind[0].tag != "check":
        return None
    if denying and (context.exclusion or before[0] is not denying[0]):
        return None
    read: Read = behind[0].value
    named = read.check.parts if isinstance(read.check, Any) else (read.check,)
    if not all(isinstance(part, Condition) and part.term not in _AIMS for part in named):
        return None
    had: tuple[Check, ...] = tuple(_had(leaf) for leaf in leaves(read.check) if isinstance(leaf, Condition))
    disease = had[0] if len(had) == 1 else Any(had)
    whole = (tokens[0].start, behind[0].end)
    needed = All((disease, Unread(clean(context.text[slice(*whole)]))))
    return Read(Not(needed) if denying else needed, (*read.spans, whole))


def _head(tokens: Sequence[Token], context: Context) -> int | None:
    """Where the words end that name a treatment up to the disease: "prior treatment for", "currently treated for"."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "head"), None)
    if at is not None:
        return at if _TREATMENT.fullmatch(tokens[at].text) else None
    at = next((i for i, token in enumerate(tokens) if token.tag == "for"), None)
    return at if at and _TREATED.search(context.words(tokens[:at])) else None


def _had(disease: Condition) -> Condition:
    """The disease at any time, whatever is said of when and how it was treated."""
    return replace(disease, phase="history", states=(), stages=(), other_than=(), window=None, lasting=None, confirmed_by=())
