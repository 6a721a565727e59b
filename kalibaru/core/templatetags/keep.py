"""`{% keep %}`: render once what only depends on the language and on the values named.

The module is a template builtin: no `{% load %}` needed.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterable
from typing import Any

from django import template
from django.db.models import Model
from django.urls import get_urlconf
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

MOST_KEPT = 512


class KeepNode(template.Node):
    """Holds what it has rendered in the memory of this process; the one kept longest ago makes room."""

    def __init__(self, values: list[template.base.FilterExpression], nodelist: template.NodeList):
        self.values, self.nodelist = values, nodelist
        self._kept: OrderedDict[Hashable, SafeString] = OrderedDict()

    def render(self, context: template.Context) -> SafeString:
        """Return what was rendered for these values, rendering it the first time."""
        key = (get_language(), get_urlconf(), *(value.resolve(context) for value in self.values))
        try:
            kept = self._kept.get(key)
        except TypeError:  # a value that is no key, such as an example row of the style guide: render it anew
            return self.nodelist.render(context)
        if kept is None:
            kept = self._kept[key] = self.nodelist.render(context)
            if len(self._kept) > MOST_KEPT:
                self._make_room()
        return kept

    def _make_room(self) -> None:
        try:
            self._kept.popitem(last=False)
        except KeyError:
            return  # Another thread was faster.


@register.filter
def columns(rows: Model | Iterable[Model] | None) -> tuple[Any, ...]:
    """Return all that was read of a row, or of each of several: `{% keep issue|columns %}`.

    Rows behind a foreign key or a list are not part of it: name those that are shown as well.
    """
    if rows is None:
        return ()
    if isinstance(rows, Model):
        return type(rows), *(
            tuple(value) if isinstance(value, list) else value
            for name, value in rows.__dict__.items()
            if not name.startswith("_")
        )
    return tuple(columns(row) for row in rows)


@register.tag
def keep(parser: template.base.Parser, token: template.base.Token) -> KeepNode:
    """`{% keep card.key %}…{% endkeep %}`: the values must hold everything shown inside, other than the language.

    So nothing kept is ever out of date: what has changed has another key. No personal data inside, no form token,
    no words about time ("5 minutes ago"), and no variables set for use after it.
    """
    values = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(values, nodelist)
