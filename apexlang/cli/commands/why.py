"""`apexc why`: what the next render makes, and what changed since the last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from apexlang.cli import reasons, say
from apexlang.cli.commands.still import labels, unknown
from apexlang.cli.failures import tell
from apexlang.options import Options
from apexlang.plan.reasons import Reasoned, Why
from apexlang.render.failure import Failure

_SINCE = {
    "first": "not rendered before",
    "here": "since its last render",
    "elsewhere": "since the last render of another copy of it",
}
_NAMED = 6
"""Shots with nothing to make that stand side by side: of more only the first and the last are named."""


def run(file: Path, options: Options, label: str | None, as_data: bool) -> int:
    film = say.opened(file, options)
    if not film.ok:
        return say.FAILED
    wanted = label.removeprefix("#") if label is not None else None
    if wanted is not None and wanted not in labels(film):
        return unknown(film, wanted, file)
    found = film.why()
    if isinstance(found, Failure):
        return tell(found, file)
    jobs = [job for job in found.jobs if wanted is None or wanted in job.shots]
    if as_data:
        say.answer(_data(found, jobs, file), large=len(jobs) > 1000)
    else:
        say.out("\n".join(_lines(found, jobs, file.parent, wanted)))
    return say.DONE


def _data(found: Why, jobs: Sequence[Reasoned], file: Path) -> dict[str, Any]:
    return {
        "film": say.shown(file),
        "out": say.shown(Path(found.out)),
        "since": found.since,
        "to_make": sum(job.state == "made" for job in jobs),
        "jobs": [reasons.data(job, file.parent) for job in jobs],
    }


def _lines(found: Why, jobs: Sequence[Reasoned], folder: Path, label: str | None) -> Iterator[str]:
    title = f"{found.title or 'Untitled'}{f', #{label}' if label is not None else ''}"
    yield f"{say.paint('strong', title)}: {_SINCE[found.since]}"
    yield ""
    waiting: list[Reasoned] = []
    for job in jobs:
        if job.state == "made" or label is not None:
            yield from _there(waiting)
            waiting = []
            yield from _one(job, folder, found.since == "first")
        else:
            waiting.append(job)
    yield from _there(waiting)
    yield ""
    yield _sum(found, jobs)


def _one(job: Reasoned, folder: Path, first: bool) -> Iterator[str]:
    if job.state == "made":
        mark = say.paint("warn", "make ")
        rows = list(reasons.lines([job], folder, ""))
        yield f"  {mark} {reasons.named(job) if first else rows[0]}"
        yield from (f"        {row}" for row in rows[1:] if not first)
    else:
        yield f"  {_mark(job)} {reasons.named(job)}"


def _mark(job: Reasoned) -> str:
    return say.paint("good", "there") if job.state == "there" else say.paint("dim", "spare")


def _there(jobs: Sequence[Reasoned]) -> Iterator[str]:
    """What is not made, in as few lines as can be."""
    for state in ("there", "spare"):
        some = [job for job in jobs if job.state == state]
        if len(some) > _NAMED:
            rest = f"… {len(some) - 2:,} more …"
            yield f"  {_mark(some[0])} {reasons.named(some[0])}, {rest}, {reasons.named(some[-1])}"
        else:
            yield from (f"  {_mark(job)} {reasons.named(job)}" for job in some)


def _sum(found: Why, jobs: Sequence[Reasoned]) -> str:
    states = Counter(job.state for job in jobs)
    spare = f"; {states['spare']:,} gone from the store, and not needed" if states["spare"] else ""
    if not states["made"]:
        return f"Nothing to make: {'all of it' if len(jobs) < len(found.jobs) else say.shown(Path(found.out))} is there{spare}."
    nouns = Counter(reasons.NOUNS[job.kind] for job in jobs if job.state == "made")
    parts = [say.plural(nouns[noun], noun) for noun in ("picture", "segment") if nouns[noun]]
    parts += [f"the {noun}" for noun in ("sound", "film") if nouns[noun]]
    kept = f"; {states['there']:,} there" if states["there"] else ""
    return f"To make: {', '.join(parts)}{kept}{spare}."
