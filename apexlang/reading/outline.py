"""The film in outline: scenes, shots, lengths, timecodes, who is in them and how much is said. What is muted is there and says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from apexlang.diagnostics.width import cells, pad, shorten, wrap
from apexlang.ir import model as ir
from apexlang.plan.timeline import DEFAULT_HOLD, Timeline
from apexlang.reading.shots import Seen, handle, reel
from apexlang.reading.words import heading, plural, worded
from apexlang.units import Rate, timecode

Paint = Callable[[str, str], str]

HANG = " " * 37
"""What stands before a shot's name: its times and its length."""


@dataclass(frozen=True)
class Line:
    """A shot. `start`, `end`: film frames, `end` exclusive, None where it is muted. `frames`: its length, None where that
    cannot be told. `people`: who is in the picture or speaks. `words`: of dialogue. `into`: what leads into it."""

    name: str
    size: str
    muted: bool
    start: int | None
    end: int | None
    frames: int | None
    subjects: tuple[str, ...]
    people: tuple[str, ...]
    words: int
    picture: str
    into: tuple[str, ...]
    line: int | None


@dataclass(frozen=True)
class Part:
    """A scene. `words` and `frames` count what is not muted."""

    number: str | None
    heading: str
    synopsis: tuple[str, ...]
    muted: bool
    start: int | None
    end: int | None
    frames: int
    people: tuple[str, ...]
    words: int
    shots: tuple[Line, ...]
    line: int | None


@dataclass(frozen=True)
class Outline:
    title: str
    synopsis: tuple[str, ...]
    width: int
    height: int
    rate: Rate
    frames: int
    shots: int
    words: int
    people: tuple[str, ...]
    scenes: tuple[Part, ...]
    after: tuple[str, ...]


def outline(film: ir.Film, timeline: Timeline) -> Outline:
    seen = reel(film, timeline)
    inside: dict[int, list[Seen]] = defaultdict(list)
    for shot in seen.shots:
        inside[shot.scene_index].append(shot)
    parts = [_scene(film, scene, inside[index]) for index, scene in enumerate(film.scenes)]
    live = [line for part in parts for line in part.shots if not line.muted]
    return Outline(
        title=film.title,
        synopsis=film.synopsis,
        width=film.format.width,
        height=film.format.height,
        rate=film.format.rate,
        frames=timeline.frames,
        shots=len(live),
        words=sum(line.words for line in live),
        people=_united(line.people for line in live),
        scenes=tuple(parts),
        after=tuple(worded(t) for t in seen.after),
    )


def _united(groups: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for group in groups for name in group))


def _scene(film: ir.Film, scene: ir.Scene, shots: Sequence[Seen]) -> Part:
    lines = tuple(_shot(film, seen) for seen in shots)
    live = [line for line in lines if not line.muted]
    return Part(
        number=scene.number,
        heading=heading(scene),
        synopsis=scene.synopsis,
        muted=scene.muted,
        start=live[0].start if live else None,
        end=live[-1].end if live else None,
        frames=sum(line.frames or 0 for line in live),
        people=_united(line.people for line in live),
        words=sum(line.words for line in live),
        shots=lines,
        line=scene.span.line + 1 if scene.span else None,
    )


def _shot(film: ir.Film, seen: Seen) -> Line:
    shot, placed = seen.shot, seen.placed
    return Line(
        name=seen.name,
        size=shot.size,
        muted=seen.muted,
        start=placed.start if placed else None,
        end=placed.start + placed.frames if placed else None,
        frames=placed.frames if placed else _length(seen, film.format.rate),
        subjects=shot.subjects,
        people=tuple(dict.fromkeys((*shot.subjects, *_in_prose(film, shot), *(d.who for d in shot.dialogue)))),
        words=sum(count_words(d.text) for d in shot.dialogue),
        picture=worded(shot.source) if shot.source else "generated",
        into=tuple(worded(t) for t in seen.into),
        line=shot.span.line + 1 if shot.span else None,
    )


def _length(seen: Seen, rate: Rate) -> int | None:
    """How long a muted shot would be."""
    try:
        return (seen.effective.hold or DEFAULT_HOLD).to_frames(rate)
    except ValueError:
        return None


def _in_prose(film: ir.Film, shot: ir.Shot) -> Iterator[str]:
    """Characters whom the prose names as screenplays do, in capitals."""
    text = "\n".join(shot.prose)
    if not text:
        return
    for character in film.characters:
        if _named(character.name.upper()).search(text):
            yield character.name


