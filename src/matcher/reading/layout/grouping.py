"""Whose rule a line is: cohorts, arms, parts and groups named in headings, before a colon or a comma, or in brackets at the end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from matcher.model.patterns import pattern_of
from matcher.model.values import changed
from matcher.reading.layout.headings import OF_WHOM
from matcher.reading.layout.laid import Laid
from matcher.reading.tagging.caseless import Caseless

_GATE = Caseless(r"group|cohort|arm|part|strat|phase|population|sub-?study|module", needs=("arm", "part", "study", "phase", "strat", "group", "cohort", "module", "population"))
_ID = r"(?-i:(?:[A-Z]|\d{1,2})[A-Z0-9a-e]{0,2}|[IVX]{1,4}|[ivx]{1,4}|[a-h])\b"
_IDS = rf"(?:\s+{_ID}(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+and\s+|\s+or\s+|\s*&\s*|\s+to\s+|\s*[-/]\s*){_ID})*)"
_WHO = r"(?:\s+(?:only|exclusively|patients|participants|subjects|volunteers))*"
_LEAD = r"(?:for\s+|in\s+)?(?:the\s+|all\s+)?(?:(?:patients|participants|subjects|volunteers)\s+(?:in|of)\s+)?(?:the\s+)?"
_HEADED = pattern_of(
    rf"^(?P<group>{_LEAD}(?:(?:additional |key )?(?:inclusion|exclusion) criteria (?:for )?(?:the )?)?(?:(?!and\b|or\b|with\b|in\b)[\w+/'-]+\s+){{0,4}}?"
    rf"(?:(?:group|cohort|arm|part|stratum|phase|subgroup|population|sub-?study|module)\b{_IDS}?|(?:group|cohort|arm|part|phase|subgroup|module)s{_IDS}){_WHO}(?:\s*\([^()]{{0,60}}\))?{_WHO})\s*:\s*(?P<rest>.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FIRST = pattern_of(
    rf"^(?P<group>(?:for|in)\s+(?:the\s+)?(?:(?:patients|participants|subjects)\s+(?:in|of)\s+)?(?:the\s+)?(?:(?:cohort|arm|part|group|stratum|phase|sub-?study|panel|module)s?{_IDS}|(?:[\w-]+\s+){{1,3}}(?:cohort|arm)){_WHO})"
    r"\s*,\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_LAST = pattern_of(
    rf"\((?P<group>(?:for\s+|in\s+)?(?:the\s+)?(?:(?:cohort|arm|part|group|stratum|sub-?study|module)s?{_IDS}{_WHO}|(?:[\w-]+\s+){{0,4}}(?:cohort|arm|group|stratum|part|phase|sub-?study)s?{_IDS}?\s+only))\)\s*[.;,]?\s*$",
    re.IGNORECASE,
)
# "Part B", "Cohort 2" alone on a line.
_BARE = pattern_of(r"(?:for\s+)?(?:the\s+)?(?:study\s+)?(?:group|cohort|arm|part|stratum|sub-?study|module|stage|phase)\s+(?:[A-Z]|[1-9])[0-9a-c]?(?:\s+(?:only|patients|participants|subjects))?", re.IGNORECASE)
# A body part, a category of patients or a diagnosis is no group of the trial.
_NO_GROUP = Caseless(r"\b(?:no|not|confirmed|diagnosed|vulnerable|age|ethnic|following|these|blood|upper|lower|left|right|body|any)\b")
_WORDS = 12  # longer phrases before a colon are sentences


_WHOM = Caseless(r"^(?!\(?(?:for |of )?(?:the )?(?:all|both|every|each|any|entire|whole|general)\b)\(?(?:for |of )?(?:the )?([^():\n]{2,60})\)?:(?=\n|$)")


def with_titles_ahead(parts: Sequence[tuple[str, str]]) -> tuple[list[tuple[str, str]], frozenset[str]]:
    """The parts with a name for people that stands on a line before a heading as the title of what follows; and these names."""
    found: list[tuple[str, str]] = []
    titles: set[str] = set()
    title = ""
    again = sum(kind == "inclusion" for kind, _ in parts[1:]) > 1  # each group has its own list of inclusions
    for place, (kind, part) in enumerate(parts):
        before, _, last = part.rstrip().rpartition("\n")
        alone = last.strip()
        apart = not before.strip() or before.rstrip(" \t").endswith("\n")
        titled = alone[:1].isalpha() and ((apart and _BARE.fullmatch(alone.rstrip(" :")) is not None) or ((alone.endswith(":") or (again and apart and parts[place + 1 : place + 2] and parts[place + 1][0] == "inclusion")) and (_names_people(Laid(kind, alone)) or _EVERYBODY.fullmatch(last) is not None)))
        ahead = place + 1 < len(parts) and titled
        body = before if ahead else part
        if body.strip() or not ahead:
            found.append((kind, f"{title}:\n{body}" if title and not _title_of((kind, body)) else body))
        if ahead:
            title = "" if _EVERYBODY.fullmatch(last) else last.strip(" :•*-\t")
            titles.add(title)
    return found, frozenset(titles - {""})


def groups_of_parts(parts: Sequence[tuple[str, str]], titles: frozenset[str]) -> list[str]:
    """Of whom each part is, where headings of one kind name different people: "(cases)" beside "(controls)"."""
    named = [part[slice(*found.span(1))].strip() if (found := _WHOM.match(part)) and OF_WHOM.search(found[1]) else "" for _, part in parts]
    beside_people = {kind for (kind, _), whom in zip(parts, named, strict=True) if _PEOPLE.search(whom)}
    named = [whom or (_of_a_disease(part) if kind in beside_people else "") for (kind, part), whom in zip(parts, named, strict=True)]
    of_both = _of_both_kinds(parts) or _of_several_people(parts)
    named = [title if title.casefold() in of_both else whom for whom, title in zip(named, map(_title_of, parts), strict=True)]
    several = {kind for kind, _ in parts if len({whom.casefold() for (one, _), whom in zip(parts, named, strict=True) if one == kind and whom}) > 1}
    beside = {kind for kind, _ in parts if sum(one == kind for one, _ in parts) > 1}
    return [whom if several or (whom in titles and kind in beside) else "" for (kind, _), whom in zip(parts, named, strict=True)]


def _of_a_disease(part: str) -> str:
    """The title of a part that names no people by a word of theirs, beside others that do: "(asthma)" beside "(controls)"; "" for a topic."""
    found = _WHOM.match(part)
    return found[1].strip() if found is not None and not _TOPIC.search(found[1]) and not _ON_THE_WAY.search(found[1]) and len(found[1].split()) <= _NAME else ""


_NAME = 4  # words
_ON_THE_WAY = Caseless(r"screening|period|phase|randomi|treatment|enrol|entry|registration|visit|participa|eligib|stud(?:y|ies)|trial|this|following|use of|criteri")


def _of_both_kinds(parts: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The titles that stand before "inclusion criteria" and before "exclusion criteria" alike, where two do: of diseases whose patients are looked for, each by itself."""
    titles = [{_title_of(part).casefold() for part in parts if part[0] == kind} - {""} for kind in ("inclusion", "exclusion")]
    both = frozenset.intersection(*map(frozenset, titles))
    return both if len(both) > 1 else frozenset()


