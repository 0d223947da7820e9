"""Lines over a list said in plain words: "Presence of any of the following ECG findings:" only opens it, "History of:" begins each member.

What such a line adds to its members is of what kind they are, which their names say too. A line that says more (how bad,
when, of whom, what else) is left as it is.
"""

from __future__ import annotations

import re

from matcher.model.patterns import pattern_of
from matcher.reading.tagging.caseless import Caseless

# What an opening line may say without saying anything of the patient.
OPENING = Caseless(
    r"(?:patients?|subjects?|participants?|individuals?|persons?|people|candidates?|volunteers?|enrolled|for|with|who|must|have|has|had|meet|meets|meeting|fulfil|fulfill|satisfy|be|is|are|the|a|an|"
    r"of|out|any|one|either|all|both|each|every|at|least|minimum|or|and|more|following|these|criteria|criterion|conditions?|characteristics|features|findings|"
    r"symptoms|signs|factors|items|reasons|requirements|diagnoses|diseases|disorders|illnesses|categories|situations|circumstances|exclusions?|inclusions?|abnormalities|laboratory|"
    r"such|corresponding|to|this|trial|in|at|screening|baseline|visit|below|listed|as|defined|by|presence|present|evidence|known|excluded|exclude|will|should|shall|met|including|"
    r"study|entry|eligible|if|they|two|three|four|five|six|\d|≥|>=|[^\w\s]|\s)+",
)
TURNED = Caseless(
    r"\b(?:no|not|non|never|none|neither|without|absence|lack|free|except\w*|unless|other than|apart|allowed|permitted|permissible|acceptable|eligible|may|"
    r"provided|if|when|only|cannot|exclud\w+|ineligible|exempt\w*|but)\b",
)
DENIES = Caseless(
    r"(?:(?:patients?|subjects?|participants?)\s+)?(?:(?:must|should|may|shall|do|does|will|with|have|has|had)\s+)*(?:no|none of|absence of|without|not|free of)\b\s*"
    r"(?P<of>(?:(?:have|has|had|prior|previous|known|current|active|concurrent|concomitant|recent|history of|evidence of|presence of|use of|treatment with|therapy with|treated with|receiving|taking|a|any)\b\s*)*)"
    r"(?:(?:any of|any|one of|one or more of|of)?\s*(?:the following|these)(?:\s+(?:criteria|conditions?|diseases|disorders|diagnoses|findings|events|symptoms|medications|treatments|drugs))?)?\s*:?\s*",
)
# What members may be called without saying anything of them.
_NOUNS = (
    r"(?:\s+(?:\d|two|three|four|five|criteria|conditions?|characteristics|features|findings|symptoms|signs|risk factors|factors|items|reasons|requirements|parameters|tests|values|results|"
    r"abnormalities|events|diagnoses|diseases|disorders|illnesses|medications|treatments|drugs|therapies|agents|procedures|categories|groups|comorbidities|complications|infections|"
    r"cardiac|ocular|ophthalmic|psychiatric|neurologic(?:al)?|pulmonary|renal|hepatic|gastrointestinal|chronic|concurrent|concomitant|cancers|malignancies|surgeries|operations|"
    r"laboratory|cardiovascular|clinical|medical|exclusion|inclusion|are met|is met|present|apply|applies|at screening|is true|are true))*"
)
PREFIXED = pattern_of(
    r"(?:(?:patients?|subjects?|participants?|individuals?)\s+)?(?:(?:with|who|have|has|had|a|an|the|any)\s+)*"
    r"(?P<of>(?:(?:known|current|currently|prior|previous|previously|active|recent|past|medical|concurrent|concomitant|clinical|documented)\s+(?:or\s+)?)*"
    r"(?:histor(?:y|ies) of|presence or history of|history or presence of|diagnosis of|presence of|evidence of|use of|treatment with|therapy with|treated with|receiving|received|taking|allerg(?:y|ic) to|"
    r"hypersensitivity to|intolerance to|diagnosed with|exposure to))\s+"
    rf"(?:at least one of|any one of|any of|any|one or more of|one of|either of|either)?\s*(?:the|these)?\s*following{_NOUNS}(?P<tail>\s+(?:within|in the (?:past|last|previous)|during the (?:past|last|previous))\s[^:;.]{{3,60}})?",
    re.IGNORECASE,
)
PANEL = Caseless(
    r"(?s:(?:[\w\s,/&-]*\b)?(?:adequate|acceptable|sufficient|normal|preserved|satisfactory|appropriate|good)\b[\w\s,/&()-]*\b(?:functions?|reserves?|values?|parameters?|tests?|status|counts?|results?)\b.*"
    r"|(?:(?:patients?|subjects?|participants?|must|should|have|has|the|a|following|meet|meeting) )*(?:screening |clinical |baseline )*(?:lab(?:oratory)?|biochemical|biochemistry|biological|blood|serum|chemistry|ha?ematolog(?:y|ical|ic)) (?:values?|tests?|parameters?|data|criteria|requirements?|results?|findings?|limits?)\b.*"
    r"|(?:ha?ematopoietic|ha?ematologic(?:al)?|hepatic|renal|liver|kidney|bone marrow)(?:\s*(?:and|/|,|&)\s*(?:ha?ematopoietic|hepatic|renal|liver|kidney))*(?: function)?)",
    needs=("lab", "biochemi", "biological", "blood", "serum", "chemistry", "matolog", "matopoie", "hepatic", "renal", "liver", "kidney", "marrow", "good", "normal", "adequate", "preserved", "acceptable", "sufficient", "appropriate", "satisfactory"),
)
LINK = Caseless(
    r"[\s,;(]*\b(?P<link>(?:as )?(?:defined|evidenced|demonstrated|documented|determined|shown|indicated|characterized|confirmed|assessed|manifested) (?:as|by)(?: having)?|defined as|based (?:up)?on|"
    r"including(?:[,\s]+but (?:are )?not (?:limited|restricted) to)?|such as|e\.g\.|with|and|plus|meeting|who (?:have|meet)|that meets?|in combination with|accompanied by|by|via|per)?[,\s]*"
    r"(?P<count>(?:at least |a minimum of |≥ ?|>= ?)?(?:\d|any|one|two|three|four|five|all|either|both|each)(?:\s*\(\d\))?(?: one)?(?: or more)?(?: of)?)?\s*"
    rf"(?P<following>(?:the|these)?\s*following{_NOUNS})?\s*[:.)]*\s*$",
)
# Words that widen a list and turn nothing.
MORE = pattern_of(
    r"\b(?:including|include[sd]?),?\s*\(?(?:but\s+)?(?:(?:are|is)\s+)?not\s+(?:necessarily\s+)?(?:limited|restricted)(?:\s+to)?\)?|\band/or\b|\bnot limited to\b|"
    r"\(?unless otherwise (?:\w+)\)?",
    re.IGNORECASE,
)
# "Patients must fulfil criteria 1 and 2, or criterion 3:".
BY_THEIR_NUMBERS = Caseless(r"\b(?:criteri(?:a|on)|items?|points?|conditions?)\s+(?:no\.?\s*|number\s*|#)?\(?(?:\d|[a-c]|i{1,3})\)?[^:]{0,60}\bor\b[^:]{0,40}(?:\d|\b[b-d]|\bi{1,3}v?)\)?\W*:\W*$", needs=("criteri", "item", "point", "condition"))

