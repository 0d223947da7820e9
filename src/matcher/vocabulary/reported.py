"""Names of tests as laboratories and their exports word them: "Creatinine [Mass/volume] in Serum or Plasma", "Platelet count, auto", "Na (serum)"."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from matcher.model.patterns import later
from matcher.vocabulary.concepts import Words, table, worded
from matcher.vocabulary.measures import Measure
from matcher.vocabulary.normal import normal
from matcher.vocabulary.short_tests import written_out
from matcher.vocabulary.unit_text import read_unit

_Look = Callable[[Words], Measure | None]
# What such a name has, and no other does: a property in brackets, a specimen, a way of counting.
_REPORTED = later(
    r"\[|, |\(|/\d*\s?\w|#|%|\.|\b(?:in|of|by|serum|plasma|blood|ser|plas|plt|auto(?:mated)?|manual|calc(?:ulated)?|abs(?:olute)?|quant(?:itative)?|qual(?:itative)?|lvl|level|poct?|poc|lab|est(?:imated)?|total|free|hs|percent|random|direct|ur|urine|csf)\b", re.IGNORECASE
)
_NAME = later(r"^(?P<what>.+?)\s*(?:\[(?P<property>[^\]]+)\]\s*(?:\((?P<aside>[^()]+)\)\s*)?)?(?:(?:^|\s+)(?:in|of)\s+(?P<specimen>[^\[\]]+?))?(?:\s+by\s+(?P<method>.+?))?(?:\s*--\s*(?P<when>.+))?$", re.IGNORECASE)
_TWICE = later(r"([^()]{2,}?)\s*\(([^()]{2,})\)")
_SPECIMENS = {
    "blood": (
        "blood", "serum", "plasma", "serum or plasma", "serum plasma or blood", "serum or plasma or blood", "platelet poor plasma", "whole blood", "ser", "plas", "ser plas", "serum plasma", "s", "p", "b", "plasma or serum",
    ),
    "cells": ("red blood cell", "erythrocyte", "rbc"),
    "arterial": ("arterial blood", "blood arterial", "arterial", "art", "abg"),
    "urine": ("urine", "24 hour urine", "urine random", "random urine", "spot urine", "ur", "urine 24 hour", "24h urine", "u", "urn"),
    "csf": ("csf", "cerebral spinal fluid", "cerebrospinal fluid", "spinal fluid"),
    "stool": ("stool", "fece"),
}  # fmt: skip
_SPECIMEN = {words: kind for kind, names in _SPECIMENS.items() for words in names}
_OF_CELLS = ("mcv", "mch", "mchc", "erythrocyte")  # what is told of red cells themselves
# What is measured in whole blood: in serum or plasma it is another test (free hemoglobin).
_OF_WHOLE_BLOOD = frozenset(("hemoglobin", "hgb", "hb"))
# Ways of measuring that make no other test of it, and those that do.
_OTHER_TEST = later(r"test strip|dipstick|estimate|glucometer|ratio|sensitivity method|ckd-epi|mdrd|cockcroft|schwartz|bis\b|cystatin|pulse oximetry|electrophoresis|line blot|genotyp", re.IGNORECASE)
_BY_METHOD = (
    (later(r"high sensitivity", re.IGNORECASE), {"C-reactive protein": "high-sensitivity C-reactive protein", "troponin T": "troponin T", "troponin I": "troponin I"}),
    (later(r"creatinine-based formula \(ckd-epi|ckd-epi(?!.*cystatin)", re.IGNORECASE), {"eGFR": "eGFR by CKD-EPI", "eGFR by CKD-EPI": "eGFR by CKD-EPI"}),
    (later(r"mdrd", re.IGNORECASE), {"eGFR": "eGFR by MDRD", "eGFR by MDRD": "eGFR by MDRD"}),
    (later(r"creatinine-based formula$", re.IGNORECASE), {"eGFR": "eGFR"}),
    (later(r"pulse oximetry", re.IGNORECASE), {"oxygen saturation": "oxygen saturation"}),
    (later(r"test strip", re.IGNORECASE), {"urine pH": "urine pH", "urine specific gravity": "urine specific gravity"}),
)
_WHEN = {"": "", "fasting": "fasting", "am specimen": "", "trough": "", "morning specimen": "", "random": "", "2 hours post 75 g glucose po": "2 hour", "2 hour post 75 g glucose po": "2 hour"}
# Which units a result of a property has: what stands above the line, and what below it.
_VOLUME, _MASS, _TIME = ("volume",), ("mass",), ("time",)
_PROPERTIES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "#/volume": (("count",), _VOLUME), "mass/volume": (("mass", "amount"), _VOLUME), "moles/volume": (("mass", "amount", "equivalent"), _VOLUME), "substance/volume": (("mass", "amount", "equivalent"), _VOLUME),
    "units/volume": (("activity", "relative activity"), _VOLUME), "enzymatic activity/volume": (("activity",), _VOLUME), "catalytic activity/volume": (("activity",), _VOLUME), "arbitrary concentration": (("activity", "relative activity"), _VOLUME),
    "mass/time": (("mass",), _TIME), "moles/time": (("mass", "amount"), _TIME), "mass ratio": (("mass",), _MASS), "mass/mass": (("mass",), _MASS), "osmolality": (("osmoles",), _MASS),
    "mass fraction": (("percent", "ratio"), ()), "molar fraction": (("percent", "ratio"), ()), "volume fraction": (("percent", "ratio"), ()), "ratio": (("percent", "ratio"), ()),
    "entitic volume": (("volume",), ()), "entitic mean volume": (("volume",), ()), "entitic mass": (("mass",), ()), "entitic mean mass": (("mass",), ()), "mass": (("mass",), ()), "length": (("length",), ()), "time": (("time",), ()),
    "volume rate/area": (("volume",), ("standard body surface", "time")), "volume rate": (("volume",), _TIME), "partial pressure": (("pressure",), ()), "pressure": (("pressure",), ()), "velocity": (("length",), _TIME), "titer": (("titer",), ()), "temperature": (("temperature °C",), ()),
}  # fmt: skip
_OF_ANSWERS = frozenset(("presence", "interpretation", "presence or identity"))
_OF_NO_UNIT = frozenset(("relative time", "ph", "scaled score"))
# Words of an export that say how it was counted, or that it is a result, and make no other test of it.
_SAID_BESIDES = frozenset(("auto", "automated", "manual", "count", "level", "lvl", "calc", "calculated", "quant", "quantitative", "lab", "result", "value", "lc", "p5p", "serum", "plasma", "blood", "whole", "ser", "plas", "test", "measured", "enzymatic", "concentration", "conc", "s", "p", "b"))  # fmt: skip
_COUNTED = frozenset(("absolute", "abs", "absolutes"))


def reported(wording: str, look: _Look) -> Measure | None:
    """The measure of a name as a laboratory prints it; None where a part of it is not known, or makes another test of it."""
    found = _whole(wording, look)
    written = "" if found is not None else written_out(wording)
    if written:
        return look(normal(written)) or reported(written, look)
    found = found or _called_twice(wording, look)
    if found is not None or _REPORTED.search(wording) is None:
        return found
    parts = _NAME.match(wording.strip())
    if parts is None:
        return None
    if parts["property"] or parts["specimen"] or parts["method"] or parts["when"]:
        return _of_parts(parts, look)
    return _exported(wording, look)


def _called_twice(wording: str, look: _Look) -> Measure | None:
    """ "GPT (ALAT)": two names of one measure, one of them in brackets."""
    names = _TWICE.fullmatch(wording.strip())
    found = [look(normal(name)) or _whole(name, look) for name in names.groups()] if names is not None else []
    return found[0] if found and found[0] is not None and found[0] == found[1] else None


def _whole(wording: str, look: _Look) -> Measure | None:
    """A name that stands in the table as it is written, of blood or of no specimen."""
    words = normal(wording)
    label = next((row[0] for place in ("", "blood", "any") for row in _table().get((words, place), [])), None)
    return look(normal(label)) if label is not None else None


def _of_parts(parts: re.Match[str], look: _Look) -> Measure | None:
    """ "Bilirubin.total [Mass/volume] in Serum or Plasma by method"; the property must be one of the measure's unit."""
    when = _WHEN.get((parts["when"] or "").casefold().strip())
    what, specimen = _and_specimen(parts["what"], parts["specimen"] or "")
    kind = _SPECIMEN.get(" ".join(normal(specimen)), "") if specimen else "any"
    if when is None or not kind:
        kind = "" if when is None else kind or _any_specimen(what)
    if not kind or when is None:
        return None
    if when == "2 hour":
        return look(normal("2-hour plasma glucose")) if what.casefold() == "glucose" else None
    if (kind == "cells" and not what.casefold().startswith(_OF_CELLS)) or (what.casefold() in _OF_WHOLE_BLOOD and specimen and "blood" not in specimen.casefold()):
        return None
    name, said = (parts["property"] or "").casefold(), f"{when} {what}".strip()
    for one in dict.fromkeys((said, re.sub(r"\s*\([^()]*\)", "", said))):
        measure = _called(normal(one), kind, name, look)
        if measure is not None:
            return _by_method(measure, parts["method"] or "", look)
    return None


