"""Home, search, an area's page, and the two pages about the portal itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.utils import timezone

from initiatives.models import Initiative, Update
from issues.models import Forum, Need, PriorityIssue
from kalibaru.core.access import PUBLIC, policy
from kalibaru.core.paging import bounded_count
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.passing import week_of
from kalibaru.notifications.visitors import same_for_visitors
from kalibaru.places.models import Area
from kalibaru.portal.finding import find
from stakeholders.models import Organisation

HOME_AREA = "31.72.04.1004"


@policy(PUBLIC)
@same_for_visitors
def home(request: HttpRequest) -> HttpResponse:
    """Show the problems, what is under way, where help is needed, and what is new."""
    published = Initiative.objects.published()
    context = {
        "issues": PriorityIssue.objects.published().filter(parent=None),
        "initiatives": published.filter(state=Initiative.State.ACTIVE)
        .select_related("cover")
        .order_by("-published_at", "-id")[:6],
        "needs": Need.objects.unmet().select_related("issue", "area")[:6],
        "updates": Update.objects.filter(initiative__published_at__isnull=False)
        .select_related("initiative", "organisation")
        .order_by("-published_at", "-id")[:4],
        "forums": Forum.objects.visible_to(request.user)[:2],
        "tiles": Area.objects.filter(parent__code=HOME_AREA, level=Area.Level.RW),
    }
    return render(request, "portal/home.html", context)


@policy(PUBLIC)
@same_for_visitors
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, grouped by kind."""
    text = request.GET.get("q", "")[:200].strip()
    found = find(text, request.user) if text else None
    return render(request, "portal/search.html", {"q": text, "found": found})


@policy(PUBLIC)
@same_for_visitors
def area(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happens in one area and below it."""
    place = get_object_or_404(Area.objects.select_related("parent"), code=code)
    inside = Initiative.objects.published().in_area(place.code)
    context = {
        "area": place,
        "children": place.children.all(),
        "initiatives": inside.order_by("-published_at", "-id")[:9],
        "count": bounded_count(inside),
        "needs": Need.objects.unmet()
        .filter(area__in=Area.objects.inside(place.code))
        .select_related("issue", "area")[:9],
        "organisations": Organisation.objects.listed().filter(areas=place)[:12],
        "topic": topic_of(place),
        "following": topic_of(place) in followed_topics(request.user, [place]),
    }
    return render(request, "portal/area.html", context)


@policy(PUBLIC)
def favicon(request: HttpRequest) -> HttpResponse:
    """Lead to the icon, for those who ask for it where browsers used to look."""
    response = redirect(static("img/logo.svg"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@policy(PUBLIC)
@same_for_visitors
def share_area(request: HttpRequest, code: str) -> HttpResponse:
    """Show an area's week as a short message to pass on in the group of its RW."""
    place = get_object_or_404(Area, code=code)
    message = week_of(topic_of(place), str(place), place.get_absolute_url(), at=timezone.now())
    return render(request, "portal/share.html", {"area": place, "message": message})


@policy(PUBLIC)
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what personal data is kept, why, and what a person may ask."""
    return render(request, "portal/privacy.html")


@policy(PUBLIC)
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how well the portal can be used by everybody."""
    return render(request, "portal/accessibility.html")
