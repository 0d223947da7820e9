"""Trials for one patient: tiers, groups, scores, ranks, the day a washout clears, what to ask next, sameness."""

from __future__ import annotations

import json
import random
from datetime import date
from typing import Any

import pytest
from judging import AS_OF, EX, IN, Facts, complete, condition, drug, lab, merged, procedure, study
from rows import each_row

from matcher.matching import ask_next, match
from matcher.matching.ranking import WEIGHTS
from matcher.matching.subjects import conditions_of
from matcher.model.match import TrialMatch
from matcher.model.profile import Profile
from matcher.model.trial import Intervention, Trial

Criterion = tuple[str, str] | tuple[str, str, str]
NOT_PREGNANT: Facts = {"sex": "female", "pregnant": False}


def trial(*criteria: Criterion, id: str = "NCT1", **more: Any) -> Trial:
    """A trial of criteria given as kind, check and (sometimes) group."""
    listed = [
        {"id": f"C{number}", "kind": kind, "text": check, "check": check, "group": group[0] if group else ""}
        for number, (kind, check, *group) in enumerate(criteria, 1)
    ]
    return Trial.checked({"id": id, "status": "recruiting", "criteria": listed, **more})


def profile(*facts: Facts, as_of: str | None = AS_OF) -> Profile:
    """A profile of these facts."""
    found = merged(*facts)
    return Profile.checked({"id": "T", **found, **({"as_of": as_of} if as_of else {})})


def matched(facts: Facts, *criteria: Criterion, as_of: date | None = None) -> TrialMatch:
    """The one trial of these criteria, matched."""
    (found,) = match(profile(facts), [trial(*criteria)], as_of)
    return found


ADULT, CHILD = (IN, "age ≥ 18 years"), (IN, "age < 18 years")
CONSENT: Criterion = (IN, 'consent "written consent"')
TIERS: list[tuple[Facts, list[Criterion], str]] = [
    ({"age": 34}, [ADULT], "eligible"),
    ({"age": 34}, [ADULT, CONSENT], "eligible"),
    ({"age": 34, "sex": "male"}, [ADULT, (EX, "when sex female then pregnant")], "eligible"),
    ({"age": 34}, [], "possible"),
    ({}, [ADULT], "possible"),
    ({"age": 34}, [ADULT, (IN, 'judgement "fit"')], "possible"),
    ({"age": 34}, [ADULT, (IN, 'consent "c" and judgement "fit"')], "possible"),
    ({"age": 34}, [ADULT, (IN, 'unread "x"')], "possible"),
    ({"age": 34}, [(IN, 'age ≥ 18 years or unread "x"')], "possible"),
    ({"age": 34}, [CHILD], "excluded"),
    ({"age": 34}, [CHILD, (IN, 'unread "x"'), (IN, "sex female")], "excluded"),
    ({"age": 34}, [ADULT, (IN, "age < 30 years", "A")], "excluded"),
    ({"age": 34}, [ADULT, (IN, "age < 30 years", "A"), (IN, "age > 30 years", "B")], "possible"),
    ({"age": 34}, [ADULT, (IN, "age < 30 years", "A"), (IN, "age < 33 years", "B")], "excluded"),
    ({"age": 34}, [ADULT, (IN, "age < 30 years", "A"), (IN, "age > 30 years", "A"), (IN, "sex female", "B")], "possible"),
    ({"age": 34}, [CHILD, (IN, "age > 30 years", "A")], "excluded"),
    ({"age": 34}, [ADULT, (IN, "age > 30 years", "A"), (IN, "age > 31 years", "B")], "eligible"),
]


@each_row(("facts", "criteria", "tier"), TIERS)
def test_the_tier_of_a_trial(facts: Facts, criteria: list[Criterion], tier: str) -> None:
    assert matched(facts, *criteria).tier == tier


def test_text_that_no_check_was_read_from_keeps_a_trial_possible() -> None:
    record = Trial.checked({"id": "N", "criteria": [{"id": "I1", "kind": "inclusion", "text": "Any patient."}]})
    (found,) = match(profile({"age": 34}), [record])
    assert (found.tier, found.criteria[0].verdict, found.criteria[0].code) == ("possible", "review", "unread")
    assert (found.criteria[0].text, found.criteria[0].check, found.criteria[0].read) == ("Any patient.", "", "none")


