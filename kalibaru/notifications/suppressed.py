"""Which addresses refuse our mail, and the letters that go there all the same."""

from collections.abc import Iterable

from kalibaru.notifications.models import Suppression

ADDRESS_CHECK = "address_check"
# Their reader asked for them a moment ago, to prove that the mailbox takes mail.
ASKED_FOR = frozenset({ADDRESS_CHECK, "follow_confirm"})


def suppressed(addresses: Iterable[str]) -> set[str]:
    """Return which of these addresses refuse our mail, as they were given (one query)."""
    given = {address.lower(): address for address in addresses}
    return {given[one] for one in Suppression.objects.filter(address__in=given).values_list("address", flat=True)}
