"""Photos are public under names nobody can guess; documents are only ever sent as a download."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from kalibaru.core.access import PUBLIC, policy
from kalibaru.media.models import Attachment


@policy(PUBLIC)
def photo(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a photo from the file system; with object storage the pages link there and this is not asked.

    The address pattern admits only names that `keep_photo` makes, so no path leads elsewhere. A name is
    never used twice, so a browser may keep the picture for ever.
    """
    try:
        file = default_storage.open(f"photos/{name}")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def send_attachment(attachment: Attachment) -> HttpResponseBase:
    """Send a document as a download that no browser opens in our name; the caller has asked who is looking."""
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=attachment.name, content_type=attachment.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
