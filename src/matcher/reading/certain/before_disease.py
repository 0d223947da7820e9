"""Words before the disease of an inclusion that leave it asked for: people of whatever kind, a treatment for it, or any plain words.

"Patients of our clinic undergoing an odd resection for asthma" have asthma. Where a line names one disease and nothing else that
was read, and none of the words before it denies, fears or compares, the disease is the patient's.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from matcher.model.language import Check
from matcher.model.patterns import pattern_of
from matcher.model.trees import leaves
from matcher.reading.grammar.rules import Context
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

# Whatever else these are, they have the disease: "intensive care patients with", "St. Mary's outpatients infected with".
_SUCH_PEOPLE = pattern_of(
    r"^\W*(?:(?!(?:no|not|non|none|never|nor|or|and|of|for|to|by|in|than|as|if|all|any|other|another|control|healthy|potential|convalescent|post|former|similar|matched|comparable|simulated|standardi[sz]ed|virtual|donor|index)\b)[A-Za-z][A-Za-z.'’-]*\s+){1,4}"
    r"(?:(?:in|out)?patients|subjects|participants|adults|individuals|people|persons|veterans)\s+(?=(?:with|having|who have|diagnosed with|suffering from|infected with|infected by|affected by|affected with|hospitali[sz]ed (?:for|with)|admitted (?:for|with))\s)",
    re.IGNORECASE,
)
# An operation or treatment for a disease is given to those who have it.
_TREATED_FOR = Caseless(
    r"\b(?:undergo(?:ing|es)?|underwent|undergone|scheduled|planned|awaiting|requiring|receiving|received|candidates?|indicated|indication|listed|referred)\b(?:(?!\b(?:no|not|or|and|without|for|prophyla\w*|prevent\w*|suspect\w*|screening|diagnostic)\b)[^.;:,()]|\bfor(?=\s+(?:an?\s+|elective\s+|primary\s+|major\s+|open\s+|laparoscopic\s+|planned\s+|curative\s+|radical\s+|\w+al\s+|\w+ic\s+)*(?:\w+ectomy|surgery|resection|\w*transplantation|\w*plasty|operation|radiotherapy|chemotherapy)\b)){0,70}?"
    r"\b(?:surgery|surgeries|operations?|resections?|\w+ectomy|\w*plasty|\w+(?:s|d)esis|repair|reconstruction|replacement|decompression|fusion|\w*transplant(?:ation)?|ablation|bypass|emboli[sz]ation|stenting|stent placement|radiotherapy|radiation therapy|chemotherapy|radiochemotherapy|chemoradiotherapy|chemoradiation|drainage|fixation|brachytherapy)"
    r"(?:\s+of\s+(?:(?!\b(?:or|and|for)\b)[\w-]+\s+){1,8}?)?\s*\bfor(?:\s+the\s+treatment\s+of|\s+treatment\s+of)?\b",
    needs=(" for",),
)


def introduced_from(token: Token, context: Context, introduces: Callable[[str], bool]) -> int:
    """Where the words that introduce the disease begin: behind people of whatever kind, or what they are treated with for it."""
    people = _SUCH_PEOPLE.match(context.text)
    treated = _TREATED_FOR.search(context.text, people.end() if people else 0, token.start)
    opening = context.text[: treated.start()] if treated else ""
    if treated and (people or introduces(opening)):
        return treated.end()
    return people.end() if people and people.end() <= token.start + len("with ") else 0


def treated_for_it(token: Token, context: Context) -> bool:
    """Whether an operation or treatment is named before a disease, as given for it."""
    return _TREATED_FOR.search(context.text, 0, token.start) is not None


# Before the one disease of a line these make it another's, or one that is feared, denied, looked for, compared or over.
_NOT_OF_THE_PATIENT = Caseless(
    r"\b(?:or|and|and/or|no|not|non|none|nor|never|neither|without|absen\w+|lack\w*|free|\w*negativ\w*|den(?:y|ies|ied)|any|one of|following|such as|e\.?g|like|instead|than|versus|vs|compared|comparable|similar|match\w*|unlikely|rule[sd]?|exclu\w*|"
    r"sero\w*|criteri\w*|duration|mild\w*|moderate\w*|minimal\w*|stages?|grades?|class|(?:of|to|for|with|by)\s+(?:[\w-]+\s+){0,3}(?:patients|subjects|participants|people|persons|individuals|children|adults|someone|somebody)|un(?:infected|affected|diagnosed|exposed)|risks?|susceptib\w*|predispos\w*|prone|expos\w*|contacts?|vaccin\w*|immun\w*|screen\w*|test\w*|surveill\w*|early detection|prevent\w*|\w*prophyla\w*|protect\w*|suggest\w*|consistent|indicat\w*|resembl\w*|compatible|signs?|symptoms?|features?|history|before|prior|"
    r"care|caring|cares|work\w*|interest\w*|know\w*|educat\w*|train\w*|live[sd]?|resid\w*|endemic|areas?|regions?|na[iï]ve|serolog\w*|antibod\w*|antigens?|stud(?:y|ies)|trials?|research|program\w*|physicians?|doctors?|nurses?|clinicians?|providers?|workers?|students?|teachers?|professionals?|"
    r"scores?|scales?|questionnaires?|inventory|index|fear\w*|worr\w+|concern\w*|belie\w+|aware\w*|attitudes?|died|deaths?|deceased|donat\w*|donors?|specimens?|samples?|genes?|genetic|mutations?|carriers?|survivors?|surviv\w*|cured|remission|resolved|recover\w*|clear\w*|eradicat\w*|free\w*|"
    r"after|post\w*|pre\w*|anti\w*|para|pseudo|develop\w*|progress\w*|convert\w*|conversion|will|likel\w+|predict\w*|estimat\w*|calculat\w*|assess\w*|evaluat\w*|measur\w*|insur\w*|language|speak\w*|agree\w*|willing\w*|able|ability|accept\w*|consent\w*|aware|told|believ\w*|think\w*|feel\w*|time since|years? since|months? since|since|limit\w*|less|fewer|minor|only|borderline|sub-?clinical|potential\w*|candidat\w*|model|simulat\w*|level|levels|count|counts|normal|adequate|good|absence|diet|smok\w*|drug|drugs|medication\w*|effect|effects|impact|protocol|sites?|cent(?:er|re)s?|clinics?|countr\w+|registr\w+|databas\w+|list|listed|week|weeks|day|days|age|aged|years|months)\b|^\W*for\b|[<>≥≤=%,&]|(?<=[a-z]{3})/(?=[a-z]{3})"
)
_PLAIN = 200  # characters: longer sentences speak of more than one thing
_ONE_SENTENCE = pattern_of(r"[^.;:\n•]*[.;:]?\s*$")


def is_alone(token: Token, tokens: Sequence[Token], context: Context, of_people: Callable[[Check], bool]) -> bool:
    """Whether a disease is the one fact of a plain sentence, with none before it of the words that would make it no disease of the patient's."""
    text, before = context.text, context.text[: token.start]
    if len(text) > _PLAIN or not _ONE_SENTENCE.match(text) or (before and not before.endswith((" ", "("))):
        return False
    if any(one.tag in ("cond", "drug", "proc", "check", "measure") for one in tokens if one is not token and not (one.tag == "check" and all(map(of_people, leaves(one.value.check))))):
        return False
    return _NOT_OF_THE_PATIENT.search(before) is None
