"""A relay: another rakor, in the hall's own network, that keeps an event's doors while the way to its server is cut.

``giving`` is the server's side. ``joining``, ``taking``, ``sending`` and ``syncing`` are the relay's; ``rows`` is what
both write and read.
"""
