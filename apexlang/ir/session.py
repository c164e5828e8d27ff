"""A film compiled again and again while it is edited: what an edit does not touch is taken over from the compile before.

The result is the same as that of a fresh `load`, to the last span: a test compares them over random edits. Taken over are the
trees of files (`syntax.again`), and scenes as they were lowered, as long as every name that a file knows means what it meant.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from apexlang import collector
from apexlang.diagnostics import Diagnostic, of_problem
from apexlang.ir import lower
from apexlang.ir import model as ir
from apexlang.ir.load import Loaded, lowered
from apexlang.ir.moved import down, moved
from apexlang.ir.properties import Context, Wanted
from apexlang.ir.table import BY_NAME
from apexlang.ir.unit import Gathering, Unit
from apexlang.source import STD, Problem, Source, World
from apexlang.syntax import heads
from apexlang.syntax.again import Moved, Parsed
from apexlang.syntax.tree import Block, Tree


class Session:
    """Compiles the films of one project. `load` and `load_source` answer as the functions of these names do."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._parsed: dict[str, Parsed] = {}
        self._scenes = _Scenes(world)

    def load(self, path: str | Path, variant: str | None = None) -> Loaded:
        source = self.world.read(path)
        if isinstance(source, Problem):
            return Loaded(None, (of_problem(source, None),), {})
        return self.load_source(source, variant)

    def load_source(self, source: Source, variant: str | None = None) -> Loaded:
        with collector.paused():
            return lowered(Gathering(self.world, self._parse), source, variant, self._scenes)

    def _parse(self, source: Source) -> Tree:
        known = self._parsed.get(source.path)
        self._parsed[source.path] = parsed = known.again(source) if known is not None else Parsed(source, BY_NAME)
        return parsed.tree


@dataclass(frozen=True, slots=True)
class _Scene:
    """A scene as it was lowered, with all else that lowering it did: what was found, wanted and looked at."""

    block: Block
    made: ir.Scene
    found: tuple[Diagnostic, ...]
    wanted: dict[str, Wanted]
    sections: frozenset[str]
    paths: frozenset[tuple[str, str]]


_Seen = tuple[str | Problem, tuple[int, ...] | None]
"""What a path meant, and what the file was like."""


@dataclass(slots=True)
class _Scenes:
    """The scenes of the compile before by the block that each was made of, and what was known when they were."""

    world: World
    _around: Any = None
    _known: dict[int, _Scene] = field(default_factory=dict)
    _fresh: dict[int, _Scene] = field(default_factory=dict)
    _files: dict[tuple[str, str], _Seen] = field(default_factory=dict)

    def begin(self, ctx: Context) -> None:
        """To be called when all files are read, before the first scene."""
        around = _surroundings(ctx)
        if around != self._around:
            self._known, self._files, self._around = {}, {}, around
        changed = {key for key, (path, was) in self._files.items() if was is None or was != self._state(path)}
        for key in changed:
            del self._files[key]
        ctx.paths.update((key, path) for key, (path, _) in self._files.items())
        if changed:
            self._known = {k: s for k, s in self._known.items() if not s.paths & changed}

    def end(self, ctx: Context) -> None:
        """To be called after the last scene: what was not used is forgotten."""
        self._known, self._fresh = self._fresh, {}
        used = {key for scene in self._known.values() for key in scene.paths}
        self._files = {key: self._files.get(key) or (ctx.paths[key], self._state(ctx.paths[key])) for key in used}

    def scene(self, ctx: Context, unit: Unit, block: Block) -> ir.Scene:
        known = self._known.get(id(block))
        if known is None and isinstance(block, Moved):
            known = self._follow(unit, block)
        if known is None:
            return self._lower(ctx, unit, block)
        self._fresh[id(block)] = known
        ctx.found.extend(known.found)
        for key, wanted in known.wanted.items():
            ctx.wanted.setdefault(key, wanted)
        for section in known.sections:
            ctx.gathering.library_unit(section)
        return known.made

    def _follow(self, unit: Unit, block: Moved) -> _Scene | None:
        """The scene that stood for a moved block, moved after it."""
        before = self._known.get(id(block.before))
        if before is None:
            return None
        by = block.line.number - before.block.line.number
        first, end = before.block.line.number, len(unit.tree.source.lines) + abs(by)
        found = tuple(d.moved(by, unit.path, first, end) for d in before.found)
        wanted = {key: Wanted(w.definition, down(w.span, by)) for key, w in before.wanted.items()}
        return _Scene(block, moved(before.made, by), found, wanted, before.sections, before.paths)

    def _lower(self, ctx: Context, unit: Unit, block: Block) -> ir.Scene:
        outer = ctx.found, ctx.wanted, ctx.gathering.sections, ctx.asked
        ctx.gathering.found, ctx.wanted, ctx.gathering.sections, ctx.asked = [], {}, set(), set()
        made = lower.scene(ctx, unit, block.in_place() if isinstance(block, Moved) else block)
        scene = _Scene(
            block, made, tuple(ctx.found), ctx.wanted, frozenset(ctx.gathering.sections), frozenset(ctx.asked)
        )
        ctx.gathering.found, ctx.wanted, ctx.gathering.sections, ctx.asked = outer
        ctx.found.extend(scene.found)
        for key, wanted in scene.wanted.items():
            ctx.wanted.setdefault(key, wanted)
        ctx.gathering.sections |= scene.sections
        ctx.asked |= scene.paths
        if not any(isinstance(item, Block) and heads.is_instance(item.line.text) for item in block.body):
            self._fresh[id(block)] = scene  # a scene with shots of a TEMPLATE depends on more than its own text
        return made

    def _state(self, path: str | Problem) -> tuple[int, ...] | None:
        """What a file is like that was found; None for one that was not, or is no more."""
        if isinstance(path, Problem):
            return None
        try:
            stat = os.stat(self.world.locate(path))
        except (OSError, ValueError):
            return None
        return stat.st_dev, stat.st_ino, stat.st_mode, stat.st_uid, stat.st_ctime_ns


def _surroundings(ctx: Context) -> Any:
    """All that lowering a scene looks at besides the scene: the people, and what each file's names mean."""
    gathering = ctx.gathering
    units = {
        path: (unit.prefix, unit.scope.names, unit.scope.values)
        for path, unit in gathering.units.items()
        if not path.startswith(STD)
    }
    return ctx.home, gathering.characters, units
