"""Rules for what stands around a term: sets of criteria, findings, places, durations; and the lists themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    Bound,
    Check,
    Condition,
    Duration,
    Measurement,
    Medication,
    Not,
    Procedure,
    Statement,
    Unread,
    Window,
)
from matcher.model.trees import any_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.grammar.term import term_of
from matcher.reading.joints.entries import ITEM, TAILS, any_listed, listed
from matcher.reading.joints.graded import GRADED
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.allergies import ALLERGIES, SO_MANY
from matcher.reading.terms.changes import CHANGES
from matcher.reading.terms.courses import COURSES
from matcher.reading.terms.given_for import GIVEN_FOR, field_said, is_irradiation
from matcher.reading.terms.standing_by import SIDE_BY_SIDE


def _long_ago(tokens: Sequence[Token], context: Context) -> Found:
    """ "more than 4 weeks since prior chemotherapy": none within 4 weeks; "at least" leaves the last day itself open.

    Among exclusions it is most often a requirement in the wrong place: both readings stand.
    """
    bounds: tuple[Bound, ...] = tokens[0].value
    check = tokens[-1].value.check
    parts = check.parts if isinstance(check, Any) else (check,)
    if len(bounds) != 1 or bounds[0].op not in (">", "≥") or not all(_bare_treatment(part) for part in parts):
        return None
    span = Span(bounds[0].number, bounds[0].unit.rstrip("s"))
    if bounds[0].op == "≥":
        days = {"day": 1, "week": 7}.get(span.unit, 0) * span.number
        if days < 2 or days != int(days):
            return None
        span = Span(days - 1, "day")
    narrowed = [replace(part, window=Window(span), phase="") if isinstance(part, Medication) else replace(part, window=Window(span)) for part in parts]
    inner: Check = narrowed[0] if len(narrowed) == 1 else Any(tuple(narrowed))
    if context.exclusion:
        return check_token(Ambiguous((Not(inner), inner)), tokens, context, tokens[-1].value.spans * 2)
    return check_token(Not(inner), tokens, context, tokens[-1].value.spans)


def _bare_treatment(check: Check) -> bool:
    return isinstance(check, Medication | Procedure) and check.window is None and not getattr(check, "current", False)


def _meets_criteria(tokens: Sequence[Token], context: Context) -> Found:
    """ "fulfilling the 2012 SLICC criteria for SLE": the disease, confirmed by the set of criteria."""
    cond = next((token for token in tokens if token.tag == "cond"), None)
    at = next(i for i, token in enumerate(tokens) if token.tag == "criteria")
    if cond is None:
        return None
    inner = [token for token in tokens[1 : at + 1] if token.tag not in ("cond", "of", "for") or token.start < cond.start]
    named = context.words([token for token in inner if token is not cond and token.tag not in ("for",)])
    if cond.start < tokens[at].start:
        named = context.text[tokens[1].start : cond.start].strip() or named
    leaf = Condition(term_of(cond).label, confirmed_by=(" ".join(named.split()),) if named else ())
    examples = [replace(leaf, term=term_of(one).label) for one in term_of(cond).examples]
    if examples and not context.exclusion:
        return None
    return check_token(any_of([leaf, *examples]), tokens, context, ((tokens[0].start, tokens[-1].end),) * (1 + len(examples)))


def _by_criteria(tokens: Sequence[Token], context: Context) -> Found:
    """ "SLE according to the SLICC 2012 criteria"."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "cond")
    if term_of(tokens[at]).examples:
        return None
    named = [token for token in tokens[at + 1 :] if token.tag not in ("method", "by", "as", "weak")]
    phase = next(({"history": "history", "current": "active"}[token.tag] for token in tokens[:at] if token.tag in ("history", "current")), "")
    leaf = Condition(term_of(tokens[at]).label, phase, confirmed_by=(" ".join(context.words(named).split()),))
    return check_token(leaf, tokens, context)


def _since_diagnosis(tokens: Sequence[Token], context: Context) -> Found:
    """ "time from diagnosis of X ≥ 3 months"."""
    cond = next(token for token in tokens if token.tag == "cond")
    span = next(token for token in tokens if token.tag == "span")
    if len(span.value) != 1:
        return None
    bound: Bound = span.value[0]
    duration = Duration(bound.op, Span(bound.number, bound.unit.rstrip("s")))
    return check_token(Condition(term_of(cond).label, lasting=duration), tokens, context)


def _with_finding(tokens: Sequence[Token], context: Context) -> Found:
    """ "chest X-ray showing an infiltrate", "an infiltrate on chest X-ray", "abnormal gastric emptying scan"."""
    proc = next(token for token in tokens if token.tag == "proc")
    window = next((token.value for token in tokens if token.tag == "window"), None)
    skipped = ("proc", "window", "history", "weak", "shows", "on", "in", "by", "only-suspected")
    finding = [token for token in tokens if token.tag not in skipped]
    if not finding or any(token.tag in ("comma", "and") for token in finding) or (tokens[0].tag == "proc" and tokens[1].tag != "shows"):
        return None
    text = _finding_text(finding, context)
    return check_token(Procedure(term_of(proc).label, window=window, findings=(text,)), tokens, context) if text else None


_IMAGING = Caseless(r"x-ray|radiograph|scan|tomograph|imaging|electrocardiogram|echocardiogram|biopsy|ultraso|mammogra|scopy|angiogra|electroencephalogram")


