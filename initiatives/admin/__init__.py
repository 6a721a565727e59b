"""Back office of this room. Importing it registers every model."""

from initiatives.admin import initiatives, programmes, proposals

__all__ = ["initiatives", "programmes", "proposals"]
