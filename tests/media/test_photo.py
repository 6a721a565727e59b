"""Photos: what is taken, what is kept, how it is sent."""

import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kalibaru.media.checks import open_picture
from kalibaru.media.models import Photo
from kalibaru.media.services import keep_photo
from tests.media.files import huge_png, picture

pytestmark = pytest.mark.django_db


def code_of(upload) -> str:
    with pytest.raises(ValidationError) as caught:
        open_picture(upload)
    return caught.value.code


def test_photo_is_kept_as_webp_in_two_sizes(rina):
    photo = keep_photo(picture(size=(3000, 1500)), actor=rina, alt="Warga  memilah\nsampah")
    assert (photo.width, photo.height) == (1600, 800)
    assert (photo.small_width, photo.small_height) == (640, 320)
    assert Image.open(photo.image.open()).format == "WEBP"
    assert photo.alt == "Warga memilah sampah"
    assert photo.created_by == rina


def test_small_photo_is_not_enlarged(rina):
    photo = keep_photo(picture(size=(60, 40)), actor=rina, alt="x")
    assert (photo.width, photo.small_width) == (60, 60)


def test_photo_loses_place_and_stands_upright(rina):
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "S"
    photo = keep_photo(picture(size=(60, 40), exif=exif), actor=rina, alt="x")
    kept = Image.open(photo.image.open())
    assert kept.size == (40, 60)
    assert not kept.getexif()
    assert "exif" not in kept.info


def test_transparent_logo_stays_transparent(rina):
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    photo = keep_photo(SimpleUploadedFile("logo.png", out.getvalue()), actor=rina, alt="x")
    assert Image.open(photo.image.open()).mode == "RGBA"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_known_formats_are_taken(file_format):
    assert open_picture(picture(file_format)).size == (60, 40)


def test_name_is_not_believed():
    assert code_of(SimpleUploadedFile("foto.jpg", b"<svg onload=alert(1)>")) == "not_a_picture"
    assert code_of(picture("GIF", name="foto.jpg")) == "not_a_picture"


def test_image_of_20000_x_20000_is_refused_before_it_is_decoded():
    assert code_of(huge_png()) == "too_many_pixels"


def test_image_just_over_the_limit_is_refused():
    assert code_of(huge_png(8_000, 5_001)) == "too_many_pixels"


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP"])
def test_truncated_picture_is_refused(file_format):
    whole = picture(file_format, size=(800, 600)).read()
    assert code_of(SimpleUploadedFile("x.png", whole[: len(whole) * 2 // 3])) == "not_a_picture"


def test_empty_and_oversized_files_are_refused(settings):
    assert code_of(SimpleUploadedFile("x.png", b"")) == "empty"
    settings.UPLOAD_MAX_BYTES = 100
    assert code_of(picture()) == "too_large"


def test_nothing_is_kept_of_a_refused_picture(rina, own_media_folder):
    with pytest.raises(ValidationError):
        keep_photo(SimpleUploadedFile("foto.jpg", b"bukan gambar"), actor=rina, alt="x")
    assert not Photo.objects.exists()
    assert not list(own_media_folder.rglob("*.*"))


def test_failed_row_leaves_no_file(rina, own_media_folder):
    rina.delete()
    with pytest.raises(ValueError, match="unsaved"):
        keep_photo(picture(), actor=rina, alt="x")
    assert not list(own_media_folder.rglob("*.*"))


def test_blocked_person_keeps_no_photo(rina):
    rina.is_active = False
    with pytest.raises(PermissionDenied):
        keep_photo(picture(), actor=rina, alt="x")


def test_photo_is_sent_with_a_long_cache_and_without_asking_the_database(client, rina, django_assert_num_queries):
    photo = keep_photo(picture(), actor=rina, alt="x")
    with django_assert_num_queries(0):
        response = client.get(photo.image.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    "address",
    [
        "/media/photos/2026/11/none.webp",
        "/media/photos/../attachments/x.webp",
        "/media/photos/2026/11/..%2f..%2f..%2fsecret.webp",
        "/media/attachments/2026/11/x.pdf",
    ],
)
def test_nothing_but_a_photo_is_sent(client, address):
    assert client.get(address).status_code == 404
