"""What only the typing of a criterion adds is taken out, and every letter that is left knows its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rows import each_row

from matcher.reading import read_criterion
from matcher.reading.layout.evened import evened


@each_row(
    ("text", "plain"),
    [
        ("Gout", "Gout"),
        ("- Gout;", "Gout"),
        ("12. Gout ; and", "Gout"),
        ("a) gout; b) stroke", "a) gout; b) stroke"),
        ("(a) gout; (b) stroke; or (c) asthma", "gout; stroke; or asthma"),
        ("1) gout 2) stroke or 3) asthma", "gout; stroke; or asthma"),
        ("i) men, ii) women past 50, and/or iii) boys", "men; women past 50; or boys"),
        ("A. gout, B. stroke, or C. asthma", "gout; stroke; or asthma"),
        ("(1) gout; (2) stroke; and (3) asthma", "(1) gout; (2) stroke; and (3) asthma"),
        ("(1) gout; (3) stroke; or (4) asthma", "(1) gout; (3) stroke; or (4) asthma"),
        ("One of: (1) gout or (2) stroke", "One of: (1) gout or (2) stroke"),
        ("1.5 mg of lithium", "1.5 mg of lithium"),
        ("\\>= 3 (three)  month(s)", ">= 3 months"),
        ("twelve (12) weeks", "12 weeks"),
        ("twelve (10) weeks", "twelve (10) weeks"),
        ("No gout; nor stroke. Nor asthma", "No gout, nor stroke, Nor asthma"),
        ("ALT &lt; 3\u00a0x ULN", "ALT < 3 x ULN"),
        ("metastasis(es)", "metastasis(es)"),
        ("ECOG of one to two", "ECOG of 1 to 2"),
        ("one or two of these", "one or two of these"),
        ("Gout,\n- stroke;", "Gout,\n- stroke;"),
        ("Men,", "Men"),
        (";", ";"),
        ("", ""),
    ],
)
def test_the_plain_text(text: str, plain: str) -> None:
    assert evened(text)[0] == plain


@given(st.lists(st.sampled_from(("a) ", "3 (three) ", "weeks", "  ", "\\>", "(s)", "&gt;", "ECOG two", "; and", "–", ";", "\t", "gout ")), max_size=12).map("".join))
def test_every_letter_has_its_place(text: str) -> None:
    plain, places = evened(text)
    assert places is None or len(places) == len(plain)
    for letter, (start, end) in zip(plain, places or (), strict=False):
        assert 0 <= start < end <= len(text)
        assert letter in text[start:end] or letter in " >12"


def test_what_was_read_is_shown_where_it_stands() -> None:
    text = "b)  Stroke  within three (3) month(s);"
    read = read_criterion(text, "exclusion")
    ((start, end),) = read.spans
    assert text[start:end].startswith("Stroke")
    assert text[start:end].rstrip(";").endswith("month(s)")
