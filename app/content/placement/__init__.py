"""Where advertisements stand: a pure function of a body, a policy and a platform.

Bodies are what readers get, as JSON; the catalogue's entries and policies likewise.
Nothing here knows a reader.
"""
