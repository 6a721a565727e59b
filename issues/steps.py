"""The next step that this room offers on the page of a problem, when no upper room offers one."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from issues.models import PriorityIssue
from issues.panels import Step
from kalibaru.core.access import may


def first_step(issue: PriorityIssue, user: Any, following: bool) -> Step | None:
    """What a resident, a member without an offer of an upper room, or the secretariat can do."""
    if may(user, "issues.manage_needs", issue):
        return Step(
            _("Ada bantuan yang dibutuhkan?"),
            _("Catat kebutuhannya, supaya mitra tahu ke mana harus menolong."),
            reverse("issues:new_need", args=[issue.slug]),
            _("Catat kebutuhan"),
        )
    if user.is_authenticated and following:
        return Step(
            _("Tahu keadaan di lapangan?"),
            _("Ceritakan apa yang Anda lihat. Pengelola dan mitra membacanya."),
            "#komentar",
            _("Tulis komentar"),
        )
    return None
