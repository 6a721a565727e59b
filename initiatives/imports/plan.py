"""Compare a sheet with the portal: what is new, what would change, what is wrong. Nothing is written here."""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.imports.columns import BY_KEY, CODES, ORDER, TEXTS
from initiatives.imports.lines import Note, Told
from initiatives.imports.shown import shown
from initiatives.models import ImportLine, Programme, ProgrammeLog
from stakeholders.models import Organisation

Verdict = ImportLine.Verdict
_SINGLE = (*TEXTS, "funding_source", "sdg_goals")
_LISTS = ("issues", "areas")
_REQUIRED = ("programme_name", "activity_name", "output", "unit", "funding_source")
Change = tuple[str, int | None, Any, Any]


@dataclass
class Target:
    """A programme with what the sheet would write to it. programme: None for a new one; number: its first row."""

    number: int
    programme: Programme | None
    values: dict[str, Any] = field(default_factory=dict)
    years: dict[int, dict[str, Any]] = field(default_factory=dict)
    logs: list[tuple[date, str]] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)
    seen: dict[tuple[int, int | None], int] = field(default_factory=dict)


@dataclass
class Line:
    """What one row would do."""

    number: int
    verdict: str
    code: str = ""
    title: str = ""
    changes: list[Change] = field(default_factory=list)
    faults: list[Note] = field(default_factory=list)
    doubts: list[Note] = field(default_factory=list)

    def stored(self, **fields: Any) -> ImportLine:
        """Return it as a row for the page."""
        changes = [
            [_label(key, get_language()) + (f" {year}" if year else ""), shown(key, before), shown(key, after)]
            for key, year, before, after in self.changes
        ]
        return ImportLine(
            number=self.number,
            verdict=self.verdict,
            code=self.code[:40],
            title=self.title[:200],
            changes=changes,
            faults=self.faults,
            doubts=self.doubts,
            **fields,
        )


@dataclass
class Plan:
    """All rows, and what they would write."""

    lines: list[Line] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many rows of each verdict, how many doubts, and how many programmes are concerned."""
        counts = dict.fromkeys(Verdict.values, 0)
        for line in self.lines:
            counts[line.verdict] += 1
        counts["doubts"] = sum(bool(line.doubts) for line in self.lines)
        counts["new_programmes"] = sum(target.programme is None for target in self.targets)
        counts["changed_programmes"] = sum(
            target.programme is not None and bool(target.values or target.years or target.logs)
            for target in self.targets
        )
        return counts

    @property
    def digest(self) -> str:
        """Return a fingerprint of what would be written, the same in every language."""
        told = [
            (line.number, line.verdict, [(key, year, _fixed(a), _fixed(b)) for key, year, a, b in line.changes])
            for line in self.lines
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _fixed(value: Any) -> Any:
    if isinstance(value, list):
        return [str(getattr(one, "pk", one)) for one in value]
    return None if value is None else str(value)


def make_plan(
    told: Iterable[Told], organisation: Organisation, *, funding: str, progress: Callable[[int], None]
) -> Plan:
    """Return what the rows would do to the organisation's programmes; `progress(n)` hears of every row."""
    planner = _Planner(organisation, funding)
    plan = Plan()
    for row in told:
        plan.lines.append(planner.line(row))
        progress(row.number)
    plan.targets = list(planner.targets.values())
    return plan


