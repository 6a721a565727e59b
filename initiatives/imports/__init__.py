"""Programmes out of spreadsheets: what columns mean, what rows say, what would change, and the writing of it."""
