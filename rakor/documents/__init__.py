"""Papers of an event: daftar hadir, letters, badges, certificates."""
