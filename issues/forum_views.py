"""Pages of forums: list, detail, publishing."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from issues.exports import forum_head, forum_lines
from issues.filters import ForumFilter
from issues.models import Forum
from issues.services import publish_forum
from kalibaru.core.access import PUBLIC, may, policy
from kalibaru.core.exports import FORMATS, export
from kalibaru.core.listings import listing_page
from kalibaru.core.paging import bounded_count, keyset_page
from kalibaru.core.subjects import topic_of
from kalibaru.notifications.following import followed_topics
from kalibaru.notifications.timeline import timeline

ORDER = ("-on", "-id")


@policy(PUBLIC)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List forums, newest first."""
    filtered = ForumFilter(request.GET, queryset=Forum.objects.visible_to(request.user))
    rows = filtered.qs
    page = keyset_page(rows.prefetch_related("issues"), ORDER, request.GET.get("page", ""))
    return listing_page(request, "forums/list.html", {"count": bounded_count(rows)}, filtered=filtered, page=page)


@policy(PUBLIC)
@require_safe
def download(request: HttpRequest, file_format: str) -> HttpResponse:
    """Answer the same list as a table."""
    if file_format not in FORMATS:
        raise Http404
    rows = ForumFilter(request.GET, queryset=Forum.objects.published()).strict_qs.order_by(*ORDER)
    return export("forum", file_format, forum_head(), forum_lines(rows))


@policy(PUBLIC)
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a forum: when, where, who called it, about what, and what was said."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user), slug=slug)
    context = {
        "forum": forum,
        "organisers": list(forum.organisers.listed()),
        "issues": list(forum.issues.published()),
        "moderates": may(request.user, "issues.moderate_forum", forum),
        "entries": timeline(forum, request.user),
        "topic": topic_of(forum),
        "following": bool(followed_topics(request.user, [forum])),
    }
    return render(request, "forums/detail.html", context)


@policy("issues.moderate_forum")
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a forum to everybody."""
    forum = get_object_or_404(Forum.objects.visible_to(request.user), slug=slug)
    publish_forum(forum, actor=request.user)
    messages.success(request, _("Forum sudah terbit."))
    return redirect(forum)
