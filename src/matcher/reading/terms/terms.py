"""Rules for terms before they are listed: doses, examples, exceptions, words of use, coordinated adjectives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from matcher.model.dates import Span
from matcher.model.language import Allergy, Ambiguous, Bound, Check, Duration, Exempt, Not, Window
from matcher.model.patterns import pattern_of
from matcher.model.trees import all_of, any_of
from matcher.reading.grammar.amounts import Found, span_of
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.grammar.serology import BY_ANTIBODIES, tokens_by_antibodies, tokens_by_results, tokens_by_tests
from matcher.reading.grammar.term import TERM, term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.adjectives import (
    adjectives_of_list,
    either_adjective,
    opposites_together,
    stacked,
    states_together,
)
from matcher.reading.terms.behind_names import BEHIND_NAMES
from matcher.reading.terms.doses import class_dose, with_dose
from matcher.reading.terms.either_time import EITHER_ALLERGY, EITHER_TIME
from matcher.reading.terms.extending import SITE, extends, kind_of
from matcher.reading.terms.made_of import BEFORE_TREATMENTS, MADE_OF
from matcher.reading.terms.names import NAMES, NOT_NAMED
from matcher.reading.terms.shared_nouns import SHARED_NOUNS
from matcher.reading.terms.sharing import SHARING
from matcher.reading.terms.sited import SITED
from matcher.vocabulary import route_of_brand

_USE_NOUNS = frozenset(("use", "usage", "consumption", "supplementation", "preparation", "preparations", "formulation", "formulations", "substitution", "intake", "administration", "injections", "treatment", "therapy", "medication", "medications", "drug", "drugs", "therapies", "treatments", "regimen", "regimens", "drops", "tablet", "tablets", "capsules", "injection", "infusion", "infusions", "exposure", "ingestion", "utilization", "dosing", "pretreatment", "medicine", "medicines", "cream", "patch", "patches", "spray", "acetate", "hydrochloride", "sulfate", "tartrate", "maleate", "mesylate", "fumarate", "succinate", "besylate"))


def _use_noun(tokens: Sequence[Token], context: Context) -> Found:
    """ "statin therapy" is statins."""
    if any(token.text.casefold() not in _USE_NOUNS for token in tokens[1:]):
        return None
    return made("drug", tokens, context, term_of(tokens[0]))


def _on_treatment(tokens: Sequence[Token], context: Context) -> Found:
    """ "on warfarin", "on dialysis": in treatment with it now; "on chest X-ray" is not."""
    if tokens[1].tag == "proc" and not re.search(r"dialysis|ventilation|oxygen|support|transfusion", term_of(tokens[1]).label):
        return None
    return [replace(tokens[0], tag="treated", value="current"), tokens[1]]


def _drug_allergy(tokens: Sequence[Token], context: Context) -> Found:
    """ "penicillin or aspirin allergy"."""
    if any(token.tag == "and" for token in tokens):
        return None
    found: list[Check] = [Allergy(term_of(token).label) for token in tokens if token.tag == "drug"]
    return check_token(any_of(found), tokens, context, ((tokens[0].start, tokens[-1].end),) * len(found))


_REACTIONS = ("allergic disease", "drug allergy", "anaphylaxis", "severe allergic reaction")


_PRODUCT = Caseless(r"(?:investigational|experimental) (?:products?|agents?|medications?|medicinal products?)")
_OF_ANOTHER = Caseless(r"\b(?:an|any|other|another)\W+$")


def _of_another_trial(tokens: Sequence[Token], context: Context) -> Found:
    """ "treatment with an investigational product": one of another trial; "the investigational product" is that of this one."""
    product = tokens[-1]
    if not _PRODUCT.fullmatch(product.text) or not _OF_ANOTHER.ends(context.text, product.start):
        return None
    return [*tokens[:-1], replace(product, tag="drug", value="investigational drugs")]


def _reactions_to(tokens: Sequence[Token], context: Context) -> Found:
    """ "allergic reaction or intolerance to X": both are to X; whether an anaphylaxis is to X as well is not said."""
    named = [token for token in tokens if token.tag == "cond"]
    if any(term_of(token).label not in _REACTIONS for token in named) or any(token.text.casefold() not in ("reaction", "reactions") for token in tokens if token.tag == "w"):
        return None
    if any(term_of(token).label == "anaphylaxis" for token in named):
        return [replace(token, tag="w", value=None) if token in named else token for token in tokens]
    severe = [Token("degree", tokens[0].start, tokens[0].start, "severe", "severe")] if any(term_of(token).label.startswith("severe") for token in named) else []
    return [*severe, *made("allergy", tokens, context, tokens[-1].value)]


def _examples(tokens: Sequence[Token], context: Context) -> Found:
    """A term with examples behind it: the term or any of them."""
    term = term_of(tokens[0])
    named = tuple(token for token in tokens[1:] if token.tag in ("cond", "drug", "proc"))
    if not named or any(token.tag != tokens[0].tag for token in named):
        return None
    if tokens[0].text.casefold().startswith("secondary "):
        return None  # what is named is what it comes of
    widened = any(token.tag == "eg" and token.text.casefold().startswith("includ") for token in tokens)
    if widened and _MADE_UP_OF.search(context.text, tokens[0].end, named[0].start):
        return list(tokens[next(i for i, token in enumerate(tokens) if token is named[0]) :])  # "medications that include steroids" are steroids
    if tokens[0].tag == "proc" and not widened and SITE.search(tokens[0].text) and not all(kind_of(term_of(token).label, term.label, context) for token in named):
        return None
    if tokens[0].tag == "cond" and not widened and not all(extends(term.label, term_of(token).label, context) for token in named):
        return None
    return made(tokens[0].tag, tokens, context, replace(term, examples=(*term.examples, *named)))


_MADE_UP_OF = Caseless(r"\b(?:that|which)\s+includes?\b")


def _exceptions(tokens: Sequence[Token], context: Context) -> Found:
    """ "except X or Y": what is named, known or not, is excepted."""
    groups: list[list[Token]] = []
    group: list[Token] = []
    for token in [*(one for one in tokens[1 if tokens[0].tag != "comma" else 2 :] if one.tag != "except"), None]:
        if token is None or token.tag in ("comma", "or", "and", "slash", "close"):
            if group and not all(one.text.casefold().endswith("ly") for one in group):
                groups.append(group)
                group = []
        elif token.tag != "open":
            group.append(token)
    if any(term_of(one).examples for one in tokens if one.tag in ("cond", "drug", "proc")) or _beyond_exceptions(groups, context):
        return None
    if any(_UNNAMED.fullmatch(context.words(one)) for one in groups) or any(one[0].tag in ("history", "current") for one in groups[1:]):
        return None
    if len(groups) > 1 and any(one[-1].tag == "event" and not any(token.tag in ("cond", "drug", "proc") for token in one) for one in groups):
        return None  # behind "other than the study drug" a list goes on
    if any(_PEOPLE.search(context.words(one)) for one in groups) or _OF_NO_TABLE.match(context.text, tokens[-1].end):
        return None
    exempts = tuple(_exempt(one, groups, context) for one in groups)
    if exempts and exempts[0].state and context.words(groups[0]).startswith(exempts[0].state):
        exempts = tuple(one if one.state else replace(one, state=exempts[0].state) for one in exempts)
    return made("exceptions", tokens, context, exempts) if exempts else None


# What goes on with a list of exceptions and is no drug or disease.
_OF_NO_TABLE = Caseless(r"\s*(?:,|/|or|and)+\s*(?:for\s+)?(?:birth control|contracept\w+)\b")
_EXCEPTIONS = Caseless(r"\W*(?:with\s+)?(?:the\s+)?(?:following\s+)?(?:exceptions?|exclusions?)\s*(?:(?:include|includes|including|are|is|being|of|for)\s*)?\W*")


def _exceptions_named(tokens: Sequence[Token], context: Context) -> Found:
    """ "(exceptions: …)", "with the following exceptions: …", "… Exceptions include …": what is named behind is excepted."""
    if not _EXCEPTIONS.fullmatch(context.words(tokens)) or "exception" not in context.words(tokens).casefold():
        return None
    opened = [token for token in tokens if token.tag == "open"]
    return [*opened, *made("except", [token for token in tokens if token.tag not in ("open", "stop", "comma")], context)]


# What names nothing that could be excepted: "other than the disease (under study)".
_UNNAMED = Caseless(r"(?:the |their |a |an |this |that |those )?(?:study |target |index |primary |current )?(?:diseases?|conditions?|disorders?|cancers?|ones?|those|indication|following)")
_PEOPLE = Caseless(r"\b(?:patients?|subjects?|participants?|individuals?|those|who|women|men)\b")
_OWN_VERB = Caseless(r"\b(?:have|has|had|is|are|was|were)\b(?!\s+(?:been\s+)?(?:\w+ly\s+)?(?:treated|cured|resected|excised|removed|controlled|resolved|managed|undergone|received))")


_FIRST_STAGE = pattern_of(r"(?:(?:for|of|in|the|a)\s+)*(?:stages?|grade|early|low[- ]risk|T[a1is]+)\s+\S+", re.IGNORECASE)


def _beyond_exceptions(groups: Sequence[Sequence[Token]], context: Context) -> bool:
    """Whether the list of exceptions is unclear: a verb begins another clause in it, or a stage before its first name may be said of all."""
    if any(_OWN_VERB.search(context.text[before[-1].end : after[0].start]) for before, after in pairwise(groups)):
        return True
    staged = (_FIRST_STAGE.match(context.words(group)) for group in groups[:-1])
    return any(stage is not None and not _TREATED.fullmatch(stage[0]) for stage in staged)


# What may be said of an excepted disease beside its name: how it was dealt with, which is asked as a state.
_TREATED = Caseless(
    r"(?:adequately|curatively|completely|fully|properly|successfully|definitively|surgically|appropriately|effectively|previously|locally|"
    r"treated|cured|resected|excised|removed|controlled|resolved|managed|with|no|evidence|of|recurrence|disease|without|been|has|have|that|undergone|received|potentially|curative|definitive|therapy|treatment|intent|"
    r"which|was|were|is|are|and|by|surgery|excision|resection|non-invasive|noninvasive|localized|low-risk|stage|grade|\d+|\W)+",
)


_TREATED_FIRST = pattern_of(
    r"(?:(?:adequately|curatively|completely|fully|properly|successfully|definitively|surgically|appropriately|effectively|previously|locally|treated|cured|resected|excised|removed|or|and)\s+)+", re.IGNORECASE
)


def _exempt(group: Sequence[Token], groups: Sequence[Sequence[Token]], context: Context) -> Exempt:
    """One exception: a known name with how it was treated, a name completed from its neighbours, else the words as they stand."""
    named = [token for token in group if token.tag in ("cond", "drug", "proc")]
    rest = [token for token in group if token.tag not in ("cond", "drug", "proc", "of", "in", "for", "history", "route")]
    routes = tuple(str(token.value) for token in group if token.tag == "route") or _of_brand(named)
    said = context.words(rest) if rest else ""
    dose = term_of(named[0]).dose if len(named) == 1 else ()
    if len(named) == 1 and not said and (habit := _habit(named[0], context)):
        return Exempt(habit)
    if len(named) == 1 and len(dose) < 2 and (not said or _TREATED.fullmatch(said)):
        return Exempt(term_of(named[0]).label, routes=routes, dose=dose[0] if dose else None, equivalent=term_of(named[0]).equivalent, state=said)
    if not named and routes and not rest:
        return Exempt(routes=routes)
    words = context.words(group)
    state = said_first[0].strip() if (said_first := _TREATED_FIRST.match(words)) else ""
    bare = words[len(said_first[0]) :] if said_first else words
    at = next(i for i, one in enumerate(groups) if one is group)
    found = _completed(bare, [context.words(one) for one in groups[at + 1 :]], [context.words(one) for one in groups[:at]][::-1], context)
    return Exempt(found, state=state) if found else Exempt(words)


_FORMS = {
    "cream": "topical", "creams": "topical", "gel": "topical", "ointment": "topical", "lotion": "topical", "patch": "transdermal", "patches": "transdermal", "tablet": "oral", "tablets": "oral",
    "capsules": "oral", "infusion": "intravenous", "infusions": "intravenous", "injection": "parenteral", "injections": "parenteral",
}  # fmt: skip


def _of_brand(named: Sequence[Token]) -> tuple[str, ...]:
    """The route that the brand or the form of an excepted drug is bound to: neither Vagifem nor a cream is every estrogen."""
    if len(named) != 1 or named[0].tag != "drug":
        return ()
    route = route_of_brand(named[0].text) or _FORMS.get(named[0].text.casefold().split()[-1])
    return (route,) if route is not None else ()


_OF_HABITS = Caseless(r"\b(?:abuse|dependen\w+|addiction|misuse|use disorders?)\b[^.;]*$")


def _habit(token: Token, context: Context) -> str | None:
    """ "substance dependence other than nicotine": dependence on it is what is excepted."""
    if token.tag != "drug" or not _OF_HABITS.search(context.text[: token.start]):
        return None
    concept = context.vocabulary.condition(f"{term_of(token).label} dependence")
    return concept.label if concept else None


def _completed(words: str, behind: Sequence[str], before: Sequence[str], context: Context) -> str | None:
    """ "basal cell or squamous cell skin cancer": the name that the words make with the end of one behind or the beginning of one before."""
    tails = [(words, part) for other in behind for part in _parts(other, last=True)]
    heads = [(part, words) for other in before for part in _parts(other, last=False)]
    for first, second in (*tails, *heads):
        concept = context.vocabulary.condition(f"{first} {second}")
        if concept is not None:
            return concept.label
    return None


def _parts(name: str, *, last: bool) -> list[str]:
    """The ends or beginnings of a name, the longest first."""
    words = name.split()
    return [" ".join(words[-size:] if last else words[:-size]) for size in (range(min(4, len(words) - 1), 0, -1) if last else range(1, min(5, len(words))))]


_OF_BLOOD = Caseless(r"(?:serolog\w*|serum|blood|laboratory|screen|pcr|rapid|nucleic|acid|nat|molecular|test(?:s|ing)?|elisa|assay|immunoassay|western|blot|diagnostic|confirmatory|antigen)$")


def _of_none(head: Token, named: Sequence[Token], context: Context) -> Found:
    """None of several diseases and their markers."""
    reads = [token.value for token in named if token.tag == "check"]
    if not reads or any(token.tag not in ("check", "comma", "or", "and", "slash") for token in named):
        return None
    return check_token(Not(any_of([read.check for read in reads])), [head, *named], context, tuple(span for read in reads for span in read.spans))


def _of_any(named: list[Token], context: Context) -> list[Token]:
    """The tokens; as one check where several are joined by an "and" among exclusions, which may mean any of them."""
    if not context.exclusion or not any(token.tag == "and" for token in named) or any(token.tag not in ("check", "comma", "and") for token in named):
        return named
    reads = [token.value for token in named if token.tag == "check"]
    check = Ambiguous((all_of([read.check for read in reads]), any_of([read.check for read in reads])))
    return check_token(check, named, context, tuple(span for read in reads for span in read.spans) * 2)


_BY_TEST = Caseless(r"\b(?:test(?:s|ed|ing)?|elisa|(?:rt-?)?q?pcr|(?:immuno)?assay|western blot|screen(?:s|ed|ing)?|nat|antigen|molecular)\b")
_EVER = Caseless(r"\bhistory\s+of\s+(?:an?\s+|any\s+|prior\s+)?$")  # whoever was never tested has no such history


def _positive_for(tokens: Sequence[Token], context: Context) -> Found:
    """ "tested positive for HIV, hepatitis B or hepatitis C": having it; "negative for HIV": not having it."""
    said = str(tokens[0].value)
    at = next(i for i, token in enumerate(tokens) if token.tag == "for")
    if any(token.tag in ("w", "degree") and not _OF_BLOOD.match(token.text) for token in tokens[:at]):
        return None
    named, antibodies = tokens[at + 1 :], BY_ANTIBODIES.search(context.words(tokens[:at])) is not None
    if said == "negative":
        return _of_none(tokens[0], tokens_by_tests(named, context, tokens[0], antibodies=antibodies), context)
    if said != "positive":
        return None
    if antibodies:
        return _of_any(tokens_by_antibodies(named, context, tokens[0]), context)
    tested = _BY_TEST.search(context.text, tokens[0].start, tokens[at].end) and not _EVER.ends(context.text, tokens[0].start)
    return _of_any(tokens_by_results(named, tokens[:at], context), context) if tested else list(named)


def _own_or_family(tokens: Sequence[Token], context: Context) -> Found:
    """ "personal or family history of stroke or epilepsy": of the patient's own, or in the family."""
    if any(token.tag == "and" for token in tokens):
        return None
    head, named = tokens[0], list(tokens[1:])
    joint = Token("or", head.end, head.end, "")
    return [replace(head, tag="history", value=""), *named, joint, replace(head, tag="family", start=named[-1].end, end=named[-1].end), *named]


