"""What a column of a spreadsheet can mean, and how offices name it.

The synonyms come from the matrices of the regional action plan (RAD TPB); their exact layout is unconfirmed, so a
person confirms every guess, and what was confirmed is remembered for the organisation.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

TEXT, LOOKUP, FIGURE, MONEY, OTHER = "text", "lookup", "figure", "money", "other"


@dataclass(frozen=True)
class Field:
    """One meaning of a column. pattern: matches a heading, lower case, without year, semester and unit of money."""

    key: str
    label: Any
    kind: str
    pattern: str
    length: int = 200


# In the order in which they are tried: narrow words before wide ones.
FIELDS = (
    Field("hub_id", _("ID HUB"), OTHER, r"id hub"),
    Field("semester", _("Semester"), OTHER, r"(semester|smt)"),
    Field("year", _("Tahun"), OTHER, r"(tahun( anggaran)?|thn|ta)"),
    Field("sub_activity_code", _("Kode sub kegiatan"), TEXT, r"(?=.*\bkode\b).*\bsub ?(kegiatan)?\b.*", 40),
    Field("activity_code", _("Kode kegiatan"), TEXT, r"(?=.*\bkode\b)(?!.*\bprogram\b).*\bkegiatan\b.*", 40),
    Field("programme_code", _("Kode program"), TEXT, r"(?=.*\bkode\b)(?!.*\bkegiatan\b).*\bprogram\b.*", 40),
    Field("code", _("Kode (tingkat paling rinci)"), TEXT, r"(kode|kode rekening|no kode|kode .*program.*)", 40),
    Field("implementer", _("Pelaksana"), OTHER, r".*\b(instansi|opd|skpd|perangkat daerah|lembaga|pelaksana)\b.*"),
    Field("implementer", _("Pelaksana"), OTHER, r".*\b(penanggung jawab|unit kerja)\b.*"),
    Field("funding_source", _("Sumber pendanaan"), LOOKUP, r".*\bsumber\b.*\b(dana|pendanaan|anggaran|biaya)\b.*"),
    Field("spent", _("Terpakai"), MONEY, r".*\b(terpakai|serapan|penyerapan|belanja)\b.*"),
    Field("spent", _("Terpakai"), MONEY, r"(?=.*\brealisasi\b).*\b(anggaran|keuangan|dana|pagu|rp)\b.*"),
    Field("budget", _("Anggaran"), MONEY, r".*\b(anggaran|pagu|alokasi|biaya|dana)\b.*"),
    Field("log_note", _("Catatan kemajuan"), OTHER, r".*\bcatatan (kemajuan|program)\b.*", 4000),
    Field("log_on", _("Tanggal catatan"), OTHER, r".*\b(tanggal|tgl)\b.*"),
    Field("realisation", _("Realisasi"), FIGURE, r".*\b(realisasi|capaian)\b.*"),
    Field("target", _("Target"), FIGURE, r".*\btarget\b.*"),
    Field("sub_activity_name", _("Sub kegiatan"), TEXT, r".*\bsub ?kegiatan\b.*"),
    Field("unit", _("Satuan"), TEXT, r".*\bsatuan\b.*", 40),
    Field("output", _("Keluaran"), TEXT, r".*\b(output|keluaran|indikator|hasil)\b.*"),
    Field("activity_name", _("Kegiatan"), TEXT, r".*\b(kegiatan|aktivitas|rencana aksi)\b.*"),
    Field("programme_name", _("Program"), TEXT, r"(nama )?program(me)?( nama)?( pemerintah)?"),
    Field("areas", _("Wilayah"), LOOKUP, r".*\b(lokasi|wilayah|lokus)\b.*"),
    Field("issues", _("Masalah"), LOOKUP, r".*\b(masalah|isu)\b.*"),
    Field("sdg_goals", _("Tujuan SDG"), LOOKUP, r".*\b(tujuan|tpb|sdgs?)\b.*"),
    Field("note", _("Keterangan"), TEXT, r".*\b(keterangan|kendala|catatan|ket)\b.*", 300),
)
BY_KEY = {field.key: field for field in reversed(FIELDS)}
# What the first half of a year has of its own; the year's own figure counts to its end.
HALF_YEAR = {"realisation": "realisation_s1", "spent": "spent_s1"}
BY_KEY["realisation_s1"] = Field("realisation_s1", _("Realisasi s.d. semester I"), FIGURE, r"(?!)")
BY_KEY["spent_s1"] = Field("spent_s1", _("Terpakai s.d. semester I"), MONEY, r"(?!)")
# Keys in the order in which they are offered and told.
ORDER = (
    "programme_code", "programme_name", "activity_code", "activity_name", "sub_activity_code", "sub_activity_name",
    "code", "output", "unit", "target", "realisation_s1", "realisation", "budget", "spent_s1", "spent", "note",
    "funding_source", "issues", "areas", "sdg_goals", "implementer", "year", "semester", "log_on", "log_note", "hub_id",
)  # fmt: skip
YEARLY = ("target", "realisation", "realisation_s1", "budget", "spent", "spent_s1", "note")
NAMES = ("programme_name", "activity_name", "sub_activity_name")
CODES = ("sub_activity_code", "activity_code", "programme_code")
TEXTS = tuple(key for key in ORDER if BY_KEY[key].kind == TEXT and key not in ("note", "code"))
# Headings that carry what is derived or not kept here.
_SKIPPED = re.compile(
    r"(no|nomor|nomor urut|no urut|status|.*%.*|.*\bpersen(tase)?\b.*|.*\bindikator (tpb|sdgs?|tujuan)\b.*"
    r"|keadaan|sumber|contoh peragaan"
    r"|.*\bdata dasar\b.*|.*\bbaseline\b.*|.*\bsumber data\b.*|.*\bsisa\b.*|.*\bjumlah\b.*)"
)
MONEY_UNITS = {1: _("rupiah"), 10**3: _("ribu rupiah"), 10**6: _("juta rupiah"), 10**9: _("miliar rupiah")}
_UNIT_WORDS = {"ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6, "miliar": 10**9, "milyar": 10**9}


@dataclass(frozen=True)
class Meaning:
    """What a column means: a field, for a year where it is a figure of one."""

    key: str = ""
    year: int | None = None
    money: int | None = None


def simplified(label: str) -> str:
    """Return a heading in lower case, without marks; parts in brackets stay as words."""
    text = re.sub(r"[^\w%]+", " ", label.casefold().replace("_", " "))
    return " ".join(text.split())


def meaning_of(label: str) -> Meaning:
    """Return the likely meaning of a heading; an empty key for one that nobody can guess."""
    text = simplified(label)
    years = re.findall(r"\b(20\d\d)\b", text)
    year = int(years[-1]) if len(set(years)) == 1 else None
    half = re.search(r"\b(?:semester|smt|sem)\s?(1|2|i|ii)\b", text)
    words = re.search(r"\b(ribu|rb|juta|jt|miliar|milyar)\b", text)
    bare = re.sub(
        r"\b20\d\d\b|\b(dalam )?(rp|rupiah|ribu|rb|juta|jt|miliar|milyar)\b|\bs d\b|\btahun ke \d\b", " ", text
    )
    if half:
        bare = bare.replace(half[0], " ")
    bare = " ".join(bare.split())
    key = _key(bare) or (_key(text) if not years and not half else "")
    if key in HALF_YEAR and half and half[1] in ("1", "i"):
        key = HALF_YEAR[key]
    money = _UNIT_WORDS[words[1]] if words and key and BY_KEY[key].kind == MONEY else None
    return Meaning(key, year if key in YEARLY else None, money)


def _key(text: str) -> str:
    if not text or _SKIPPED.fullmatch(text):
        return ""
    return next((field.key for field in FIELDS if re.fullmatch(field.pattern, text)), "")
