"""The identifier guard: what identifies a patient is found, what only describes the illness is not."""

from __future__ import annotations

import gzip
import json
import re
import time
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laws import many
from rows import each_row

from matcher.intake.guard import guard_profile, identifiers, masked, objections
from matcher.model.profile import Condition, Lab, Profile
from matcher.storage.refusal import InputError
from matcher.storage.toml_files import save_profile

SHARED = Path(__file__).resolve().parents[2] / "../shared"

FOUND = [
    ("write to " + "jane.doe" + "@" + "example.org today", "e-mail"),
    ("jane.doe (at) example.org", "e-mail"),
    ("jane [at] example [dot] org", "e-mail"),
    ("call 555-123-4567", "phone"),
    ("(555) 123-4567", "phone"),
    ("555.123.4567 after six", "phone"),
    ("1-555-123-4567", "phone"),
    ("555 123 4567", "phone"),
    ("tel: 1234567", "phone"),
    ("phone no. 612 345 678", "phone"),
    ("+44 20 7946 0958", "phone"),
    ("+1 (555) 123-4567", "phone"),
    ("+49 (0)30 1234567", "phone"),
    ("+4915112345678", "phone"),
    ("0044 20 7946 0958", "phone"),
    ("020 7946 0958", "phone"),
    ("(020) 7946 0958", "phone"),
    ("07700 900123", "phone"),
    ("07700900123", "phone"),
    ("06 12 34 56 78", "phone"),
    ("MRN 00482913", "record-number"),
    ("MRN: A-123456", "record-number"),
    ("mrn#4829", "record-number"),
    ("medical record number is 482913", "record-number"),
    ("hospital no. 12345678", "record-number"),
    ("Hospital number: 12345678", "record-number"),
    ("patient ID 4829130", "record-number"),
    ("NHS 943 476 5919", "record-number"),
    ("943 476 5919", "record-number"),
    ("NHS number 9434765919", "record-number"),
    ("9434765919", "record-number"),
    ("SSN 123-45-6789", "record-number"),
    ("123-45-6789", "record-number"),
    ("insurance no 12345678A", "record-number"),
    ("born 12/03/1980", "birth-date"),
    ("born on 12 March 1980", "birth-date"),
    ("born on the 12th of March, 1980", "birth-date"),
    ("born March 12, 1980 in town", "birth-date"),
    ("DOB 1980-03-12", "birth-date"),
    ("D.O.B.: 12.03.80", "birth-date"),
    ("date of birth: 12-Mar-1980", "birth-date"),
    ("dob 12031980", "birth-date"),
    ("b. 12/03/1980", "birth-date"),
    ("geb. 12.03.1980", "birth-date"),
    ("birthday 3 July", "birth-date"),
    ("93-year-old woman", "age"),
    ("93 years old", "age"),
    ("a 101 year old man", "age"),
    ("93 y/o", "age"),
    ("93yo F", "age"),
    ("93 y.o.", "age"),
    ("aged 93", "age"),
    ("Age: 93", "age"),
    ("at the age of 95", "age"),
    ("aged 93 or over", "age"),
    ("93/F with anaemia", "age"),
    ("ninety-three-year-old", "age"),
    ("Mrs Smith feels well", "name"),
    ("Mrs Müller feels well", "name"),
    ("Ms Øst came alone", "name"),
    ("Frau Özdemir was called", "name"),
    ("Herr Šimić asks for a trial near home", "name"),
    ("surname: Łukasz", "name"),
    ("Mr. J. O'Brien", "name"),
    ("patient name: Jane Doe", "name"),
]

CLEAN = [
    "", "platelets 182 10^9/L", "182 ×10⁹/L on 2026-11-10", "10^9/L", "×10^9", "150 000/µL", "1 000 000 copies/mL",
    "HIV RNA 1200000000 copies/mL", "HBV DNA 123456789 IU/mL", "viral load 123456789", "NCT01234567", "NCT 01234567",
    "trial id NCT01234567", "EudraCT 2019-001234-12", "ISRCTN12345678", "EUCTR2019-001234-12-DE", "ChiCTR2000012345",
    "mycophenolate 1000 mg twice daily", "cyclophosphamide 500 mg/m2 x 6", "2 g/day", "0.5 mg/kg", "BP 120/80 mmHg",
    "120/80", "2026-11-10", "on 12/03/2024", "12.03.2024", "biopsy 12 March 2024", "since March 2024", "2024-03",
    "E11.9", "M32.14", "ICD-10 M32.14", "C50.911", "HLA-B*27:05", "BRCA1 c.68_69delAG", "EGFR p.L858R", "rs1799853",
    "SNOMED 236508005", "SNOMED CT 1156316003", "LOINC 33914-3", "PMID: 31234567", "CAS 50-18-0", "1:160", "1:1280",
    "<0.02", "2+", "3+ +", "SLEDAI-2K 10", "ECOG 0-1", "NYHA II", "class IV+V", "34-year-old woman", "89 years old",
    "89-year-old", "aged 34", "age 18-75", "90+", "90+ years old", "90 years or older", "aged 90 or over",
    "over 90 years old", "≥ 90 years of age", "code 0129-0000-1003", "age 120 months", "aged 95 days",
    "age 95th percentile", "stage 4", "dosage 93", "average 95", "eGFR 93 mL/min", "SpO2 93 %", "93%", "weight 93 kg",
    "heart rate 93", "93 days", "temperature 98.6 F", "98F", "treated for 10 years", "follow-up 100 years",
    "newborn screening 12/03/2024", "born at 34 weeks", "born preterm", "firstborn", "vitamin B12 300",
    "vitamin b. 12", "CD4 350 cells/µL", "T cell count 1200", "cell count 1200000", "call for review",
    "contact dermatitis 2024", "phone interview done", "mobile bearing knee", "case 12", "file closed",
    "subject to review", "unit 5", "hospital stay 12 days", "patient 12345", "LN-0042", "COVID-19", "SARS-CoV-2",
    "IL-2 1 000 000 IU", "1.5 x 10^6 cells/kg", "5 x 10^11 vg/kg", "INR 2.0-3.0", "120 130 140",
    "glucose 5.6, 6.1, 7.0", "Ms contin", "MS for 10 years", "able to read and write English", "2012 SLICC",
    "2019 EULAR/ACR", "mg 100-200-300", "ANA 1:320 (2024-05-06), dsDNA 120 IU/mL", "creatinine 0.93 mg/dL",
    "100 000 000 bacteria", "neutrophils 1500-2000/mm3", "ferritin 1000-2000", "body mass index 30",
    "chi-square 12345", "400 Ms QTc", "Herr", "Frau",
]  # fmt: skip


