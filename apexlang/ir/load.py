"""From a file to the typed film: read it and what it uses, lower every block, run the checks."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from apexlang import collector
from apexlang.diagnostics import Diagnostic, error, in_order, of_problem
from apexlang.ir import lower, shots
from apexlang.ir import model as ir
from apexlang.ir.checks import CHECKS
from apexlang.ir.properties import Context
from apexlang.ir.text import synopsis
from apexlang.ir.unit import Gathering, Unit
from apexlang.source import Problem, Source, Span, World
from apexlang.syntax.lines import Line
from apexlang.syntax.tree import Block


class Loaded(NamedTuple):
    """A film, all that is to say about its text, and the sources that were read, by path."""

    film: ir.Film | None
    diagnostics: tuple[Diagnostic, ...]
    sources: dict[str, Source]


def load(world: World, path: str | Path) -> Loaded:
    """The film at `path` (in the world's project) with every USE taken in.

    `film` is None only if the file cannot be read or has nothing in it; a film with errors lacks what was wrong and can still be
    planned, so that errors of time show in the same run. Never raises for what is in a file.
    """
    source = world.read(path)
    if isinstance(source, Problem):
        return Loaded(None, (of_problem(source, None),), {})
    return load_source(world, source)


def load_source(world: World, source: Source) -> Loaded:
    """As `load`, from a text that is at hand; `source.path` is where it would stand in the project."""
    with collector.paused():
        return _load_source(world, source)


def _load_source(world: World, source: Source) -> Loaded:
    gathering = Gathering(world)
    unit = gathering.film(source)
    if not unit.tree.items and not unit.tree.diagnostics:
        nothing = error("E0120", None, f"`{source.path}` is empty", helps=('a film begins with `FILM "Title"`',))
        return Loaded(None, (nothing,), {source.path: source})
    film = _film(gathering, unit)
    for check in CHECKS:
        gathering.found += check(film, gathering)
    used = {path: u.tree.source for path, u in gathering.units.items()}
    return Loaded(film, in_order(gathering.found), used)


def _film(gathering: Gathering, unit: Unit) -> ir.Film:
    ctx = Context(gathering, posixpath.dirname(unit.path))
    head: dict[str, Any] = {}
    characters: list[ir.Character] = []
    looks: dict[str, ir.Look] = {}
    grades: dict[str, ir.Grade] = {}
    for u in gathering.in_order(unit):
        said = _definitions(ctx, u, looks, grades, characters)
        if u is unit:
            head = said
    scenes = tuple(_scenes(ctx, unit, set()))
    _library(ctx, looks, grades)
    return ir.Film.made(
        **(head or {"title": "", "format": ir.Format.made(), "settings": ir.Settings(), "music": (), "synopsis": ()}),
        path=unit.path,
        characters=tuple(characters),
        looks=tuple(looks.values()),
        grades=tuple(grades.values()),
        scenes=scenes,
        where={},
        span=Span(unit.path, 0, 0, 0, 1),
    )


def _definitions(
    ctx: Context, unit: Unit, looks: dict[str, ir.Look], grades: dict[str, ir.Grade], characters: list[ir.Character]
) -> dict[str, Any]:
    """Takes in the definitions of a file; returns what its FILM block says."""
    head: dict[str, Any] = {}
    first: Line | None = None
    known = {c.name for c in characters}
    for item in unit.tree.items:
        if isinstance(item, Line):
            if item.kind == "LATER":
                shots.later(ctx, unit, item)
            continue
        if item.kind == "FILM":
            said = lower.film_block(ctx, unit, item)
            if item.line.muted:
                continue
            if first is not None:
                ctx.found.append(error("E0112", unit.word(item.line), "a film has one FILM block", "a second one",
                                       secondary=((unit.word(first), "the first"),)))  # fmt: skip
                continue
            first, head = item.line, said
        elif item.kind == "CHARACTER":
            made = lower.character(ctx, unit, item)
            if made is not None and not item.line.muted and made.name not in known:
                known.add(made.name)
                characters.append(made)
        elif item.kind == "LOOK":
            look = lower.look(ctx, unit, item)
            if look is not None and not item.line.muted:
                looks.setdefault(look.name, look)
        elif item.kind == "GRADE":
            grade = lower.grade(ctx, unit, item)
            if grade is not None and not item.line.muted:
                grades.setdefault(grade.name, grade)
    said_first = synopsis(unit.tree.items)
    if said_first and head:
        head["synopsis"] = (*said_first, *head["synopsis"])
    return head


def _scenes(ctx: Context, unit: Unit, seen: set[str]) -> Iterator[ir.Scene]:
    """The scenes of a file in order, those of a used file where it is used. A transition between scenes belongs to the one before."""
    seen.add(unit.path)
    waiting: ir.Scene | None = None
    early: list[ir.Transition] = []
    uses: dict[int, list[Unit]] = {}
    for index, used in unit.uses:
        uses.setdefault(index, []).append(used)
    for index, item in enumerate(unit.tree.items):
        for used in uses.get(index, ()):
            if used.path in seen:
                continue
            for scene in _scenes(ctx, used, seen):
                if waiting is not None:
                    yield waiting
                waiting = _with(scene, early, ())
                early = []
        if isinstance(item, Block) and item.kind == "HEADING":
            if waiting is not None:
                yield waiting
            waiting = _with(lower.scene(ctx, unit, item), early, ())
            early = []
        elif isinstance(item, Line) and item.kind == "TRANSITION":
            made = shots.transition(ctx, unit, item)
            if made is not None and waiting is not None:
                waiting = _with(waiting, (), (made,))
            elif made is not None:
                early.append(made)
    if waiting is not None:
        yield waiting


def _with(scene: ir.Scene, before: Any, after: Any) -> ir.Scene:
    if not before and not after:
        return scene
    return scene.model_copy(update={"items": (*before, *scene.items, *after)})


def _library(ctx: Context, looks: dict[str, ir.Look], grades: dict[str, ir.Grade]) -> None:
    """Takes in the library's definitions that the film names, and what those name."""
    done: set[str] = set()
    while True:
        waiting = [key for key in ctx.wanted if key not in done]
        if not waiting:
            return
        for key in waiting:
            done.add(key)
            definition = ctx.wanted[key]
            if not definition.name.startswith("std."):
                continue
            unit = ctx.gathering.units[definition.span.path]
            for item in unit.tree.items:
                if isinstance(item, Block) and item.line.number == definition.span.line:
                    if item.kind == "LOOK":
                        look = lower.look(ctx, unit, item)
                        if look is not None:
                            looks.setdefault(look.name, look)
                    else:
                        grade = lower.grade(ctx, unit, item)
                        if grade is not None:
                            grades.setdefault(grade.name, grade)
