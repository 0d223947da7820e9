"""Terms that look alike are never joined: by no resolver, by no likeness, by no slip of the pen, in no verdict."""

from __future__ import annotations

from pathlib import Path

import pytest
from forgetful import Forgetful

from matcher.vocabulary import Concept, Measure, Relation, load, normal, understood
from matcher.vocabulary.measures import recorded_aliases

TABLE = (Path(__file__).parent / "dangerous_pairs.tsv").read_text(encoding="utf-8").splitlines()[2:]
PAIRS = [(kind, one, other) for kind, one, other in (line.split("\t") for line in TABLE)]
BOTH_WAYS = [*PAIRS, *((kind, other, one) for kind, one, other in PAIRS)]
SPELLED = [pair for pair in BOTH_WAYS if pair[0] != "measure"]


def _meant(kind: str, wording: str) -> Concept | Measure | None:
    found: Concept | Measure | None = getattr(load(), kind)(wording)
    return found


def _recorded(wording: str) -> str | None:
    """The id of the measure that a recorded wording names, short names too."""
    measure = load().measure(wording)
    return measure.id if measure is not None else recorded_aliases().get(normal(wording))


def test_the_table_is_long_and_nearly_all_of_it_is_known() -> None:
    known = [pair for pair in PAIRS if _meant(pair[0], pair[1]) and _meant(pair[0], pair[2])]
    assert len(PAIRS) > 600
    assert len(known) > 0.9 * len(PAIRS)
    assert {kind for kind, _, _ in PAIRS} == {"condition", "treatment", "procedure", "measure"}


def test_no_resolver_takes_one_for_the_other() -> None:
    joined = [(kind, one, other) for kind, one, other in PAIRS if _meant(kind, one) and _meant(kind, one) == _meant(kind, other)]
    recorded = [pair for pair in PAIRS if pair[0] == "measure" and _recorded(pair[1]) and _recorded(pair[1]) == _recorded(pair[2])]
    assert (joined, recorded) == ([], [])


def test_none_is_the_same_as_the_other_and_similar_siblings_are_no_kinds_of_each_other() -> None:
    found = [(one, other, _meant(kind, one), _meant(kind, other)) for kind, one, other in SPELLED]
    known = [(one, other, a, b) for one, other, a, b in found if isinstance(a, Concept) and isinstance(b, Concept)]
    related = {(one, other) for one, other, a, b in known if load().relation(a, b) not in (Relation.UNRELATED, Relation.UNKNOWN)}
    assert {pair for pair in related if pair[::-1] not in related} == set()
    assert {frozenset(pair) for pair in related} <= KINDS


# Look-alikes of which one is a kind of the other all the same.
KINDS = {
    frozenset(pair)
    for pair in (
        ("HIV-1 infection", "HIV-2 infection"), ("acute heart failure", "chronic heart failure"),
        ("optic neuritis", "optic neuropathy"), ("Parkinson's disease", "parkinsonism"),
        ("doxorubicin", "pegylated liposomal doxorubicin"), ("paclitaxel", "nab-paclitaxel"), ("lopinavir", "ritonavir"),
        ("mycophenolate mofetil", "mycophenolate sodium"), ("levodopa", "carbidopa"), ("sacubitril", "valsartan"),
    )
}  # fmt: skip


def test_no_likeness_and_no_misspelling_leads_to_the_other() -> None:
    offered = [
        (kind, one, other)
        for kind, one, other in SPELLED
        for offer in (load().similar(kind, one), load().misspelt(kind, one))
        if offer is not None and offer == _meant(kind, other)
    ]
    assert offered == []


def test_nor_where_the_wording_itself_is_unknown() -> None:
    """The guards alone must hold a pair apart, or each word must be known to the rest of the vocabulary."""
    spellings = {kind: Forgetful(kind) for kind in load()._parts}
    joined = []
    for kind, one, other in SPELLED:
        with spellings[kind].without(_meant(kind, one)):
            offers = (spellings[kind].similar(normal(one)), spellings[kind].misspelt(normal(one)))
        joined += [(one, other) for offer in offers if offer is not None and offer == _meant(kind, other)]
    assert joined == []


@pytest.mark.parametrize("slip", [lambda w: w[: len(w) // 2] + w[len(w) // 2 + 1 :], lambda w: w[:2] + w[3:2:-1] + w[4:]], ids=["lost", "turned"])
def test_nor_where_its_longest_word_is_mistyped(slip: object) -> None:
    assert callable(slip)
    joined = []
    for kind, one, other in SPELLED[::5]:
        longest = max(one.split(), key=len)
        found = understood(load(), kind, one.replace(longest, slip(longest)))
        joined += [(one, other, found)] if _meant(kind, other) in found and _meant(kind, one) not in found else []
    assert joined == []
