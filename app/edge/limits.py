"""What is refused for the sake of everybody else's requests."""

from typing import ClassVar

from app.kit.errors import Problem, Unavailable


class TooSlow(Problem):
    """The request was not sent whole within the time that this server waits."""

    status = 408
    code = "too-slow"
    title = "The request took too long to arrive"


class HeadersTooLarge(Problem):
    """The headers are larger than this server reads."""

    status = 431
    code = "headers-too-large"
    title = "The headers are too large"


class Overloaded(Unavailable):
    """More is asked than this process can answer; `Retry-After` says when to come."""

    code: ClassVar[str] = "overloaded"
    title = "Too much is asked at once"
