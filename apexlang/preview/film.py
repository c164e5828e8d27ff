"""The film that is open: read again after each save, planned as a draft, and told piece by piece. Knows no page and no thread."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from apexlang.compiler import Film, Session
from apexlang.diagnostics import Diagnostic
from apexlang.ir import model as ir
from apexlang.lexicon.own import NAME as OWN_WORDS
from apexlang.making import Bench
from apexlang.media import Files
from apexlang.options import Options
from apexlang.plan.build import segment_label
from apexlang.plan.model import Plan, Segment
from apexlang.plan.timeline import Timeline
from apexlang.preview.told import Told, rows
from apexlang.reading.shots import Reel, reel
from apexlang.source import STD
from apexlang.units import Rate

BEAT_HZ: Final = 2
"""Beats a second: the planner counts 120 a minute."""

_MOST_LINES: Final = 60
_LONGEST_LINE: Final = 400


@dataclass(frozen=True)
class Piece:
    """A segment as people see it. `shot`: the index of the shot that it belongs to (for a mix, of the one it leads to)."""

    id: str
    segment: Segment
    shot: int
    label: str
    size: str
    scene: str
    kind: Literal["shot", "transition"]
    line: int
    source: tuple[tuple[int, str], ...]

    @property
    def key(self) -> str:
        return self.segment.key


@dataclass(frozen=True)
class Cut:
    """A film without errors as it stands on the timeline. `rev` counts the versions that were good, from 1."""

    rev: int
    film: Film
    plan: Plan
    pieces: tuple[Piece, ...]
    told: Told = field(repr=False, compare=False)

    @cached_property
    def by_key(self) -> dict[str, int]:
        """The first piece of each key."""
        return {piece.key: i for i, piece in reversed(list(enumerate(self.pieces)))}

    @cached_property
    def by_id(self) -> dict[str, int]:
        return {piece.id: i for i, piece in enumerate(self.pieces)}

    @cached_property
    def starts(self) -> list[int]:
        return [piece.segment.start for piece in self.pieces]

    @cached_property
    def reel(self) -> Reel:
        assert self.film.ir is not None and self.film.timeline is not None
        return reel(self.film.ir, self.film.timeline)

    @cached_property
    def beats(self) -> list[int]:
        """The frames of the beats, the first at 0."""
        rate = self.plan.format.rate
        count = -(-self.plan.frames * BEAT_HZ * rate.den // rate.num)
        frames = ((2 * k * rate.num + BEAT_HZ * rate.den) // (2 * BEAT_HZ * rate.den) for k in range(count))
        return [n for n in frames if n < self.plan.frames]

    def at(self, frame: int) -> int | None:
        """The piece that shows the film's `frame`, None where there is none."""
        return bisect_right(self.starts, frame) - 1 if 0 <= frame < self.plan.frames else None

    def values(self, piece: Piece) -> list[tuple[str, str, str]]:
        """Name, value and where it comes from, of all that holds for a piece's shot."""
        assert self.film.ir is not None
        return self.told.values(self.film.ir, self.reel.live[piece.shot])


@dataclass(frozen=True)
class Reading:
    """What reading a film came to: `cut` where it is good. `gone`: its file is not there. `files`: all that it is made of;
    `lacks`: something was not found, so any new file may be what it waits for. `ms`: how long it took."""

    film: Film
    diagnostics: tuple[Diagnostic, ...]
    cut: Cut | None
    gone: bool
    files: frozenset[Path]
    lacks: bool
    ms: float


class Reader:
    """Reads one film again and again. Not for two threads at once."""

    def __init__(self, path: Path, options: Options, bench: Bench) -> None:
        self.path = path
        self.options = replace(options, draft=True)
        self._bench = bench
        self._session = Session(path, options=self.options)
        self._told = Told()
        self._rev = 0

    def read(self) -> Reading:
        """The film as it now stands on the disk. What is wrong with it is in the answer; nothing is raised."""
        began = time.perf_counter()
        film = self._session.compile()
        found = film.diagnostics
        wrong = film.ir is None or any(d.is_error for d in found)
        cut = None
        if not wrong:
            try:
                cut = self._cut(film)
            except OSError:  # a file went while it was looked at: its going is noticed too
                wrong = True
        return Reading(
            film=film,
            diagnostics=found,
            cut=cut,
            gone=film.ir is None and not self.path.exists(),
            files=frozenset({self.path, *_files(film)}),
            lacks=wrong,
            ms=(time.perf_counter() - began) * 1e3,
        )

    def _cut(self, film: Film) -> Cut:
        assert film.ir is not None and film.timeline is not None
        files = Files(film.world, film.ir.format.rate, self._session.seen)
        plan = self._bench.plan(film.ir, files, self.options, film.timeline, jobs=False)
        self._rev += 1
        return Cut(self._rev, film, plan, tuple(_pieces(film, film.timeline, plan)), self._told)


def drops(rate: Rate) -> bool:
    """Whether timecode at this rate leaves numbers out, to keep with the clock (29.97 and 59.94)."""
    return rate.den == 1001 and rate.nominal % 30 == 0


def _pieces(film: Film, timeline: Timeline, plan: Plan) -> Iterator[Piece]:
    count: dict[str, int] = {}
    for segment in plan.segments:
        label, kind, size, span = segment_label(segment, plan.shots), "transition", segment.mix, None
        if segment.b is None:
            assert segment.a.shot is not None
            owner = segment.a.shot
            shot = plan.shots[owner]
            label, kind, size = shot.label, "shot", shot.size
            span = timeline.shots[owner].shot.span
        elif segment.b.shot is not None:
            owner = segment.b.shot
            size = "fade in" if segment.a.shot is None else size
            span = timeline.joints[owner].span
        else:
            assert segment.a.shot is not None
            owner, size = segment.a.shot, "fade out"
            span = timeline.joints[owner + 1].span
        count[label] = count.get(label, 0) + 1
        yield Piece(
            id=label if count[label] == 1 else f"{label}/{count[label]}",
            segment=segment,
            shot=owner,
            label=label,
            size=size,
            scene=plan.scenes[plan.shots[owner].scene].heading,
            kind="shot" if kind == "shot" else "transition",
            line=span.line + 1 if span else 0,
            source=rows(film.sources, span, _MOST_LINES if kind == "shot" else 1, _LONGEST_LINE),
        )


def _files(film: Film) -> Iterator[Path]:
    """All files that a film names, whether or not they are there."""
    world = film.world
    for path in film.sources:
        if not path.startswith(STD):
            yield world.locate(path)
    yield world.locate(OWN_WORDS)
    if film.ir is None:
        return
    named = [m.path for m in film.ir.music] + [g.lut for g in film.ir.grades if g.lut not in (None, "none")]
    for scene in film.ir.scenes:
        for shot in (i for i in scene.items if isinstance(i, ir.Shot)):
            named += [cue.path for cue in shot.sounds]
            if isinstance(shot.source, ir.Still | ir.Clip):
                named.append(shot.source.path)
    for path in dict.fromkeys(named):
        yield world.locate(path)
