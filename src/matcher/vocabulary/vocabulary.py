"""The vocabulary: one place that turns wordings into concepts and measures, and says how concepts stand to each other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from matcher.model.patterns import later
from matcher.vocabulary.concepts import SURE, Concept, Part, Words, table
from matcher.vocabulary.diseases import Diseases
from matcher.vocabulary.is_a import Relation
from matcher.vocabulary.measures import Measure, label_of, measure_aliases, measure_of, recorded_aliases
from matcher.vocabulary.normal import normal
from matcher.vocabulary.reported import reported
from matcher.vocabulary.spellings import Spellings
from matcher.vocabulary.strengths import Strengths

# Words that say no more than that a treatment is one: "statin therapy" is statins.
_WEAK = frozenset(("therapy", "treatment", "agent", "drug", "medication", "medicine", "use", "preparation", "product"))
# Salts and hydrates of a drug are the drug.
_SALTS = frozenset((
    "acetate", "anhydrous", "besylate", "bitartrate", "bromide", "calcium", "chloride", "citrate", "dihydrate",
    "dihydrochloride", "fumarate", "gluconate", "hemihydrate", "hydrobromide", "hydrochloride", "hcl", "lactate", "malate",
    "maleate", "mesilate", "mesylate", "monohydrate", "nitrate", "palmitate", "phosphate", "potassium", "sodium",
    "succinate", "sulfate", "tartrate", "tosylate", "trihydrate", "tromethamine",
))  # fmt: skip
_EMPTY = _WEAK | _SALTS
# What a pharmacy label says after the drug: strength, form and route are no part of its name.
_STRENGTH = later(r"(?:\d+ (?:HR|ML|ACTUAT) )?([^\d,;+/][^,;+]*?) (\d[\d.,]*\s?(?:mg|mcg|ug|µg|g|ml|unt|iu|units?|meq|%).*)", re.I)
_DIGIT = later(r"\d")
_FORMS = frozenset((
    "actuat", "auto", "capsule", "chewable", "coated", "cream", "day", "delayed", "disintegrating", "enteric", "extended",
    "film", "g", "gel", "hr", "inhalation", "inhaler", "injectable", "injection", "injector", "intravenous", "iu", "lotion",
    "mcg", "mdi", "meq", "metered", "mg", "ml", "nasal", "ointment", "ophthalmic", "oral", "patch", "pen", "percent",
    "powder", "prefilled", "release", "solution", "spray", "subcutaneous", "suspension", "syringe", "system", "tablet",
    "topical", "transdermal", "ug", "unit", "unt", "vial",
))  # fmt: skip
# The kinds that clinical terminologies print in brackets after a name.
_TAGS = frozenset(("disorder", "disease", "finding", "situation", "procedure", "regime therapy", "substance"))
_BRACKET = later(r"([^()\[\]]+?)\s*[(\[]([^()\[\]]+)[)\]]\s*$")


_TESTS = frozenset(("imaging", "diagnostic test", "endoscopy"))


class Phrase(NamedTuple):
    """A name as a reader meets it in a sentence: its normalised words, what it names, and the label of that."""

    words: tuple[str, ...]
    kind: str
    label: str


_Names = Callable[[str, Words], Concept | None]


# The part that holds the concepts of a kind: drugs and their classes are treatments.
_PART_OF = {"drug": "treatment", "class": "treatment", "condition": "condition", "procedure": "procedure"}


class Vocabulary(Spellings, Strengths):
    """Names, is-a and equivalents; each table is read when it is first asked for."""

    version: str = "2026.11.24.2"

    def __init__(self) -> None:
        """Nothing is read yet."""
        super().__init__()
        conditions = Part("condition", (("conditions.tsv", "condition"),))
        procedures = Part("procedure", (("procedures.tsv", "procedure"),))
        common = Part("treatment", (("classes.tsv", "class"), ("drugs.tsv", "drug")))
        rare = Part("treatment", (("rare_drugs.tsv", "drug"),), common)
        # Rare drugs are read only where a wording is none of the common ones.
        self._first = {"condition": conditions, "treatment": common, "procedure": procedures}
        self._parts = {"condition": conditions, "treatment": rare, "procedure": procedures}
        self._diseases = Diseases(self._parts["condition"])
        self._find = lru_cache(maxsize=1 << 14)(self._resolve)
        self._relation = lru_cache(maxsize=1 << 15)(self._found_relation)
        self._similar = lru_cache(maxsize=1 << 12)(self._found_similar)

    def condition(self, wording: str) -> Concept | None:
        """The disease, symptom or event that the wording names exactly."""
        return self._find("condition", wording)

    def treatment(self, wording: str) -> Concept | None:
        """The drug (generic, brand or abbreviation) or drug class that the wording names exactly."""
        return self._find("treatment", wording)

    def procedure(self, wording: str) -> Concept | None:
        """The operation, biopsy, imaging or other procedure that the wording names exactly."""
        return self._find("procedure", wording)

    def curated(self, kind: str, wording: str) -> Concept | None:
        """What words that were put together name in the curated tables: rare drugs and diseases are not read for them."""
        return self._sought(kind, wording, normal(wording), self._named)

    def measure(self, wording: str) -> Measure | None:
        """The analyte, vital sign, biomarker or score that the wording names exactly."""
        found = measure_aliases().get(normal(wording))
        return measure_of(found) if found is not None else None

    def short_measure(self, wording: str) -> Measure | None:
        """As above, short names of reports too ("K", "Na", "PT"), which a sentence may mean otherwise."""
        return _short(normal(wording))

    def recorded_measure(self, wording: str) -> Measure | None:
        """As above, of a recorded value's name: as laboratories and their exports print it too."""
        return _short(normal(wording)) or reported(wording, _short)

    def candidates(self, wording: str) -> tuple[Concept, ...]:
        """The concepts that an ambiguous abbreviation may stand for; empty for any other wording."""
        return self._ambiguous.get(normal(wording), ())

    def relation(self, have: Concept, asked: Concept) -> Relation:
        """What is recorded, seen from what is asked: unrelated only where both are classified well enough."""
        return self._relation(have.label, have.kind, asked.label, asked.kind)

    def related(self, have: Concept, asked: Concept) -> bool:
        """Whether two conditions are the same, or one is broader than the other."""
        labels = self._first["condition"].labels
        if have.label in labels and asked.label in labels:
            return self.relation(have, asked) in (Relation.SAME, Relation.NARROWER, Relation.BROADER)
        return self._diseases.related(have.label, asked.label)

    def strangers(self, concept: Concept) -> frozenset[str]:
        """The labels, rare drugs and diseases apart, to which a concept is unrelated."""
        part = self._first[_PART_OF[concept.kind]]
        return part.labels - part.is_a.kin(concept.label) if concept.label in part.labels else frozenset()

    def outside(self, concept: Concept) -> frozenset[str]:
        """The same and those of which it is not known: all that is neither the concept, nor broader or narrower."""
        part = self._first[_PART_OF[concept.kind]]
        return part.labels.difference((concept.label,), part.is_a.above(concept.label), part.is_a.below(concept.label)) if concept.label in part.labels else frozenset()

    def narrower(self, kind: str, label: str) -> frozenset[str]:
        """The labels of the curated kinds of a condition, treatment or procedure; rare drugs apart."""
        part = self._first[kind]
        return part.is_a.below(label) if label in part.labels else frozenset()

    def held(self, concept: Concept) -> bool:
        """Whether a concept is one of the curated tables; rare drugs apart."""
        return concept.label in self._first[_PART_OF[concept.kind]].labels

    def is_kind(self, condition: str, of: str) -> bool:
        """Whether the disease or symptom that one wording names is what the other names, or a kind of it."""
        one, other = self.condition(condition), self.condition(of)
        return one is not None and other is not None and self.relation(one, other) in (Relation.SAME, Relation.NARROWER)

    def _found_relation(self, have: str, of: str, asked: str, among: str) -> Relation:
        """The same of two labels with the kinds of their concepts."""
        if have == asked and of == among:
            return Relation.SAME
        kind = _PART_OF[of]
        if kind != _PART_OF[among]:
            return Relation.UNKNOWN
        for part in (self._first[kind], self._parts[kind]):
            if have in part.labels and asked in part.labels:
                return part.is_a.relation(have, asked)
        return self._diseases.relation(have, asked) if kind == "condition" else Relation.UNKNOWN

    def broader(self, concept: Concept) -> frozenset[str]:
        """The labels of everything that the tables put above a concept."""
        part = self._part(concept)
        labels = part.is_a.above(concept.label) if concept.label in part.rows else frozenset[str]()
        return labels | self._diseases.above(concept.label) if part.kind == "condition" else labels

    def above(self, wide: Concept, concept: Concept) -> bool:
        """Whether the tables put one concept above another."""
        return wide.label in (self.curated_above(concept) if self.held(wide) else self.broader(concept))

    def curated_above(self, concept: Concept) -> frozenset[str]:
        """Those of them that the curated tables hold, which are found sooner."""
        part = self._part(concept)
        if concept.label in part.rows or part.kind != "condition":
            return part.is_a.above(concept.label)
        return self._diseases.curated_above(concept.label)

    def lineage(self, concept: Concept) -> frozenset[str]:
        """A concept's label and what the tables put above it; above a curated condition only what is curated, since hardly anybody asks for more, and the wide table need not be read."""
        above = self.curated_above(concept) if self.held(concept) else self.broader(concept)
        return above | {concept.label}

    def depth(self, concept: Concept) -> int:
        """How much the curated tables put above a concept: the less, the wider it is."""
        return len(self.curated_above(concept))

    def kinds(self, concept: Concept) -> tuple[str, ...]:
        """The labels that the curated tables put directly above a concept, in their order."""
        rows = self._part(concept).rows
        return rows[concept.label].parents if concept.label in rows else ()

    def lifelong(self, concept: Concept) -> bool:
        """Whether the disease does not resolve once a person has it."""
        part = self._part(concept)  # of a disease of the wide table it is not known
        return concept.label in part.rows and part.is_a.lifelong(concept.label)

    def transient(self, concept: Concept) -> bool:
        """Whether it is a kind of a lifelong disease that may pass, such as a diabetes that came with steroids."""
        return concept.label in self._part(concept).is_a.bearing("transient")

    def open_at_large(self, concept: Concept) -> bool:
        """Whether it is a category whose members are not all named."""
        return concept.label in self._part(concept).is_a.bearing("open")

    def silent(self, concept: Concept) -> bool:
        """Whether it is an infection that is carried without a sign, which a "no" to infections at large does not answer."""
        lineage = {concept.label, *self.curated_above(concept)}
        return not self._silent.isdisjoint(lineage) and not any(f"-{label}" in self._silent for label in lineage)

    def event(self, concept: Concept) -> bool:
        """Whether it is over on the day it began, such as a heart attack; of a disease of the wide table its name must end so."""
        part = self._part(concept)
        if concept.label in part.rows:
            return part.is_a.event(concept.label)
        named = (label for label in self.curated_above(concept) if concept.label.endswith(label)) if part.kind == "condition" else ()
        return any(part.is_a.event(label) for label in named)

    def episodes(self, concept: Concept) -> bool:
        """Whether it comes and goes, while a disease of which it is part lasts: a seizure, a headache."""
        part = self._part(concept)
        return concept.label in part.rows and part.is_a.episodes(concept.label)

    def apart(self, concept: Concept) -> bool:
        """Whether a list of diseases without it says nothing of it: an abnormal ECG, a menopause, a habit."""
        bearing = self._part(concept).is_a.bearing("apart")
        return concept.label in bearing or (concept.kind != "condition" and not bearing.isdisjoint(self.broader(concept)))

    def widespread(self, concept: Concept) -> bool:
        """Whether so many people have it that it mostly stands beside what a trial is looked for: hypertension, obesity."""
        return concept.label in self._part(concept).is_a.bearing("widespread")

    def a_test(self, concept: Concept) -> bool:
        """Whether a procedure is a test: where none was done, nothing is known of what it would show."""
        return concept.label in _TESTS or not _TESTS.isdisjoint(self.broader(concept))

    def manifestation(self, concept: Concept) -> bool:
        """Whether it comes with a disease and is no kind of it by itself, such as diabetic retinopathy."""
        part = self._part(concept)
        return concept.label in part.rows and part.is_a.manifest(concept.label)

    def ingredients(self, concept: Concept) -> tuple[Concept, ...]:
        """What a combination of drugs is made of (an ingredient, or the class of one); any other concept itself."""
        rows = self._part(concept).rows
        mixed = concept.kind == "drug" and "/" in concept.label and concept.label in rows
        return tuple(rows.concept(parent) for parent in rows[concept.label].parents) or (concept,) if mixed else (concept,)

    def similar(self, kind: str, wording: str) -> Concept | None:
        """A concept whose name looks like the unresolved wording, to be confirmed by a person; never an identity."""
        return self._similar(kind, wording)

    def _found_similar(self, kind: str, wording: str) -> Concept | None:
        words = normal(wording)
        return None if self._known(words) else self._spelling(kind).similar(words)

    def misspelt(self, kind: str, wording: str) -> Concept | None:
        """The concept of which the unresolved wording is certainly a misspelling."""
        words = normal(wording)
        if sum(map(str.isalpha, "".join(words))) < SURE - 1 or self._known_here(words):
            return None
        found = self._spelling(kind).misspelt(words)
        return None if found is None or self._known(words) else found  # asked last: it needs tables that few wordings do

    def told_as(self, drug: Concept) -> Concept | None:
        """The class whose doses are told in this drug ("or equivalent"); None where that is not usual."""
        label = self._told_as.get(drug.label)
        return self._part(drug).rows.concept(label) if label else None

    def scanned(self) -> dict[str, dict[str, str]]:
        """By kind, the names to be looked for inside a sentence, their normal words parted by spaces, with their labels."""
        return {kind: self.scanned_of(kind) for kind in (*self._parts, "measure")}

    def scanned_of(self, kind: str) -> dict[str, str]:
        """The same of one kind."""
        if kind != "measure":
            return self._parts[kind].scanned
        return {name: label_of(one) for name, one in measure_aliases().named.items()}

    def diseases_from(self, word: str) -> Sequence[str]:
        """The names of the wide table that begin with this word."""
        return self._diseases.beginning(word)

    def disease_named(self, name: str) -> str | None:
        """The label of the disease of the wide table of exactly these normal words, parted by spaces."""
        found = self._diseases.of_name(name)
        return None if found is None or tuple(name.split(" ")) in self._ambiguous else found.label

    def _resolve(self, kind: str, wording: str) -> Concept | None:
        """The curated concept of a wording; only where there is none, a rare drug or a disease of the wide table."""
        words = normal(wording)
        found = self._sought(kind, wording, words, self._named)
        if kind == "treatment":
            found = (
                found or self._dispensed(wording, self._named)
                or self._sought(kind, wording, words, self._rarely) or self._dispensed(wording, self._rarely)
            )  # fmt: skip
            return found if found is not None or (english := self.in_english(wording)) == wording else self._resolve(kind, english)
        return found or (self._sought(kind, wording, words, self._disease) if kind == "condition" else None)

    def _sought(self, kind: str, wording: str, words: Words, named: _Names) -> Concept | None:
        return named(kind, words) or self._turned(kind, wording, named) or self._bracketed(kind, wording, named)

    def _disease(self, kind: str, words: Words) -> Concept | None:
        """The concept of exactly these words in either table of conditions."""
        found = self._named(kind, words)
        return found or (None if self._known_here(words) else self._diseases.named(words))

    def _named(self, kind: str, words: Words) -> Concept | None:
        """The concept of exactly these words, of a treatment without words that add nothing."""
        return self._named_in(self._first[kind], words)

    def _rarely(self, kind: str, words: Words) -> Concept | None:
        """As above, rare drugs included."""
        return self._named_in(self._parts[kind], words)

    def _named_in(self, part: Part, words: Words) -> Concept | None:
        names = part.names
        found = names.get(words)
        while found is None and part.kind == "treatment" and len(words) > 1 and words[-1] in _EMPTY:
            salt, words = words[-1] in _SALTS, words[:-1]
            found = names.get(words)
            if salt and found is not None and found.kind != "drug":
                return None
        return found

    def _turned(self, kind: str, wording: str, named: _Names) -> Concept | None:
        """The concept of a wording turned around as in an index: "arthritis, rheumatoid"."""
        noun, comma, rest = wording.partition(",")
        return named(kind, (*normal(rest), *normal(noun))) if comma and "," not in rest else None

    def _bracketed(self, kind: str, wording: str, named: _Names) -> Concept | None:
        """The concept of a name with another of its names, its initials or its kind in brackets."""
        found = _BRACKET.match(wording) if ")" in wording or "]" in wording else None
        if found is None:
            return None
        name, others = found.groups()
        concept = named(kind, normal(name))
        initials = "".join(word[0] for word in normal(name))
        pieces = [" ".join(normal(piece)) for piece in others.split(",")]
        same = any(named(kind, tuple(piece.split())) == concept for piece in pieces)
        return concept if same or initials in pieces or _TAGS.issuperset(pieces) else None

    def _dispensed(self, wording: str, named: _Names) -> Concept | None:
        """The drug of a pharmacy label: "prednisone 5 MG Oral Tablet"; several drugs in one label are none."""
        found = _STRENGTH.fullmatch(wording) if _DIGIT.search(wording) is not None else None
        if found is None:
            return None
        rest = (word.strip("0123456789.") for word in normal(found[2]))
        return named("treatment", normal(found[1])) if _FORMS.issuperset(filter(None, rest)) else None

    def _part(self, concept: Concept) -> Part:
        """The smallest part that holds the concept."""
        first = self._first[_PART_OF[concept.kind]]
        return first if concept.label in first.labels else self._parts[_PART_OF[concept.kind]]

    def _known(self, words: Words) -> bool:
        return self._known_here(words) or words in self._parts["treatment"].names or self._diseases.holds(words)

    def _known_here(self, words: Words) -> bool:
        """Whether the words are a name in a curated table, that of rare drugs apart."""
        parts = self._first.values()
        return words in self._ambiguous or words in measure_aliases() or any(words in part.names for part in parts)

    @cached_property
    def _ambiguous(self) -> dict[Words, tuple[Concept, ...]]:
        found: dict[Words, tuple[Concept, ...]] = {}
        for abbreviation, kind, labels in table("ambiguous.tsv"):
            rows = self._first[kind].rows
            concepts = tuple(rows[label].concept for label in labels.split("|"))
            found[normal(abbreviation)] = found.get(normal(abbreviation), ()) + concepts
        return found

    @cached_property
    def _silent(self) -> frozenset[str]:
        return frozenset(label for label, *_ in table("silent.tsv"))


def _short(words: Words) -> Measure | None:
    found = measure_aliases().get(words) or recorded_aliases().get(words)
    return measure_of(found) if found is not None else None


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The one vocabulary of this process."""
    return Vocabulary()
