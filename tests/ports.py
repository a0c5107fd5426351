"""Ports for the servers that tests start.

What the system would choose it may give to an outgoing connection in the moment before
the server takes it, so these lie below what systems give (from 32768 on Linux).
"""

import secrets
import socket
from contextlib import suppress

HOST = "127.0.0.1"
LOWEST, HIGHEST = 20_000, 32_000


def free_port() -> int:
    """Find a port that nobody listens on; another one nearly every time."""
    while True:
        # Not from `random`, which is seeded alike in the processes that run tests.
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with suppress(OSError), socket.create_server((HOST, port)):
            return port
