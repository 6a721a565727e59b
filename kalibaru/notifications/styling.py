"""The rules of a mail's style sheet, written into each tag: many mail programs read no style sheet."""

from css_inline import CSSInliner

# What cannot stand in a tag (the dark colours) stays in the sheet; nothing is fetched from anywhere.
_inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def styled(html: str) -> str:
    """Return the same mail with its rules inside."""
    return _inliner.inline(html)
