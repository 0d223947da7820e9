"""What ships: trial records with confirmed checks, and demo patients that between them meet every kind of verdict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from rows import each_row

from matcher.intake.guard import objections
from matcher.matching import match
from matcher.model.language import (
    Allergy,
    Check,
    Condition,
    FamilyHistory,
    Leaf,
    Measurement,
    Medication,
    Procedure,
    Unread,
)
from matcher.model.match import CriterionMatch, TrialMatch
from matcher.model.trees import leaves
from matcher.model.trial import Criterion, Trial
from matcher.model.verdict import Verdict
from matcher.model.wording import parse, wording
from matcher.storage.folders import file_stem, toml_files
from matcher.storage.toml_files import load_profile, load_trial, load_trials, profile_text, trial_text
from matcher.vocabulary import load

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "../shared/pages").resolve()
TRIALS = toml_files(ROOT / "trials")
PROFILES = toml_files(ROOT / "profiles")
AS_OF = date(2026, 11, 21)

MULTI_OMICS = "NCT06167174"
SIROLIMUS = "NCT04582136"
STEM_CELLS = "NCT03458156"
TACROLIMUS = "ClinicalTrials.Veeva-Long-Acting-Tacrolimus-for-the"
INTERLEUKIN_2 = "official-title-table-Efficacy-and-Safety-of-Low-dose"

CODES = {
    "holds", "violated", "not-recorded", "stale", "partial-date", "conflict", "no-unit", "no-limit", "suspected", "imprecise",
    "lost-operator", "ambiguous", "judgement", "consent", "not-concerned",
}


@cache
def _matches(profile_id: str) -> dict[str, TrialMatch]:
    profile = load_profile(ROOT / "profiles" / f"{profile_id}.toml")
    return {one.trial_id: one for one in match(profile, load_trials(ROOT / "trials"))}


def _judged(profile_id: str, trial_id: str, criterion_id: str) -> CriterionMatch:
    return next(one for one in _matches(profile_id)[trial_id].criteria if one.id == criterion_id)


def _terms(leaf: Leaf) -> Iterator[tuple[str, str]]:
    match leaf:
        case Condition(term, other_than=others):
            kind = "condition"
        case FamilyHistory(term):
            kind, others = "condition", ()
        case Medication(term, other_than=others) | Allergy(term, other_than=others):
            kind = "treatment"
        case Procedure(term, other_than=others):
            kind = "procedure"
        case Measurement(term):
            kind, others = "measure", ()
        case _:
            return
    yield kind, term
    yield from ((kind, other.term) for other in others if other.term)
    if isinstance(leaf, Medication) and leaf.equivalent:
        yield "treatment", leaf.equivalent


def _criteria() -> list[tuple[Trial, Criterion]]:
    return [(trial, criterion) for trial in map(load_trial, TRIALS) for criterion in trial.criteria]


def _named(value: object) -> str:
    return value.stem if isinstance(value, Path) else str(value)


_CRITERIA = _criteria()
each_criterion = each_row("criterion", [one for _, one in _CRITERIA], ids=[f"{trial.id}-{one.id}" for trial, one in _CRITERIA])


def test_there_are_five_trials_and_ten_patients() -> None:
    assert len(TRIALS) >= 5
    assert len(PROFILES) >= 10


@each_row("path", TRIALS, ids=_named)
def test_a_trial_record_is_in_the_house_form(path: Path) -> None:
    trial = load_trial(path)
    assert path.stem == file_stem(trial.id)
    assert path.read_bytes().decode("utf-8") == trial_text(trial)
    assert trial.source is not None
    assert trial.source.paraphrased
    assert all((trial.title, trial.summary, trial.conditions))
    assert all(load().condition(name) is not None for name in trial.conditions)
    assert not trial.officials, "no person's name ships"


@each_row("path", TRIALS, ids=_named)
def test_criteria_are_numbered_in_reading_order(path: Path) -> None:
    for letter, kind in (("I", "inclusion"), ("E", "exclusion"), ("R", "registry")):
        ids = [one.id for one in load_trial(path).criteria if one.kind == kind]
        assert ids == [f"{letter}{number}" for number in range(1, len(ids) + 1)]


@each_criterion
def test_a_shipped_check_is_confirmed_canonical_and_wholly_read(criterion: Criterion) -> None:
    check = parse(criterion.check)
    assert criterion.curated
    assert wording(check) == criterion.check
    assert not any(isinstance(leaf, Unread) for leaf in leaves(check))


@each_criterion
def test_every_term_of_a_shipped_check_is_in_the_vocabulary(criterion: Criterion) -> None:
    check: Check = parse(criterion.check)
    unknown = [term for leaf in leaves(check) for term in _terms(leaf) if getattr(load(), term[0])(term[1]) is None]
    assert not unknown


@each_row("path", PROFILES, ids=_named)
def test_a_profile_is_in_the_house_form_and_identifies_nobody(path: Path) -> None:
    profile = load_profile(path)
    assert path.stem == profile.id
    assert path.read_bytes().decode("utf-8") == profile_text(profile)
    assert profile.as_of == AS_OF
    assert not objections(profile)


def _sentences(text: str) -> set[str]:
    parts = text.replace("\n", ". ").replace(";", ". ").split(". ")
    return {" ".join(part.casefold().split()).strip(" .:") for part in parts if len(part.split()) >= 6}


def test_no_sentence_of_a_page_is_repeated() -> None:
    if not PAGES.is_dir():
        pytest.skip("the saved pages of ../shared are not here")
    pages = set().union(*(_sentences(page.read_text(encoding="utf-8")) for page in PAGES.glob("*.txt")))
    for trial in map(load_trial, TRIALS):
        texts = [
            trial.summary or "", trial.description or "", *(one.text for one in trial.criteria), *(one.note for one in trial.criteria),
            *(one.measure for one in trial.outcomes), *(one.description for one in trial.arms),
        ]
        assert not set().union(*map(_sentences, texts)) & pages


def test_the_patients_reach_every_verdict_and_the_reason_codes() -> None:
    reached = [one for path in PROFILES for trial in _matches(path.stem).values() for one in trial.criteria]
    assert {one.verdict for one in reached} == set(Verdict)
    assert CODES - {one.code for one in reached} == set()


def test_the_patients_reach_every_tier() -> None:
    assert {one.tier for path in PROFILES for one in _matches(path.stem).values()} == {"eligible", "possible", "excluded"}


def test_the_first_patient_has_trials_to_be_offered() -> None:
    tiers = {trial_id: one.tier for trial_id, one in _matches("LN-0042").items()}
    assert tiers[TACROLIMUS] == "eligible"
    assert tiers[MULTI_OMICS] == "possible"
    assert tiers[SIROLIMUS] == "possible"


def test_a_washout_that_ends_in_ten_days_is_foretold() -> None:
    found = _matches("SLE-0135")[INTERLEUKIN_2]
    assert found.tier == "excluded"
    assert found.eligible_from == date(2026, 12, 1)


# Derived by hand from the criterion's meaning and the patient's facts, as (profile, trial, criterion, verdict, code).
EXPECTED = [
    # A complete record: 34, class IV on mycophenolate 1 g and prednisone 7.5 mg.
    ("LN-0042", MULTI_OMICS, "I1", "pass", "holds"),
    ("LN-0042", MULTI_OMICS, "I3", "pass", "holds"),
    ("LN-0042", MULTI_OMICS, "I5", "pass", "holds"),
    ("LN-0042", MULTI_OMICS, "I6", "pass", "holds"),
    ("LN-0042", MULTI_OMICS, "I7", "review", "consent"),
    ("LN-0042", MULTI_OMICS, "E1", "pass", "violated"),
    ("LN-0042", MULTI_OMICS, "E2", "pass", "violated"),
    ("LN-0042", MULTI_OMICS, "E9", "review", "judgement"),
    ("LN-0042", SIROLIMUS, "E3", "pass", "violated"),
    ("LN-0042", SIROLIMUS, "E9", "pass", "violated"),
    ("LN-0042", STEM_CELLS, "I6", "review", "lost-operator"),
    ("LN-0042", STEM_CELLS, "E4", "unknown", "not-recorded"),
    ("LN-0042", STEM_CELLS, "E6", "review", "ambiguous"),
    ("LN-0042", TACROLIMUS, "I4", "pass", "holds"),
    ("LN-0042", TACROLIMUS, "E5", "pass", "violated"),
    ("LN-0042", INTERLEUKIN_2, "I2", "review", "lost-operator"),
    ("LN-0042", INTERLEUKIN_2, "I3", "pass", "holds"),
    ("LN-0042", INTERLEUKIN_2, "I4", "review", "lost-operator"),
    ("LN-0042", INTERLEUKIN_2, "E13", "pass", "violated"),
    # Lupus without nephritis, past the menopause; SLEDAI-2K of 6; a basal cell carcinoma removed in 2023.
    ("SLE-0107", STEM_CELLS, "I5", "n/a", "not-concerned"),
    ("SLE-0107", STEM_CELLS, "I7", "n/a", "not-concerned"),
    ("SLE-0107", SIROLIMUS, "I2", "pass", "holds"),
    ("SLE-0107", SIROLIMUS, "I3", "unknown", "not-recorded"),
    ("SLE-0107", SIROLIMUS, "I4", "pass", "holds"),
    ("SLE-0107", SIROLIMUS, "E15", "pass", "violated"),
    ("SLE-0107", MULTI_OMICS, "I3", "fail", "violated"),
    ("SLE-0107", INTERLEUKIN_2, "I5", "n/a", "not-concerned"),
    # A man with class V by a biopsy of 2025, on tacrolimus, carrying hepatitis B, 3.9 g of protein a day.
    ("LN-0113", MULTI_OMICS, "I3", "fail", "violated"),
    ("LN-0113", MULTI_OMICS, "E3", "pass", "violated"),
    ("LN-0113", TACROLIMUS, "I3", "pass", "holds"),
    ("LN-0113", TACROLIMUS, "I5", "fail", "violated"),
    ("LN-0113", TACROLIMUS, "E2", "fail", "holds"),
    ("LN-0113", SIROLIMUS, "E3", "fail", "holds"),
    ("LN-0113", SIROLIMUS, "E8", "fail", "holds"),
    ("LN-0113", INTERLEUKIN_2, "E7", "unknown", "imprecise"),
    ("LN-0113", INTERLEUKIN_2, "I5", "n/a", "not-concerned"),
    # Pregnant; the list of medicines is known for now only.
    ("LN-0128", MULTI_OMICS, "E3", "fail", "holds"),
    ("LN-0128", MULTI_OMICS, "E6", "pass", "violated"),
    ("LN-0128", SIROLIMUS, "E8", "unknown", "not-recorded"),
    ("LN-0128", TACROLIMUS, "I3", "unknown", "not-recorded"),
    # Belimumab until 31 May; SLEDAI exactly 8.
    ("SLE-0135", INTERLEUKIN_2, "E12", "fail", "holds"),
    ("SLE-0135", INTERLEUKIN_2, "I2", "pass", "holds"),
    ("SLE-0135", STEM_CELLS, "E6", "review", "ambiguous"),
    # Other units: 1.35 g and 1.25 g of protein, 27 U/L of ALT, 217 mg/dL of cholesterol, 0.58 g/L of C3.
    ("LN-0150", MULTI_OMICS, "I3", "pass", "holds"),
    ("LN-0150", MULTI_OMICS, "I5", "pass", "holds"),
    ("LN-0150", MULTI_OMICS, "I6", "unknown", "not-recorded"),
    ("LN-0150", MULTI_OMICS, "E6", "pass", "violated"),
    ("LN-0150", MULTI_OMICS, "E7", "pass", "violated"),
    ("LN-0150", MULTI_OMICS, "E8", "pass", "violated"),
    ("LN-0150", SIROLIMUS, "I4", "pass", "holds"),
    ("LN-0150", SIROLIMUS, "E3", "pass", "violated"),  # eGFR computed from creatinine, age and sex
    ("LN-0150", SIROLIMUS, "E11", "pass", "violated"),
    # Platelets 46 and 58 on one day, ALT 60 without a limit, MMF 2 g, Sjögren syndrome, eGFR 51.
    ("LN-0163", MULTI_OMICS, "I6", "fail", "violated"),
    ("LN-0163", MULTI_OMICS, "E1", "fail", "holds"),
    ("LN-0163", MULTI_OMICS, "E6", "unknown", "conflict"),
    ("LN-0163", MULTI_OMICS, "E7", "unknown", "no-limit"),
    ("LN-0163", SIROLIMUS, "E3", "fail", "holds"),
    ("LN-0163", SIROLIMUS, "E6", "fail", "holds"),
    ("LN-0163", SIROLIMUS, "E11", "fail", "holds"),
    # Hardly anything is known.
    ("SLE-0171", MULTI_OMICS, "I1", "pass", "holds"),
    ("SLE-0171", MULTI_OMICS, "E6", "unknown", "not-recorded"),
    ("SLE-0171", INTERLEUKIN_2, "E4", "unknown", "not-recorded"),
    # Old values, vague dates, units left out, suspicions.
    ("LN-0188", MULTI_OMICS, "E2", "unknown", "suspected"),
    ("LN-0188", MULTI_OMICS, "E6", "pass", "violated"),
    ("LN-0188", MULTI_OMICS, "E7", "unknown", "stale"),
    ("LN-0188", MULTI_OMICS, "E8", "unknown", "no-unit"),
    ("LN-0188", SIROLIMUS, "I2", "unknown", "partial-date"),
    ("LN-0188", INTERLEUKIN_2, "E12", "unknown", "partial-date"),
    # On both sides of limits whose signs were lost; a pregnancy test a month old; ibuprofen for six days.
    ("SLE-0196", INTERLEUKIN_2, "I2", "pass", "holds"),
    ("SLE-0196", INTERLEUKIN_2, "I5", "unknown", "stale"),
    ("SLE-0196", INTERLEUKIN_2, "E3", "review", "lost-operator"),
    ("SLE-0196", INTERLEUKIN_2, "E14", "pass", "violated"),
    ("SLE-0196", STEM_CELLS, "I7", "fail", "violated"),
    ("SLE-0196", STEM_CELLS, "E1", "fail", "holds"),
    ("SLE-0196", SIROLIMUS, "I5", "fail", "violated"),
    ("SLE-0196", TACROLIMUS, "E4", "fail", "holds"),
    # Over 90, with diabetes, a cataract once, a basal cell carcinoma now and an eGFR of 14.
    ("SLE-0204", MULTI_OMICS, "I1", "fail", "violated"),
    ("SLE-0204", SIROLIMUS, "E15", "fail", "holds"),
    ("SLE-0204", INTERLEUKIN_2, "E5", "pass", "violated"),
    ("SLE-0204", INTERLEUKIN_2, "E8", "fail", "holds"),
    ("SLE-0204", TACROLIMUS, "E3", "fail", "holds"),
    ("SLE-0204", STEM_CELLS, "E3", "fail", "holds"),
    # A healthy man.
    ("HV-0211", MULTI_OMICS, "I2", "fail", "violated"),
    ("HV-0211", STEM_CELLS, "I4", "n/a", "not-concerned"),
    ("HV-0211", STEM_CELLS, "R2", "fail", "violated"),
    ("HV-0211", INTERLEUKIN_2, "E10", "pass", "violated"),
    # 18, untreated but for an antimalarial; "glomerulonephritis" is all that is recorded of the kidney.
    ("LN-0220", TACROLIMUS, "I1", "unknown", "imprecise"),
    ("LN-0220", MULTI_OMICS, "I3", "pass", "holds"),
    ("LN-0220", MULTI_OMICS, "I4", "unknown", "imprecise"),
    ("LN-0220", MULTI_OMICS, "I5", "unknown", "not-recorded"),
    ("LN-0220", MULTI_OMICS, "I6", "pass", "holds"),
    ("LN-0220", MULTI_OMICS, "E5", "unknown", "imprecise"),
    ("LN-0220", MULTI_OMICS, "E6", "pass", "violated"),
    # Rheumatoid arthritis on etanercept, no lupus.
    ("RA-0233", MULTI_OMICS, "I2", "fail", "violated"),
    ("RA-0233", SIROLIMUS, "E1", "fail", "holds"),
    ("RA-0233", INTERLEUKIN_2, "E12", "fail", "holds"),
]


@each_row(("profile_id", "trial_id", "criterion_id", "verdict", "code"), EXPECTED)
def test_a_criterion_is_judged_as_its_meaning_asks(
    profile_id: str, trial_id: str, criterion_id: str, verdict: str, code: str
) -> None:
    found = _judged(profile_id, trial_id, criterion_id)
    assert (found.verdict, found.code) == (verdict, code), found.reason
