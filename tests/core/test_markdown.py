"""Text that people write cannot carry script, style or pictures."""

import pytest

from kalibaru.core.markdown import render_markdown


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://pelacak.example/a.png)",
        '<a href="data:text/html,x">x</a>',
        "<style>body{display:none}</style>",
    ],
)
def test_nothing_dangerous_survives(typed):
    html = render_markdown(typed)
    for bad in ("<script", '<a href="javascript:', "<img", "<style", '<a href="data:'):
        assert bad not in html


def test_headings_keep_the_outline_of_the_page():
    assert "<h3>" in render_markdown("# Judul")


def test_links_do_not_leak_where_the_reader_came_from():
    assert 'rel="noopener noreferrer"' in render_markdown("[sumber](https://bappeda.jakarta.go.id/)")
