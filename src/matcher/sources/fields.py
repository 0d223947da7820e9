"""Reading the single values of a record: status, phases, sex, dates, counts, yes and no."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from matcher.model.patterns import pattern_of
from matcher.model.trial import Status

StudyType = Literal["interventional", "observational", "expanded-access"]
_STATUSES: dict[str, Status] = {
    "not yet recruiting": "not-yet-recruiting",
    "not yet enrolling": "not-yet-recruiting",
    "not yet open": "not-yet-recruiting",
    "pending": "not-yet-recruiting",
    "recruiting": "recruiting",
    "enrolling": "recruiting",
    "open to recruitment": "recruiting",
    "open to enrollment": "recruiting",
    "open public recruiting": "recruiting",
    "enrolling by invitation": "enrolling-by-invitation",
    "invitation only": "enrolling-by-invitation",
    "by invitation": "enrolling-by-invitation",
    "active not recruiting": "active-not-recruiting",
    "active not enrolling": "active-not-recruiting",
    "active": "recruiting",  # the National Cancer Institute's word for open to accrual
    "not recruiting": "active-not-recruiting",
    "no longer recruiting": "active-not-recruiting",
    "closed to recruitment": "active-not-recruiting",
    "recruitment completed": "active-not-recruiting",
    "suspended": "suspended",
    "temporarily halted": "suspended",
    "temporarily not available": "suspended",
    "terminated": "terminated",
    "completed": "completed",
    "withdrawn": "withdrawn",
    "unknown": "unknown",
    "unknown status": "unknown",
    "available": "recruiting",
    "no longer available": "unknown",
    "approved for marketing": "unknown",
    "withheld": "unknown",
    "no status": "unknown",
    "temporarily closed to accrual": "suspended",
    "temporarily closed to accrual and intervention": "suspended",
    "closed to accrual": "active-not-recruiting",
    "closed to accrual and intervention": "active-not-recruiting",
    "administratively complete": "terminated",
    "in review": "not-yet-recruiting",
    "approved": "not-yet-recruiting",
    "authorised": "recruiting",
    "ongoing": "unknown",
    "prematurely ended": "terminated",
    "not authorised": "withdrawn",
    "complete": "completed",
    "stopped": "terminated",
    "stopped early": "terminated",
    "discontinued": "terminated",
    "revoked": "terminated",
    "other terminated": "terminated",
    "open": "recruiting",
    "in recruitment": "recruiting",
    "recruiting ongoing": "recruiting",
    "recruitment ongoing": "recruiting",
    "ongoing recruiting": "recruiting",
    "authorised recruiting": "recruiting",
    "authorised recruitment may be ongoing or finished": "unknown",
    "recruiting by invitation": "enrolling-by-invitation",
    "preinitiation": "not-yet-recruiting",
    "recruiting planned": "not-yet-recruiting",
    "recruitment pending": "not-yet-recruiting",
    "authorised recruitment pending": "not-yet-recruiting",
    "under evaluation": "not-yet-recruiting",
    "closed": "active-not-recruiting",
    "closed to recruitment of participants": "active-not-recruiting",
    "ongoing recruitment ended": "active-not-recruiting",
    "ongoing no longer recruiting": "active-not-recruiting",
    "recruitment complete": "active-not-recruiting",
    "recruiting complete follow up continuing": "active-not-recruiting",
    "complete follow up continuing": "active-not-recruiting",
    "finished recruitment": "active-not-recruiting",
    "temporary halt": "suspended",
    "halted": "suspended",
    "recruiting suspended on temporary hold": "suspended",
    "recruiting stopped after recruiting started": "terminated",
    "recruiting withdrawn before recruiting started": "withdrawn",
    "prohibited by ca": "withdrawn",
    "ended": "completed",
    "finished": "completed",
    "follow up complete": "completed",
    "complete follow up complete": "completed",
    "recruiting complete follow up complete": "completed",
    "recruiting complete study complete": "completed",
    "data analysis completed": "completed",
    "interim results available": "unknown",
    "main results already published": "completed",
    "expired": "withdrawn",
}
_BEGINS = pattern_of(r"begins (?:enrollment|enrolment|recruitment|recruiting|enrolling)\b.*")
_ABSENT = frozenset(
    {
        "",
        "-",
        "--",
        "—",
        "n/a",
        "na",
        "none",
        "null",
        "not available",
        "not provided",
        "not specified",
        "not reported",
        "not applicable",
        "not stated",
        "not given",
        "no information",
        "no data",
        "unspecified",
        "loading...",
        "loading…",
    }
)
_SEX_ASKED = pattern_of(r"\b(female|male)s?\s*[:?]\s*(yes|no)\b")
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_PHASE = pattern_of(
    r"(early[\s_]*)?phases?[\s_-]*((?:[0-4]|iv|i{1,3})[abc]?(?:\s*[/,&+-]\s*(?:[0-4]|iv|i{1,3})[abc]?(?![a-z]))*)(?![a-z0-9])"
)
_NO_PHASE = pattern_of(r"(?:phase:?\s*)?(?:n/?a|not applicable|no phase|not (?:specified|selected))")
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
_DATES = (
    pattern_of(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})(?!\d)"),
    pattern_of(r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[\s-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4})(?!\d)"),
    pattern_of(r"(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{4})(?!\d)"),
    pattern_of(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)"),
    pattern_of(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})(?!\d)"),
    pattern_of(r"(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)"),
    pattern_of(r"(?P<year>\d{4})(?![\d-])"),
)


def one_line(text: str) -> str:
    """The text on one line: no-break spaces and runs of white space become one space."""
    return " ".join(text.replace("\xa0", " ").split())


def absent(text: str) -> bool:
    """Whether a value only says that there is none ("Not provided", "N/A")."""
    return one_line(text).casefold().rstrip(".") in _ABSENT


def known(text: str | None) -> str | None:
    """The value on one line, or None where it says that there is none."""
    return None if text is None or absent(text) else one_line(text)


def read_status(text: str) -> Status | None:
    """Read a recruitment status in any site's wording; None where it is not one."""
    wording = " ".join(re.sub(r"[^a-z]+", " ", text.casefold()).split())
    if _BEGINS.fullmatch(wording):
        return "not-yet-recruiting"
    return _STATUSES.get(wording)


