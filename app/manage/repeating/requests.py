"""`Idempotency-Key`: what a client calls a request that it may have to repeat."""

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated

from fastapi import Depends, Header, Request

from app.kit.errors import BadRequest

_KEY = re.compile(r'("?)([!#-~]{1,255})\1')


@dataclass(frozen=True)
class Repeatable:
    """A request that its client has a name for: digests of the name and of itself."""

    digest: bytes
    request: bytes


async def _repeatable(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(
            description="Your own name for this request, 1 to 255 visible characters. "
            "The same request under the same name is done once: for 24 hours it gets "
            "the first outcome again."
        ),
    ] = None,
) -> Repeatable | None:
    if idempotency_key is None:
        return None
    key = _KEY.fullmatch(idempotency_key.strip())
    if key is None:
        raise BadRequest("An Idempotency-Key has 1 to 255 visible ASCII characters.")
    target = f"{request.method} {request.url.path}?{request.url.query}\n"
    # A body that was streamed is not there any more; its digest stands for it.
    streamed: bytes | None = getattr(request.state, "body_digest", None)
    content = target.encode() + (streamed or await request.body())
    return Repeatable(sha256(key[2].encode()).digest(), sha256(content).digest())


MaybeRepeatable = Annotated[Repeatable | None, Depends(_repeatable)]
"""What came with an `Idempotency-Key`; None for what came without."""
