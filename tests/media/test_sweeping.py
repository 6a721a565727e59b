"""Files that nobody points to are swept away after a day, and nothing else ever is."""

import os
import threading
from datetime import timedelta

import pytest
from django.conf import settings as live
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from kalibaru.media.models import Attachment, Photo
from kalibaru.media.services import keep_attachment, keep_photo
from kalibaru.media.sweeping import _removed, sweep
from tests.factories import InitiativeFactory, ProposalFactory, UserFactory
from tests.media.files import pdf, picture

pytestmark = pytest.mark.django_db
TOMORROW = timedelta(days=1, minutes=5)


def later(**options):
    """Sweep as it will be done tomorrow."""
    return sweep(now=timezone.now() + TOMORROW, **options)


def stored() -> set[str]:
    return {
        f"{folder}/{name}"[len(str(live.MEDIA_ROOT)) + 1 :]
        for folder, _folders, names in os.walk(live.MEDIA_ROOT)
        for name in names
    }


def test_files_of_a_deed_that_failed_go_after_a_day_and_not_before(rina):
    keep_photo(picture(), actor=rina, alt="x")
    keep_attachment(pdf(), actor=rina)
    default_storage.save("photos/2026/01/tanpa-baris.webp", ContentFile(b"x"))
    assert sweep().files == [] and len(stored()) == 4
    swept = later()
    assert swept.rows == 2 and len(swept.files) == 4
    assert not stored() and not Photo.objects.exists() and not Attachment.objects.exists()
    assert later().files == []


def test_what_a_row_of_any_room_points_to_stays(rina):
    photo, cover = (keep_photo(picture(), actor=rina, alt="x") for _n in range(2))
    initiative = InitiativeFactory(cover=cover)
    initiative.updates.create(title="x", body="x", author=rina).photos.add(photo)
    ProposalFactory().files.add(keep_attachment(pdf(), actor=rina))
    before = stored()
    assert later().files == [] and stored() == before and len(before) == 5


def test_a_removed_document_and_a_replaced_photo_go_though_history_names_them(rina):
    proposal, attachment = ProposalFactory(), keep_attachment(pdf(), actor=rina)
    proposal.files.add(attachment)
    initiative = InitiativeFactory(cover=keep_photo(picture(), actor=rina, alt="x"))
    proposal.files.remove(attachment)
    initiative.cover = None
    initiative.save()
    assert len(later().files) == 3 and not stored()


def test_a_dry_run_names_the_files_and_touches_nothing(rina, capsys):
    keep_attachment(pdf(), actor=rina)
    before = stored()
    assert later(dry_run=True).files == sorted(before)
    assert stored() == before and Attachment.objects.exists()
    call_command("sweep_files", "--dry-run")
    assert "0 files would go" in capsys.readouterr().out


def test_files_outside_the_folders_of_uploads_are_not_ours(rina):
    default_storage.save("lain/laporan.txt", ContentFile(b"x"))
    assert later().files == [] and stored() == {"lain/laporan.txt"}


@pytest.mark.django_db(transaction=True)
def test_an_upload_in_progress_stays():
    person, outcome = UserFactory(), []

    def work():
        outcome.append(sweep())
        connection.close()

    sweeper = threading.Thread(target=work)
    with transaction.atomic():
        attachment = keep_attachment(pdf(), actor=person)
        sweeper.start()
        sweeper.join(30)
    assert outcome[0].files == [] and stored() == {attachment.file.name}


def test_a_row_that_somebody_took_up_meanwhile_stays(rina):
    attachment, loose = (keep_attachment(pdf(f"usulan-{n}.pdf"), actor=rina) for n in range(2))
    ProposalFactory().files.add(attachment)
    assert _removed(Attachment, (attachment.pk, loose.pk)) == [(loose.file.name,)]
    assert Attachment.objects.get() == attachment
