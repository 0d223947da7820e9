"""Rules for what somebody is allergic to, by the names that the text gives: "allergy to X, its excipients or egg protein".

A substance that the vocabulary does not know is asked for by its own name; a record of no allergies at all answers it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Check,
    Not,
    Statement,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.members import BARE, Frame, Member, leaf_of
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.grammar.splitting import cut
from matcher.reading.grammar.term import term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_LONGEST = 11  # words of a name
# Words that make more of a group than the name of a substance.
_SAYS = Caseless(
    r"\b(?:that|which|who|whom|whose|is|are|was|were|be|been|being|has|have|had|will|would|may|might|can|could|should|must|if|when|while|unless|except\w*|but|not|no|without|other than|"
    r"within|after|before|during|following|since|until|prior|previous\w*|history|current\w*|require\w*|requiring|prevent\w*|preclud\w*|interfer\w*|caus\w*|resulting|defined|including|such as|"
    r"pregnan\w*|breast\w*|lactat\w*|nursing|unable|inability|unwilling\w*|participat\w*|enrol\w*|use|using|taking|receiving|undergo\w*|known|suspected|presence|evidence|diagnos\w*|abuse|planned|planning|"
    r"contraindicat\w*|women|men|patients?|subjects?|participants?|any of the following|following|these|at any time|day|days|weeks?|months?|years?|life|death|serious|severe|active(?!\s+(?:substances?|ingredients?|compounds?|principles?|components?|moiety|molecules?|pharmaceutical|drugs?|agents?|constituents?))|uncontrolled|chronic|acute|disease|disorders?|infection|surgery)\b",
)
# What a group begins with that goes on with the list of substances.
GOES_ON = Caseless(r"(?:to\s+)?(?:any|the|its|their|his|other|another|all|one|some|either|related|similar|chemically|structurally|closely)\b")
SUBSTANCE = Caseless(
    r"\b(?:components?|ingredients?|excipients?|constituents?|products?|drugs?|medications?|medicines?|agents?|compounds?|class(?:es)?|preservatives?|vaccines?|eggs?|latex|foods?|metals?|nickel|adhesives?|tapes?|antibod\w+|proteins?|"
    r"formulations?|contrast|an?esthetics?|antibiotics?|derivatives?|analogu?e?s?|treatments?|therap\w+|substances?|materials?|solutions?|media|dyes?|milk|soy\w*|peanuts?|nuts?|fish|shellfish|gluten|lactose|iod\w+|cremophor\w*|"
    r"polysorbate\w*|polyethylene|PEG|mannitol|gelatin|yeast|tapes?|plasters?|silicone|cells?|inhibitors?|analgesics?|relatives?|metabolites?|inactive|chemicals|acid|salts?|oils?|toxins?|sulf\w+|sulph\w+|additives?|devices?|implants?|tubing|steel|titanium|alloys?|cobalt|chromium|venoms?|wheat|citrus|fruits?|berr(?:y|ies))\b",
)


_REACTION = Caseless(r"(?:reactions?|responses?|idiosyncrasy|idiosyncratic|attributed|known|suspected|(?:pseudo)?allergic|anaphylactic|immediate)")
_SEVERE = Caseless(r"(?:severe|serious|major|life[- ]threatening|significant)")
# Nouns of a head that are none by themselves: "sensitivity or allergy to".
_ALIKE = Caseless(r"(?:hyper)?sensiti(?:vit(?:y|ies)|[sz]ation|ve)|hyper-?sensibility|intoleran\w+|allerg\w+|anaphyla\w+|sensitised|sensitized")
_ALLERGIES = ("allergic disease", "drug allergy", "anaphylaxis", "severe allergic reaction", "hypersensitivity")


def _headed(tokens: Sequence[Token], context: Context) -> Found:
    """ "allergy, intolerance or allergic reaction to": one head, with what stands behind it."""
    at = next(i for i, token in enumerate(tokens) if token.tag in ("to", "allergy"))
    head = [token for token in tokens[:at] if token.tag not in (*JOINTS, "weak", "history", "suspected")]
    if any(token.tag == "cond" and term_of(token).label not in _ALLERGIES for token in head):
        return None
    if any(token.tag in ("w", "degree") and not (_REACTION.fullmatch(token.text) or _SEVERE.fullmatch(token.text) or _ALIKE.fullmatch(token.text)) for token in head):
        return None
    if len(head) > 1 and any(token.tag == "degree" and _SEVERE.fullmatch(token.text) for token in head[1:]):
        return None  # whether all of them are severe is not said
    if tokens[at].tag == "allergy" and any(token.tag == "degree" or (token.tag == "cond" and term_of(token).label.startswith(("severe", "anaphyl"))) for token in tokens[:at]):
        return None
    label = next((term_of(token).label for token in head if token.tag == "cond"), "")
    if label == "anaphylaxis" and len(head) > 1 and not any(token.tag == "degree" for token in head):
        return None
    severe = [Token("degree", tokens[0].start, tokens[0].start, "severe", "severe")] if label.startswith(("severe", "anaphyl")) and head[0].tag == "cond" else []
    first = 1 if tokens[0].tag == "degree" and _SEVERE.fullmatch(tokens[0].text) else 0
    return [*severe, *tokens[:first], *made("allergy", tokens[first : at + 1], context, "")]


_REACTED = ("severe allergic reaction", "allergic disease", "hypersensitivity", "drug allergy")
_KIND_OF_REACTION = Caseless(r"\([^()]*\b(?:allerg|anaphyla|reaction|angio-?edema)[^()]*\)")


def _aside(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypersensitivity (including anaphylaxis) to X": the brackets only say what reactions are meant too."""
    if tokens[0].tag == "cond" and term_of(tokens[0]).label not in _REACTED:
        return None
    return [tokens[0]] if _KIND_OF_REACTION.fullmatch(context.words(tokens[1:])) else None