def _patient_or_family(tokens: Sequence[Token], context: Context) -> Found:
    """ "Patient or sibling with epilepsy": the patient's own, or in the family; whom a criterion begins with is left out of the tokens."""
    relative = next(token for token in tokens if token.tag == "family")
    return [replace(relative, tag="own-or-family", start=tokens[0].start, end=tokens[-1].end)] if _THE_PATIENT.fullmatch(context.text[: tokens[0].start].strip()) else None


_THE_PATIENT = Caseless(r"\W*(?:(?:the|any|all)\s+)*(?:patients?|subjects?|participants?|individuals?|volunteers?|self)")


# Between "unless" and the time: what says that the disease is over.
_OVER = Caseless(
    r"(?:(?:the )?(?:subjects?|patients?|participants?|they|it)\b\s*)?(?:(?:has|have|had|is|are|was|were|been|in|a|state of|complete|full|sustained|stable|clinical|continuous|remission|"
    r"disease[- ]free|cancer[- ]free|tumou?r[- ]free|recurrence[- ]free|free|of|from|disease|recurrence|cancer|no|evidence|without|any|and|treated|curatively|adequately|successfully|"
    r"cured|resolved|recovered|considered|for)\s*)+",
)


def _over(tokens: Sequence[Token], context: Context) -> Found:
    """ "unless in remission for at least 5 years": excepted is what has been over for so long."""
    at = next(i for i, token in enumerate(tokens) if token.tag in ("unless", "except"))
    last = next(token for token in tokens if token.tag in ("lasting", "span", "window"))
    said = context.text[tokens[at].end : last.start].strip()
    span = _least_span(last)
    if span is None or not said or not _OVER.fullmatch(said + " ") or not re.search(r"remission|free|cured|resolved|recovered|recurrence|evidence", said, re.IGNORECASE):
        return None
    return made("exceptions", tokens, context, (Exempt(over_for=span),))


