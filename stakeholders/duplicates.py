"""What a moderator needs beside a pending organisation, read for a whole queue with a fixed number of queries."""

from collections.abc import Sequence

from django.db.models import prefetch_related_objects

from stakeholders.extras import extra_fields
from stakeholders.forms import DecisionForm
from stakeholders.models import Organisation
from stakeholders.models.likeness import alike_to_each


def with_possible_duplicates(rows: Sequence[Organisation]) -> list[Organisation]:
    """Return the rows ready for `stakeholders/parts/decide.html`.

    Each gets `possible_duplicates`, `answers` ((label, text) of the questions of upper rooms), and `decision_form`.
    """
    rows = list(rows)
    prefetch_related_objects(rows, "areas", "documents", "verifications", "created_by")
    alike = alike_to_each(rows)
    answers = [(extra.label, extra.describe(rows)) for extra in extra_fields() if extra.describe]
    for row in rows:
        row.possible_duplicates = alike[row.pk]
        row.answers = [(label, texts[row.pk]) for label, texts in answers if texts.get(row.pk)]
        row.decision_form = DecisionForm(instance=row)
    return rows
