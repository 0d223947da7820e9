"""Rules for names with words to spare: "thrombosis events", "knee surgery", "transplant recipient", "diabetes type 1 or 2"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from matcher.model.language import Duration, Window
from matcher.model.patterns import pattern_of
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.pieces import JOINTS
from matcher.reading.grammar.rules import Context, Rule, made
from matcher.reading.grammar.serology import BY_ANTIBODIES, tokens_by_antibodies
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.lexicon import lexicon_of
from matcher.reading.tagging.tokens import Token
from matcher.reading.terms.name_parts import NAME_PARTS, passing

# Behind a disease these say nothing more of it.
_DISEASE_NOUNS = frozenset((
    "positivity", "seropositivity", "disease", "diseases", "disorder", "disorders", "condition", "conditions", "diagnosis", "illness", "episode", "episodes",
    "event", "events", "attack", "attacks", "syndrome", "infection", "infections", "infected", "occurrence", "reactivation", "outbreak", "outbreaks", "problem", "problems",
))
_SPELLS = frozenset(("episode", "episodes", "attack", "attacks"))
# Behind a procedure these say that it was done.
_PROCEDURE_NOUNS = frozenset((
    "recipient", "recipients", "procedure", "procedures", "placement", "implantation", "insertion", "operation", "operations", "surgery", "surgeries", "examination",
    "treatment", "therapy", "session", "sessions", "intervention", "interventions", "use",
))
# Places in the body, before an operation or a complaint.
PLACES = frozenset(
    word for line in (Path(__file__).parents[1] / "data" / "sites.txt").read_text(encoding="utf-8").splitlines() if not line.startswith("#") for word in line.split()
)
SIDES = frozenset(("upper", "lower", "small", "large", "cervical", "lumbar", "left", "right", "anterior", "posterior", "distal", "proximal", "major", "minor"))

# What a list of places consists of: "the head and neck region", "the breast, chest wall or axilla".
OF_PLACES = frozenset((*PLACES, *SIDES, "wall", "regional", "local", "lymph", "node", "nodes", "area", "areas", "region", "regions", "cavity", "bones", "tissues", "field", "fields", "site", "sites"))


def _adjacent(tokens: Sequence[Token], context: Context) -> bool:
    """Whether nothing but spaces and hyphens stands between the tokens."""
    return all(not _SHORT_FORM.sub("", context.text[one.end : next_.start]).strip(" -") for one, next_ in pairwise(tokens))


_SHORT_FORM = pattern_of(r"\([A-Z][A-Za-z0-9-]{1,7}\)")  # the initials of a name, which the lexer leaves out


def _with_noun(tokens: Sequence[Token], context: Context) -> Found:
    """ "thrombosis events" are thromboses, a "transplant recipient" had a transplant."""
    nouns = _DISEASE_NOUNS if tokens[0].tag == "cond" else _PROCEDURE_NOUNS
    if any(token.text.casefold() not in nouns for token in tokens[1:]) or not _adjacent(tokens, context):
        return None
    if tokens[0].tag == "cond" and tokens[-1].text.casefold() in _SPELLS and passing(context.vocabulary.condition(str(tokens[0].value)), context) is None:
        return None  # between the attacks of asthma the disease lasts
    named = [replace(tokens[0], end=tokens[-1].end, text=context.text[tokens[0].start : tokens[-1].end])]
    return tokens_by_antibodies(named, context) if BY_ANTIBODIES.search(named[0].text) else named


def _placed(tokens: Sequence[Token], context: Context) -> Found:
    """ "lower limb surgery": the place narrows the surgery."""
    *places, term = tokens
    if not all(_of_place(token) for token in places) or not _adjacent(tokens, context) or str(term.value) in ANOTHER_ELSEWHERE:
        return None
    if term.tag == "cond" and not any(map(_in_places, places)) and all(token.tag == "degree" for token in places):
        return None  # how great it is may be said of the names behind it too
    return [Token("place", places[0].start, places[-1].end, context.words(places)), term]


# With a place before it each of these is something else: "ocular hypertension", "bone marrow depression".
ANOTHER_ELSEWHERE = frozenset(("hypertension", "hypotension", "stroke", "depression", "diabetes mellitus", "shock", "allergic disease", "drug allergy", "syndrome", "disease", "symptom"))


def _upper_or_lower(tokens: Sequence[Token], context: Context) -> Found:
    """ "upper or lower limb": the "or lower" of places, not of limits."""
    upper, both, place = tokens
    if upper.text.casefold() not in SIDES or both.text.casefold() != "or lower" or not _in_places(place):
        return None
    return [upper, replace(both, tag="or", end=both.start + 2, text="or"), Token("w", both.end - 5, both.end, "lower"), place]


def _of_each_place(tokens: Sequence[Token], context: Context) -> Found:
    """ "wrist or forearm fracture", "upper and lower limb surgery": in each of the places."""
    term = tokens[-1]
    if str(term.value) in ANOTHER_ELSEWHERE or any(word.casefold() in PLACES for word in term.text.split()):
        return None
    return _placed_each(tokens, context) if any(token.tag in ("or", "and", "slash") for token in tokens) else None


def _as_its_own(tokens: Sequence[Token], context: Context) -> Found:
    """ "hip, knee or back pain": pain in each place before the name that has a place of its own."""
    term = tokens[-1]
    words = term.text.split()
    at = next((i for i, word in enumerate(words) if word.casefold() not in PLACES), 0)
    concept = (context.vocabulary.condition if term.tag == "cond" else context.vocabulary.procedure)(" ".join(words[at:])) if at else None
    last = next(i for i in range(len(tokens) - 2, -1, -1) if tokens[i].tag not in JOINTS) + 1
    if concept is None or concept.label in ANOTHER_ELSEWHERE or all(token.tag == "comma" for token in tokens[last:-1]):
        return None
    end = tokens[last - 1].end
    placed = _placed_each([*tokens[:last], Token(term.tag, end, end, " ".join(words[at:]), concept.label)], context)
    return [*placed, *tokens[last:]] if placed else None


def _placed_each(tokens: Sequence[Token], context: Context) -> Found:
    """The last of the tokens once for each run of places before it; a run that names only a side shares the last one's place."""
    term = tokens[-1]
    runs: list[list[Token]] = [[]]
    joints: list[list[Token]] = [[]]
    for token in tokens[:-1]:
        if token.tag in JOINTS:
            joints[-1].append(token)
        elif joints[-1]:
            runs.append([token])
            joints.append([])
        else:
            runs[-1].append(token)
    lead = next((i for i in range(len(runs[0])) if all(map(_of_place, runs[0][i:]))), len(runs[0]))
    before, runs[0] = runs[0][:lead], runs[0][lead:]
    if not context.exclusion and re.search(r"\band\b", re.split(r"[.;]\s", context.text[: tokens[0].start])[-1]) and not any(token.tag == "and" for token in tokens):
        return None  # "a biopsy and hip or knee surgery" asks for the first in any case
    if not all(run and all(map(_of_place, run)) for run in runs) or not any(map(_in_places, runs[-1])) or not _adjacent([*runs[-1], term], context):
        return None
    found: list[Token] = [*before]
    for run, joint in zip(runs, joints, strict=True):
        shared = [] if any(map(_in_places, run)) else [token for token in runs[-1] if _in_places(token)]
        words = " ".join(token.text for token in (*run, *shared))
        found += [Token("place", run[0].start, run[-1].end, words), replace(term, start=term.start if run is runs[-1] else run[-1].end), *(replace(one, tag="or") if one.tag == "slash" else one for one in joint)]
    return found


