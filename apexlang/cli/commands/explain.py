"""`apexc explain`: an error code in full, or where every value of a shot comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from apexlang.cli import say
from apexlang.compiler import Film
from apexlang.diagnostics import codes, suggest
from apexlang.ir import model as ir
from apexlang.ir.resolve import Effective
from apexlang.options import Options
from apexlang.plan.timeline import Placed
from apexlang.source import Span
from apexlang.units import Time, timecode

_CODE = re.compile(r"[EWew]\d{4}")


def run(subject: str, options: Options, as_data: bool = False) -> int:
    if _CODE.fullmatch(subject):
        return _code(subject.upper(), as_data)
    file, colon, label = subject.rpartition(":")
    if not colon or not file or not label:
        return say.usage(
            f"`{subject}` is neither a code nor FILE:LABEL", "as in: apexc explain E0312, apexc explain film.apex:stop"
        )
    return _shot(Path(file), label.removeprefix("#"), options, as_data)


def _code(code: str, as_data: bool) -> int:
    entry = codes.TABLE.get(code)
    if entry is None:
        near = suggest(code, codes.TABLE)
        return say.failure(
            f"there is no code {code}", *([f"there is {near}: {codes.TABLE[near].title}"] if near else [])
        )
    if as_data:
        say.answer({"code": entry.code, "title": entry.title, "page": codes.explain(entry)})
    else:
        say.out(plain(codes.explain(entry)))
    return say.DONE


def plain(page: str) -> str:
    """A page of Markdown as a terminal shows it: no marks, examples set in."""
    lines: list[str] = []
    example = False
    for line in page.strip().split("\n"):
        if line.startswith("```"):
            example = not example
        else:
            lines.append(f"    {line}".rstrip() if example else line.removeprefix("# "))
    return "\n".join(lines)


def _shot(file: Path, label: str, options: Options, as_data: bool) -> int:
    film = say.opened(file, options)
    if film.ir is None or film.timeline is None:
        return say.FAILED
    placed = {shot.shot.label: shot for shot in film.timeline.shots if shot.shot.label}
    if label not in placed:
        near = suggest(label, placed)
        known = ", ".join(placed) if placed else "none has a label"
        return say.failure(
            f"{say.shown(file)} has no shot `{label}`", f"did you mean `{near}`?" if near else f"its shots: {known}"
        )
    if as_data:
        say.answer(_data(placed[label], file))
    else:
        say.out("\n".join(_lines(film, placed[label], file)))
    return say.DONE


def _data(placed: Placed, file: Path) -> dict[str, Any]:
    """Where the shot stands, and each value: what holds, where it was said, and what it overrode."""
    values: list[dict[str, Any]] = []
    for name, value, place in _values(placed.effective, file.parent):
        if name:
            values.append({"name": name, "value": value, "from": place, "overrides": []})
        else:
            values[-1]["overrides"].append({"value": value, "from": place.removeprefix("overridden: ")})
    return {"label": placed.shot.label, "start": placed.start, "frames": placed.frames, "values": values}


def _lines(film: Film, placed: Placed, file: Path) -> Iterator[str]:
    assert film.ir is not None
    rate = film.ir.format.rate
    scene = placed.scene
    heading = " - ".join(part for part in (f"{scene.setting} {scene.place}".strip(), scene.time) if part)
    yield f"#{placed.shot.label}, shot {placed.index + 1}, in {heading}"
    yield f"  {placed.frames} frames from {timecode(placed.start, rate)}"
    if placed.head or placed.tail:
        yield f"  and {placed.head} before and {placed.tail} after them, under its transitions"
    yield ""
    rows = list(_values(placed.effective, file.parent))
    if not rows:
        yield "Everything is at its default: neither shot, scene, look nor film says anything."
        return
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    for name, value, place in rows:
        yield f"  {name:<{widths[0]}}  {value:<{widths[1]}}  {place}".rstrip()


def _values(effective: Effective, folder: Path) -> Iterator[tuple[str, str, str]]:
    for name in effective.fields():
        for rank, said in enumerate(effective.trail(name)):
            place = f"{said.level}, {_place(said.span, folder)}" if said.span else said.level
            yield (
                "" if rank else name.replace("_", " "),
                worded(said.value),
                f"overridden: {place}" if rank else place,
            )
    grade = effective.grade
    if grade is not None:
        for part in ir.Grade.model_fields:
            value = getattr(grade, part)
            if part in ("span", "where", "name", "parent", "doc") or value is None:
                continue
            span = grade.where.get(part)
            yield (f"grade {part.replace('_', ' ')}", worded(value), _place(span, folder) if span else "")


def _place(span: Span, folder: Path) -> str:
    path = span.path if span.path.startswith("std:") else say.shown(folder / span.path)
    return f"{path}:{span.line + 1}"


def worded(value: Any) -> str:
    """A value as a film might say it."""
    if isinstance(value, Time):
        return _time(value)
    if isinstance(value, BaseModel):
        parts = (getattr(value, name) for name in type(value).model_fields if name not in ("span", "where"))
        return ", ".join(worded(part) for part in parts if part is not None and part != ())
    if isinstance(value, tuple):
        inner = ", ".join(worded(part) for part in value)
        return f"({inner})" if value and all(isinstance(part, float) for part in value) else inner
    if isinstance(value, Fraction):
        return str(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _time(value: Time) -> str:
    parts = [
        value.timecode or "",
        f"{float(value.seconds):g}s" if value.seconds else "",
        f"{value.frames}f" if value.frames else "",
        f"{float(value.beats):g} beats" if value.beats else "",
        f"{float(value.bars):g} bars" if value.bars else "",
    ]
    return " ".join(part for part in parts if part) or "0s"
