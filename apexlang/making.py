"""Planning, rendering and looking at a film that was read: where the compiler meets FFmpeg, generators and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from apexlang.frames.engine import ENGINE_VERSION
from apexlang.ir import model as ir
from apexlang.media import Files
from apexlang.options import Options, store_folder
from apexlang.picture.model import Generator
from apexlang.picture.previz.limits import clamped
from apexlang.picture.previz.reading import read
from apexlang.picture.registry import choose, generators
from apexlang.plan.build import build
from apexlang.plan.excerpt import excerpt
from apexlang.plan.keys import Tools
from apexlang.plan.model import Generated, Plan, Shot
from apexlang.plan.origin import Origins
from apexlang.plan.reasons import Why
from apexlang.plan.timeline import Timeline
from apexlang.reading.remembered import Remembering
from apexlang.remembering import Memory
from apexlang.render import deliver, run
from apexlang.render.events import Event, JobDone
from apexlang.render.failure import Failure
from apexlang.render.ffmpeg import Ffmpeg, FfmpegError, find, usable
from apexlang.render.filtergraph import graph as graph_of
from apexlang.render.store import Store
from apexlang.render.titles import TITLES_VERSION
from apexlang.sound.mix import MIXER_VERSION
from apexlang.source import Source, World
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


def chooser(options: Options) -> Chooser:
    """The choice on this machine."""
    return Chooser(generators(), options.generator)


@dataclass(frozen=True)
class Bench:
    """The tools, while something is made."""

    store: Store
    ffmpeg: Ffmpeg
    known: Mapping[str, Generator]
    chooser: Remembering

    @property
    def tools(self) -> Tools:
        return Tools(ENGINE_VERSION, TITLES_VERSION, MIXER_VERSION, self.ffmpeg.version)

    def plan(
        self, film: ir.Film, files: Files, options: Options, timeline: Timeline | None = None, jobs: bool = True
    ) -> Plan:
        """The plan of a film without errors. Without `jobs` the store is not looked into: each is said to be to do."""
        made = build(
            film,
            assets=files,
            generators=self.chooser,
            tools=self.tools,
            has=self.has if jobs else lambda key: False,
            draft=options.draft,
            timeline=timeline,
        )
        assert made.plan is not None, made.diagnostics  # the film was checked before
        return made.plan

    def options(self, whole: bool = False, jobs: int | None = None) -> run.RenderOptions:
        return run.RenderOptions(whole=whole, jobs=jobs, generators=self.known)

    def has(self, key: str) -> bool:
        """Whether a job was made: a film's file is no entry of the store, but a note of it is."""
        return self.store.has(key) or self.store.notes.file(key).exists()


@contextmanager
def bench(folder: Path, options: Options) -> Iterator[Bench]:
    """The tools for the films of a folder. FfmpegError where there is none."""
    ffmpeg = find(options.ffmpeg)
    known = generators()
    with Store(store_folder(options, folder)) as store:
        yield Bench(store, ffmpeg, known, Remembering(Chooser(known, options.generator)))