_WHO = r"(?:(?:all|any|the|those|potential|prospective|study)\s+)*(?:patients?|subjects?|participants?|individuals?|persons?|people|volunteers?|candidates?|adults?|those|anyone|they|he/she)"
_HAS = r"(?:(?:who|that|which|with|have|has|had|having|be|been|is|are|was|were|must|presenting|presents?|meet|meets|meeting|met|showing|exhibiting|demonstrating|experienced?|experiencing|suffering from|suffers? from|currently have|at|the)\s+)*"
_PRESENT = r"(?:(?:the\s+)?(?:presence|existence|evidence|occurrence) of\s+)?"
_SOME = r"(?:(?:any one|any|one or more|at least one|either|one|at least 1|1 or more|≥ ?1)(?:\s*\(\w+\))?(?:\s+or more)?(?:\s+of)?\s+)"
# Of what a member may be: it narrows none that is named.
_OF_KIND = (
    r"(?:(?:cardiac|cardiovascular|coronary|vascular|cerebrovascular|ha?ematologic(?:al)?|hepatic|liver|renal|kidney|pulmonary|respiratory|neurologic(?:al)?|psychiatric|mental|ocular|ophthalmic|ophthalmologic(?:al)?|eye|retinal|endocrine|"
    r"metabolic|gastrointestinal|gi|genetic|infectious|autoimmune|inflammatory|dermatologic(?:al)?|skin|musculoskeletal|orthop(?:a)?edic|obstetric(?:al)?|gyna?ecologic(?:al)?|urologic(?:al)?|oncologic(?:al)?|ecg|ekg|electrocardiogra\w+|echocardiogra\w+|imaging|mri|"
    r"radiologic(?:al)?|radiographic|laboratory|lab|clinical|medical|surgical|biochemical|serum|blood|haemodynamic|hemodynamic|concurrent|concomitant|coexisting|co-existing|comorbid|pre-?existing|underlying|associated|other|additional|specific|general|health|exclusion(?:ary)?|inclusion|entry|eligibility|"
    r"risk|prior|previous|past|abnormal|\w+[ -]related|and|or|and/or|/|,)\s*)*"
)
_THINGS = (
    r"(?:\d\s+)?(?:criteri(?:a|on)|conditions?|characteristics|features|findings|symptoms?|signs?|factors?|items|reasons|requirements|parameters|tests?|test results?|values?|results?|abnormalit(?:y|ies)|events?|diagnos[ie]s|diseases?|disorders?|illness(?:es)?|"
    r"syndromes?|situations|circumstances|comorbidit(?:y|ies)|co-morbidit(?:y|ies)|complications?|infections?|cancers|malignanc(?:y|ies)|tumou?rs?|medications?|drugs?|medicines|agents|treatments?|therap(?:y|ies)|surger(?:y|ies)|operations?|procedures?|interventions?|problems?|manifestations?|contra-?\s?indications?|categories|histor(?:y|ies)|indications?|evidence)"
)
_AT = r"(?:[\s,]+(?:as follows|(?:as\s+)?(?:listed|described|outlined|shown|specified)?\s*below|(?:(?:is|are|being|be)\s+)?(?:met|present|fulfilled|satisfied|true|applicable|identified|noted|observed|found|detected|documented)|appl(?:y|ies)|(?:at|during|on|prior to|before)\s+(?:the\s+)?(?:time of\s+)?(?:screening|baseline|enrol+ment|randomi[sz]ation|inclusion|entry|study entry)(?:\s+(?:visit|period|evaluation))?))*"
_REFUSES = r"(?:[\s,]+(?:(?:will|would|shall|must|should|may|can|are|is|be|also)\s+)*(?:not\s+(?:be\s+)?(?:included?|eligible|enrolled|enter|allowed|considered|participate|take part|recruited|randomi[sz]ed)|exclud(?:e|es|ed)|ineligible|disqualif(?:y|ies|ied)|lead to exclusion|result in exclusion|preclude[s]?|makes?|renders?)(?:\s+(?:the|a|an|any|subjects?|patients?|participants?|individuals?|persons?|them|from|for|in|this|study|trial|enrol+ment|participation|participating|enrolling|inclusion|entry|entering|research|potential|him|her|ineligible))*)?"
_THESE = r"(?:the\s+|these\s+)?following"
_ONLY_OPENS = Caseless(
    rf"\W*(?:{_WHO}\s+)?{_HAS}{_PRESENT}(?:(?P<some>{_SOME}{_THESE}(?:\s+{_OF_KIND}{_THINGS})?|{_SOME}(?:of\s+)?(?:these|the)\s+(?!following){_OF_KIND}{_THINGS})|(?P<bare>{_THESE}\s+{_OF_KIND}{_THINGS}|{_THESE}(?=[\s,:]*\W*$)|{_OF_KIND}{_THINGS}\s+(?:as follows|listed below)))(?:\s+of\s+{_SOME}?{_THESE})?{_AT}{_REFUSES}\W*",
    needs=("following", "of these", "of the", "as follows", "listed below"),
)
# The count of an inclusion and what is counted: "at least two of the following cardiovascular risk factors".
_COUNTED = Caseless(rf"(?P<before>\W*(?:{_WHO}\s+)?{_HAS}{_PRESENT}(?:(?:at least|a minimum of|minimum of|≥|>=)\s*)?(?:\d|one|two|three|four|five|six|any|any one|either)(?:\s*\(\w+\))?(?:\s+or\s+more)?\s+(?:of\s+)?(?:(?:the\s+|these\s+)?following\s+)?){_OF_KIND}{_THINGS}{_AT}(?P<behind>\W*)")
_DENIES_EACH = Caseless(rf"\W*(?:{_WHO}\s+)?(?:(?:who|must|should|have|has|had|is|are|with)\s+)*(?:no|without|not)\s+(?:(?:known|concurrent|concomitant|current|prior|previous|active|recent|a|any)\s+)*(?:history of|evidence of|use of|treatment with|therapy with|treated with|receiving|taking)\s*:\W*", needs=("no ", "without", "not "))
# Words that begin each member: "History of:", "Currently taking:".
_BEGINS_EACH = Caseless(
    rf"\W*(?:{_WHO}\s+)?(?:(?:who|with|have|has|had|having|is|are|a|an|the|any)\s+)*(?P<of>(?:(?:known|current|currently|prior|previous|previously|active|recent|past|medical|personal|documented)\s+)*(?:history of|use of|treatment with|therapy with|treated with|receiving|taking|(?:been )?treated with|received|taken|undergone|allergy to|hypersensitivity to|intolerance to|diagnosed with))"
    rf"(?:\s+{_SOME}?{_THESE}(?:\s+{_OF_KIND}{_THINGS})?)?\s*:\W*",
    needs=("of", "with", "to", "receiv", "taking", "taken", "undergone"),
)
# "At the time of randomization, …": when the members are to be so, which is today.
_AT_A_VISIT = Caseless(
    r"\W*(?:at|on) (?:the )?(?:time of (?:the )?)?(?:study )?(?:screening|randomi[sz]ation|baseline|enrol+ment|study entry|entry|inclusion|visit 1|day 1)(?: visit)?\s*,\s+(?=\S)",
    needs=("at ", "on "),
)


def plain_head(head: str, kind: str) -> str:
    """The line over a list without what only says of what kind its members are; as it is where it says more."""
    when = _AT_A_VISIT.match(head)
    head = head if when is None else head[when.end() :]
    said = head.strip()
    if kind == "exclusion" and _ONLY_OPENS.fullmatch(said) is not None:
        return "Any of the following:"
    if kind == "inclusion":
        found = _COUNTED.fullmatch(said)
        if found is not None:
            return f"{said[: found.end('before')].rstrip().removesuffix('following').rstrip().removesuffix(' of').rstrip()} of the following:"
        return f"{said.rstrip(': ')} any of the following:" if _DENIES_EACH.fullmatch(said) is not None else head
    begins = _BEGINS_EACH.fullmatch(said)
    return f"{said[slice(*begins.span('of'))]} any of the following:" if begins is not None and kind == "exclusion" else head
