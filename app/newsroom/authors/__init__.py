"""Authors: who wrote it."""
