"""Organisations, their people, and the history of their verification."""

from stakeholders.models.membership import Membership, Verification
from stakeholders.models.organisation import FormerSlug, Organisation, Platform

__all__ = ["FormerSlug", "Membership", "Organisation", "Platform", "Verification"]
