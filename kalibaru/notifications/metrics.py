"""The same figures in the words of Prometheus. They come from PostgreSQL, so any web process may be asked."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric

from kalibaru.notifications.operations import Figures, figures


class _Engine:
    """Asks once for each scrape."""

    def collect(self) -> Iterator[Metric]:
        """Yield every figure."""
        found = figures()
        yield from _single(found)
        ended = GaugeMetricFamily("hub_mails_ended_day", "Mails by end within a day", labels=["state", "reason"])
        for (state, reason), count in found.ended_day.items():
            ended.add_metric([state, reason], count)
        yield ended
        closed = GaugeMetricFamily("hub_mail_server_closed", "1 if the circuit breaker is open", labels=["server"])
        for server in found.servers:
            closed.add_metric([server.name], bool(server.closed_until))
        yield closed
        alarms = GaugeMetricFamily("hub_delivery_alarms", "What somebody should look at", labels=["severity"])
        for critical, name in ((True, "critical"), (False, "warning")):
            alarms.add_metric([name], sum(alarm.critical is critical for alarm in found.alarms))
        yield alarms


def _single(found: Figures) -> Iterator[Metric]:
    for name, words, value in (
        ("hub_mails_waiting", "Mails that wait (counted to 10000)", found.waiting_mails),
        ("hub_mail_oldest_seconds", "Age of the oldest mail that is due", _age(found, "oldest_mail")),
        ("hub_events_waiting", "Events that wait for the dispatcher", found.waiting_events),
        ("hub_event_oldest_seconds", "Age of the oldest event that waits", _age(found, "oldest_event")),
        ("hub_beat_seconds", "Since the last sign of beat and a worker; -1 for never", _age(found, "beat", -1)),
        ("hub_digest_seconds", "Since digests were last made; -1 for never", _age(found, "digest", -1)),
        ("hub_digest_made", "How many windows the last run made", found.digest_made),
        ("hub_addresses_suppressed", "Addresses that refuse our mail", found.suppressed),
    ):
        yield GaugeMetricFamily(name, words, value=value)


def _age(found: Figures, name: str, never: float = 0) -> float:
    moment = getattr(found, name)
    return (found.at - moment).total_seconds() if moment else never


def exposition() -> bytes:
    """Return all figures as Prometheus reads them."""
    registry = CollectorRegistry()
    registry.register(_Engine())
    return generate_latest(registry)
