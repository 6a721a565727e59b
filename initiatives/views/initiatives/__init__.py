"""Pages of joint initiatives: listing, detail, what the lead edits, and the work itself."""
