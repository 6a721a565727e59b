"""Follow a search, and stop."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from kalibaru.accounts.models import User
from kalibaru.core.access import require
from kalibaru.core.search import text_query
from kalibaru.notifications.models import SavedSearch
from kalibaru.notifications.searches import Criteria
from kalibaru.notifications.topics import topic_ref

MOST = 50


def save_search(criteria: Criteria, *, user: Any) -> tuple[SavedSearch, bool]:
    """Let a person hear of everything that fits; return the search, and whether it is followed from now on."""
    require(user, "notifications.follow")
    if criteria.is_empty:
        raise ValidationError(_("Tulis kata kunci atau pilih saringan dulu. Tanpa itu, semua kabar akan cocok."))
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        if existing := user.saved_searches.filter(address=criteria.address).first():
            return existing, False
        if user.saved_searches.count() >= MOST:
            raise ValidationError(
                _("Anda sudah mengikuti %(most)s pencarian. Hentikan satu dulu."), params={"most": MOST}
            )
        return SavedSearch.objects.create(
            user=user,
            created_by=user,
            name=criteria.name,
            kind=criteria.savable.key,
            words=criteria.words,
            query=_tsquery(criteria.words, user),
            conditions=criteria.conditions,
            anchor=criteria.anchor,
            address=criteria.address,
        ), True


def forget_search(pk: str, *, user: Any) -> bool:
    """Stop following a search; return whether the person followed it."""
    require(user, "notifications.follow")
    ref = topic_ref(f"search:{pk}")
    return bool(ref and SavedSearch.objects.filter(pk=ref[1], user=user).delete()[0])


def _tsquery(words: str, user: Any) -> str:
    """Return the words as PostgreSQL's query, in the form it reads back."""
    query = text_query(words)
    if query is None:
        return ""
    return User.objects.filter(pk=user.pk).values_list(Cast(query, TextField()), flat=True).get()
