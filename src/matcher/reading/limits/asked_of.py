"""Rules for read facts that belong together: a test asked of some women only, women with a state, a marker and its disease."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from matcher.model.language import (
    Age,
    All,
    Any,
    Check,
    Condition,
    Measurement,
    Not,
    Sex,
    State,
    When,
)
from matcher.model.trees import leaves
from matcher.reading.grammar.amounts import Found
from matcher.reading.grammar.rules import Context, Read, Rule, Spans, check_token
from matcher.reading.tagging.caseless import Caseless
from matcher.reading.tagging.tokens import Token

_BEARING = Caseless(r"pregnan|hcg|gonadotropin")

# Between people and what they have: nothing that denies, permits or asks it of them.
_WITH = Caseless(
    r"(?:\s|,|patients?|subjects?|participants?|individuals?|volunteers?|adults?|with|who|that|have|has|had|having|been|are|were|diagnosed|presenting|suffering|from|a|an|any|the|known|documented|of)*",
)

_HAVING = Caseless(r"(?:with|who|that|having|has|have|had|diagnosed|suffering|presenting|on|taking|receiving)\b")


def _is_scope(check: Check) -> bool:
    """Whether a check only says which patients: a sex, the potential to bear children, or both."""
    return all(isinstance(leaf, Sex) or leaf == State("childbearing potential") for leaf in leaves(check)) and not isinstance(check, Not)


def _about_bearing(check: Check) -> bool:
    """Whether a check is about pregnancy or its prevention, which is asked of those who can bear children only."""
    for leaf in leaves(check):
        asked = leaf.name if isinstance(leaf, State) else leaf.term if isinstance(leaf, Measurement) else ""
        if not _BEARING.search(asked) and asked not in ("contraception", "breastfeeding"):
            return False
    return True


def _scoped(scope: Read, rule: Read, tokens: Sequence[Token], context: Context) -> Found:
    if not _is_scope(scope.check) or not _about_bearing(rule.check) or _is_scope(rule.check):
        return None
    spans: Spans = (*scope.spans, *rule.spans)
    check: Check = All((scope.check, rule.check)) if context.exclusion else When(scope.check, rule.check)
    return check_token(check, tokens, context, spans)


def _rule_then_scope(tokens: Sequence[Token], context: Context) -> Found:
    """ "negative pregnancy test for women of childbearing potential"."""
    checks = [token for token in tokens if token.tag == "check"]
    rule: Read = checks[0].value
    window = next((token.value for token in tokens if token.tag == "window"), None)
    if window is not None:
        if not isinstance(rule.check, Measurement) or rule.check.window is not None:
            return None
        rule = replace(rule, check=replace(rule.check, window=window))
    return _scoped(checks[-1].value, rule, tokens, context)


def _scope_then_rule(tokens: Sequence[Token], context: Context) -> Found:
    """ "women of childbearing potential with a negative pregnancy test"."""
    checks = [token for token in tokens if token.tag == "check"]
    return _scoped(checks[0].value, checks[-1].value, tokens, context)


def _state_then_sex(tokens: Sequence[Token], context: Context) -> Found:
    """ "postmenopausal women": women, and postmenopausal."""
    state: Read = tokens[0].value
    sex: Read = tokens[-1].value
    if not isinstance(sex.check, Sex) or not isinstance(state.check, Condition) or context.text[tokens[0].end : tokens[-1].start].strip(" -"):
        return None
    return check_token(All((sex.check, state.check)), tokens, context, (*sex.spans, *state.spans))


def _people(tokens: Sequence[Token], context: Context) -> Found:
    """ "adult women": both."""
    first: Read = tokens[0].value
    last: Read = tokens[-1].value
    if not isinstance(first.check, Age) or not isinstance(last.check, Sex) or context.text[tokens[0].end : tokens[-1].start].strip():
        return None
    return check_token(All((last.check, first.check)), tokens, context, (*last.spans, *first.spans))


def _healthy_aged(tokens: Sequence[Token], context: Context) -> Found:
    """ "healthy volunteers aged 18 to 45": healthy, and of that age."""
    first: Read = tokens[0].value
    last: Read = tokens[-1].value
    healthy = any(leaf == State("healthy volunteer") for leaf in leaves(first.check)) and isinstance(first.check, State | All)
    if not healthy or not all(isinstance(leaf, Sex | Age) for leaf in leaves(last.check)) or isinstance(last.check, Not | Any) or context.text[tokens[0].end : tokens[-1].start].strip(" ,"):
        return None
    return check_token(All((first.check, last.check)), tokens, context, (*first.spans, *last.spans))


def _people_with(tokens: Sequence[Token], context: Context) -> Found:
    """ "women with asthma", "adults who have gout": the people, and what they have."""
    people: Read = tokens[0].value
    fact: Read = tokens[-1].value
    said = list(leaves(people.check))
    who = all(isinstance(leaf, Sex | Age | Condition) or leaf == State("healthy volunteer") for leaf in said) and not isinstance(said[0], Condition)
    between = context.text[tokens[0].end : tokens[-1].start]
    apart = between.strip() or _HAVING.match(tokens[-1].text)
    if not who or isinstance(people.check, Not | Any | When) or not apart or not _WITH.fullmatch(between):
        return None
    if isinstance(fact.check, Not | When) or all(isinstance(leaf, Sex | Age | State) for leaf in leaves(fact.check)):
        return None
    return check_token(All((people.check, fact.check)), tokens, context, (*people.spans, *fact.spans))


def _marked(tokens: Sequence[Token], context: Context) -> Found:
    """ "EGFR mutation positive lung cancer": the disease, and its marker."""
    marker: Read = tokens[0].value
    disease: Read = tokens[-1].value
    if context.text[tokens[0].end : tokens[-1].start].strip(" -,") or not isinstance(marker.check, Measurement) or not marker.check.words:
        return None
    if not isinstance(disease.check, Condition):
        return None
    return check_token(All((disease.check, marker.check)), tokens, context, (*disease.spans, *marker.spans))


def _men_or_women(tokens: Sequence[Token], context: Context) -> Found:
    """ "healthy men or non-pregnant women of 18 to 65": both sexes, that age, and of the women none that is pregnant."""
    facts: list[Read] = [token.value for token in tokens if token.tag == "check"]
    first, people = facts[0].check, facts[-1].check
    men = first.parts if isinstance(first, All) else (first,)
    women = people.parts if isinstance(people, All) else (people,)
    if context.exclusion or Sex("male") not in men or not all(isinstance(part, Age) or part in (Sex("male"), _HEALTHY) for part in men):
        return None
    if len(facts) == 3 and isinstance(facts[1].check, Not) and all(isinstance(leaf, State) for leaf in leaves(facts[1].check)):
        rule: Check = facts[1].check
        ages = [part for part in women if isinstance(part, Age)]
        if Sex("female") not in women or not all(isinstance(part, Age) or part == Sex("female") for part in women):
            return None
    elif len(facts) in (2, 3) and isinstance(facts[1].check, When) and facts[1].check.scope == Sex("female"):
        rule = facts[1].check.rule
        ages = [people] if len(facts) == 3 and isinstance(people, Age) else []
        if (len(facts) == 3 and not ages) or not all(isinstance(leaf, State) for leaf in leaves(rule)):
            return None
    else:
        return None
    both = [part for part in men if not isinstance(part, Sex)]
    parts = (*both, *ages, When(Sex("female"), rule))
    spans = ((tokens[0].start, tokens[-1].end),) * sum(1 for part in parts for _ in leaves(part))
    return check_token(parts[0] if len(parts) == 1 else All(parts), tokens, context, spans)


def _of_no_potential(tokens: Sequence[Token], context: Context) -> Found:
    """ "women of non-childbearing potential": women, and none of that potential."""
    people: Read = tokens[0].value
    rule: Read = tokens[-1].value
    parts = people.check.parts if isinstance(people.check, All) else (people.check,)
    if rule.check != Not(State("childbearing potential")) or not all(isinstance(part, Age | Sex) or part == _HEALTHY for part in parts):
        return None
    return check_token(All((*parts, rule.check)), tokens, context, (*people.spans, *rule.spans))


def _if_of_sex(tokens: Sequence[Token], context: Context) -> Found:
    """ "If female of childbearing potential, pregnancy test is negative": the rule is read with its scope already."""
    rule = tokens[1].value.check
    return [replace(tokens[1], start=tokens[0].start)] if isinstance(rule, When) and any(isinstance(leaf, Sex) for leaf in leaves(rule.scope)) and not context.exclusion else None


_HEALTHY = State("healthy volunteer")
_END = "(?=stop|semicolon|close|comma|and|$)"
ASKED_OF = (
    Rule("of no childbearing potential", "check of check", _of_no_potential, "check"),
    Rule("men or women who are not pregnant", "check (or|and|comma|slash)+ check check", _men_or_women, "check"),
    Rule("men or women not pregnant", f"check (or|and|comma|slash)+ check {_END}", _men_or_women, "check"),
    Rule("asked of some, named first", f"for? check (comma|colon)? (with|have|use|on|and|agree)* check {_END}", _scope_then_rule, "check"),
    Rule("postmenopausal women", "check check", _state_then_sex, "check"),
    Rule("adults of one sex", "check check", _people, "check"),
    Rule("healthy and of an age", "check comma? check", _healthy_aged, "check"),
    Rule("people with", "check with? check", _people_with, "check"),
    Rule("marked disease", "check comma? check", _marked, "check"),
    Rule("asked of some, named last", f"check (open|comma)? restrict? (in|for|if|of|all|with|at)+ check only? close? window? {_END}", _rule_then_scope, "check"),
    Rule("if of a sex", "^ if check (?=stop|semicolon|$)", _if_of_sex, "if"),
)
