"""Following the log for one lane to one cache: look, claim, send, move on.

Any number of processes do this beside each other. What one of them is sending no
other sends at the same time, and what it could not finish another one does.
"""

import logging
from datetime import datetime, timedelta

import httpx

from app.edge.purging import batches, places
from app.edge.purging.batches import Batch
from app.edge.purging.endpoints import Endpoint, Order
from app.edge.purging.lanes import Lane
from app.edge.purging.models import PurgePlace
from app.kit.clock import database_now
from app.kit.db import Database

logger = logging.getLogger("broadsheet.purging")

LONGEST_ANSWER_SECONDS = 5.0
IDLE_SECONDS = 1.0


class NotPurged(Exception):
    """The cache could not be told, or did not do it."""


class Purger:
    """Tells one cache what goes one way."""

    def __init__(self, database: Database, endpoint: Endpoint, lane: Lane):
        self._database = database
        # A redirect is a failure, and a proxy of the environment is not asked.
        self._client = httpx.Client(
            timeout=LONGEST_ANSWER_SECONDS, trust_env=False, follow_redirects=False
        )
        self._endpoint = endpoint
        self._lane = lane

    @property
    def name(self) -> str:
        """What it does, for people."""
        return f"purging {self._lane.name} at {self._endpoint.host}"

    def run(self) -> float:
        """Send what is next, one batch at most; answers how long to rest then."""
        with self._database.read_primary() as session:
            place = places.find(session, self._endpoint, self._lane)
            now = database_now(session)
            if place is None or not places.is_free(place, now):
                batch = None
            else:
                batch = batches.next_for(session, place, self._lane, now)
        if place is None:
            self._begin()
            return 0.0
        if batch is None:
            return _rest(place, now)
        return 0.0 if self._purge(place, batch) else IDLE_SECONDS

    def close(self) -> None:
        """Hang up."""
        self._client.close()

    def _begin(self) -> None:
        with self._database.write() as session:
            places.begin(session, self._endpoint, self._lane)

    def _purge(self, place: PurgePlace, batch: Batch) -> bool:
        """Have a batch purged, and move on; false if it failed or is another's."""
        if batch.keys:
            with self._database.write() as session:
                if not places.claim(session, place, database_now(session)):
                    return False
            try:
                self._send(batch)
            except NotPurged as failure:
                self._put_off(place, str(failure))
                return False
        with self._database.write() as session:
            places.move(session, place, batch, database_now(session))
        return True

    def _put_off(self, place: PurgePlace, failure: str) -> None:
        if not place.attempts:
            logger.warning("%s failed, trying again: %s", self.name, failure)
        with self._database.write() as session:
            now = database_now(session)
            places.put_off(session, place, self._lane, failure, now)

    def _send(self, batch: Batch) -> None:
        for keys in batches.in_requests(batch.keys):
            order = Order(keys, batch.upto, is_soft=self._lane.is_soft)
            method, url, headers = self._endpoint.request(order)
            try:
                answer = self._client.request(method, url, headers=headers)
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise NotPurged(type(error).__name__) from error
            if not answer.is_success:
                raise NotPurged(f"it answered {answer.status_code}")


def _rest(place: PurgePlace, now: datetime) -> float:
    """Tell how long there is nothing to do, though never longer than a second."""
    moments = (place.repeat_at, place.retry_at)
    waits = [(each - now) / timedelta(seconds=1) for each in moments if each]
    return min([IDLE_SECONDS, *(wait for wait in waits if wait > 0)])
