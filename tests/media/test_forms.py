"""What is wrong with a file is said beside its field."""

from django import forms
from django.utils.datastructures import MultiValueDict

from kalibaru.media.forms import AttachmentsField, PhotoField, PhotosField
from tests.media.files import docx, pdf, picture


class ReportForm(forms.Form):
    photo = PhotoField(required=False)
    photos = PhotosField(required=False, max_files=2)
    documents = AttachmentsField(required=False)


def filled(**files) -> ReportForm:
    return ReportForm({}, MultiValueDict(files))


def test_nothing_chosen_is_no_error():
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data == {"photo": None, "photos": [], "documents": []}


def test_several_files_arrive_as_a_list():
    form = filled(photo=[picture()], photos=[picture(), picture("PNG")], documents=[pdf(), docx()])
    assert form.is_valid(), form.errors
    assert len(form.cleaned_data["photos"]) == 2
    assert [file.name for file in form.cleaned_data["documents"]] == ["usulan.pdf", "usulan.docx"]


def test_wrong_file_among_many_is_named():
    form = filled(photos=[picture(), pdf("liar.jpg")])
    assert not form.is_valid()
    assert "liar.jpg: Berkas ini bukan gambar" in form.errors["photos"][0]


def test_too_many_files_are_refused():
    assert "paling banyak 2" in filled(photos=[picture()] * 3).errors["photos"][0]


def test_required_field_asks_for_a_file():
    class Required(forms.Form):
        photos = PhotosField()

    assert Required({}, MultiValueDict()).errors["photos"] == ["Pilih berkas dulu."]


def test_widgets_offer_the_right_files():
    html = str(ReportForm()["photos"].as_widget()) + str(ReportForm()["documents"].as_widget())
    assert 'accept="image/jpeg,image/png,image/webp"' in html
    assert ".docx" in html
    assert html.count("multiple") == 2
