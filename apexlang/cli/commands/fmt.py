"""`apexc fmt`: films in the one true layout."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

from apexlang.cli import files, say
from apexlang.diagnostics import of_problem, render
from apexlang.ir.labels import label_shots
from apexlang.ir.layout import formatted
from apexlang.options import Options
from apexlang.source import LARGEST_SOURCE, Problem, Source, World, decode

STDIN = Path("-")


def run(paths: Sequence[Path], options: Options, check: bool, diff: bool, label: bool) -> int:
    """Exit status 1 with `check` if a film would change, and where one cannot be read or written."""
    gc.disable()
    wrong = changed = 0
    for path in dict.fromkeys(paths):
        data = _read(path)
        if data is None:
            wrong += 1
            continue
        name = "<stdin>" if path == STDIN else say.shown(path)
        source = decode("film.apex" if path == STDIN else path.name, data)
        if isinstance(source, Problem):
            say.err(render(of_problem(source, None), {}, say.coloured(sys.stderr)))
            wrong += 1
            continue
        text, labels = _made(source, path, options, label)
        new = text.encode("utf-8")
        changed += new != data
        if diff:
            say.out(files.difference(name, data.decode("utf-8"), text).rstrip("\n")) if new != data else None
        elif check:
            if new != data:
                say.out(f"{name}: would be formatted{_with(labels)}")
        elif path == STDIN:
            sys.stdout.buffer.write(new)
            sys.stdout.flush()
            _say_labels(labels, say.err)
        elif new != data:
            try:
                files.replace(path, new)
            except OSError as problem:
                wrong += 1
                say.failure(f"{name} cannot be written: {problem.strerror or problem}")
                continue
            say.out(f"{name}: formatted{_with(labels)}")
            _say_labels(labels, say.out)
    if not diff and STDIN not in paths and not wrong:
        _sum_up(len(paths), changed, check)
    return say.FAILED if wrong or (check and changed) else say.DONE


def _sum_up(count: int, changed: int, check: bool) -> None:
    if not changed:
        say.out(f"{say.plural(count, 'film')} in order: nothing to do")
    elif count > 1:
        say.out(
            f"{say.plural(count, 'film')}: {changed} {'would be ' if check else ''}formatted, {count - changed} in order"
        )


def _made(source: Source, path: Path, options: Options, label: bool) -> tuple[str, list[str]]:
    if not label:
        return formatted(source), []
    folder = Path.cwd() if path == STDIN else path.parent
    labelled, labels = label_shots(source, World(folder, options.allow))
    return formatted(labelled), labels


def _with(labels: list[str]) -> str:
    return f", {say.plural(len(labels), 'shot')} labelled" if labels else ""


def _say_labels(labels: list[str], say_it: object) -> None:
    if labels and callable(say_it):
        shown = ", ".join(f"#{name}" for name in labels[:12]) + (
            f" and {len(labels) - 12} more" if len(labels) > 12 else ""
        )
        say_it(f"  {shown}")
        say_it(
            "  A label is a shot's identity: the seeds of these shots are new, so pictures made for them are made again once."
        )


def _read(path: Path) -> bytes | None:
    """The bytes of a film; None when there are none to be had, which has then been said."""
    try:
        if path == STDIN:
            return sys.stdin.buffer.read(LARGEST_SOURCE + 1)
        if path.is_dir():
            say.failure(f"{say.shown(path)} is a folder", "name the films in it")
            return None
        with path.open("rb") as file:
            data = file.read(LARGEST_SOURCE + 1)
    except FileNotFoundError:
        say.failure(f"no file {say.shown(path)}")
        return None
    except OSError as problem:
        say.failure(f"{say.shown(path)} cannot be read: {problem.strerror or problem}")
        return None
    if len(data) > LARGEST_SOURCE:
        say.failure(f"{say.shown(path)} is larger than {LARGEST_SOURCE >> 20} MB")
        return None
    return data
