"""A drug or alcohol test that was positive: "positive pre-study drug/alcohol screen", "positive urine screen for cocaine"."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.model.language import All, Check, Measurement, Unread
from matcher.model.trees import any_of, leaves
from matcher.reading.grammar.pieces import clean
from matcher.reading.grammar.rules import Context, Read
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_OF = r"(?:urine|urinary|saliva|oral fluid|breath|blood|serum|pre-?\s?study|baseline|screening|routine|standard|confirmed|or|and|/|\s|a|an|any|the)*"
_DRUGS = r"(?:(?:illicit |illegal |recreational )?drugs?(?: of abuse| of misuse)?|drugs? abuse|toxicology|substances? of abuse|tox(?:icology)?)"
_SOME = r"(?:amphetamines?|methamphetamines?|cocaine|opiates?|opioids?|narcotics?|cannabi\w*|cannabis|marijuana|thc|tetrahydrocannabinol|barbiturates?|benzodiazepines?|methadone|phencyclidine|pcp|ecstasy|mdma|heroin|morphine|sedative hypnotics?|sedatives?)"
_ALCOHOL = r"(?:alcohol|ethanol)"
_WHAT = rf"(?:{_DRUGS}|{_SOME}|{_ALCOHOL}|cotinine|nicotine)"
_LIST = rf"{_WHAT}(?:\s*(?:,|/|\bor\b|\band\b|\band/or\b|\s)+\s*{_WHAT})*"
_TEST = r"(?:screen(?:ing|s)?(?: tests?)?|tests?|testing|results?|assays?)"
_POSITIVE = Caseless(
    rf"\W*(?:have |has |had |having |with |a |an |any |the )*(?:confirmed )?(?:test(?:s|ed|ing)? positive(?: (?:on|at|in) {_OF}{_TEST})? for {_LIST}|positive (?:(?:results?|findings?) (?:of|on|for|from|in) )?{_OF}(?:{_LIST}\s*{_TEST}(?: results?)?|{_TEST}(?: results?)? (?:for|of|on) {_OF}{_LIST}))"
    r"(?:\s*(?:\(uds\)|at (?:the )?(?:screening|baseline|visit \d|day -?\d+|check-in|admission)(?: (?:visit|or|and|baseline|day -?\d+))*|prior to (?:enrol+ment|randomi[sz]ation|dosing|study entry)))*"
    # what it looks for, as examples: who takes one of them has no positive test for it yet
    r"(?:[\s,]*\(?\s*(?:e\.?\s?g\.?|such as|including|for example)[\s,:]+[^();]{3,200}\)?)?\W*",
    needs=("positive",),
)
_ANY_DRUG, _SOME_DRUG, _DRINK, _SMOKE = Caseless(_DRUGS), Caseless(_SOME), Caseless(rf"\b{_ALCOHOL}\b"), Caseless(r"\b(?:cotinine|nicotine)\b")


def drug_screen(tokens: Sequence[Token], context: Context) -> Read | None:
    """The tests that are positive; of some drugs only, with the words that say which."""
    if "ositive" not in context.text and "POSITIVE" not in context.text:
        return None
    if not any(token.tag == "result" or token.text.casefold() in ("tested", "test", "tests") or (token.tag == "check" and "ositive" in token.text) for token in tokens[:6]):
        return None
    said = context.words(tokens)
    if not _POSITIVE.fullmatch(said):
        return None
    checks: list[Check] = []
    drugs = Measurement("urine drug screen", words=("positive",))
    if _ANY_DRUG.search(said):
        checks.append(drugs)
    elif _SOME_DRUG.search(said):
        checks.append(All((drugs, Unread(clean(said)))))
    if _DRINK.search(said):
        checks.append(Measurement("alcohol test", words=("positive",)))
    if _SMOKE.search(said):
        checks.append(Measurement("cotinine", words=("positive",)))
    found = any_of(checks)
    return Read(found, ((tokens[0].start, tokens[-1].end),) * sum(1 for _ in leaves(found)))
