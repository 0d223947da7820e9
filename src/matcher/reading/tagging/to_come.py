"""What is to be done to the patient ("will have surgery"), told from what is asked of the patient ("will have asthma")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_WILL = Caseless(
    r"will (?:have|undergo|take|receive|start|begin|be (?:given|treated with|undergoing|started on|scheduled for))\b"
    r"(?! (?:had|been|undergone|received|completed|taken|no|not|never|at least)\b)"
)
_SAID_BEFORE = frozenset(("must", "have", "treated", "current", "become", "be", "with", "to", "event", "planned", "subject", "_"))
_DONE = ("proc", "drug")


# An operation of which it is not said that it was done: that of the trial's own patients, in most trials.
_IN_THE_TREATMENT = Caseless(r"during (?:the |this )?(?:course of |duration of )?(?:treatment|therapy|surgery|operation|an(?:a)?esthesia|procedure|intervention|hospitali[sz]ation|index procedure)(?: period| phase)?(?=\s*(?:[.;,)]|$))")

# Behind an operation or an event: it is one of the trial's own time, of which no record tells yet.
_IN_THE_TRIAL = Caseless(
    r"(?:during|throughout|over|while on) (?:the )?(?:entire |whole |planned )?(?:course of |duration of )?(?:the |this )?(?:run-?in|(?:study|trial|protocol)(?! entry| start)|participation|follow-?up)"
    r"(?: (?:period|phase|participation|treatment|duration|course|time|follow-?up|visits?|in the (?:study|trial)))*\b"
)


def in_the_trial(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with operations and events of the trial's own time ("surgery during the study") as words that name nothing recorded."""
    found = list(tokens)
    for place, token in enumerate(tokens):
        said = _IN_THE_TRIAL.match(text, token.start) or _in_the_treatment(tokens[:place], token, text) if token.tag == "during" else None
        if said is None:
            continue
        start = next((at + 1 for at in range(place - 1, -1, -1) if tokens[at].tag in ("stop", "semicolon")), 0)
        start = _behind_own_time(tokens, start, place)
        if any(one.tag == "planned" for one in tokens[start:place]):
            continue
        if not any(one.tag in ("proc", "cond") for one in tokens[start:place]):
            found[place] = replace(token, tag="_") if token.text[:5].casefold() == "while" else token
            continue
        for at, one in enumerate(tokens):
            if (start <= at < place and one.tag in ("proc", "cond")) or token.start <= one.start < said.end():
                found[at] = replace(one, tag="w")
    return found


def _in_the_treatment(before: Sequence[Token], token: Token, text: str) -> re.Match[str] | None:
    """ "Bariatric surgery during treatment", of which no word says that it was in the past."""
    gone_by = any(one.tag in ("history", "treated", "not-history", "not", "time", "window") for one in before)
    return None if gone_by else _IN_THE_TREATMENT.match(text, token.start)


def _behind_own_time(tokens: Sequence[Token], start: int, place: int) -> int:
    """Where the member begins of which the trial's time is said: behind the "or" that follows a time of those before it."""
    timed = next((at for at in range(place - 1, start - 1, -1) if tokens[at].tag in ("time", "span", "ago")), None)
    joint = next((at for at in range(timed, place) if tokens[at].tag == "or"), None) if timed is not None else None
    return start if joint is None else joint + 1


def to_come(tokens: Sequence[Token], text: str) -> list[Token]:
    """The tokens with the words that announce a treatment as one: it is planned, and nothing recorded tells of it."""
    found: list[Token] = []
    rest = list(tokens)
    while rest:
        announced = _announced(rest, text)
        start, end = rest[0].start, rest[announced].end if announced else rest[0].end
        tag = "w" if found and found[-1].tag == "or" else "planned"  # what stands before the "or" is said of the treatment too
        found.append(Token(tag, start, end, text[start:end]) if announced else rest[0])
        rest = rest[announced + 1 :]
    return found


def _announced(tokens: Sequence[Token], text: str) -> int:
    """The place of the last word that announces the treatment behind it; 0 where none is announced here."""
    if tokens[0].tag != "must" or not _WILL.match(text, tokens[0].start):
        return 0
    done = next((i for i, token in enumerate(tokens[:7]) if token.tag in _DONE), 0)
    odd = [token for token in tokens[:done] if token.tag not in _SAID_BEFORE]
    return done - 1 if done > 1 and len(odd) <= 2 and all(token.tag in ("w", "any", "degree") for token in odd) else 0