def _substances(tokens: Sequence[Token], context: Context) -> Found:
    """ "hypersensitivity to X, any of its excipients or Y": to each by its name; the known ones alone are a list of their own."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "allergy")
    end = max(i for i, token in enumerate(tokens) if token.tag not in (*JOINTS, "to", "of", "with")) + 1
    if tokens[at].text.casefold().startswith("sensitiv") and _OF_WHAT.search(context.text[: tokens[at].start]):
        return None
    denied = tokens[0].tag in ("not", "not-history")
    if denied and context.exclusion:
        return None
    said = _SIMILAR.match(context.text[tokens[at].end :])
    groups, joints = ([list(tokens[at + 1 : end])], set[str]()) if said is not None else _groups(tokens[at + 1 : end])
    before = [token for token in tokens[:at] if token.tag in ("degree", *JOINTS)]
    if any(token.tag in JOINTS for token in before) and not all(_REACTION.fullmatch(token.text) for token in before if token.tag == "degree"):
        return None
    if not groups or end <= at + 1 or all(len(group) == 1 and group[0].tag == "drug" for group in groups):
        return None
    starts = [tokens[at].end, *(_end_before(group[0], tokens) for group in groups[1:])]
    named = [_named(group, start, i, context) for i, (group, start) in enumerate(zip(groups, starts, strict=True))]
    if any(check is None for check in named):
        return None
    named = _of_the_trial(named)
    degrees = [token for token in tokens[:at] if token.tag in ("degree", "judge-mod") and not _REACTION.fullmatch(token.text)]
    checks = [_stated(check, degrees) for check in named if check is not None]
    found: Check = any_of(checks)
    if len(checks) > 1 and "and" in joints and "or" not in joints and context.exclusion:
        found = Ambiguous((All(tuple(checks)), found))
    found = Not(found) if denied else found
    places = [(tokens[0].start if i == 0 else group[0].start, group[-1].end) for i, group in enumerate(groups)]
    spans = tuple(place for place, check in zip(places, checks, strict=True) for _ in range(_size(check)))
    return [*check_token(found, tokens[:end], context, spans * (2 if isinstance(found, Ambiguous) else 1)), *tokens[end:]]


def _of_the_trial(named: Sequence[Check | None]) -> list[Check | None]:
    """The drugs beside their excipients are those of the trial: "hypersensitivity to drugs or excipients"."""
    if not any(isinstance(one, Allergy) and _PARTS_OF_DRUGS.fullmatch(one.term) for one in named):
        return list(named)
    return [Allergy("study drug") if isinstance(one, Allergy) and _DRUGS.fullmatch(one.term) else one for one in named]


_DRUGS = pattern_of(r"(?:drugs?|medications?|medicines?)", re.IGNORECASE)
_PARTS_OF_DRUGS = pattern_of(r"(?:(?:any|of|its|their|the|or|other)\s+)*(?:excipients?|ingredients?|components?)", re.IGNORECASE)

# "Temperature sensitivity to…" is none to a substance.
_OF_WHAT = pattern_of(r"\b(?!known|suspected|prior|severe|significant|or|and|of|a|an|any|with|have|has)[A-Za-z]+ $", re.IGNORECASE)
# A compound like another one is named with it, as one thing.
_SIMILAR = Caseless(r"\s*(?:any\s+)?(?:compounds?|agents?|drugs?)\s+(?:of|with)\s+(?:a\s+)?similar\s+[\w/, ]{4,40}?\s+(?:to|as)\s+[^;.]{3,110}\.?\s*$")


def _end_before(token: Token, tokens: Sequence[Token]) -> int:
    """Where what stands before a token ends: the words between belong to the token's name."""
    at = next(i for i, one in enumerate(tokens) if one is token)
    return tokens[at - 1].end


def _size(check: Check) -> int:
    return sum(map(_size, check.parts)) if isinstance(check, All | Any) else 1


def _groups(tokens: Sequence[Token]) -> tuple[list[list[Token]], set[str]]:
    """The names between joints, brackets kept with the name before them; and the joints."""
    groups, joints = cut(tokens, JOINTS)
    found: list[list[Token]] = []
    for group in groups:
        if not group or AND_SO_ON.fullmatch(group[0].text):
            continue
        if found and _ADJECTIVE.fullmatch(found[-1][-1].text) and not SUBSTANCE.search(found[-1][-1].text) and found[-1][-1].tag in ("w", "degree"):
            found[-1] += group  # "chimeric or humanized antibodies"
        else:
            found.append(group)
    return found, joints


