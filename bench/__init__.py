"""Benchmarks and fault drills: each is one command that prints JSON and fails when its figure is missed."""

import importlib
import keyword
from types import ModuleType


def module_of(name: str) -> ModuleType:
    """Return the module of a benchmark; one that is called like a word of Python ("import") has a line behind it."""
    return importlib.import_module(f"bench.{name}_" if keyword.iskeyword(name) else f"bench.{name}")
