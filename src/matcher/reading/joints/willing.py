"""Clauses about what a patient is willing to do in the trial, or able to follow of it: for the patient to say, trial by trial."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from matcher.model.language import Age, Any, Condition, Consent, FamilyHistory, Measurement, Sex, Smoking, State, Unread
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.pieces import clean, taken
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token
from matcher.vocabulary import Stems

# Who is to be willing, and words of duty before the will.
_BEFORE = (
    r"(?:(?:the|all|any|each|every|both|either|their|his|her|your|you|they|he|she|who|whose|that|and|or|must|should|shall|will|would|can|may|to|be|is|are|was|were|been|being|has|have|had|having|do|does|not|"
    r"in|for|with|who's|of|a|an|if|fully|physically|mentally|reliably|otherwise|highly|likely|unlikely|known|expected|anticipated|study|clinical|trial|research|adult|eligible|such|generally|also|at|least|one|"
    r"patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|candidates?|children|child|women|men|adults?|respondents?|recipients?|"
    r"parents?|mothers?|fathers?|guardians?|care-?givers?|caretakers?|carers?|representatives?|surrogates?|legal|legally|authori[sz]ed|responsible|acceptable|family|members?|patient's|subject's|participant's)\b\W+)*"
)
_ABLE = r"(?:(?:un|in)?abl[ey]|(?:in|dis)?ability|capable|incapable|incapacity|(?:in)?capability|capacity|can|cannot|can't|competent|unlikely|likely|expected|motivated)"
_WILLS = (
    r"(?:(?:un)?willing(?:ness|ly)?|agree[sd]?|agreeing|agreement|agreeable|refus(?:e|es|al|als|ing)|declin(?:e|es|ed|ing) (?:to|participation|consent)|volunteer(?:s|ed|ing)? (?:to|for)|"
    r"commit(?:s|ted|ment)?|reluctan(?:t|ce)|promis(?:e|es|ed))"
)
# These are the patient's will only where they speak of the trial.
_WISHES = (
    r"(?:refused|accept(?:s|ed|ing|ance)?|wish(?:es|ed|ing)?|want(?:s|ed|ing)?|desir(?:e|es|ed|ing|ous)|prefer(?:s|red)?|oppos(?:es?|ed|ing|ition)|object(?:s|ed|ing|ion)|prepared|interested|"
    r"express(?:es|ed)? (?:\w+ )?(?:interest|opposition|willingness|wish|desire|will))"
)
_WILL = Caseless(rf"\W*{_BEFORE}(?:{_ABLE}\W+(?:(?:and|or|and/or)\W+|/\s*)(?:is |are |be )?)?{_WILLS}\b")
# What somebody able to take part can do; the rest of the clause has to be about the trial.
_DOING = (
    r"(?:comply|compl(?:ete|eting|etion|ying|iant|iance)|adher(?:e|ing|ence|ent)|follow(?:ed|ing)?|co-?operat(?:e|ing|ion|ive)|participat(?:e|ing|ion)|take part|attend(?:ing)?|return(?:ing)?|understand(?:ing)?|"
    r"comprehend(?:ing)?|grasp|giv(?:e|ing)|provid(?:e|ing)|sign(?:ing)?|fulfill?(?:ing)?|meet(?:ing)?|perform(?:ing)?|conform|commit|answer(?:ing)?|fill|undergo(?:ing)?|respond|be (?:followed|contacted|reached|compliant|available|present|seen|"
    r"evaluated|assessed|monitored|randomi[sz]ed|enrolled)|keep|maintain|observe|respect|tolerate|visit|travel|commute|come|remain|stay|present|make|use|operate|record|report|carry out|execute|satisfy|submit|finish|accomplish|engage|make)"
)
_OF_TRIAL = (
    r"\b(?:stud(?:y|ies)|trial|trials|protocols?|procedures?|visits?|follow-?\s?ups?|followup|questionnaires?|diar(?:y|ies)|consent|assent|instructions?|requirements?|assessments?|schedules?|research|surveys?|"
    r"evaluations?|appointments?|investigational|investigators?|monitoring|treatment plan|sessions?|randomi[sz]\w+|intervention)\b"
)
_CAN = Caseless(rf"\W*{_BEFORE}{_ABLE}\b(?:\W+(?:to|of|for|or|and|and/or|unwilling|willing|unwillingness|willingness|unable|able|not|subjects?|patients?|participants?|the|a|be|being|give|provide|fully|reliably|adequately|independently|physically|mentally|psychologically|both|personally))*\W+{_DOING}\b[^;]*{_OF_TRIAL}")
_WISH = Caseless(rf"\W*{_BEFORE}{_WISHES}\b[^;]*{_OF_TRIAL}")
_AVAILABLE = Caseless(rf"\W*{_BEFORE}(?:geographically )?(?:(?:un|in)?available|(?:un|in)?accessible|reachable|contactable)\W+(?:for|during|by|to|at)\b[^;]*(?:{_OF_TRIAL}|\bcontact\b)", needs=("available", "reachable", "accessible", "contactable"))
_CONSENT = Caseless(r"\b(?:consent(?:s|ed|ing)?|assent(?:s|ed)?)\b", needs=("consent", "assent"))
# A language, a bodily ability or contraception is a fact to be asked for itself.
_OTHER_FACT = Caseless(
    r"contracept|birth control|pregnan|sexual|intercourse|condom|barrier method|sperm|breast-?\s?feed|nursing|childbear|child-bear|abstinen(?:t|ce)(?! from)|"
    r"\b(?:english|spanish|french|german|dutch|danish|swedish|norwegian|finnish|italian|portuguese|chinese|mandarin|cantonese|japanese|korean|hebrew|arabic|hindi|turkish|russian|polish|language|languages|literate|literacy|fluent|fluency|"
    r"swallow\w*|walk\w*|ambulat\w*|unless|except|excluding|if|only|provided|allowed|permitted|eligible|ineligible|excluded|contraindicat\w*|allerg\w*|other than|caregiver who|due to|because|such as|e\.g|etc)\b"
)
# A clause of its own behind the will: "and has gout", "or is pregnant".
_CLAUSE = Caseless(r"(?:[,(:]|\b(?:and|or|but|who|with)\b)\s*(?:(?:patients?|subjects?|participants?|they|who|he|she|must|should|also)\s+)*(?:has|have|had|is|are|was|were|does|did|no|not|without|with|suffer\w*|at least|aged?|having|histor\w*|diagnos\w*|currently|taking|receiving|score\w*|hav|\d)\b(?!\s+(?:been\s+)?(?:informed|explained|(?:un)?willing|able|unable|agree|capable|sign|given|provid|understand|understood|read|read\b|consent|to\b|comply|the (?:right|opportunity|ability)))")
# Words that only say whose a consent is and how it is given.
_OF_CONSENT = Caseless(
    r"\b(?:patients?|subjects?|participants?|volunteers?|individuals?|persons?|people|adults?|children|men|women|m?others?|fathers?|parents?|guardians?|relatives?|famil(?:y|ies)|care ?givers?|"
    r"legal(?:ly)?|represent\w*|authori[sz]ed|acceptable|next|kin|who|whom|whose|he|she|they|his|her|their|must|should|shall|will|would|can|could|may|be|is|are|was|were|being|has|have|had|having|do|does|"
    r"requir\w*|not|no|in?ability|able|unable|capab\w*|incapab\w*|willing\w*|unwilling\w*|competen\w*|understand\w*|read|comprehen\w*|giv\w*|provid\w*|provision|obtain\w*|sign\w*|writ\w*|voluntar\w*|fully?|freely|"
    r"informed|about|after|before|prior|to|of|the|a|an|and|or|and/or|with|without|by|for|from|on|in|at|as|that|this|stud(?:y|ies)|clinical|trials?|research|protocol|nature|purpose|procedures?|explain\w*|agree\w*|accept\w*|"
    r"lack\w*|absence|refus\w*|withdraw\w*|decline\w*|fail\w*|personally|dated?|all|any|either|both|eligible|enrol\w*|includ\w*|speak\w*|language|english|cooperat\w*|compl\w*|follow\w*|participat\w*|mental\w*|psychological\w*|if|when|where|"
    r"cannot|within|hours?|aware\w*|investigational|gave|forms?|document\w*|icf|irb|iec|ethics?|committee|approv\w*|institution\w*|review|board|guidelines?|regulat\w*|according|accordance|verbal\w*|oral(?:ly)?|"
    r"electronic\w*|copy|specific|related|performed|conducted|federal|local|state|national|laws?|patient's|subject's|participant's|parental|free|valid|made|person|it|there|been|have|did|properly|policies|policy|its|own)\b",
)
# To have somebody who helps is a fact, not one's own consent.
_HELPER = pattern_of(r"\b(?:ha(?:s|ve|ving)|with|availab\w+|accompanied by)\b.{0,40}\b(?:care ?givers?|carers?|informants?|companions?|study partners?|support persons?)\b", re.IGNORECASE)
_FACTS = (Age, FamilyHistory, Measurement, Sex, Smoking, State)


# One of these stands in every such clause: the cheap look before the patterns.
_SPOKEN_OF = Stems(
    r"willing|agree|refus|declin|volunteer|commit|reluctan|promis|\babl|unabl|abilit|capab|capacit|\bcan(?:not|'t)?\b|competent|likely|expected|motivat|accept|wish|want|desir|prefer|oppos|object|prepared|interest|express|"
    r"availab|accessib|reachable|contactable|consent|assent"
)


def of_will(tokens: Sequence[Token], context: Context) -> Read | None:
    """ "Willing to keep a diary", "unable to follow study procedures", "refuses a biopsy": the patient's own to say."""
    said = context.words(tokens)
    if not _SPOKEN_OF.stand_in(said) or any(token.tag in ("judge", "judge-mod") for token in tokens):
        return None
    willing = _WILL.match(said)
    if willing is None and not any(way.match(said) for way in (_CAN, _WISH, _AVAILABLE)) and not (_CONSENT.search(said) and only_consent(said)):
        return None
    if _OTHER_FACT.search(said) or _CLAUSE.search(said) or _HELPER.search(said):
        return None
    start = tokens[0].start + (willing.end() if willing is not None else 0)
    facts = [token for token in tokens if token.tag == "check" and token.end > start]
    if any(isinstance(leaf, _FACTS) for token in facts for leaf in leaves(token.value.check)) or any(token.tag == "comma" for token in tokens[: _place(tokens, facts)]):
        return None
    if context.exclusion and _or_a_disease(tokens):
        return None
    other = _OR_ELSE.search(context.text, tokens[0].start, tokens[-1].end) if context.exclusion else None
    if other is not None and not _OF_THE_WILL.search(context.text, other.start("other"), tokens[-1].end):
        words, rest = context.text[tokens[0].start : other.start()], context.text[other.start("other") : tokens[-1].end]
        return Read(Any((Consent(clean(words)), Unread(clean(rest)))), ((tokens[0].start, other.start()), (other.start("other"), tokens[-1].end)))
    return taken(Consent(clean(said)), tokens)


