"""Words right beside one fact that were not read, and only say which of its kind is meant: a state of it, asked as it is said.

"Sutured wound", "fistula that drains to the skin", "asthma as the main complaint". They are looked at last, where an "and"
joins them to the one fact; what speaks of people, of the trial, of a time or of an opinion stays unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from matcher.model.language import (
    All,
    Ambiguous,
    Any,
    AtLeast,
    Check,
    Condition,
    Judgement,
    Measurement,
    Medication,
    Not,
    Procedure,
    Unless,
    Unread,
    When,
    Window,
)
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.certain.stating import stated
from matcher.reading.grammar.members import GROWS
from matcher.reading.grammar.pieces import FACTS, clean
from matcher.reading.grammar.rules import Context, Read, Spans
from matcher.reading.joints.in_brackets import routes_in
from matcher.reading.joints.lifted import lifted_each, lifted_in
from matcher.reading.joints.orphans import with_orphans_told
from matcher.reading.joints.restricting import tells_which, tells_which_ahead
from matcher.reading.joints.said_of_all import in_time
from matcher.reading.joints.time_beside import time_beside
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_Part = tuple[Check, Spans]


def with_states_said(read: Read, text: str, *, freely: bool = False) -> Read:
    """The check with the words beside its facts that are states of them taken in; `freely` where nothing looks at it any more."""
    if isinstance(read.check, Unread) or Unread not in map(type, leaves(read.check)):
        return read
    check, spans = _taken_in(read.check, iter(read.spans), text, said_once=False, freely=freely)
    return Read(check, spans) if check != read.check else read


def _taken_in(check: Check, places: Iterator[tuple[int, int]], text: str, *, said_once: bool, freely: bool) -> _Part:
    """A check with the states in it taken in; `said_once` where its words may stand beside another member."""
    match check:
        case All(parts):
            found = _together([_taken_in(part, places, text, said_once=said_once, freely=freely) for part in parts], text, said_once=said_once, freely=freely)
            return (found[0][0] if len(found) == 1 else All(tuple(one for one, _ in found))), tuple(span for _, own in found for span in own)
        case Any(parts) | Ambiguous(parts) | AtLeast(_, parts):
            each = [_taken_in(part, places, text, said_once=said_once or isinstance(check, Ambiguous), freely=freely) for part in parts]
            each = with_orphans_told(_without_status(each, text), text) if isinstance(check, Any) else each
            anew = tuple(one for one, _ in each)
            if isinstance(check, Any) and len(anew) == 1:
                return each[0]
            whole: Check = AtLeast(check.n, anew) if isinstance(check, AtLeast) else type(check)(anew)
            return whole, tuple(span for _, own in each for span in own)
        case Not(part):
            inner, own = _taken_in(part, places, text, said_once=said_once, freely=freely)
            return Not(inner), own
        case When(scope, rule):
            (first, before), (second, behind) = (_taken_in(part, places, text, said_once=said_once, freely=freely) for part in (scope, rule))
            return When(first, second), (*before, *behind)
        case Unless(rule, lifted):
            (first, before), (second, behind) = (_taken_in(part, places, text, said_once=said_once, freely=freely) for part in (rule, lifted))
            so = lifted_in(first, second) if isinstance(second, Unread) else None
            apart = lifted_each(first, second) if so is None and freely and not said_once and isinstance(second, Unread) else None
            if apart is not None:
                return apart, tuple(place for place in before for _ in (0, 1))
            return Unless(first, so or second), (*before, *behind * (sum(1 for _ in leaves(so)) if so is not None else 1))
    return check, (next(places, (0, 0)),)


_STATUS = Caseless(r"(?:the\s+|an?\s+|any\s+)?(?:known|documented|confirmed|presence|diagnosis|diagnosis of|presence of|evidence|established|proven|existing)")
_PERHAPS = Caseless(r"(?:the\s+|an?\s+|any\s+)?(?:presumed|suspected|probable|suspicion(?: of)?)")
_SUSPECTED = Caseless(r"\bsuspi\w+|\bsuspected\b")
_OR = Caseless(r"\s*(?:,\s*)?(?:or|and/or|/)\s*(?:an?\s+|the\s+)?(?:known|suspected|suspicion|documented|confirmed|history|current|active|established|evidence|clinical|strong|past|prior|previous|is|are)?\s*(?:of\s*)?(?:an?\s+)?", needs=("or", "/"))


def _without_status(parts: list[_Part], text: str) -> list[_Part]:
    """A list without the "known" or "presence of" before an "or" that only says how sure the fact behind it is."""
    found: list[_Part] = []
    for i, (one, spans) in enumerate(parts):
        behind = parts[i + 1][1][0][0] if i + 1 < len(parts) and parts[i + 1][1] else -1
        fact = parts[i + 1][0] if i + 1 < len(parts) else None
        joined = isinstance(one, Unread) and 0 <= spans[0][1] <= behind and _OR.fullmatch(text[spans[0][1] : behind])
        said = one.text.strip(" ,") if joined and isinstance(one, Unread) else ""
        sure = _STATUS.fullmatch(said) is not None
        perhaps = isinstance(fact, Condition) and (_PERHAPS.fullmatch(said) or (sure and _SUSPECTED.search(text[spans[0][1] : behind + 12]) is not None))
        if perhaps and isinstance(fact, Condition) and fact.phase in ("", "suspected"):
            parts[i + 1] = (replace(fact, phase="suspected"), parts[i + 1][1])
        elif not sure or perhaps or not isinstance(fact, Condition | Measurement):
            found.append((one, spans))
    return found


_OF_TRIALS = frozenset(("investigational drugs", "concomitant medication", "medication", "disease"))


def _together(parts: list[_Part], text: str, *, said_once: bool, freely: bool) -> list[_Part]:
    """The parts of an "and" with the words beside its one fact, or its one list of facts, as states."""
    facts = [i for i, (one, _) in enumerate(parts) if not isinstance(one, Unread | Judgement)]
    if len(facts) != 1 or len(parts) == 1 or not _is_fact(parts[facts[0]][0]) or any(getattr(leaf, "term", "") in _OF_TRIALS for leaf in leaves(parts[facts[0]][0])):
        return parts
    at = facts[0]
    found: list[_Part | None] = list(parts)
    for i, (words, spans) in enumerate(parts):
        if not isinstance(words, Unread):
            continue
        fact, places = found[at] or parts[at]
        said = words.text.strip(" .,;")
        anew: Check | None = None
        if " " not in said if said_once else _right_ahead(spans[0], places, text):
            anew = _ahead(fact, said)
        if anew is None and (not _OF_ITS_OWN.match(said) if said_once else _right_behind(places, spans[0], text)):
            anew = _behind(fact, said)
        if anew is None and freely and not said_once:
            anew = _restricted(fact, places, said, spans[0], text)
        if anew is not None:
            count = sum(1 for _ in leaves(anew))
            whole = (min(spans[0][0], *(start for start, _ in places)), max(spans[0][1], *(end for _, end in places)))
            found[at], found[i] = (anew, places if len(places) == count else (whole,) * count), None
    return [part for part in found if part is not None]


def _restricted(fact: Check, places: Spans, said: str, words: tuple[int, int], text: str) -> Check | None:
    """The fact with words beside it that can only say which of its kind is meant."""
    if any((isinstance(leaf, Medication) and _NEEDED.search(text)) or getattr(leaf, "term", "") in _OF_A_VALUE for leaf in leaves(fact)):
        return None  # what somebody needs may not be taken yet
    if _right_ahead(words, places, text):
        return _each(fact, said if any(map(str.isupper, said.split())) else said.casefold()) if tells_which_ahead(said, text[: words[0]]) else None
    end = max(end for _, end in places)
    timed = max(start for start, _ in places) < words[0] < end <= words[1] and said.startswith("within")  # its time was read with it
    close = timed or (text[end : words[0]].strip(" (") == "" and _right_behind(places, words, text))
    way = _FOUND_BY.fullmatch(said) if close and isinstance(fact, Condition) and fact.confirmed_by in ((), _BY_A_LABORATORY) and not fact.states else None
    if way is not None and isinstance(fact, Condition):
        return replace(fact, confirmed_by=(way["way"],))
    return _put_behind(fact, said) if close and tells_which(said) else None


_FOUND_BY = Caseless(r"as (?:determined|shown|assessed|evidenced|documented|verified) by (?:an? |the )?(?P<way>(?:positive )?[\w-]+(?: [\w-]+){0,3}(?: \([\w-]{2,8}\))?)", needs=("as ",))
_BY_A_LABORATORY = ("laboratory test",)
_OF_A_VALUE = frozenset(("QT prolongation", "weight loss", "weight gain"))  # which a number beside it may define
_NEEDED = Caseless(r"\b(?:requir|need|indicat)", needs=("requir", "need", "indicat"))
def _is_fact(check: Check) -> bool:
    return isinstance(check, FACTS) or (isinstance(check, Any) and all(isinstance(part, FACTS) for part in check.parts))


# Said once behind a list: of a clause or a treatment nobody knows whose it is.
_OF_ITS_OWN = Caseless(r"(?:that|which|treated|having|known|not)\b")
# What may stand between an adjective and the fact: "radiological evidence of".
_EVIDENCE = Caseless(r"\s*(?:(?:evidence|signs?|findings?|proof|documentation|confirmation)\s+(?:of|for)\s*)?(?:an?\s+|the\s+|any\s+)?")


def _right_ahead(words: tuple[int, int], places: Spans, text: str) -> bool:
    start = min(place[0] for place in places)
    return words[1] <= start and _EVIDENCE.fullmatch(text[words[1] : start]) is not None


def _right_behind(places: Spans, words: tuple[int, int], text: str) -> bool:
    end = max(place[1] for place in places)
    if words[0] < end <= words[1] and max(place[0] for place in places) < words[0]:  # its time was read with it
        return time_beside(clean(text[slice(*words)])) is not None
    return end <= words[0] and not re.sub(r"\bwh(?:o|ich)\b|\bthat\b", "", text[end : words[0]]).strip(" ,(")


_OF_WORDS = frozenset(("check", "w", "degree", "comma", "restrict", "of", "in", "with", "to", "on", "at", "from", "by", "for", "organ", "level", "event", "after", "and", "or", "close", "open", "number", "dash", "cond", "drug", "proc", "weak", "stop"))
_AHEAD = frozenset(("w", "degree", "restrict", "event", "organ", "level"))


# A noun behind a name of which it says no more than the name.
_IDLE = Caseless(r"(?:virus|serology|sero-?positivity|sero-?positive status|status|nos|not otherwise specified|\(nos\)|conditions?|diagnosis|problems?|issues?|events?|disorder|disease|evaluation|recording|condition as specified in protocol|of abuse)")
_LISTS = Caseless(r"[,;/]|\b(?:and|or|nor|plus)\b")  # behind these a fact of its own may stand
_GOES_ON = Caseless(r"[\s.,;)]*(?:$|[.;]|(?:at (?:the )?(?:time of )?)?(?:study |trial )?(?:screening|baseline|enrol\w+|entry|visit|inclusion|randomi\w+)\b)")


def stated_alone(tokens: Sequence[Token], context: Context) -> Read | None:
    """A segment of one fact and words right before or behind it that are a state of it; None where they say anything else."""
    at = [i for i, token in enumerate(tokens) if token.tag == "check"]
    if len(at) != 1 or len(tokens) < 2 or not all(token.tag in _OF_WORDS for token in tokens):
        return None
    token = tokens[at[0]]
    read: Read = token.value
    fact: Check | None = read.check
    facts = list(leaves(read.check))
    if not context.exclusion and any(isinstance(leaf, Condition) and GROWS.search(leaf.term) for leaf in facts):
        return None  # of which tumour a kind of tissue is told, another name may say
    if fact is None or not _is_fact(fact) or not all(isinstance(leaf, Condition) or (context.exclusion and isinstance(leaf, Procedure) and not leaf.findings) for leaf in facts):
        return None
    if context.text[: tokens[0].start].endswith(("-", "/")):
        return None
    before, behind = context.text[tokens[0].start : token.start].strip(), context.text[token.end : tokens[-1].end].strip(" .;,")
    if before:
        fact = _ahead(fact, before) if all(one.tag in _AHEAD for one in tokens[: at[0]]) else None
    if _GOES_ON.match(context.text, tokens[-1].end) is None:
        return None
    if fact is not None and behind and isinstance(fact, Condition) and _IDLE.fullmatch(behind):
        behind = ""
    if fact is not None and behind:
        fact = _behind(fact, behind) if context.text[token.end : token.end + 1] == " " and not _LISTS.search(behind) else None
    if fact is None:
        return None
    return Read(fact, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(fact)))


# --- adjectives ahead ------------------------------------------------------------------------------------------------

_ADJECTIVE = Caseless(
    r"(?:[a-z]+-)*[a-z]+(?:al|ic|ive|ous|ary|ory|iar|lar|nar|able|ible|ated|ized|ised|ured|ured|cted|sted|uted|ited|oted|eted|lled|nned|rmed|sed|zed|oid|less|ful|ine|form|wide|ly)|(?:persist|intermitt|promin|quiesc|transi|incid|purul|viol|lat|recurr|frequ|depend)ent|(?:malign|domin|resist|stagn)ant|"
    r"(?:[a-z]+-)+(?:specific|related|associated|induced|mediated|dependent|resistant|refractory|like|onset|type|grade|stage|risk|dose|term|pressure|level|sided|energy|volume|flow|size|output|free|cell)|"
    r"(?:high|low|late|early|end|advanced)[- ](?:grade|stage|risk|dose|pressure|level|output|flow|energy|volume)|"
    r"gross|major|minor|severe|serious|mild|moderate|deep|large|small|multiple|multi-?focal|single|complete|incomplete|new|fresh|overt|open|closed|wet|dry|full|partial|internal|external|upper|lower|left|right|mixed|double|dual|triple|mild|rapid|massive|frank|pure|adult|"
    r"bleeding|progressing|compromising|threatening|disabling|debilitating|limiting|obstructing|relapsing|draining|recurring|disfiguring|juvenile|pediatric|paediatric|infantile|blunt|sharp|painful|deep|high|low|bilateral|unilateral|perinatal|anovulatory|approved|injected|inhaled|implanted|neoadjuvant|adjuvant|acquired|inherited"
)
# Adjectives that say how sure it is, when, of whom, or of which only another place tells.
_NO_ADJECTIVE = Caseless(
    r"\b(?:likely|unlikely|possibl[ey]|probabl[ey]|potential(?:ly)?|suspected|suspicious|suggestive|presum\w+|alleged(?:ly)?|apparent(?:ly)?|questionable|prior|previous(?:ly)?|past|former(?:ly)?|recent(?:ly)?|current(?:ly)?|ongoing|planned|scheduled|expected|anticipated|"
    r"pending|impending|imminent|intended|future|familial|famil\w+|parental|maternal|paternal|fetal|foetal|negative|positive|absent|normal(?:ly)?|healthy|generally|receiving|taking|having|using|undergoing|requiring|needing|awaiting|presenting|initiated|admitted|contracted|diagnosed|referred|"
    r"considered|known|documented|confirmed|proven|histochemically|diagnostically|relevant|significant\w*|important|meaningful|eligible|ineligible|suitable|appropriate|acceptable|allowable|associated|concomitant\w*|concurrent\w*|additional|other|another|same|certain|various|specific|specified|"
    r"similar|different|following|above|listed|first|second|third|initial(?:ly)?|only|solely|mainly|primarily|early|already|ever|never|not|non|any|all|each|either|both|some|few|especially|particularly|including|excluding|during|being|willing|unwilling|able|unable|clinically|medically|"
    r"increased|decreased|reduced|elevated|raised|diminished|worsening|improving|changing|begun|started|stopped|discontinu\w+|developed|treated|untreated|controlled|resolved|experienc\w+|suffering|affected|evaluable|measurable|study|trial|index|participating|enrolled|smoking|drinking|pregnant|accompanied|combined with|"
    r"menstruating|breast-?feeding|lactating|nursing|regular(?:ly)?|occasional(?:ly)?|daily|weekly|monthly|family|completed|performed|injecting|remaining|existing|preexisting|available|present|general|formal|evident|obvious|standard|newly|cumulative|total|combined|adjusted|reported|reporting|self-reported|strong|voluntary|routine|typical(?:ly)?|anatomopathologic|hospital|history|laboratory|clinic|withdrawal|removal|survival|medicine|vaccine|antibiotic|relative|[a-z]+-based)\b|\d",
)
# Adjectives of a way of finding, before "evidence of" a disease.
_FOUND = Caseless(r"(?:(?:and|or|and/or)\s+|(?:[a-z]+-)?[a-z]*(?:graphic|logic|logical|scopic|metric|clinical|chemical|physical|genetic|serologic|imaging|mri|ct|ecg|ekg|eeg|laboratory|microscopic|x-?ray|ultrasound)(?:al|ally)?(?:\s+|$))+")
_ONE_OF_MANY = Caseless(r"(?:(?:an?|any|the|current|ongoing)\s+)*(?P<course>relapses?|recurrences?|exacerbations?|flares?(?:-ups?)?|worsening|progression|deterioration)\s+of")
_WAY = pattern_of(r"(?<=graph|.scop|.olog|.metr)ic(?:al)?$")
_DEGREES = Caseless(r"(?P<degree>severe|moderate|mild|marked|congenital|chronic|acute)ly")
_MOST = 3  # words


def _ahead(fact: Check, said: str) -> Check | None:
    """The fact with the words right before it as a state; None where they are none."""
    course = _ONE_OF_MANY.fullmatch(said)
    if course is not None:
        return _each(fact, f"{course['course'].casefold()} of") if isinstance(fact, Condition) and not fact.states else None
    words = said.split()
    if isinstance(fact, Condition) and _FOUND.fullmatch(said) and len(words) == 1:
        return replace(fact, confirmed_by=(_WAY.sub("y", said.casefold()),)) if not fact.confirmed_by and not said.endswith("ly") else None
    if words and words[-1].endswith("ly") and not (isinstance(fact, Condition) and fact.states):
        degree = _DEGREES.fullmatch(words[-1])
        if degree is None:
            return None
        words[-1] = degree["degree"]
        said = " ".join(words)
    if not 1 <= len(words) <= _MOST or not all(map(_ADJECTIVE.fullmatch, words)) or _NO_ADJECTIVE.search(said):
        return None
    return _each(fact, said if any(word.isupper() or word[1:] != word[1:].lower() for word in words) else said.casefold())


def _each(fact: Check, state: str) -> Check | None:
    """The fact in a state said ahead of it; of a list, its first member is so, and the others perhaps."""
    if isinstance(fact, Any):
        first, *others = fact.parts
        return Any((_so(first, state), *(Ambiguous((one, _so(one, state))) for one in others)))
    return _so(fact, state)


def _so(fact: Check, state: str) -> Check:
    assert isinstance(fact, FACTS)
    return replace(fact, states=tuple(f"{state} {own}" for own in fact.states) or (state,))


# --- words behind ----------------------------------------------------------------------------------------------------

_CLAUSE = Caseless(r"(?:that|which)\s+(?!(?:would|could|may|might|can|will|should|must|shall|is|are|was|were|has|have|had|do|does|did|the|patients?|subjects?|participants?)\b)(?P<verb>[a-z]+)\s+\S.*")
_CAUSED = Caseless(r"(?:causes?|a?etiolog(?:y|ies)|reasons?|sites?|origins?) other than\b", needs=("other than",))
_GLUED = pattern_of(r"\b[A-Za-z]+(?:-?\d+[A-Za-z\d]*)+\b|\btypes? (?:[12]|I{1,2})\b")
_SHARE = Caseless(r"(?:to|of|over|in|involving) (?:more|greater|less) than (?:or equal to )?\d{1,3}\s?% of (?:the )?(?:\w+ ){0,3}\w+", needs=("%",))
_MAIN = Caseless(r"as (?:an? |the )?(?:(?:main|primary|sole|only|solitary|major|principal|first|predominant)\s+[a-z]+(?:\s+(?:of|for|to)\s+[\w-]+(?:\s+[\w-]+)?)?|contra-?indication (?:for|to) [a-z]+(?: [a-z]+)?)")
# One side or the other, the patient's own limbs, the risk that a disease brings, what is known of its kind: words that are else those of people or of doubt.
_PLAIN = (
    (Caseless(r"\beither (?=(?:foot|eye|side|leg|knee|hip|hand|arm|ear|breast|lung|limb|shoulder|ankle)\b)", needs=("either ",)), "the "),
    (Caseless(r"\btheir (?=(?:lower|upper|left|right|hands?|feet|legs?|arms?|back|spine|knees?|hips?|eyes?|skin|brain|lungs?)\b)", needs=("their ",)), "the "),
    (Caseless(r"(?<=^with )(?:an? )?(?:very )?(?:high|higher|increased|elevated|substantial) risk (?=of )", needs=("risk ",)), "danger "),
    (Caseless(r"(?<=^with )no known (?=cause)", needs=("known",)), "no "),
)
_VERBS = Caseless(r"(?:(?:known|shown|believed|expected) to|(?:significantly |severely |markedly )?(?:affects?|impairs?|limits?|prevents?|precludes?|contraindicates?|obstructs?|involves?|causes?|reduces?|increases?|alters?|interferes? with|predisposes? to)|not (?:adequately |well )?(?:controllable|responsive|manageable|treatable)(?: with| to| by)?)\s+\S.*")
_KNOWN = Caseless(r"known to ", needs=("known",))
_IS = Caseless(r"(?:known|shown|believed|expected|not)\b")
_TIMED = Caseless(r"(?P<what>\S.*?)\s+(?P<when>(?:within|in the (?:last|past|previous|preceding)|during the (?:last|past|previous|preceding))\s.+)", needs=("within", "in the ", "during the "))
_AFTER = Caseless(r"(?:after|following|from|since)\b")
_NEEDS = Caseless(r"(?:currently |still )?(?:requir|need|necessitat)")
_TIMED_ROUTES = pattern_of(r"(?P<routes>\([^()]*\))\s*(?P<time>\S.*)")
_KINDS = pattern_of(r"[(\[]\s*(?P<kinds>[A-Za-z][A-Za-z ,/-]+?)\s*[)\]]")
_JOINT = pattern_of(r"\s*(?:,\s*(?:and/or|or|and)\b|,|/|\b(?:and/or|or|and|to)\b)\s*", re.IGNORECASE)


def _behind(fact: Check, said: str) -> Check | None:
    """The fact with the words right behind it as a state; None where they are none."""
    if isinstance(fact, Any):
        within = time_beside(said)
        if within is not None:
            return _in_time(fact, within)
    if isinstance(fact, Medication):
        timed = _TIMED_ROUTES.fullmatch(said)
        if timed is not None and not fact.routes and fact.window is None:
            routes, window = routes_in(timed["routes"]), time_beside(timed["time"])
            return replace(fact, routes=routes, window=window, phase="") if routes and window is not None else None
    if isinstance(fact, Procedure) and _SHARE.fullmatch(said):
        return _after(fact, said)
    if isinstance(fact, Condition | Procedure) and (kinds := _KINDS.fullmatch(said)) is not None:
        named = [one for one in _JOINT.split(kinds["kinds"]) if one]
        plain = len(named) <= 4 and all(_ADJECTIVE.fullmatch(one) and not _NO_ADJECTIVE.search(one) and not one.endswith("ly") for one in named)
        return _so(fact, clean(kinds["kinds"]).casefold()) if plain and not fact.states else None
    if _MAIN.fullmatch(said):
        return _put_behind(fact, said)
    timed = _TIMED.fullmatch(said)
    if timed is not None and _AFTER.match(said):
        return None
    if timed is not None and not _NEEDS.match(said):
        window = time_beside(timed["when"])
        inner = _behind(fact, timed["what"]) if window is not None and not isinstance(fact, Any) and getattr(fact, "window", None) is None else None
        return in_time(inner, window) if inner is not None and window is not None and in_time(inner, window) != inner else None
    clause = _CLAUSE.fullmatch(said)
    plain_said = _CAUSED.without(said) if _CAUSED.search(said) else said
    for pattern, instead in _PLAIN:
        found = pattern.search(plain_said)
        plain_said = plain_said if found is None else plain_said[: found.start()] + instead + plain_said[found.end() :]
    plain_said = _GLUED.sub("X", plain_said)
    if clause is None and _VERBS.fullmatch(said):
        return _stated(fact, f"with {_KNOWN.without(plain_said) if _KNOWN.match(plain_said) else plain_said}", f"that {'is ' if _IS.match(said) else ''}{said}")
    if clause is not None:
        tested = f"with {plain_said.split(' ', 2)[1]} {plain_said.split(' ', 2)[2]}"
        return _stated(fact, tested, said)
    return _stated(fact, plain_said, said)


def _in_time(fact: Any, window: Window) -> Check | None:
    """A list with a time behind it: its last member is so, and the others perhaps."""
    others = fact.parts[:-1]
    if any(getattr(part, "window", None) is not None for part in fact.parts):
        return None
    timed = [in_time(part, window) for part in fact.parts]
    if any(one == part for one, part in zip(timed, fact.parts, strict=True)):
        return None
    return Any((*(Ambiguous((one, so)) for one, so in zip(others, timed, strict=False)), timed[-1]))


def _put_behind(fact: Check, said: str) -> Check | None:
    """The fact with words behind it as its state, in every alternative that it has; of a list, of its last member and perhaps of the others."""
    if isinstance(fact, Any):
        *others, last = fact.parts
        return Any((*(Ambiguous((one, _after(one, said))) for one in others), _after(last, said)))
    return _after(fact, said)


def _after(fact: Check, said: str) -> Check:
    assert isinstance(fact, FACTS)
    return replace(fact, states=tuple(f"{own} {said}" for own in fact.states) or (said,))


def _stated(fact: Check, tested: str, said: str) -> Check | None:
    """The fact with words behind it as its state, where the words in which they are tested are one."""
    tested = clean(tested)
    found = stated(fact, tested, of_list=True)
    if found is None or tested == said:
        return found
    anew = _in_its_words(found, tested, said)
    return anew if anew != found else None


def _in_its_words(found: Check, tested: str, said: str) -> Check:
    """The stated fact with the words as they stand in the place of those that were tested."""
    match found:
        case Condition() | Medication() | Procedure():
            return replace(found, states=tuple(state.removesuffix(tested) + said if state.endswith(tested) else state for state in found.states))
        case Any(parts) | Ambiguous(parts):
            return type(found)(tuple(_in_its_words(part, tested, said) for part in parts))
    return found
