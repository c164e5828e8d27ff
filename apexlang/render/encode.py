"""Frames into FFmpeg: segments side by side, or the whole film through the one graph; or into hashes instead of an encoder."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from apexlang.plan.keys import key as key_of
from apexlang.plan.model import Segment, Title
from apexlang.render import arguments, titles
from apexlang.render.events import Kind
from apexlang.render.ffmpeg import Process
from apexlang.render.filtergraph import Graph, graph
from apexlang.render.once import Task, make_once
from apexlang.render.passing import passed
from apexlang.render.store import reported
from apexlang.render.work import Work


def whole_key(film_key: str) -> str:
    """The store's key of a film's picture that was rendered by the one graph."""
    return film_key + ".whole"


def distinct(segments: Sequence[Segment]) -> list[Segment]:
    """One segment of each key: equal segments are encoded once."""
    return list({s.key: s for s in reversed(segments)}.values())[::-1]


def make_segments(work: Work, last: Sequence[Task] = ()) -> None:
    """Encodes the segments that the store lacks, and does what is `last`: something short that fills the end, when the workers have no
    whole segment left each."""
    tasks = []
    for segment in distinct(work.plan.segments):
        label = work.label(segment.key, f"segment {segment.index}")
        if work.store.path(segment.key) is not None:
            work.reuse("segment", segment.key, label)
        else:
            make = functools.partial(_make, work, [segment], segment.key, label)
            tasks.append(Task("segment", segment.key, label, make))
    make_once(work, [*tasks, *last])


def make_segment(work: Work, segment: Segment) -> None:
    """Encodes one segment, whether or not the store has it."""
    _make(work, [segment], segment.key, work.label(segment.key, f"segment {segment.index}"))


def make_whole(work: Work) -> Path:
    """The film's picture by the one graph of all segments."""
    key = whole_key(work.plan.film_key)
    if work.store.path(key) is None:
        make = functools.partial(_make, work, work.plan.segments, key, "film", work.options.workers)
        make_once(work, [Task("film", key, "film", make)])
    else:
        work.reuse("film", key, "film")
    made = work.store.path(key)
    assert made is not None
    return made


def hash_frames(work: Work, whole: bool) -> list[str]:
    """The MD5 of each film frame before encoding, by the one graph or by the segments' graphs."""
    plan = work.plan
    runs = [list(plan.segments)] if whole else [[s] for s in plan.segments]
    found: list[list[str]] = [[] for _ in runs]

    def one(index: int) -> None:
        g = graph(plan, runs[index])
        with _script(work, g) as script:
            command = arguments.hashes(g, _plates(work, g), script)
            with work.crew.start(command, takes=True, collects=True) as process:
                _feed(work, runs[index], process, lambda done: None)
                text = process.finish().decode("ascii")
        found[index] = [row.rsplit(",", 1)[1].strip() for row in text.splitlines() if row and not row.startswith("#")]

    work.side_by_side([functools.partial(one, i) for i in range(len(runs))])
    return [h for run in found for h in run]


def _make(work: Work, segments: Sequence[Segment], key: str, label: str, threads: int = 1) -> None:
    g = graph(work.plan, segments)
    kind: Kind = "segment" if len(segments) == 1 and key == segments[0].key else "film"
    with (
        work.job(kind, key, label, g.drawn.frames) as progress,
        _script(work, g) as script,
        work.store.making(key, ".mp4") as path,
    ):
        if kind == "segment" and passed(work, segments[0], path, progress):
            return
        command = arguments.encode(g, _plates(work, g), work.plan.encoding, path, threads, script)
        with work.crew.start(command, takes=True) as process:
            _feed(work, segments, process, progress)
            process.finish(600 + g.drawn.frames)


@contextlib.contextmanager
def _script(work: Work, g: Graph) -> Iterator[Path | None]:
    """A file with the graph's text while it is needed, None where the text fits into the command."""
    if not arguments.needs_script(g):
        yield None
        return
    with work.store.scratch(".graph") as path:
        with reported(work.store.root):
            path.write_text(g.text, encoding="utf-8", newline="\n")
        yield path


def _feed(work: Work, segments: Sequence[Segment], process: Process, progress: Callable[[int], None]) -> None:
    done = 0
    engine = work.engine()
    for segment in segments:
        for frame in work.studio.frames(segment, engine):
            process.write(frame.data.cast("B"))
            done += 1
            progress(done)


def _plates(work: Work, g: Graph) -> list[Path]:
    return [_plate(work, title) for title in g.plates]


def plate_key(title: Title, width: int, height: int) -> str:
    """The store's key of a title's picture."""
    said = {"text": title.text, "width": width, "height": height, "card": title.card}
    return key_of("plate", said, (), (titles.TITLES_VERSION,))


def _plate(work: Work, title: Title) -> Path:
    width, height = work.plan.format.width, work.plan.format.height
    key = plate_key(title, width, height)
    known = work.store.path(key)
    if known is not None:
        return known
    lacking = titles.missing(title.text)
    if lacking:
        work.note(f"no font here has {lacking!r} of the title {title.text!r}")
    with work.store.making(key, ".png") as path, reported(work.store.root):
        Image.fromarray(titles.plate(title.text, width, height, title.card)).save(path, compress_level=1)
    made = work.store.path(key)
    assert made is not None
    return made
