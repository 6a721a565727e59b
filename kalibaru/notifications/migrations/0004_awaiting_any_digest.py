from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The index of what waits for a digest learns of daily ones, without a lock on the largest table."""

    atomic = False

    dependencies = [("notifications", "0003_wishes")]

    operations = [
        AddIndexConcurrently(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("digest__isnull", True), ("frequency__in", ["daily", "weekly"])),
                fields=["user", "at"],
                name="awaiting_any_digest",
            ),
        ),
        RemoveIndexConcurrently(model_name="notification", name="awaiting_digest"),
    ]
