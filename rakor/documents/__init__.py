"""Papers of an event: daftar hadir; badges, letters and certificates come in later issues."""
