"""Words beside a fact that no rule took with it: what says nothing more, somebody's opinion, a time, a way to find, a state.

They are looked at last, in the check as it stands, where an "and" joins them to facts; what they are not stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Allergy,
    Ambiguous,
    Any,
    AtLeast,
    Check,
    Condition,
    Judgement,
    Medication,
    Not,
    Participation,
    Procedure,
    Sex,
    State,
    Statement,
    Unless,
    Unread,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.certain.stating import stated
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Read, ReadText, Spans
from matcher.reading.joints.in_brackets import named_in, routes_in
from matcher.reading.joints.said_of_all import in_time
from matcher.reading.joints.time_beside import time_beside
from matcher.reading.tagging.caseless import Caseless

_Part = tuple[Check, Spans]
_WORDS = (Unread, Statement)


def with_words_told(read: Read, text: str, again: ReadText | None = None) -> Read:
    """The check with the words beside its facts told apart; `again` reads what brackets name among exclusions."""
    if not isinstance(read.check, Unread) and any(isinstance(leaf, _WORDS) for leaf in leaves(read.check)):
        check, spans = _told(read.check, iter(read.spans), text, again)
        if again is not None:
            check, spans = _with_examples(check, spans)
        return Read(check, spans) if check != read.check else read
    return read


_EXAMPLES = Caseless(r"\W*(?:including|such as)\b(?!.*\b(?:but not|except\w*|unless|only|without|provided|if|that|which|who|requir\w*|within|during|in the|prior|before|after|since|last|past|for|hours?|days?|weeks?|months?|years?)\b(?! limited))")


def _with_examples(check: Check, spans: Spans) -> _Part:
    """An exclusion with examples behind it that were not read: they can only add to what stands before them."""
    if not isinstance(check, All) or len(check.parts) != 2 or not isinstance(check.parts[1], Unread) or not _EXAMPLES.match(check.parts[1].text):
        return check, spans
    facts = check.parts[0]
    asserted = isinstance(facts, Condition | Procedure) or (isinstance(facts, Any) and all(isinstance(part, Condition | Procedure) for part in facts.parts))
    return (Any((*(facts.parts if isinstance(facts, Any) else (facts,)), check.parts[1])), spans) if asserted else (check, spans)


def _told(check: Check, places: Iterator[tuple[int, int]], text: str, again: ReadText | None) -> _Part:
    """A check with the words in it told apart, and the places of its leaves."""
    match check:
        case All(parts):
            kept = _beside([_told(part, places, text, again) for part in parts], text, again)
            spans = tuple(span for _, own in kept for span in own)
            return (kept[0][0] if len(kept) == 1 else All(tuple(one for one, _ in kept))), spans
        case Any(parts) | Ambiguous(parts) | AtLeast(_, parts):
            found = [_told(part, places, text, again) for part in parts]
            found = [_of_childbearing(*one, again) for one in found] if isinstance(check, Any) and again is not None else found
            anew = tuple(one for one, _ in found)
            whole: Check = AtLeast(check.n, anew) if isinstance(check, AtLeast) else type(check)(anew)
            return whole, tuple(span for _, own in found for span in own)
        case Not(part):
            inner, own = _told(part, places, text, again)
            return Not(inner), own
        case When(scope, rule):
            (first, before), (second, behind) = _told(scope, places, text, again), _told(rule, places, text, again)
            return When(first, second), (*before, *behind)
        case Unless(rule, lifted):
            (first, before), (second, behind) = _told(rule, places, text, again), _told(lifted, places, text, again)
            return Unless(first, second), (*before, *behind)
    return check, (next(places, (0, 0)),)


_BEARING = Caseless(r"contracepti|birth control|child-?\s?bearing potential|reproductive potential", needs=("contracepti", "birth control", "bearing potential", "reproductive potential"))


def _of_childbearing(check: Check, spans: Spans, again: ReadText) -> _Part:
    """A member of a list that speaks of women or men and of contraception, as it reads by itself."""
    if not isinstance(check, Unread) or not _BEARING.search(check.text):
        return check, spans
    found = again(check.text, "exclusion").check
    known = all(isinstance(leaf, State | Sex) for leaf in leaves(found)) and State("contraception") in leaves(found)
    return (found, spans * sum(1 for _ in leaves(found))) if known else (check, spans)


def _beside(parts: Sequence[_Part], text: str, again: ReadText | None) -> list[_Part]:
    """The parts of an "and" with its words told apart."""
    facts = [one for one, _ in parts if not isinstance(one, (*_WORDS, Judgement))]
    if not facts or len(facts) == len(parts):
        return list(parts)
    parts = _flat(parts) if len(facts) == 1 and isinstance(facts[0], All) else parts
    facts = [one for one, _ in parts if not isinstance(one, (*_WORDS, Judgement))]
    found: list[_Part | None] = list(parts)
    alone = next((i for i, (one, _) in enumerate(parts) if one is facts[0]), 0) if len(facts) == 1 and isinstance(facts[0], _NAMED) else None
    for i, (words, spans) in enumerate(parts):
        if not isinstance(words, _WORDS) or (_WIDENS.ends(text, spans[0][0]) and not _HALF_LIVES.fullmatch(words.text)):
            continue
        said = clean(text[slice(*spans[0])]).strip(" .,;") if isinstance(words, Statement) else words.text.strip(" .,;")
        listed = next((part for part in parts if part[0] is facts[0]), None) if len(facts) == 1 and isinstance(facts[0], Any) and _NEEDS.match(said) and not any(isinstance(leaf, _WORDS) for leaf in leaves(facts[0])) else None
        if listed is not None:
            found[i] = _of_the_last(listed, (words, spans))
            continue
        if _says_nothing(said, facts):
            found[i] = None
        elif isinstance(words, Unread) and _OPINION.match(said) and not _LIFTS.search(said):
            found[i] = (Judgement(words.text), spans)
        elif alone is not None and (fact := found[alone]) is not None:
            narrower = _narrowed(fact[0], said, behind=spans[0][0] >= fact[1][-1][0])
            named = named_in(fact[0], said, again) if again is not None and narrower is None and said.startswith("(") else None
            if narrower is not None:
                found[alone], found[i] = (narrower, fact[1]), None
            elif named is not None:
                found[alone], found[i] = (named, (*fact[1], *(spans[:1] * (sum(1 for _ in leaves(named)) - 1)))), None
                break
    return [part for part in found if part is not None]


_NEEDS = Caseless(r"(?:that |which )?(?:currently )?(?:requir|need)(?:ing|es?|s)\b")


def _of_the_last(listed: _Part, narrow: _Part) -> _Part:
    """ "A or B requiring X": what is required may be said of both, or of B alone, and A is enough without it."""
    alternatives, spans = listed
    assert isinstance(alternatives, Any)
    before = alternatives.parts[:-1]
    places = spans[: sum(1 for part in before for _ in leaves(part))]
    return Ambiguous((narrow[0], Any((*before, narrow[0])))), (*narrow[1], *places, *narrow[1])


def _flat(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The parts with those of an "and" of one fact and opinions of it by themselves."""
    flat: list[_Part] = []
    for one, spans in parts:
        inner = one.parts if isinstance(one, All) else (one,)
        if isinstance(one, All) and (len(inner) != len(spans) or not all(isinstance(part, (*_NAMED, Judgement)) for part in inner) or sum(isinstance(part, _NAMED) for part in inner) != 1):
            return parts
        flat += zip(inner, [(span,) for span in spans], strict=True) if isinstance(one, All) else [(one, spans)]
    return flat