@dataclass(frozen=True)
class Project:
    """A film without errors, its files, and what was chosen for this run. `sources`: the texts that it was read from."""

    film: ir.Film
    world: World
    options: Options
    sources: Mapping[str, Source] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.world.root

    def plan(self, only: Sequence[str] = ()) -> Plan:
        """FfmpegError where there is none: its version is part of the keys."""
        with self._bench() as bench:
            return self._planned(bench, only)

    def graph(self) -> str:
        made = self.plan()
        return graph_of(made, made.segments).text

    def render(
        self,
        out: Path | None = None,
        whole: bool = False,
        only: Sequence[str] = (),
        jobs: int | None = None,
        report: Callable[[Event], None] | None = None,
    ) -> run.Report | Failure:
        def work(bench: Bench) -> run.Report | Failure:
            plan, path = self._planned(bench), out or self.default_output(only)
            labels = [label.lstrip("#") for label in only] if only else None
            part = excerpt(plan, labels, bench.tools) if labels else plan
            origins = Origins(plan, bench.tools, bench.chooser.versions)
            options = replace(bench.options(whole, jobs), made_from=origins.of)
            fresh: list[tuple[str, str, str]] = []

            def listen(event: Event) -> None:
                if isinstance(event, JobDone) and not event.cached:
                    fresh.append((event.kind, event.label, event.key))
                if report is not None:
                    report(event)

            done = run.render(part, self.folder, path, bench.store, bench.ffmpeg, options, listen)
            if isinstance(done, Failure):
                return done
            memory = self._memory(bench)
            if done.unchanged and memory.note(labels is not None).exists():
                memory.touch()
                return done
            why = memory.reasoned(plan, fresh, labels)
            memory.keep(part, labels, whole)
            return replace(done, why=why)

        return self._attempt(work)

    def why(self) -> Why | Failure:
        """Every job of the film: whether the store has it, and if not, what changed since the film was last made."""

        def work(bench: Bench) -> Why:
            plan = self._planned(bench)

            def is_there(out: Path) -> bool:
                return deliver.is_there(bench.store, plan, out)

            return self._memory(bench).why(plan, self.default_output(), is_there)

        return self._attempt(work)

    def unstaged(self) -> list[tuple[Shot, tuple[str, ...]]]:
        """The shots of which the embedded stage leaves something out, and what."""
        found = []
        for shot in self.plan().shots:
            if isinstance(shot.picture, Generated) and shot.picture.generator == "previz":
                request, clampings = clamped(shot.picture.request)
                notes = (*clampings, *read(request).notes)
                if notes:
                    found.append((shot, notes))
        return found

    def needed(self) -> set[str]:
        """The keys of all that the film is made of, in full and as a draft. FfmpegError where there is none."""
        found: set[str] = set()
        for draft in (False, True):
            project = replace(self, options=replace(self.options, draft=draft))
            with project._bench() as bench:
                found |= run.relied_on(project._planned(bench), bench.ffmpeg.version)
        return found

    def _memory(self, bench: Bench) -> Memory:
        return Memory(bench.store, self.film, self.world, self.options, self.sources, bench.tools, bench.chooser.chosen)

    def default_output(self, only: Sequence[str] = ()) -> Path:
        """`out/STEM.mp4` beside the film; a variant, a draft and an excerpt never overwrite the film itself."""
        stem = Path(self.film.path).stem if self.film.path else "film"
        shots = "".join(f"_{label.lstrip('#')}" for label in only[:4])
        variant = f".{self.film.variant}" if self.film.variant else ""
        return self.folder / "out" / (stem + variant + shots + (".draft" if self.options.draft else "") + ".mp4")

    def still(
        self, label: str, at: Time | None = None, report: Callable[[Event], None] | None = None
    ) -> npt.NDArray[np.uint8] | Failure:
        def work(bench: Bench) -> npt.NDArray[np.uint8] | Failure:
            made, name = self._planned(bench), label.lstrip("#")
            shot = next((s for s in made.shots if s.label == name), None)
            if shot is None:
                raise KeyError(name)
            own = None if at is None else min(at.to_frames(made.format.rate), shot.frames - 1) + shot.head
            return run.still(
                made, name, own, self.folder, bench.store, bench.ffmpeg, bench.options(), report or run.ignore
            )

        return self._attempt(work)

    def hashes(self, whole: bool) -> list[str] | Failure:
        def work(bench: Bench) -> list[str] | Failure:
            made, options = self._planned(bench), bench.options()
            return run.frame_hashes(made, self.folder, bench.store, bench.ffmpeg, options, whole=whole)

        return self._attempt(work)

    def _bench(self) -> AbstractContextManager[Bench]:
        return bench(self.folder, self.options)

    def _attempt(self, work: Callable[[Bench], T]) -> T | Failure:
        try:
            with self._bench() as bench:
                problem = usable(bench.ffmpeg)
                return Failure("E0602", problem) if problem else work(bench)
        except FfmpegError as problem:
            return Failure("E0602", str(problem))

    def _planned(self, bench: Bench, only: Sequence[str] = ()) -> Plan:
        made = bench.plan(self.film, Files(self.world, self.film.format.rate), self.options)
        return excerpt(made, [label.lstrip("#") for label in only], bench.tools) if only else made
