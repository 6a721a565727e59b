"""The mailbox of a demonstration: whoever sits at this machine may read it."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from kalibaru.core.access import PUBLIC, policy
from kalibaru.local.mail import StoredMessage, stored_names

PAGE_SIZE = 50


@policy(PUBLIC)
@require_GET
@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """List what was sent, newest first."""
    page = Paginator(stored_names(), PAGE_SIZE).get_page(request.GET.get("page"))
    messages = [message for name in page if (message := StoredMessage.read(name))]
    return render(request, "local/mailbox.html", {"page": page, "mails": messages})


@policy(PUBLIC)
@require_GET
def message(request: HttpRequest, name: str) -> HttpResponse:
    """Show one message: its headers, its text, its HTML in a frame, its attachments."""
    return render(request, "local/message.html", {"mail": _stored(name)})


@policy(PUBLIC)
@require_GET
@xframe_options_sameorigin
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the HTML of a message as a document of its own that may run and reach nothing."""
    response = HttpResponse(_stored(name).html)
    response._csp_replace = {  # type: ignore[attr-defined]
        "default-src": ["'none'"],
        "img-src": ["data:", "'self'"],
        "style-src": ["'unsafe-inline'"],
        "frame-ancestors": ["'self'"],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox", "allow-top-navigation-by-user-activation"],
    }
    return response


@policy(PUBLIC)
@require_GET
def attachment(request: HttpRequest, name: str, number: int) -> HttpResponse:
    """Hand out one attachment as a download, never to be shown in place."""
    parts = _stored(name).attachments
    if number >= len(parts):
        raise Http404
    part = parts[number]
    content = part.get_payload(decode=True)
    response = HttpResponse(content or bytes(part), content_type="application/octet-stream")
    filename = "".join(c for c in part.get_filename() or f"lampiran-{number}" if c.isalnum() or c in "._- ")
    response["Content-Disposition"] = f'attachment; filename="{filename.encode("ascii", "ignore").decode()}"'
    return response


def _stored(name: str) -> StoredMessage:
    if found := StoredMessage.read(name):
        return found
    raise Http404
