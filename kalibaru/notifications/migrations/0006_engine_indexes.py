import django.contrib.postgres.indexes
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Pages of unread lines, and finding old rows, without a lock on the largest tables."""

    atomic = False

    dependencies = [("notifications", "0005_engine")]

    operations = [
        AddIndexConcurrently(
            model_name="notification",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)), fields=["user", "-at", "-id"], name="inbox_unread_page"
            ),
        ),
        RemoveIndexConcurrently(model_name="notification", name="inbox_unread"),
        AddIndexConcurrently(
            model_name="notification",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="notification_age"),
        ),
        AddIndexConcurrently(
            model_name="delivery",
            index=django.contrib.postgres.indexes.BrinIndex(fields=["created_at"], name="delivery_age"),
        ),
    ]
