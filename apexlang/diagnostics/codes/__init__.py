"""The table of codes: what each means, with a wrong and a right example. `apexc explain` and `docs/errors` are made from it."""

from apexlang.diagnostics.codes import files, lines, making, names, time, values, warnings
from apexlang.diagnostics.codes.entry import Entry, explain, whole

TABLE: dict[str, Entry] = {
    entry.code: entry for family in (lines, names, values, time, files, making, warnings) for entry in family.ENTRIES
}
"""Every code that the compiler can report, in order."""

__all__ = ["TABLE", "Entry", "explain", "whole"]
