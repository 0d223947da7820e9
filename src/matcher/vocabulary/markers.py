"""Markers of a tumour: which is a kind of which, and what share of stained cells is positive."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from types import MappingProxyType

from matcher.vocabulary.concepts import table
from matcher.vocabulary.measures import Measure


@cache
def broader_markers() -> Mapping[str, tuple[str, ...]]:
    """By the id of a marker, those it is a kind of: an exon 19 deletion is a mutation of EGFR."""
    return _by(0, 1)


@cache
def narrower_markers() -> Mapping[str, tuple[str, ...]]:
    """By the id of a marker, its kinds: whoever has no mutation of EGFR has no exon 19 deletion."""
    return _by(1, 0)


@cache
def all_kinds() -> Mapping[str, tuple[str, ...]]:
    """By the id of a marker, the kinds without any of which it is not there: a RAS mutation is one of KRAS or NRAS."""
    return _by(1, 0, only="all")


@cache
def _stained() -> Mapping[str, tuple[Fraction, Fraction]]:
    return {one: (Fraction(below), Fraction(above)) for one, below, above, _ in table("positive_from.tsv")}


def stained(measure: Measure | None) -> tuple[Fraction, Fraction] | None:
    """The shares, in the measure's own unit, below which a result is negative and above which it is positive; None where there are none."""
    return _stained().get(measure.id) if measure is not None else None


@cache
def changes() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """By a result that says which change was looked for ("amplified"), the result and how the names of the markers end that it answers for."""
    return MappingProxyType({said: (result, tuple(of.split("|"))) for said, result, of in table("changes.tsv")})


@cache
def marked_diseases() -> Mapping[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """By the label of a disease told by markers, the disease without them, and each marker with its result."""
    pairs = {label: (other, tuple(tuple(one.split("=")) for one in markers.split("|"))) for label, other, markers in table("marked.tsv")}
    return MappingProxyType({label: (other, tuple((marker, result) for marker, result in markers)) for label, (other, markers) in pairs.items()})


def _by(key: int, of: int, only: str = "") -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in table("markers.tsv"):
        if not only or row[2] == only:
            found.setdefault(row[key], []).append(row[of])
    return MappingProxyType({one: tuple(others) for one, others in found.items()})
