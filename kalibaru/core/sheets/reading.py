"""Numbers, money, days, years and semesters as they stand in Indonesian spreadsheets.

Nothing is believed silently: a reading says whether the cell could also be read otherwise (`sure`), so that it can be
shown back to the person before anything is written.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kalibaru.core.sheets.grid import HOLLOW, Percent
from kalibaru.core.wording import day as in_words

FIRST_YEAR, LAST_YEAR = 2000, 2100
_MOST_MONEY, _MOST_QUANTITY = Decimal(10) ** 15, Decimal(10) ** 13
_CENT = Decimal("0.01")
_NOTHING = frozenset({"", "-", "–", "—", "--", "n/a", "na", "n.a.", "tba", "tbd", "belum ada", "belum ada data", "?"})
_POWERS = {
    "ribu": 3, "rb": 3, "juta": 6, "jt": 6, "miliar": 9, "milyar": 9, "triliun": 12, "trilyun": 12,
    "million": 6, "billion": 9,
}  # fmt: skip
# "M" is miliar to an office and million to a bank: read as miliar, and shown.
_SHORT_POWERS = {"m": 9, "t": 12}
_NUMBER = re.compile(r"([+-]?)(\d[\d.,]*?)(?:,-+|\.-)?\s*([^\W\d_][^\d]*|%[^\d]*)?")
_CURRENCY = re.compile(r"^(?:rp|idr)\.?\s*", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january",
            "februari feb february pebruari",
            "maret mar march mrt",
            "april apr",
            "mei may",
            "juni jun june",
            "juli jul july",
            "agustus agu ags agt aug august agust",
            "september sep sept",
            "oktober okt oct october",
            "november nov nop nopember",
            "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_FAILED = re.compile(r"#(REF|N/A|NAME|VALUE|DIV/0|NUM|NULL|SPILL|CALC)[!?]?")
_EXCEL_BIRTH = date(1899, 12, 30)


class Unreadable(ValueError):
    """A cell that cannot be what its column says; `words` tell the person why."""

    def __init__(self, words: str | Promise):
        super().__init__(words)
        self.words = words


@dataclass(frozen=True)
class Reading:
    """What a cell says. sure: it can be read in one way only. unit: words that stood behind the number."""

    value: Any
    sure: bool = True
    unit: str = ""


EMPTY = Reading(None)


def plain_text(cell: Any) -> str:
    """Return a cell as one clean line of text; numbers as people would write them, without idle decimals."""
    if cell is None or cell is HOLLOW:
        return ""
    if isinstance(cell, Percent):
        return f"{cell.value.normalize():f}%"
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)).normalize():f}"
    if isinstance(cell, datetime | date):
        return in_words(_as_day(cell))
    text = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in str(cell))
    text = " ".join(text.split())
    # Our own exports put an apostrophe before what a spreadsheet would take for a formula.
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@" else text


def refuse_broken(cell: Any) -> None:
    """Raise Unreadable for a formula that nobody has computed, and for one that failed."""
    if cell is HOLLOW:
        raise Unreadable(
            _("Sel ini berisi rumus yang belum dihitung. Buka berkasnya di Excel, simpan, lalu kirim lagi.")
        )
    if isinstance(cell, str) and _FAILED.fullmatch(cell.strip()):
        raise Unreadable(_("Rumus di sel ini gagal (%(error)s).") % {"error": cell.strip()[:12]})


def read_quantity(cell: Any) -> Reading:
    """Return a quantity, two decimals at most: 1.500.000,5 · 12,5% · 1,5 juta · 100 orang (the unit is returned)."""
    number = _plain_number(cell)
    if number is not None:
        return Reading(_bounded(number, _MOST_QUANTITY), unit="%" if isinstance(cell, Percent) else "")
    text = plain_text(cell)
    if text.casefold() in _NOTHING:
        return EMPTY
    sign, digits, tail = _parts(text, _("Tulis angkanya saja, misalnya 1.500 atau 12,5."))
    words = tail.split(maxsplit=1)
    power = _POWERS.get(words[0].casefold().rstrip("."), 0) if words else 0
    value, sure = _decimal(digits, comma_groups=False, spoken=bool(power))
    unit = (words[1] if len(words) > 1 else "") if power else tail
    return Reading(_bounded(_signed(sign, value) * 10**power, _MOST_QUANTITY), sure, unit)


def read_money(cell: Any, *, unit: int = 1) -> Reading:
    """Return rupiah: Rp 1.500.000,00 · Rp 2,5 miliar · 1500000. `unit`: what one stands for in this column.

    A word in the cell itself (juta, miliar) comes before the unit of the column.
    """
    number = _plain_number(cell)
    if isinstance(cell, Percent):
        raise Unreadable(_("Ini persen, bukan rupiah."))
    if number is not None:
        return Reading(_bounded(number * unit, _MOST_MONEY))
    text = plain_text(cell)
    if text.casefold() in _NOTHING or _CURRENCY.sub("", text) in ("-", "–", "—"):
        return EMPTY
    hint = _("Tulis jumlah rupiah, misalnya 1.500.000 atau Rp 2,5 miliar.")
    sign, digits, tail = _parts(_CURRENCY.sub("", text), hint)
    word = tail.casefold().removesuffix("rupiah").strip(" .")
    power = _POWERS.get(word) or _SHORT_POWERS.get(word) or 0
    if word and not power:
        raise Unreadable(hint)
    value, sure = _decimal(digits, comma_groups=True, spoken=bool(power))
    factor = Decimal(10) ** power if power else Decimal(unit)
    # Rp in full digits under a heading that says "juta" may mean either.
    named = unit != 1 and not power and bool(_CURRENCY.match(text))
    return Reading(
        _bounded(_signed(sign, value) * factor, _MOST_MONEY), sure and word not in _SHORT_POWERS and not named
    )


def read_day(cell: Any) -> Reading:
    """Return a day, the day first as people here write it: 06/02/2024 is 6 February 2024."""
    if isinstance(cell, date):
        return Reading(_checked_day(_as_day(cell)))
    number = _plain_number(cell)
    if number is not None:
        # A date whose cell lost its format is a number of days.
        if not 36_526 <= number <= 73_050:
            raise Unreadable(_NO_DAY)
        return Reading(_EXCEL_BIRTH + timedelta(days=int(number)), sure=False)
    text = plain_text(cell).casefold()
    if text in _NOTHING:
        return EMPTY
    text = re.sub(r"^(senin|selasa|rabu|kamis|jum.?at|sabtu|minggu|ahad)\s*,?\s*", "", text)
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t].*)?", text):
        return Reading(_made_day(*map(int, found.groups())))
    if found := re.fullmatch(r"(\d{1,2})\s*[/.\-\s]\s*([^\W\d_]+|\d{1,2})\.?\s*[/.\-\s,]\s*(\d{4}|\d{2})", text):
        day, month, year = found.groups()
        number_of = int(month) if month.isascii() and month.isdigit() else _MONTHS.get(month, 0)
        return Reading(_made_day(_century(year), number_of, int(day)), sure=len(year) == 4)
    raise Unreadable(_NO_DAY)


def read_year(cell: Any) -> Reading:
    """Return a year between 2000 and 2100: 2024 · TA 2024 · the year of a date."""
    if isinstance(cell, date):
        return Reading(_checked_year(cell.year))
    number = _plain_number(cell)
    if number is not None and not isinstance(cell, Percent):
        if number != number.to_integral_value():
            raise Unreadable(_NO_YEAR)
        return Reading(_checked_year(int(number)))
    text = plain_text(cell)
    if text.casefold() in _NOTHING:
        return EMPTY
    found = re.findall(r"(?<!\d)\d{4}(?!\d)", text, re.ASCII)
    if len(set(found)) == 1 and not re.search(r"\d", text.replace(found[0], "")):
        return Reading(_checked_year(int(found[0])))
    return Reading(_checked_year(read_day(cell).value.year)) if "/" in text else _refuse(_NO_YEAR)


def read_semester(cell: Any) -> Reading:
    """Return 1 or 2: Semester I · Smt 2 · S1 · II."""
    text = plain_text(cell).casefold()
    if text in _NOTHING:
        return EMPTY
    found = re.fullmatch(r"(?:s|smt|sem|smst|semester)?[\s.\-]*(1|2|i|ii|satu|dua|pertama|kedua)\b.*", text)
    if not found:
        raise Unreadable(_("Tulis semester 1 atau 2."))
    return Reading(2 if found[1] in ("2", "ii", "dua", "kedua") else 1)


_NO_DAY = _("Tulis tanggal, misalnya 06/02/2024 atau 6 Februari 2024.")
_NO_YEAR = _("Tulis satu tahun antara 2000 dan 2100.")


def _refuse(words: str | Promise) -> Reading:
    raise Unreadable(words)


def _plain_number(cell: Any) -> Decimal | None:
    """Return the number of a cell that holds one; text is None; what holds something else is refused."""
    refuse_broken(cell)
    if isinstance(cell, Percent):
        return cell.value
    if isinstance(cell, bool):
        raise Unreadable(_("Sel ini berisi ya atau tidak, bukan angka."))
    if isinstance(cell, date):
        raise Unreadable(_("Sel ini berisi tanggal (%(day)s), bukan angka.") % {"day": in_words(_as_day(cell))})
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(cell))
    return None


def _parts(text: str, hint: str | Promise) -> tuple[str, str, str]:
    """Return sign, digits and the words behind them."""
    if re.fullmatch(r"\(.*\d.*\)", text):
        text = "-" + text[1:-1]
    # 1 500 000: spaces between groups of three, ordinary or narrow (already made ordinary).
    while (closed := re.sub(r"^([+-]?\d{1,3}(?:\d{3})*) (\d{3})(?!\d)", r"\1\2", text)) != text:
        text = closed
    found = _NUMBER.fullmatch(text)
    if not found or not found[2].isascii():
        raise Unreadable(hint)
    return found[1], found[2], (found[3] or "").strip()


def _decimal(digits: str, *, comma_groups: bool, spoken: bool) -> tuple[Decimal, bool]:
    """Return (number, sure). The comma is decimal and the point groups, unless where they stand says otherwise.

    comma_groups: "1,500" is read as 1500 (nobody writes a thousandth of a rupiah); spoken: a word like "juta" follows.
    """
    digits = digits.rstrip(".,")
    marks = set(digits) & {".", ","}
    if not marks:
        return Decimal(digits), True
    last = max(digits.rfind("."), digits.rfind(","))
    mark, tail, head = digits[last], digits[last + 1 :], digits[:last]
    if len(marks) == 2:
        return Decimal(f"{_ungrouped(head, '.' if mark == ',' else ',')}.{tail}"), True
    if digits.count(mark) > 1:
        return Decimal(_ungrouped(digits, mark)), True
    could_group = len(tail) == 3 and head != "0" and len(head) <= 3
    if not could_group:
        return Decimal(f"{head}.{tail}"), True
    if mark == "." and not spoken:
        return Decimal(head + tail), True
    grouped = mark == "." or (comma_groups and not spoken)
    return Decimal(head + tail) if grouped else Decimal(f"{head}.{tail}"), False


def _ungrouped(digits: str, mark: str) -> str:
    """Return digits without separators; groups that are not of three are a typing error."""
    if not re.fullmatch(rf"\d{{1,3}}(?:{re.escape(mark)}\d{{3}})+|\d+", digits, re.ASCII):
        raise Unreadable(_("Titik atau koma di angka ini tidak pada tempatnya."))
    return digits.replace(mark, "")


def _signed(sign: str, value: Decimal) -> Decimal:
    return -value if sign == "-" else value


def _bounded(value: Decimal, most: Decimal) -> Decimal:
    if value < 0:
        raise Unreadable(_("Angkanya tidak boleh kurang dari nol."))
    if value >= most:
        raise Unreadable(_("Angkanya terlalu besar."))
    return value.quantize(_CENT, ROUND_HALF_UP)


def _as_day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _made_day(year: int, month: int, day: int) -> date:
    try:
        return _checked_day(date(year, month, day))
    except ValueError:
        raise Unreadable(_NO_DAY) from None


def _checked_day(day: date) -> date:
    _checked_year(day.year)
    return day


def _checked_year(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Unreadable(_NO_YEAR)
    return year
