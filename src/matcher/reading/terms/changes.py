"""Rules for treatments that were begun or changed within a time: "change in dose of statins within 4 weeks", "warfarin started in the past week"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import Any, Check, Medication, Not, Window
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rewriting import rewritten
from matcher.reading.grammar.rules import Context, Read, Rule, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_BEGAN = r"(?:start(?:ed|ing)?|initiat(?:ed|ion|ing)|introduc(?:ed|tion)|commence(?:d|ment)|begun|beginning|new onset)"
_CHANGED = r"(?:chang(?:e|es|ed|ing)|alter(?:ed|ations?)|adjust(?:ed|ments?)|modif(?:ied|ications?)|switch(?:ed|es)?|titrat(?:ed|ions?)|variations?)"
_INCREASED = r"(?:increas(?:e|es|ed)|escalat(?:ed|ions?)|up-?titrat(?:ed|ions?))"
_REDUCED = r"(?:decreas(?:e|es|ed)|reduc(?:ed|tions?)|down-?titrat(?:ed|ions?)|taper(?:ed|s)?)"
_WAYS = (("started", Caseless(rf"\b{_BEGAN}\b")), ("changed", Caseless(rf"\b{_CHANGED}\b")), ("increased", Caseless(rf"\b{_INCREASED}\b")), ("reduced", Caseless(rf"\b{_REDUCED}\b")))
_WHAT = rf"(?:{_BEGAN}|{_CHANGED}|{_INCREASED}|{_REDUCED})"
_FIRST = Caseless(
    rf"(?:(?:have|has|had|who|any|an?|the|been|recent(?:ly)?|new(?:ly)?|clinically|significant|major|use|of|in|dose|dosage|medication|regimen)\s+)*{_WHAT}(?:\s*(?:,|/|or|and|and/or)+\s*(?:(?:any|an?|the|dose|dosage|recent|new|a)\s+)*{_WHAT})*"
    r"(?:\s+(?:in|of|to|for|with|on|the|an?|any|their|his|her|dose|doses|dosage|dosages|dosing|regimens?|type|use|treatment|treated|therapy|being|new|or|and|frequency|/|taking|receiving|using|daily|concomitant|concurrent|current)\b)*\s*"
)
_BEHIND = Caseless(rf"(?:\s*(?:dose|doses|dosage|dosages|regimens?|treatment|therapy|use|was|were|has|have|been|is|are|that|which|newly|recently|or)\b)*\s*{_WHAT}(?:\s*(?:,|/|or|and/or)+\s*{_WHAT})*\s*")
_DOSE_OF = Caseless(r"(?:the\s+)?(?:doses?|dosages?|regimens?|use)\s+of\s+(?:the\s+|an?\s+|any\s+)?")
_NOUN = Caseless(r"\s*(?:doses?|dosages?|regimens?|treatments?|therapy|use|medications?)\s*")
_SIGNS = ("chang", "start", "initiat", "adjust", "modif", "increas", "decreas", "reduc", "switch", "escalat", "titrat", "taper", "begun", "introduc", "commence", "alter", "variation", "beginning")
_RECENTLY = Caseless(r"\brecent(?:ly)?\b")


def _begun_or_changed(tokens: Sequence[Token], context: Context) -> Found:
    """ "change in dose of statins within 4 weeks": statins that were changed within that time."""
    at = next(i for i, token in enumerate(tokens) if token.tag == "check")
    read: Read = tokens[at].value
    denied = tokens[0].tag in ("not", "never", "not-history")
    before = context.text[tokens[1 if denied else 0].start : tokens[at].start] if at > denied else ""
    last = tokens[-1] if tokens[-1].tag == "window" else None
    behind = context.text[tokens[at].end : last.start if last is not None else tokens[-1].end]
    facts = list(leaves(read.check))
    ahead = _FIRST.fullmatch(before) and (not behind.strip() or _NOUN.fullmatch(behind))
    if not ahead and not ((not before or _DOSE_OF.fullmatch(before)) and _BEHIND.fullmatch(behind)):
        return None
    if not all(isinstance(leaf, Medication) and leaf == Medication(leaf.term, leaf.phase, window=leaf.window, routes=leaf.routes, states=leaf.states) and (not leaf.states or leaf.states == ("new",)) for leaf in facts):
        return None
    if not isinstance(read.check, Medication | Any) or any(getattr(leaf, "phase", "") not in ("", "any", "current") for leaf in facts):
        return None
    windows = {leaf.window for leaf in facts if isinstance(leaf, Medication)} | ({last.value} if last is not None else set())
    window = next((one for one in windows if isinstance(one, Window)), None)
    recently = _RECENTLY.search(before) or _RECENTLY.search(behind)
    if len(windows - {None}) > 1 or (window is None and not recently) or (window is not None and (window.within is None or window.beyond is not None)):
        return None
    ways = [name for name, pattern in _WAYS if pattern.search(before) or pattern.search(behind)]
    when = f"within {window.within.number:f} {window.within.unit}{'s' * (window.within.number != 1)}" if window is not None and window.within is not None else ""
    states = tuple(f"{way} {when}" if when else f"recently {way}" for way in ways)

    def narrowed(leaf: Check) -> Check | None:
        return replace(leaf, window=window, states=states, phase="" if window is not None else "any") if isinstance(leaf, Medication) else None

    found = rewritten(read, narrowed).check
    return check_token(Not(found) if denied else found, tokens, context, ((tokens[0].start, tokens[-1].end),) * len(facts))


_LED = "(increase|degree|history|weak|w|event|dose|in|of|to|or|slash|and|use|treated|for|with|on|current|comma)*"
CHANGES = (
    Rule("begun or changed", f"(not|never|not-history)? {_LED} (w|event|dose|degree|increase) {_LED} check (dose|event|use)? window? (?=stop|semicolon|comma|or|close|exceptions|unless|$)", _begun_or_changed, "check", _SIGNS),
    Rule("begun or changed behind", "(dose|use|w of)? check (dose|event|use|or|slash|comma|that|weak|degree)* (w|increase) ((or|slash|comma)+ w)* window (?=stop|semicolon|comma|or|close|$)", _begun_or_changed, "check", _SIGNS),
)
