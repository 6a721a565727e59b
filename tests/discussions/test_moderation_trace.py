"""Every decision about a comment stands on the internal timeline of its subject."""

import pytest

from kalibaru.discussions.services import add_comment, dismiss_report, hide_comment, report_comment, unhide_comment
from kalibaru.notifications.timeline import timeline
from tests.factories import InitiativeFactory

pytestmark = pytest.mark.django_db


def test_dismissing_hiding_and_showing_again_are_on_the_internal_timeline(rina, yusuf, maya):
    initiative = InitiativeFactory()
    comment = add_comment(initiative, body="Contoh komentar", actor=rina)
    dismiss_report(report_comment(comment, actor=yusuf, reason="other"), actor=maya)
    hide_comment(comment, actor=maya, reason="Contoh alasan")
    unhide_comment(comment, actor=maya)
    labels = [entry.label for entry in timeline(initiative, maya)]
    assert labels[:3] == ["Komentar ditampilkan lagi", "Komentar disembunyikan", "Laporan tidak diterima"]
    assert not timeline(initiative, rina)