AND_SO_ON = Caseless(r"etc\W*")
# "Two or more drugs" is a number of substances, and none of them.
SO_MANY = Caseless(r"(?:two|three|four|five|several|multiple|many|numerous|more|\d+ or more)\b(?! ?-)")
_ADJECTIVE = Caseless(r"(?:\w+(?:ic|ed|ous)|human|murine|oral|local|natural|topical|chemical)")
_BRACKET = pattern_of(r"\s*[(\[][^()\[\]]*[)\]]")


def _named(group: Sequence[Token], start: int, place: int, context: Context) -> Check | None:
    """An allergy to what one group names; None where it names no substance, or says more."""
    bare = [token for token in group if token.tag not in ("to", "of", "other", "weak")]
    drugs = [token for token in bare if token.tag == "drug"]
    if len(bare) == 1 and drugs:
        return leaf_of(Member(drugs[0], term_of(drugs[0]), BARE), Frame("allergy"))
    words = _TO.sub("", " ".join(context.text[start : group[-1].end].split()).strip(" ,/"))
    plain = _BRACKET.sub("", words)
    lead = _LEADS.match(words)
    told = context.vocabulary.treatment(words[lead.end() :].rstrip(" )")) if lead is not None else None
    if told is not None:
        return Allergy(told.label)
    words = _OTHER.sub("", words) if place else words
    similar = _SIMILAR.match(words) is not None
    if SO_MANY.match(plain):
        return None
    if (len(plain.split()) > _LONGEST and not similar) or len(plain) < 3 or (_SAYS.search(plain) and not similar) or words.count("(") != words.count(")") or any(_is_amount(token) for token in group):
        return None
    if place and not (GOES_ON.match(words) or group[0].tag == "to" or SUBSTANCE.search(plain) or _is_a_name(bare)):
        return None
    return Allergy(words)


_OTHER = pattern_of(r"^(?:any )?other ", re.IGNORECASE)
# "The active substance prasugrel", "the study drug (lithium)", "AB-1234 (lithium)": the drug that stands behind.
_LEADS = Caseless(r"(?:the\s+)?(?:active\s+(?:drug\s+)?(?:substances?|ingredients?|principles?|compounds?|components?)|(?:study|trial|investigational)\s+(?:drugs?|medications?|agents?|products?|treatments?)|(?:[a-z]{1,4}[- ]?)?\d[\da-z-]{2,}(?=\s*\())\s*[,:]?\s*\(?")
_TO = pattern_of(r"^(?:(?:to|of|or|and)\s+)+", re.IGNORECASE)


def _is_amount(token: Token) -> bool:
    labelled = token.tag == "number" and _ISOTOPE.fullmatch(token.text) is not None
    return token.tag in ("quantity", "cmp", "window", "check", "range") or (token.tag == "number" and bool(token.value.unit) and not labelled)


_ISOTOPE = pattern_of(r"\d{1,3}[A-Z][a-z]?m?")  # "18F" is no temperature in the name of a substance


def _is_a_name(tokens: Sequence[Token]) -> bool:
    """Whether a group is one word, or words in capitals, as substances are written."""
    return all(token.tag in ("w", "drug", "number", "dash") for token in tokens) and (len(tokens) == 1 or all(token.text[:1].isupper() or token.text.isdigit() for token in tokens))


def _stated(check: Check, degrees: Sequence[Token]) -> Check:
    """An allergy in the degree that stands before it, which no list of allergies records."""
    if not degrees or not isinstance(check, Allergy):
        return check
    return all_of([check, Statement(f"{' '.join(token.text for token in degrees)} allergy to {check.term}")])


_NAME = "(w|drug|current|measure|proc|to|of|other|event|study|organ|open|close|slash|comma|or|and|dash|level|number|place|degree|route|device|food|weak|plus|minor|behind|eg|ie|quote|in|included)"
_BEHIND = "(?=(comma|or|and)* (stop|semicolon|check|history|cond|use|treated|not|$))"
ALLERGIES = (
    Rule("reaction told in brackets", "(allergy-noun|cond) open (w|cond|history|of|to|weak|eg|ie|degree|allergy-noun|comma|or|and|slash)+ close (?=to)", _aside, "allergy-noun cond"),
    Rule("head of allergies", "(degree (or|slash|comma)+)* degree? (allergy-noun|cond) w* ((comma|or|and|slash)+ degree? (allergy-noun|cond) w*)* to", _headed, "allergy-noun cond"),
    Rule("heads of allergies", "((allergy-noun|cond|w) w* (comma|or|and|slash)+ (weak|history|suspected)*)+ allergy", _headed, "allergy"),
    Rule("substances", f"(not|not-history)? (history|weak|degree|judge-mod|current|suspected|with)* (degree (or|slash|comma)+)* degree? allergy {_NAME}+ {_BEHIND}", _substances, "allergy"),
)
