"""What an article said at each of its releases, open to everybody."""
