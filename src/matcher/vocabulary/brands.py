"""Routes that a drug says by itself: brands bound to one, and drugs that are given systemically only."""

from __future__ import annotations

from functools import cache

from matcher.vocabulary.concepts import table
from matcher.vocabulary.normal import normal


@cache
def _table() -> dict[str, str]:
    return {brand: route for brand, route, *_ in table("brand_routes.tsv")}


def route_of_brand(words: str) -> str | None:
    """The one route of a brand ("Vagifem": vaginal); None where it has several, or is no brand."""
    return _table().get(" ".join(normal(words)))


@cache
def _local() -> frozenset[str]:
    return frozenset(label for label, *_ in table("local_forms.tsv"))


def given_locally(label: str) -> bool:
    """Whether a cytotoxic drug is also put where it is to act, so that a record without a route does not tell."""
    return label in _local()
