"""What is known at one stroke to have nothing to do with a concept is what each relation says."""

from __future__ import annotations

import random

from matcher.vocabulary import Concept, Relation, load

CONCEPTS = [
    ("condition", ("systemic lupus erythematosus", "diabetes", "immunocompromised", "breast cancer", "malignancy", "nephrotic syndrome")),
    ("treatment", ("prednisone", "corticosteroids", "St John's wort", "insulins")),
    ("procedure", ("kidney biopsy", "surgery")),
]
_NEAR = (Relation.SAME, Relation.NARROWER, Relation.BROADER)


def _concept(kind: str, label: str) -> Concept:
    found: Concept | None = getattr(load(), kind)(label)
    assert found is not None, label
    return found


def test_strangers_are_unrelated_and_what_is_outside_is_no_kind_either_way() -> None:
    vocabulary, chance = load(), random.Random(3)
    for kind, names in CONCEPTS:
        some = chance.sample(sorted({label for one in names for label in vocabulary.outside(_concept(kind, one))}), 250)
        labels = [*some, *(_concept(kind, one).label for one in names), *(wide for one in names for wide in sorted(vocabulary.broader(_concept(kind, one))))]
        for name in names:
            here = _concept(kind, name)
            strangers, outside = vocabulary.strangers(here), vocabulary.outside(here)
            assert strangers <= outside
            for label in labels:
                asked = vocabulary.curated(kind, label)
                if asked is not None and asked.label == label:
                    found = vocabulary.relation(here, asked)
                    assert label not in strangers or found is Relation.UNRELATED, (name, label, found)
                    assert (label in outside) == (found not in _NEAR), (name, label, found)


def test_related_is_what_the_relation_says_of_wide_diseases_too() -> None:
    vocabulary = load()
    names = ("lupus nephritis", "type 2 diabetes", "breast cancer", "Fabry disease", "Erdheim-Chester disease", "cystic fibrosis", "glomerular disease", "Dravet syndrome", "epilepsy")
    known = [one for name in names if (one := vocabulary.condition(name)) is not None]
    above = [one for name in known for label in sorted(vocabulary.broader(name)) if (one := vocabulary.condition(label)) is not None]
    assert len(known) > 5
    for one in known:
        for other in [*known, *above]:
            assert vocabulary.related(one, other) == (vocabulary.relation(one, other) in _NEAR), (one.label, other.label)
            assert vocabulary.related(other, one) == vocabulary.related(one, other)
