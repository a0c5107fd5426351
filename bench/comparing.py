"""Two servers asked in turn, each on the same core, and the ratio of their medians."""

import json
import statistics
import tempfile
from dataclasses import dataclass
from typing import IO

import httpx

from bench.ground import Ground
from bench.load import Rate, measure
from bench.servers import serving

OURS = "app.main:application"
CACHE = {"BROADSHEET_CACHE_BYTES": "64000000"}


@dataclass(frozen=True)
class Side:
    """A server and what it is asked for; `held` where the client has it already."""

    target: str
    application: str = OURS
    url: str | None = None
    """Another database than that of the ground."""

    is_held: bool = False


def ratio(
    ground: Ground, ours: Side, reference: Side, **settings: str
) -> tuple[float, str]:
    """How often we answer for each answer of the reference."""
    mine, theirs = rates(ground, ours, reference, **settings)
    return mine / theirs, f"{mine:,.0f} a second against {theirs:,.0f}"


def slowness(ground: Ground, ours: Side, reference: Side) -> tuple[float, str]:
    """How long we take for each second that the reference takes."""
    mine, theirs = rates(ground, ours, reference)
    return theirs / mine, f"{1000 / mine:.2f} ms against {1000 / theirs:.2f} ms"


def rates(
    ground: Ground, ours: Side, reference: Side, **settings: str
) -> tuple[float, float]:
    """Ask both in turn, several times; answers the median of each."""
    variables = ground.settings(**settings)
    with (
        tempfile.NamedTemporaryFile("w", suffix=".json") as answer,
        serving(ours.application, _of(ours, variables), is_factory=True) as own,
    ):
        held = _record(own.port, ours, answer)
        theirs = {**_of(reference, variables), "BENCH_ANSWER": answer.name}
        is_ours = reference.application == OURS
        with serving(reference.application, theirs, is_factory=is_ours) as other:
            pairs = [
                (
                    _rate(ground, own.port, ours, held),
                    _rate(ground, other.port, reference, held),
                )
                for _ in range(ground.repeats)
            ]
    mine, his = zip(*pairs, strict=True)
    return statistics.median(mine), statistics.median(his)


def _of(side: Side, variables: dict[str, str]) -> dict[str, str]:
    return {**variables, "BROADSHEET_DATABASE_URL": side.url} if side.url else variables


def _rate(ground: Ground, port: int, side: Side, held: str) -> float:
    rate: Rate = measure(port, side.target, seconds=ground.seconds, held=held)
    if rate.status != (304 if held else 200):
        raise RuntimeError(f"the server answered {rate.status} to {side.target}")
    return rate.per_second


def _record(port: int, side: Side, file: IO[str]) -> str:
    """Write down what we answer, so that a reference can answer the same."""
    url = f"http://127.0.0.1:{port}{side.target}"
    plain = {"Accept-Encoding": "identity"}
    answer = httpx.get(url, headers=plain, timeout=60)
    held = answer.headers.get("etag", "") if side.is_held else ""
    if held:
        answer = httpx.get(url, headers={**plain, "If-None-Match": held})
    own = {"date", "server", "transfer-encoding"}
    headers = [pair for pair in answer.headers.multi_items() if pair[0] not in own]
    json.dump(
        {"status": answer.status_code, "headers": headers, "body": answer.text}, file
    )
    file.flush()
    return held
