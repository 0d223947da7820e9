"""Sentences of cancer trials: disease that can be measured, and recovery from what was done before."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import All, Ambiguous, Check, Condition, Medication, Not, Procedure, Statement, Window
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean, taken
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_PEOPLE = r"(?:(?:all|the|any|patients?|subjects?|participants?|individuals?|must|should|shall|will|have|has|having|had|with|be|presence of|existence of|documented|confirmed to|evidence of|evidence|a|an|of|who|that|is|are|disease must be|tumou?rs? must be)[\s-]+)*"
_ONE = r"(?:(?:at least|minimum of|a minimum of|≥|>=|=>)\s*(?:one|1|a single)\s+(?:\((?:1|one)\)\s*)?|one or more\s+|1 or more\s+|(?:one|1)\s+)?"
_SIZED = r"(?:(?:uni|bi|one|two|1|2)-?\s?dimensional(?:ly)?[\s,]+|clinically\s+|radiographically\s+|radiologically\s+)?"
_HOW = rf"(?P<how>{_SIZED}(?:measure?able|evaluable)(?:\s*(?:or|and/or|and|/)\s*(?:measure?able|evaluable))?)"
_BY = (
    r"(?:\s*[,(\[]?\s*(?:as\s+)?(?P<lead>defined|assessed|determined|measured|evaluated|according|based|per|by|using|in accordance|on|at|with|that is|which is|as per|meeting|fulfilling|(?:i|m|ir)?recist|rano|response evaluation|must be present|is present|present|required|(?:is )?required)\b(?P<by>(?:\W*(?:as|defined|assessed|determined|measured|"
    r"evaluated|according|based|per|by|using|in|accordance|to|on|at|the|with|and|or|of|for|a|an|is|can|be|response|evaluation|criteri(?:a|on)|standards?|ver|section|see|appendix|protocol|treating|site|central|solid|tumou?rs?|tumou?r|(?:i|m|ir)?recist(?:v?\d(?:\.\d)?)?|rano|lugano|cheson|iwcll|iwg|imwg|inrg|pcwg\d?|gcig|choi|who|version|v\d?|"
    r"guidelines?|classification|standard|conventional|imaging|ct|mri|pet|pet/ct|scans?|computed|tomography|magnetic|resonance|spiral|helical|radiograph\w*|radiolog\w*|x-?rays?|ultrasound|physical|examination|clinical|investigator|local|"
    r"review|assessment|baseline|screening|computer|computeri[sz]ed|tomographic|resist|valuation|serial|exam|mammogra\w+|breast|chest|abdominal|abdomen|pelvi[cs]|liver|contrast|enhanced|contrast-enhanced|confirmed|central|blinded|independent|either|techniques?|accepted|obtained|performed|outlined|specified|radiologic|thoracic|study|entry|time|enrol+ment|registration|modified|revised|updated|international|working|group|\d+(?:\.\d+)?)\b)*?)\W*)?"
    r"(?:[\s,(]*(?:(?:obtained|performed|assessed|documented|completed|done|taken|measured|imaging)\s+)*(?:within|in|during)\s+(?:the\s+)?(?:(?:last|past|previous)\s+)?(?P<number>\d{1,2})\s+(?P<unit>day|week|month)s?"
    r"(?:\s+(?:prior to|before|of|preceding)\s+(?:(?:the|study|trial|first|dose|of|drug|registration|enrol+ment|randomi[sz]ation|treatment|therapy|entry|start|initiation|initiating|starting|dosing|screening|day|1|in|into|this|protocol)\b[\s,.)]*)+|\s*\)?))?"
)
_MEASURABLE = Caseless(rf"\W*{_PEOPLE}{_ONE}{_HOW}\s+(?:target\s+|tumou?r\s+|cancer\s+)?(?:disease|lesions?|lesion\(s\)|tumou?rs?|mass(?:es)?)(?!\w){_BY}\W*")
_AFTER = Caseless(rf"\W*{_PEOPLE}(?:disease|tumou?rs?|lesions?)\s+(?:must be|that is|that are|is|are|should be)?\s*{_HOW}{_BY}\W*")
_NAMED_FIRST = Caseless(rf"\W*{_PEOPLE}{_ONE}(?:by\s+|per\s+)?(?:i|m|ir)?recist(?:\s*(?:criteria|version|ver\.?|v\.?)?\s*v?\d(?:\.\d)?)?(?:\s+criteria)?[\s-]+{_HOW}\s+(?:target\s+|tumou?r\s+)?(?:disease|lesions?|lesion\(s\)|tumou?rs?)\W*")
_ACCURATELY = Caseless(rf"\W*{_PEOPLE}{_ONE}(?:(?:target|tumou?r|cancer)\s+)?(?:disease|lesions?|lesion\(s\))\s+(?:that|which)\s+(?:can|may)\s+be\s+(?:accurately\s+|reliably\s+)?(?P<how>measured){_BY}\W*")
_CRITERIA = Caseless(r"(?P<name>(?:i|m|ir)?recist|rano|lugano|cheson|iwcll|imwg|pcwg\d)(?![a-z]{2})\W*(?:criteria\W*)?(?:version\W*|ver\W*|v\W*)?(?P<version>\d(?:\.\d)?)?")


def measurable(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Measurable disease per RECIST 1.1": a neoplasm that can be measured so; "measurable lesion" alone perhaps another."""
    if "easur" not in context.text and "valuable" not in context.text:
        return None
    said = clean(context.text[tokens[0].start : tokens[-1].end])
    found = None if context.exclusion else _MEASURABLE.fullmatch(said) or _AFTER.fullmatch(said) or _NAMED_FIRST.fullmatch(said) or _ACCURATELY.fullmatch(said)
    if found is None:
        return None
    how = " ".join(found["how"].split()).replace("easureable", "easurable").replace("measured", "measurable")
    named = _CRITERIA.search(said)
    by = f" by {named['name'].upper().replace('IRRECIST', 'irRECIST').replace('IRECIST', 'iRECIST').replace('MRECIST', 'mRECIST')}{' ' + named['version'] if named['version'] else ''}" if named is not None else ""
    within = Window(within=Span(Decimal(found["number"]), found["unit"].casefold())) if found.groupdict().get("number") else None
    grown = Condition("neoplasm", states=(f"{how}{by}",), window=within)
    return taken(grown, tokens) if by or _OF_A_GROWTH.search(said) else taken(Ambiguous((grown, Statement(said))), tokens, 2)


