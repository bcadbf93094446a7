"""The house itself: backup, restore, and whether this installation is fit to serve."""