TAC_OUT: Criterion = (EX, "use of tacrolimus within 1 month")
MMF_OUT: Criterion = (EX, "use of rituximab within 6 months")
TAC = drug("tacrolimus", start="2026-01-01", stop="2026-11-05")
FROM: list[tuple[Facts, list[Criterion], date | None]] = [
    (TAC, [TAC_OUT], date(2026, 12, 6)),
    (drug("tacrolimus", stop="2026-10-31"), [TAC_OUT], date(2026, 12, 1)),
    (merged(TAC, drug("rituximab", stop="2026-08-31")), [TAC_OUT, MMF_OUT], date(2027, 3, 1)),
    (merged(TAC, drug("rituximab", stop="2026-06-10")), [TAC_OUT, MMF_OUT], date(2026, 12, 11)),
    (merged(TAC, drug("rituximab")), [TAC_OUT, MMF_OUT], None),
    (drug("tacrolimus"), [TAC_OUT], None),
    (merged(TAC, {"age": 34}), [TAC_OUT, CHILD], None),
    (merged(TAC, {"age": 34}), [TAC_OUT, (IN, "age < 18 years", "A"), (IN, "age > 18 years", "B")], date(2026, 12, 6)),
    (merged(TAC, {"age": 34}), [(EX, TAC_OUT[1], "A"), (IN, "age < 18 years", "B")], date(2026, 12, 6)),
    (TAC, [(EX, "any use of tacrolimus")], None),
    (TAC, [(IN, "use of tacrolimus within 1 month")], None),
    (TAC, [(IN, "not use of tacrolimus within 1 month")], date(2026, 12, 6)),
    (TAC, [TAC_OUT, (EX, "use of calcineurin inhibitors within 3 months")], date(2027, 2, 6)),
    (TAC, [(EX, "use of tacrolimus within 1 month or use of tacrolimus within 2 months")], date(2027, 1, 6)),
    (
        merged(complete(conditions=True), condition("systemic lupus erythematosus", since="2026-08-31")),
        [(IN, "systemic lupus erythematosus for ≥ 6 months")], date(2027, 3, 1),
    ),
    (
        merged(complete(conditions=True), condition("systemic lupus erythematosus", since="2026-08-28")),
        [(IN, "systemic lupus erythematosus for ≥ 6 months")], date(2027, 2, 28),
    ),
    (condition("pneumonia", "resolved", since="2026-10-01", until="2026-11-01"), [(EX, "pneumonia within 4 weeks")], date(2026, 11, 30)),
    (
        condition("breast cancer", "resolved", until="2022-03-01"),
        [(EX, "history of malignancy other than (any over for 5 years)")], date(2027, 3, 1),
    ),
    (study(name="a", start="2026-05", stop="2026-11-01"), [(EX, "participation in trial within 30 days")], date(2026, 12, 2)),
    (procedure("appendectomy", "2026-11-01"), [(EX, "underwent surgery within 4 weeks")], date(2026, 11, 30)),
    (procedure("hemodialysis", "2026-11-01"), [(EX, "underwent dialysis within 4 weeks")], None),
    (procedure("hemodialysis", "2026-10-01", until="2026-11-01"), [(EX, "underwent dialysis within 4 weeks")], date(2026, 11, 30)),
    (condition("stroke", since="2026-08-21"), [(EX, "history of stroke other than (any over for 6 months)")], date(2027, 2, 21)),
    ({"age": 34}, [ADULT], None),
]


@each_row(("facts", "criteria", "day"), FROM)
def test_the_first_day_on_which_windows_no_longer_exclude(facts: Facts, criteria: list[Criterion], day: date | None) -> None:
    found = matched(facts, *criteria)
    assert found.eligible_from == day
    if day is not None:
        assert found.tier == "excluded"
        assert matched(facts, *criteria, as_of=day).tier != "excluded"
        assert matched(facts, *criteria, as_of=date.fromordinal(day.toordinal() - 1)).tier == "excluded"


