"""How the program speaks: answers to stdout, everything else to stderr, colour where a person is looking."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

from apexlang.compiler import Film, compile
from apexlang.diagnostics import Diagnostic, render_all
from apexlang.options import Options
from apexlang.source import Source, Span

DONE, FAILED, USAGE, STOPPED = 0, 1, 2, 130


def set_up() -> None:
    """UTF-8 on both streams whatever the console's code page; a character that cannot be shown stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def out(text: str = "") -> None:
    print(text, flush=True)


def err(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


def answer(value: Any) -> None:
    """A JSON answer."""
    out(json.dumps(value, indent=2, ensure_ascii=False, default=str))


def abandon_stdout() -> None:
    """After a reader has gone: what is left in the buffer goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def coloured(stream: TextIO) -> bool:
    """Whether to write in colour: a terminal, and neither NO_COLOR nor TERM=dumb."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


def shown(path: Path) -> str:
    """A path as short as it can be said from here, `/` between its parts."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


def failure(message: str, *helps: str) -> int:
    """An error that is no line of a film. Returns the exit status."""
    head = "\x1b[1;31merror\x1b[0m" if coloured(sys.stderr) else "error"
    err(f"{head}: {message}")
    for text in helps:
        err(f" = help: {text}")
    return FAILED


def usage(message: str, *helps: str) -> int:
    """What was asked cannot be understood. Returns the exit status."""
    failure(message, *helps)
    return USAGE


def opened(file: Path, options: Options) -> Film:
    """The film at `file`; everything wrong with it is already said on stderr. Look at `.ok`."""
    film = compile(file, options=options)
    complain(film, file)
    return film


def complain(film: Film, file: Path) -> None:
    """Shows a film's diagnostics, its paths as seen from here."""
    if film.diagnostics:
        folder = file.parent
        seen = [replace(d, span=_from_here(d.span, folder), secondary=_others(d, folder)) for d in film.diagnostics]
        err(render_all(seen, _moved(film.sources, folder), coloured(sys.stderr)))


def _others(found: Diagnostic, folder: Path) -> tuple[tuple[Span, str], ...]:
    return tuple((moved, text) for span, text in found.secondary if (moved := _from_here(span, folder)) is not None)


def _from_here(span: Span | None, folder: Path) -> Span | None:
    if span is None or span.path.startswith("std:"):
        return span
    return Span((folder / span.path).as_posix(), span.line, span.col, span.end_line, span.end_col)


def _moved(sources: Mapping[str, Source], folder: Path) -> dict[str, Source]:
    return {(p if p.startswith("std:") else (folder / p).as_posix()): source for p, source in sources.items()}


def plural(count: int, noun: str) -> str:
    """`1 shot`, `12 shots`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def duration(seconds: float) -> str:
    """`4 s`, `1 min 20 s`, `2 h 5 min`, for people."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s" if whole % 60 else f"{whole // 60} min"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
