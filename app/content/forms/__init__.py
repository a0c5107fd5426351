"""A body in other clothes: HTML, Markdown and plain text, made once at release."""
