"""Benchmarks and fault drills: each is one command that prints JSON and fails when its figure is missed."""
