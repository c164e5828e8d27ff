"""`apexc render`: the film."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from apexlang.cli import say
from apexlang.cli.commands.still import labels, unknown
from apexlang.cli.failures import tell
from apexlang.cli.progress import display
from apexlang.options import Options
from apexlang.render.run import Failure, Report

_NAMED = 6
"""Of what was made, up to this many are named; of more only the number is said."""

_KINDS = (("generate", "picture"), ("segment", "segment"), ("film", "film"), ("mix", "sound mix"), ("mux", "file"))


def run(file: Path, options: Options, out: Path | None, whole: bool, only: tuple[str, ...], jobs: int | None) -> int:
    film = say.opened(file, options)
    if not film.ok:
        return say.FAILED
    wanted = tuple(label.removeprefix("#") for label in only)
    for label in wanted:
        if label not in labels(film):
            return unknown(film, label, file)
    try:
        with display() as show:
            made = film.render(out, whole=whole, only=wanted, jobs=jobs, report=show)
    except KeyboardInterrupt:
        say.err("Stopped. What was finished is kept: the same command goes on from there.")
        return say.STOPPED
    if isinstance(made, Failure):
        return tell(made, file)
    say.out("\n".join(summary(made)))
    return say.DONE


def summary(made: Report) -> list[str]:
    """What a person wants to know afterwards: where the film is, what was made, what was kept."""
    length = f"{say.plural(made.frames, 'frame')}, {float(made.seconds):.2f} s"
    if made.unchanged:
        return [f"Nothing to do: {say.shown(made.out)} is this film ({length})."]
    lines = [f"{say.shown(made.out)}: {length}, in {say.duration(made.wall_s)}"]
    for heading, jobs in (("made", made.made), ("kept", made.reused)):
        parts = [named(noun, [label for kind, label in jobs if kind == wanted]) for wanted, noun in _KINDS]
        said = [part for part in parts if part]
        if said:
            lines.append(f"  {heading}: {'; '.join(said)}")
    return lines + [f"  note: {note}" for note in made.notes]


def named(noun: str, which: Sequence[str]) -> str:
    """`2 pictures (stop, key)`; nothing for none."""
    if not which:
        return ""
    distinct = [label for label in dict.fromkeys(which) if label]
    names = f" ({', '.join(distinct)})" if distinct and len(which) <= _NAMED and noun in ("picture", "segment") else ""
    return f"{say.plural(len(which), noun)}{names}" if noun in ("picture", "segment") else f"the {noun}"
