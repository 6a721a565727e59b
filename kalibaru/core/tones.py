"""How a word of state looks everywhere: tone (colour) and icon. The word itself always stands beside them."""

from django.utils.translation import gettext_lazy as _

DONE, WAITING, LATE, NEUTRAL, INFO = "done", "waiting", "late", "neutral", "info"

# A word means the same in every room, so one table serves all models.
_TONES = {
    DONE: (
        "accepted achieved active_member applied completed confirmed_by delivered done finished held met on_track "
        "approved published unchanged verified worked"
    ),
    WAITING: (
        "applying changed checking clarification invited partly_met paused pending pledged requested returned risk "
        "submitted under_review uploaded"
    ),
    LATE: "attention declined failed hidden overdue rejected suspended upheld wrong",
    INFO: "active checked confirmed info mitigation new open planned scheduled",
    NEUTRAL: "archived cancelled closed dismissed draft dropped left merged no_data replaced skipped withdrawn",
}
TONE_OF = {word: tone for tone, words in _TONES.items() for word in words.split()}

ICON_OF_TONE = {
    DONE: "check",
    WAITING: "clock",
    LATE: "alert",
    INFO: "dot",
    NEUTRAL: "circle",
}
_ICONS = {
    "active": "wave",
    "draft": "pencil",
    "paused": "pause",
    "planned": "calendar",
    "scheduled": "calendar",
    "clarification": "question",
    "cancelled": "cross",
    "closed": "cross",
    "declined": "cross",
    "rejected": "cross",
    "withdrawn": "cross",
    "verified": "badge",
}


def tone_of(word: str) -> str:
    """Return the tone of a state; an unknown word is neutral."""
    return TONE_OF.get(word, NEUTRAL)


def icon_of(word: str) -> str:
    """Return the icon of a state."""
    return _ICONS.get(word) or ICON_OF_TONE[tone_of(word)]


# The loop: key and label. Every page shows where on it it stands; the rooms register "loop:<key>" in `core.links`.
STATIONS = (
    ("problem", _("Masalah")),
    ("evidence", _("Bukti")),
    ("forum", _("Forum")),
    ("proposal", _("Usulan")),
    ("initiative", _("Inisiatif")),
    ("commitments", _("Janji dan aksi")),
    ("results", _("Hasil")),
    ("lessons", _("Pelajaran")),
)