def test_no_value_gets_stale_on_the_way_to_the_day_of_eligibility() -> None:
    facts = merged(drug("tacrolimus", stop="2026-11-20"), lab("platelets", 182, "10^9/L", "2026-08-25"))
    low = trial(TAC_OUT, (IN, "platelets < 50 ×10⁹/L", "A"))
    (found,) = match(profile(facts, as_of=None), [low], date(2026, 11, 21))
    assert (found.tier, found.eligible_from) == ("excluded", None)


def test_without_any_day_windows_stay_undecided() -> None:
    (found,) = match(profile(TAC, as_of=None), [trial(TAC_OUT)])
    assert (found.tier, found.criteria[0].verdict, found.eligible_from) == ("possible", "unknown", None)
    (dated,) = match(profile(TAC, as_of=None), [trial(TAC_OUT)], date(2026, 11, 21))
    assert (dated.tier, dated.eligible_from) == ("excluded", date(2026, 12, 6))


def test_the_day_given_comes_before_the_profiles_own() -> None:
    assert matched(TAC, TAC_OUT, as_of=date(2027, 1, 1)).criteria[0].verdict == "unknown"


def test_the_score_is_the_sum_of_values_by_weights_that_sum_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    found = matched(merged({"age": 34}, condition("lupus nephritis")), ADULT, (IN, "sex female"))
    assert sum(part.weight for part in found.score_parts) == pytest.approx(1)
    assert found.score == pytest.approx(sum(part.value * part.weight for part in found.score_parts), abs=1e-4)
    assert all(0 <= part.value <= 1 and part.why for part in found.score_parts)


@each_row(
    ("mine", "theirs", "relation"),
    [
        ("lupus nephritis", ["lupus nephritis"], "same"),
        ("lupus nephritis", ["systemic lupus erythematosus"], "broader"),
        ("systemic lupus erythematosus", ["lupus nephritis"], "narrower"),
        ("lupus nephritis", ["refractory adult lupus nephritis"], "narrower"),
        ("systemic lupus erythematosus", ["refractory adult lupus nephritis"], "narrower"),
        ("lupus nephritis", ["Stage IIIB Breast Cancer AJCC v7"], "unrelated"),
        ("lupus nephritis", ["lupus nephritis with hypertension"], "narrower"),
        ("lupus nephritis", ["asthma"], "unrelated"),
        ("lupus nephritis", ["asthma", "lupus nephritis"], "same"),
        ("qwxz syndrome", ["asthma"], "unknown"),
        ("asthma", ["Healthy"], "unrelated"),
        ("asthma", ["Normal Adult Volunteers, Healthy"], "unrelated"),
        ("qwxz syndrome", ["Healthy Subjects"], "unrelated"),
        ("asthma", ["Healthy Volunteers", "asthma"], "same"),
        ("asthma", ["Healthy Lifestyle"], "unknown"),
        ("asthma", ["Healthy Smokers"], "unknown"),
    ],
)
def test_how_a_trials_condition_relates_to_the_patients(mine: str, theirs: list[str], relation: str) -> None:
    (found,) = match(profile(condition(mine)), [trial(ADULT, conditions=theirs)])
    assert found.condition_relation == relation


@each_row(("facts", "conditions", "takes", "relation"), [
    ({"healthy": True}, ["Healthy"], None, "same"), ({"healthy": True}, ["Healthy Volunteers"], True, "same"), ({"healthy": True, "complete": {"conditions": True}}, ["Healthy"], None, "same"),
    ({"healthy": True, "complete": {"conditions": True}}, ["asthma"], None, "unrelated"), ({"complete": {"conditions": True}}, ["Healthy"], None, "unrelated"), ({}, ["Healthy"], None, "unknown"),
])
def test_a_trial_of_healthy_people_is_for_those_who_are(facts: dict[str, object], conditions: list[str], takes: bool | None, relation: str) -> None:
    (found,) = match(profile(facts), [trial(ADULT, conditions=conditions, healthy_volunteers=takes)])
    assert found.condition_relation == relation


def test_a_trial_is_not_about_what_must_not_be_there() -> None:
    assert conditions_of(trial((IN, "asthma and not HIV infection"), (IN, "not psychiatric disorder"), (EX, "gout"))) == ["asthma"]


