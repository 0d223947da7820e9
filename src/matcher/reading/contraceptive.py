"""Sentences that ask for contraception: whose it is, that it is used or agreed to, and for how long; nothing else is said in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from matcher.model.dates import Span
from matcher.model.language import (
    All,
    Any,
    Check,
    Consent,
    Measurement,
    Not,
    Sex,
    State,
    Statement,
    Unread,
    When,
    Window,
)
from matcher.model.trees import all_of, leaves
from matcher.reading.caseless import Caseless
from matcher.reading.pieces import clean
from matcher.reading.rules import Context, Read
from matcher.reading.tokens import Token

_ASKED = Caseless(r"contracep|birth[- ]control|\bcondoms?\b|family planning", needs=("contracep", "birth", "condom", "family planning"))
# The partner of a man or a woman, who is not the patient.
_PARTNER = Caseless(
    r"\b(?:(?:whose|his|her|their|with|and|the|a|an|or)\s+)*(?:(?:fe)?male\s+|sexual\s+|sex\s+|heterosexual\s+|child-?\s?bearing\s+|potential\s+|(?:wocbp|fcbp)\s+)*(?:partners?|spouses?|wife|wives|husbands?)\b"
    r"(?:\s*\(?(?:who (?:is|are)|is|are|of|with|being|could|can|may|able to|capable of|a|an|women|woman|females?|become|becoming|get|pregnant|not|child-?\s?bearing|reproductive|fertile|potential|capacity|age|(?:fcbp|wocbp|cbp))\b\)?)*",
    needs=("wife", "wives", "spouse", "husband", "partner"),
)
_SEX_WITH = Caseless(r"\b(?:sexual(?:ly)? (?:contact|intercourse|relations?|active)|heterosexual(?:ly)?(?: (?:active|intercourse|contact))?|intercourse|sex|active)\s+(?:with|involving)\s+(?:an?\s+|any\s+)?(?:female|woman|women|females|male|man|males|wocbp|fcbp|pregnant)\b(?:\s+(?:of|with|in|who|is|are|partners?|child-?\s?bearing|reproductive|potential|age|cbp)\b)*")
_FEMALE = Caseless(r"\b(?:females?|wom[ae]n|girls?|she|wocbp|fcbp|mothers?)\b")
_MALE = Caseless(r"\b(?:males?|m[ae]n|he|boys?)\b")
_POTENTIAL = Caseless(r"child-?\s?bearing(?:[- ](?:potential|age|capacity|capability|ability|years|status))?|reproductive(?:[- ](?:potential|age|capacity|capability|ability|years))?|\bfertile\b|\bfertility\b|\b(?:wocbp|fcbp|cbp)\b|(?:able|capable|possible|could|can)(?: to| of)? (?:get|become|becoming|be) pregnant|(?:pre-?|peri-?)menopausal|\bfathering potential\b|\bfather(?:ing)? (?:a )?child(?:ren)?\b")
_BARREN = Caseless(r"post-?\s?menopaus\w*|steril\w*|hysterectom\w*|oophorectom\w*|ovariectom\w*|tubal ligation|vasectom\w*|infertile|azoosperm\w*|surgically incapable|(?:not|non|no)[ -](?:of )?child-?\s?bearing")
_ACTIVE = Caseless(r"\b(?:hetero)?sexually[- ]active\b|\b(?:have|having|engag\w+ in) (?:\w+ )?(?:sex|intercourse)\b|\bsexual activity\b")
_DONATES = Caseless(r"\b(?:donat\w+|sperm|semen|ova|oocytes?|eggs?)\b")
_REFUSED = Caseless(
    r"\b(?:not (?:be )?(?:willing|agree\w*|us(?:e|ing)|practi[sc]\w+|employ\w*|prepared|able|currently us\w+|taking|on|protected|follow\w*|adher\w+|implement\w*|consent\w*|have|accept\w*|apply\w*|adopt\w*|wish\w*|want\w*)|unwilling\w*|unable|inability|refus\w+|do not|does not|don't|who will not|will not|cannot|without|lack(?:ing)? of|lacking|no\b|fail\w* to|not\b)"
)
_TEST = Caseless(r"\b(?:a |have a |had a |with a |and a |confirmed by a )?(?:documented |current |confirmed )?negative (?:results? (?:of|on|for|in) (?:a |the )?)?(?:(?:urine|urinary|serum|blood|plasma|or|and|and/or|/|beta|β|b|ß|-|human|chorionic|gonadotropin|gonadotrophin|hcg|β-hcg|beta-hcg|b-hcg|highly|sensitive|standard|\(|\)|dipstick)[ -]*)*pregnancy tests?(?: results?)?", needs=("pregnancy test",))
_TEST_TIME = Caseless(r"(?:\s+(?:performed|obtained|documented|done|taken))?\s+(?:within|in) (?:the )?(?:last )?(?P<number>\d+)\s?(?P<unit>day|hour|week)s?\b")
_WORDS = (
    r"patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|those|they|he|she|all|any|both|each|every|either|the|a|an|of|in|with|and|or|and/or|to|for|on|at|by|from|as|if|who|that|which|is|are|be|being|been|"
    r"must|should|shall|will|would|need|needs|required?|requires|agree[sd]?|agreeing|agreement|willing(?:ness)?|able|ability|have|has|having|had|commit\w*|consent\w*|accept\w*|prepared|strictly|"
    r"females?|males?|m[ae]n|wom[ae]n|girls?|boys?|adult|adolescent|fertile|sexually|heterosexually|active|potential|child-?bearing|child|bearing|reproductive|reproduction|age|aged|capacity|status|wocbp|fcbp|cbp|capable|"
    r"us(?:e|es|ed|ing|age)|practi[sc](?:e|es|ed|ing)|employ\w*|follow\w*|adopt\w*|adher\w*|apply|applying|maintain\w*|utili[sz]\w*|take|taking|taken|continue\w*|implement\w*|protected|observe|undergo|exercise|start\w*|initiat\w*|"
    r"effective|highly|adequate|adequately|reliable|acceptable|appropriate|approved|accepted|medically|approvable|proper|sufficient|suitable|valid|safe|recogni[sz]ed|established|recommended|dependable|satisfactory|efficient|consistent\w*|correct\w*|"
    r"contracepti\w*|birth|control|birth-control|family|planning|methods?|forms?|means|measures?|type|types|at least|least|one|two|2|1|double|dual|single|barriers?|double-barrier|hormon\w+|non-?hormon\w+|oral|implant\w*|inject\w*|injections?|transdermal|patch|vaginal|rings?|"
    r"intra-?uterine|devices?|systems?|iuds?|ius|condoms?|diaphragms?|cervical|cap|caps|sponge|spermicid\w*|foam|jelly|gel|film|pills?|depo-?provera|norplant|progest\w+|estrogen|combined|tubal|ligation|occlusion|vasectom\w+|steril\w*|surgical(?:ly)?|hysterectom\w*|oophorectom\w*|bilateral|"
    r"post-?menopausal|menopaus\w*|abstain\w*|abstinen\w*|sexual|sex|heterosexual|intercourse|contact|relations?|true|complete\w*|total|lifestyle|preferred|usual|such|including|include|includes|e\.?g|i\.?e|other|alone|plus|combination|same|time|"
    r"during|throughout|duration|entire|whole|course|period|periods|while|until|through|after|following|last|final|first|dose|doses|dosing|administration|infusion|injection|intake|end|ending|completion|completing|discontinu\w+|stopping|cessation|termination|receiving|participat\w+|"
    r"study|trial|treatments?|therapy|therapies|drug|drugs|medications?|product|products|investigational|protocol|intervention|chemotherapy|radiotherapy|vaccination|screening|enrol\w+|randomi[sz]\w+|visits?|follow-up|followup|beginning|signing|informed|entry|baseline|"
    r"day|days|week|weeks|month|months|year|years|hours|half-?lives|minimum|up|than|more|thereafter|afterwards|subsequent|above|below|least|\d+|one|two|three|four|five|six|seven|twelve|thirty|ninety|"
    r"partners?|spouses?|whose|his|her|their|donat\w+|sperm|semen|ova|oocytes?|eggs?|refrain\w*|avoid\w*|pregnan(?:t|cy|cies)|becom(?:e|ing)|conceiv\w*|conception|prevent\w*|fathering|father|possible|could|can|get|"
    r"not|no|non|nor|unwilling\w*|unable|inability|refus\w*|do|does|don't|cannot|without|lack\w*|fail\w*|additional|additionally|also|currently|agreed|per|label|tests?|negative|urine|serum|blood|hcg|beta-hcg|within|prior|before|documented|results?|confirmed|obtained|performed|taking|"
    r"its|conclusion|routinely|reliably|sexes|genders|s|commence|commencing|commencement|continuing|guidelines?|guidance|requirements?|instructions?|stated|appendix|registration|non-?sterili[sz]ed|fully|strict|regular|regularly"
)
_ONLY = Caseless(rf"(?:\W*(?:{_WORDS})(?![\w-]))+\W*")
_BEFORE_START = Caseless(r"\b(?:months?|weeks?|days?|cycles?)\s+(?:prior|before)\b", needs=("prior", "before"))
_AND_LATER = Caseless(r"\b(?:during|throughout|until|while)\b")
_HORMONES = Caseless(r"\b(?:taking|use of|using|on|receiving|intake of)\s+(?:oral|hormonal|an? oral|an? hormonal)?\s*contraceptiv\w+\b(?! (?:method|measure))")
_STATES = Caseless(r"\b(?:pregnan(?:t|cy)|breast-?\s?feeding|nursing|lactat\w+)\b")


def asks_contraception(tokens: Sequence[Token], context: Context) -> Read | None:
    """Who must use contraception, or who is excluded for not using it; None where the sentence says anything else."""
    if not _ASKED.search(context.text, tokens[0].start, tokens[-1].end):
        return None
    both = _BOTH_SEXES.ends(context.text, tokens[0].start)
    said = clean(context.text[both.start() if both is not None else tokens[0].start : tokens[-1].end])
    if not _ONLY.fullmatch(said) or (_BEFORE_START.search(said) and (context.exclusion or not _AND_LATER.search(said))):
        return None
    if _FORBIDDEN.search(said):
        return None  # what nobody is to use is not what somebody does without
    test = _TEST.search(said)
    if test is not None and (_OR_BEHIND.match(said, test.end()) or _OR_AHEAD.ends(said, test.start())):
        return None  # a test or contraception
    rest = _NOT_STERILE.sub(" ", f"{said[: test.start()]} {said[test.end() :]}" if test is not None else said)
    own = _without(_without(rest, _SEX_WITH), _PARTNER)
    without_aims = re.sub(r"(?i)\b(?:to )?(?:prevent\w*|avoid\w*) (?:a |any )?(?:pregnanc\w+|conception|becoming pregnant)|(?:able|capable|possible|could|can)(?: to| of)? (?:get|become|becoming|be) pregnant", " ", own)
    if _STATES.search(without_aims) or (_HORMONES.search(own) and not context.exclusion):
        return None
    refused = _REFUSED.search(_without(own, _DONATING)) is not None
    if refused != context.exclusion:
        return None
    return _asked(said, own, test, tokens, context)


# Before the words of a sentence that were kept: both sexes, who are named as if they said nothing.
_BOTH_SEXES = Caseless(r"\b(?:(?:wo)?m[ae]n|(?:fe)?males?)\s+(?:and|or|and/or)\s+(?:(?:wo)?m[ae]n|(?:fe)?males?)\s*(?:of\s*)?$")
_NOT_STERILE = re.compile(r"\bnon-?\s?sterili[sz]ed\b", re.IGNORECASE)
_DONATING = Caseless(r"\b(?:not|refrain from|refraining from|abstain from|avoid)\s+(?:to\s+)?donat\w+(?: (?:of )?(?:sperm|semen|ova|oocytes?|eggs?|or|and))*")


_FORBIDDEN = Caseless(r"\b(?:must|should|shall|may|can) ?not (?:be )?(?:us(?:e|ing)|tak(?:e|ing)|on)\b", needs=("not",))
_OR_BEHIND, _OR_AHEAD = Caseless(r"[\s,]*(?:and/)?or\b"), Caseless(r"\bor\s+$")


def _without(text: str, pattern: Caseless) -> str:
    """The text without what a pattern finds in it."""
    found = pattern.search(text)
    while found is not None and found.end() > found.start():
        text = f"{text[: found.start()]} # {text[found.end() :]}"
        found = pattern.search(text, found.start() + 3)
    return text


def _asked(said: str, own: str, test: re.Match[str] | None, tokens: Sequence[Token], context: Context) -> Read | None:
    scope = _scope(own)
    if scope is None or (test is not None and context.exclusion):
        return None
    active = _ACTIVE.search(said)
    if not context.exclusion and len(scope) == 1 and _AND_THEIR_PARTNERS.search(said):
        women: Check = All((Sex("female"), State("childbearing potential"))) if scope[0] == Sex("female") and _WOMEN_AND_PARTNERS.search(said) else scope[0]
        scope = [Any((women, All((Sex("male"), Statement(PARTNER)))))]
    scope = _with_partners(scope, said) if not context.exclusion else scope
    scope, active = _of_active_men(scope, said, active) if not context.exclusion else (scope, active)
    whose = [*scope, *([Statement("sexually active")] if active is not None else [])]
    if _BOTH_KEPT.search(said):
        return None
    kept: Check = Any((State("contraception"), Statement(ABSTAINS))) if _ABSTAINS.search(said) else State("contraception")
    rule: Check = Not(kept) if context.exclusion else kept
    if not context.exclusion and _DONATES.search(said):
        rule = All((rule, Consent(said)))
    if _BEFORE_START.search(said):
        rule = All((rule, Unread(said)))
    if test is not None:
        timed = _TEST_TIME.match(said, test.end())
        window = Window(Span(Decimal(timed["number"]), timed["unit"])) if timed is not None else None
        rule = All((Measurement("pregnancy test", words=("negative",), window=window), rule))
    check = rule if not whose else All((all_of(whose), rule)) if context.exclusion else When(all_of(whose), rule)
    span = (tokens[0].start, tokens[-1].end)
    return Read(check, (span,) * sum(1 for _ in leaves(check)))


# Statements of the vocabulary: the other way to meet the rule, and of which men it is asked.
ABSTAINS = "abstains from sexual intercourse"
PARTNER = "has a partner who could become pregnant"
_BOTH_KEPT = Caseless(r"\band\s+(?:(?:to|be|remain|are|practi[sc]e|sexually|completely|agree|also)\s+)*(?:abstin|abstain)(?!\w* from donat)", needs=("abst",))
_ABSTAINS = Caseless(r"\b(?:abstinen\w+|abstain\w*(?! from donat)|refrain\w* from (?:\w+ )?(?:sex|intercourse|sexual|heterosexual)\b)")
# Men told by their partners before the duty begins: "males with partners of childbearing potential must…".
_DUTY = Caseless(r"\b(?:must|should|shall|will|agree\w*|willing\w*|need\w*|required?|us(?:e|es|ing)|practi[sc]\w+)\b")
_COULD = Caseless(r"child-?\s?bearing|reproductive|fertile|pregnan|wocbp|fcbp|\bcbp\b")


_AND_THEIR_PARTNERS = Caseless(r"\b(?:and|or)\s+(?:(?:the|all|any)\s+)?(?:(?:male|sexual|fertile)\s+)?partners? of (?:such |these |those |the |said )?(?:wom[ae]n|females?|wocbp|participants)")
_WOMEN_AND_PARTNERS = Caseless(r"\b(?:wom[ae]n|females?)\s+(?:and|or)\s+(?:(?:\w+\s+)?partners? of\s+)(?:such |these )?(?:wom[ae]n|females?)\s+(?:who are\s+)?of\s+(?:child-?\s?bearing|reproductive)")
_ACTIVE_MEN = Caseless(r"\b(?:and|or|,)\s*(?:all\s+|any\s+)?sexually[- ]active\s+(?:fertile\s+)?(?:males?|m[ae]n)\b")


def _of_active_men(scope: list[Check], said: str, active: re.Match[str] | None) -> tuple[list[Check], re.Match[str] | None]:
    """ "Women of childbearing potential and sexually active men": the men alone are to be active."""
    if active is None or len(scope) != 1 or not isinstance(scope[0], Any) or not _ACTIVE_MEN.search(said) or _ACTIVE.search(said[: active.start()]):
        return scope, active
    told = Any(tuple(All((*(part.parts if isinstance(part, All) else (part,)), Statement("sexually active"))) if _is_of_men(part) else part for part in scope[0].parts))
    return [told], None


def _is_of_men(check: Check) -> bool:
    return check == Sex("male") or (isinstance(check, All) and Sex("male") in check.parts)


def _with_partners(scope: list[Check], said: str) -> list[Check]:
    """Whom the words concern, men only if they have the partners by whom they are told."""
    partner, duty = _PARTNER.search(said), _DUTY.search(said)
    if partner is None or duty is None or partner.start() > duty.start() or not _COULD.search(partner[0]):
        return scope
    if scope == [Sex("male")]:
        return [*scope, Statement(PARTNER)]
    return [Any(tuple(All((part, Statement(PARTNER))) if part == Sex("male") else part for part in check.parts)) if isinstance(check, Any) else check for check in scope]


def _scope(own: str) -> list[Check] | None:
    """Whom the words concern; None where that is not clear, where it is those of some age, or where other people than women may be barren."""
    female, male, barren = _FEMALE.search(own) is not None, _MALE.search(own) is not None, _BARREN.search(own) is not None
    potential = _POTENTIAL.search(own)
    bearing: Check = All((Sex("female"), State("childbearing potential")))
    if (barren and (male or not female)) or _OF_SOME_AGE.search(own):
        return None
    if female and male:
        return [Any((bearing, Sex("male")))] if potential is not None else []
    if female:
        return [bearing if potential is not None or barren else Sex("female")]
    if male:
        return [Sex("male")]
    if potential is None:
        return []
    return [Any((State("childbearing potential"), Sex("male"))) if _OF_MEN_TOO.search(own) else State("childbearing potential")]


_OF_SOME_AGE = Caseless(r"\badolescents?\b")
# Said of men as well; only women bear children.
_OF_MEN_TOO = Caseless(r"fertil|reproducti|father")
