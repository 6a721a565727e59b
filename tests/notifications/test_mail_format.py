"""What every mail is made of."""

import re

import pytest
from django.utils import timezone

from kalibaru.notifications.events import publish
from kalibaru.notifications.models import Delivery, Notification, Preference, Subscription
from kalibaru.notifications.services import notify_address
from kalibaru.notifications.services.delivery import deliver_due
from kalibaru.notifications.services.digest import send_due_digests
from kalibaru.notifications.services.dispatch import dispatch_all
from tests.factories import PriorityIssueFactory
from tests.notifications.conftest import DECIDED, NEWS

pytestmark = pytest.mark.django_db
NEXT_WEEK = timezone.timedelta(days=7)


@pytest.fixture
def mail(waste, yusuf, rina, smtp_sink):
    """A mail about a decision."""
    publish(DECIDED, waste, actor=yusuf, recipients=[rina.pk], payload={"reason": "Lengkapi <anggarannya>."})
    dispatch_all()
    deliver_due()
    return smtp_sink.messages[0]


@pytest.fixture
def digest(waste, rina, following, news, smtp_sink):
    """A weekly digest."""
    following(rina, waste)
    news(waste)
    send_due_digests(timezone.now() + NEXT_WEEK)
    return smtp_sink.messages[0]


def _part(mail, kind):
    return mail.get_body((kind,)).get_content()


@pytest.mark.parametrize("name", ["mail", "digest"])
class TestEveryMail:
    """One-off or digest."""

    @pytest.fixture
    def letter(self, request, name):
        """The mail of this name."""
        return request.getfixturevalue(name)

    def test_has_text_and_html_that_say_the_same(self, letter, name):
        assert letter.get_content_type() == "multipart/alternative"
        for kind in ("plain", "html"):
            assert "Pengelolaan sampah" in re.sub(r"\s+", " ", _part(letter, kind).replace("SAMPAH", "sampah")).replace(
                "PENGELOLAAN", "Pengelolaan"
            )

    def test_carries_its_style_inside_its_tags(self, letter, name):
        html = _part(letter, "html")
        assert re.search(r'<h1[^>]* style="[^"]*font-size', html)
        assert re.search(r'class="sheet" style="[^"]*background', html)
        assert "600" in html and "<link" not in html and "<script" not in html

    def test_has_dark_colours_that_win_over_the_inlined_ones(self, letter, name):
        html = _part(letter, "html")
        dark = html[html.index("prefers-color-scheme") :]
        assert dark.count("!important") >= 7
        assert '<meta name="color-scheme" content="light dark">' in html

    def test_needs_no_pictures(self, letter, name):
        html = _part(letter, "html")
        assert "<img" not in html and "url(" not in html

    def test_shows_a_line_before_it_is_opened(self, letter, name):
        preview = re.search(r'<div class="hidden"[^>]*>(.*?)</div>', _part(letter, "html"), re.S)
        assert preview.group(1).strip()

    def test_can_be_stopped_by_one_click_that_only_a_post_does(self, letter, name, client, rina):
        assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        path = re.fullmatch(r"<http://localhost:8000(\S+)>", letter["List-Unsubscribe"].strip()).group(1)
        before = (Subscription.objects.count(), Preference.objects.count())
        for _scanner in range(2):
            assert client.get(path).status_code == 200
            client.head(path)
        assert before == (Subscription.objects.count(), Preference.objects.count()), "looking changes nothing"
        assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
        assert "off" in Preference.objects.filter(user=rina).values_list("frequency", flat=True)

    def test_says_that_a_machine_sent_it_and_to_which_list(self, letter, name):
        assert letter["Auto-Submitted"] == "auto-generated"
        assert re.search(r"<(notification|digest)\.localhost>", letter["List-Id"])
        assert re.fullmatch(r"<[0-9a-f-]{36}@localhost>", letter["Message-ID"])

    def test_has_a_plain_subject(self, letter, name):
        assert re.fullmatch(r"[\w ,.:()-]{10,120}", letter["Subject"])
        assert not letter["Subject"].isupper()


def test_what_people_wrote_is_no_markup(mail):
    assert "Lengkapi &lt;anggarannya&gt;." in _part(mail, "html")
    assert "Lengkapi <anggarannya>." in _part(mail, "plain")


def test_a_letter_without_account_says_that_a_machine_sent_it(smtp_sink):
    notify_address("siapa@luar.example", "address_check", {"link": "http://localhost:8000/x/"})
    deliver_due()
    (letter,) = smtp_sink.messages
    assert letter["Auto-Submitted"] == "auto-generated" and letter["List-Unsubscribe"] is None
    assert 'style="' in _part(letter, "html")


@pytest.mark.parametrize("length", [40, 3000])
def test_a_digest_of_200_things_is_cut_and_says_how_many_more(rina, yusuf, following, smtp_sink, length):
    subjects = PriorityIssueFactory.create_batch(50)
    for subject in subjects:
        following(rina, subject)
    for number in range(210):
        payload = {"title": f"kabar nomor {number}", "body": f"“{number}” " + "panjang sekali " * (length // 15)}
        publish(NEWS, subjects[number % 50], actor=yusuf, payload=payload)
    send_due_digests(timezone.now() + NEXT_WEEK)
    (letter,) = smtp_sink.to(rina.email)
    assert len(letter.as_bytes()) <= 40_000
    plain = _part(letter, "plain")
    shown = len(re.findall(r"^\* ", plain, re.M))
    assert shown >= 4
    assert f"dan {210 - shown} lainnya" in plain and f"dan {210 - shown} lainnya" in _part(letter, "html")
    assert Notification.objects.filter(user=rina, digest__isnull=True).count() == 0
    assert Delivery.objects.get(user=rina).state == "sent"
