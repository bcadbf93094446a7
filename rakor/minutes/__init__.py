"""Preparation, minutes of the sessions, conclusions, and what follows from them."""
