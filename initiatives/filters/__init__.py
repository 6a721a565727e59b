"""Filters of this room's listings, shared by pages and exports."""
