"""What stands in brackets behind a fact: routes, kinds of it, what it means, or examples of it."""

from __future__ import annotations

from matcher.model.language import (
    Ambiguous,
    Check,
    Condition,
    Measurement,
    Medication,
    Procedure,
)
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import nodes
from matcher.reading.grammar.rules import ReadText
from matcher.reading.tagging.caseless import Caseless

_BRACKET = Caseless(r"\((?P<led>(?:i\.?\s?e\.?|e\.?\s?g\.?|ex\.?|such as|like|including(?: but not limited to)?|for example|namely|that is)[\s,:]+)?(?P<said>[^()]{3,160}?)(?P<more>[\s,]*(?:\betc\b\.?|\band others?|\band so on|\.\.+))?\s*\)")
_EXAMPLES = Caseless(r"e|ex|such|like|including|for")
_ROUTES = {
    "oral": "oral", "systemic": "systemic", "inhaled": "inhaled", "topical": "topical", "intravenous": "intravenous", "iv": "intravenous", "intranasal": "intranasal", "nasal": "intranasal",
    "intramuscular": "intramuscular", "subcutaneous": "subcutaneous", "parenteral": "parenteral", "rectal": "rectal", "vaginal": "vaginal", "transdermal": "transdermal", "injected": "parenteral", "injectable": "parenteral",
    "orally": "oral", "intravenously": "intravenous",
}  # fmt: skip
_TURNS = Caseless(r"\b(?:no|not|without|except\w*|unless|other than|excluding|allowed|permitted|acceptable|eligible|if|only|must|should|treated|requir\w+|receiving|received|after|due|caused|secondary|confirmed|diagnosed|despite|with|on|taking|under|undergoing|patients?|subjects?|who|which|that|is|are|was|were|has|have)\b")
_NAMED = (Condition, Medication, Procedure, Measurement)


def routes_in(said: str) -> tuple[str, ...]:
    """The routes that a bracket names, and nothing else; none where it names another thing."""
    if not said.startswith("("):
        return ()
    words = [word for word in said.strip("() ").lower().replace(",", " ").replace("/", " ").split() if word not in ("or", "and", "either")]
    found = [_ROUTES.get(word, "") for word in words]
    return tuple(dict.fromkeys(found)) if found and all(found) else ()


def named_in(fact: Check, said: str, read: ReadText) -> Check | None:
    """The fact, or what the brackets behind it name: as what is meant or as examples; None where they name nothing known."""
    found = _BRACKET.fullmatch(said)
    if found is None or _TURNS.search(said):
        return None
    inner = read(said[found.start("said") : found.end("said")], "exclusion").check
    if not all(isinstance(leaf, _NAMED) for leaf in leaves(inner)) or any(type(node).__name__ in ("Not", "When", "Unless", "All") for node in nodes(inner)):
        return None
    examples = found["more"] is not None or (found["led"] is not None and _EXAMPLES.match(found["led"]) is not None)
    return Ambiguous((fact, any_of([fact, inner]) if examples else inner))

