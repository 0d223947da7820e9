"""What a rule cannot do without: neighbours that stand in whatever its pattern matches."""

from __future__ import annotations

import random
import re

import pytest

from matcher.reading.grammar.applying import compiled
from matcher.reading.grammar.gates import ANY, END, START, Gates, needs_of
from matcher.reading.reader import _RULES

NEEDS = (
    ("drug (event|w)+", "ANY drug", "drug event|w", "ANY event|w"),
    ("(cmp stage number|number stage cmp)", "cmp stage, stage cmp"),
    ("cmp? number (uln|lln)* (?=check)", "ANY number", "lln|number|uln check", "ANY check"),
    ("x (?:a|b){2,3} c{0,1} (?!d)", "ANY x", "x a|b", "ANY a, ANY b"),
    ("a (b (c|d)?)+ e?", "ANY a", "a b", "ANY b"),
    ("^ a $", "ANY a", "^ a", "a $"),
    ("(?<=cond) a (?=b)? c", "ANY cond", "cond a", "ANY a", "a c"),
    ("a? b?",),
    ("a . b",),
)


def _said(pattern: str) -> list[str]:
    needs = [", ".join(f"{'|'.join(sorted(one.left))} {'|'.join(sorted(one.right))}" for one in need) for need in needs_of(pattern)]
    return [need.replace(ANY, "ANY") for need in needs]


@pytest.mark.parametrize("rows", [NEEDS])
def test_neighbours_that_a_pattern_cannot_do_without(rows: tuple[tuple[str, ...], ...]) -> None:
    for pattern, *needs in rows:
        found = _said(pattern)
        assert [need for need in needs if not any(set(need.split(", ")) == set(one.split(", ")) for one in found)] == [], (pattern, found)
        assert found or not needs


def test_no_rule_is_passed_over_that_matches() -> None:
    rules = _RULES.rules
    gates = Gates(rules)
    patterns = [compiled(rule.pattern) for rule in rules]
    chance = random.Random(20261122)
    for place, rule in enumerate(rules):
        tags = sorted(set(re.findall(r"[a-z][a-z-]*", rule.pattern)))
        for _ in range(40):
            drawn = [chance.choice(tags) for _ in range(chance.randint(1, 7))]
            found = patterns[place].search(compiled(" ".join(drawn)).pattern)
            assert found is None or found[0], (rule.name, "takes no tag", drawn)
            if set(drawn).isdisjoint(rule.needs.split()) or found is None:
                continue
            assert gates.open(gates.met([START, *drawn, END])) >> place & 1, (rule.name, drawn)
