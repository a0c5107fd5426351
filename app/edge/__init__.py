"""In front of the application, pure ASGI: what HTTP asks of every answer."""
