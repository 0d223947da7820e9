"""The reading room: eligibility text → criteria → checks. It knows no patient, file or screen."""

from matcher.reading.eligibility import ReadCriterion, read_criterion, read_eligibility
from matcher.reading.reader import Reader
from matcher.reading.version import READER

__all__ = ["READER", "ReadCriterion", "Reader", "read_criterion", "read_eligibility"]
