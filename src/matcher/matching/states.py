"""States of a condition, treatment or procedure ("severe", "of lower limb"), asked as they are said."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.parts import statement_part
from matcher.matching.patient import Patient
from matcher.model.language import Window
from matcher.model.patterns import later

# What stands behind a name, not before it: "of lower limb", "requiring oxygen", "related to trauma", "that limits walking".
_BEHIND = later(
    r"(?:^|\s)(?:(?:(?:related|unrelated|refractory|resistant|unresponsive|responsive|sensitive|amenable|secondary|due|owing|because|limited|confined|localized|located|suitable|associated|accompanied|complicated|treated|"
    r"changed|started|initiated|begun|adjusted|modified|increased|reduced|stopped|discontinued|interrupted|"
    r"managed|caused|induced|resulting|resulted|leading|arising|originating|extending|characterized|followed|manifested|presenting|compatible|consistent|suggestive|controlled|interfering)\s+)?"
    r"(?:of|in|to|at|on|with|without|from|for|under|by|despite|near|around|between|against|as|within|during|since|after|before|until|other than)|that|which|requir\w+|need\w*|necessitat\w+|warrant\w+|causing|involving|affecting|invading|infiltrating|compressing|"
    r"complicating|limiting|impairing|preventing|precluding)\s+\S"
)


_RECENT = later(r"\brecent(?:ly)?\b\s*")


_DENIED = later(r"(?:^|\s)(?:not|no longer|never)\s*$")  # "not amenable to surgery" stays together


def _behind(state: str) -> int:
    found = _BEHIND.search(state)
    return found.start() if found is not None else len(state)


def described(state: str, label: str) -> str:
    """A name with its state as it is said: "severe asthma", "fracture of lower limb", "infection requiring antibiotics"."""
    at = _behind(state)
    denied = _DENIED.search(state[:at])
    at = denied.start() if denied is not None and at < len(state) else at
    before = state[:at].strip()
    said_twice = label.casefold().startswith(f"{before.casefold()} ")
    return " ".join(filter(None, ("" if said_twice else before, label, state[at:].strip())))


def worded(patient: Patient, state: str, label: str) -> str:
    """The statement of a state, in the words in which it was asked before ("major major depression") where it was answered so."""
    at = _behind(state)
    before = " ".join(filter(None, (state[:at].strip(), label, state[at:].strip())))
    return described(state, label) if patient.answered(before) is None else before


def timed(states: tuple[str, ...], window: Window | None) -> tuple[str, ...]:
    """The states that are still to be asked: "recent" says no more than the window that is given."""
    if window is None or window.within is None or not any("recent" in state for state in states):
        return states
    left = tuple(_RECENT.sub("", state).strip() for state in states)
    return () if "" in left else left


def state_part(patient: Patient, states: tuple[str, ...], label: str) -> Part:
    """Whether one of the states holds: only a recorded answer tells."""
    if not states:
        return SATISFIED
    found = [statement_part(patient, worded(patient, state, label)) for state in states]
    truth = t.disjoin([part.truth for part in found])
    return next((part for part in found if part.truth == truth), found[0])
