"""The criterion language: a small immutable expression tree over leaves, each testing one kind of fact.

A leaf holds terms as words (the vocabulary resolves them when a patient is judged) and tests one recorded entry at a
time with all its parts. What the parts mean for a patient is decided in `matcher.matching`; how they are written is in
`matcher.model.wording`.
"""

from __future__ import annotations

from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.values import value

OPERATORS = ("<", "≤", ">", "≥", "=", "≥?")
ULN, LLN = "× ULN", "× LLN"
STATES = ("pregnant", "breastfeeding", "childbearing potential", "contraception", "healthy volunteer")
RECORDED_TRIAL_KINDS = ("drug", "device", "behavioural", "observational")
TRIAL_KINDS = ("interventional", *RECORDED_TRIAL_KINDS)  # "interventional" is any of them but the observational
AGE_UNITS = ("years", "months", "weeks", "days")
SMOKING = ("never", "former", "current")
RESPONSES = ("complete", "partial", "inadequate", "none", "intolerant")


@value(frozen=True, slots=True)
class Bound:
    """A limit on a number: an operator (`≥?` = a lost ≥ or ≤), a number, and a unit ("" = none; `× ULN`, `× LLN`)."""

    op: str
    number: Decimal
    unit: str = ""

    def __post_init__(self) -> None:
        if self.op not in OPERATORS or not self.number.is_finite():
            raise ValueError(f"not a bound: {self.op} {self.number}")


@value(frozen=True, slots=True)
class Duration:
    """A limit on a length of time, such as ≥ 3 months."""

    op: str
    span: Span

    def __post_init__(self) -> None:
        if self.op not in OPERATORS:
            raise ValueError(f"not an operator: {self.op}")


@value(frozen=True, slots=True)
class Window:
    """When a fact counts, measured back from the day: at most `within` ago and, if given, more than `beyond` ago."""

    within: Span | None = None
    beyond: Span | None = None

    def __post_init__(self) -> None:
        if self.within is None and self.beyond is None:
            raise ValueError("a window has at least one edge")


@value(frozen=True, slots=True)
class Exempt:
    """What an "other than" excepts: every part given must hold of the entry; `state` is a statement to be asked."""

    term: str = ""
    stages: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    dose: Bound | None = None
    equivalent: str = ""
    resolved: bool = False
    over_for: Span | None = None
    state: str = ""

    def __post_init__(self) -> None:
        if self.equivalent and not self.dose:
            raise ValueError("an equivalent goes with a dose")
        if not any((self.term, self.stages, self.routes, self.dose, self.resolved, self.over_for, self.state)):
            raise ValueError("an exception names something")


@value(frozen=True, slots=True)
class Age:
    """The patient's age within all `bounds` (units: years, months, weeks, days)."""

    bounds: tuple[Bound, ...]

    def __post_init__(self) -> None:
        _one_or_two(self.bounds)
        if any(bound.unit not in AGE_UNITS for bound in self.bounds):
            raise ValueError("an age is in years, months, weeks or days")


@value(frozen=True, slots=True)
class Sex:
    """The patient's sex, "female" or "male"."""

    sex: str

    def __post_init__(self) -> None:
        _known((self.sex,), ("female", "male"), "a sex")


@value(frozen=True, slots=True)
class State:
    """One of STATES, each a yes or no of its own in the profile."""

    name: str

    def __post_init__(self) -> None:
        _known((self.name,), STATES, "a state")


@value(frozen=True, slots=True)
class Condition:
    """A disease, symptom or event: phase "", "history", "past" (= a previous one), "active" or "suspected" (= known or suspected)."""

    term: str
    phase: str = ""
    states: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    confirmed_by: tuple[str, ...] = ()
    other_than: tuple[Exempt, ...] = ()
    window: Window | None = None
    lasting: Duration | None = None

    def __post_init__(self) -> None:
        _named(self.term)
        _known((self.phase,), ("", "history", "past", "active", "suspected"), "a phase of a condition")


@value(frozen=True, slots=True)
class Measurement:
    """A laboratory value, vital sign, biomarker or score: in all `bounds` or one of `words`, `times` in `spread`."""

    term: str
    bounds: tuple[Bound, ...] = ()
    words: tuple[str, ...] = ()
    window: Window | None = None
    times: int = 1
    spread: Span | None = None

    def __post_init__(self) -> None:
        _named(self.term)
        if bool(self.bounds) == bool(self.words) or len(self.bounds) > 2:
            raise ValueError("a measurement has one or two bounds, or words")
        if not 1 <= self.times <= 999 or (self.spread and self.times < 2):
            raise ValueError("a measurement is repeated 1 to 999 times, and has a spread only where it is repeated")


