"""Back office of this room. Importing it registers every model."""

from initiatives.admin import initiatives, programmes

__all__ = ["initiatives", "programmes"]
