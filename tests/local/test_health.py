"""Alive is not ready."""


def test_healthz_needs_no_database(client, django_assert_num_queries):
    assert client.get("/healthz").status_code == 200


def test_readyz_names_each_part(client, db):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "checks": {"database": "ok", "broker": "ok", "migrations": "ok"}}


def test_readyz_says_503_while_the_broker_is_away(client, db, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["broker"] == "ConnectionError"
    assert "127.0.0.1" not in answer.content.decode()
