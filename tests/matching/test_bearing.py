"""Who cannot bear a child, as what is on record tells."""

from __future__ import annotations

from judging import EX, IN, Facts, condition, lab, merged, procedure, verdict
from rows import each_row

HAS, PREGNANT, NURSING = "childbearing potential", "pregnant", "breastfeeding"


def _woman(age: float | str, *facts: Facts) -> Facts:
    return merged({"sex": "female", "age": age}, *facts)


ROWS = [
    # age alone
    (HAS, _woman(70), "fail"),
    (HAS, _woman(60), "fail"),
    (HAS, _woman(59), "unknown"),
    (HAS, _woman(7), "fail"),
    (HAS, _woman(8), "unknown"),
    (PREGNANT, _woman("90+"), "fail"),
    (NURSING, _woman(61), "fail"),
    (NURSING, _woman(40), "unknown"),
    ("menopause", _woman(66), "pass"),
    ("premenopause", _woman(66), "fail"),
    ("menopause", _woman(50), "unknown"),
    # a menopause on record, and one that is too new or is none
    (HAS, _woman(53, condition("postmenopausal")), "fail"),
    (PREGNANT, _woman(53, condition("menopause", since="2021")), "fail"),
    (NURSING, _woman(53, condition("menopause", since="2021")), "unknown"),
    (NURSING, _woman(57, condition("postmenopausal")), "fail"),
    (HAS, _woman(51, condition("menopause", since="2026-06")), "unknown"),
    (HAS, _woman(51, condition("perimenopause")), "unknown"),
    (HAS, _woman(51, condition("menopausal hot flushes")), "unknown"),
    (HAS, _woman(51, condition("postmenopausal", "suspected")), "unknown"),
    # operations
    (HAS, _woman(44, procedure("total abdominal hysterectomy", "2019")), "fail"),
    (PREGNANT, _woman(44, procedure("hysterectomy", "2019")), "fail"),
    (NURSING, _woman(44, procedure("hysterectomy", "2019")), "unknown"),
    (HAS, _woman(44, procedure("bilateral salpingo-oophorectomy", "2019")), "fail"),
    (HAS, _woman(44, procedure("bilateral salpingectomy", "2019")), "fail"),
    (PREGNANT, _woman(44, procedure("bilateral salpingectomy", "2019")), "unknown"),
    (HAS, _woman(44, procedure("left oophorectomy", "2019")), "unknown"),
    (HAS, _woman(44, procedure("tubal ligation", "2019")), "unknown"),
    (HAS, _woman(44, procedure("hysterectomy", status="absent")), "unknown"),
    # what is recorded of the patient herself goes before
    (HAS, _woman(44, procedure("hysterectomy", "2019"), {"childbearing_potential": True}), "pass"),
    (PREGNANT, _woman(44, procedure("hysterectomy", "2019"), {"pregnant": True}), "pass"),
    # a test of these days
    (PREGNANT, _woman(30, lab("pregnancy test", "negative", date="2026-11-15")), "fail"),
    (PREGNANT, _woman(30, lab("pregnancy test", "negative", date="2026-10-15")), "unknown"),
]


@each_row(("check", "facts", "expected"), ROWS, ids=[f"{check}: {facts}" for check, facts, _ in ROWS])
def test_what_is_on_record_tells(check: str, facts: Facts, expected: str) -> None:
    assert verdict(check, IN, facts).split()[0] == expected


def test_rules_of_women_who_may_bear_children_do_not_concern_others() -> None:
    rule = "when sex female and childbearing potential then contraception"
    assert verdict(rule, IN, _woman(70)).startswith("n/a")
    assert verdict("pregnant or breastfeeding", EX, _woman(70)).startswith("pass")
