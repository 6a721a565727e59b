"""What a person confirmed about a sheet: where its headings are, what its columns mean, what holds for all rows."""

from dataclasses import asdict, dataclass, field
from typing import Any

from initiatives.imports.columns import Meaning, simplified
from initiatives.imports.heading import Heading, guess, heading_at, year_in_title
from initiatives.models import ProgrammeImport
from kalibaru.core.sheets.grid import Grid
from stakeholders.models import Organisation

# How many earlier imports of an organisation are asked what a heading meant.
REMEMBERED = 20


@dataclass
class Mapping:
    """The columns of one sheet.

    year, money, funding: what holds for figures without a year, amounts without a unit, and cells left empty.
    """

    sheet: str = ""
    first: int = 0
    last: int = 0
    labels: list[str] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    year: int | None = None
    money: int = 1
    funding: str = ""

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        columns = [
            {"label": label, **asdict(meaning)} for label, meaning in zip(self.labels, self.meanings, strict=True)
        ]
        plain = {name: getattr(self, name) for name in ("sheet", "first", "last", "year", "money", "funding")}
        return {**plain, "columns": columns}

    @classmethod
    def restored(cls, stored: dict[str, Any]) -> "Mapping":
        """Return what `stored` wrote."""
        columns = stored.get("columns", [])
        plain = {name: stored[name] for name in ("sheet", "first", "last", "year", "money", "funding")}
        meanings = [Meaning(column["key"], column["year"], column["money"]) for column in columns]
        return cls(labels=[column["label"] for column in columns], meanings=meanings, **plain)

    def heading(self, grid: Grid) -> Heading:
        """Return the headings of the sheet it was confirmed for."""
        return heading_at(grid, self.first, self.last)

    def keys(self) -> set[str]:
        """Return the fields that some column gives."""
        return {meaning.key for meaning in self.meanings if meaning.key}


def guessed(organisation: Organisation, grid: Grid, heading: Heading) -> Mapping:
    """Return the likely mapping of a sheet, with what the organisation confirmed before."""
    memory, settings = remembered(organisation)
    meanings = guess(heading, memory)
    units = {meaning.money for meaning in meanings if meaning.money}
    return Mapping(
        sheet=grid.name,
        first=heading.first,
        last=heading.last,
        labels=heading.labels,
        meanings=meanings,
        year=year_in_title(grid, heading),
        money=units.pop() if len(units) == 1 else 1,
        funding=settings.get("funding", ""),
    )


def remembered(organisation: Organisation) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """Return ({heading: meaning}, newest settings) of what the organisation confirmed, the newest import first."""
    confirmed = ProgrammeImport.objects.filter(organisation=organisation).exclude(mapping={})
    memory: dict[str, dict[str, Any]] = {}
    newest: dict[str, Any] = {}
    for stored in confirmed.order_by("-updated_at").values_list("mapping", flat=True)[:REMEMBERED]:
        newest = newest or stored
        for column in stored.get("columns", []):
            memory.setdefault(simplified(column["label"]), column)
    memory.pop("", None)
    return memory, newest
