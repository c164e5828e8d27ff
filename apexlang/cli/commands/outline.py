"""`apexc outline`: scenes, shots, lengths and timecodes, who is in them, what is said."""

from __future__ import annotations

from pathlib import Path

from apexlang.cli import say
from apexlang.options import Options
from apexlang.reading.outline import data, outline, text

WIDEST = 120
"""Columns after which a line is too long to read, however wide the terminal is."""


def run(file: Path, options: Options, as_data: bool) -> int:
    """Exit status 1 if the film has errors; what can be read of it is shown all the same."""
    film = say.opened(file, options)
    if film.ir is None or film.timeline is None:
        return say.FAILED
    found = outline(film.ir, film.timeline)
    if as_data:
        say.answer(data(found))
    else:
        say.out(text(found, min(WIDEST, say.width() or 80), say.paint))
    return say.DONE if film.ok else say.FAILED
