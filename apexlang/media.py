"""What a film's pictures, footage and sounds really are: looked into before anything is made, so that a broken file is an
error with a line and not a surprise at the end of a render. Also the planner's view of files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeVar

from apexlang.diagnostics import Diagnostic, error
from apexlang.ir import model as ir
from apexlang.lexicon.own import Row, own_words
from apexlang.picture.files import PictureError, examine
from apexlang.plan.build import check_time
from apexlang.plan.timeline import Timeline
from apexlang.render.footage import FootageError, probe_footage
from apexlang.sound.probe import SoundError, probe
from apexlang.source import Span, World
from apexlang.units import Rate

T = TypeVar("T")


class Seen:
    """What was found when files of a world were looked into. Kept as long as a file stays as it was: a film that is read again
    and again looks into each of its files once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._found: dict[tuple[object, ...], tuple[tuple[int, ...], object]] = {}

    def of(self, path: str, what: object, look: Callable[[], T]) -> T:
        """What `look` finds in the file; `what` tells one question from another."""
        state = self._state(path)
        known = self._found.get((path, what))
        if known is not None and known[0] == state:
            return known[1]  # type: ignore[return-value]  # the same question has the same kind of answer
        found = look()
        if state:
            self._found[(path, what)] = (state, found)
        return found

    def _state(self, path: str) -> tuple[int, ...]:
        try:
            stat = self._world.locate(path).stat()
        except (OSError, ValueError):
            return ()
        return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


class Files:
    """The planner's `Assets`: digests, and how long footage is at `rate`. Remembers what it has looked into, in `seen` if given."""

    def __init__(self, world: World, rate: Rate, seen: Seen | None = None) -> None:
        self._world, self._rate = world, rate
        self._seen = seen if seen is not None else Seen(world)

    def digest(self, path: str) -> str:
        return self._world.digest(path)

    def own_words(self) -> tuple[Row, ...]:
        return own_words(self._world).rows

    def footage_frames(self, path: str) -> int | None:
        def look() -> int | None:
            try:
                return probe_footage(self._world.locate(path), self._rate).frames
            except FootageError:
                return None

        return self._seen.of(path, ("frames", self._rate), look)


def inspect(
    film: ir.Film, world: World, seen: Seen | None = None, timeline: Timeline | None = None
) -> Iterator[Diagnostic]:
    """What is wrong with the film's media: files that are there and cannot be used, footage too short for its shots.
    Files that are missing were reported before. `seen`: what is known from looking before; `timeline`: the film's own."""
    seen = seen if seen is not None else Seen(world)
    yield from _broken(film, world, seen)
    yield from check_time(film, Files(world, film.format.rate, seen), timeline)[1]


def _broken(film: ir.Film, world: World, seen: Seen) -> Iterator[Diagnostic]:
    now: dict[tuple[str, str], str | None] = {}
    for path, span, look, code, kind in _files(film, world):
        if not world.exists(path):
            continue
        if (path, kind) not in now:
            now[path, kind] = seen.of(path, (kind, film.format.rate), lambda look=look, path=path: look(path))  # type: ignore[misc]
        reason = now[path, kind]
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
