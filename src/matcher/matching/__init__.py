"""The matching room: check and patient make a verdict, trial and patient a match. It knows no text, file or screen."""

from matcher.matching.asking import ask_next
from matcher.matching.compiled import compiled, read_share
from matcher.matching.patient import Patient, prepare
from matcher.matching.trials import match, match_trial, ranked
from matcher.matching.verdicts import judge_check

__all__ = ["Patient", "ask_next", "compiled", "judge_check", "match", "match_trial", "prepare", "ranked", "read_share"]