def _in_places(token: Token) -> bool:
    return token.text.casefold() in PLACES


def _of_place(token: Token) -> bool:
    return token.text.casefold() in PLACES or token.text.casefold() in SIDES


def _typed(tokens: Sequence[Token], context: Context) -> Found:
    """ "diabetes type 1 or 2": the name with each number."""
    term, noun, *rest = tokens
    if noun.text.casefold() not in ("type", "types"):
        return None
    found: list[Token] = []
    for token in rest:
        if token.tag in ("comma", "or", "and", "slash"):
            found.append(token)
        elif token.text.casefold() not in ("type", "types"):
            concept = context.vocabulary.condition(f"type {token.text} {term.text}") or context.vocabulary.condition(f"{term.text} type {token.text}")
            if concept is None:
                return None
            found.append(replace(token, tag="cond", value=concept.label))
    return [replace(found[0], start=term.start), *found[1:]] if found else None


def _routes(tokens: Sequence[Token], context: Context) -> Found:
    """ "oral or inhaled steroids": by any of the routes."""
    return [token for token in tokens if token.tag in ("route", "drug")]


def _route_in_name(tokens: Sequence[Token], context: Context) -> Found:
    """ "systemic or inhaled steroids", where the second route is part of a name: by any of the routes."""
    term = tokens[-1]
    first, _, rest = term.text.partition(" ")
    route = lexicon_of(context.vocabulary).alone(first.casefold(), first.casefold())
    concept = context.vocabulary.treatment(rest) if rest and route is not None and route[0] == "route" else None
    if concept is None or route is None:
        return None
    at = term.start + len(first)
    named = Token("drug", at + 1, term.end, rest, concept.label)
    return [*(token for token in tokens[:-1] if token.tag == "route"), Token("route", term.start, at, first, route[1]), named]


