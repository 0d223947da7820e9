"""Routes of administration: what is another name of one, wider than one, or disputed to be one."""

from __future__ import annotations

from matcher.matching import truth as t
from matcher.matching.entries import SATISFIED, Part
from matcher.matching.patient import Patient, Resolved
from matcher.matching.words import listed
from matcher.model.verdict import Question
from matcher.vocabulary import Concept, Relation, load, normal, route_of_brand
from matcher.vocabulary.brands import routes_of

_ROUTES = {
    "iv": "intravenous", "infusion": "intravenous", "po": "oral", "by mouth": "oral", "im": "intramuscular",
    "sc": "subcutaneous", "subq": "subcutaneous", "parenteral": "parenteral", "inhalation": "inhaled",
    "intraocular injection": "intravitreal", "eye injection": "intravitreal", "into the eye": "intravitreal", "intra ocular": "intraocular",
    "nasal": "intranasal", "cutaneous": "topical", "dermal": "topical", "ophthalmic": "ocular", "eye drop": "ocular",
    "orally": "oral", "intravenously": "intravenous", "intra articular": "intra-articular", "intraarticular": "intra-articular", "local infiltration": "infiltration",
}
_WIDER = {
    "systemic": {"oral", "intravenous", "intramuscular", "subcutaneous", "parenteral", "systemic"},
    "parenteral": {"intravenous", "intramuscular", "subcutaneous", "parenteral"},
    "local": {"topical", "inhaled", "intranasal", "ocular", "intra-articular", "intralesional", "infiltration", "intravitreal", "intratympanic", "local"},
    "infiltration": {"intra-articular", "intralesional", "epidural", "infiltration"},
}
_DISTINCT = set().union(*_WIDER.values()) | {"transdermal", "intrathecal", "vaginal", "rectal", "intravesical"}
# Classes of drugs by one route, with the class at large.
_BY_ROUTE = {"inhaled corticosteroids": ("glucocorticoids", "inhaled")}
# Routes of which it is disputed whether they are another one, in either direction: eye drops and topical treatment.
_DISPUTED = {
    "topical": {"ocular", "intranasal", "vaginal", "rectal", "transdermal", "intralesional", "intratympanic"},
    "local": {"vaginal", "rectal", "transdermal", "intrathecal", "epidural", "intravesical"},
    "systemic": {"rectal", "transdermal", "intrathecal", "intra-articular", "epidural", "infiltration"},
    "parenteral": {"transdermal", "intrathecal", "intra-articular", "intralesional", "epidural", "infiltration"},
    "intra-articular": {"infiltration"},
    "ocular": {"intravitreal"},
    "infiltration": {"intramuscular", "subcutaneous"},
}
# Equivalent doses are those by mouth or vein: by other routes little of a drug, or none, reaches the blood.
_EQUIVALENT = {"oral", "intravenous", "systemic"}


def route_part(recorded: str | None, asked: tuple[str, ...], ask: Question) -> Part:
    """Whether the route is one of those asked."""
    if not asked:
        return SATISFIED
    if recorded is None:
        return Part(t.OPEN, "not-recorded", f"the route is not recorded (asked: {listed(asked)})", ask)
    have = _route(recorded)
    wanted = [_route(one) for one in asked]
    if any(have == one or have in _WIDER.get(one, ()) for one in wanted):
        return SATISFIED
    coarse = any(one in _WIDER.get(have, ()) for one in wanted)
    coarse |= any(have in _DISPUTED.get(one, ()) or one in _DISPUTED.get(have, ()) for one in wanted)
    if coarse or have not in _DISTINCT or any(one not in _DISTINCT for one in wanted):
        return Part(t.OPEN, "imprecise", f"whether {recorded} is {listed(asked)} is not certain", ask)
    return Part(t.VIOLATED, why=f"the route is {recorded}")


# Classes of what is put where it is to act: of any other class, eye drops and ointments may not be what is meant.
_LOCAL_CLASSES = frozenset((
    "eye drops", "artificial tears", "antiglaucoma drugs", "mydriatics", "miotics", "emollients", "keratolytics", "sunscreens", "acne drugs",
    "mouthwash", "topical analgesics", "local anesthetics", "amide local anesthetics", "ester local anesthetics", "antiseptics",
))  # fmt: skip


def anyhow(asked: Concept | None) -> bool:
    """Whether it does not matter by which route: a drug is asked for by its name, or a class of what is put where it is to act."""
    return asked is None or asked.kind != "class" or asked.label in _LOCAL_CLASSES


# Steroids at large: those that are breathed in or put into a joint hardly reach the body, and may not be meant.
_STEROIDS = ("glucocorticoids", "steroid hormones")
_OF_STEROIDS = ("inhaled", "intranasal", "intra-articular", "rectal", "intralesional", "infiltration", "epidural", "intratympanic")


_INJECTED = frozenset(("infiltration", "intra-articular", "intralesional", "epidural", "intravitreal", "intratympanic", "intramuscular", "subcutaneous", "intravenous"))
_LOCAL = ("topical", "ocular", "intravitreal", "intraocular", "subconjunctival", "periocular", "intracameral")


# A drug of these that is asked for by its name is meant as it works in the whole body: the cream, the eye drops or the gel of it may not be.
_OF_THE_WHOLE_BODY = frozenset(("glucocorticoids", "NSAIDs", "azole antifungals", "macrolides", "calcineurin inhibitors", "immunosuppressants", "antibiotics"))