def _any_specimen(what: str) -> str:
    """ "any" where it is the same test in whatever was taken, such as the RNA of a virus."""
    return "any" if (normal(what), "any") in _table() else ""


def _and_specimen(what: str, specimen: str) -> tuple[str, str]:
    """ "Cholesterol in LDL" and its specimen: only what is known as one is one."""
    where = re.split(r"\s+(?:in|of)\s+", specimen)
    for i in range(len(where)):
        last = " in ".join(where[i:])
        if " ".join(normal(last)) in _SPECIMEN:
            return " in ".join((what, *where[:i])), last
    return what, specimen


def _called(words: Words, specimen: str, name: str, look: _Look) -> Measure | None:
    """The measure of what is measured in a specimen; None where the property is not one of its results."""
    places = (specimen, "any", "", "blood") if specimen in ("blood", "any", "cells") else (specimen, "any", "pulse", "", "blood") if specimen == "arterial" else (specimen, "any")
    rows = [row for place in places for row in _table().get((words, place), []) if not row[1] or not name or name in row[1]]
    for label, properties in rows:
        measure = look(normal(label)) if name or not properties or not all(one.endswith("/time") for one in properties) else None
        if measure is not None and (name in properties or not name or _fits(measure, name)):
            return measure
    before = {"csf": ("cerebrospinal", "fluid"), "stool": ("fecal",), "urine": ("urine",)}.get(specimen, ())
    measure = look((*before, *words)) if not rows else None
    return measure if measure is not None and (not name or _fits(measure, name)) else None