@each_row(
    ("conditions", "title", "about", "relation", "why"),
    [
        (["asthma", "Wellbeing"], "Gout and asthma", ["asthma", "Wellbeing"], "same", "asthma is the trial's condition"),
        ([], "Breathing at night in adults with asthma", ["asthma"], "same", "asthma is the trial's condition, by its title"),
        ([], "A study of type 2 diabetes without asthma", ["type 2 diabetes"], "unrelated", "type 2 diabetes is not recorded for this patient"),
        ([], "Non-diabetic adults with gout", ["gout"], "unrelated", "gout is not recorded for this patient"),
        (["Habits at Work"], "Asthma in bakers", ["Habits at Work", "asthma"], "same", "asthma is the trial's condition, by what its conditions or its title name"),
        (["Gout, Asthma, Dust"], "Rain", ["Gout, Asthma, Dust", "gout", "asthma"], "same", "asthma is the trial's condition, by what its conditions or its title name"),
        (["Gout, Asthma/Migraine"], "Rain", ["Gout", "Asthma", "Migraine"], "same", "asthma is the trial's condition"),
        (["Gout and Sleep Apnea"], "Rain", ["Gout", "Sleep Apnea"], "unrelated", "gout is not recorded for this patient"),
        (["Head and Neck Cancer"], "Rain", ["Head and Neck Cancer"], "unrelated", "head and neck cancer is not recorded for this patient"),
        (["Lung Disease"], "COPD and rain", ["Lung Disease, by its title chronic obstructive pulmonary disease"], "broader", "asthma is a kind of lung disease"),
        (["Lung Disease"], "COPD and other lung disease", ["Lung Disease"], "broader", "asthma is a kind of lung disease"),
        (["Habits at Work"], "Sleep", ["Habits at Work"], "unknown", "how asthma relates to Habits at Work is not known"),
        ([], "Sleep", ["gout"], "unrelated", "gout is not recorded for this patient"),
        ([], "", ["gout"], "unrelated", "gout is not recorded for this patient"),
    ],
)
def test_what_a_trial_is_about(conditions: list[str], title: str, about: list[str], relation: str, why: str) -> None:
    one = trial((IN, "gout"), conditions=conditions, title=title)
    (found,) = match(profile(condition("asthma")), [one])
    assert conditions_of(one) == about
    assert (found.condition_relation, found.score_parts[0].why) == (relation, why)


@each_row(
    ("mine", "before", "behind"),
    [
        (["uveitic glaucoma"], ["glaucoma"], ["eye disease"]),  # what is nearer above
        (["uveitic glaucoma"], ["uveitic glaucoma"], ["glaucoma"]),
        (["asthma"], ["obstructive lung disease"], ["respiratory disease"]),
        (["lupus nephritis"], ["lupus nephritis"], ["lupus nephritis", "asthma"]),
        (["fever", "COVID-19"], ["COVID-19"], ["fever"]),  # a symptom counts less beside a disease
        (["fever", "COVID-19"], ["fever"], ["asthma"]),
        (["hypertension", "lupus nephritis"], ["lupus nephritis"], ["hypertension"]),  # so does what many people have
        (["obesity", "fever", "asthma"], ["obesity"], ["fever"]),
        (["systemic lupus erythematosus"], ["lupus nephritis"], ["Whitehouse syndrome"]),
    ],
)
def test_which_of_two_trials_stands_first(mine: list[str], before: list[str], behind: list[str]) -> None:
    trials = [trial(ADULT, id="A", conditions=behind), trial(ADULT, id="B", conditions=before)]
    found = match(profile({"age": 34}, *map(condition, mine)), trials)
    assert [one.trial_id for one in found] == ["B", "A"]


@each_row(
    ("mine", "theirs", "value", "why"),
    [
        (["fever"], "fever", 1.0, "fever is the trial's condition"),
        (["fever", "asthma"], "fever", 0.7, "fever (a symptom) is the trial's condition"),
        (["fever", "obesity"], "obesity", 1.0, "obesity is the trial's condition"),
        (["hypertension", "obesity"], "obesity", 1.0, "obesity is the trial's condition"),
        (["asthma", "obesity"], "obesity", 0.8, "obesity (widespread) is the trial's condition"),
    ],
)
def test_what_stands_beside_a_disease_counts_less_and_alone_as_much(mine: list[str], theirs: str, value: float, why: str) -> None:
    (found,) = match(profile({"age": 34}, *map(condition, mine)), [trial(ADULT, conditions=[theirs])])
    assert (found.score_parts[0].value, found.score_parts[0].why) == (value, why)


