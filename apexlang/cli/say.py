"""How the program speaks: answers to stdout, everything else to stderr, colour where a person is looking."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from apexlang.compiler import Film, compile
from apexlang.diagnostics import Diagnostic, render_all, visible
from apexlang.options import Options
from apexlang.source import Source, Span

DONE, FAILED, USAGE, STOPPED = 0, 1, 2, 130


def set_up() -> None:
    """UTF-8 on both streams whatever the console's code page; a character that cannot be shown stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def out(text: str = "", to_stderr: bool = False) -> None:
    """Says something to whoever asked; `to_stderr` where stdout is taken by an answer of its own."""
    print(text, file=sys.stderr if to_stderr else sys.stdout, flush=True)


def err(text: str = "") -> None:
    print(text, file=sys.stderr, flush=True)


def answer(value: Any, large: bool = False) -> None:
    """A JSON answer; a `large` one on a single line, which is ten times as quick."""
    out(json.dumps(value, indent=None if large else 2, ensure_ascii=False, default=str))


def text(written: str) -> None:
    """Text of a film, as it is for a file or a pipe. On a terminal nothing in it moves the cursor."""
    if sys.stdout.isatty():
        written = "\n".join(visible(line) for line in written.split("\n"))
    sys.stdout.write(written)
    sys.stdout.flush()


def abandon_stdout() -> None:
    """After a reader has gone: what is left in the buffer goes nowhere, quietly."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def coloured(stream: TextIO) -> bool:
    """Whether to write in colour: a terminal, and neither NO_COLOR nor TERM=dumb."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream.isatty()


_STYLES = {"strong": "1", "dim": "2", "good": "32", "bad": "31", "warn": "33", "place": "34", "head": "1;36"}


def paint(style: str, text: str, stream: TextIO | None = None) -> str:
    """`text` in a style (`strong`, `dim`, `good`, `bad`, `warn`, `place`, `head`) where the stream takes colour."""
    if not text or not coloured(stream or sys.stdout):
        return text
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def width(stream: TextIO | None = None) -> int | None:
    """Columns of the terminal that the stream is (COLUMNS says otherwise), 40 at least; None for a pipe or a file, whose
    lines are not broken."""
    if not (stream or sys.stdout).isatty():
        return None
    return max(40, shutil.get_terminal_size((80, 24)).columns)


def place(span: Span, folder: Path) -> str:
    """`film.apex:12`, as seen from here; the library's files are `std:looks.apex`."""
    return f"{named(span.path, folder)}:{span.line + 1}"


def named(path: str, folder: Path) -> str:
    """A path of a film in `folder`, as seen from here."""
    return path if path.startswith("std:") else shown(folder / path)


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


class Terminated(KeyboardInterrupt):
    """SIGTERM, or the terminal went: everything is ended in order, as by Ctrl-C. `number`: of the signal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def status_of(stop: KeyboardInterrupt) -> int:
    """The exit status of a program that was stopped, as a shell has it."""
    return 128 + stop.number if isinstance(stop, Terminated) else STOPPED


def opened(file: Path, options: Options) -> Film:
    """The film at `file`; everything wrong with it is already said on stderr. Look at `.ok`."""
    film = compile(file, options=options)
    complain(film, file)
    return film


def complain(film: Film, file: Path) -> None:
    """Shows a film's diagnostics, its paths as seen from here."""
    show(film.diagnostics, film.sources, file.parent)


def show(found: Sequence[Diagnostic], sources: Mapping[str, Source], folder: Path) -> None:
    """Shows diagnostics of a film in `folder`, paths as seen from here."""
    if found:
        err(render_all(found, sources, coloured(sys.stderr), lambda path: from_here(path, folder)))


@lru_cache(1024)
def from_here(path: str, folder: Path) -> str:
    """A path of a film in `folder` by way of that folder; the library's files are `std:looks.apex`."""
    return path if path.startswith("std:") else (folder / path).as_posix()


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
