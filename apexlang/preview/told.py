"""What is told of a shot besides its picture: the lines that it is written in, and every value that holds for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apexlang.ir import model as ir
from apexlang.reading.shots import Seen
from apexlang.reading.values import Value, values
from apexlang.reading.words import NOT_SAID, called
from apexlang.source import Source, Span

_OF_PICTURES = frozenset({"camera", "lens", "light", "compose", "palette", "generate"})

Row = tuple[str, str, str]


class Told:
    """Remembers the values of shots that an edit did not touch."""

    def __init__(self) -> None:
        self._around: Any = None
        self._known: dict[tuple[int, int], tuple[Seen, list[Row]]] = {}

    def values(self, film: ir.Film, seen: Seen) -> list[Row]:
        """(name, value, where it comes from) of all that is said for a shot, defaults that matter included."""
        around = (film.format, film.grades)
        if around != self._around:
            self._around, self._known = around, {}
        key = id(seen.shot), id(seen.effective)
        known = self._known.get(key)
        if known is not None and _same(known[0], seen):
            return known[1]
        found = [_row(value) for value in values(film, seen) if not (_is_silent(value) or _is_idle(value, seen))]
        if len(self._known) > 4096:
            self._known.clear()
        self._known[key] = seen, found  # holding `seen` keeps its parts alive, so that no other thing gets their ids
        return found


def _same(a: Seen, b: Seen) -> bool:
    return a.shot is b.shot and a.effective is b.effective and a.scene is b.scene and a.into == b.into


def _is_silent(value: Value) -> bool:
    """A value that nobody gives and that has no default of its own."""
    return value.is_default and not value.overrode and (value.value == NOT_SAID or value.name.startswith("grade."))


def _is_idle(value: Value, seen: Seen) -> bool:
    """A default of what only a generated picture has, where the picture is a file or a colour."""
    return value.is_default and seen.shot.source is not None and value.name.partition(".")[0] in _OF_PICTURES


def _row(value: Value) -> Row:
    if value.place is None:
        return called(value.name), value.value, f"{value.level}: {value.why}" if value.why else value.level
    said = f" ({value.why})" if value.why else ""
    return called(value.name), value.value, f"{value.level}, {value.place.path}:{value.place.line + 1}{said}"


def rows(sources: Mapping[str, Source], span: Span | None, most: int, longest: int) -> tuple[tuple[int, str], ...]:
    """The lines of the block that begins at `span`, numbered from 1: its own line and all that are indented under it."""
    source = sources.get(span.path) if span else None
    if source is None or span is None or span.line >= len(source.lines):
        return ()
    lines = source.lines
    first = lines[span.line]
    depth = _depth(first)
    found = [(span.line + 1, first[:longest])]
    for number in range(span.line + 1, min(len(lines), span.line + most)):
        line = lines[number]
        if line.strip() and _depth(line) <= depth:
            break
        found.append((number + 1, line[:longest]))
    while not found[-1][1].strip() and len(found) > 1:
        found.pop()
    return tuple(found)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
