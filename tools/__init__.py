"""Set-up tools; not part of the installed package."""
