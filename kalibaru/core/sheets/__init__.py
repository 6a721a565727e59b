"""Spreadsheets that people bring: read safely, in Indonesian forms, and handed back with what is wrong marked."""
