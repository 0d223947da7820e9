"""Recorded values, and results that follow from them: of a graded test, of a variant named as a value, of a broader or narrower marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from matcher.matching.printed import taken_apart
from matcher.model.patterns import later
from matcher.model.profile import Lab
from matcher.model.values import value
from matcher.vocabulary import Measure, Vocabulary, grade_span
from matcher.vocabulary.markers import all_kinds, broader_markers, changes, narrower_markers, stained
from matcher.vocabulary.measures import measure_of


@value(frozen=True, slots=True)
class Reading:
    """One measured value of a profile with the measure its wording stands for.

    A value that was computed, or that speaks for another measure, lies within `span` of its measure's own unit, and
    `basis` says where it comes from.
    """

    entry: Any
    wording: str
    measure: Measure | None
    list: str
    span: tuple[Fraction, Fraction] | None = None
    basis: str = ""


POSITIVE = frozenset({"positive", "pos", "detected", "reactive", "present", "+", "yes", "detectable", "seropositive", "positiv", "positivo", "positiva", "positif"})
NEGATIVE = frozenset({
    "negative", "neg", "not detected", "undetected", "undetectable", "non-reactive", "nonreactive", "non reactive",
    "not reactive", "absent", "-", "no", "none", "not present", "seronegative", "target not detected", "no growth", "sterile",
    "negativ", "negativo", "negativa", "négatif", "négative", "negatif",
})
_GENE = later(r"(?: gene)?(?: mutations?| status| test(?:ing)?| analysis)*\s*$", re.IGNORECASE)  # what stands behind a gene's name
_MUTATION = later(r"\bmutations?\b", re.IGNORECASE)
# Genes whose protein is stained too, and a test that is positive where nothing is deficient: "positive" may be of either.
_STAINED = frozenset(("EGFR", "MET", "C-MET", "KIT", "C-KIT", "TP53", "ATM", "PDGFRA", "FGFR3", "EZH2", "RET"))
_TEST = later(r"\b(?:test(?:s|ed|ing)?|serology|pcr|elisa|screen(?:ed|ing)?|culture|biopsy|scan|pet)\W*$", re.IGNORECASE)  # "yes": done, or positive
_KEPT = later(r"(?:mmr|mismatch[ -]repair)(?: (?:proteins?|status|expression|test(?:ing)?|ihc))*", re.IGNORECASE)
_EITHER = frozenset(("positive", "pos", "present", "+", "yes", "negative", "neg", "absent", "-", "no", "none", "not present"))
# A test whose grades settle another result (the ASCO/CAP guideline for HER2): 2+ settles nothing.
_SETTLES = {"her2-ihc": ("her2", {"0": "negative", "1+": "negative", "3+": "positive"})}


def with_results(readings: Sequence[Reading], vocabulary: Vocabulary) -> list[Reading]:
    """The readings, a variant that is named as a value as its own marker, and what follows from them all."""
    found = [_as_variant(plain, vocabulary) for one in readings for plain in (_pressures(one) or _plainly(taken_apart(one)))]
    found += [told for one in found if (told := _graded(one, found)) is not None]
    if any(_is_marker(one) for one in found):
        found += _followed(found)
    return found


# "Blood pressure 130/80": the systolic value and the diastolic one.
_PRESSURE = later(r"(?:(?:office|sitting|seated|supine|resting|arterial)\s+)*(?:blood pressure|bp|rr)", re.IGNORECASE)
_SIDES = later(r"(\d{2,3})\s*/\s*(\d{2,3})(?:\s*mm\s?hg)?", re.IGNORECASE)


def _pressures(one: Reading) -> list[Reading]:
    """The two pressures of one entry."""
    said = one.entry.value
    sides = _SIDES.fullmatch(said.strip()) if one.list == "labs" and isinstance(said, str) and _PRESSURE.fullmatch(one.wording.strip()) else None
    if sides is None or (one.entry.unit or "mmHg").casefold().replace(" ", "") != "mmhg" or int(sides[1]) <= int(sides[2]):
        return []
    sided = (("systolic", sides[1]), ("diastolic", sides[2]))
    return [replace(one, entry=replace(one.entry, value=Decimal(number), unit="mmHg"), measure=measure_of(name)) for name, number in sided]


# "positive (V600E)", "positive; exon 19 deletion", "negative (IHC 1+)": a result, and what bears it out.
_BORNE_OUT = later(
    r"(?P<result>positive|negative|detected|mutated|amplified)\s*[,;:(]+\s*(?P<by>(?:p\.)?[A-Z]\d{2,4}[A-Z](?: mutation)?|ex(?:on)?[ -]?\d{1,2}[ -]?(?:deletions?|del|insertions?|ins|skipping|L858R|mutation|T790M)?(?: \(?L858R\)?)?|"
    r"(?:by )?(?:NGS|PCR|FISH|ISH|IHC|immunohistochemistry|sequencing)|(?:IHC )?(?P<grade>[0-3]\+?)(?: by IHC)?|(?P<share>\d{1,3}) ?%)\s*\)?",
    re.IGNORECASE,
)
_STAINED_SHARE = later(r"(?P<number>(?:[<>≤≥]\s*)?\d{1,3}(?:\.\d+)?)\s*%(?:\s+positive)?", re.IGNORECASE)
_HER2_GRADE = later(r"(?:IHC\s*)?(?P<grade>0|[123]\+)(?:\s*\(?(?:by\s+)?IHC\)?)?", re.IGNORECASE)
# Behind a variant, that it is there: "V600E mutation detected".
_IS_THERE = later(r"(?<!\bnot)(?<!\bno)(?<!\bwas)[\s,]+(?:(?:mutation|variant)[\s,]+)?(?:detected|present|positive|found|identified)$", re.IGNORECASE)
_FOUND = ("positive", "detected", "mutated")
_HIGH, _LOW = frozenset(("3+",)), frozenset(("0", "1+"))


def _plainly(one: Reading) -> list[Reading]:
    """A result of a marker without what bears it out, and that by itself; a share or a grade of stained cells as what it is."""
    said = one.entry.value
    if not isinstance(said, str) or one.list != "labs":
        return [one]
    if one.measure is None or one.measure.kind != "biomarker":  # "EGFR", which may be something else in small letters: by its variant alone
        by = _BORNE_OUT.fullmatch(said.strip()) if one.wording.isupper() else None
        return [one, replace(one, entry=replace(one.entry, value=by["by"]))] if by is not None and by["result"].casefold() in _FOUND and not (by["grade"] or by["share"]) else [one]
    share = _STAINED_SHARE.fullmatch(said.strip()) if stained(one.measure) is not None and not one.entry.unit else None
    if share is not None:
        number = share["number"].replace(" ", "")
        return [replace(one, entry=replace(one.entry, value=Decimal(number) if number[0].isdigit() else number, unit="%"))]
    grade = _HER2_GRADE.fullmatch(said.strip()) if one.measure.id == "her2" else None
    if grade is not None:
        return [replace(one, entry=replace(one.entry, value=grade["grade"]), measure=measure_of("her2-ihc"))]
    borne_out = _BORNE_OUT.fullmatch(said.strip())
    if borne_out is None or not _agree(one.measure, borne_out):
        return [one]
    plain = replace(one, entry=replace(one.entry, value=borne_out["result"]))
    return [plain, replace(one, entry=replace(one.entry, value=borne_out["by"]))] if _is_variant_of(one.measure, borne_out) else [plain]


def _agree(measure: Measure, said: re.Match[str]) -> bool:
    """Whether a grade or a share of stained cells bears out the result beside it."""
    positive = said["result"].casefold() != "negative"
    if said["grade"]:
        return measure.id == "her2" and said["grade"] in (_HIGH if positive else _LOW)
    limits = stained(measure)
    if said["share"]:
        return limits is not None and (int(said["share"]) > limits[1] if positive else int(said["share"]) < limits[0])
    return True


def _is_variant_of(measure: Measure, said: re.Match[str]) -> bool:
    """Whether what bears out a positive result is a variant of the gene."""
    return measure.label.endswith("mutation") and said["result"].casefold() in _FOUND and any(sign.isdigit() for sign in said["by"])


def polarity(result: object, measure: Measure | None) -> str:
    """Whether a result in words is "positive" or "negative" for a measure; "" where it is neither, or tells of another change."""
    text = result.casefold().strip().removesuffix(".") if isinstance(result, str) else ""
    told = changes().get(text)
    if told is not None:
        return told[0] if measure is not None and measure.label.endswith(told[1]) else ""
    return "positive" if text in POSITIVE else "negative" if text in NEGATIVE else ""


def asked_polarity(word: str) -> str:
    """The result that a word of a criterion asks for, of whatever change; "" for another word."""
    told = changes().get(word)
    return told[0] if told is not None else "positive" if word in POSITIVE else "negative" if word in NEGATIVE else ""


def _is_marker(one: Reading) -> bool:
    return one.measure is not None and one.measure.kind == "biomarker" and one.measure.answer == "posneg"


def _as_variant(one: Reading, vocabulary: Vocabulary) -> Reading:
    """A variant named as the value of its gene ("EGFR": "exon 19 deletion") as a positive result of it; "EGFR": "wild type" is of the gene."""
    said = one.entry.value
    if not isinstance(said, str) or one.list != "labs":
        return one
    gene, text = _GENE.sub("", one.wording).strip(), said.casefold().strip()
    if text in ("yes", "no") and _TEST.search(one.wording):
        return replace(one, measure=None)
    if text in _EITHER and not _MUTATION.search(one.wording) and (gene.upper() in _STAINED or _KEPT.fullmatch(one.wording.strip())):
        return replace(one, measure=None)
    told = changes().get(text)
    kinds = told[1] if told is not None else ("mutation",) if asked_polarity(text) else ()
    if kinds:
        found = [measure for kind in kinds if (measure := vocabulary.recorded_measure(f"{gene} {kind}")) is not None]
        bare = gene.isupper() and (not _is_marker(one) or (told is not None and not polarity(said, one.measure)))
        return next((changed for measure in found if bare and _is_marker(changed := replace(one, measure=measure))), one)
    named = f"{gene} {_IS_THERE.sub('', said)}"
    variant = replace(one, entry=replace(one.entry, value="positive"), wording=named, measure=vocabulary.recorded_measure(named))
    return variant if _is_marker(variant) else one


def _graded(one: Reading, others: Sequence[Reading]) -> Reading | None:
    """The result that a graded test settles, on the same day; one that settles nothing leaves open what was found before it."""
    if one.measure is None or one.measure.id not in _SETTLES:
        return None
    marker, results = _SETTLES[one.measure.id]
    span = grade_span(one.measure, str(one.entry.value))
    if span is None or span[0] != span[1]:
        return None
    result = results.get(one.measure.order[span[0]], "")
    known = [other for other in others if other.measure is not None and other.measure.id == marker]
    before = known and one.entry.date and all(other.entry.date and other.entry.date.last < one.entry.date.first for other in known)
    return _told(marker, result or "equivocal", one) if result or before else None


def _told(marker: str, result: str, by: Reading) -> Reading:
    measure = measure_of(marker)
    return Reading(Lab(test=measure.label, value=result, date=by.entry.date), f"{measure.label} from {by.wording}", measure, "derived", basis=f"from {by.wording}")


def _followed(readings: Sequence[Reading]) -> list[Reading]:
    """What positive kinds say of the broader markers, negative markers of their kinds, and all kinds together."""
    known = [(one, result_of(one)) for one in readings if _is_marker(one)]
    found = [told for one, result in known if one.measure is not None and result for told in _reached(one, one.measure.id, result)]
    negative = {one.measure.id: one for one, result in known if one.measure is not None and result == "negative"}
    for broader, kinds in all_kinds().items():
        if all(kind in negative for kind in kinds):
            found.append(_told(broader, "negative", _oldest(negative[kind] for kind in kinds)))
    return found


def result_of(one: Reading) -> str:
    """Whether a marker is "positive" or "negative", in words or by its share of stained cells; "" where that cannot be told."""
    share, limits = one.entry.value, stained(one.measure)
    if isinstance(share, Decimal) and limits is not None and getattr(one.entry, "unit", None) == "%":
        return "positive" if share > limits[1] else "negative" if share < limits[0] else ""
    return polarity(share, one.measure)


def undone(last: Sequence[Reading], every: Iterable[Reading]) -> list[Reading]:
    """Results of a tumour, a genotype, or a test that stays positive, at odds with the latest: positive before negative ones, or too old a negative one behind positive ones."""
    results = {result_of(one) for one in last if _stays(one.measure)}
    others = [one for one in every if one not in last]
    found = [one for one in others if result_of(one) == "positive"] if "negative" in results else []
    begun = [one.entry.date.last for one in last if one.entry.date]
    if "positive" in results and begun:
        found += [one for one in others if result_of(one) == "negative" and one.entry.date and one.entry.date.first > max(begun)]
    return found


def lasts(one: Reading) -> bool:
    """Whether a result of a test that stays positive is none that may have changed: a negative one of long ago may."""
    return one.measure is None or one.measure.kind != "lab" or one.measure.answer != "posneg" or result_of(one) != "negative"


def _stays(measure: Measure | None) -> bool:
    return measure is not None and measure.answer == "posneg" and (measure.kind == "biomarker" or measure.shelf_days is None)


def _reached(one: Reading, marker: str, result: str) -> Iterable[Reading]:
    for other in (broader_markers() if result == "positive" else narrower_markers()).get(marker, ()):
        yield _told(other, result, one)
        yield from _reached(one, other, result)


def _oldest(readings: Iterable[Reading]) -> Reading:
    """The result that has waited longest; one without a day may have waited longer than any."""
    return min(readings, key=lambda one: one.entry.date.first.toordinal() if one.entry.date else 0)