def _finding_on(tokens: Sequence[Token], context: Context) -> Found:
    """ "new infiltrate on chest X-ray": an X-ray showing an infiltrate, and as new as it says."""
    proc = next(token for token in tokens if token.tag == "proc")
    window = next((token.value for token in tokens if token.tag == "window"), None)
    at = next(i for i, token in enumerate(tokens) if token.tag == "on")
    noun = [token for token in tokens[:at] if token.tag == "w"]
    degrees = [token for token in tokens[:at] if token.tag == "degree"]
    if not _IMAGING.search(term_of(proc).label):
        return None
    found: Check = Procedure(term_of(proc).label, window=window, findings=(" ".join(context.words(noun).split()),))
    span = (tokens[0].start, tokens[-1].end)
    if not degrees:
        return check_token(found, tokens, context)
    asked = " ".join(context.words([degrees[0], *noun]).split())
    return check_token(All((found, Statement(asked))), tokens, context, (span, span))


def _finding_text(finding: Sequence[Token], context: Context) -> str:
    """The finding without the adjectives before it ("new or progressive infiltrate" is an infiltrate that is new…)."""
    return "" if any(token.tag in ("or", "slash") for token in finding) else " ".join(context.words(finding).split())


def _narrowed_place(tokens: Sequence[Token], context: Context) -> Found:
    """ "radiotherapy to the pelvis within 30 days": the treatment in the window, narrowed by what is not read."""
    window = tokens[-1]
    inner = tokens[1:-1]
    read = listed([tokens[0], window], context)
    if read is None or not inner:
        return None
    found: Read = read[0].value
    where = field_said(inner, context) if isinstance(found.check, Procedure) and is_irradiation(found.check.term) and not found.check.states else ""
    if where and isinstance(found.check, Procedure):
        return check_token(replace(found.check, states=(where,)), tokens, context)
    words = Unread(" ".join(context.words(inner).split()))
    spans = (*found.spans, (inner[0].start, inner[-1].end))
    return check_token(All((found.check, words)), tokens, context, spans)


def _unknown_allergy(tokens: Sequence[Token], context: Context) -> Found:
    """An allergy to something the vocabulary does not know: it is asked by its own name."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "allergy")
    named = " ".join(context.words(tokens[at + 1 :]).split())
    return check_token(Allergy(named), tokens, context) if len(named) > 2 and not SO_MANY.match(named) else None


def _undergoing(tokens: Sequence[Token], context: Context) -> Found:
    """ "Undergoing dialysis": what goes on for a time is under way; an operation may be to come."""
    check = tokens[-1].value.check
    under_way = isinstance(check, Procedure) and check == Procedure(check.term, current=True)
    return check_token(check, tokens, context) if under_way and tokens[-2].text.casefold() == "undergoing" else None


_MARKER = Caseless(r"mutat|mutant|positive|rearrang|fusion|translocat|amplif|delet|overexpress|expressing")


def _bare_marker(tokens: Sequence[Token], context: Context) -> Found:
    """ "BRAF V600E mutation": the marker is there; "its status" does not say so."""
    found = tokens[-1]
    measure = context.vocabulary.measure(str(found.value))
    if measure is None or measure.kind != "biomarker" or measure.answer != "posneg" or not _MARKER.search(found.text) or re.search(r"status|test", found.text):
        return None
    return check_token(Measurement(measure.label, words=("positive",)), tokens, context)


ENTRIES = (
    *GRADED,
    Rule("bare marker", "(weak|current)* measure (?=cond|check|comma|or|and|stop|semicolon|close|with|in|by|$)", _bare_marker, "measure"),
    *COURSES,
    *ALLERGIES,
    Rule("unknown allergy", "(history|weak)* allergy w w? w? (?=stop|semicolon|$)", _unknown_allergy, "allergy"),
    Rule("finding behind", "(history|weak)* proc shows (w|cond|degree|current)+ (stages)? window?", _with_finding, "shows"),
    Rule("finding before", "(history)* result proc window?", _with_finding, "result"),
    Rule("finding on an image", "(weak)* (degree ((or|and|slash) degree)*)? w w? on proc window?", _finding_on, "on"),
    Rule("treatment in a place", "(proc|drug) (to|of|for|on) (w|of|to|quantity|number|degree|level)+ window", _narrowed_place, "window"),
    Rule("criteria set", "meets (w|number|open|close|of|plus|event|history|for|cond|all|any|slash|dash|degree)* criteria ((of|for) (w|number|of|open|close)* )? cond?", _meets_criteria, "criteria"),
    Rule("by criteria", "(history|current|weak)* cond (method|by|as|weak)+ (w|number|of|slash|open|close|degree|dash)* criteria", _by_criteria, "criteria"),
    Rule("since diagnosis", "(event|times|w) (from|since|of) cond (diagnosis|weak)? span", _since_diagnosis, "span"),
    Rule("list before an or", f"{ITEM} (comma {ITEM})+ (?=comma? or (?!{ITEM}))", any_listed, "cond drug proc"),
    Rule("list", f"{ITEM} ((comma|or|and|slash)+ {ITEM})* {TAILS}", listed, "cond drug proc"),
    *SIDE_BY_SIDE,
    *GIVEN_FOR,
    *CHANGES,
    Rule("long ago", "span (since|from) check", _long_ago, "since from"),
    Rule("undergoing", "current? become check (?!or|and|comma|slash)", _undergoing, "become"),
)
