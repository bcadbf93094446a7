"""The organisers' pages about speakers and their materials, and what the worker does for them."""

from rakor.agenda import material_jobs, material_routes
from rakor.agenda.speaker_routes import NAV, beside, blueprint

__all__ = ["NAV", "beside", "blueprint", "material_jobs", "material_routes"]
