"""`apexc explain`: an error code in full, or where every value of a shot comes from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from apexlang.cli import say
from apexlang.compiler import Film
from apexlang.diagnostics import codes, suggest
from apexlang.diagnostics.width import cells, pad, shorten, wrap
from apexlang.options import Options
from apexlang.reading.shots import Seen, handle, reel
from apexlang.reading.values import Value, data, values
from apexlang.reading.words import NOT_SAID, called, heading
from apexlang.source import Span
from apexlang.units import timecode

_CODE = re.compile(r"[EWew]\d{4}")


def run(subject: str, options: Options, as_data: bool = False) -> int:
    if _CODE.fullmatch(subject):
        return _code(subject.upper(), as_data)
    file, colon, label = subject.rpartition(":")
    if not colon or not file or not label.removeprefix("#"):
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
    page = codes.explain(entry)
    if as_data:
        say.answer({"code": code, "title": entry.title, "text": page})
    else:
        say.out(plain(page))
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
    shots = {s.name: s for s in reversed(reel(film.ir, film.timeline).shots) if s.name}
    if label not in shots:
        return _unknown(label, list(reversed(shots)), file)
    seen = shots[label]
    found = values(film.ir, seen)
    if as_data:
        say.answer(_data(film, seen, found, file.parent))
    else:
        say.out("\n".join(_lines(film, seen, found, file.parent)))
    return say.DONE


def _unknown(label: str, names: list[str], file: Path) -> int:
    near = suggest(label, names)
    if near:
        help_ = f"did you mean `{near}`?"
    elif not names:
        help_ = "it has no shots"
    else:
        more = f" and {len(names) - 12} more" if len(names) > 12 else ""
        help_ = f"its shots: {', '.join(names[:12])}{more}"
    return say.failure(f"{say.shown(file)} has no shot `{label}`", help_)


def _data(film: Film, seen: Seen, found: tuple[Value, ...], folder: Path) -> dict[str, Any]:
    assert film.ir is not None
    placed, rate = seen.placed, film.ir.format.rate

    def path(name: str) -> str:
        return say.named(name, folder)

    return {
        "shot": seen.name,
        "identity": seen.identity or None,
        "muted": seen.muted,
        "scene": heading(seen.scene),
        "place": {"file": path(seen.shot.span.path), "line": seen.shot.span.line + 1} if seen.shot.span else None,
        "start": placed.start if placed else None,
        "frames": placed.frames if placed else None,
        "timecode": timecode(placed.start, rate) if placed else None,
        "head": placed.head if placed else 0,
        "tail": placed.tail if placed else 0,
        "values": [data(value, path) for value in found],
    }


def _lines(film: Film, seen: Seen, found: tuple[Value, ...], folder: Path) -> Iterator[str]:
    assert film.ir is not None
    number = f" #{seen.scene.number}#" if seen.scene.number else ""
    where = f"  {say.place(seen.shot.span, folder)}" if seen.shot.span else ""
    yield f"{say.paint('strong', handle(seen.name))}, {seen.shot.size}, in {heading(seen.scene)}{number}{where}"
    if seen.placed is None:
        yield "  muted: checked, never rendered"
    else:
        placed, rate = seen.placed, film.ir.format.rate
        handles = f", and {placed.head} before and {placed.tail} after them" if placed.head or placed.tail else ""
        yield (
            f"  {placed.frames} frames, {timecode(placed.start, rate)} to "
            f"{timecode(placed.start + placed.frames, rate)}{handles}"
        )
    yield ""
    yield from _table(found, folder)


def _table(found: tuple[Value, ...], folder: Path) -> Iterator[str]:
    """Name, value, who said it and where; under it what it overrode. On a terminal, a long value is wrapped in its column."""
    silent = [value for value in found if _is_silent(value)]
    rows = [_row(value, folder) for value in found if not _is_silent(value)]
    first = max(cells(name) for name, *_ in rows)
    origin = max(cells(said) for _, _, said, _, _ in rows)
    width = say.width()
    room = max((cells(text) for _, text, _, _, _ in rows), default=0)
    if width is not None:
        room = min(room, max(16, width - first - origin - 6))
    for name, text, said, style, overrode in rows:
        head, *rest = wrap(text, room) if width is not None else [text]
        tail = say.paint(style, said)
        yield f"  {pad(name, first)}  {pad(head, room)}  {tail}".rstrip()
        yield from (f"  {' ' * first}  {line}" for line in rest)
        for old_text, old_said in overrode:
            old = shorten(old_text, room) if width is not None else old_text
            yield say.paint("dim", f"  {' ' * first}  {pad(old, room)}  overrode: {old_said}".rstrip())

    if silent:
        yield ""
        text = "Nothing says, and nothing needs to: " + ", ".join(called(value.name) for value in silent) + "."
        yield from (f"  {line}" for line in wrap(text, min(width or 100, 100) - 2))


def _is_silent(value: Value) -> bool:
    """A value that nobody gives and that has no default of its own: told in a line for all of them."""
    return value.is_default and not value.overrode and (value.value == NOT_SAID or value.name.startswith("grade."))


def _row(value: Value, folder: Path) -> tuple[str, str, str, str, list[tuple[str, str]]]:
    def at(level: str, span: Span | None) -> str:
        return f"{level}, {say.place(span, folder)}" if span else level

    said = at(value.level, value.place) + (f" ({value.why})" if value.why and value.place else "")
    if value.is_default:
        said = f"{value.level}: {value.why}" if value.why else value.level
    style = "dim" if value.is_default else "place"
    return called(value.name), value.value, said, style, [(s.value, at(s.level, s.place)) for s in value.overrode]
