"""`apexc still`: one finished frame of a shot, as a PNG."""

from __future__ import annotations

import io
import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from apexlang.cli import files, say
from apexlang.cli.failures import tell
from apexlang.compiler import Film
from apexlang.diagnostics import suggest
from apexlang.options import Options
from apexlang.render.run import Failure
from apexlang.syntax.literals import Fault, parse_value
from apexlang.units import Time

_NOT_IN_A_NAME = re.compile(r"[^\w.-]+")


def run(file: Path, options: Options, label: str, out: Path | None, at: str | None) -> int:
    when = moment(at) if at is not None else None
    if isinstance(when, str):
        return say.usage(when)
    film = say.opened(file, options)
    if not film.ok:
        return say.FAILED
    label = label.removeprefix("#")
    if label not in labels(film):
        return unknown(film, label, file)
    frame = film.still(label, when)
    if isinstance(frame, Failure):
        return tell(frame, file)
    target = out or film.folder / "out" / f"{film.stem}-{_NOT_IN_A_NAME.sub('_', label)}.png"
    return save(frame, target)


def labels(film: Film) -> tuple[str, ...]:
    """The labels of a film's shots, given or made, in order."""
    return tuple(shot.label for shot in film.plan().shots)


def unknown(film: Film, label: str, file: Path) -> int:
    """Says that there is no such shot, and which there are. Returns the exit status."""
    known = labels(film)
    near = suggest(label, known)
    help_text = f"did you mean `{near}`?" if near else f"its shots: {', '.join(known)}"
    return say.failure(f"{say.shown(file)} has no shot `{label}`", help_text)


def moment(text: str) -> Time | str:
    """What `--at` says, or what is wrong with it."""
    clauses = parse_value(text)
    if (
        isinstance(clauses, Fault)
        or len(clauses) != 1
        or len(clauses[0]) != 1
        or not isinstance(clauses[0][0].value, Time)
    ):
        return f"`--at {text}` is not a time; write it as in a film: 12f, 1.5s, 00:00:01:12"
    return clauses[0][0].value


def save(frame: npt.NDArray[np.uint8], target: Path) -> int:
    """Writes a PNG whole or not at all and names it on stdout. Returns the exit status."""
    data = io.BytesIO()
    Image.fromarray(frame).save(data, format="PNG")
    return keep(target, data.getvalue())


def keep(target: Path, data: bytes) -> int:
    """Writes a file whole or not at all and names it on stdout. Returns the exit status."""
    try:
        files.keep(target, data)
    except OSError as problem:
        return say.failure(f"{say.shown(target)} cannot be written: {(problem.strerror or str(problem)).lower()}")
    say.out(say.shown(target))
    return say.DONE
