"""Pages of indicators and figures: what each reader sees, and what a form answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from issues.models import Breakdown, Measurement
from tests.factories import AreaFactory, IndicatorFactory, MeasurementFactory, PriorityIssueFactory

pytestmark = pytest.mark.django_db


def posted(place, **changes):
    plain = {"area": place.pk, "year": 2025, "part": 0, "value": "31,5", "source_title": "Contoh survei"}
    return {**plain, **changes}


def many_figures(indicator, count=40):
    for number in range(count):
        area = AreaFactory(code=f"31.72.04.1004.RW{number % 14 + 1:02}", level="rw", name=f"RW {number % 14 + 1:02}")
        MeasurementFactory(indicator=indicator, state="approved", year=2025 - number // 14, area=area)


def test_the_page_draws_lists_and_explains(client, kalibaru):
    indicator = IndicatorFactory()
    MeasurementFactory(indicator=indicator, state="approved", year=2024, value=19, area=kalibaru)
    MeasurementFactory(indicator=indicator, state="approved", year=2025, value=31, area=kalibaru)
    page = client.get(indicator.get_absolute_url()).content.decode()
    assert "Sesuai jalur" in page
    assert 'role="img"' in page
    assert "2024 19, 2025 31" in page
    assert "garis itu ada di 30" in page


def test_without_figures_the_page_says_so(client):
    page = client.get(IndicatorFactory().get_absolute_url()).content.decode()
    assert "Belum ada angka yang disetujui" in page
    assert "chart__way" not in page


@pytest.mark.parametrize("count", [1, 40])
def test_the_page_asks_the_same_queries_for_any_number_of_figures(client, django_assert_max_num_queries, count):
    indicator = IndicatorFactory()
    many_figures(indicator, count)
    with django_assert_max_num_queries(6):
        assert client.get(indicator.get_absolute_url()).status_code == 200


def test_the_issue_page_stays_within_ten_queries_with_many_figures(client, waste, django_assert_max_num_queries):
    for _number in range(3):
        many_figures(IndicatorFactory(issue=waste))
    with django_assert_max_num_queries(10):
        page = client.get(waste.get_absolute_url()).content.decode()
    assert "Perlu perhatian" in page or "Sesuai jalur" in page


def test_nothing_but_approved_figures_reaches_the_public(client, ngo, kalibaru):
    indicator = IndicatorFactory()
    for number, state in enumerate(["draft", "submitted", "returned"]):
        MeasurementFactory(indicator=indicator, state=state, value=7770 + number, organisation=ngo, area=kalibaru)
    page = client.get(indicator.get_absolute_url()).content.decode()
    table = client.get(reverse("issues:figures", args=[indicator.pk, "csv"])).getvalue().decode()
    assert "777" not in page.replace(".", "")
    assert "777" not in table


def test_an_indicator_of_a_draft_problem_is_not_found(client, rina, maya):
    indicator = IndicatorFactory(issue=PriorityIssueFactory(state="draft"))
    assert client.get(indicator.get_absolute_url()).status_code == 404
    client.force_login(rina)
    assert client.get(indicator.get_absolute_url()).status_code == 404
    client.force_login(maya)
    assert client.get(indicator.get_absolute_url()).status_code == 200


def test_another_organisations_draft_is_not_found(client, yusuf, dewi, ngo):
    row = MeasurementFactory(organisation=ngo)
    client.force_login(dewi)
    for name in ("measurement", "edit_measurement", "measurement_evidence"):
        assert client.get(reverse(f"issues:{name}", args=[row.pk])).status_code == 404
    client.force_login(yusuf)
    assert client.get(row.get_absolute_url()).status_code == 200


def test_a_partner_enters_splits_and_hands_in(client, yusuf, ngo, kalibaru, maya):
    indicator = IndicatorFactory(dimensions=["sex", "rw"])
    AreaFactory(code="31.72.04.1004.RW01", level="rw", name="RW 01")
    client.force_login(yusuf)
    data = posted(
        kalibaru, organisation=ngo.pk, deed="submit", **{"group-sex:female": "33", "group-31.72.04.1004.RW01": "20"}
    )
    data["evidence"] = SimpleUploadedFile("catatan.txt", b"contoh catatan")
    response = client.post(reverse("issues:new_measurement", args=[indicator.pk]), data)
    row = Measurement.objects.get()
    assert response.status_code == 302
    assert (row.state, str(row.value), row.organisation) == ("submitted", "31.5000", ngo)
    assert sorted(part.label for part in Breakdown.objects.all()) == ["Perempuan", "RW 01"]
    client.force_login(maya)
    assert row.indicator.name in client.get(reverse("moderation")).content.decode()
    assert client.get(reverse("issues:measurement_evidence", args=[row.pk])).status_code == 200
    client.post(reverse("issues:decide_measurement", args=[row.pk, "approve"]))
    assert "31,5" in client.get(indicator.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"value": "banyak"}, {"value": "-1"}, {"value": ""}, {"area": "x"}, {"year": "3000"}, {"part": "9"}]
)
def test_a_wrong_figure_is_told_and_kept(client, yusuf, ngo, kalibaru, wrong):
    client.force_login(yusuf)
    data = posted(kalibaru, organisation=ngo.pk, note="Contoh catatan saya", **wrong)
    response = client.post(reverse("issues:new_measurement", args=[IndicatorFactory().pk]), data)
    assert response.status_code == 400
    assert "Contoh catatan saya" in response.content.decode()
    assert not Measurement.objects.exists()


def test_a_stale_form_is_a_conflict_and_keeps_the_text(client, yusuf, ngo, kalibaru):
    row = MeasurementFactory(organisation=ngo, area=kalibaru)
    client.force_login(yusuf)
    url = reverse("issues:edit_measurement", args=[row.pk])
    old = row.updated_at.isoformat()
    row.save()
    response = client.post(url, posted(kalibaru, version=old, note="Contoh catatan saya"))
    assert response.status_code == 409
    assert "Contoh catatan saya" in response.content.decode()


def test_sending_back_needs_a_reason(client, maya, ngo):
    row = MeasurementFactory(organisation=ngo, state="submitted")
    client.force_login(maya)
    url = reverse("issues:decide_measurement", args=[row.pk, "return"])
    assert client.post(url, {"reason": " "}).status_code == 400
    assert client.post(url, {"reason": "Sumber?"}).status_code == 302


def test_who_may_not_decide_is_refused(client, yusuf, ngo):
    row = MeasurementFactory(organisation=ngo, state="submitted")
    client.force_login(yusuf)
    for deed in ("approve", "return"):
        assert client.post(reverse("issues:decide_measurement", args=[row.pk, deed])).status_code == 403
    assert client.post(reverse("issues:decide_measurement", args=[row.pk, "nothing"])).status_code == 404


def test_the_export_has_a_line_for_each_group(client, ngo):
    row = MeasurementFactory(state="submitted", organisation=ngo)
    Breakdown.objects.create(measurement=row, group="sex:female", value=33)
    Measurement.objects.filter(pk=row.pk).update(state="approved")
    text = client.get(reverse("issues:figures", args=[row.indicator.pk, "csv"])).getvalue().decode()
    assert len(text.strip().splitlines()) == 3
    assert "Perempuan" in text
