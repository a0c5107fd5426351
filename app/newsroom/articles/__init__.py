"""Articles: identity, working content and every saved revision."""
