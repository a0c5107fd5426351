"""The log over HTTP: pages of changes, a stream of them, a snapshot to begin with."""
