"""The organisers' pages about speakers and their materials, and what the worker does for them."""

from rakor.agenda import material_jobs, material_routes
from rakor.agenda.speaker_routes import NAV, blueprint

__all__ = ["NAV", "blueprint", "material_jobs", "material_routes"]
