"""Words of this room."""

from initiatives.models.initiative import Initiative, Partner
from initiatives.models.matrix import Matrix, MatrixLayout
from initiatives.models.programme import Programme, ProgrammeLog, ProgrammeYear
from initiatives.models.programme_import import ImportLine, ProgrammeImport
from initiatives.models.proposal import (
    CoSponsor,
    ExpectedResult,
    Proposal,
    ProposalMessage,
)
from initiatives.models.work import Action, Lesson, Target, Update

__all__ = [
    "Action",
    "CoSponsor",
    "ExpectedResult",
    "ImportLine",
    "Initiative",
    "Lesson",
    "Matrix",
    "MatrixLayout",
    "Partner",
    "Programme",
    "ProgrammeImport",
    "ProgrammeLog",
    "ProgrammeYear",
    "Proposal",
    "ProposalMessage",
    "Target",
    "Update",
]
