"""Laws of reading, over made texts and over registry records: nothing raises, nothing disappears, every place is true."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import examples, many

from matcher.model.trees import leaves
from matcher.model.wording import parse, wording
from matcher.reading import ReadCriterion, read_criterion, read_eligibility

REGISTRY = Path(__file__).resolve().parents[2] / "../shared/data/registry/trials.jsonl.gz"
SAMPLE, SEED = many(60), 20261121
_WORD = re.compile(r"[^\W_]+")
_HEADING = frozenset(["inclusion", "exclusion", "criteria", "criterion", "criterions", "key", "main", "major", "general", "principal", "selected"])
_MARK = re.compile(r"\d{1,2}|[a-z]|[ivx]{1,4}")

_PIECES = (
    "Age ≥ 21 years", "ALT or AST > 3 × ULN", "No history of stroke", "prednisone ≤ 20 mg/day", "within 4 weeks", "except gout",
    "and", "or", ",", ";", ".", ":", "(", ")", "≥", "=", "not", "unless", "e.g.", "such as", "women", "men", "pregnant", "\n", "\n* ",
    "\n1. ", "\n   a. ", "Inclusion Criteria:", "Exclusion Criteria:\n", "Note: ", "group:", "Cohort A: ", "at least two of the following:",
    "asthma", "warfarin", "kidney biopsy", "class III, IV or V", "stage 3-5", "ECOG 0-1", "160/100", "5 half-lives", "18\\~65", "10\\^9/L",
    "in the opinion of the investigator", "informed consent", "planning to", "allergy to", "known or suspected", "history of", "no", "12",
)
made_texts = st.lists(st.sampled_from(_PIECES), max_size=25).map(" ".join)
any_texts = st.one_of(made_texts, st.text(max_size=200))
kinds = st.sampled_from(("inclusion", "exclusion"))


def _words(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text.casefold()) if word not in _HEADING and not _MARK.fullmatch(word))


def _lost(text: str, criteria: list[ReadCriterion]) -> Counter[str]:
    kept = " ".join(f"{one.text} {one.note} {one.group}" for one in criteria)
    return _words(text) - _words(kept)


def _holds_together(one: ReadCriterion) -> None:
    """The check is canonical, says how much of it was read, and its leaves have places inside the text."""
    if one.check:
        check = parse(one.check)
        assert wording(check) == one.check
        assert len(one.spans) == sum(1 for _ in leaves(check))
    assert one.read in ("full", "part", "none")
    assert one.check or one.read == "none"
    assert all(0 <= start <= end <= len(one.text) for start, end in one.spans)


@examples(100)
@given(any_texts, kinds)
def test_one_criterion_never_raises_and_its_spans_lie_inside_it(text: str, kind: str) -> None:
    read = read_criterion(text, kind)
    assert len(read.spans) == sum(1 for _ in leaves(read.check))
    assert all(0 <= start <= end <= len(text) for start, end in read.spans)
    assert parse(wording(read.check)) == read.check


@examples(100)
@given(made_texts)
def test_no_word_of_a_made_text_disappears(text: str) -> None:
    criteria = read_eligibility([("both", text)])
    assert not _lost(text, criteria)
    for one in criteria:
        _holds_together(one)


@examples(30)
@given(made_texts, kinds)
def test_reading_twice_gives_the_same(text: str, kind: str) -> None:
    assert read_eligibility([(kind, text)]) == read_eligibility([(kind, text)])


@pytest.mark.skipif(not REGISTRY.exists(), reason="the shared registry records are not here")
def test_registry_records_are_read_whole() -> None:
    with gzip.open(REGISTRY, "rt", encoding="utf-8") as file:
        lines = file.read().splitlines()
    for line in random.Random(SEED).sample(lines, min(SAMPLE, len(lines))):
        record = json.loads(line)
        text = record.get("criteria") or ""
        criteria = read_eligibility([("both", text)])
        assert not _lost(text, criteria), record["nct_id"]
        for one in criteria:
            _holds_together(one)
