"""Words of this room."""

from initiatives.models.initiative import (
    Action,
    Initiative,
    Lesson,
    Partner,
    Target,
    Update,
)
from initiatives.models.programme import Programme, ProgrammeLog, ProgrammeYear
from initiatives.models.proposal import (
    CoSponsor,
    ExpectedResult,
    Proposal,
    ProposalMessage,
)

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