def _of_kin(tokens: Sequence[Token], context: Context) -> Found:
    """ "psychosis in a first-degree relative": in the family."""
    named = [token for token in tokens if token.tag in ("cond", "comma", "or", "slash")]
    head = tokens[0]
    return [Token("family", head.start, head.start, "", tokens[-1].value), *named]


_ALIKE = ("related", "similar", "comparable", "equivalent")
_OR_ANY = Caseless(r"\b(?:or|and|and/or)\s+(?:(?:any|other|to|with|closely)\s+)*$")


def _other_than_named(tokens: Sequence[Token], context: Context) -> Found:
    """ "non-diabetic kidney disease" is not the disease that is named behind the "non"; "or similar drugs" names none."""
    before, term = tokens
    if before.text.casefold() in _ALIKE and _OR_ANY.ends(context.text, before.start):
        return made("w", tokens, context)
    if before.text.casefold() != "non" and before.start != term.start:
        return None
    return made("w", tokens, context)


def _plural(tokens: Sequence[Token], context: Context) -> Found:
    """ "infection(s)": the letters in brackets only say one or more."""
    return [] if tokens[1].text.casefold() in ("s", "es") and context.text[tokens[0].start - 1 : tokens[0].start].isalpha() else None


_SITUATIONS = Caseless(r"(?:psychiatric|psychological|psychosocial|mental|medical)\b[^,;.]*\bsocial situations?")


def _situations(tokens: Sequence[Token], context: Context) -> Found:
    """ "psychiatric illness/social situations that would limit compliance": together no disease, but what somebody judges."""
    return made("judge", tokens, context) if _SITUATIONS.fullmatch(context.words(tokens)) else None


# In brackets behind a disease: how it is known, which asks for nothing more.
_ASIDE = Caseless(
    r"\(\s*(?:(?:as )?(?:assessed |diagnosed |documented |reported |known |determined )?by (?:medical |clinical |patient )?history|(?:as )?(?:diagnosed |assessed |determined )?clinically(?: diagnosed| assessed)?|self[- ]report(?:ed)?|"
    r"(?:formal |laboratory |routine |additional )*test(?:ing|s)? (?:is |are )?not (?:required|mandatory|needed|necessary)\b[^()]*)\s*\)",
)


def _known_how(tokens: Sequence[Token], context: Context) -> Found:
    """ "dementia (by history)": the brackets say only how it is known."""
    return [] if _ASIDE.fullmatch(context.words(tokens)) else None


def _acetylsalicylic(tokens: Sequence[Token], context: Context) -> Found:
    """ "intolerance to ASA": beside drugs the abbreviation is the drug, not the class of patients."""
    return [replace(token, tag="drug", value="aspirin") if token.text == "ASA" else token for token in tokens] if any(token.text == "ASA" for token in tokens) else None


def _history_behind(tokens: Sequence[Token], context: Context) -> Found:
    """ "asthma history", "chemotherapy history", "gout in the history": a history of it."""
    term, last = tokens[0], tokens[-1]
    if last.text.casefold() not in _OF_THE_PAST or (len(tokens) > 2 and tokens[1].text.casefold() not in _USE_NOUNS) or not _adjacent(tokens, context):
        return None
    return [replace(last, start=term.start, end=term.start), replace(term, end=last.end)]


_OF_THE_PAST = ("history", "in the history", "in history", "in the anamnesis", "in anamnesis")
_USE_NOUNS = ("treatment", "therapy", "use")


def _diagnosed_when(tokens: Sequence[Token], context: Context) -> Found:
    """ "asthma diagnosed within 6 months", "… at least a year ago": how long it has been known."""
    if not re.fullmatch(r"(?:first |newly |initially )?(?:diagnosed|diagnosis)", tokens[1].text, re.IGNORECASE):
        return None
    last = tokens[-1]
    if last.tag == "lasting":
        return [tokens[0], last]
    window: Window = last.value
    if window.within is not None and window.beyond is None:
        return [tokens[0], replace(last, tag="lasting", value=Duration("≤", window.within))]
    return [tokens[0], replace(last, tag="lasting", value=Duration("≥", window.beyond))] if window.beyond is not None and window.within is None else None


