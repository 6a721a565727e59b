"""Pages of proposals: reading, writing, and the deeds of sponsors and reviewers."""
