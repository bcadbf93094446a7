"""The decisions of the sources beside the desk, pure."""
