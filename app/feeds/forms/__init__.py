"""One article in the forms of other trades: ninjs, JSON-LD, plain text, Markdown."""
