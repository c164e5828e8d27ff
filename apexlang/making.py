"""Planning, rendering and looking at a film that was read: where the compiler meets FFmpeg, generators and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from apexlang.compiler import Film
from apexlang.diagnostics import Diagnostic
from apexlang.frames.engine import ENGINE_VERSION
from apexlang.ir import model as ir
from apexlang.media import Files, inspect_files
from apexlang.picture.model import Generator
from apexlang.picture.registry import choose, generators
from apexlang.plan.build import Planned, build, check_time
from apexlang.plan.excerpt import excerpt
from apexlang.plan.keys import Tools
from apexlang.plan.model import Plan
from apexlang.render import run
from apexlang.render.events import Event
from apexlang.render.failure import Failure
from apexlang.render.ffmpeg import Ffmpeg, FfmpegError, find, usable
from apexlang.render.filtergraph import graph as graph_of
from apexlang.render.store import Store
from apexlang.render.titles import TITLES_VERSION
from apexlang.sound.mix import MIXER_VERSION
from apexlang.source import World
from apexlang.units import Time

T = TypeVar("T")


@dataclass(frozen=True)
class Chooser:
    """The planner's `Generators`: the first usable one of an order; where none is, the first named, which will say why not."""

    known: Mapping[str, Generator]
    insist: str | None = None

    def choose(self, order: Sequence[str]) -> tuple[str, str]:
        wanted = (self.insist,) if self.insist else tuple(order)
        name = choose(wanted, self.known).name or wanted[0]
        return name, self.known[name].version if name in self.known else "none"


@dataclass(frozen=True)
class Bench:
    """All that making needs besides the film."""

    film: Film
    store: Store
    ffmpeg: Ffmpeg
    known: Mapping[str, Generator]

    @property
    def tools(self) -> Tools:
        return Tools(ENGINE_VERSION, TITLES_VERSION, MIXER_VERSION, self.ffmpeg.version)

    @property
    def folder(self) -> Path:
        return self.film.folder

    def options(self, whole: bool = False, jobs: int | None = None) -> run.RenderOptions:
        return run.RenderOptions(whole=whole, jobs=jobs, generators=self.known)

    def planned(self, made: ir.Film) -> Planned:
        return build(
            made,
            assets=Files(self.film.world, made.format.rate),
            generators=Chooser(self.known, self.film.options.generator),
            tools=self.tools,
            has=self.store.has,
            draft=self.film.options.draft,
        )

    def plan(self, only: Sequence[str] = ()) -> Plan:
        made = self.film.require()
        planned = self.planned(made)
        assert planned.plan is not None, planned.diagnostics  # a film without errors has a plan
        return excerpt(planned.plan, [label.lstrip("#") for label in only], self.tools) if only else planned.plan


def inspect(film: ir.Film, world: World) -> Iterator[Diagnostic]:
    """What is wrong with the film's media: broken files, and footage too short for its shots."""
    yield from inspect_files(film, world)
    yield from check_time(film, Files(world, film.format.rate))[1]


@contextmanager
def _bench(film: Film) -> Iterator[Bench]:
    """The tools, for as long as something is made. FfmpegError where there is no usable FFmpeg."""
    ffmpeg = find(film.options.ffmpeg)
    with Store(film.options.store or film.folder / ".apex") as store:
        yield Bench(film, store, ffmpeg, generators())


def _attempt(film: Film, work: Callable[[Bench], T]) -> T | Failure:
    try:
        with _bench(film) as bench:
            problem = usable(bench.ffmpeg)
            return Failure("E0602", problem) if problem else work(bench)
    except FfmpegError as problem:
        return Failure("E0602", str(problem))


def plan(film: Film, only: Sequence[str]) -> Plan:
    with _bench(film) as bench:
        return bench.plan(only)


def graph(film: Film) -> str:
    made = plan(film, ())
    return graph_of(made, made.segments).text


def render(
    film: Film,
    out: Path | None,
    whole: bool,
    only: Sequence[str],
    jobs: int | None,
    report: Callable[[Event], None] | None,
) -> run.Report | Failure:
    film.require()

    def work(bench: Bench) -> run.Report | Failure:
        path = out or default_output(film, only)
        options = bench.options(whole, jobs)
        return run.render(bench.plan(only), bench.folder, path, bench.store, bench.ffmpeg, options, report or run.ignore)

    return _attempt(film, work)


def default_output(film: Film, only: Sequence[str] = ()) -> Path:
    """`out/STEM.mp4` beside the film; a draft and an excerpt never overwrite the film itself."""
    name = film.stem + ("".join(f"_{label.lstrip('#')}" for label in only[:4]) if only else "")
    return film.folder / "out" / (name + (".draft" if film.options.draft else "") + ".mp4")


def still(
    film: Film, label: str, at: Time | None, report: Callable[[Event], None] | None = None
) -> npt.NDArray[np.uint8] | Failure:
    film.require()

    def work(bench: Bench) -> npt.NDArray[np.uint8] | Failure:
        made = bench.plan()
        name = label.lstrip("#")
        shot = next((s for s in made.shots if s.label == name), None)
        if shot is None:
            raise KeyError(name)
        own = None if at is None else min(at.to_frames(made.format.rate), shot.frames - 1) + shot.head
        return run.still(made, name, own, bench.folder, bench.store, bench.ffmpeg, bench.options(), report or run.ignore)

    return _attempt(film, work)


def hashes(film: Film, whole: bool) -> list[str] | Failure:
    """The MD5 of every frame before encoding, by the whole film's graph or by the segments'."""
    film.require()

    def work(bench: Bench) -> list[str] | Failure:
        return run.frame_hashes(bench.plan(), bench.folder, bench.store, bench.ffmpeg, bench.options(), whole=whole)

    return _attempt(film, work)