def _least_span(token: Token) -> Span | None:
    """The least length of time that a token names."""
    if token.tag == "lasting":
        duration: Duration = token.value
        return duration.span if duration.op in ("≥", ">") else None
    if token.tag == "window":
        window: Window = token.value
        return window.within if window.beyond is None else window.beyond
    bounds: tuple[Bound, ...] = token.value
    return span_of(bounds[0]) if len(bounds) == 1 and bounds[0].op in ("≥", ">") else None


def _including(tokens: Sequence[Token], context: Context) -> Found:
    """ "including, but not limited to,": one word that gives examples."""
    inner = [token for token in tokens if token.tag == "open"]
    kept = inner if inner and tokens[-1].tag != "close" else []
    return [*kept, *made("eg", tokens, context)]


def _glossed(tokens: Sequence[Token], context: Context) -> Found:
    """ "didanosine (ddI)": letters of the name in brackets behind it say nothing more."""
    short = tokens[2].text
    if not 2 <= len(short) <= 6 or not any(letter.isupper() for letter in short):
        return None
    rest = iter(tokens[0].text.casefold())
    return [tokens[0]] if all(letter in rest for letter in short.casefold()) else None


def _for_several(tokens: Sequence[Token], context: Context) -> Found:
    """ "medication for depression or anxiety": the second disease is what it is given for, too, and asked of nobody by itself."""
    if " for " not in tokens[0].text.casefold():
        return None
    return [*tokens[:-1], replace(tokens[-1], tag="w", value=None)]


