"""Long work is seen: a bar on a terminal, a plain line now and then elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.progress import TimeRemainingColumn as TimeLeft

LINES = 10

Tell = Callable[[int, int], None]


@contextmanager
def showing(console: Console, title: str) -> Iterator[Tell]:
    """Show the progress of a block, which tells how much of how much is done."""
    if not console.is_terminal:
        yield _lines(console, title)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeLeft(), console=console, transient=True) as progress:
        task = progress.add_task(title, total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def _lines(console: Console, title: str) -> Tell:
    marks = 0

    def tell(done: int, total: int) -> None:
        nonlocal marks
        reached = LINES * done // max(total, 1)
        if reached > marks:
            marks = reached
            console.print(f"{title}: {done} of {total}")

    return tell
