"""Tags, filters and parts say things the way people here say them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.utils import timezone, translation

from kalibaru.core import wording
from kalibaru.core.filterbar import chips, quick_field
from kalibaru.core.storage import BUNDLE, BundledStaticStorage, BundleFinder, bundled_css
from kalibaru.core.templatetags import ui
from kalibaru.core.tones import ICON_OF_TONE, TONE_OF, icon_of, tone_of


def show(source: str, path: str = "/x/", **context) -> str:
    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return engines["django"].from_string(source).render(context, request)


class Form(forms.Form):
    name = forms.CharField(label="Nama", help_text="Nama lengkap.")
    kind = forms.ChoiceField(label="Jenis", widget=forms.RadioSelect, choices=[("a", "A"), ("b", "B")])
    agree = forms.BooleanField(label="Setuju")
    note = forms.CharField(label="Catatan", widget=forms.Textarea, required=False)


class Filters(forms.Form):
    q = forms.CharField(label="Kata", required=False)
    state = forms.MultipleChoiceField(
        label="Keadaan",
        widget=forms.SelectMultiple,
        choices=[("Grup", [("active", "Berjalan"), ("done", "<Selesai>")])],
    )
    sort = forms.ChoiceField(label="Urutkan", choices=[("new", "Terbaru")])


@pytest.mark.parametrize(
    ("value", "plain", "words"),
    [
        (Decimal("1500000"), "Rp1.500.000", "Rp1,5 juta"),
        (1_530_000_000, "Rp1.530.000.000", "Rp1,5 miliar"),
        ("2000000000000", "Rp2.000.000.000.000", "Rp2 triliun"),
        (0, "Rp0", "Rp0"),
        (None, "", ""),
        ("bukan angka", "", ""),
    ],
)
def test_money_is_rupiah_without_cents(value, plain, words):
    assert wording.money(value) == plain
    assert wording.money_words(value) == words


def test_money_follows_the_language():
    with translation.override("en"):
        assert wording.money(1_500_000) == "Rp1,500,000"


def test_days_and_moments_are_in_wib():
    late_in_utc = datetime(2024, 2, 5, 18, 30, tzinfo=UTC)
    assert wording.day(date(2024, 2, 6)) == "6 Februari 2024"
    assert wording.day(late_in_utc) == "6 Februari 2024"
    assert wording.moment(late_in_utc) == "6 Februari 2024, 01.30 WIB"
    assert wording.day(None) == wording.moment(None) == wording.ago(None) == ""


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(seconds=5), "baru saja"),
        (timedelta(minutes=5, seconds=1), "5 menit lalu"),
        (timedelta(days=41), "41 hari lalu"),
        (timedelta(days=-3), "3 hari lagi"),
        (timedelta(days=800), "2 tahun lalu"),
    ],
)
def test_ago_counts_days_before_months(distance, words):
    assert wording.ago(timezone.now() - distance).replace("\xa0", " ") == words


def test_ago_of_a_day_knows_today():
    assert wording.ago(timezone.localdate(timezone=wording.WIB)) == "hari ini"


@pytest.mark.parametrize(
    ("value", "goal", "percent"), [(12, 40, 30), (50, 40, 100), (-1, 40, 0), (1, 0, 0), (None, 4, 0), (1, None, 0)]
)
def test_percent_stays_between_0_and_100(value, goal, percent):
    assert wording.percent_of(value, goal) == percent


def test_markdown_is_sanitised():
    html = ui.markdown("# Judul\n\n<script>alert(1)</script> [x](javascript:alert(1))")
    assert "<h3>Judul</h3>" in html
    assert "<script" not in html
    assert "href" not in html


def test_query_keeps_the_other_parameters():
    source = '{% query page="z" %} {% query q=None page="" %}'
    assert show(source, "/x/?q=a%26b&page=1&state=x") == "?q=a%26b&amp;page=z&amp;state=x ?state=x"


def test_every_state_has_a_drawing():
    sprite = Path(settings.STATICFILES_DIRS[0], "img/icons.svg").read_text()
    names = {icon_of(word) for word in TONE_OF} | set(ICON_OF_TONE.values())
    assert [name for name in sorted(names) if f'id="{name}"' not in sprite] == []
    assert tone_of("a word nobody knows") == "neutral"


def test_state_pill_says_the_word_and_not_only_a_colour():
    row = SimpleNamespace(state="completed", get_state_display=lambda: "Selesai")
    html = show("{% state_pill row %}", row=row)
    assert "pill--done" in html
    assert "Selesai" in html
    assert "#check" in html


def test_form_links_each_error_to_its_field():
    html = str(Form({"kind": "x"}))
    assert 'href="#id_name"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<fieldset class="field field--radioselect field--error" id="id_kind"' in html
    assert "(boleh kosong)" in html


def test_form_without_errors_has_no_error_summary():
    assert "errors" not in str(Form())


def test_filter_chips_leave_out_what_is_unknown_and_lead_to_the_first_page():
    request = RequestFactory().get("/x/?q=sampah&state=active&state=bogus&sort=new&page=zz")
    found = chips(Filters(request.GET), request.GET)
    assert [(chip["text"], chip["url"]) for chip in found] == [
        ("sampah", "?state=active&state=bogus&sort=new"),
        ("Berjalan", "?q=sampah&state=bogus&sort=new"),
    ]


def test_quick_field_escapes_and_selects():
    html = quick_field(Filters({"state": ["done"]})["state"])
    assert '<option value="done" selected>&lt;Selesai&gt;</option>' in html
    assert "multiple" in html


def test_loop_says_what_came_before_and_what_is_next():
    places = {station["key"]: station["place"] for station in ui.loop_stations("forum", {"problem": "/issues/waste/"})}
    assert places["evidence"] == "before"
    assert places["forum"] == "here"
    assert places["proposal"] == "next"
    assert places["lessons"] == "after"


def test_csrf_field_reaches_parts_that_see_no_context():
    html = show('{% include "parts/post.html" with url="/a" label="B" only %}')
    assert 'name="csrfmiddlewaretoken" value="' in html


def test_breadcrumbs_take_pairs_and_escape():
    html = show('{% breadcrumbs _("Masalah") "/issues/" title %}', title="<b>")
    assert '<a href="/issues/">Masalah</a>' in html
    assert '<li aria-current="page">&lt;b&gt;</li>' in html


def test_error_page_of_a_failure_needs_neither_database_nor_session():
    request = RequestFactory().get("/x/")
    html = render_to_string("error.html", {"status": 500, "title": "T", "message": "M"}, request=request)
    assert "<h1>T</h1>" in html


def test_one_stylesheet_holds_every_component(tmp_path):
    css = bundled_css()
    assert css.startswith("@layer reset, tokens")
    assert ".card" in css
    assert "/*" not in css
    with override_settings(LOCAL_DIR=tmp_path):
        finder = BundleFinder()
        assert finder.find("css/other.css") == []
        assert Path(finder.find(BUNDLE)).read_text() == css
        assert [path for path, _storage in finder.list([])] == [BUNDLE]


def test_plain_names_are_used_until_static_files_are_collected(tmp_path):
    storage = BundledStaticStorage(location=tmp_path, base_url="/static/")
    assert storage.stored_name("css/site.css") == "css/site.css"
    storage.hashed_files = {"css/site.css": "css/site.1.css"}
    assert storage.stored_name("css/site.css") == "css/site.1.css"
    with pytest.raises(ValueError, match="Missing staticfiles manifest entry"):
        storage.stored_name("css/none.css")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Contoh LSM Pesisir Bersih", "LPB"),
        ("Contoh PT Bahari Lestari", "BL"),
        ("Contoh Bank Sampah RW 03", "BSR"),
        ("Bappeda", "BAP"),
        ("UI", "UI"),
        ("Contoh", "CON"),
        ("", ""),
    ],
)
def test_initials_tell_organisations_apart(name, letters):
    assert wording.initials(name) == letters


def test_a_field_whose_hint_says_when_it_is_needed_is_not_called_optional():
    class Form(forms.Form):
        phone = forms.CharField(required=False, help_text="Isi surel atau telepon.")

    form = Form()
    assert "(boleh kosong)" in str(form)
    form.fields["phone"].says_when_needed = True
    assert "(boleh kosong)" not in str(form)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**Sampah** terangkut: [foto](https://contoh.example)", "Sampah terangkut: foto"),
        ('3 < 5 & "ya"', '3 < 5 & "ya"'),
        ("<b>x</b>", "<b>x</b>"),
        (None, ""),
    ],
)
def test_a_quoted_text_has_no_signs_of_markdown(text, words):
    assert ui.without_markdown(text) == words
