"""Who may, in this room. Importing it registers every permission."""

from initiatives.policies import imports, initiatives, programmes, proposals

__all__ = ["imports", "initiatives", "programmes", "proposals"]
