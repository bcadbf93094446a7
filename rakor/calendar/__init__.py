"""The programme as calendar files: the event, each session, each speaker (RFC 5545)."""
