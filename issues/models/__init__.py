"""Words of this room."""

from issues.models.forum import Forum
from issues.models.indicator import Indicator
from issues.models.issue import Fact, PriorityIssue, Stake
from issues.models.measurement import Breakdown, Measurement
from issues.models.need import Need

__all__ = ["Breakdown", "Fact", "Forum", "Indicator", "Measurement", "Need", "PriorityIssue", "Stake"]
