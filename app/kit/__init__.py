"""What any service could use: settings, sessions, columns, errors, pages.

Nothing in here knows what a newspaper is.
"""