_ADJECTIVE = "(history|current|degree|confirmed|only-suspected)"


_NAMES = f"{TERM} ((comma|or|and|slash)+ {TERM})*"


_LOOSE = "(cond|drug|proc|w|of|in|for|degree|route|history|number|current|from|to|stages|on|stable|treated|event|allergy-noun)"


TERMS = (
    Rule("including", "open? eg (comma|open|colon)* eg (close|comma|colon)?", _including, "eg"),
    Rule("over for a time", "comma? open? (unless|except) (if|w|in|of|with|for|not|degree|from|stable|event|history|weak|and|current|cond)* (lasting|span|window) close?", _over, "unless except"),
    Rule("gloss", f"{TERM} open w close", _glossed, "open"),
    Rule("product of another trial", "(use|treated|history|current) other? event", _of_another_trial, "event"),
    *BEHIND_NAMES,
    NOT_NAMED,
    MADE_OF,
    *SHARED_NOUNS,
    *SHARING,
    EITHER_ALLERGY,
    Rule("positive for", "result (level|w|degree)* for cond ((comma|or|and|slash)+ cond)* (?!result)", _positive_for, "result"),
    Rule("patient or relative", "^(or|slash) w? family history?", _patient_or_family, "family"),
    Rule("own or in the family", "own-or-family (degree|other)* cond ((comma|or|and|slash)+ (degree|other)* cond)* (?!comma|or|and|slash)", _own_or_family, "own-or-family"),
    *NAMES,
    *SITED,
    *BEFORE_TREATMENTS,
    Rule("adjectives of a list", f"{_ADJECTIVE} (or|slash) {_ADJECTIVE} cond ((comma|or|slash)+ cond)+", adjectives_of_list, "cond"),
    Rule("adjectives in a row", "(current|degree|not-current|confirmed) (comma (current|degree|confirmed))+ (current|degree|confirmed)* cond", stacked, "comma"),
    Rule("states together", "(?<!degree)(?<!current)(?<!and)(?<!or)(?<!comma)(current|degree) ((comma|and)+ (current|degree))+ cond", states_together, "and"),
    Rule("opposites together", "(?<!degree)(?<!current)(?<!and)(?<!or)(?<!comma)degree and cond", opposites_together, "and"),
    Rule("active, known or suspected", "current comma suspected cond", lambda t, c: [replace(t[2], start=t[0].start), t[3]], "suspected"),
    Rule("adjectives", f"(not-current|not-history|{_ADJECTIVE}) {_ADJECTIVE}* (or|slash) ({_ADJECTIVE}|weak|place)+ (cond|proc)", either_adjective, "cond proc"),
    Rule("earlier or now", "not-history (or|and|slash) current", lambda t, c: [replace(t[0], end=t[2].end)], "not-history"),
    Rule("earlier use or now", "(not-history|history) (or|and|slash) (use|treated)", lambda t, c: [t[0], replace(t[2], value="any")] if t[2].value == "current" else None, "use treated"),
    Rule("same phases", "(not-current|current) (or|and|slash) current", lambda t, c: [t[0]], "current"),
    Rule("given for several", "drug (comma|or|and|slash)+ (degree|other|w)* cond", _for_several, "cond", (" for ",)),
    Rule("noun of use", "drug (event|w|line)+", _use_noun, "drug"),
    Rule("on a treatment", "on (drug|proc)", _on_treatment, "on"),
    Rule("reactions to", "(allergy-noun|cond) w? ((comma|or|and|slash)+ (allergy-noun|cond|degree) w?)* (comma|or|and|slash)+ degree? allergy", _reactions_to, "allergy"),
    Rule("drug allergy", "drug ((comma|or|and|slash)+ drug)* allergy-noun (?!(comma|or|and|slash)* (to|of|with)* drug)", _drug_allergy, "allergy-noun"),
    Rule("examples", f"{TERM} (open eg comma? {_NAMES} (comma|w)* close|comma? eg {_NAMES})", _examples, "eg"),
    Rule("class dose", "drug open quantity (comma|of)* drug (or|comma)* equivalent close", class_dose, "drug"),
    Rule("dose", "drug (dose|of|be|level|at|open)* quantity (of)? ((comma|or)* equivalent)? close?", with_dose, "drug"),
    Rule("dose first", "quantity (of|level|dose)? drug ((comma|or)* equivalent)? (?!(slash|or|and|comma)+drug)", with_dose, "drug"),
    Rule("exceptions named", "(stop|comma|open)? with? w? w (colon|eg colon?|of|for)", _exceptions_named, "colon eg of for", ("exception",)),
    Rule("exceptions", f"comma? (open except|except) (for|of|in)? {_LOOSE}+ ((comma|or|and|slash)+ {_LOOSE}+)* close?", _exceptions, "except"),
    EITHER_TIME,
)
