"""The typed film: `model` has its nodes, `load` makes it from a file, `resolve` says what holds for a shot."""

from apexlang.ir.load import Loaded, load, load_source

__all__ = ["Loaded", "load", "load_source"]
