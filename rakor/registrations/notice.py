"""The version of the privacy notice that a registration keeps (UU 27/2022 art. 21; the page itself is in privacy)."""

NOTICE_VERSION = "2026-11"
"""Raise it with every change of the notice's meaning; people who registered before keep theirs."""
