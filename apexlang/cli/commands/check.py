"""`apexc check`: everything that is wrong with films; with `--fix`, what can be put right at once is."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apexlang.cli import files, say
from apexlang.cli.fixing import Fixed, fixed
from apexlang.compiler import Film, compile
from apexlang.diagnostics import as_json
from apexlang.options import Options
from apexlang.units import timecode

MANY = 1000
"""Diagnostics beyond which a JSON answer is one line."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for besides the answer: to make the safe fixes, and only to show what they would change; to tell as well what
    the embedded stage does not understand."""

    as_data: bool = False
    fix: bool = False
    dry_run: bool = False
    verbose: bool = False


def run(paths: Sequence[Path], options: Options, wish: Wish) -> int:
    """Exit status 1 if any film has an error, or a fix cannot be written; warnings alone are no failure."""
    gc.disable()  # a film's nodes all live until the end: looking for garbage among them is a quarter of a long film's time
    answers: list[dict[str, Any]] = []
    ok = True
    for path in paths:
        mended = fixed(path, options) if wish.fix else None
        film = mended.film if mended else compile(path, options=options)
        ok = ok and film.ok
        if mended and mended.after and not wish.dry_run:
            ok = _write(mended, path.parent) and ok
        if wish.as_data:
            answers.append(_data(path, film, mended))
            continue
        if mended:
            _tell(mended, path.parent, wish.dry_run)
        say.complain(film, path)
        if wish.verbose and film.ok:
            _tell_unstaged(film, path)
        if film.ok:
            say.out(f"{say.shown(path)}: {_summary(film)}", to_stderr=wish.dry_run)
    if wish.as_data:
        many = sum(len(answer["diagnostics"]) for answer in answers) > MANY
        say.answer({"ok": ok, "films": answers}, large=many)
    return say.DONE if ok else say.FAILED


def _tell_unstaged(film: Film, path: Path) -> None:
    """What the stage will leave out of each shot that it photographs, with the shot's line."""
    placed = {p.index: p for p in film.timeline.shots} if film.timeline else {}
    for shot, notes in film.unstaged():
        span = placed[shot.index].shot.span if shot.index in placed else None
        where = f"{say.from_here(span.path, path.parent)}:{span.line + 1}" if span else say.shown(path)
        for note in notes:
            say.out(f"{where}: #{shot.label}: {note}")


def _write(mended: Fixed, folder: Path) -> bool:
    """Writes the files that fixes changed, each in one step."""
    for path, source in mended.after.items():
        target = folder / path
        try:
            files.rewrite(target, source.text)
        except OSError as problem:
            say.failure(f"{say.shown(target)} cannot be written: {problem.strerror or problem}")
            return False
    return True


def _tell(mended: Fixed, folder: Path, dry_run: bool) -> None:
    """What was fixed: file by file, or as a difference where nothing is written."""
    for path, source in mended.after.items():
        name = say.from_here(path, folder)
        if dry_run:
            say.text(files.difference(name, mended.before[path].text, source.text))
        else:
            say.out(f"{name}: {say.plural(mended.made[path], 'place')} put right")


def _data(path: Path, film: Film, mended: Fixed | None) -> dict[str, Any]:
    timeline = film.timeline
    answer: dict[str, Any] = {
        "path": path.as_posix(),
        "ok": film.ok,
        "shots": len(timeline.shots) if timeline else 0,
        "frames": timeline.frames if timeline else 0,
        "diagnostics": [
            as_json(d, film.sources, lambda name: say.from_here(name, path.parent)) for d in film.diagnostics
        ],
    }
    if mended:
        answer["fixed"] = [
            {
                "path": (name := say.from_here(p, path.parent)),
                "places": mended.made[p],
                "diff": files.difference(name, mended.before[p].text, source.text),
            }
            for p, source in mended.after.items()
        ]
    return answer


def _summary(film: Film) -> str:
    timeline = film.timeline
    if film.ir is None or timeline is None:
        return "nothing in it"
    length = timecode(timeline.frames, film.ir.format.rate)
    warned = len(film.diagnostics)
    return f"{'no errors' if warned else 'all well'}, {say.plural(len(timeline.shots), 'shot')}, {length}"
