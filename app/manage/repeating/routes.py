"""A route that keeps its outcome, and the answer to whoever repeats the request."""

from collections.abc import Callable, Coroutine

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.access import outcomes
from app.access.models import Outcome
from app.manage.repeating import stored
from app.manage.repeating.sessions import FirstAttempt, Replayed

Handle = Callable[[Request], Coroutine[None, None, Response]]


class OnceRoute(APIRoute):
    """A route whose answer is kept, in its own transaction, where it may be repeated.

    The answer is whole when this sees it, and nothing is committed yet. A refusal
    does not come by here: what was refused is tried again.
    """

    def get_route_handler(self) -> Handle:
        handle = super().get_route_handler()

        async def handle_and_keep(request: Request) -> Response:
            response = await handle(request)
            attempt: FirstAttempt | None = getattr(request.state, "attempt", None)
            if attempt is not None:
                await run_in_threadpool(self._keep, attempt, response)
            return response

        return handle_and_keep

    def _keep(self, attempt: FirstAttempt, response: Response) -> None:
        answer = stored.shortened(bytes(response.body), self.response_model)
        outcome = Outcome(
            caller_id=attempt.caller_id,
            digest=attempt.sent.digest,
            request=attempt.sent.request,
            answered_at=attempt.now,
            status=response.status_code,
            location=response.headers.get("location"),
            etag=response.headers.get("etag"),
            kind=self.path.split("/")[1],
            resource_id=answer.resource_id,
            revision=answer.revision,
            answer=answer.content,
        )
        outcomes.keep(attempt.session, outcome)


def on_replayed(_request: Request, error: Exception) -> Response:
    """Answer what was answered the first time, and say that it is that."""
    if not isinstance(error, Replayed):
        raise error
    outcome = error.outcome
    headers = {
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Idempotency-Replayed": "true",
    }
    if outcome.location is not None:
        headers["Location"] = outcome.location
    if outcome.etag is not None:
        headers["ETag"] = outcome.etag
    return Response(
        error.answer,
        status_code=outcome.status,
        headers=headers,
        media_type="application/json",
    )