def _fits(measure: Measure, name: str) -> bool:
    """Whether a result of a property is one of the measure."""
    if name in _OF_ANSWERS:
        return measure.answer != "number"
    if name in _OF_NO_UNIT:
        return not measure.unit
    above, below = _PROPERTIES.get(name, ((), ()))
    unit = next(iter(read_unit(measure.unit)), None)
    return unit is not None and unit.above in above and unit.below == below


def _by_method(measure: Measure, method: str, look: _Look) -> Measure | None:
    if not method or _OTHER_TEST.search(method) is None:
        return measure
    for pattern, labels in _BY_METHOD:
        if pattern.search(method) is not None and measure.label in labels:
            return look(normal(labels[measure.label]))
    return None


def _exported(wording: str, look: _Look) -> Measure | None:
    """ "Platelet count, auto", "Na (serum)", "Glucose, CSF": a name with its specimen and how it was counted."""
    share = "%" in wording
    words = normal(wording.replace("%", " "))
    kind, left = _its_specimen(words)
    if kind == "cells" or (not _OF_WHOLE_BLOOD.isdisjoint(left) and not {"serum", "plasma"}.isdisjoint(words)):
        return None
    if kind not in ("", "blood", "arterial"):
        return _called(left, kind, "", look) if left != words else None
    counted = not _COUNTED.isdisjoint(left)
    bare = tuple(word for word in left if word not in _SAID_BESIDES and word not in _COUNTED)
    for one in (left, bare):
        if one and (one != words or kind or share):
            measure = _table_or_name(one, look)
            if measure is not None and (not counted or _fits(measure, "#/volume")) and (not share or measure.unit == "%"):
                return measure
    return None


def _table_or_name(words: Words, look: _Look) -> Measure | None:
    label = next((row[0] for place in ("", "blood") for row in _table().get((words, place), [])), None)
    return look(normal(label)) if label is not None else look(words)


def _its_specimen(words: Words) -> tuple[str, Words]:
    """The specimen that stands before or behind a name, with the name alone."""
    for length in (3, 2, 1):
        if length < len(words):
            for named, left in ((words[-length:], words[:-length]), (words[:length], words[length:])):
                kind = _SPECIMEN.get(" ".join(named))
                if kind is not None and (length > 1 or len(named[0]) > 1):
                    return kind, left
    return "", words


@cache
def _table() -> dict[tuple[Words, str], list[tuple[str, frozenset[str]]]]:
    """What is measured and the specimen → labels of measures, each with the properties by which it is named (none: any that fits)."""
    found: dict[tuple[Words, str], list[tuple[str, frozenset[str]]]] = {}
    for names, properties, place, label in table("reported.tsv"):
        for name in worded(names):
            found.setdefault((name, place), []).append((label, frozenset(filter(None, properties.split("|")))))
    return found