@each_row(("text", "kind"), FOUND)
def test_an_identifier_is_found_with_its_kind(text: str, kind: str) -> None:
    found = identifiers(text)
    assert [one.kind for one in found] == [kind]
    assert text[found[0].start : found[0].end] == found[0].text
    assert found[0].advice


@each_row("text", CLEAN)
def test_what_describes_the_illness_is_no_identifier(text: str) -> None:
    assert identifiers(text) == []


@each_row(
    ("text", "kinds"),
    [
        ("93-year-old, DOB 12/03/1930, MRN 4829134, tel 555-123-4567", ["age", "birth-date", "record-number", "phone"]),
        ("seen 12/03/2024; born 12/03/1980; platelets 182 10^9/L", ["birth-date"]),
    ],
)
def test_several_identifiers_come_in_reading_order(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in identifiers(text)] == kinds


@given(st.text(max_size=300))
def test_any_text_gives_findings_that_lie_in_it_and_do_not_overlap(text: str) -> None:
    found = identifiers(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert all(first.end <= second.start for first, second in pairwise(found))


@each_row("part", ["1", "1 ", "a.", "born ", "x@", "0-", "+1 ", "MRN ", "(0", " " * 9 + "y"])
def test_a_hostile_text_takes_no_noticeable_time(part: str) -> None:
    begun = time.process_time()
    identifiers(part * (50_000 // len(part)))
    assert time.process_time() - begun < 3


def test_every_free_text_of_a_profile_is_guarded() -> None:
    profile = Profile(
        id="LN-1",
        note="call 555-123-4567",
        conditions=[Condition(name="lupus nephritis", confirmed_by=["biopsy", "MRN 4829134"])],
        labs=[Lab(test="platelets", value=Decimal(182)), Lab(test="HBsAg", value="see 943 476 5919")],
    )
    assert [place for place, _ in guard_profile(profile)] == ["note", "conditions[1].confirmed_by[2]", "labs[2].value"]
    kept = masked(replace(profile, age=Decimal(95)))
    assert guard_profile(kept) == []
    assert (kept.age, kept.note, kept.conditions[0].confirmed_by, kept.labs[0]) == ("90+", "call …", ["biopsy", "…"], profile.labs[0])


@each_row(
    ("age", "found"), [(Decimal(89), 0), (Decimal(90), 1), (Decimal("93.5"), 1), ("90+", 0), (None, 0)]
)
def test_a_number_of_years_over_89_is_to_be_written_90_plus(age: Any, found: int) -> None:
    said = objections(Profile(id="LN-1", age=age))
    assert len(said) == found
    assert all('write "90+"' in line for line in said)


def test_a_profile_with_an_identifier_is_not_saved(tmp_path: Path) -> None:
    path = tmp_path / "LN-1.toml"
    with pytest.raises(InputError, match=r"not saved: note: .* telephone"):
        save_profile(Profile(id="LN-1", note="call 555-123-4567"), path, expected=None, guard=objections)
    assert not path.exists()
    save_profile(Profile(id="LN-1", note="feels well"), path, expected=None, guard=objections)
    assert path.exists()


def test_eligibility_text_of_real_trials_is_hardly_ever_taken_for_an_identifier() -> None:
    source = SHARED / "data/registry/trials.jsonl.gz"
    if not source.exists():
        pytest.skip("the shared registry records are not here")
    with gzip.open(source, "rt", encoding="utf-8") as lines:
        texts = [json.dumps(json.loads(line), ensure_ascii=False) for _, line in zip(range(many(100)), lines, strict=False)]
    sentences = [part for text in texts for part in re.split(r"\\n|\. ", text)]
    wrong = [one for part in sentences for one in identifiers(part) if one.kind != "name"]
    assert len(wrong) <= len(sentences) / 200
