"""Signatures on the attendance list: drawn or typed, kept as strokes; presence itself is the ledger's."""
