"""A difference as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from apexlang.diagnostics.width import wrap
from apexlang.reading.changes import Change
from apexlang.reading.difference import Definition, Difference, ShotDifference, summary
from apexlang.reading.remaking import Remake
from apexlang.reading.rewording import Piece, marked
from apexlang.reading.shots import handle
from apexlang.source import Span
from apexlang.units import timecode

Paint = Callable[[str, str], str]

NAMED = 8
"""Shots that are named where a difference touches many; the rest is counted."""


def text(found: Difference, width: int | None = None, paint: Paint = lambda style, text: text) -> str:
    """One line a thing that differs (wrapped to `width` on a terminal), scenes as headings, at the end the sum."""
    return "\n".join(_lines(found, width, paint))


def _lines(found: Difference, width: int | None, paint: Paint) -> Iterator[str]:
    old, new = found.old, found.new
    yield paint("strong", new.film.title or "Untitled") + f": {old.called} -> {new.called}"
    if not found.different:
        yield "No difference in anything that is seen or heard."
        return
    if found.definitions:
        yield ""
    for definition in found.definitions:
        yield from _definition(definition, width, paint)
    scene = None
    for shot in found.shots:
        if shot.scene != scene:
            scene = shot.scene
            yield ""
            yield paint("head", scene)
        yield from _shot(shot, width, paint)
    yield ""
    yield from _sum(found, width)


def _definition(d: Definition, width: int | None, paint: Paint) -> Iterator[str]:
    subject = "the film" if d.kind == "film" else d.name if d.kind == "scene" else f"{d.kind} {d.name}"
    said = [change.sentence for change in d.changes]
    if d.state != "changed":
        said = [{"added": "new", "removed": "gone"}[d.state]]
    parts = [", ".join(said)]
    if d.touches:
        parts.append(f"touches {_named(d.touches)}")
    elif d.kind not in ("film", "scene", "delivery", "character") and d.state == "changed":
        parts.append("touches no shot")
    yield from _said(subject, parts, d.remake, width, paint)
    for change in d.changes:
        yield from _reworded(change, width, paint)


def _shot(d: ShotDifference, width: int | None, paint: Paint) -> Iterator[str]:
    state = {"changed": [], "added": ["new"], "removed": ["gone"], "muted": ["muted"], "unmuted": ["no longer muted"]}
    said = [*state[d.kind], *(change.sentence for change in d.changes)]
    parts = [", ".join(said), *([d.shift] if d.shift else [])]
    lines = list(_said(d.title, parts, d.remake, width, paint, "  "))
    yield from lines
    for change in d.changes:
        yield from _reworded(change, width, paint)


def _said(
    subject: str, parts: list[str], remake: Remake, width: int | None, paint: Paint, margin: str = ""
) -> Iterator[str]:
    if remake:
        parts = [*parts, f"re-renders {remake.words}"]
    line = f"{subject}: {'; '.join(parts)}"
    shown = [line] if width is None else wrap(line, width - len(margin), "    ")
    first = shown[0]
    if first.startswith(subject):
        first = paint("strong", subject) + first.removeprefix(subject)
    yield margin + first
    yield from (margin + more for more in shown[1:])


def _reworded(change: Change, width: int | None, paint: Paint) -> Iterator[str]:
    if change.words:
        margin = "      "
        plain = marked(change.words)
        coloured = " ".join(_painted(piece, paint) for piece in change.words)
        if coloured != " ".join(piece.text for piece in change.words):
            yield margin + coloured  # a terminal folds it; escapes and wrapping do not mix
        else:
            yield from (margin + line for line in ([plain] if width is None else wrap(plain, width - len(margin))))


def _painted(piece: Piece, paint: Paint) -> str:
    if piece.kind == "same":
        return piece.text
    return paint("bad", f"[-{piece.text}-]") if piece.kind == "old" else paint("good", f"{{+{piece.text}+}}")


def _named(names: tuple[str, ...]) -> str:
    shown = ", ".join(handle(name) for name in names[:NAMED])
    count = f"{len(names)} shot{'s' if len(names) > 1 else ''}"
    return f"{count} ({shown}{f' and {len(names) - NAMED} more' if len(names) > NAMED else ''})"


def _sum(found: Difference, width: int | None) -> Iterator[str]:
    old, new = found.old, found.new
    lengths = [timecode(side.timeline.frames, side.film.format.rate) for side in (old, new)]
    longer = new.timeline.frames - old.timeline.frames
    if old.film.format.rate != new.film.format.rate:
        length = f"{lengths[0]} -> {lengths[1]}"
    elif longer:
        length = f"{abs(longer)}f {'longer' if longer > 0 else 'shorter'}, {lengths[0]} -> {lengths[1]}"
    else:
        length = f"as long as before, {lengths[1]}"
    line = f"In all: {length}; {summary(found)}"
    yield from [line] if width is None else wrap(line, width, "    ")


def data(found: Difference, path: Callable[[str], str] = str) -> dict[str, Any]:
    """As JSON has it. `path` says how a file is named."""
    work = found.work

    def place(span: Span | None) -> dict[str, Any] | None:
        return {"file": path(span.path), "line": span.line + 1} if span else None

    return {
        "different": found.different,
        "old": {"name": found.old.called, "frames": found.old.timeline.frames, "errors": found.old.has_errors},
        "new": {"name": found.new.called, "frames": found.new.timeline.frames, "errors": found.new.has_errors},
        "definitions": [
            {
                "kind": d.kind,
                "name": d.name,
                "state": d.state,
                "changes": [_change(c) for c in d.changes],
                "touches": list(d.touches),
                "remake": _remake(d.remake),
                "place": place(d.place),
            }
            for d in found.definitions
        ],
        "shots": [
            {
                "kind": s.kind,
                "shot": s.name,
                "title": s.title,
                "scene": s.scene,
                "changes": [_change(c) for c in s.changes],
                "after": s.shift or None,
                "remake": _remake(s.remake),
                "place": place(s.place),
            }
            for s in found.shots
        ],
        "remake": {
            **_remake(work.whole),
            "of_segments": work.segments_in_all,
            "sound": work.sound,
            "film": work.film,
        }
        if work is not None
        else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {"name": change.name, "old": change.old, "new": change.new, "says": change.sentence,
            "words": marked(change.words) if change.words else None}  # fmt: skip


def _remake(remake: Remake) -> dict[str, Any]:
    return {
        "pictures": [{"key": key, "shot": name} for key, name in remake.pictures.items()],
        "segments": [{"key": key, "name": name} for key, name in remake.segments.items()],
    }