def _of_several_people(parts: Sequence[tuple[str, str]]) -> frozenset[str]:
    """The titles before two or more lists of inclusions ("Acute Kidney Injury Subjects Inclusion Criteria"), where they name people and no topic."""
    titles = {_title_of(part) for part in parts if part[0] == "inclusion"} - {""}
    people = len(titles) > 1 and any(map(_PEOPLE.search, titles)) and not any(map(_TOPIC.search, titles))
    return frozenset(map(str.casefold, titles)) if people else frozenset()


_TOPIC = Caseless(r"^\W*(?:general|main|key|clinical|laborator\w+|disease|medical|specific|additional|other|study|(?:all )?(?:patients?|subjects?|participants?)|screening|randomi[sz]ation|imaging|surgical|demographic\w*|biological|safety|efficacy|primary|secondary|initial|final|re-?\w+|step|part|phase)\b")


def _title_of(part: tuple[str, str]) -> str:
    """What a part begins with as its title, without what stands in brackets; "" where it has none."""
    title, colon, _ = part[1].partition(":\n")
    before = colon and len(title) <= 60 and not title.lstrip().startswith(("for ", "For ", "of ", "("))
    return _BRACKETS.sub("", title).strip() if before and "\n" not in title else ""


_BRACKETS = pattern_of(r"\s*\([^()]*\)")


