"""Text that people type: hidden signs are refused beside the field, letters of every writing are welcome."""

import io

import pytest
from django import forms
from openpyxl import load_workbook

from initiatives.models import Initiative
from tests.factories import InitiativeFactory, PartnerFactory

WELCOME = [
    "Kerja bakti",
    "baris satu\nbaris dua",
    "مرحبا بكم",
    "你好",
    "café 🐚",
    "RW 01 – gang\tsempit",
    "👩‍🔧 montir",
]
HIDDEN = ["Kompos \x1b[31m", "\x07", "aman \u202eKEBALIK", "\u200b\u200b\u2060", "\u2066x\u2069"]


class Plain(forms.Form):
    title = forms.CharField()


@pytest.mark.parametrize("text", WELCOME)
def test_every_writing_is_welcome(text):
    assert Plain({"title": text}).is_valid()


@pytest.mark.parametrize("text", HIDDEN, ids=ascii)
def test_hidden_signs_are_refused_beside_the_field(text):
    form = Plain({"title": text})
    assert not form.is_valid()
    assert form.errors["title"]


@pytest.mark.django_db
def test_hidden_signs_in_a_title_are_a_400_and_change_nothing(client, yusuf, ngo):
    initiative = InitiativeFactory(title="Contoh kompos")
    PartnerFactory(initiative=initiative, organisation=ngo)
    client.force_login(yusuf)
    response = client.post(f"{initiative.get_absolute_url()}edit/", {"title": "Kompos \x1b[31m"})
    assert response.status_code == 400
    assert Initiative.objects.get().title == "Contoh kompos"


@pytest.mark.django_db
def test_a_row_with_hidden_signs_does_not_break_the_table_for_everybody(client):
    InitiativeFactory(title="Contoh \x1b[31m \x07 kompos")
    response = client.get("/initiatives/list.xlsx")
    assert response.status_code == 200
    cells = [cell.value for row in load_workbook(io.BytesIO(response.content)).active for cell in row]
    assert "Contoh [31m  kompos" in cells


@pytest.mark.django_db
@pytest.mark.parametrize("address", [f"/media/photos/2026/11/{'a' * 3000}.webp", f"/dev/mail/{'a' * 300}/"])
def test_a_name_that_no_file_can_have_is_not_found(client, address):
    assert client.get(address).status_code == 404
