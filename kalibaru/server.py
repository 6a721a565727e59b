"""Settings of gunicorn for every way to start it: `gunicorn --config python:kalibaru.server kalibaru.wsgi`.

gunicorn refuses an address above 8,190 bytes with a page of its own, in English, and takes no larger number. Django
refuses from `settings.LONGEST_ADDRESS` on, in the reader's language; four times that much still reaches it.
"""

from gunicorn.http import message

message.MAX_REQUEST_LINE = 65_536
limit_request_line = 65_535
