"""Words around a drug that say it is taken: "platinum-based chemotherapy", "under warfarin", "undergoing chemotherapy"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Rule
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_MADE_OF = frozenset(("based", "containing"))
_OF_SUBSTANCE = frozenset((
    "product", "products", "combination", "combinations", "preparation", "preparations", "regimen", "regimens", "medication", "medications", "drug", "drugs", "therapy", "therapies", "treatment", "treatments",
    "compound", "compounds", "agent", "agents", "supplement", "supplements", "medicine", "medicines", "formulation", "formulations", "chemotherapy", "chemotherapies", "immunotherapy", "doublet", "triplet",
))
_KINDS = frozenset(("cytotoxic chemotherapy", "anticancer therapy", "immunotherapy", "antineoplastic agents", "targeted cancer therapy", "hormone therapy", "antiretrovirals"))


def _made_of(tokens: Sequence[Token], context: Context) -> Found:
    """ "anti-CD20-based treatment", "nicotine-containing products": whoever has it takes the drug."""
    drug, joint, noun = tokens
    if joint.text.casefold() not in _MADE_OF or context.text[drug.end : joint.start].strip(" -"):
        return None
    kind = noun.tag == "drug" and str(noun.value) in _KINDS
    if not kind and noun.text.casefold() not in _OF_SUBSTANCE:
        return None
    return [replace(drug, end=noun.end, text=context.text[drug.start : noun.end])]


def _under(tokens: Sequence[Token], context: Context) -> Found:
    """ "under dialysis", "under warfarin": in treatment with it."""
    if tokens[0].text.casefold() != "under":
        return None
    return [replace(tokens[0], tag="treated", value="current"), *tokens[1:]]


def _undergoing(tokens: Sequence[Token], context: Context) -> Found:
    """ "undergoing immunosuppressive therapy": in treatment with it now."""
    return [replace(tokens[0], tag="treated", value="current")] if tokens[0].text.casefold() == "undergoing" else None


MADE_OF = Rule("made of a drug", "drug w (event|w|drug|line)", _made_of, "drug")
def _done_or_planned(tokens: Sequence[Token], context: Context) -> Found:
    """ "previous or planned transplantation": the one, or the other."""
    joint = next(i for i, token in enumerate(tokens) if token.tag in ("or", "slash"))
    named = next(i for i, token in enumerate(tokens) if token.tag == "planned") + 1
    return [*tokens[:joint], *tokens[named:], *tokens[joint:]] if context.exclusion else None


_TREATMENTS = Caseless(r"treatments?|therapy|therapies|use|medication|administration|exposure|receipt")


def _in_a_time_with(tokens: Sequence[Token], context: Context) -> Found:
    """ "Treatment within the last 28 days with X or Y": treatment with these in that time."""
    head, window, _with, *named = tokens
    if not _TREATMENTS.fullmatch(head.text) or not context.exclusion:
        return None
    last = named[-1]
    return [replace(head, tag="use", value=""), *named, replace(window, start=last.end, end=last.end)]


_WHO = Caseless(r"\W*(?:(?:all|any|the|patients?|subjects?|participants?|individuals?|women|persons?|people|those|who|that|are|is|be|been|being|currently|already|concurrently|or|and)\W+)*")


def _using(tokens: Sequence[Token], context: Context) -> Found:
    """ "Patients using beta blockers": who takes them now."""
    if tokens[0].text.casefold() != "using" or not context.exclusion or not _WHO.fullmatch(context.text[: tokens[0].start]):
        return None
    return [replace(tokens[0], tag="treated", value="current")]


def _daily(tokens: Sequence[Token], context: Context) -> Found:
    """ "Use of daily theophylline": a use that is daily."""
    dosed = context.text[: tokens[0].start].rstrip().casefold().endswith(("total", "mean", "average", "maximum", "maximal", "stable"))
    return [replace(tokens[0], tag="degree", value="daily")] if tokens[0].text.casefold() == "daily" and context.exclusion and not dosed else None


BEFORE_TREATMENTS = (
    Rule("treatment in a time with", "(event|use|w) window (with|of) (route|degree|other|investigational)* drug ((comma|or|and|slash)+ (route|degree|other)* drug)*", _in_a_time_with, "window"),
    Rule("using a treatment", "method (?=(route|degree|daily)* drug)", _using, "method"),
    Rule("daily use", "daily (?=(route|degree)* drug (stop|semicolon|window|comma|or|and|$))", _daily, "daily"),
    Rule("done or planned", "history (or|slash) planned degree* proc (?=stop|semicolon|during|window|$)", _done_or_planned, "planned"),
    Rule("under treatment", "cmp (route|degree)* (drug|proc)", _under, "cmp"),
    Rule("undergoing a treatment", "become (?=(route|degree)* drug)", _undergoing, "become"),
)
