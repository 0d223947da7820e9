"""How strong drugs are and how long they stay: equivalent doses, half-lives, and in which drug the doses of a class are told."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from matcher.vocabulary.concepts import Concept, table


class Strengths:
    """The tables of doses and half-lives, each read when it is first asked for."""

    def equivalent(self, drug: Concept, to: Concept) -> Fraction | None:
        """Milligrams of `to` that equal 1 mg of `drug`; None where no table of equivalents holds both."""
        doses = self._equivalents
        if drug.label not in doses or to.label not in doses:
            return None
        return doses[to.label] / doses[drug.label]

    def strength(self, drug: Concept) -> tuple[Fraction, str] | None:
        """Milligrams of the drug that a table of equivalents is written in that equal 1 mg of `drug`, and its name; None where no table holds it."""
        doses = self._equivalents
        name = next(iter(doses))
        return (doses[name] / doses[drug.label], name) if drug.label in doses else None

    def half_life(self, drug: Concept) -> tuple[Fraction, Fraction] | None:
        """The shortest and the longest half-life of a drug, or of the members of a class, in hours; None where it is not known."""
        return self._half_lives.get(drug.label)

    @cached_property
    def _half_lives(self) -> dict[str, tuple[Fraction, Fraction]]:
        return {drug: (Fraction(shortest), Fraction(longest)) for drug, shortest, longest in table("half_lives.tsv")}

    @cached_property
    def _told_as(self) -> dict[str, str]:
        return {drug: over for drug, over, *_ in table("told_as.tsv")}

    @cached_property
    def _equivalents(self) -> dict[str, Fraction]:
        return {drug: Fraction(dose) for drug, dose, _ in table("equivalents.tsv")}
