"""A disease with a colon behind it, and what it says of it: "Impaired renal function: creatinine clearance < 50 mL/min".

Among exclusions what stands behind the colon excludes; whether the disease before it excludes by itself is open.
"""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import Ambiguous, Condition, Judgement, Procedure, Statement, Unread, When
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import TURNS, nodes
from matcher.reading.grammar.rules import Context, Read, ReadTokens
from matcher.reading.tagging.tokens import Token

_LOOSE = ("stop", "weak", "with")
_WORDS = (Unread, Statement, Judgement)


def under_topic(tokens: Sequence[Token], context: Context, read: ReadTokens) -> Read | None:
    """What stands behind the colon, or that and the disease before it; None where either was not read wholly."""
    at = next((i for i, token in enumerate(tokens) if token.tag == "colon"), 0)
    head = [token for token in tokens[:at] if token.tag not in _LOOSE]
    behind = tokens[at + 1 :]
    if not context.exclusion or len(head) != 1 or head[0].tag != "check" or not behind or any(token.tag in ("colon", "number", *TURNS) for token in behind):
        return None
    topic: Read = head[0].value
    if not all(isinstance(leaf, Condition | Procedure) for leaf in leaves(topic.check)) or any(isinstance(node, Ambiguous) for node in nodes(topic.check)):
        return None
    said = read(behind, context)
    if any(isinstance(leaf, _WORDS) for leaf in leaves(said.check)) or any(isinstance(node, When) for node in nodes(said.check)):
        return None
    return Read(Ambiguous((said.check, any_of([topic.check, said.check]))), (*said.spans, *topic.spans, *said.spans))