MARKED = merged(condition("breast cancer", stage="III"), lab("HER2 status", "positive", None), lab("estrogen receptor", "negative", None))
HELD, UNLIKE, LEFT = ("same", 1.0), ("narrower", 0.2), ("narrower", 0.6)


@each_row(
    ("facts", "theirs", "stands"),
    [
        (MARKED, "HER2-positive breast cancer", HELD),
        (MARKED, "HER2-negative Breast Cancer", UNLIKE),
        (MARKED, "Triple Negative Breast Cancer", UNLIKE),
        (MARKED, "male breast cancer", LEFT),
        (MARKED, "Stage III Breast Cancer", HELD),
        (MARKED, "Breast Cancer Stage II, III", HELD),
        (MARKED, "Stage I Breast Cancer AJCC v7", UNLIKE),
        (MARKED, "Stage IIIB Breast Cancer", LEFT),  # the record is coarser
        (MARKED, "Stage I-III Breast Cancer", LEFT),
        (MARKED, "Breast Cancer", HELD),
        (condition("breast cancer"), "HER2-positive breast cancer", LEFT),
        (condition("breast cancer"), "Stage III Breast Cancer", LEFT),
        (condition("asthma", severity="severe"), "Severe Asthma", HELD),
        (condition("asthma", severity="severe"), "moderate to severe asthma", HELD),
        (condition("asthma", severity="mild"), "Severe Asthma", UNLIKE),
        (condition("asthma"), "Severe Asthma", LEFT),
        (condition("heart failure", stage="NYHA II"), "Heart Failure NYHA Class II", HELD),
        (condition("heart failure", stage="NYHA II"), "Heart Failure NYHA Class IV", UNLIKE),
    ],
)
def test_a_narrower_condition_stands_by_what_is_recorded_of_the_patients(facts: Facts, theirs: str, stands: tuple[str, float]) -> None:
    record = trial(ADULT, conditions=[theirs])
    (found,) = match(profile(facts), [record])
    assert (found.condition_relation, found.score_parts[0].value) == stands


@each_row(
    ("facts", "title", "stands"),
    [
        (MARKED, "Exercise in women with triple-negative breast cancer", UNLIKE),
        (MARKED, "Endocrine therapy of HER2-negative breast cancer", UNLIKE),
        (MARKED, "Radiation of HER2-positive breast cancer", HELD),
        (MARKED, "Breast cancer, with a group of triple-negative breast cancer", HELD),
        (MARKED, "HER2-positive and triple-negative breast cancer", HELD),  # the first kind is not named in full
        (MARKED, "Male breast cancer", HELD),  # nothing recorded speaks against it
        (MARKED, "Exercise in angle-closure glaucoma", HELD),
        (condition("breast cancer"), "Exercise in women with triple-negative breast cancer", HELD),
    ],
)
def test_a_kind_that_the_title_names_counts_where_the_record_rules_it_out(facts: Facts, title: str, stands: tuple[str, float]) -> None:
    (found,) = match(profile(facts), [trial(ADULT, conditions=["Breast Cancer"], title=title)])
    assert (found.condition_relation, found.score_parts[0].value) == stands
    assert stands is not UNLIKE or "-negative breast cancer is a kind of breast cancer, and not the one recorded" in found.score_parts[0].why


@each_row(
    ("before", "behind", "part", "whys"),
    [
        (["sex female"], ["sex female", "pregnant"], "open", ["1 criterion still to be met", "2 criteria still to be met"]),
        (
            ["asthma or sex female"], ["asthma"], "against",
            [
                "no criteria exclude, now or, as far as they were read, if every list were complete",
                "1 criterion excludes, now or, as far as they were read, if every list were complete",
            ],
        ),
        (
            ['ambiguous (unread "adults, mostly"; age ≥ 18 years)'], ['ambiguous (unread "children, mostly"; age < 18 years)'], "against",
            [
                "no criteria exclude, now or, as far as they were read, if every list were complete",
                "1 criterion excludes, now or, as far as they were read, if every list were complete",
            ],
        ),
        (
            ['ambiguous (unread "adults, mostly"; age ≥ 18 years)'], ['unread "adults, mostly"'], "presumed",
            [
                "2 of 2 would be met, as far as they were read, if every list were complete",
                "1 of 2 would be met, as far as they were read, if every list were complete",
            ],
        ),
    ],
)
def test_of_like_trials_the_one_with_less_open_or_against_it_stands_first(before: list[str], behind: list[str], part: str, whys: list[str]) -> None:
    trials = [trial(ADULT, *((IN, one) for one in checks), id=id) for id, checks in (("A", behind), ("B", before))]
    found = match(profile({"age": 34}), trials)
    assert [one.trial_id for one in found] == ["B", "A"]
    assert [has.why for one in found for has in one.score_parts if has.name == part] == whys


