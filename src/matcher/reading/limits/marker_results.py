"""Results of markers named one after another: which result is whose, and what the joints between them mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.patterns import later
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.tagging.tokens import Token

# What a name of a marker says of itself: altered for certain, or the kind of change that is looked for.
_ALTERED = later(r"(?i).+?[- ](?P<said>(?:mutations?[- ])?(?:positive|mutant|mutated|rearranged|amplified))")
_CHANGE = later(r"(?i).*\b(?:mutations?|rearrangements?|(?:gene )?fusions?|translocations?|amplifications?|deletions?|insertions?|alterations?)\b.*")
_WILD = later(r"(?i)wild[ -]?type|wt")
_OF_RECEPTORS = frozenset(("HER2 status", "estrogen receptor status", "progesterone receptor status", "hormone receptor status"))


def with_own_results(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with a result of its own behind a marker that says it, where another result follows that is another marker's.

    "FLT3 mutated, NPM1 wild type"; "EGFR mutation and ALK rearrangement negative" shares its result. What may be either is left as it stands.
    """
    found: list[Token] = []
    for at, token in enumerate(tokens):
        behind = _shared(tokens, at) if token.tag == "measure" else None
        if behind is None:
            found.append(token)
            continue
        altered = _ALTERED.fullmatch(token.text)
        own = altered is not None or (_own(token, *behind) and _own_for_certain(*behind))
        if own and found and found[-1].tag == "not":  # "no EGFR mutation, HER2 negative"
            denied = found.pop()
            found += [replace(token, start=denied.start), Token("result", token.end, token.end, "", "negative")]
        elif altered is not None:
            split = token.start + altered.start("said")
            found += [replace(token, end=split, text=token.text[: altered.start("said")].rstrip(" -")), Token("result", split, token.end, altered["said"], "positive")]
        elif own:
            found += [token, Token("result", token.end, token.end, "", "positive")]
        else:
            found.append(replace(token, tag="w", value=None) if _own(token, *behind) else token)
    return found


def _own(token: Token, last: Token, result: Token) -> bool:
    """Whether a marker that names a change need not share the negative result of one behind it that names none."""
    return result.value == "negative" and not (_CHANGE.fullmatch(last.text) or _CHANGE.fullmatch(result.text)) and _CHANGE.fullmatch(token.text) is not None


def _own_for_certain(last: Token, result: Token) -> bool:
    """Whether the result is no word for the absence of a change: of a receptor, or "wild type"."""
    return last.value in _OF_RECEPTORS or _WILD.fullmatch(result.text) is not None


def _shared(tokens: Sequence[Token], at: int) -> tuple[Token, Token] | None:
    """The result behind a row of markers that begins here, with the last of them; None where the marker has its own, or stands alone."""
    row = tokens[at + 1 :]
    for place, token in enumerate(row):
        if place % 2 == 0 and token.tag in JOINTS:
            continue
        if place % 2 == 1 and token.tag == "measure":
            if place + 1 < len(row) and row[place + 1].tag == "result":
                return token, row[place + 1]
            continue
        return None
    return None


def joined(tokens: list[Token]) -> list[Token]:
    """The tokens with their joints as they are meant.

    The stroke of "HR-positive/HER2-negative" is an "and", and so is the comma of "HR-positive, HER2-negative" or
    "ER-negative, PR-negative": of one tumour. The commas before a last "or" between positive results are "or".
    """
    for row, behind in list(_rows(tokens)):
        joints = [at for at in row if tokens[at].tag in JOINTS]
        tags = [tokens[at].tag for at in joints]
        results = {tokens[at].value for at in row if tokens[at].tag == "result"}
        alike = tags[-1:] == ["or"] and "and" not in tags and results == {"positive"}
        for at in joints:
            each = tokens[at - 1].tag == "result" and _ahead(tokens, at) != ""
            differ = each and _ahead(tokens, at) != tokens[at - 1].value
            none = each and set(tags) == {"comma"} and results == {"negative"} and behind != "or"
            if (differ and tokens[at].tag in ("slash", "comma")) or none:
                tokens[at] = replace(tokens[at], tag="and")
            elif alike and tokens[at].tag == "comma":
                tokens[at] = replace(tokens[at], tag="or")
        if behind == "slash" and tokens[row[-1]].tag == "result" and [token.tag for token in tokens[row[-1] + 2 : row[-1] + 3]] == ["cond"]:
            tokens[row[-1] + 1] = replace(tokens[row[-1] + 1], tag="and")
    return tokens


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[range, str]]:
    """The places of each row of markers and results, and the joint behind it, if there is one."""
    start = -1
    for at, token in enumerate([*tokens, None]):
        if token is not None and (token.tag in ("measure", "result") or (start >= 0 and token.tag in JOINTS)):
            start = at if start < 0 else start
            continue
        if start >= 0:
            end = next(place for place in range(at - 1, start - 1, -1) if tokens[place].tag not in JOINTS)
            yield range(start, end + 1), tokens[end + 1].tag if end + 1 < at else ""
        start = -1


def _ahead(tokens: Sequence[Token], at: int) -> str:
    """The result of the markers right behind a joint; "" where they have none of their own."""
    for token in tokens[at + 1 :]:
        if token.tag == "result":
            return str(token.value)
        if token.tag != "measure":
            break
    return ""
