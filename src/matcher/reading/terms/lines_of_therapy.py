"""Rules for lines of therapy: how many there were, of what, and in which setting; "therapy" alone is of the cancer spoken of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import All, Ambiguous, Check, Medication, Not
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule, check_token, made
from matcher.reading.grammar.term import Term, term_of
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_COUNTS = {"no": 0, "a": 1, "an": 1, "one": 1, "single": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_SETTING = pattern_of(
    r"(?:for|in)(?: the| their| a)?(?P<words>(?: (?:locally|local|advanced|recurrent|relapsed|refractory|metastatic|unresectable|inoperable|or|and|and/or|/))+)"
    r" (?:disease|setting|stage|cancer|carcinoma|tumou?rs?|malignancy)",
    re.IGNORECASE,
)
_STAGE_WORDS = ("advanced", "recurrent", "relapsed", "refractory", "metasta", "unresectable", "inoperable")
_CANCER = Caseless(
    r"\b(?:cancers?|carcinomas?|malignan\w+|tumou?rs?|neoplas\w+|lymphomas?|leuka?emias?|myelomas?|sarcomas?|\w*blastomas?|melanomas?|gliomas?|mesotheliomas?|metasta\w+|nsclc|sclc|"
    r"advanced disease|advanced setting|locally advanced|unresectable)\b"
)
_ANY_THERAPY = Caseless(r"(?:therap(?:y|ies)|treatments?)(?: for)?")
_AGAINST_CANCER = Caseless(r"anti-?\s?(?:cancer|neoplastic|tumou?r)")
_ANTICANCER = Term("antineoplastic agents")


def setting_said(words: str) -> str:
    """The setting that "for metastatic disease" or "in the locally advanced or metastatic setting" names; "" where it names none."""
    said = _SETTING.fullmatch(" ".join(words.replace("/", " / ").split()))
    return " ".join(said["words"].split()).casefold() if said is not None else ""


def _in_a_setting(tokens: Sequence[Token], context: Context) -> Found:
    """ "chemotherapy for locally advanced or metastatic disease": given in one of these settings, not for each of them."""
    setting = setting_said(context.words(tokens[1:]))
    return made("drug", tokens, context, replace(term_of(tokens[0]), setting=setting)) if setting and not term_of(tokens[0]).setting else None


def _any_therapy(tokens: Sequence[Token], context: Context) -> Found:
    """ "lines of therapy", "systemic treatment for metastatic disease": against the cancer that is spoken of, where one is."""
    behind = tokens[-1].tag == "line"
    said = tokens[-2] if behind else tokens[-1]
    if not (_ANY_THERAPY if said.tag != "w" else _AGAINST_CANCER).fullmatch(said.text) or not _CANCER.search(context.text):
        return None
    routes = [token for token in tokens if token.tag == "route"]
    if any(token.text.casefold() != "systemic" for token in routes):
        return None
    start, end = min(token.start for token in (said, *routes)), tokens[-1].end - len("for") * (said.tag == "head")
    lines = [replace(token, start=start, end=start) if behind and token is tokens[-1] else token for token in tokens if token is not said and token not in routes]
    drug = Token("drug", start, end, context.text[start:end].strip(), _ANTICANCER)
    return [*lines, drug, Token("for", end, said.end, "for")] if said.tag == "head" else [*lines, drug]


def _unnamed(tokens: Sequence[Token], context: Context) -> Found:
    """ "two prior regimens for metastatic disease": of whatever is given against it."""
    line = tokens[-1]
    if _SETTING.match(" ".join(context.text[line.end :].replace("/", " / ").split())) is None:
        return None
    return [*tokens, Token("drug", line.end, line.end, "", _ANTICANCER)]


def _counted(tokens: Sequence[Token], context: Context) -> Found:
    """ "at least two prior lines of chemotherapy": chemotherapy, and the number of lines as it is said where it is not one.

    A number alone is a floor among exclusions; an inclusion may mean just as many.
    """
    drug = next(token for token in tokens if token.tag == "drug")
    received = [token for token in tokens[:1] if token.tag in ("treated", "use")]
    least, most = _bounds(tokens)
    term = term_of(drug)
    named = _NOUN.search(context.words(tokens))
    noun = named["noun"] if named is not None else "drug" if max(least, most or 0) > 1 and _of_a_class(drug, context) else ""
    of_drugs = noun == "drug"
    if most is not None and noun and not (term.examples or term.dose):
        phase = "any" if not of_drugs or _ever(tokens) else "current" if any(token.value == "current" for token in received) else ""
        taken = Medication(term.label, phase, setting=term.setting)
        more = replace(taken, states=(f"in more than {most} {noun}{'s' * (most > 1)}",))
        at_least: list[Check] = [replace(taken, states=(f"in at least {least} {noun}s",) if least > 1 else ())] if least else []
        check: Check = All((*at_least, Not(more))) if at_least else Not(more)
        if of_drugs and received and not (at_least or context.exclusion):
            check = Ambiguous((check, All((taken, check))))  # "taking up to 2": those who take none may be meant, or not
        if context.exclusion and not _under(tokens):
            check = Ambiguous((check, Not(check) if at_least else more))  # a ceiling among exclusions may be a permission
        return check_token(check, tokens, context, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(check)))
    if not least or most is not None:
        return None
    if _alone(tokens) and named is not None and not context.exclusion:
        term = replace(term, counted=f"in {least} {named['noun']}{'s' * (least > 1)}")
    elif least > 1:
        term = replace(term, counted=f"in at least {least} {noun}s" if noun else " ".join(context.words(tokens).split()))
    counted = tokens[len(received) :]
    before = [] if of_drugs and not _ever(tokens) else [Token("history", counted[0].start, counted[0].start, "prior")]
    return [*received, *before, *made("drug", counted, context, term)]


def _ever(tokens: Sequence[Token]) -> bool:
    """Whether it is counted what was given at any time, not what is given at once."""
    return any(token.tag == "history" or token.value == "any" for token in tokens)


def _under(tokens: Sequence[Token]) -> bool:
    """Whether the ceiling is what a treatment has not reached: "fewer than two lines"."""
    return any(op == "<" for op, _ in _limits(tokens))


def _alone(tokens: Sequence[Token]) -> bool:
    """Whether the number stands without a sign: "one prior line", "received two regimens"."""
    said = [token for token in tokens if token.tag in ("quantity", "number", "cmp", "after") or (token.tag == "w" and token.text.casefold() in _COUNTS)]
    return len(said) == 1 and said[0].tag != "quantity" and said[0].text.casefold() not in ("a", "an")


_DRUGS = Caseless(r"(?:drugs|agents|medications|medicines|inhibitors|antagonists|agonists|blockers|modulators|antidepressants|anti-?\s?(?:hypertensives|epileptics|psychotics|convulsants|biotics|diabetics|platelets|coagulants|arrhythmics|emetics|hyperglyc[a]?emics|virals|retrovirals)|nsaids|aeds|oads|tkis|csdmards|bdmards|dmards|biologics|analgesics|opioids|diuretics|statins|psychotropics|benzodiazepines|immunosuppressants|bronchodilators|hypnotics|sedatives|triptans|laxatives|drug|agent|medication|medicine)")


def _of_a_class(drug: Token, context: Context) -> bool:
    """Whether a number of drugs of one class is named, not of the times it was given."""
    words = drug.text.split()
    named = context.vocabulary.treatment(term_of(drug).label)
    return bool(words) and _DRUGS.fullmatch(words[-1]) is not None and named is not None and named.kind == "class"


_NOUN = Caseless(r"\b(?P<noun>regimen|line|course|cycle)s?\b")


def _bounds(tokens: Sequence[Token]) -> tuple[int, int | None]:
    """The least number that a count takes in, 0 where it names none, and the greatest, None where there is no ceiling."""
    least, most = 0, None
    for op, number in _limits(tokens):
        if op in ("≥", ">"):
            least = number + (op == ">")
        elif number > 0:
            most = number - (op == "<")
    return least, most


def _limits(tokens: Sequence[Token]) -> list[tuple[str, int]]:
    """The signs and numbers of a count; a number alone is a floor."""
    op = "≥"
    found: list[tuple[str, int]] = []
    either = [token for token in tokens if token.tag == "number" or (token.tag == "w" and token.text.casefold() in _COUNTS)]
    if len(either) == 2 and not any(token.tag in ("quantity", "cmp", "after") for token in tokens):
        few, many = (int(token.value.low) if token.tag == "number" else _COUNTS[token.text.casefold()] for token in either)
        return [("≥", few), ("≤", many)] if few < many else []
    for token in tokens:
        if token.tag == "range":
            return [("≥", int(token.value.low)), ("≤", int(token.value.high))] if not token.value.unit else []
        if token.tag == "quantity" and not any(bound.unit for bound in token.value):
            return [(bound.op, int(bound.number)) for bound in token.value]
        if token.tag == "number" and token.value.high is None and not token.value.unit:
            found = [(op, int(token.value.low))]
        elif token.tag == "w" and token.text.casefold() in _COUNTS and not found:
            found = [(op, _COUNTS[token.text.casefold()])]
        elif token.tag in ("cmp", "after"):
            op = str(token.value)
            found = [(op, number) for _, number in found]
    return found


_COUNT = "(quantity|(number|w) (or|to|dash) (number|w)|(number|w) after?|cmp (w|number)) comma? (history|degree|of|other)*"
_STAGED = "(for|in) (degree|or|and|slash|comma|event)* (cond|w)"
THERAPY_IN_LINES = (
    Rule("lines of any therapy", f"{_COUNT} line (of|history|route)* (event|head)", _any_therapy, "line"),
    Rule("any therapy in lines", f"{_COUNT} (route (event|w)|event|w) line", _any_therapy, "line"),
    Rule("systemic therapy in a setting", f"route (event (?={_STAGED})|head (?=(degree|or|and|slash|comma)* (cond|w)))", _any_therapy, "route", _STAGE_WORDS),
    Rule("unnamed lines", f"{_COUNT} line (?={_STAGED})", _unnamed, "line", _STAGE_WORDS),
    Rule("setting behind a treatment", f"drug {_STAGED}", _in_a_setting, "drug", _STAGE_WORDS),
)
COUNTED_LINES = (
    Rule("lines of treatment", f"treated? {_COUNT} (line (of)? (history|of)*)+ drug", _counted, "line"),
    Rule("lines behind", f"treated? {_COUNT} drug line", _counted, "line"),
    Rule("at least one treatment", "(treated|use)? (quantity comma?|range|cmp (w|number)|(number|w) after|(number|w) (or|to|dash) (number|w)) (of)? (history|degree|other|current)* (of)? drug", _counted, "drug"),
    Rule("a line of treatment", "line (of)? (?=(history|of|route|degree)* drug)", lambda tokens, context: [], "line"),
)
