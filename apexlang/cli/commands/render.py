"""`apexc render`: the film."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from apexlang.cli import reasons, say
from apexlang.cli.commands.still import labels, unknown
from apexlang.cli.failures import tell
from apexlang.cli.progress import display
from apexlang.options import Options
from apexlang.render.run import Failure, Report

_NAMED = 6
"""Of what was made, up to this many are named; of more only the number is said."""

_KINDS = (("generate", "picture"), ("segment", "segment"), ("film", "film"), ("mix", "sound mix"), ("mux", "file"))


_WHY = 30
"""Of the things that were made, up to this many are told with their reasons; `--json` has all."""


def run(
    file: Path,
    options: Options,
    out: Path | None,
    whole: bool,
    only: tuple[str, ...],
    jobs: int | None = None,
    as_data: bool = False,
) -> int:
    film = say.opened(file, options)
    if not film.ok:
        if as_data:
            say.answer(
                {"ok": False, "error": {"code": "E", "message": "the film has errors: `apexc check --json` has them"}}
            )
        return say.FAILED
    wanted = tuple(label.removeprefix("#") for label in only)
    for label in wanted:
        if label not in labels(film):
            return unknown(film, label, file)
    try:
        with display() as show:
            made = film.render(out, whole=whole, only=wanted, jobs=jobs, report=show)
    except KeyboardInterrupt as stop:
        say.err("Stopped. What was finished is kept: the same command goes on from there.")
        return say.status_of(stop)
    if isinstance(made, Failure):
        if as_data:
            say.answer({"ok": False, "error": asdict(made)})
        return tell(made, file)
    if as_data:
        say.answer(data(made, file.parent), large=len(made.made) > 1000)
    else:
        say.out("\n".join(summary(made, file.parent)))
    return say.DONE


def data(made: Report, folder: Path) -> dict[str, Any]:
    """As JSON has it: `made` with reasons, `kept` without."""
    return {
        "ok": True,
        "out": say.shown(made.out),
        "unchanged": made.unchanged,
        "frames": made.frames,
        "seconds": float(made.seconds),
        "wall_s": round(made.wall_s, 3),
        "made": [reasons.data(job, folder) for job in made.why],
        "kept": [{"kind": reasons.NOUNS[kind], "label": label} for kind, label in made.reused],
        "notes": list(made.notes),
    }


def summary(made: Report, folder: Path) -> list[str]:
    """What a person wants to know afterwards: where the film is, what was made and why, what was kept."""
    length = f"{say.plural(made.frames, 'frame')}, {float(made.seconds):.2f} s"
    if made.unchanged:
        return [f"Nothing to do: {say.shown(made.out)} is this film ({length})."]
    lines = [f"{say.shown(made.out)}: {length}, in {say.duration(made.wall_s)}"]
    for heading, jobs in (("made", made.made), ("kept", made.reused)):
        parts = [named(noun, [label for kind, label in jobs if kind == wanted]) for wanted, noun in _KINDS]
        said = [part for part in parts if part]
        if said:
            lines.append(f"  {heading}: {'; '.join(said)}")
    told = [job for job in made.why if any(reason.code != "first" for reason in job.reasons)]
    if told:
        lines += ["  why:", *reasons.lines(told, folder, "    ", _WHY)]
    return lines + [f"  note: {note}" for note in made.notes]


def named(noun: str, which: Sequence[str]) -> str:
    """`2 pictures (stop, key)`; nothing for none."""
    if not which:
        return ""
    distinct = [label for label in dict.fromkeys(which) if label]
    names = f" ({', '.join(distinct)})" if distinct and len(which) <= _NAMED and noun in ("picture", "segment") else ""
    return f"{say.plural(len(which), noun)}{names}" if noun in ("picture", "segment") else f"the {noun}"
