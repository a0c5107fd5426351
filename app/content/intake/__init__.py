"""Bodies that come as HTML or Markdown, turned into blocks on the way in."""