class _Planner:
    """Holds the portal's side: every programme of the organisation with its years and links, in five queries."""

    def __init__(self, organisation: Organisation, funding: str):
        self.funding = funding
        rows = Programme.objects.filter(organisation=organisation).defer("search")
        rows = rows.prefetch_related("years", "issues", "areas").order_by("created_at", "id")
        self.by_id = {row.pk: row for row in rows}
        self.by_code: dict[str, list[Programme]] = {}
        for row in self.by_id.values():
            self.by_code.setdefault(_code_of(row).casefold(), []).append(row)
        self.by_code.pop("", None)
        self.years = {pk: {year.year: year for year in row.years.all()} for pk, row in self.by_id.items()}
        logs = ProgrammeLog.objects.filter(programme__organisation=organisation)
        self.logs = set(logs.values_list("programme_id", "on", "note"))
        self.targets: dict[UUID | str, Target] = {}

    def line(self, told: Told) -> Line:
        """Return what one row would do; a wrong one leaves no trace among the targets' values."""
        line = Line(told.number, Verdict.SKIPPED, told.own_code, told.values.get("sub_activity_name") or "")
        line.title = line.title or told.values.get("activity_name") or told.values.get("programme_name") or ""
        line.doubts = told.doubts
        if told.skipped:
            line.faults = [(None, "", told.skipped)]
            return line
        target = self._target(told)
        if target is not None:
            self._repeats(told, target)
            if target.programme is not None:
                line.title = line.title or target.programme.title
        if target is None or told.faults:
            line.verdict, line.faults = Verdict.WRONG, told.faults
            return line
        fresh = target.programme is None and target.number == told.number
        self._compare(told, target, line)
        self._compare_years(told, target, line)
        self._compare_log(told, target, line)
        if told.faults:
            line.verdict, line.faults = Verdict.WRONG, told.faults
        else:
            line.verdict = Verdict.NEW if fresh else Verdict.CHANGED if line.changes else Verdict.UNCHANGED
        return line

    def _target(self, told: Told) -> Target | None:
        """Return the programme a row is about: by the portal's own ID, else by its code."""
        identifier, code = told.values.get("hub_id"), told.own_code.casefold()
        programme: Programme | None = None
        if identifier is not None:
            programme = self.by_id.get(identifier)
            if programme is None:
                told.fault("hub_id", _("ID HUB ini bukan milik program instansi Anda. Kosongkan untuk program baru."))
                return None
        elif not code:
            told.fault("sub_activity_code", _("Kodenya kosong. Tanpa kode, baris ini tidak bisa dikenali lagi."))
            return None
        else:
            alike = self.by_code.get(code, [])
            if len(alike) > 1:
                output = str(told.values.get("output", "")).casefold()
                alike = [row for row in alike if row.output.casefold() == output]
            if not alike and code in self.by_code:
                told.fault(
                    "sub_activity_code", _("Kode ini dipakai beberapa program. Isi kolom ID HUB dari berkas unduhan.")
                )
                return None
            programme = alike[0] if alike else None
            if len(alike) > 1:
                told.fault(
                    "sub_activity_code", _("Kode ini dipakai beberapa program. Isi kolom ID HUB dari berkas unduhan.")
                )
                return None
        key = programme.pk if programme else code
        return self.targets.setdefault(key, Target(told.number, programme))

    def _repeats(self, told: Told, target: Target) -> None:
        """A code has one row a year (a semester); what repeats the programme's words must repeat them all."""
        for year in told.figures or {0: {}}:
            before = target.seen.setdefault((year, told.semester), told.number)
            if before != told.number:
                words = _("Kode dan tahun ini sudah ada di baris %(row)s.") % {"row": before}
                key = next((key for key in CODES if told.values.get(key)), "sub_activity_code")
                told.fault(key, words)
                return
        for key in (*_SINGLE, *_LISTS):
            if key in told.values and key in target.told and _fixed(told.values[key]) != _fixed(target.told[key]):
                told.fault(
                    key, _("Isinya berbeda dari baris %(row)s untuk program yang sama.") % {"row": target.number}
                )
            elif key in told.values:
                target.told.setdefault(key, told.values[key])

    def _compare(self, told: Told, target: Target, line: Line) -> None:
        programme = target.programme
        values = {key: told.values[key] for key in (*_SINGLE, *_LISTS) if key in told.values}
        if programme is None and target.number == told.number:
            if self.funding:
                values.setdefault("funding_source", self.funding)
            for key in _REQUIRED:
                if not values.get(key):
                    told.fault(key, _("Wajib diisi untuk program baru."))
        if programme is not None:
            # A column of mere codes recognises a programme; at which of its levels the code stands, it does not say.
            values.pop(told.guessed_level, None)
        for key in sorted(values, key=ORDER.index):
            before = target.values.get(key) if programme is None else _present(programme, key)
            if _sorted(before) != _sorted(values[key]):
                line.changes.append((key, None, before, values[key]))
                target.values[key] = values[key]

    def _compare_years(self, told: Told, target: Target, line: Line) -> None:
        known = self.years.get(target.programme.pk, {}) if target.programme else {}
        for year, figures in sorted(told.figures.items()):
            for key in sorted(figures, key=ORDER.index):
                before = target.years.get(year, {}).get(key, getattr(known.get(year), key, None))
                if before in (None, "") or before != figures[key]:
                    line.changes.append((key, year, before, figures[key]))
                    target.years.setdefault(year, {})[key] = figures[key]

    def _compare_log(self, told: Told, target: Target, line: Line) -> None:
        if told.log is None:
            return
        programme = target.programme
        if programme is None or programme.state != Programme.State.PUBLISHED:
            told.fault("log_note", _("Catatan hanya bisa ditulis untuk program yang sudah terbit dan belum selesai."))
        elif (programme.pk, *told.log) not in self.logs:
            self.logs.add((programme.pk, *told.log))
            line.changes.append(("log_note", None, None, f"{shown('log_on', told.log[0])}: {told.log[1]}"))
            target.logs.append(told.log)


@cache
def _label(key: str, _language: str) -> str:
    """Return the name of a field, translated once a language: a sheet asks for it a hundred thousand times."""
    return str(BY_KEY[key].label)


def _present(programme: Programme, key: str) -> Any:
    return list(getattr(programme, key).all()) if key in _LISTS else getattr(programme, key)


def _sorted(value: Any) -> Any:
    """Return a value in which the order of a list counts for nothing."""
    return sorted(map(str, _fixed(value))) if isinstance(value, list) else value


def _code_of(programme: Programme) -> str:
    return next((value for key in CODES if (value := getattr(programme, key))), "")