@value(frozen=True, slots=True)
class Medication:
    """A drug or class in one of `states`: phase "", "any" (ever), "current" or "past"; dose in all `dose` bounds, as `equivalent`."""

    term: str
    phase: str = ""
    dose: tuple[Bound, ...] = ()
    equivalent: str = ""
    routes: tuple[str, ...] = ()
    responses: tuple[str, ...] = ()
    setting: str = ""
    other_than: tuple[Exempt, ...] = ()
    window: Window | None = None
    lasting: Duration | None = None
    stable_for: Duration | None = None
    states: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _named(self.term)
        _known((self.phase,), ("", "any", "current", "past"), "a phase of a treatment")
        _known(self.responses, RESPONSES, "a response")
        if self.dose:
            _one_or_two(self.dose)
        elif self.equivalent:
            raise ValueError("an equivalent goes with a dose")


@value(frozen=True, slots=True)
class Procedure:
    """An operation, biopsy, imaging or other procedure in one of `states`, with one of `findings`; `current`: it goes on now."""

    term: str
    other_than: tuple[Exempt, ...] = ()
    window: Window | None = None
    findings: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    current: bool = False

    def __post_init__(self) -> None:
        _named(self.term)


@value(frozen=True, slots=True)
class Allergy:
    """An allergy or intolerance to a drug, class or substance."""

    term: str
    other_than: tuple[Exempt, ...] = ()

    def __post_init__(self) -> None:
        _named(self.term)


@value(frozen=True, slots=True)
class FamilyHistory:
    """A disease among relatives (`relations` empty = any)."""

    term: str
    relations: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _named(self.term)


@value(frozen=True, slots=True)
class Smoking:
    """The smoking status is one of `statuses`: never, former, current."""

    statuses: tuple[str, ...]

    def __post_init__(self) -> None:
        _known(self.statuses, SMOKING, "a smoking status")
        if not self.statuses:
            raise ValueError("smoking names at least one status")


@value(frozen=True, slots=True)
class Participation:
    """Taking part in another trial: of one of `kinds`, of `drug`, current or within the window."""

    kinds: tuple[str, ...] = ()
    drug: str = ""
    current: bool = False
    window: Window | None = None

    def __post_init__(self) -> None:
        _known(self.kinds, TRIAL_KINDS, "a kind of trial")


@value(frozen=True, slots=True)
class Statement:
    """A state or planned fact that no key of the profile holds; it is asked as it stands."""

    text: str


@value(frozen=True, slots=True)
class Judgement:
    """Words that ask for a clinician's opinion."""

    text: str


@value(frozen=True, slots=True)
class Consent:
    """Words that ask for consent or willingness."""

    text: str


@value(frozen=True, slots=True)
class Unread:
    """Words that were not understood, kept as they stand."""

    text: str


Leaf = (
    Age | Sex | State | Condition | Measurement | Medication | Procedure | Allergy | FamilyHistory | Smoking
    | Participation | Statement | Judgement | Consent | Unread
)


@value(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Check, ...]

    def __post_init__(self) -> None:
        _at_least_two(self.parts)


@value(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    parts: tuple[Check, ...]

    def __post_init__(self) -> None:
        _at_least_two(self.parts)


@value(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Check


@value(frozen=True, slots=True)
class AtLeast:
    """At least `n` of the parts hold."""

    n: int
    parts: tuple[Check, ...]

    def __post_init__(self) -> None:
        _at_least_two(self.parts)
        if not 1 <= self.n <= len(self.parts):
            raise ValueError(f"at least {self.n} of {len(self.parts)} parts")


@value(frozen=True, slots=True)
class When:
    """The rule, for those whom the scope concerns; not applicable to the others."""

    scope: Check
    rule: Check


@value(frozen=True, slots=True)
class Unless:
    """The rule holds and the state that lifts it does not."""

    rule: Check
    state: Check


@value(frozen=True, slots=True)
class Ambiguous:
    """A sentence with several readings: certain only where they agree."""

    readings: tuple[Check, ...]

    def __post_init__(self) -> None:
        _at_least_two(self.readings)


Node = All | Any | Not | AtLeast | When | Unless | Ambiguous
Check = Leaf | Node


def _named(term: str) -> None:
    if not term.strip():
        raise ValueError("expected a term, not an empty text")


def _known(words: tuple[str, ...], allowed: tuple[str, ...], what: str) -> None:
    for word in words:
        if word not in allowed:
            raise ValueError(f"not {what}: {word!r}")


def _one_or_two(bounds: tuple[Bound, ...]) -> None:
    if not 1 <= len(bounds) <= 2:
        raise ValueError("expected one or two bounds")


def _at_least_two(parts: tuple[Check, ...]) -> None:
    if len(parts) < 2:
        raise ValueError("expected at least two parts")
