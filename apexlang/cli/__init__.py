"""The command line, `apexc`: a thin face over the compiler."""

from apexlang.cli.app import main

__all__ = ["main"]
