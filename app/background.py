"""What a process does by itself beside answering: releasing, refreshing, purging."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from app.access.uses import Uses
from app.changes import pruning
from app.edge.purging.endpoints import Endpoint
from app.edge.purging.following import Purger
from app.edge.purging.lanes import LANES
from app.kit.clock import Clock, database_now
from app.kit.db import Database
from app.kit.settings import Settings
from app.pictures.storage import storage_of
from app.publishing import merging, refreshing, removing
from app.publishing.desk import Desk
from app.publishing.remedies import sweeping
from app.publishing.site import Site
from app.publishing.timing import clockwork

logger = logging.getLogger("broadsheet.background")

REFRESH_SECONDS = 0.5
COUNT_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 30.0


class Stopping(Exception):
    """The process ends; what is left to do is picked up by the next one."""


class Loop:
    """One thread that does a step again and again, until it is stopped.

    A step answers how long to rest; `wake` ends a rest early. After an error the
    rests grow up to `longest`: the database may be away, and the thread outlives it.
    """

    def __init__(
        self,
        name: str,
        step: Callable[["Loop"], float],
        *,
        longest: float,
        wake: threading.Event | None = None,
    ):
        self._name = name
        self._step = step
        self._longest = longest
        self._wake = wake or threading.Event()
        self._is_stopping = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    @property
    def is_running(self) -> bool:
        """Whether the thread is at work or waits for some."""
        return self._thread.is_alive()

    def start(self) -> None:
        """Begin working."""
        self._thread.start()

    def tell_to_stop(self) -> None:
        """Let it end after the step at hand."""
        self._is_stopping = True
        self._wake.set()

    def wait_for_end(self) -> None:
        """Wait until it has ended, though not for ever."""
        if self._thread.ident is not None:
            self._thread.join(timeout=10)

    def pause(self, seconds: float) -> None:
        """Rest in the middle of a step; raises if the process ends meanwhile."""
        self._rest(seconds)
        if self._is_stopping:
            raise Stopping

    def _run(self) -> None:
        wait = 0.1
        while not self._is_stopping:
            try:
                wait = self._step(self)
            except Stopping:
                return
            except Exception:
                # What is to be done is stored, and is done when it is possible again.
                logger.warning("%s failed; trying again", self._name, exc_info=True)
                wait = min(max(2 * wait, 0.1), self._longest)
            self._rest(wait)

    def _rest(self, seconds: float) -> None:
        self._wake.wait(seconds)
        self._wake.clear()


class Background:
    """The loops of a process, each in a thread of its own: none waits for another."""

    def __init__(
        self,
        database: Database,
        settings: Settings,
        clock: Clock,
        *,
        alarm: threading.Event | None = None,
        uses: Uses | None = None,
    ):
        """Make the loops; `alarm` is rung when a nearer time than before was set.

        `uses` are those of the process's keys, where it answers requests.
        """
        self._database = database
        self._site = Site.of(settings)
        self._clock = clock
        self._uses = uses
        self._storage = storage_of(settings)
        self._kept = timedelta(days=settings.log_days)
        self._purgers = [
            Purger(database, endpoint, lane)
            for endpoint in Endpoint.all_of(settings)
            for lane in LANES
        ]
        self.bells = [threading.Event() for _ in self._purgers]
        self._loops = (
            Loop("releasing", self._release, longest=1.0, wake=alarm),
            Loop("refreshing", self._refresh, longest=LONGEST_WAIT_SECONDS),
            *([] if uses is None else [Loop("counting", self._count, longest=60.0)]),
            # One for each lane to each cache: none waits for a cache that is dead.
            *(
                Loop(purger.name, _purging(purger), longest=5.0, wake=bell)
                for purger, bell in zip(self._purgers, self.bells, strict=True)
            ),
        )

    @property
    def is_running(self) -> bool:
        """Whether every loop is at work or waits for some."""
        return all(loop.is_running for loop in self._loops)

    def start(self) -> None:
        """Begin working."""
        for loop in self._loops:
            loop.start()

    def stop(self) -> None:
        """Finish what is at hand and end."""
        for loop in self._loops:
            loop.tell_to_stop()
        for loop in self._loops:
            loop.wait_for_end()
        for purger in self._purgers:
            purger.close()

    def desk(self) -> Desk:
        """Sit down as the system itself."""
        return Desk(now=self._clock(), by="system", site=self._site)

    def _release(self, _loop: Loop) -> float:
        return clockwork.run(self._database, self._site)

    def _count(self, _loop: Loop) -> float:
        if self._uses is not None:
            self._uses.write(self._database)
        return COUNT_SECONDS

    def _refresh(self, loop: Loop) -> float:
        refreshing.run_pending(self._database, self.desk, pause=loop.pause)
        merging.run_pending(self._database, self.desk, pause=loop.pause)
        with self._database.read_primary() as session:
            # What is gone is gone: the clock that all share says what is old enough.
            now = database_now(session)
        removing.run_due(self._database, self._storage, now=now)
        sweeping.run_pending(self._database, pause=loop.pause)
        pruning.run_due(self._database, before=now - self._kept, pause=loop.pause)
        return REFRESH_SECONDS


def _purging(purger: Purger) -> Callable[[Loop], float]:
    return lambda _: purger.run()
