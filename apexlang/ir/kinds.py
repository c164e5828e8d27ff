"""The kinds of value that the forms of `apexlang.ir.table` name: literals, ranges, words, endings of files."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from pathlib import PurePosixPath

from apexlang.ir.forms import Kind
from apexlang.ir.vocabulary import ANGLES, COMPOSITIONS, EASINGS, GENERATORS, MOODS
from apexlang.units import Rate, Time

F = Fraction

PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".exr", ".avif", ".heic", ".tga", ".dpx")
FOOTAGE = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".mxf", ".m4v", ".mpg", ".mpeg", ".mts", ".ogv", ".gif")
SOUNDS = (".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".wma", ".caf")
CUBES = (".cube",)


def _check_size(size: tuple[int, int]) -> str | None:
    if min(size) < 16 or max(size) > 16384:
        return "each side is from 16 to 16384 pixels"
    return "both sides are even numbers of pixels" if any(side % 2 for side in size) else None


def _check_rate(rate: Rate) -> str | None:
    return None if 1 <= rate.fps <= 240 else "a film runs at 1fps to 240fps"


def _check_time(time: Time) -> str | None:
    negative = time.frames < 0 or time.seconds < 0 or time.beats < 0 or time.bars < 0
    return "a time is not negative" if negative else None


def _check_shutter(time: Time) -> str | None:
    plain = not (time.frames or time.beats or time.bars or time.timecode)
    return None if plain and 0 < time.seconds <= 1 else "a shutter is open for a part of a second: `1/125s`"


def _check_point(point: tuple[float, float]) -> str | None:
    return None if all(0 <= x <= 1 for x in point) else "a point runs from (0, 0), top left, to (1, 1), bottom right"


def _check_bezier(four: tuple[float, ...]) -> str | None:
    return None if 0 <= four[0] <= 1 and 0 <= four[2] <= 1 else "the first and the third number are from 0 to 1"


_MOOD_ALIASES = {
    "three-point": "three_point", "three point": "three_point", "low-key": "low key", "high-key": "high key",
    "golden_hour": "golden hour", "low_key": "low key", "high_key": "high key", "blue_hour": "blue hour",
    "practicals": "practical", "contre jour": "contre-jour", "backlight": "contre-jour", "backlit": "contre-jour",
}  # fmt: skip

KINDS: Mapping[str, Kind] = {
    "size": Kind("a picture size (`1920x1080`)", "size", check=_check_size),
    "rate": Kind("a frame rate (`24fps`)", "rate", unit="fps", check=_check_rate),
    "space": Kind("a colour space (`rec709`)", "words", words=("rec709", "p3", "rec2020"),
                  aliases={"bt709": "rec709", "bt2020": "rec2020"}),
    "time": Kind("a time (`2s`, `12f`, `8 beats`)", "time", check=_check_time),
    "picture": Kind('a picture file (`"key.png"`)', "string", suffixes=PICTURES),
    "footage": Kind('a video file (`"take.mp4"`)', "string", suffixes=FOOTAGE),
    "audio": Kind('a sound file (`"music.wav"`)', "string", suffixes=(*SOUNDS, *FOOTAGE)),
    "cube": Kind('a cube file (`"film.cube"`)', "string", suffixes=CUBES),
    "name": Kind("a name", "words", open_words=True),
    "lens": Kind("a lens (`35mm`)", "length", F(4), F(1200), "mm"),
    "aperture": Kind("an aperture (`f/2.8`)", "aperture", F(7, 10), F(64)),
    "iso": Kind("a number (`800`)", "number", F(25), F(409600)),
    "shutter": Kind("a shutter time (`1/125s`)", "time", check=_check_shutter),
    "shutter-angle": Kind("a shutter angle (`180deg`)", "angle", F(1), F(360), "deg"),
    "angle": Kind("a camera angle (`low angle`)", "words", words=ANGLES,
                  aliases={"dutch angle": "dutch", "eye-level": "eye level",
                           "bird's eye": "overhead"}),
    "rig": Kind("a light rig (`three_point`)", "words", words=MOODS, code="E0314", open_words=True, alone=True,
                aliases=_MOOD_ALIASES),
    "mood": Kind("a mood of light (`low key`)", "words", words=MOODS, code="E0314", aliases=_MOOD_ALIASES),
    "move-name": Kind("the name of a MOVE", "words", open_words=True, alone=True, code="E0317"),
    "delivery": Kind("the name of a DELIVER", "words", open_words=True, code="E0318"),
    "meeting": Kind("`beat`, `bar` or `onset`", "words", words=("beat", "bar", "onset")),
    "degrees": Kind("an angle (`45deg`)", "angle", F(-360), F(360), "deg"),
    "pixels": Kind("a number of pixels (`0.5px`)", "pixels", F(0), F(20), "px"),
    "ratio": Kind("a ratio (`2.39`)", "number", F(1), F(4)),
    "power": Kind("a power (`1.1`)", "number", F(1, 10), F(10)),
    "offset": Kind("a number (`-0.02`)", "number", F(-1), F(1)),
    "softness": Kind("a softness (`0.7`)", "number", F(0), F(1)),
    "container": Kind("a container (`mp4`)", "words", words=("mp4", "mov", "mkv", "webm", "mxf", "gif", "png", "exr", "dpx")),
    "codec": Kind("a codec (`h264`)", "words",
                  words=("h264", "h265", "av1", "vp9", "prores_422", "prores_422_hq", "prores_4444", "dnxhr_hq", "dnxhr_hqx",
                         "jpeg2000", "ffv1", "gif", "png", "exr", "dpx"),
                  aliases={"hevc": "h265", "avc": "h264", "prores": "prores_422"}),
    "bits": Kind("bits a colour (`10 bit`)", "number", F(8), F(16), whole=True),
    "megabits": Kind("a data rate (`20 Mbps`)", "number", F(1, 10), F(2000)),
    "quality-number": Kind("a quality (`18`)", "number", F(0), F(63)),
    "sound-codec": Kind("a sound codec (`aac`)", "words", words=("aac", "opus", "flac", "pcm_16", "pcm_24", "none")),
    "loudness": Kind("a loudness (`-14LUFS`)", "loudness", F(-60), F(0), "LUFS"),
    "peak": Kind("a peak (`-1dB`)", "decibels", F(-20), F(0), "dB"),
    "subtitles": Kind("what becomes of dialogue (`srt`)", "words", words=("track", "srt", "burnt in", "none")),
    "side": Kind("a side (`left`)", "words", words=("left", "right", "front", "back", "top"),
                 aliases={"above": "top", "behind": "back"}),
    "quality": Kind("a quality of light (`soft`)", "words", words=("hard", "soft", "volumetric")),
    "accent": Kind("a kind of light (`practical`)", "words",
                   words=("practical", "soft", "hard", "volumetric", "neon", "moonlight", "bounce", "none")),
    "kelvin": Kind("a colour temperature (`3200K`)", "kelvin", F(1000), F(20000), "K"),
    "zoom": Kind("a zoom (`1.2`)", "number", F(1), F(8)),
    "point": Kind("a point (`(0.3, 0.5)`)", "point", check=_check_point),
    "direction": Kind("a direction (`left`)", "words", words=("left", "right", "up", "down")),
    "sideways": Kind("`left` or `right`", "words", words=("left", "right")),
    "upright": Kind("`up` or `down`", "words", words=("up", "down")),
    "easing": Kind("an easing (`ease-in-out`)", "words", words=EASINGS, aliases={"ease": "ease-in-out"}),
    "bezier": Kind("four numbers (`(0.4, 0, 0.2, 1)`)", "four", check=_check_bezier),
    "exponent": Kind("an exponent (`2.2`)", "number", F(1, 10), F(10)),
    "composition": Kind("a composition (`thirds`)", "words", words=COMPOSITIONS, code="E0315",
                        aliases={"centered": "centred", "rule of thirds": "thirds", "symmetrical": "symmetry"}),
    "colour": Kind("a colour (`#2C3E50`)", "colour"),
    "generator": Kind("a generator (`sdxl`)", "words", words=GENERATORS, code="E0313"),
    "takes": Kind("a number of takes (`4`)", "number", F(1), F(64), whole=True),
    "decibels": Kind("a gain (`-6dB`)", "decibels", F(-96), F(24), "dB"),
    "stops": Kind("stops (`+0.2st`)", "stops", F(-10), F(10), "st"),
    "change": Kind("a change (`+15%`)", "percent", F(-1), F(4), "%", signed=True),
    "neutral": Kind("a colour temperature (`5600K`)", "kelvin", F(1667), F(25000), "K"),
    "tint": Kind("a number (`-10`, green, to `+10`, magenta)", "number", F(-150), F(150)),
    "amount": Kind("an amount (`30%`)", "percent", F(0), F(1), "%"),
    "strong": Kind("an amount (`40%`)", "percent", F(0), F(4), "%"),
}  # fmt: skip
"""The kinds of value that forms name."""


def kind_of_file(path: str) -> str | None:
    """What a file is by the ending of its name: `a picture file`; None for any other ending."""
    suffix = PurePosixPath(path).suffix.casefold()
    kind = next((k for k in ("picture", "footage", "audio", "cube") if suffix in KINDS[k].suffixes), None)
    return KINDS[kind].says.partition(" (")[0] if kind is not None else None
