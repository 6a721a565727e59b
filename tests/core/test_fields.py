"""A required field that was left empty says what to do with it."""

import pytest
from django import forms
from django.utils import translation

from kalibaru.core.forms import PartsRenderer


class EveryKind(forms.Form):
    """One required field of each kind."""

    default_renderer = PartsRenderer
    title = forms.CharField(label="Judul")
    about = forms.CharField(label="Apa yang terjadi?")
    goal = forms.CharField(label="SDG nomor")
    issue = forms.ChoiceField(label="Masalah", choices=[("a", "A")])
    areas = forms.MultipleChoiceField(label="Wilayah kerja", choices=[("a", "A")])
    file = forms.FileField(label="Berkas")
    consent = forms.BooleanField(label="Saya setuju")
    named = forms.CharField(label="Nama", error_messages={"required": "Tulis nama Anda."})


WORDS = {
    "title": "Isi judul.",
    "about": "Isi “Apa yang terjadi?”.",
    "goal": "Isi SDG nomor.",
    "issue": "Pilih masalah.",
    "areas": "Pilih paling sedikit satu wilayah kerja.",
    "file": "Unggah berkas.",
    "consent": "Centang dulu: “saya setuju”",
    "named": "Tulis nama Anda.",
}


@pytest.mark.parametrize(("name", "words"), WORDS.items())
def test_an_empty_required_field_says_what_to_do(name, words):
    assert list(EveryKind({})[name].errors) == [words]


def test_the_sentence_stands_on_top_and_beside_the_field():
    assert str(EveryKind({})).count("Isi judul.") == 2


def test_english_readers_read_english():
    with translation.override("en"):
        assert list(EveryKind({})["title"].errors) == ["Please fill in: judul."]


def test_a_filled_field_has_no_error():
    assert not EveryKind({"title": "Contoh"})["title"].errors