@cache
def _named(name: str) -> re.Pattern[str]:
    caseless = name.upper() == name.lower()
    return re.compile(re.escape(name) if caseless else rf"(?<!\w){re.escape(name)}(?!\w)")


_IDEOGRAPH = r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
_WORD = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})\w)(?:(?!{_IDEOGRAPH})[\w'’\-])*")


def count_words(text: str) -> int:
    """Words as a word processor counts them; where a script has no spaces, its characters."""
    return len(_WORD.findall(text))


def data(found: Outline) -> dict[str, Any]:
    """As JSON has it, timecodes beside the frames."""
    table = asdict(found)
    rate = found.rate
    table["rate"] = str(rate)
    table["timecode"] = timecode(found.frames, rate)
    for part in table["scenes"]:
        for entry in (part, *part["shots"]):
            entry["in"] = timecode(entry["start"], rate) if entry["start"] is not None else None
            entry["out"] = timecode(entry["end"], rate) if entry["end"] is not None else None
    return table


def text(found: Outline, width: int = 80, paint: Paint = lambda style, text: text) -> str:
    """The outline for people, no line wider than `width` columns."""
    return "\n".join(_lines(found, width, paint))


def _lines(found: Outline, width: int, paint: Paint) -> Iterator[str]:
    rate = found.rate
    scenes = sum(not part.muted for part in found.scenes)
    sums = [plural(scenes, "scene"), plural(found.shots, "shot"), plural(found.words, "word") + " of dialogue"]
    yield from (paint("strong", line) for line in wrap(found.title or "Untitled", width))
    yield f"{found.width}x{found.height}, {worded(rate)}, {timecode(found.frames, rate)} ({found.frames:,}f)"
    yield from wrap(", ".join(sums), width)
    if found.people:
        yield from wrap("With " + ", ".join(found.people), width, "  ")
    for said in found.synopsis:
        yield from wrap(said, width)
    for part in found.scenes:
        yield ""
        yield from _scene_lines(part, rate, width, _column(found, width), paint)
    for transition in found.after:
        yield paint("dim", HANG + transition)


def _scene_lines(part: Part, rate: Rate, width: int, column: int, paint: Paint) -> Iterator[str]:
    head = f"{part.heading}  #{part.number}#" if part.number else part.heading
    style = "dim" if part.muted else "head"
    times = "muted" if part.muted else f"{timecode(part.frames, rate)} long" if part.frames else "no shots"
    if cells(head) + 2 + len(times) <= width:
        yield paint(style, head) + " " * (width - cells(head) - len(times)) + paint("dim", times)
    else:
        yield from (paint(style, line) for line in wrap(head, width, "  "))
        yield " " * (width - len(times)) + paint("dim", times)
    for said in part.synopsis:
        yield from (f"  {one}" for one in wrap(said, width - 2))
    for line in part.shots:
        for transition in line.into:
            yield paint("dim", HANG + transition)
        yield from _shot_lines(line, rate, width, column, paint)


def _shot_lines(line: Line, rate: Rate, width: int, column: int, paint: Paint) -> Iterator[str]:
    """Times, length, name, and beside it size, people and words, wrapped in their own column."""
    if line.start is not None and line.end is not None:
        times = f"{timecode(line.start, rate)} - {timecode(line.end, rate)}"
    else:
        times = "muted"
    frames = f"{line.frames}f" if line.frames is not None else ""
    others = tuple(name for name in line.people if name not in line.subjects)
    said = line.size + (f" of {', '.join(line.subjects)}" if line.subjects else "")
    said += f"; {', '.join(others)}" if others else ""
    said += f"; {plural(line.words, 'word')}" if line.words else ""
    label = handle(line.name)
    head = f"  {pad(times, 25)}  {frames:>6}  "
    style = "dim" if line.muted else "strong"
    hang = HANG + " " * (column + 1)
    first, *rest = wrap(said, max(20, width - cells(hang)))
    if cells(label) > column:  # a long name has a line of its own
        yield head + paint(style, shorten(label, width - cells(head)))
        first, rest = "", [first, *rest]
    else:
        shown = paint("dim", first) if line.muted else first
        yield head + paint(style, label) + " " * (column + 1 - cells(label)) + shown
    yield from (hang + (paint("dim", more) if line.muted else more) for more in rest)


def _column(found: Outline, width: int) -> int:
    """Columns for the names of shots: as the widest takes, as far as enough is left for what stands beside them."""
    names = [cells(handle(line.name)) for part in found.scenes for line in part.shots]
    return min(16, max(3, width - len(HANG) - 21), max(names, default=0))
