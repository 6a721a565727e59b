"""Pages about organisations, by what a person comes to do."""