def read_phases(text: str) -> list[str] | None:
    """Read phases ("Phase 1/Phase 2" → phase 1, phase 2; "N/A" → none); None where the text is no phase."""
    wording = one_line(text).casefold()
    if _NO_PHASE.fullmatch(wording):
        return []
    found = list(_PHASE.finditer(re.sub(r"[|;]", "/", wording)))
    if not found or re.sub(r"[\s/,&+|]|and|or", "", _PHASE.sub("", re.sub(r"[|;]", "/", wording))):
        return None
    phases: list[str] = []
    for match in found:
        for number in re.findall(r"[0-4]|iv|i{1,3}", match.group(2)):
            phase = f"{'early ' if match.group(1) else ''}phase {ROMAN.get(number, number)}"
            if phase not in phases:
                phases.append(phase)
    return phases


def read_study_type(text: str) -> StudyType | None:
    """Read the type of study; None where it is none of the three."""
    wording = one_line(text).casefold().replace("_", " ").replace("-", " ")
    if wording.startswith("intervention"):
        return "interventional"
    if wording.startswith(("observation", "epidemi", "relative factors", "cause", "prognosis", "patient registry")):
        return "observational"
    if wording in ("treatment study", "prevention"):  # of the Chinese register, beside "interventional study"
        return "interventional"
    return "expanded-access" if wording.startswith("expanded access") else None


def read_sex(text: str) -> Literal["all", "female", "male"] | None:
    """Read the sexes admitted; None where they are not named."""
    asked = dict(_SEX_ASKED.findall(text.casefold()))
    if asked:
        return {("yes", "yes"): "all", ("yes", "no"): "female", ("no", "yes"): "male"}.get((asked.get("female", "no"), asked.get("male", "no")))  # type: ignore[return-value]
    words = set(re.findall(r"[a-z]+", text.casefold()))
    female, male = bool(words & {"female", "females", "women", "woman"}), bool(words & {"male", "males", "men", "man"})
    if (female and male) or words & {"all", "both", "any"}:
        return "all"
    return "female" if female or words == {"f"} else "male" if male or words == {"m"} else "all" if words in ({"f", "m"}, {"b"}) else None


def read_yes_no(text: str) -> bool | None:
    """Read yes or no, also "No Healthy Volunteers" and "Accepts Healthy Volunteers"."""
    wording = one_line(text).casefold()
    if re.match(r"(?:no|not|false|does not|doesn't)\b", wording) and not absent(wording):
        return False
    return True if re.match(r"(?:yes|true|accept|healthy volunteers)", wording) else None


def read_count(text: str) -> int | None:
    """Read the number of participants ("1,200 patients" → 1200); None where there is none."""
    found = re.search(r"\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+(?!\d)|\d+", text)
    return int(re.sub(r"\D", "", found.group())) if found and len(found.group()) < 12 else None


def read_date(text: str) -> str | None:
    """Read a date at the beginning of the text as 2020-10-03, 2017-01 or 2017; None where there is no such date."""
    wording = one_line(text).casefold()
    for pattern in _DATES:
        if found := pattern.match(wording):
            return _date(**found.groupdict())
    return None


def lower_words(text: str) -> str:
    """A coded value in plain words: SINGLE_GROUP → single group."""
    return one_line(text.replace("_", " ")).lower()


def _date(year: str, month: str | None = None, day: str | None = None) -> str | None:
    if month is None:
        return year if 1900 <= int(year) <= 2200 else None
    number = int(month) if month.isdigit() else _MONTHS.get(month[:3], 0)
    try:
        whole = date(int(year), number, int(day or 1))
    except ValueError:
        return None
    return whole.isoformat() if day else whole.isoformat()[:7]