def _of_the_whole_body(asked: Concept | None) -> bool:
    return asked is not None and asked.kind == "drug" and not _OF_THE_WHOLE_BODY.isdisjoint(load().broader(asked))


def local_part(given: tuple[str, ...], asked: Concept | None, routes: tuple[str, ...], states: tuple[str, ...] = ()) -> Part:
    """Whether a class asked for without a route, or a state that is one, is meant on the skin and in the eye too: beta blockers, and timolol eye drops."""
    if routes or (anyhow(asked) and not (len(given) == 1 and _of_the_whole_body(asked))) or not given or any("any route" in state or _route(state) == _route(one) for state in states for one in given):
        return SATISFIED
    if any("inject" in state or "infiltrat" in state for state in states) and any(_route(one) in _INJECTED for one in given):
        return SATISFIED
    local = (*_LOCAL, *_OF_STEROIDS) if asked is not None and asked.label in _STEROIDS else _LOCAL
    found = next((one for one in given if _route(one) in local), None)
    if found is None:
        return SATISFIED
    return Part(t.OPEN, "imprecise", f"its route {'is' if len(given) == 1 else 'may be'} {found}, and the criterion does not say whether that counts")


# Forms of a drug that say by which route it is given.
_FORMS = {
    "cream": "topical", "ointment": "topical", "gel": "topical", "lotion": "topical", "topical": "topical", "inhaler": "inhaled", "inhaled": "inhaled", "inhalation": "inhaled",
    "nebulized": "inhaled", "eye": "ocular", "ophthalmic": "ocular", "nasal": "intranasal", "tablet": "oral", "capsule": "oral", "pill": "oral", "oral": "oral", "po": "oral",
    "iv": "intravenous", "intravenous": "intravenous", "infusion": "intravenous", "sc": "subcutaneous", "subcutaneous": "subcutaneous", "im": "intramuscular",
    "intramuscular": "intramuscular", "patch": "transdermal", "suppository": "rectal", "rectal": "rectal", "vaginal": "vaginal", "transdermal": "transdermal", "caplet": "oral", "syrup": "oral", "softgel": "oral", "chewable": "oral", "enema": "rectal", "pessary": "vaginal", "intranasal": "intranasal", "nostril": "intranasal",
    **dict.fromkeys(("nebule", "nebulizer", "evohaler", "accuhaler", "turbohaler", "turbuhaler", "autohaler", "easyhaler", "inhalator", "hfa"), "inhaled"), "intravesical": "intravesical", "intravitreal": "intravitreal",
}  # fmt: skip


def recorded_route(route: str | None, wording: str) -> str | None:
    """The route as recorded, else the one that its wording says ("hydrocortisone cream", "Flonase")."""
    if route is not None:
        return route
    said = {_FORMS[word] for word in normal(wording) if word in _FORMS}
    return said.pop() if len(said) == 1 else None if said else route_of_brand(wording)


def _route(text: str) -> str:
    low = " ".join(normal(text))
    return _ROUTES.get(low, low)


def systemic(recorded: str) -> bool:
    """Whether what is given by this route certainly reaches the whole body."""
    return _route(recorded) in _WIDER["systemic"]


def local(recorded: str | None) -> bool:
    """Whether what is given by this route acts where it is put; what has no route does not."""
    return recorded is not None and _route(recorded) in _WIDER["local"]


def as_named(route: str) -> str:
    """The route by its usual name: "po" is oral."""
    return _route(route)


def as_by_mouth(recorded: str | None) -> bool:
    """Whether a dose by this route may be counted as an equivalent of another drug; a dose without a route may."""
    return recorded is None or _route(recorded) in _EQUIVALENT


def possible_routes(patient: Patient, one: Resolved) -> tuple[str, ...]:
    """The routes by which a medication may be given: the recorded one, else all that its drug has; () where that is not known."""
    recorded = recorded_route(getattr(one.entry, "route", None), one.wording)
    if recorded is not None:
        return (recorded,)
    return routes_of(patient.vocabulary, one.concept) if one.concept is not None and not one.also else ()


def by_possible_routes(routes: tuple[str, ...], asked: tuple[str, ...], ask: Question) -> Part:
    """Whether a drug is given by a route asked, whichever of its own it is given by."""
    found = [route_part(route, asked, ask) for route in routes] or [route_part(None, asked, ask)]
    return found[0] if len({part.truth for part in found}) == 1 else route_part(None, asked, ask)


def asks_route(asked: Concept | None) -> bool:
    """Whether a class is asked for whose members are drugs by one route: inhaled corticosteroids."""
    return asked is not None and asked.label in _BY_ROUTE


def of_route_class(patient: Patient, one: Resolved, asked: Concept | None) -> t.Truth:
    """Whether a drug is of such a class by the route it is given by."""
    if asked is None or one.concept is None or not asks_route(asked):
        return t.OPEN
    label, route = _BY_ROUTE[asked.label]
    whole, routes = patient.vocabulary.treatment(label), possible_routes(patient, one)
    if whole is None or not routes or patient.vocabulary.relation(one.concept, whole) is not Relation.NARROWER:
        return t.OPEN
    return by_possible_routes(routes, (route,), Question("medications", one.wording, "word", None, "")).truth