def _infected_with(tokens: Sequence[Token], context: Context) -> Found:
    """ "infection with hepatitis B" is hepatitis B."""
    return list(tokens[2:]) if str(tokens[0].value) == "infection" else None


def _by_its_drug(tokens: Sequence[Token], context: Context) -> Found:
    """ "anticoagulation with warfarin" is warfarin."""
    wide, narrow = (context.vocabulary.treatment(str(token.value)) for token in (tokens[0], tokens[-1]))
    if wide is None or narrow is None or context.vocabulary.relation(narrow, wide) != "narrower":
        return None
    return [replace(tokens[-1], start=tokens[0].start, text=context.text[tokens[0].start : tokens[-1].end])]


def _abnormal(tokens: Sequence[Token], context: Context) -> Found:
    """ "abnormal bleeding": what is abnormal narrows it."""
    return [replace(tokens[0], tag="degree"), tokens[1]] if tokens[0].value == "abnormal" and _adjacent(tokens, context) else None


def _abused(tokens: Sequence[Token], context: Context) -> Found:
    """ "illicit drug or alcohol abuse": abuse of each."""
    term = tokens[-1]
    last = term.text.split()[-1]
    if last.casefold() not in ("abuse", "dependence", "dependency", "addiction", "misuse"):
        return None
    found: list[Token] = []
    for token in tokens[:-1]:
        concept = context.vocabulary.condition(f"{token.text} {last}") if token.tag in ("drug", "w") else None
        if token.tag in ("drug", "w") and concept is None:
            return None
        found.append(replace(token, tag="cond", value=concept.label) if concept else token)
    return [*found, term]


NOT_NAMED = Rule("not the one named", "w (cond|drug|proc)", _other_than_named, "cond drug proc")
_SEP = "(comma|or|and|slash)+"
NAMES = (
    Rule("infection with a disease", "cond (with|by) cond", _infected_with, "cond"),
    Rule("class with its drug", "drug (event? with|use) drug", _by_its_drug, "drug"),
    Rule("abnormal before a disease", "result cond", _abnormal, "result"),
    Rule("abuse of each", "drug ((comma|or|and|slash)+ (drug|w))* (comma|or|and|slash)+ cond", _abused, "drug"),
    Rule("potential and its letters", "potential open potential close", lambda tokens, context: [tokens[0]], "potential"),
    Rule("plural in brackets", "open w close", _plural, "open"),
    Rule("diagnosed when", "cond (weak|w|degree|diagnosis) (window|lasting)", _diagnosed_when, "window lasting"),
    Rule("known how", "(?<=cond) open (w|by|history|as|weak|method|confirmed|not|restrict|of|event|at|anchor|during|_)+ close", _known_how, "open", ("history", "clinically", "report", "test")),
    Rule("a drug by its letters", "((allergy|use|treated) w|w (comma|or|and|slash)+ drug|drug (comma|or|and|slash)+ w)", _acetylsalicylic, "allergy use treated drug", ("asa",)),
    Rule("social situations", "cond (slash|or|and)+ w w (?=that|restrict|w)", _situations, "cond"),
    Rule("history behind", "(cond history|(drug|proc) (event|w)? history) (?!of|cond|drug|proc)", _history_behind, "history"),
    *NAME_PARTS,
    Rule("noun behind a name", "(cond|proc) (w|event|cond|diagnosis|proc)+", _with_noun, "cond proc"),
    Rule("type behind a disease", f"cond w (number|w) ({_SEP} w? (number|w))*", _typed, "cond"),
    Rule("route in a name", "route ((or|slash|comma|and)+ route)* (or|slash|comma|and)+ drug", _route_in_name, "route"),
    Rule("one of several routes", "route ((or|slash|comma|and)+ route)+ drug", _routes, "route"),
    Rule("disease of the family", "cond ((comma|or|slash)+ cond)* (in|of|among) (number|degree|w|other)? kin", _of_kin, "kin"),
    Rule("upper or lower", "w after (w|degree|organ)", _upper_or_lower, "after"),
    Rule("places before a name", "(w|degree|route|organ)+ ((comma|or|and|slash)+ (w|degree|route|organ)+)+ (proc|cond)", _of_each_place, "proc cond"),
    Rule("places before another", "(w|degree|route|organ)+ ((comma|or|and|slash)+ (w|degree|route|organ)+)* (comma|or|and|slash)+ (proc|cond)", _as_its_own, "proc cond"),
    Rule("place before a name", "(w|degree|route|organ)? (w|degree|route|organ) (proc|cond)", _placed, "proc cond"),
    Rule("one place before a name", "(w|degree|route|organ) (proc|cond)", _placed, "proc cond"),
)
