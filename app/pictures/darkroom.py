"""The darkroom: child processes in which pictures are decoded, a few at a time.

A child that takes too long is ended, and one that breaks is replaced. What it was
working on is refused; everything else goes on.
"""

import json
import logging
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from app.kit.errors import Invalid, Unavailable
from app.pictures.sizes import Order

CHILDREN = 2
WALL_SECONDS = 20
TURN_SECONDS = 30
RETRY = {"Retry-After": "5"}

_ROOT = Path(__file__).parents[2]

# Large pieces go back to the system as soon as they are free (GNU libc): otherwise
# what one picture leaves in pieces would be missing for the next.
_MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}

logger = logging.getLogger("broadsheet.pictures")


class NotAnImage(Invalid):
    """The bytes are no picture of a kind that is taken, or not only that."""

    code = "not-an-image"
    title = "This is not a picture that is taken"


class ImageTooLarge(Invalid):
    """The picture has too many pixels or frames, or takes too much to decode."""

    code = "image-too-large"
    title = "The picture is too large"


@dataclass(frozen=True)
class Proof:
    """What is known of a picture once it was decoded; it stands upright."""

    width: int
    height: int
    mime_type: str


class ChildLost(Exception):
    """The child ended, by itself or because its time was up."""


class Child:
    """One process that decodes, and the pipe to it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.is_new, self.is_late = True, False
        # The environment holds the database's password; a decoder needs none of it.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "app.pictures.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), **_MEMORY},
            text=True,
        )

    def ask(self, question: str) -> dict[str, str | int]:
        """Send a line and wait for the one that answers it."""
        assert self._process.stdin
        assert self._process.stdout
        limit = threading.Timer(self._seconds, self._give_up)
        limit.start()
        try:
            self._process.stdin.write(f"{question}\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except (OSError, ValueError):
            line = ""
        finally:
            limit.cancel()
        if not line:
            raise ChildLost
        answer: dict[str, str | int] = json.loads(line)
        return answer

    def _give_up(self) -> None:
        self.is_late = True
        self._process.kill()

    @property
    def is_there(self) -> bool:
        """Whether it still runs; the system may have ended it."""
        return self._process.poll() is None

    def end(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


class Darkroom:
    """A few children, each started when it is first needed."""

    def __init__(self, seconds: float = WALL_SECONDS) -> None:
        self._seconds = seconds
        self._free: queue.LifoQueue[Child | None] = queue.LifoQueue()
        for _ in range(CHILDREN):
            self._free.put(None)

    def prove(self, source: Path, thumb: Path) -> Proof:
        """Prove that a file is a picture, and write its smallest print."""
        try:
            answer = self._ask(source, thumb, None)
        except ChildLost:
            raise NotAnImage("It could not be decoded in time.") from None
        if answer.get("code") == ImageTooLarge.code:
            raise ImageTooLarge(str(answer["why"]))
        if "code" in answer:
            raise NotAnImage(str(answer["why"]))
        return Proof(
            width=int(answer["width"]),
            height=int(answer["height"]),
            mime_type=str(answer["mime_type"]),
        )

    def print(self, source: Path, target: Path, order: Order) -> None:
        """Make a print of a picture that was proved when it came."""
        try:
            answer = self._ask(source, target, order)
        except ChildLost:
            answer = {"why": "the child was lost"}
        if answer:
            logger.error("a print could not be made: %s", answer["why"])
            raise Unavailable("The picture cannot be made now.", headers=RETRY)

    def close(self) -> None:
        """End the children."""
        with suppress(queue.Empty):
            while True:
                child = self._free.get_nowait()
                if child:
                    child.end()

    def _ask(
        self, source: Path, target: Path, order: Order | None
    ) -> dict[str, str | int]:
        question = json.dumps([str(source), str(target), order and asdict(order)])
        try:
            child = self._free.get(timeout=TURN_SECONDS)
        except queue.Empty:
            raise Unavailable("Too many pictures wait.", headers=RETRY) from None
        kept: Child | None = None
        try:
            child = self._alive(child)
            try:
                answer = child.ask(question)
            except ChildLost:
                if child.is_new or child.is_late:
                    raise
                # It was ended while it waited, which the system tells a little later.
                child.end()
                child = Child(self._seconds)
                answer = child.ask(question)
            child.is_new = False
            kept = child
        finally:
            if kept is None and child is not None:
                child.end()
            self._free.put(kept)
        return answer

    def _alive(self, child: Child | None) -> Child:
        """Take the child that is there, or another one."""
        if child is not None and not child.is_there:
            child.end()
            child = None
        return child or Child(self._seconds)
