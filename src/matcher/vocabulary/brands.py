"""Routes that a drug says by itself: brands bound to one, and drugs that are given systemically only."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import Concept, table
from matcher.vocabulary.normal import normal
from matcher.vocabulary.vocabulary import Vocabulary


@cache
def _table() -> dict[str, str]:
    return {brand: route for brand, route, *_ in table("brand_routes.tsv")}


def route_of_brand(words: str) -> str | None:
    """The one route of a brand ("Vagifem": vaginal); None where it has several, or is no brand."""
    return _table().get(" ".join(normal(words)))


@cache
def _routes() -> dict[str, tuple[str, ...]]:
    return {drug: tuple(routes.split("|")) for drug, routes, *_ in table("drug_routes.tsv")}


def routes_of(vocabulary: Vocabulary, drug: Concept) -> tuple[str, ...]:
    """All routes by which a drug is given; () where they are not known, or it has local forms too.

    A combination is given as all of its drugs are.
    """
    known = _routes()
    if drug.label in known or drug.kind == "class":
        return known.get(drug.label, ())
    found = [known[label] for label in sorted(vocabulary.broader(drug)) if label in known]
    mixed = "/" in drug.label
    every = dict.fromkeys(route for routes in found for route in routes)
    return tuple(route for route in every if not mixed or all(route in routes for routes in found))


@cache
def _local() -> frozenset[str]:
    return frozenset(label for label, *_ in table("local_forms.tsv"))


def given_locally(label: str) -> bool:
    """Whether a cytotoxic drug is also put where it is to act, so that a record without a route does not tell."""
    return label in _local()
