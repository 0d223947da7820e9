"""The vocabulary room: wordings, concepts and their relations, measures and units. It knows no trial and no patient."""

from matcher.vocabulary.about import about, all_of, bounds
from matcher.vocabulary.brands import given_locally, route_of_brand
from matcher.vocabulary.charted import Told, causes_in, without_reaction
from matcher.vocabulary.concepts import Concept
from matcher.vocabulary.doses import dose_per_day
from matcher.vocabulary.fields import reaches
from matcher.vocabulary.grades import as_printed, grade_span, points_span
from matcher.vocabulary.headed import headed
from matcher.vocabulary.is_a import A_KIND, Relation
from matcher.vocabulary.measures import Measure, StandIn, stand_ins
from matcher.vocabulary.needed import Needed
from matcher.vocabulary.normal import normal
from matcher.vocabulary.operated import operated
from matcher.vocabulary.staged_names import graded_beside_its_stage, staged_name
from matcher.vocabulary.statements import asked_as, is_asked, may_be_asked
from matcher.vocabulary.stems import Stems
from matcher.vocabulary.titled_deeds import titled_deeds
from matcher.vocabulary.unit_text import same_unit, unit_label
from matcher.vocabulary.units import assumed_unit, between, canonical, exact, limit_units, restate, slips, units_of
from matcher.vocabulary.vocabulary import Phrase, Vocabulary, load
from matcher.vocabulary.wordings import conditions_in, kinds_above, understood

__all__ = [
    "A_KIND",
    "Concept",
    "Measure",
    "Needed",
    "Phrase",
    "Relation",
    "StandIn",
    "Stems",
    "Told",
    "Vocabulary",
    "about",
    "all_of",
    "as_printed",
    "asked_as",
    "assumed_unit",
    "between",
    "bounds",
    "canonical",
    "causes_in",
    "conditions_in",
    "dose_per_day",
    "exact",
    "given_locally",
    "grade_span",
    "graded_beside_its_stage",
    "headed",
    "is_asked",
    "kinds_above",
    "limit_units",
    "load",
    "may_be_asked",
    "normal",
    "operated",
    "points_span",
    "reaches",
    "restate",
    "route_of_brand",
    "same_unit",
    "slips",
    "staged_name",
    "stand_ins",
    "titled_deeds",
    "understood",
    "unit_label",
    "units_of",
    "without_reaction",
]
