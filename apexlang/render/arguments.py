"""From graphs and files to FFmpeg's argument lists. Pure; nothing here runs anything.

ffmpeg-python writes the lists whose streams it can express (muxing, decoding). It knows neither filtergraphs given as text nor
inputs that no filter of its own reads, so the drawn graph's list is written here. It is imported in this file only.
Every file goes in as `file:` and an absolute path: no name can be an option, a protocol or a pattern.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import ffmpeg

from apexlang.plan.model import Encoding
from apexlang.render.filtergraph import Graph
from apexlang.units import Rate

TAGS: Final = ("-color_range", "tv", "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709")
_BITEXACT: Final = ("-fflags", "+bitexact", "-flags", "+bitexact", "-map_metadata", "-1")
_ONE_THREAD: Final = ("-filter_threads", "1", "-filter_complex_threads", "1")
_LONGEST_TEXT: Final = 8000
STREAMED: Final = "+frag_keyframe+empty_moov+default_base_moof"
CONTAINERS: Final = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mxf,asf,ogg,flv,dv,gif,ivf,nut,y4m,yuv4mpegpipe"
)
"""Footage containers that may be opened: none that names further files or addresses."""


def url(path: Path) -> str:
    return "file:" + str(path.absolute())


def timescale(rate: Rate) -> int:
    """Ticks a second in which every frame of `rate` lasts a whole number of ticks; the same for every segment."""
    factor = 1
    while rate.num * factor < 10_000:
        factor *= 10
    return rate.num * factor


def drawn(graph: Graph, plates: Sequence[Path], script: Path | None = None) -> list[str]:
    """The inputs and the filtergraph, up to the mapped stream. `script`: a file with the graph's text, where it is too long
    for an argument (see `needs_script`)."""
    d = graph.drawn
    arguments = [
        *("-f", "rawvideo", "-pixel_format", d.pixel_format, "-video_size", f"{d.width}x{d.height}"),
        *("-framerate", str(d.rate), *TAGS, "-i", "pipe:0"),
    ]
    for plate in plates:
        arguments += ["-f", "png_pipe", "-i", url(plate)]
    text = ["-filter_complex", graph.text] if script is None else ["-/filter_complex", str(script.absolute())]
    return [*_ONE_THREAD, *arguments, *text, "-map", f"[{graph.output}]"]


def needs_script(graph: Graph) -> bool:
    """Systems limit the length of an argument: Windows that of the whole command, to 32,767 characters."""
    return len(graph.text) > _LONGEST_TEXT


def encode(
    graph: Graph,
    plates: Sequence[Path],
    encoding: Encoding,
    out: Path,
    threads: int = 1,
    script: Path | None = None,
) -> list[str]:
    """Draws the graph into a film file without sound that can be joined to its neighbours by stream copy."""
    rate = graph.drawn.rate
    codec = [
        *("-c:v", encoding.codec, "-preset", encoding.preset, "-crf", str(encoding.crf)),
        *("-profile:v", encoding.profile, *(("-level:v", encoding.level) if encoding.level else ())),
        *(("-g", str(encoding.keyint)) if encoding.keyint else ()),
        *(("-bf", "0", "-movflags", STREAMED) if encoding.streamed else ()),
        *("-x264-params", "open-gop=0:scenecut=0" if encoding.keyint else "open-gop=0"),
        *("-threads", str(threads), "-pix_fmt", encoding.pixel_format, *TAGS),
    ]
    clock = ["-r", str(rate), "-video_track_timescale", str(timescale(rate))]
    return ["-y", *drawn(graph, plates, script), *clock, *codec, *_BITEXACT, "-f", "mp4", url(out)]


def hashes(graph: Graph, plates: Sequence[Path], script: Path | None = None) -> list[str]:
    """Prints the MD5 of every frame as it would enter the encoder."""
    return [*drawn(graph, plates, script), "-r", str(graph.drawn.rate), "-f", "framemd5", "pipe:1"]


def sound(mix: Path, out: Path, bit_rate: str) -> list[str]:
    """The mix as it is heard in the film, AAC, in a file of its own."""
    options: dict[str, object] = {
        "c:a": "aac",
        "b:a": bit_rate,
        "ar": 48000,
        "map_metadata": -1,
        "fflags": "+bitexact",
        "flags:a": "+bitexact",
        "f": "mp4",
    }
    arguments: list[str] = ffmpeg.get_args(ffmpeg.output(ffmpeg.input(url(mix), f="wav")["a"], url(out), **options))
    return ["-y", *arguments]


def mux(segments: Path, sound: Path, captions: Path | None, out: Path, rate: Rate, title: str) -> list[str]:
    """Joins the segments in the concat list and the sound of `sound` by stream copy, adds the captions as a text track."""
    # FFmpeg decodes the beginning of all that it opens to know it better, which for many segments costs more than all else of a join.
    # What is copied need not be decoded: with no decoder allowed, the film is the same to the byte.
    picture = ffmpeg.input(url(segments), f="concat", safe=0, codec_whitelist="none")
    heard = ffmpeg.input(url(sound), f="mp4")
    streams = [picture["v"], heard["a"]]
    options: dict[str, object] = {
        "c:v": "copy",
        "c:a": "copy",
        "movflags": "+faststart",
        "video_track_timescale": timescale(rate),
        "map_metadata": -1,
        "fflags": "+bitexact",
        "f": "mp4",
    }
    if captions is not None:
        streams.append(ffmpeg.input(url(captions), f="srt")["s"])
        options |= {"c:s": "mov_text", "metadata:s:s:0": "language=und"}
    if title:
        options["metadata"] = "title=" + title
    options |= dict(zip((t.removeprefix("-") for t in TAGS[::2]), TAGS[1::2], strict=True))
    arguments: list[str] = ffmpeg.get_args(ffmpeg.output(*streams, url(out), **options))
    return ["-y", *arguments]


def decode(path: Path, seek_s: float, filters: str, pixels: str) -> list[str]:
    """Footage from `seek_s` on, with its own times kept, through `filters`, as raw frames of `pixels`."""
    source = ffmpeg.input(
        url(path),
        threads=1,
        ss=f"{seek_s:.6f}",
        noaccurate_seek=None,
        protocol_whitelist="file",
        format_whitelist=CONTAINERS,
    )
    output = ffmpeg.output(
        source["v:0"], "pipe:1", vf=filters, f="rawvideo", pix_fmt=pixels, fps_mode="passthrough", threads=1
    )
    arguments: list[str] = ffmpeg.get_args(output)
    return [*_ONE_THREAD, "-copyts", *arguments]
