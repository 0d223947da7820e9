"""What a recorded name was understood as, in words: "CellCept → mycophenolate mofetil · counts as immunosuppressants"."""

from __future__ import annotations

from matcher.vocabulary import Concept, Vocabulary, about, load, normal, understood

# The kinds of names that matching looks for in a list, in their order.
_KINDS = {
    "conditions": ("condition",),
    "family_history": ("condition",),
    "medications": ("treatment",),
    "allergies": ("treatment", "condition"),
    "procedures": ("procedure",),
}
_AT_MOST = 2  # kinds named beside a concept


def concepts_of(listed: str, wording: str) -> tuple[str, tuple[Concept, ...]]:
    """What matching takes a name in a row of this list for, with the kind of name; nothing where it is not known, or doubted by a "?"."""
    if "?" not in wording:
        for kind in _KINDS.get(listed, ()):
            if found := understood(load(), kind, wording):
                return kind, found
    return "", ()


def meant_by(listed: str, wording: str) -> str:
    """What a name that is known was understood as; "" where it is not, or not yet."""
    measured = listed in ("labs", "scores")
    return understood_as(listed, wording) if measured or concepts_of(listed, wording)[1] else ""


def understood_as(listed: str, wording: str) -> str:
    """What a name in a row of this list was understood as; "" where it is plainly what it says."""
    vocabulary = load()
    if not wording.strip():
        return ""
    if listed in ("labs", "scores"):
        measure = vocabulary.recorded_measure(wording)
        return "" if measure is None or normal(measure.label) == normal(wording) else f"→ {measure.label}"
    if listed not in _KINDS:
        return ""
    kind, found = concepts_of(listed, wording)
    if found:
        return _said(vocabulary, found, wording, kind)
    may_be = vocabulary.candidates(wording)
    return f"may be {' or '.join(one.label for one in may_be)}: write it out" if may_be else held_for(listed, wording)


def held_for(listed: str, wording: str) -> str:
    """What a name that is not understood is held for: something of the fields its words tell of, or of no disease; "" where it may be anything."""
    told = [told for kind in _KINDS.get(listed, ()) if (told := about(load(), kind, wording)) is not None]
    if not told:
        return ""
    fields = list(dict.fromkeys(one.label for one, _ in told[0]))
    if not fields:
        return "names nothing that a criterion of this list asks for"
    more = f" and {len(fields) - _AT_MOST} more" if len(fields) > _AT_MOST else ""
    return f"not known by this name: held for something of {', '.join(fields[:_AT_MOST])}{more}"


def _said(vocabulary: Vocabulary, found: tuple[Concept, ...], wording: str, kind: str) -> str:
    """The concepts, but for one that is only repeated, and the nearest of the kinds above them."""
    labels = " and ".join(one.label for one in found)
    plain = len(found) == 1 and normal(found[0].label) == normal(wording)
    above = ", ".join(_kinds_above(vocabulary, found, kind))
    return " · ".join([*([] if plain else [f"→ {labels}"]), *([f"counts as {above}"] if above else [])])


def _kinds_above(vocabulary: Vocabulary, found: tuple[Concept, ...], kind: str) -> list[str]:
    near = dict.fromkeys(label for one in found for label in vocabulary.kinds(one))
    if len(near) < _AT_MOST:
        above = [concept for label in near if (concept := getattr(vocabulary, kind)(label)) is not None]
        near.update(dict.fromkeys(label for one in above for label in vocabulary.kinds(one)))
    return list(near)[:_AT_MOST]
