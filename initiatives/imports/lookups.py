"""Words of a sheet that stand for rows and choices of the portal: problems, areas, goals, funding, the organisation."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from initiatives.imports.columns import simplified
from initiatives.models import Programme
from issues.models import PriorityIssue
from kalibaru.core.sdg import Goal
from kalibaru.core.sheets.reading import Unreadable
from kalibaru.places.models import Area
from stakeholders.models import Organisation

_FUNDING = (
    ("apbn", r"\bapbn\b"),
    ("apbd", r"\bapbd\b"),
    ("csr", r"\b(csr|tjsl|tjslp|pkbl)\b"),
    ("grant", r"\bhibah\b"),
    ("self", r"\bswadaya\b"),
    ("other", r"\b(lain|lainnya|lain lain)\b"),
)


class Lookups:
    """Reads the names once; each cell is then found without a query."""

    def __init__(self, organisation: Organisation):
        self.names = {simplified(name) for name in (organisation.name, organisation.acronym) if name}
        self.issues = {}
        for issue in PriorityIssue.objects.published().only("title", "slug"):
            self.issues |= {simplified(issue.title): issue, simplified(issue.slug): issue}
        self.areas: dict[str, Area] = {}
        # Where a kecamatan and its kelurahan share a name, the narrower one is meant.
        for area in Area.objects.choosable().only("name", "code", "level"):
            self.areas |= {simplified(area.name): area, simplified(area.code): area, simplified(str(area)): area}
        self.finders: dict[str, Callable[[str], Any]] = {
            "issues": lambda text: self._rows(text, self.issues, _("Masalah “%(name)s” tidak dikenal.")),
            "areas": lambda text: self._rows(text, self.areas, _("Wilayah “%(name)s” tidak dikenal.")),
            "sdg_goals": _goals,
            "funding_source": _funding,
            "hub_id": _identifier,
        }

    def find(self, key: str, text: str) -> Any:
        """Return what a text means for a field; Unreadable if it names nothing known."""
        finder = self.finders.get(key)
        return finder(text) if finder else text

    def is_own(self, text: str) -> bool:
        """Return whether a name of an implementer is the organisation's own, or holds it."""
        name = simplified(text)
        return any(name == own or f" {own} " in f" {name} " or f" {name} " in f" {own} " for own in self.names)

    def name_of(self, area: Area) -> str:
        """Return the name under which an area is found again: its own, or its code where two share a name."""
        return str(area) if self.areas.get(simplified(str(area))) == area else area.code

    def _rows(self, text: str, known: dict[str, Any], words: str) -> list[Any]:
        found = {}
        # A title may hold a comma, so commas divide only what is not known as a whole.
        for part in (part for part in re.split(r"[;\n]", text) if part.strip()):
            names = [part] if simplified(part) in known else part.split(",")
            for name in filter(None, map(str.strip, names)):
                row = known.get(simplified(name))
                if row is None:
                    raise Unreadable(words % {"name": name[:60]})
                found[row.pk] = row
        return list(found.values())


def _goals(text: str) -> list[int]:
    parts = [part.strip() for part in re.split(r"[;,\n]|\bdan\b", text)]
    # "11. Kota dan Permukiman": words of a name are passed over, numbers count.
    numbers = {
        int(found[1]) for part in parts if (found := re.match(r"(?:tujuan|tpb|sdgs?)?\s*(\d{1,2})\b", part, re.I))
    }
    if not numbers or not numbers <= set(Goal.values):
        raise Unreadable(_("Tulis nomor tujuan SDG antara 1 dan 17, misalnya 6; 11."))
    return sorted(numbers)


def _funding(text: str) -> str:
    words = simplified(text)
    for value, pattern in _FUNDING:
        if re.search(pattern, words):
            return value
    known = ", ".join(str(label) for label in Programme.FundingSource.labels)
    raise Unreadable(_("Sumber pendanaan tidak dikenal. Tulis salah satu: %(known)s.") % {"known": known})


def _identifier(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Unreadable(_("ID HUB ini tidak lengkap. Salin dari berkas yang diunduh, atau kosongkan.")) from None
