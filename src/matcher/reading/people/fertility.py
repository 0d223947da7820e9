"""Criteria about contraception taken apart phrase by phrase: of whom it is asked, what else may stand in its place, what is asked beside it.

"Women must be surgically sterile, post-menopausal or using contraception": women who can bear no children are free of it, as
they are by the profile. What the profile does not tell of a method (two of them, a barrier) is a statement beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    Check,
    Judgement,
    Measurement,
    Not,
    Statement,
    Unread,
    When,
)
from matcher.model.patterns import later
from matcher.model.trees import all_of, any_of, leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.people.fertility_duties import (
    BEARING,
    DUTIES,
    FEMALE,
    JOINTS,
    MALE,
    STERILIZED,
    WOMEN,
    duty,
    in_groups,
    nursing,
    sterile,
)
from matcher.reading.people.fertility_words import Phrase, phrases
from matcher.reading.tagging.tokens import Token

ACTIVE, PARTNER = "sexually active", "has a partner who could become pregnant"
_ONLY_IF = ("if ", "who ", "and if", "and when", "are ", "sexually", "heterosexually", "those", "for those", "engag", "is ")
_LONGEST, _BRACKETED = 1200, 20  # characters, brackets
_WHO = frozenset(("women", "men", "both", "people", "wocbp"))
_STATES = frozenset(("pregnant", "feeding", "planning", "positive"))
_IDLE = frozenset(("time", "as_said", "tells", "avoid", "bracket"))
_EXAMPLES = frozenset(("contraception", "abstain", "sterile", "or", "and", "comma", "stop", "must"))
_SPOKEN = DUTIES - {"not_fed", "plans", "donate"}
# What is asked of the time before the trial is more than what is agreed to.
_WITHIN = later(r"\b(?:within|no more than|up to)\b|[≤<]")
_BEFORE = later(r"\bfor (?:[\w-]+ ){1,4}?(?:months?|weeks?|days?|cycles?)\s+(?:prior|before)\b")
_OTHER_DAYS = later(r"\d|\b(?:last|past|previous|prior|preceding|one|two|three|four|six|twelve|years?|months?|weeks?)\b")
_OF_TRIAL = later(r"\b(?:study|trial|treatment|drug|dos\w+|participation|visit)\b")
_PARTNER = later(r"\b(?:partners?|wom[ae]n|females?)\b.*(?:child|reproducti|pregnan|fertile|wocbp)")
_BOTH_SEXES = later(r"(?i)\b(?:(?:wo)?m[ae]n|(?:fe)?males?)\s+(?:and|or|and/or)\s+(?:(?:wo)?m[ae]n|(?:fe)?males?)\s*(?:of\s*)?$")
_OF_WOMEN = later(r"\b(?:wom[ae]n|females?|mothers?)\b")
_OF_BOTH = later(r"fertil|reproducti|father")
SPEAKS_OF_CONTRACEPTION = ("ontracept", "irth control", "irth-control", "regnancy prevent")
SPEAKS_OF_FERTILITY = (*SPEAKS_OF_CONTRACEPTION, "hildbearing", "hild-bearing", "hild bearing", "bstain", "bstinen", "ondom", "WOCBP", "terili", "terile", "arrier method", "onate sperm", "perm donation")
SPEAKS_OF_TESTS = ("regnancy test", "regnancy stud", "for pregnancy", "hCG", "HCG", "hcg", "horionic")
SPEAKS_OF_NURSING = ("regnan", "actati", "reastfeed", "reast-feed", "reast feed", "ursing")


def fertility_sentence(text: str, kind: str) -> Read | None:
    """What a criterion asks about contraception, or whom it excludes; None where a word of it says anything else."""
    said = phrases(text) if len(text) <= _LONGEST and text.count("(") <= _BRACKETED and not text.rstrip().endswith(":") else None
    spoken = _SPOKEN if kind == "inclusion" else _SPOKEN | _STATES | {"not_fed"}
    if said is None or not any(one.what in spoken for one in said) or any(one.what == "perhaps" for one in said):
        return None
    if any(one.text in ("may", "allowed") for one in said) and not any(one.text.startswith(_ASKING) for one in said):
        return None  # what may be used is asked of nobody
    if any(_of_other_days(one, after) or _of_other_days(after, one) for one, after in pairwise(one for one in said if one.what not in ("bracket", "must", *JOINTS))):
        return None  # a pregnancy of the last months
    if any(one.text in _FORBIDDING and after.what == "refuse" for one, after in pairwise(said)):
        return None  # "must not use": what is forbidden
    plain = _unbracketed(said)
    if plain is None or any(one.what == "tested" and after.what == "time" and _WITHIN.search(after.text) for one, after in pairwise(one for one in plain if one.what not in ("as_said", "judged"))):
        return None
    past = [Unread(one.text) for one in plain if one.what == "time" and _BEFORE.search(one.text)] if kind == "inclusion" and not any(one.what == "tested" for one in plain) else []
    if past and all(one.what != "time" or _BEFORE.search(one.text) for one in plain):
        return None
    said = [one for one in plain if one.what not in _IDLE]
    check = _asked(said) if kind == "inclusion" else _excluded(said)
    if check is None:
        return None
    check = all_of([check, *past])
    return Read(check, ((0, len(text)),) * sum(1 for _ in leaves(check)))


def asks_contraception(tokens: Sequence[Token], context: Context) -> Read | None:
    """The same of one segment that speaks of contraception."""
    start, end = tokens[0].start, tokens[-1].end
    said = context.text[start:end]
    if not any(map(said.__contains__, SPEAKS_OF_CONTRACEPTION)):
        return None
    both = _BOTH_SEXES.search(context.text[:start])  # "women and men of childbearing potential": they are named as if they said nothing
    found = fertility_sentence(clean(context.text[both.start() if both is not None else start : end]), "exclusion" if context.exclusion else "inclusion")
    return Read(found.check, ((start, end),) * len(found.spans)) if found is not None else None


def _of_other_days(state: Phrase, time: Phrase) -> bool:
    """Whether a time beside a state speaks of other days than these, or beside a plan of other ones than those of the trial."""
    if state.what not in _STATES or time.what != "time":
        return False
    return _OF_TRIAL.search(time.text) is None if state.what == "planning" else _OTHER_DAYS.search(time.text) is not None


def _unbracketed(said: Sequence[Phrase]) -> list[Phrase] | None:
    """The phrases without brackets: examples behind a name go, people at the end stay; None where a bracket says more."""
    found: list[Phrase] = []
    place = 0
    while place < len(said):
        one = said[place]
        if one.what != "bracket":
            found.append(one)
            place += 1
            continue
        end = next((at for at in range(place + 1, len(said)) if said[at].what == "bracket"), None)
        if one.text not in "([" or end is None or said[end].text not in ")]":
            return None
        inner = [each for each in said[place + 1 : end] if each.what not in _IDLE]
        kinds, before = {each.what for each in inner}, found[-1].what if found else ""
        if kinds and kinds <= {"or", "and", "comma", "must", "women", *_STATES} and before in _STATES and inner[0].what in ("or", "and"):
            found += inner
            place = end + 1
            continue
        if before == "contraception" and "abstain" in kinds and kinds <= _EXAMPLES:
            found[-1] = replace(found[-1], text=f"{found[-1].text} (abstinence)")
        if "both" in kinds | ({"both"} if {"women", "men"} <= kinds else set()) and kinds <= {*_WHO, *JOINTS} and before in ("people", "bearing"):
            found.append(Phrase("both", "both"))
        elif inner and kinds <= _WHO | {"bearing"} and (end + 1 == len(said) or said[end + 1].what == "stop"):
            found += [replace(inner[0], text=f"({inner[0].text}"), *inner[1:]]
        elif not (not inner or (before == "time" and kinds <= _WHO) or (before in ("contraception", "abstain") and kinds <= _EXAMPLES) or (before == "sterile" and kinds <= {"sterile", *JOINTS}) or (before == "pregnant" and kinds <= {"positive", "must"}) or (before == "positive" and kinds <= {"wocbp"})):
            return None
        place = end + 1
    return found


def _asked(said: Sequence[Phrase]) -> Check | None:
    """What is asked, sentence by sentence and people by people."""
    rules = [_of_people(part) for part in _by_people(said)]
    found = [rule for rule in rules if rule is not None]
    return all_of(found) if found and len(found) == len(rules) else None


def _by_people(said: Sequence[Phrase]) -> list[list[Phrase]]:
    """The phrases of each group of people: the next one begins where people are named behind what was asked."""
    parts: list[list[Phrase]] = [[]]
    for place, one in enumerate(said):
        begun = any(each.what in DUTIES for each in parts[-1])
        if one.what == "stop":
            parts += [[]] if parts[-1] and [each.what for each in said[place + 1 : place + 2]] != ["or"] else []
        elif begun and (one.what in _WHO - {"people"} or one.text.startswith("all ")) and said[place - 1].what in ("and", "comma", "stop") and any(each.what in DUTIES for each in said[place:]):
            while parts[-1] and parts[-1][-1].what in JOINTS:
                parts[-1].pop()
            parts.append([one])
        else:
            parts[-1].append(one)
    return [part for part in parts if part]


def _of_people(said: Sequence[Phrase]) -> Check | None:
    """The rule of one group of people; None where it is not clear what belongs together."""
    said = said[:-1] if said[-1].text == "only" or (said[-1].what == "partner" and said[-1].text.startswith("with ")) else said
    first = next((place for place, one in enumerate(said) if one.what in DUTIES), None)
    if first is None or any(one.what in ("refuse", "stop", *_STATES) for one in said):
        return None
    behind = [one for one in said[first:] if one.what in _WHO]
    if any(one.what != "people" for one in behind) and not (said[-1].what in ("bearing", *_WHO) and behind[0].text.startswith(_OF_WHOM) and behind[0] in said[-2:]):
        return None  # other people within what is asked of these
    scope = _scope([*said[:first], *behind], [one for one in said[first:] if one.what == "bearing" and one in said[-2:]])
    rule = _rule(said[first:], whose=scope or _ANYONE)
    if scope is None or rule is None:
        return None
    if scope == _ANYONE and any(one.what in ("sterile", "strict") and _WOMEN_ONLY.search(one.text) for one in said):
        of_women = _rule(said[first:], whose=FEMALE)  # "menopausal or using contraception": said of women, though nobody is named
        return Ambiguous((When(FEMALE, of_women), rule)) if of_women is not None and of_women != rule else rule
    scopes: list[Check] = [] if scope == _ANYONE else list(scope.parts) if isinstance(scope, All) else [scope]
    last = max(place for place, one in enumerate(said) if one.what in DUTIES)
    asked = any(one.what == "active" and one.text.startswith(_ONLY_IF) for one in said[last:])
    if (asked or any(one.what == "active" for one in said[:first])) and Statement(ACTIVE) not in leaves(scope):
        scopes.append(Statement(ACTIVE))
    return When(all_of(scopes), rule) if scopes else rule


_WOMEN_ONLY = later(r"(?i)menopaus|bearing|hysterectom|oophorectom|ovar|tubal|uter")
_OF_WHOM = ("for ", "in ", "if ", "(", "of ")
_MUST = ("must", "should", "need", "will", "shall", "required", "strongly")
_FORBIDDING = ("must", "should", "shall", "may")
_ASKING = ("agree", "must", "should", "if", "will", "required", "only", "with ", "practic", "not ")
_ANYONE: Check = Any((FEMALE, MALE))


def _scope(said: Sequence[Phrase], behind: Sequence[Phrase]) -> Check | None:
    """Whom the words concern; None where they contradict each other."""
    what = {one.what for one in said}
    bearing = [one for one in (*said, *behind) if one.what == "bearing"]
    women, men = "women" in what or "wocbp" in what or "both" in what, "men" in what or "both" in what
    partner = "partner" in what
    if women and not men and any(one.what == "partner" and " of " in one.text for one in said):
        return Any((WOMEN, All((MALE, Statement(PARTNER)))))
    of_women = WOMEN if bearing or "wocbp" in what else FEMALE
    active = [place for place, one in enumerate(said) if one.what == "active"]
    partner = partner or (men and not women and any(_PARTNER.search(said[place].text) for place in active))
    of_men: Check = All((MALE, Statement(PARTNER))) if partner else MALE
    if any("steril" in one.text for one in bearing):
        of_men = All((*(of_men.parts if isinstance(of_men, All) else (of_men,)), Not(STERILIZED)))
    if women and men and any(0 < place < len(said) - 1 and said[place + 1].what == "men" for place in active):
        of_men = All((*(of_men.parts if isinstance(of_men, All) else (of_men,)), Statement(ACTIVE)))
    if women and men:
        return Any((WOMEN, of_men))
    if women:
        return of_women if not partner or of_women == WOMEN else None
    if men:
        return of_men
    if partner:
        return None
    if bearing:
        return Any((BEARING, MALE)) if any(_OF_BOTH.search(one.text) for one in bearing) else BEARING
    return _ANYONE


def _rule(said: Sequence[Phrase], *, whose: Check) -> Check | None:
    """What is asked: parts that all hold, each of alternatives; from "or, if of childbearing potential" on it is asked of those only."""
    place = next((place for place, one in enumerate(said) if place and one.what == "bearing" and any(each.what in DUTIES for each in said[place:])), None)
    if place is not None:
        before = [one for one in said[:place] if one.what in DUTIES]
        joined = any(one.what in ("or", "if") for one in said[:place]) and all(one.what in ("sterile", "strict") for one in before)
        rest = _rule(said[place + 1 :], whose=whose) if joined else None
        return any_of(list(dict.fromkeys([*(duty(one, whose=whose) for one in before), rest]))) if rest is not None else None
    said = [one for one in said if one.what != "active" or one.text.startswith(_ONLY_IF)]
    last = max((place for place, one in enumerate(said) if one.what in DUTIES), default=0)
    groups = in_groups(said) if not any(one.what in ("or", "and") for one in said[last:]) else None
    if groups is None or {one.what for group in groups for one in group} <= {"sterile", "strict", "abstain"}:
        return None
    parts: list[Check] = []
    for group in groups:
        kinds = {one.what for one in group}
        if len(group) > 1 and not kinds <= {"contraception", "abstain", "sterile", "strict"}:
            return None
        free = [Not(Statement(ACTIVE))] if _only_if_active(group[0], said) else []
        ways = [duty(one, whose=whose) for one in sorted(group, key=lambda one: one.what == "abstain")]
        if any(one.what == "strict" for one in group):  # who is sterile otherwise is not so by the years since the menopause
            ways = [STERILIZED if way == sterile(whose) else way for way in ways]
        parts.append(any_of(list(dict.fromkeys([*ways, *free]))))
    parts += [Judgement(one.text.strip(" ,()")) for one in said if one.what == "judged"]
    return all_of(list(dict.fromkeys(parts)))


def _only_if_active(one: Phrase, said: Sequence[Phrase]) -> bool:
    """Whether a duty is asked of the sexually active alone, as the words directly before it say."""
    at = next(place for place, each in enumerate(said) if each is one)
    before = [each.what for each in said[:at] if each.what not in ("must", "people", "comma", "partner")]
    return before[-1:] == ["active"]


def _excluded(said: Sequence[Phrase]) -> Check | None:
    """Who is excluded, sentence by sentence."""
    found = [_kept_out(list(part)) for stop, part in groupby(said, lambda one: one.what == "stop") if not stop]
    checks = [one for one in found if one is not None]
    return any_of(checks) if checks and len(checks) == len(found) else None


def _kept_out(said: list[Phrase]) -> Check | None:
    """Who is pregnant, or does not use what is named; a duty under the exclusions keeps out who does not meet it."""
    place = next((place for place, one in enumerate(said) if one.what == "refuse"), len(said))
    before: list[Phrase] | None
    before, behind = said[:place], [one for one in said[place + 1 :] if one.what not in ("refuse", "must")]
    if place == len(said) and any(one.what in DUTIES for one in said):
        duty = said[0].what in (*_WHO, "bearing") and any(one.what in ("must", "tested", "not_fed") and one.text.startswith(_MUST) for one in said)
        asked = _asked(said) if duty else None
        rule = asked.rule.part if isinstance(asked, When) and isinstance(asked.rule, Not) else None
        if rule is not None and isinstance(asked, When):
            return rule if asked.scope in (FEMALE, WOMEN) else All((asked.scope, rule))
        return All((asked.scope, Not(asked.rule))) if isinstance(asked, When) else None
    of_whom = _told_last(behind)
    behind = behind[: len(behind) - len(of_whom)]
    last = next((at for at, one in enumerate(behind) if one.what in _STATES), len(behind))
    more, _, rest = _states(behind[last:])
    if rest or (last < len(behind) and behind[last - 1].what not in ("or", "comma")):
        return None
    states, people, before = _states(before)
    behind, states = behind[:last], [*states, *more]
    while behind and behind[-1].what in JOINTS:
        behind.pop()
    if before is None or (place == len(said) and (before or not states)):
        return None
    if place == len(said):
        return any_of(states)
    if of_whom and any(one.what in (*_WHO, "bearing", "partner") for one in before):
        return None
    before = [*before, *of_whom]
    kept = _not_kept(behind, whose=_scope(before, ()) or _ANYONE)
    told = any(one.what in (*_WHO, "partner") for one in before if one.what != "people" or not people)
    scope = _scope(before if told else [*people, *(one for one in before if one.what == "bearing")], ())
    if kept is None or scope is None or any(one.what in ("sterile", "strict") for one in before):
        return None
    scope = WOMEN if scope == FEMALE else scope  # who bears no children needs none
    scopes = [*([scope] if scope != _ANYONE else []), *([Statement(ACTIVE)] if any(one.what == "active" for one in before) or any(one.what == "active" and one.text.startswith(_ONLY_IF) for one in behind) else [])]
    without = all_of([*scopes, Not(kept)])
    if scope == _ANYONE and states and not told:  # of women who can bear children, and perhaps of men
        without = Ambiguous((All((FEMALE, BEARING, without)), All((Any((MALE, BEARING)), without))))
    return any_of([*states, without])


def _told_last(said: Sequence[Phrase]) -> list[Phrase]:
    """Of whom it is said at the end: "… contraception in women of childbearing potential"."""
    first = next((at for at, one in enumerate(said) if one.text.startswith(_OF_WHOM) and one.what in _WHO), len(said))
    return list(said[first:]) if first and all(one.what in (*_WHO, "bearing") for one in said[first:]) else []


def _states(said: list[Phrase]) -> tuple[list[Check], list[Phrase], list[Phrase] | None]:
    """The states named first, of whom they are said, and what stands behind them; None there where something else stands between."""
    states: list[Check] = []
    people: list[Phrase] = []
    while (at := next((place for place, one in enumerate(said) if one.what in _STATES), None)) is not None:
        if any(one.what not in (*JOINTS, "must", "women", "people", "bearing", "wocbp") for one in said[:at]):
            return states, people, None
        if not states and any(one.what in ("or", "and") for one in said[:at]):
            return states, people, None
        people = people or [one for one in said[:at] if one.what in (*_WHO, "bearing")] or [Phrase("women", "women") for _ in said[at : at + 1] if _OF_WOMEN.search(said[at].text)]
        states.append(_state(said[at]))
        said = said[at + 1 :]
        if said and said[0].what not in JOINTS:
            return states, people, None
    return states, people, said


def _state(one: Phrase) -> Check:
    if one.what == "positive":
        return Measurement("pregnancy test", words=("positive",))
    return Statement("planning a pregnancy") if one.what == "planning" else nursing(one.text)


def _not_kept(said: list[Phrase], *, whose: Check) -> Check | None:
    """What somebody refuses; None where anything else is named beside it."""
    said = [one for one in said if one.what not in ("partner", "active")]
    duties = [one for one in said if one.what in DUTIES]
    if not duties or any(one.what not in ("contraception", "abstain", "donate", "or", "and", "comma", "people", "judged") for one in said):
        return None
    groups = in_groups(said)
    if groups is None or len(groups) > 1:
        return None
    return any_of(list(dict.fromkeys(duty(one, whose=whose) for one in sorted(groups[0], key=lambda one: one.what == "abstain"))))


__all__ = ["SPEAKS_OF_CONTRACEPTION", "SPEAKS_OF_FERTILITY", "SPEAKS_OF_NURSING", "SPEAKS_OF_TESTS", "asks_contraception", "fertility_sentence"]
