"""Laporan kegiatan: what is filled from the data, what is typed, the annexes, and the papers made of them."""