# Without one of these a lesion of the skin, or a disease of the mouth, may be meant.
_OF_A_GROWTH = Caseless(r"tumou?r|cancer|neoplas|metasta|mass(?:es)?\b|evaluable|radiograph|radiolog|bidimension|unidimension|\b(?:ct|mri|pet)\b")


_RECOVERED = Caseless(
    rf"\W*{_PEOPLE}(?:(?:adequately|fully|completely|sufficiently|been)\s+)*(?:recovered|recovery|recover)\s+from\s+(?:(?:the|any|all|acute|toxic|side|adverse|reversible|clinically|significant|effects?|toxicity|toxicities|complications?|events?|of|from|related|to|its|their|and|or|residual|major|"
    r"prior|previous|most|recent|last|associated|with|treatment|effect)\W+)*$"
)
_AND_RECOVERED = Caseless(r"\W*(?:,|and|,\s*and)?\s*(?:have |has |must have |patient has |patients have )?(?:fully |completely |adequately )?recovered\W*")
_NOT_YET = "without full recovery"


def recovered(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Recovered from prior surgery": no such treatment without full recovery; "4 weeks since chemotherapy and recovered": both."""
    if context.exclusion or "ecover" not in context.text:
        return None
    checks = [token for token in tokens if token.tag == "check"]
    if len(checks) != 1:
        return None
    fact: Read = checks[0].value
    before, behind = context.text[tokens[0].start : checks[0].start], context.text[checks[0].end : tokens[-1].end]
    if _RECOVERED.match(before) and not behind.strip(" .;,") and not isinstance(fact.check, Not):
        treated = _treatments(fact.check)
        return taken(Not(any_of(treated)), tokens, len(treated)) if treated else None
    if not before.strip() and _AND_RECOVERED.fullmatch(behind) and "recovered" in behind.casefold() and _denies(fact.check):
        treated = _treatments(fact.check)
        spans = (*fact.spans, *(((tokens[0].start, tokens[-1].end),) * len(treated)))
        return Read(All((fact.check, Not(any_of(treated)))), spans) if treated else None
    return None


def _denies(check: Check) -> bool:
    """Whether a check denies treatments for a time, in every reading of it."""
    if isinstance(check, Ambiguous):
        return all(_denies(one) for one in check.readings)
    return isinstance(check, Not) or (isinstance(check, All) and all(_denies(part) for part in check.parts))


def _treatments(check: Check) -> list[Check]:
    """The treatments of a check at any time, of which nobody may be unrecovered."""
    named: list[Check] = []
    for leaf in leaves(check):
        match leaf:
            case Medication(other_than=()):
                named.append(Medication(leaf.term, "any", routes=leaf.routes, states=(_NOT_YET,)))
            case Procedure(other_than=()):
                named.append(Procedure(leaf.term, states=(_NOT_YET,)))
            case _:
                return []
    return list(dict.fromkeys(named))
