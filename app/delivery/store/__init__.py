"""The delivery tables and what is written to them. Read by the routes."""
