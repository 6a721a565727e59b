# One image for web, worker, beat and the one-shot `migrate`; docker-compose.yml says which is which.
FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
COPY requirements/base.txt /tmp/base.txt
RUN /opt/venv/bin/pip install --require-hashes --only-binary=:all: -r /tmp/base.txt
WORKDIR /srv/hub
COPY . .
ENV PATH=/opt/venv/bin:$PATH STATIC_ROOT=/srv/static
# Neither step needs a server; the secret of the build is thrown away with it.
RUN SECRET_KEY=only-for-the-build-of-the-image-and-never-served python manage.py compile_translations \
 && SECRET_KEY=only-for-the-build-of-the-image-and-never-served python manage.py collectstatic --noinput --verbosity 0

FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /srv/hub --shell /usr/sbin/nologin hub \
 && install -d -o hub -g hub /srv/media /srv/state
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/hub /srv/hub
WORKDIR /srv/hub
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/srv/static \
    MEDIA_ROOT=/srv/media \
    KALIBARU_LOCAL_DIR=/srv/state \
    WEB_WORKERS=3
USER hub
EXPOSE 8000
# The check names a host that ALLOWED_HOSTS allows; /healthz touches neither database nor broker.
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=4 CMD ["python", "-c", \
  "import os, urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': os.environ['ALLOWED_HOSTS'].split(',')[0]}), timeout=4)"]
CMD ["sh", "-c", "exec gunicorn --config python:kalibaru.server kalibaru.wsgi --bind 0.0.0.0:8000 --workers $WEB_WORKERS --worker-tmp-dir /dev/shm --max-requests 5000 --max-requests-jitter 500 --no-control-socket"]
