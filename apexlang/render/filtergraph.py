"""The one filtergraph: what FFmpeg does to the frames that the engine draws. Pure; for a segment as for the whole film.

Every picture, footage too, is drawn by the engine, and consecutive frames are one stream: so the graph has one input for all
pictures, and one for each title's plate. No string of the film enters the graph's text; numbers do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from apexlang.plan.model import Plan, Segment, Title
from apexlang.units import Rate

REC709 = "setparams=range=limited:color_primaries=bt709:color_trc=bt709:colorspace=bt709"
_PLATE = (
    "setparams=range=full:color_primaries=bt709:color_trc=bt709:colorspace=gbr",
    "format=gbrap",
    "zscale=m=709:r=limited:d=none:threads=1",
    "format=yuva420p",
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Input 0: `frames` raw frames of the engine, from film frame `start` on."""

    start: int
    frames: int
    width: int
    height: int
    rate: Rate
    pixel_format: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Inputs in order: the drawn frames, then a plate (an RGBA picture of the frame's size) for each of `plates`.
    `text` is the filtergraph; its result is labelled `output`."""

    drawn: Drawn
    plates: tuple[Title, ...]
    text: str
    output: str = "film"


def graph(plan: Plan, segments: Sequence[Segment]) -> Graph:
    """The graph of `segments`, which follow each other without a gap. ValueError if they do not, or there are none."""
    if not segments:
        raise ValueError("no segments")
    start = segments[0].start
    end = start
    for segment in segments:
        if segment.start != end:
            raise ValueError(f"segment {segment.index} does not begin at frame {end}")
        end += segment.frames
    plates = tuple(dict.fromkeys(t for s in segments for t in s.titles if t.start < end and t.start + t.frames > start))
    clock = f"settb={plan.format.rate.den}/{plan.format.rate.num},setpts=N"
    chains = [f"[0:v]{REC709},{clock}[v0]"]
    for n, title in enumerate(plates):
        chains.append(f"[{n + 1}:v]{_title(title, start, end, clock)}[t{n}]")
        chains.append(f"[v{n}][t{n}]overlay=format=yuv420:eof_action=pass:repeatlast=0[v{n + 1}]")
    pixels = plan.encoding.pixel_format
    chains.append(f"[v{len(plates)}]format={pixels},{REC709},{clock}[film]")
    drawn = Drawn(start, end - start, plan.format.width, plan.format.height, plan.format.rate, pixels)
    return Graph(drawn, plates, ";\n".join(chains))


def _title(title: Title, start: int, end: int, clock: str) -> str:
    """A plate as the frames of its title that lie between film frames `start` and `end`, in their places. The fades are
    laid over the title's whole length before it is cut, so each frame is the same wherever the film is cut."""
    fade = min(title.fade, title.frames // 2)
    filters = [*_PLATE, f"loop=loop={title.frames - 1}:size=1:start=0", clock]
    if fade > 0:
        filters.append(f"fade=t=in:start_frame=0:nb_frames={fade}:alpha=1")
        filters.append(f"fade=t=out:start_frame={title.frames - fade}:nb_frames={fade}:alpha=1")
    first = max(start - title.start, 0)
    last = min(end - title.start, title.frames)
    at = max(title.start - start, 0)
    filters.append(f"trim=start_frame={first}:end_frame={last}")
    filters.append(f"setpts=N+{at}")
    return ",".join(filters)


def escape(value: str) -> str:
    """A string as the value of a filter's option, so that FFmpeg reads it back as it is: escaped once for the list of
    options and once for the graph (FFmpeg's documentation, "Notes on filtergraph escaping")."""
    option = "".join("\\" + c if c in "\\':" else c for c in value)
    return "".join("\\" + c if c in "\\'[],;" else c for c in option)


def list_entry(path: str) -> str:
    """A file in a list for the concat demuxer, whatever is in its name (a line end cannot be)."""
    if "\n" in path or "\r" in path:
        raise ValueError("a file name with a line end in it")
    return "file '" + path.replace("'", "'\\''") + "'"
