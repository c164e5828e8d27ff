"""How reasons are said: a job, what changed, and where the film says it now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from apexlang.cli import say
from apexlang.diagnostics.width import wrap
from apexlang.plan.reasons import Reason, Reasoned

NOUNS = {"generate": "picture", "segment": "segment", "mix": "sound", "film": "film in one piece", "mux": "film"}


_BECAUSE = " changed because "


def named(job: Reasoned) -> str:
    """`picture #stop`, `segment #stop to #key`, `the sound`, `the film`, and its picture by `--whole`, `the film in one piece`."""
    noun = NOUNS.get(job.kind, job.kind)
    return f"the {noun}" if job.kind in ("mix", "film", "mux") else f"{noun} {job.label}"


def sentence(reasons: Sequence[Reason], folder: Path) -> str:
    """All reasons of a job; those at one line with it once, those for one picture with it once."""
    parts: list[str] = []
    because = ""
    for reason, following in zip(reasons, [*reasons[1:], None], strict=True):
        where = place(reason, folder)
        again = following is not None and place(following, folder) == where
        whose, found, says = reason.says.partition(_BECAUSE)
        said = says if found and whose == because else reason.says
        because = whose if found else ""
        parts.append(f"{said} at {where}" if where and not again else said)
    return ", ".join(parts)


def place(reason: Reason, folder: Path) -> str:
    """`film.apex:41`, as seen from here; nothing for what stands in no line."""
    if reason.path is None or reason.line is None:
        return ""
    return f"{say.named(reason.path, folder)}:{reason.line + 1}"


def lines(jobs: Sequence[Reasoned], folder: Path, margin: str = "  ", most: int | None = None) -> Iterator[str]:
    """One line a job (wrapped on a terminal); of more than `most`, the rest is counted."""
    shown = jobs if most is None or len(jobs) <= most + 1 else jobs[:most]
    width = say.width()
    for job in shown:
        text = f"{named(job)}: {sentence(job.reasons, folder)}"
        rows = [text] if width is None else wrap(text, width - len(margin), "    ")
        yield from (margin + row for row in rows)
    if len(shown) < len(jobs):
        yield f"{margin}and {len(jobs) - len(shown):,} more"


def data(job: Reasoned, folder: Path) -> dict[str, Any]:
    """As JSON has it; lines count from 1."""

    def one(reason: Reason) -> dict[str, Any]:
        at = None if reason.path is None or reason.line is None else {
            "file": say.named(reason.path, folder), "line": reason.line + 1
        }  # fmt: skip
        return {"code": reason.code, "says": reason.says, "place": at}

    return {
        "kind": NOUNS.get(job.kind, job.kind),
        "key": job.key,
        "label": job.label,
        "shots": list(job.shots),
        "state": job.state,
        "why": [one(reason) for reason in job.reasons],
    }
