"""The sample newspaper: an invented city's daily, as data files.

Loaded through the same commands as any editor's work; loading it again changes
nothing.
"""

from app.importers.sample.loading import Paper, load

__all__ = ["Paper", "load"]
