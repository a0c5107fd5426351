"""Which migrations there are: their files, and their revisions in order."""

from pathlib import Path

from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parents[2] / "migrations"
FILES = sorted((FOLDER / "versions").glob("*.py"))
REVISIONS = [
    each.revision
    for each in reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions()))
]
