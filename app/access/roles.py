"""The roles of callers, and what each adds to the one before."""

from enum import IntEnum


class Role(IntEnum):
    """What a key may do, each role more than the one before.

    A partner only reads, what its scopes entitle it to. A reporter writes, an editor
    also publishes, a publisher also kills, an admin also manages keys.
    """

    partner = 0
    reporter = 1
    editor = 2
    publisher = 3
    admin = 4
