"""The name of a request: in its answer, in its problem document, in the log."""

import re
from itertools import count
from secrets import token_hex

_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")

# A random part for the process and a number in it: as unlikely to meet twice as a
# UUID is, at a tenth of the time, which a kept answer would notice.
_process = token_hex(10).encode()
_numbers = count(1)


def request_id(given: str | None) -> str:
    """Take the name a client gave, where it is a sane one; else make one."""
    if given and _SANE.fullmatch(given):
        return given
    return new_request_id().decode()


def new_request_id() -> bytes:
    """Make a name, as it stands in a header."""
    return b"%s%012x" % (_process, next(_numbers))