# "Cohort A: breast cancer" on a line of its own only names who the rules under it are for.
_TITLE = 8  # words: no name of a cohort is longer
_ASKS = Caseless(r"\b(?:must|should|shall|will|may|can|have|has|had|is|are|be|no|not|none|never|without|age[ds]?|years?|old|histolog\w+|cytolog\w+|confirmed|diagnos\w+|documented|receiv\w+|prior|previous\w*|history|willing\w*|able|ability|agree\w*|consent|following|at least|"
    r"one of|any of|all of|score|status|within|since|adequate|normal|written|signed|evidence|presence|absence|measurable|suspected|known|currently|who|whose|that|which|if|eligible|allowed|excluded?)\b|[<>≥≤=;]|\.\s*$|\d\s*(?:-|to)\s*\d")


def with_groups(laid: Sequence[Laid]) -> list[Laid]:
    """A heading that names a group holds for what stands under it, or for the rest of its own line."""
    found: list[Laid] = []
    group, level, used = "", -1, True
    named = [_named(one.text) for one in laid]
    everybody, some = _populations(laid)
    titles = _titles(laid, named) | some
    for place, one in enumerate(laid):
        if group and used and (one.indent <= level if one.marked else found[-1].marked):
            group, level = "", -1
        if place in everybody:
            group, level = "", -1
        said, rest = named[place]
        if place in titles:
            said, rest = one.text.strip().rstrip(":").rstrip(), ""
        if not said:
            found.append(changed(one, group=group) if group else one)
            used = True
        elif rest:
            found.append(changed(one, group=said, text=rest))
        else:
            found += [] if used else [Laid(one.kind, group)]
            group, level, used = said, _level(one, laid[place + 1 :]), False
    return found if used else [*found, Laid(laid[-1].kind, group)]


def _populations(laid: Sequence[Laid]) -> tuple[frozenset[int], frozenset[int]]:
    """The places of the lines that only name of whom the lines under them are: of everybody, and of some; none where all name the same people."""
    over = [place for place, (one, below) in enumerate(pairwise(laid)) if below.kind == one.kind and _names_people(one) and (one.text.rstrip().endswith(":") or _deeper(one, below) or (below.marked and not one.marked))]
    everybody = frozenset(place for place in over if _EVERYBODY.fullmatch(laid[place].text))
    some = frozenset(over) - everybody
    if laid and laid[0].kind == "exclusion" and not (everybody or any(_NOT_ILL.search(laid[place].text) for place in some)):
        return frozenset(), frozenset()  # "patients with gout" over its examples is what keeps out
    named = {laid[place].text.casefold().rstrip(" :") for place in some}
    return (everybody, some) if len(named) > 1 or (named and everybody) else (frozenset(), frozenset())


def _names_people(one: Laid) -> bool:
    """Whether a line is nothing but a name for people, by more than their sex and age."""
    if len(one.text) > _LONGEST or _PEOPLE.search(one.text) is None or _ASKS.search(one.text.rstrip(" :.")) or len(one.text.split()) > _TITLE:
        return False
    return _PEOPLE_FIRST.fullmatch(one.text) is not None and _OF_ALL_SORTS.fullmatch(one.text) is None


