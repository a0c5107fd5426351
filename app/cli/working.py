"""`broadsheet worker`: what a server does by itself, without answering anybody."""

import logging.config
import signal
import threading

from app.background import Background
from app.cli import opening, tables
from app.cli.opening import console
from app.cli.serving import LOGGING
from app.kit.clock import system_clock


def work() -> None:
    """Release what is due and refresh what was renamed, without serving."""
    settings = opening.settings()
    logging.config.dictConfig(LOGGING)
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    with opening.database(settings) as database:
        tables.check(database)
        background = Background(database, settings, system_clock)
        background.start()
        console.print(f"{settings.site_name}: the worker is up.", markup=False)
        stopped.wait()
        background.stop()
