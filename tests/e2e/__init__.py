"""The product seen from outside: a real server, a real browser, the demo worlds."""
