# An image without compiler, pip or root. It needs one writable place, the volume:
#   docker run --read-only --tmpfs /tmp --volume courier:/var/lib/broadsheet --publish 8000:8000 broadsheet
ARG BASE=python:3.13-slim

FROM ${BASE} AS builder
WORKDIR /build
COPY requirements-build.lock requirements-runtime.lock ./
RUN python3 -m venv tools \
 && python3 -m venv --without-pip /opt/broadsheet \
 && tools/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements-build.lock \
 && tools/bin/pip --python /opt/broadsheet/bin/python install --no-cache-dir \
      --only-binary :all: --require-hashes --no-deps -r requirements-runtime.lock
# Code changes more often than its dependencies, which stay in the layer above.
COPY pyproject.toml README.md LICENSE ./
COPY migrations migrations
COPY app app
RUN tools/bin/pip wheel --no-deps --no-build-isolation --no-index --wheel-dir dist . \
 && tools/bin/pip --python /opt/broadsheet/bin/python install --no-deps --no-index dist/*.whl

FROM ${BASE}
RUN useradd --uid 10001 --user-group --shell /usr/sbin/nologin \
      --no-create-home --home-dir /var/lib/broadsheet broadsheet \
 && install --directory --owner broadsheet --group broadsheet --mode 0750 /var/lib/broadsheet
COPY --from=builder /opt/broadsheet /opt/broadsheet
# SQLite sorts large results in files, and the root may be read-only.
ENV PATH=/opt/broadsheet/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SQLITE_TMPDIR=/var/lib/broadsheet \
    BROADSHEET_DATABASE_URL=sqlite:////var/lib/broadsheet/broadsheet.db \
    BROADSHEET_MEDIA_PATH=/var/lib/broadsheet/media
# By number, so that an orchestrator can see that it is not root.
USER 10001
WORKDIR /var/lib/broadsheet
VOLUME /var/lib/broadsheet
EXPOSE 8000
# Not urllib: it would ask a proxy named in the environment for 127.0.0.1.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD ["python", "-c", "\
import http.client, sys; \
c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=2); \
c.request('GET', '/health/live'); \
sys.exit(c.getresponse().status != 200)"]
CMD ["broadsheet", "serve", "--host", "0.0.0.0"]
