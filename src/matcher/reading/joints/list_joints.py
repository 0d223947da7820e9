"""The joints between the members of a list, where the last members may have been read as one."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Any
from matcher.model.trees import leaves
from matcher.reading.certain.groups import outside
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token


def list_joints(tokens: Sequence[Token]) -> set[str]:
    """The joints between the members; behind the last comma the last two may have been read as one."""
    members = outside(tokens)
    found = {token.tag for token in members if token.tag in JOINTS}
    if found == {"comma"}:
        last = next((token for token in reversed(tokens) if token.tag not in ("stop", "close")), tokens[-1])
        found |= {"or"} if _is_list_with_or(last) else set()
    elif found == {"comma", "and"} and _ends_in_or(members):
        found.add("or")
    return found


_LAST_OR = Caseless(r"^[^()]*\b(?:or|and/or)\b")


def _is_list_with_or(token: Token) -> bool:
    return token.tag == "check" and isinstance(token.value.check, Any) and _LAST_OR.search(token.text) is not None


def _ends_in_or(members: Sequence[Token]) -> bool:
    """Whether behind a fact and a comma the others of its kind were read as one with their "or": "A, B or C found by X and Y"."""
    before, joint = None, ""
    for token in members:
        if token.tag in JOINTS:
            joint = token.tag
        elif token.tag == "check":
            if before is not None and joint == "comma" and _is_list_with_or(token) and _kinds(before) == _kinds(token):
                return True
            before, joint = token, ""
    return False


def _kinds(token: Token) -> set[type]:
    return {type(leaf) for leaf in leaves(token.value.check)}
