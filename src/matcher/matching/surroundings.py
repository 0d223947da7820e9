"""The family's diseases, and other studies the patient is or was in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from matcher.matching import truth as t
from matcher.matching.articles import relative, with_article
from matcher.matching.entries import SATISFIED, Closure, Part, Tested, concept_part, covers, denies, judge
from matcher.matching.finding import Finding
from matcher.matching.parts import days_of, window_part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.periods import period
from matcher.matching.words import capital, listed, when, window_words
from matcher.model.dates import PartialDate
from matcher.model.language import FamilyHistory, Participation
from matcher.model.patterns import later
from matcher.model.verdict import Evidence, Question
from matcher.vocabulary import normal


def judge_family_history(leaf: FamilyHistory, patient: Patient) -> Finding:
    """Whether a relative has, or had, the disease."""
    asked = patient.concept("condition", leaf.term)
    label = asked.label if asked else leaf.term
    tested = [
        Tested(
            (concept_part(patient, one, "condition", leaf.term, asked), _relation_part(leaf, one)),
            f"{one.wording} in the family", Evidence("family_history: " + one.wording, one.entry.relation or "present"),
        )
        for one in patient.relatives if one.entry.status == "present"
    ]
    denied = [one for one in patient.relatives if one.entry.status == "absent" and denies(patient, one, "condition", leaf.term, asked)]
    closure = Closure(
        patient.profile.complete.family_history is True,
        f"{capital(denied[0].wording)} in the family is recorded as absent" if _denied_of_all(leaf, denied) else "",
    )
    who = f" in {listed(leaf.relations)}" if leaf.relations else " in the family"
    return judge(tested, closure, Question("family_history", label, "yesno", None, f"Is there {with_article(label)}{f' in {listed([relative(one) for one in leaf.relations])}' if leaf.relations else who}?"), f"{label}{who}", patient)


def _denied_of_all(leaf: FamilyHistory, denied: Sequence[Resolved]) -> bool:
    """Whether the recorded "no" is one for the whole family, or for each of the relatives asked."""
    of = {normal(one.entry.relation) for one in denied if one.entry.relation}
    whole = any(one.entry.relation is None for one in denied)
    return whole or (bool(leaf.relations) and {normal(relation) for relation in leaf.relations} <= of)


_PARENTS = frozenset(("mother", "father", "parent"))
_SIBLINGS = frozenset(("sister", "brother", "sibling", "twin", "twin sister", "twin brother"))
_FIRST = _PARENTS | _SIBLINGS | {"son", "daughter", "child"}
_SECOND = frozenset(("grandmother", "grandfather", "grandparent", "aunt", "uncle", "niece", "nephew", "half sister", "half brother", "grandson", "granddaughter", "grandchild"))
# Whom a word for several relatives means.
_MEANT = {
    normal("parent"): _PARENTS, normal("sibling"): _SIBLINGS, normal("first-degree relative"): _FIRST, normal("close relative"): _FIRST,
    normal("second-degree relative"): _SECOND | {f"{side} {one}" for side in ("maternal", "paternal") for one in _SECOND},
}  # fmt: skip
_MEANS = {asked: {normal(one) for one in meant} for asked, meant in _MEANT.items()}


def _is_one(recorded: str, asked: str) -> bool:
    """Whether a recorded relative certainly is of those asked: a mother is a first-degree relative."""
    return normal(recorded) == normal(asked) or normal(recorded) in _MEANS.get(normal(asked), ())


# Single relatives whom a name may mean; of a half sister it is open whether a sister is asked.
_CHILDREN = frozenset(("son", "daughter"))
_ONES = {
    **{one: {one} for one in ("mother", "father", "sister", "brother", *_CHILDREN, "grandmother", "grandfather", "aunt", "uncle", "niece", "nephew", "grandson", "granddaughter", "cousin")},
    "parent": {"mother", "father"}, "sibling": {"sister", "brother"}, "child": set(_CHILDREN), "grandparent": {"grandmother", "grandfather"}, "grandchild": {"grandson", "granddaughter"},
    "half sister": {"half", "sister"}, "half brother": {"half", "brother"}, "first-degree relative": {"mother", "father", "sister", "brother", *_CHILDREN}, "close relative": set(),
}  # fmt: skip
_SINGLE = {normal(name): ones for name, ones in _ONES.items() if ones} | {normal(f"{side} {one}"): _ONES[one] for side in ("maternal", "paternal") for one in ("grandmother", "grandfather", "grandparent", "aunt", "uncle", "cousin")}


def _is_another(recorded: str, asked: str) -> bool:
    """Whether a recorded relative certainly is none of those asked: a grandmother is no first-degree relative."""
    one, others = _SINGLE.get(normal(recorded)), _SINGLE.get(normal(asked))
    return one is not None and others is not None and not one & others


# Who is of the family by marriage or by adoption: what they have is no family history, though a "family member" has it.
_SPOUSES = r"(?:ex[- ]?|former |late )?(?:husband|wife|spouse|partner|boyfriend|girlfriend|fianc[eé]e?)"
_BY_BLOOD = r"(?:mother|father|parent|sister|brother|sibling|son|daughter|child|mum|mom|dad|grand(?:mother|father|parent|son|daughter|child)|aunt|uncle|niece|nephew|cousin)"
_NOT_BY_BLOOD = later(rf"{_SPOUSES}(?:['’]s? .+)?|.+['’]s? {_SPOUSES}|.+[- ]in[- ]laws?|in[- ]laws?|step[- ]?{_BY_BLOOD}|(?:adoptive|adopted|foster) {_BY_BLOOD}", re.IGNORECASE)


def _by_blood(relation: str) -> bool:
    """Whether a recorded relative may be one by blood."""
    return _NOT_BY_BLOOD.fullmatch(relation.strip()) is None


def _relation_part(leaf: FamilyHistory, one: Resolved) -> Part:
    if not leaf.relations:
        by_blood = one.entry.relation is None or _by_blood(one.entry.relation)
        return SATISFIED if by_blood else Part(t.OPEN, "imprecise", f"it is recorded of the {one.entry.relation}")
    if one.entry.relation is None:
        return Part(t.OPEN, "imprecise", "which relative is not recorded")
    held = any(_is_one(one.entry.relation, relation) for relation in leaf.relations)
    if held:
        return SATISFIED
    none = all(_is_another(one.entry.relation, relation) for relation in leaf.relations)
    return Part(t.VIOLATED if none else t.OPEN, "" if none else "imprecise", f"it is recorded of the {one.entry.relation}")


def judge_participation(leaf: Participation, patient: Patient) -> Finding:
    """Whether the patient is, or was in the window, in another study of the kind asked."""
    kinds = f"{listed(leaf.kinds)} " if leaf.kinds else ""
    of = f" of {leaf.drug}" if leaf.drug else ""
    tested = [_test_study(leaf, patient, entry) for entry in patient.profile.trials]
    days = days_of(patient, leaf.window)
    complete = covers(patient.profile.complete.trials, now=leaf.current and leaf.window is None, days=days)
    asked = f"another {kinds}study{of}{' now' if leaf.current else ''}{window_words(leaf.window)}"
    verb = "Is the patient" if leaf.current and leaf.window is None else "Is or was the patient"
    ask = Question("trials", f"{kinds}study{of}", "yesno", None, f"{verb} in {asked}?")
    return judge(tested, Closure(complete), ask, f"participation in {asked}", patient)


def _test_study(leaf: Participation, patient: Patient, entry: object) -> Tested:
    start, stop, kind, drug = (getattr(entry, key) for key in ("start", "stop", "kind", "drug"))
    name = getattr(entry, "name", None) or drug or "a study"
    ongoing = start is not None and stop is None
    during = period(start, stop, ongoing=ongoing, as_of=patient.as_of) if patient.as_of else None
    parts = (
        _kind_part(leaf, kind, drug),
        _drug_part(leaf, patient, drug),
        _current_part(start, stop) if leaf.current and leaf.window is None else SATISFIED,
        window_part(patient, leaf.window, during),
        _tense_part(leaf, stop is not None),
    )
    shown = f"{name} ({'ended' + when(stop) if stop else 'ongoing' if ongoing else 'undated'})"
    return Tested(parts, shown, Evidence(f"trials: {name}", kind or "study", None, str(stop or start) if stop or start else None, told="until" if stop else "since"))


def _current_part(start: PartialDate | None, stop: PartialDate | None) -> Part:
    """Whether it goes on: a study without any date is one the patient is or was in."""
    if stop is not None:
        return Part(t.VIOLATED, why="it has ended")
    return SATISFIED if start is not None else Part(t.OPEN, "not-recorded", "whether it still goes on is not recorded")


def _tense_part(leaf: Participation, ended: bool) -> Part:
    """Without a window, whether a study that has ended counts is not said."""
    if ended and leaf.window is None and not leaf.current:
        return Part(t.OPEN, "ambiguous", "the criterion does not say whether a study that has ended counts")
    return SATISFIED


def _kind_part(leaf: Participation, kind: str | None, drug: str | None) -> Part:
    """Whether it is of a kind asked; where only its drug is recorded it is a study of that drug."""
    if not leaf.kinds:
        return Part(t.OPEN, "ambiguous", "the criterion does not say whether an observational study counts") if kind == "observational" else SATISFIED
    known = kind or ("drug" if drug else None)
    if known in leaf.kinds or ("interventional" in leaf.kinds and known not in (None, "observational")):
        return SATISFIED
    if kind is None:
        return Part(t.OPEN, "not-recorded", f"whether it was a {listed(leaf.kinds)} study is not recorded")
    return Part(t.VIOLATED, why=f"it is a {kind} study")


def _drug_part(leaf: Participation, patient: Patient, drug: str | None) -> Part:
    if not leaf.drug:
        return SATISFIED
    if drug is None:
        return Part(t.OPEN, "not-recorded", "its drug is not recorded")
    one = Resolved(None, drug, patient.concept("treatment", drug))
    return concept_part(patient, one, "treatment", leaf.drug, patient.concept("treatment", leaf.drug))
