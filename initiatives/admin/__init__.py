"""Back office of this room. Importing it registers every model."""

from initiatives.admin import imports, initiatives, programmes, proposals

__all__ = ["imports", "initiatives", "programmes", "proposals"]