# "Unwilling to attend, or active odd disease": what excludes besides, though no table knows it.
_OR_ELSE = Caseless(
    r"[\s,]+(?:and/or|or)\s+(?P<other>(?:an?\s+|any\s+)?(?:known|active|acute|chronic|severe|serious|uncontrolled|current|history of|presence of|evidence of|diagnosis of|positive)\s[^,;.]*)$",
    needs=("or ",),
)
_OF_THE_WILL = Caseless(rf"{_OF_TRIAL}|\b(?:consent|assent|comply|complian\w+|adheren\w+|cooperat\w+|co-operat\w+|willing\w*|refus\w+|participat\w+|follow|attend|sign)\b")


def _or_a_disease(tokens: Sequence[Token]) -> bool:
    """Whether a disease stands behind an "or": "unwilling to comply, or active hepatitis" excludes by either."""
    facts = (token.value.check for before, token in pairwise(tokens) if before.tag == "or" and token.tag == "check")
    return any(isinstance(leaf, Condition) for fact in facts for leaf in leaves(fact))


# An organ's function, or somebody's health, without a limit that says what is enough.
_ENOUGH = Caseless(
    r"\W*(?:(?:patients?|subjects?|participants?|individuals?|must|should|have|has|having|with|be|in|a|an|of|is|are|otherwise|overall|generally|general|demonstrates?|demonstrated|evidence|to|presence|the|all|any)\b\W*)*"
    r"(?:adequate|sufficient|satisfactory|acceptable|reasonable|good|reasonably good|appropriate|suitable|inadequate|insufficient|poor|(?:normal|intact)(?=[^;:]*\bfunctions?\b))\s+"
    r"(?:(?:organ|end-?organ|bone|marrow|hepatic|liver|renal|kidney|cardiac|heart|cardiovascular|pulmonary|lung|respiratory|ha?ematolog(?:ic|ical|y)|ha?ematopoietic|metabolic|coagulation|clotting|immune|neurologic(?:al)?|"
    r"venous|vein|veins|peripheral|intravenous|vascular|iv|access|physical|general|mental|psychological|overall|nutritional|cognitive|oral|dental|health|hygiene|functions?|functioning|reserve|status|capacity|condition|state|systems?|clinical|"
    r"laboratory|performance|medical|values?|parameters|and|or|other|major|vital|blood|for|repeated|sampling|phlebotomy|blood draws?|at|baseline|screening|study|entry|time|of|the|as|well|adequate)\b[\s,/-]*)+"
    r"(?:[\s,(]*(?:as|defined|specified|outlined|described|determined|confirmed|assessed|demonstrated|evidenced|documented|per|according|to|based|on|by|in|the|this|clinical|trial|study|protocol|protocol-defined|protocol-specified|institutional|standards?|"
    r"laboratory|lab|tests?|testing|results?|values?|parameters?|examinations?|limits?|chemistry|serum|bone|marrow|liver|hepatic|renal|kidney|cardiac|ha?ematolog(?:ic|ical|y)|functions?|and|or)\b)*\W*"
)


def is_opinion(words: str) -> bool:
    """Whether words only call an organ's function or somebody's health enough: "adequate bone marrow function"."""
    return _ENOUGH.fullmatch(words) is not None


def only_consent(before: str) -> bool:
    """Whether words only say whose a consent is and how it is given."""
    return not _HELPER.search(before) and len(re.findall(r"[a-zA-Z]{3,}", _OF_CONSENT.without(before, " "))) < 2


def _place(tokens: Sequence[Token], facts: Sequence[Token]) -> int:
    """Where the first of the facts stands; 0 where there is none."""
    return next((i for i, token in enumerate(tokens) if facts and token is facts[0]), 0)
