"""Ranks clinical trials for an anonymised patient, offline, with a reason for every criterion."""

__version__ = "0.1.0"
