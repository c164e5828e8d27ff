"""What a film's pictures, footage and sounds really are: looked into before anything is made, so that a broken file is an
error with a line and not a surprise at the end of a render. Also the planner's view of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from apexlang.diagnostics import Diagnostic, error
from apexlang.ir import model as ir
from apexlang.picture.files import PictureError, examine
from apexlang.plan.build import check_time
from apexlang.render.footage import FootageError, probe_footage
from apexlang.sound.probe import SoundError, probe
from apexlang.source import Span, World
from apexlang.units import Rate


@dataclass
class Files:
    """The planner's `Assets`: digests, and how long footage is. Remembers what it has looked into."""

    world: World
    rate: Rate
    _footage: dict[str, int | None] = field(default_factory=dict)

    def digest(self, path: str) -> str:
        return self.world.digest(path)

    def footage_frames(self, path: str) -> int | None:
        if path not in self._footage:
            try:
                self._footage[path] = probe_footage(self.world.locate(path), self.rate).frames
            except FootageError:
                self._footage[path] = None
        return self._footage[path]


def inspect(film: ir.Film, world: World) -> Iterator[Diagnostic]:
    """What is wrong with the film's media: files that are there and cannot be used, footage too short for its shots.
    Files that are missing were reported before."""
    yield from _broken(film, world)
    yield from check_time(film, Files(world, film.format.rate))[1]


def _broken(film: ir.Film, world: World) -> Iterator[Diagnostic]:
    seen: dict[str, str | None] = {}
    for path, span, look, code, kind in _files(film, world):
        if not world.exists(path):
            continue
        if path not in seen:
            seen[path] = look(path)
        reason = seen[path]
        if reason is not None:
            yield error(code, span, f"the {kind} `{path}` cannot be used", label=reason)


def _files(film: ir.Film, world: World) -> Iterator[tuple[str, Span | None, Callable[[str], str | None], str, str]]:
    def picture(path: str) -> str | None:
        try:
            examine(world.locate(path))
        except PictureError as problem:
            return str(problem)
        return None

    def footage(path: str) -> str | None:
        try:
            probe_footage(world.locate(path), film.format.rate)
        except FootageError as problem:
            return problem.reason
        return None

    def sound(path: str) -> str | None:
        try:
            seconds = probe(world.locate(path)).seconds
        except SoundError as problem:
            return f"it {problem.reason}"
        return None if seconds > Fraction(0) else "it holds no sound"

    for music in film.music:
        yield music.path, music.where.get("path", music.span), sound, "E0522", "sound"
    for scene in film.scenes:
        for shot in (i for i in scene.items if isinstance(i, ir.Shot)):
            for cue in shot.sounds:
                yield cue.path, cue.where.get("path", cue.span), sound, "E0522", "sound"
            match shot.source:
                case ir.Still(path=path):
                    yield path, shot.source.span or shot.span, picture, "E0520", "picture"
                case ir.Clip(path=path):
                    yield path, shot.source.span or shot.span, footage, "E0521", "footage"
                case _:
                    pass
