"""The versions that a record was read with, and a shortlist written with."""

from matcher import __version__
from matcher.export.shortlist import Versions
from matcher.reading import READER
from matcher.vocabulary import Vocabulary

WORDING = "1"
READ_WITH = f"reader {READER}, wording {WORDING}, vocabulary {Vocabulary.version}"
WRITTEN_WITH = Versions(__version__, Vocabulary.version, READER)
