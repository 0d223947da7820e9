"""Heads of several groups in one line, each with its own rule: "Men: Hb < 8 g/dL; women: Hb < 12 g/dL"."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from matcher.model.language import All, Any, Unread
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read

_AGED = r"(?:patients?|subjects?|participants?|those|persons?)?\s*(?:aged?|ages|of age)?\s*(?:[<>≥≤]=?\s*\d{1,2}|\d{1,2}\s*(?:-|–|to)\s*\d{1,2}|\d{1,2}\s*(?:years?)?\s*(?:and|or)\s*(?:over|older|above))\s*(?:years?|yrs?)?(?:\s*(?:old|of age))?"
_GROUP = re.compile(rf"(?:^\W*|[;,.]\s*(?:and\s+)?)(?:for\s+|in\s+)?(?P<group>(?:(?:adult|pregnant|postmenopausal|premenopausal)\s+)?(?:(?:wo)?men|(?:fe)?males?|adults?|children|boys|girls|adolescents)(?:\s+(?:patients?|subjects?|participants?))?|{_AGED})\s*:\s*", re.IGNORECASE)


def with_each_group(read: Read, text: str, kind: str, part: Callable[[str], Read]) -> Read:
    """The reading with each group's rule said of that group alone; unread where one of them was not read; the same of any other line."""
    heads = list(_GROUP.finditer(text))
    if len(heads) < 2 or heads[0].start() != 0 or len({head["group"].casefold() for head in heads}) < len(heads):
        return read
    ends = [*(after.start() for _, after in pairwise(heads)), len(text)]
    rules = [part(f"For {_people(head['group'])}: {text[head.end() : end].strip(' .;,')}") for head, end in zip(heads, ends, strict=True)]
    if any(isinstance(leaf, Unread) for rule in rules for leaf in leaves(rule.check)):
        return Read(Unread(clean(text)), ((0, len(text)),))
    checks = tuple(rule.check for rule in rules)
    return Read(Any(checks) if kind == "exclusion" else All(checks), ((0, len(text)),) * sum(len(list(leaves(check))) for check in checks))


def _people(group: str) -> str:
    """A group as people: "≥ 65" are patients aged so, adults those of 18 years and more."""
    if re.match(r"adults?\b|children\b", group, re.IGNORECASE):
        return "patients aged ≥ 18 years" if group[0] in "aA" else "patients aged < 18 years"
    return group if re.search(r"[a-z]{3}", re.sub(r"\b(?:years?|yrs?|old|age[sd]?|and|over|older|above)\b", "", group, flags=re.IGNORECASE), re.IGNORECASE) else f"patients aged {re.sub(r'^(?:aged?|ages)', '', group.strip(), flags=re.IGNORECASE).strip()}"
