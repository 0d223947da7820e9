"""Brands of a drug that are given by one route only."""

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
