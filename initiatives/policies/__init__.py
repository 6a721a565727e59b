"""Who may, in this room. Importing it registers every permission."""

from initiatives.policies import initiatives, programmes, proposals

__all__ = ["initiatives", "programmes", "proposals"]
