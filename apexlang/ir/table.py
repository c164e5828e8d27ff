"""The one table of properties: where each may stand, what it takes, in which units and ranges, and a sentence about it.

The checker, the suggestions and the language reference are all made from this table; there is no second list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from apexlang.ir.forms import Kind
from apexlang.units import Rate, Time

F = Fraction


@dataclass(frozen=True, slots=True)
class Clause:
    """One kind of clause: its form, what it means, and the fields that it sets besides those of its form."""

    form: str
    doc: str
    sets: Mapping[str, Any] = field(default_factory=dict)
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Property:
    """A property of one or more blocks.

    `where`: the kinds of block it may stand in. `clauses` empty: free phrases between commas. `off`: takes `none`.
    `many`: may be said more than once in a block. `needs`: fields that have to be named. `later`: not in this version.
    """

    name: str
    where: tuple[str, ...]
    doc: str
    example: str
    clauses: tuple[Clause, ...] = ()
    default: str = ""
    off: bool = False
    many: bool = False
    needs: tuple[str, ...] = ()
    later: bool = False

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(clause.form for clause in self.clauses)


SIZES = (
    "extreme wide", "establishing", "wide", "full", "medium wide", "medium", "medium close-up", "close-up",
    "extreme close-up", "two-shot", "over the shoulder", "insert", "pov",
)  # fmt: skip
"""How large the subject stands in the frame, from far to near."""

SIZE_ALIASES = {
    "close": "close-up", "close up": "close-up", "closeup": "close-up", "cu": "close-up", "mcu": "medium close-up",
    "ecu": "extreme close-up", "extreme close up": "extreme close-up", "medium close up": "medium close-up",
    "ws": "wide", "ms": "medium", "mws": "medium wide", "two shot": "two-shot", "over-the-shoulder": "over the shoulder",
    "ots": "over the shoulder", "long": "full", "point of view": "pov", "macro": "extreme close-up", "aerial": "extreme wide",
}  # fmt: skip

EASINGS = ("linear", "ease-in", "ease-out", "ease-in-out", "sine")

LIGHT_RIGS = (
    "three_point", "low key", "high key", "chiaroscuro", "golden hour", "blue hour", "moonlight", "daylight", "overcast",
    "candlelight", "firelight", "neon", "practical", "volumetric", "silhouette", "rembrandt", "butterfly", "split",
    "natural", "tungsten", "fluorescent",
)  # fmt: skip
"""Rigs and moods of light."""

COMPOSITIONS = (
    "thirds", "leading lines", "symmetry", "centred", "golden ratio", "depth", "depth of field", "shallow focus",
    "deep focus", "headroom", "lead room", "framing", "frame within a frame", "negative space", "diagonal", "silhouette",
    "foreground", "layers", "pattern", "fill the frame",
)  # fmt: skip

GENERATORS = ("previz", "sdxl", "nano_banana", "minimax", "comfyui", "imagen")
"""Makers of pictures. Whether one can be used here is for rendering to find out."""

ANGLES = ("eye level", "low angle", "high angle", "dutch", "overhead")

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


KINDS: Mapping[str, Kind] = {
    "size": Kind("a picture size (`1920x1080`)", "size", check=_check_size),
    "rate": Kind("a frame rate (`24fps`)", "rate", unit="fps", check=_check_rate),
    "space": Kind("a colour space (`rec709`)", "words", words=("rec709",)),
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
    "rig": Kind("a light rig (`three_point`)", "words", words=LIGHT_RIGS, code="E0314",
                aliases={"three-point": "three_point", "three point": "three_point", "low-key": "low key",
                         "high-key": "high key", "golden_hour": "golden hour", "std.light.three_point": "three_point"}),
    "side": Kind("a side (`left`)", "words", words=("left", "right", "front", "back", "top"),
                 aliases={"above": "top", "behind": "back"}),
    "quality": Kind("a quality of light (`soft`)", "words", words=("hard", "soft", "volumetric")),
    "accent": Kind("a kind of light (`practical`)", "words",
                   words=("practical", "soft", "hard", "volumetric", "neon", "moonlight", "bounce", "none")),
    "kelvin": Kind("a colour temperature (`3200K`)", "kelvin", F(1000), F(20000), "K"),
    "zoom": Kind("a zoom (`1.2`)", "number", F(1), F(8)),
    "point": Kind("a point (`(0.3, 0.5)`)", "point", check=_check_point),
    "direction": Kind("a direction (`left`)", "words", words=("left", "right", "up", "down")),
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

_EASE = (
    Clause("<curve:easing>", "how the change goes"),
    Clause("gamma <exponent>", "a power curve", {"curve": "gamma"}),
    Clause("cubic-bezier <bezier>", "a curve by its two handles, as in CSS", {"curve": "cubic-bezier"}),
)
_LEVELS = ("FILM", "LOOK", "HEADING", "SHOT")

PROPERTIES: tuple[Property, ...] = (
    Property(
        "format", ("FILM",), "Size of the picture, frame rate and colour space.", "format: 1920x1080, 24fps, rec709",
        (Clause("<size>", "width and height in pixels, both even"),
         Clause("<rate>", "frames a second; 23.976, 29.97 and 59.94 are exact"),
         Clause("<space>", "the colour space of the finished film")),
        default="1920x1080, 24fps, rec709",
    ),
    Property("look", ("FILM", "HEADING", "SHOT"), "A look: settings that belong together, under one name.",
             "look: std.looks.film_noir", (Clause("<name>", "the look's name"),), off=True),
    Property("grade", _LEVELS, "A colour grade by its name.", "grade: std.grades.teal_orange",
             (Clause("<name>", "the grade's name"),), off=True),
    Property(
        "camera", _LEVELS, "The camera: lens, exposure and where it looks from.",
        "camera: 24mm, f/2.8, ISO 800, 180deg, low angle",
        (Clause("<lens_mm:lens>", "focal length on a full frame"),
         Clause("<aperture>", "f-number"),
         Clause("ISO|iso <iso>", "sensitivity"),
         Clause("<shutter_s:shutter>", "exposure time"),
         Clause("<shutter_deg:shutter-angle>", "shutter angle"),
         Clause("<angle>", "from where the camera looks")),
        default="a lens that suits the size, f/4, eye level", off=True,
    ),
    Property(
        "light", _LEVELS, "The light: a rig or mood, and what is said of key, rim and fill.",
        "light: three_point, key volumetric from left 3200K, rim practical, fill soft",
        (Clause("<rig>", "a rig or a mood", repeats=True),
         Clause("key [<key_quality:quality>] [[from] <key_side:side>] [<key_kelvin:kelvin>]", "the main light"),
         Clause("rim <rim:accent>", "the light that edges the subject from behind"),
         Clause("fill <fill:accent>", "the light that opens the shadows")),
        default="what the scene's time of day gives", off=True,
    ),
    Property(
        "move", _LEVELS, "The camera's move over the length of the shot.", "move: push in 1.0 -> 1.2, ease-out",
        (Clause("static", "no move", {"kind": "static"}),
         Clause("push in [<zoom_from:zoom> -> <zoom_to:zoom>]", "nearer", {"kind": "push in"}),
         Clause("pull out [<zoom_from:zoom> -> <zoom_to:zoom>]", "further away", {"kind": "pull out"}),
         Clause("pan <direction> [<zoom_from:zoom>]", "across the picture", {"kind": "pan"}),
         Clause("pan [<point_from:point>] -> <point_to:point>", "from one point to another", {"kind": "pan"}),
         Clause("ken burns [<point_from:point>] [<zoom_from:zoom>] -> [<point_to:point>] [<zoom_to:zoom>]",
                "from one window of the picture to another", {"kind": "ken burns"}),
         *_EASE),
        default="static", off=True, needs=("kind",),
    ),
    Property("hold", _LEVELS, "How long a shot stands.", "hold: 2s 12f", (Clause("<hold:time>", "a time"),),
             default="3s", needs=("hold",)),
    Property("compose", _LEVELS, "How the frame is composed.", "compose: thirds, leading lines",
             (Clause("<compose:composition>", "a rule of composition", repeats=True),), off=True),
    Property("palette", _LEVELS, "The colours of the picture, the first the strongest.", "palette: #2C3E50 #ECF0F1 #E74C3C",
             (Clause("<palette:colour> {<palette:colour>}", "colours", repeats=True),), off=True),
    Property(
        "generate", _LEVELS, "Who makes the pictures: the first of these that can, and how many takes.",
        "generate: sdxl or nano_banana or previz, 4 takes",
        (Clause("<order:generator> {or <order:generator>}", "generators in order of preference"),
         Clause("<takes> takes|take", "pictures to choose from")),
        default="previz, 1 take", needs=("order",),
    ),
    Property(
        "music", ("FILM",), "A piece of music under the film.",
        'music: "audio/neon.wav", from 12s, fade in 1s, fade out 2s, -3dB',
        (Clause("<path:audio>", "the sound file"),
         Clause("from <start:time>", "the point of the file that plays first"),
         Clause("fade in <fade_in:time>", "how long it takes to come"),
         Clause("fade out <fade_out:time>", "how long it takes to go"),
         Clause("<gain_db:decibels>", "louder or softer")),
        many=True, needs=("path",), off=True,
    ),
    Property("wears", ("CHARACTER",), "What the character wears.", "wears: tactical jacket, field uniform"),
    Property("build", ("CHARACTER",), "The character's build.", "build: athletic"),
    Property("refs", ("CHARACTER",), "Pictures of the character.", 'refs: "refs/sarah_front.png", "refs/sarah_left.png"',
             (Clause("<refs:picture>", "a picture", repeats=True),)),
    Property("match", ("CHARACTER",), "How near to the references the character must come.", "match: 80%",
             (Clause("<match:amount>", "a likeness"),)),
    Property(
        "primary", ("GRADE",), "The whole picture: exposure, contrast and white.",
        "primary: exposure +0.2st, contrast +15%, saturation -10%, temperature 5600K, tint 0",
        (Clause("exposure <exposure_st:stops>", "stops of light"),
         Clause("contrast <contrast:change>", "slope about mid-grey"),
         Clause("saturation <saturation:change>", "strength of colours"),
         Clause("temperature <temperature_k:neutral>", "5600K is neutral, lower is warmer"),
         Clause("tint <tint>", "magenta above, green below nought")),
    ),
    Property("lut", ("GRADE",), "A lookup table from a `.cube` file.", 'lut: "luts/cinematic.cube" 80%',
             (Clause("<lut:cube> [<lut_strength:amount>]", "the file, and how much of it"),), off=True),
    Property(
        "finish", ("GRADE",), "The last touches on each frame.", "finish: grain 10%, vignette 30%, sharpen 40%",
        (Clause("vignette <vignette:amount>", "darker towards the corners"),
         Clause("grain <grain:amount>", "film grain"),
         Clause("sharpen <sharpen:strong>", "crisper edges")),
    ),
    Property("still", ("SHOT",), "The shot's picture is this file.", 'still: "stills/key.png"',
             (Clause("<path:picture>", "a picture file"),), needs=("path",)),
    Property("clip", ("SHOT",), "The shot is this footage.", 'clip: "takes/a.mp4" from 00:00:03:00',
             (Clause("<path:footage> [from <start:time>]", "a video file, and where it begins"),
              Clause("from <start:time>", "where it begins")), needs=("path",)),
    Property("color", ("SHOT",), "The shot is one plain colour.", "color: #101418",
             (Clause("<hex:colour>", "the colour"),), needs=("hex",)),
    Property("sound", ("SHOT",), "A sound at a time of the shot.", 'sound: "fx/clatter.wav" at 18f, -6dB',
             (Clause("<path:audio> [at <at:time>]", "the sound file, and when it begins"),
              Clause("at <at:time>", "when it begins, from the cut"),
              Clause("<gain_db:decibels>", "louder or softer")), many=True, needs=("path",)),
    Property("cut", ("FILM",), "Where cuts fall.", "cut: on beat", later=True),
    Property("deliver", ("FILM",), "The formats to deliver.", "deliver: std.deliver.web_1080p", later=True),
    Property("lens", ("LOOK",), "The lenses to choose from.", "lens: 35mm, 50mm", later=True),
    Property("skin", ("GRADE",), "Protection of skin.", "skin: protect 70%, softness 0.7", later=True),
    Property("voice", ("CHARACTER",), "The character's voice.", "voice: low, slow", later=True),
)  # fmt: skip

BY_NAME: Mapping[str, Property] = {p.name: p for p in PROPERTIES}

TRANSITION: tuple[Clause, ...] = (Clause("<length:time>", "how long it takes"), *_EASE)
"""What may follow DISSOLVE and FADE."""

LATER_CLAUSES: Mapping[str, tuple[str, ...]] = {
    "primary": ("brightness", "vibrance", "lift", "gamma", "gain", "offset", "slope", "power"),
    "finish": ("aberration", "halation", "bloom", "denoise", "letterbox"),
    "move": ("tilt", "truck", "boom", "dolly", "orbit", "handheld", "parallax", "keyframes", "crane", "zoom", "roll"),
    "lut": (),
    "generate": ("minimax-h3", "veo", "hailuo", "flux"),
}
"""First words of clauses that the language knows and this version does not render."""


def names_in(block: str, *, later: bool = False) -> tuple[str, ...]:
    """The properties that a kind of block takes, in the table's order."""
    return tuple(p.name for p in PROPERTIES if block in p.where and (later or not p.later))
