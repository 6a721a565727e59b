"""Words of this room."""

from initiatives.models.initiative import Initiative, Partner
from initiatives.models.programme import Programme, ProgrammeLog, ProgrammeYear
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
    "Initiative",
    "Lesson",
    "Partner",
    "Programme",
    "ProgrammeLog",
    "ProgrammeYear",
    "Proposal",
    "ProposalMessage",
    "Target",
    "Update",
]
