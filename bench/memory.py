"""F10: the memory of a process that has answered a great many things."""

import re
from pathlib import Path

import httpx

from bench.comparing import OURS
from bench.ground import Ground
from bench.lines import Line
from bench.servers import serving

PAGES = 400


def serve(ground: Ground) -> tuple[float, str] | None:
    """Read pages and what they list, cache as it is by default; None without /proc."""
    settings = ground.settings(BROADSHEET_BACKGROUND="true")
    del settings["BROADSHEET_CACHE_BYTES"]
    with (
        serving(OURS, settings, is_factory=True) as server,
        httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=60) as client,
    ):
        status = Path(f"/proc/{server.pid}/status")
        if not status.exists():
            return None
        asked = _read(client, ground.many(PAGES))
        [peak] = re.findall(r"VmHWM:\s+(\d+) kB", status.read_text())
    return int(peak) / 1024, f"the most it held, {asked:,} answers"


def _read(client: httpx.Client, pages: int) -> int:
    asked, address = 0, "/v1/articles?limit=20"
    for _ in range(pages):
        page = client.get(address).raise_for_status().json()
        for article in page["data"]:
            client.get(f"/v1/articles/{article['id']}").raise_for_status()
        asked += 1 + len(page["data"])
        if not page["links"]["next"]:
            break
        address = httpx.URL(page["links"]["next"]).raw_path.decode()
    return asked


LINES = [
    Line(
        name="F10",
        says="the memory of a process",
        measure=serve,
        floor=250,
        aim=120,
        unit=" MB",
        less_is_better=True,
    )
]
