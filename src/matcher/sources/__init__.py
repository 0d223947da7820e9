"""Trial pages and registry files → drafts of trial records, their eligibility text and every problem met."""

from matcher.sources.assemble import ReadCriterion, Reader, assemble, registry_criteria
from matcher.sources.importing import ImportReport, import_paths
from matcher.sources.kinds import KINDS, PageKind, read_source
from matcher.sources.values import Draft, Problem, Section, SourceReading

__all__ = [
    "KINDS",
    "Draft",
    "ImportReport",
    "PageKind",
    "Problem",
    "ReadCriterion",
    "Reader",
    "Section",
    "SourceReading",
    "assemble",
    "import_paths",
    "read_source",
    "registry_criteria",
]
