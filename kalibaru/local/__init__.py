"""The local profile: every server a portal needs, started from wheels, and what only a demonstration may have.

Nothing here is installed in production, and no room imports it.
"""