def test_trials_rank_by_tier_then_score_then_id() -> None:
    trials = [
        trial(CHILD, id="A", conditions=["lupus nephritis"]),
        trial(ADULT, id="D", conditions=["asthma"]),
        trial(ADULT, id="C", conditions=["lupus nephritis"]),
        trial(ADULT, id="B", conditions=["lupus nephritis"]),
        trial(ADULT, (IN, "sex female"), id="E", conditions=["lupus nephritis"]),
    ]
    patient = profile({"age": 34}, condition("lupus nephritis"))
    found = match(patient, trials)
    assert [(one.trial_id, one.rank) for one in found] == [("B", 1), ("C", 2), ("D", 3), ("E", 4), ("A", 5)]
    assert [one.tier for one in found] == ["eligible"] * 3 + ["possible", "excluded"]
    random.Random(1).shuffle(trials)
    assert match(patient, trials) == found


def test_the_counts_are_of_all_five_verdicts() -> None:
    found = matched({"age": 34, "sex": "male"}, ADULT, CHILD, CONSENT, (IN, "HIV infection"), (EX, "when sex female then pregnant"))
    assert found.counts == {"pass": 1, "fail": 1, "unknown": 1, "review": 1, "n/a": 1}


def test_what_to_ask_next_is_what_bears_on_most() -> None:
    trials = [
        trial((EX, "HBsAg is positive"), (IN, "sex female"), id="A"),
        trial((EX, "HBsAg is positive"), id="B"),
        trial((EX, "platelets < 50 ×10⁹/L or hemoglobin < 8 g/dL"), id="C"),
        trial(CHILD, (EX, "ECOG > 2"), id="X"),
    ]
    found = ask_next(match(profile({"age": 34}), trials))
    assert [(one.question.name, one.trials, one.could_exclude, one.could_settle) for one in found] == [
        ("hepatitis B surface antigen", ("B", "A"), 2, 2),
        ("sex", ("A",), 1, 1),
        ("hemoglobin", ("C",), 1, 0),
        ("platelets", ("C",), 1, 0),
    ]


def test_an_answer_of_one_group_excludes_nothing_while_another_is_open() -> None:
    (asked,) = ask_next(match(profile({"age": 34}), [trial((IN, "sex female", "A"), (IN, "age > 30 years", "B"))]))
    assert asked.could_exclude == 0
    (asked,) = ask_next(match(profile({"age": 34}), [trial((IN, "sex female", "A"), (IN, "age < 30 years", "B"))]))
    assert asked.could_exclude == 1


def test_the_same_inputs_give_the_same_bytes() -> None:
    patient = profile(NOT_PREGNANT, TAC, condition("lupus nephritis"), lab("platelets", 182, "10^9/L"))
    trials = [trial(ADULT, TAC_OUT, (EX, "pregnant or platelets < 50 ×10⁹/L"), id=name) for name in "ABC"]
    first, second = (json.dumps([one.plain() for one in match(patient, trials)]) for _ in range(2))
    assert first == second


def test_a_trial_without_a_title_is_called_by_what_it_is_about() -> None:
    treated = Trial(id="NCT00000009", conditions=["asthma", "eczema", "hay fever"], interventions=[Intervention(name="air")])
    titles = [match(Profile(id="P"), [one])[0].title for one in (treated, Trial(id="NCT00000008"), Trial(id="NCT00000007", official_title="Air in asthma"))]
    assert titles == ["(no title) asthma; eczema; air", "NCT00000008", "Air in asthma"]
