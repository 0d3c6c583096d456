# The Telegram bot, or the HTTP service, in a container: nothing is written outside /data, and nobody in it is root.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/hoidap
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY config ./config
COPY seeds ./seeds
COPY retrieval ./retrieval
COPY bot ./bot
RUN /opt/hoidap/bin/pip install --no-cache-dir --constraint constraints.txt ".[server]"

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home hoidap && install -d -o hoidap -g hoidap -m 0700 /data
COPY --from=build /opt/hoidap /opt/hoidap
ENV PATH=/opt/hoidap/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER hoidap
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s CMD ["python", "-c", \
    "import urllib.request as u; u.urlopen('http://127.0.0.1:8088/healthz', timeout=4)"]
ENTRYPOINT ["hoidap"]
CMD ["telegram", "--config", "/etc/hoidap/hoidap.toml"]
