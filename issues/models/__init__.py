"""Words of this room."""

from issues.models.forum import Forum
from issues.models.issue import Fact, Indicator, PriorityIssue, Stake
from issues.models.need import Need

__all__ = ["Fact", "Forum", "Indicator", "Need", "PriorityIssue", "Stake"]