_NAMED = (Condition, Medication, Procedure, Participation)


def _narrowed(fact: Check, said: str, *, behind: bool) -> Check | None:
    """The one fact beside the words with what they say of its time, of how it was found, of its kind or state."""
    if isinstance(fact, Medication) and not fact.routes and (routes := routes_in(said)):
        return replace(fact, routes=routes)
    if isinstance(fact, Medication) and _HALF_LIVES.fullmatch(said) and not fact.states:  # in a time too, where the shorter counts
        return replace(fact, states=(f"within {said.casefold()}",))
    kinds = _BOTH_KINDS.fullmatch(said)
    if kinds is not None and isinstance(fact, Condition) and not fact.states:
        return replace(fact, states=(kinds["one"].casefold(), kinds["other"].casefold()))
    if isinstance(fact, Participation) and _NOW.fullmatch(said) and fact.window is None:
        return replace(fact, current=True)
    named = _CRITERIA.fullmatch(said)
    if isinstance(fact, Condition) and named is not None and not fact.confirmed_by:
        return replace(fact, confirmed_by=(said[slice(*named.span("named"))].strip("() "),))
    window = time_beside(said)
    timed = in_time(fact, window) if window is not None and getattr(fact, "window", None) is None else fact
    if timed != fact:
        return timed
    reason = _FOR_WHEN.fullmatch(said) if behind and not _OR_GIVEN.search(said) and isinstance(fact, Medication | Procedure) and fact.window is None else None
    when = time_beside(said[slice(*reason.span("when"))]) if reason is not None else None
    if reason is not None and when is not None:
        inner = stated(fact, said[slice(*reason.span("what"))])
        return in_time(inner, when) if inner is not None and in_time(inner, when) != inner else None
    own = behind and isinstance(fact, Condition | Medication | Procedure) and not _OR_ELSE.search(said)
    return stated(fact, said) if own else None