_NOT_ILL = Caseless(r"\b(?:healthy|controls?|volunteers?|donors?|recipients?|siblings?|relatives?)\b")
_LONGEST, _NAME = 70, 40  # characters
_NOUN = r"(?:patients?|subjects?|participants?|volunteers?|controls?|cases?|donors?|recipients?|individuals?|caregivers?|carers?|relatives?|siblings?|providers?|persons?|people)"
_PEOPLE = Caseless(rf"\b{_NOUN}\b")
# The noun ends the name, or "with" a disease does.
_PEOPLE_FIRST = pattern_of(rf"\W*(?:(?:for|in|of)\s+)?(?:[\w/'’()+-]+\s+){{0,5}}?{_NOUN}(?:\s+(?:with|on)\s+[\w/'’ ()+-]+?)?(?:\s*[(,]?\s*(?:in addition|additionally|additional|only|in addition to the above)\)?)?\s*:?\W*", re.IGNORECASE)
_EVERYBODY = pattern_of(rf"\W*(?:(?:for|in)\s+)?(?:all|both|every|each)\s+(?:(?:of the|the|study|eligible|enrolled)\s+)*(?:{_NOUN}|groups|cohorts|arms|populations)\s*:?\W*", re.IGNORECASE)
# Whose sex or age alone is named has rules in the words of each line, and no group of the trial.
_OF_ALL_SORTS = pattern_of(r"\W*(?:(?:for|in|of|the|study|eligible|potential|all|any|enrolled|adult|p(?:a)?ediatric|older|elderly|young|adolescent|(?:fe)?male|(?:wo)?men|pregnant|lactating|fertile|child|children|infant|special|general|other|our|these|target|human|medical|excluded|ineligible|included|inclusion|exclusion|criteria)\s+)*(?:patients?|subjects?|participants?|individuals?|persons?|people)\s*:?\W*", re.IGNORECASE)


def _level(one: Laid, below: Sequence[Laid]) -> int:
    """The indent at which the lines under a heading end: its own, or one less where they stand at its own."""
    if not one.marked:
        return -1
    return one.indent - 1 if below and below[0].marked and below[0].indent == one.indent else one.indent


def _titles(laid: Sequence[Laid], named: Sequence[tuple[str, str]]) -> frozenset[int]:
    """The places of lines that name a group and whom it is of, over its rules: no list of groups, and no rule of one."""
    short = [place for place, (said, rest) in enumerate(named) if rest and laid[place].text.startswith(said) and len(rest.split()) <= _TITLE and not _ASKS.search(rest)]
    over = [place for place in short if place + 1 < len(laid) and not named[place + 1][0] and laid[place + 1].kind == laid[place].kind and place - 1 not in short]
    several = len({laid[place].text for place in over if laid[place].kind == "inclusion"}) > 1
    return frozenset(place for place in over if (several and laid[place].kind == "inclusion") or laid[place].text.rstrip().endswith(":") or _deeper(laid[place], laid[place + 1]))


def _deeper(one: Laid, below: Laid) -> bool:
    return bool(one.marked and below.marked) and below.indent > one.indent


def _named(text: str) -> tuple[str, str]:
    """The group that a line names and the rest of the line; ("", "") where it names none."""
    if len(text) < _NAME and _BARE.fullmatch(text) is not None:
        return text, ""
    placed = ":" in text or "(" in text or text[:1] in "fFiI"
    if not placed or _GATE.search(text) is None:
        return "", ""
    headed = _HEADED.match(text) if ":" in text else None
    if headed is not None and _NO_GROUP.search(headed["group"]):
        return "", ""
    if headed is not None and len(headed["group"].split()) <= _WORDS:
        return headed["group"].strip(), headed["rest"].strip()
    first = _FIRST.match(text) if text[:1] in "fFiI" else None
    if first is not None:
        return first["group"].strip(), first["rest"].strip()
    last = _LAST.search(text) if "(" in text else None
    if last is not None and text[: last.start()].strip():
        return last["group"].strip(), text[: last.start()].strip()
    return "", ""
