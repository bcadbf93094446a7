"""The sources beside the desk in the database."""