# Behind an "or" words exclude by themselves, whatever they were joined with.
_WIDENS = Caseless(r"(?:\bor\b|/)\W*$")
_FOR_WHEN = Caseless(r"(?P<what>(?:for|due to|because of|to|of|in)\s+\S.*?)\s+(?P<when>(?:within|in the (?:last|past|previous|preceding)|during the (?:last|past|previous))\s.*)")
# Behind these another fact may stand, which would widen.
_OR_ELSE = Caseless(r"\b(?:or|and)\s+(?:who|that|which|has|have|had|is|are|was|were|with|any|history|prior|previous\w*|current\w*|known|other|patients?|those|not|no|unable|un\w+|non-?\w+)\b|,")
# "Transfusion of blood products or administration of growth factors": something else that was done.
_OR_GIVEN = Caseless(r"\b(?:or|and/or)\s+(?:the\s+|any\s+)?(?:administration|use|receipt|injection|infusion|transfusion|transplantation|implantation|insertion|treatment|therapy|vaccination|exposure)\s+(?:of|with|to)\b", needs=("or ",))
_HALF_LIVES = Caseless(r"(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven) (?:times the )?(?:drug |elimination |terminal )?half[- ]?li(?:fe|ves)(?: of the (?:study |investigational |experimental )?(?:drugs?|agents?|products?|compounds?|medications?))?")
_BOTH_KINDS = Caseless(r"\(?(?P<one>acute|chronic|active|inactive|treated|untreated|symptomatic|asymptomatic|partial|complete|unilateral|bilateral|primary|secondary|benign|malignant|controlled|uncontrolled) (?:or|and/or) (?P<other>acute|chronic|active|inactive|treated|untreated|symptomatic|asymptomatic|partial|complete|unilateral|bilateral|primary|secondary|benign|malignant|controlled|uncontrolled)\)?")
_NOW = Caseless(r"currently|concurrently|presently|simultaneously|at (?:present|the same time|this time|the present time)|now")
_CRITERIA = Caseless(r"\(?(?:as )?(?:(?:defined|diagnosed|determined|assessed|classified|specified) )?(?:(?:by|per|in|according to|based on|using|with) )?(?:the )?(?P<named>(?:dsm|icd|who|acr|eular|gina|ada|ncep|rome|mcdonald)[\w ./-]{0,25})\)?")
# Somebody has to judge these.
_OPINION = Caseless(
    r"\(?(?:(?:that|which|who|and)\s+)?(?:(?:in the|at the|per|by the|according to the) (?:opinion|judge?ment|discretion|study physician|physician|investigator|treating)|at (?:the )?(?:study |treating )?(?:physician|investigator|clinician|doctor)\S* discretion|"
    r"(?:may|might|could|would|can|will likely|(?:is|are) (?:likely|expected|thought|believed|felt|deemed|considered|judged) to)\s+(?:also |possibly |potentially |significantly |negatively |adversely |reasonably )*"
    r"(?:be (?:expected|likely|affected|worsened|aggravated|exacerbated|a risk|at risk)|affect|alter|interfer\w*|impair|influence|impact|confound|prevent|preclude|prohibit|limit|hinder|compromise|increase|decrease|reduce|cause|induce|lead|result|make|pose|put|place|"
    r"jeopardi[sz]e|complicate|contraindicate|interact|modify|mask|mimic|change|endanger|hamper|inhibit|restrict|require|predispose|obscure|contribute|bias|disrupt|difficult|exacerbate|worsen|render|present|produce|promote))\b"
)
_LIFTS = Caseless(r"\b(?:eligible|allowed|permitted|acceptable|exclu\w+|includ\w+|unless|except\w*|other than)\b|[;:]|\.\s")
_SUBJECT = r"(?:(?:already|also|ever|have|has|had|been|being|is|are|was|were|be|who|which|that|be)\s+)*"
_NOTHING = Caseless(
    _SUBJECT + r"(?:already|receiv(?:e|es|ed|ing)|tak(?:e|es|en|ing)|consum(?:e|es|ed|ing)|given|administered|exhibit(?:s|ed|ing)|identified|detected|recorded|noted|reported|documented|observed|known case of|cases? of|presence of|diagnosed|experienced|present|existing|as detected|"
    r"(?:of|due to|from|for|with|by|in|at|regardless of|irrespective of)?\s*any (?:kinds?|types?|forms?|cause|causes|etiology|aetiology|origin|severity|grade|reason|indication|diagnosis|purpose|condition|nature|setting|site|location|stage|degree|sort)|"
    r"(?:regardless|irrespective) of (?:the )?(?:site|cause|type|severity|etiology|aetiology|origin|stage|location|grade|form|dose|route|duration|treatment)(?: (?:or|and) (?:site|cause|type|severity|etiology|aetiology|origin|stage|location|grade|form|dose|route))?|"
    r"anywhere|\(any origin\)|of any organ system|\(?(?:by )?self[- ]?(?:report(?:ed)?|declar\w+)\)?|\(?as per patient history\)?|per patient (?:report|history)|\(?screening (?:is )?not required\)?|\(?test(?:ing)? (?:is )?not required\)?)"
)
# Said of what was: it was before the trial, or at some time.
_EARLIER = Caseless(
    r"\(?(?:in (?:the )?past|in (?:the )?(?:medical |past |previous )?history|previously|prior|previous|at any time|ever|history(?: of)?|in (?:their|his|her|the) life(?:time)?|at any time in (?:the )?past|(?:at any time )?(?:prior to|before) (?:the |this |their )?(?:start of )?(?:study|trial|randomi[sz]ation|enrol\w+|screening|inclusion|entry|participation|registration|baseline)"
    r"(?: (?:entry|enrol\w+|start|participation|inclusion|randomi[sz]ation|screening|into|in|to|for|of|this|the|study|trial|visit))*)\)?"
)


def _says_nothing(said: str, facts: Sequence[Check]) -> bool:
    """Whether words beside the facts narrow none of them."""
    said = said[1:-1] if said.startswith("(") and said.endswith(")") and "(" not in said[1:] else said
    if _NOTHING.fullmatch(said):
        return True
    told = [leaf for fact in facts for leaf in leaves(fact)]
    if _EARLIER.fullmatch(said):
        return all(_gone_by(leaf) for leaf in told)
    return _NOW.fullmatch(said) is not None and all(_goes_on(leaf) for leaf in told)


def _gone_by(leaf: Check) -> bool:
    if isinstance(leaf, Condition):
        return leaf.phase in ("history", "past")
    if isinstance(leaf, Medication):
        return leaf.phase in ("any", "past")
    return isinstance(leaf, Allergy) or (isinstance(leaf, Procedure | Participation) and not leaf.current)


def _goes_on(leaf: Check) -> bool:
    return (isinstance(leaf, Condition) and leaf.phase == "active") or (isinstance(leaf, Medication) and leaf.phase == "current") or (isinstance(leaf, Procedure | Participation) and leaf.current)
