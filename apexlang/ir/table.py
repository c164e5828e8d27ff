"""The one table of properties: where each may stand, what it takes, in which units and ranges, and a sentence about it.

The checker, the suggestions and the language reference are all made from this table; there is no second list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from apexlang.ir.kinds import KINDS
from apexlang.ir.vocabulary import ANGLES, COMPOSITIONS, EASINGS, GENERATORS, MOODS, SIZE_ALIASES, SIZES

__all__ = [
    "ANGLES",
    "BY_NAME",
    "COMPOSITIONS",
    "CUT",
    "EASINGS",
    "GENERATORS",
    "KINDS",
    "LATER_TRANSITIONS",
    "MOODS",
    "MOVES",
    "MOVING_TRANSITION",
    "PROPERTIES",
    "SIZES",
    "SIZE_ALIASES",
    "TRANSITION",
    "Clause",
    "Property",
    "names_in",
]


@dataclass(frozen=True, slots=True)
class Clause:
    """One kind of clause: its form, what it means, and the fields that it sets besides those of its form.

    `later`: what is done instead while the clause is not rendered yet; `later_fields`: the same for single values of it, save
    those in `usual`.
    """

    form: str
    doc: str
    sets: Mapping[str, Any] = field(default_factory=dict)
    repeats: bool = False
    later: str = ""
    later_fields: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Property:
    """A property of one or more blocks.

    `where`: the kinds of block it may stand in. `clauses` empty: free phrases between commas. `off`: takes `none`.
    `many`: may be said more than once in a block. `needs`: fields that have to be named. `later`: what is done instead while
    the property is not rendered yet.
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
    later: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(clause.form for clause in self.clauses)


_EASE = (
    Clause("<curve:easing>", "how the change goes"),
    Clause("gamma <exponent>", "a power curve", {"curve": "gamma"}),
    Clause("cubic-bezier <bezier>", "a curve by its two handles, as in CSS", {"curve": "cubic-bezier"}),
)
_LEVELS = ("FILM", "LOOK", "HEADING", "SHOT")

_LEFT_OUT = "left out"

_ASIDE = {"{0}_side": "its place follows the key's", "{0}_kelvin": "its colour follows its kind"}


def _lamps(only: str) -> tuple[Clause, ...]:
    """What may be said of each lamp: all of them, each after its name, or one without it."""
    found = []
    for name, value, doc, later in (
        ("key", "<key_quality:quality>", "the main light: hard or soft, its side, its colour", {}),
        ("fill", "<fill:accent>", "the light that opens the shadows", _ASIDE),
        ("rim", "<rim:accent>", "the light that edges the subject from behind", _ASIDE),
        ("background", "<background:accent>", "the light on what is behind the subject", _ASIDE),
    ):
        form = f"[{value}] [[from] <{name}_side:side>] [<{name}_kelvin:kelvin>]"
        fields = {field.format(name): said for field, said in later.items()}
        if only in ("", name):
            found.append(Clause(form if only else f"{name} {form}", doc, later_fields=fields,
                                later=_LEFT_OUT if name == "background" else ""))  # fmt: skip
    if only in ("", "practicals"):
        form = "<practicals_kelvin:kelvin>"
        found.append(
            Clause(form if only else f"practicals {form}", "the colour of the lamps in the picture", later=_LEFT_OUT)
        )
    return tuple(found)


PROPERTIES: tuple[Property, ...] = (
    Property(
        "format", ("FILM", "DELIVER"), "Size of the picture, frame rate and colour space.",
        "format: 1920x1080, 24fps, rec709",
        (Clause("<size>", "width and height in pixels, both even"),
         Clause("<rate>", "frames a second; 23.976, 29.97 and 59.94 are exact"),
         Clause("<space>", "the colour space of the finished film", later_fields={"space": "the film is made in rec709"},
                usual={"space": "rec709"})),
        default="1920x1080, 24fps, rec709",
    ),
    Property("look", ("FILM", "HEADING", "SHOT", "TITLE"), "A look: settings that belong together, under one name.",
             "look: std.looks.film_noir", (Clause("<name>", "the look's name"),), off=True),
    Property("grade", (*_LEVELS, "TITLE"), "A colour grade by its name.", "grade: std.grades.teal_orange",
             (Clause("<name>", "the grade's name"),), off=True),
    Property(
        "camera", _LEVELS, "The camera: lens, exposure and where it looks from.",
        "camera: 24mm, f/2.8, ISO 800, low angle",
        (Clause("<lens_mm:lens>", "focal length on a full frame"),
         Clause("<aperture>", "f-number"),
         Clause("ISO|iso <iso>", "sensitivity"),
         Clause("<shutter_s:shutter>", "exposure time", later="every frame is sharp"),
         Clause("<shutter_deg:shutter-angle>", "shutter angle", later="every frame is sharp"),
         Clause("<angle>", "from where the camera looks")),
        default="a lens that suits the size, f/4, eye level", off=True,
    ),
    Property("lens", ("FILM", "LOOK"), "The lenses to choose from: a shot that names none takes that which suits its size best.",
             "lens: 35mm, 50mm, 85mm", (Clause("<lens>", "a lens of the set", repeats=True),), off=True),
    Property(
        "light", _LEVELS, "The light: a rig or mood, and what is said of each lamp.",
        "light: three_point, key volumetric from left 3200K, rim practical, fill soft",
        (*_lamps(""),
         Clause("<rig>", "a LIGHT by its name, or a mood", repeats=True)),
        default="what the scene's time of day gives", off=True,
    ),
    Property("mood", ("LIGHT",), "The rig's moods of light.", "mood: low key, chiaroscuro",
             (Clause("<rig:mood>", "a mood", repeats=True),)),
    Property("key", ("LIGHT",), "The rig's main light.", "key: hard from left 3200K", _lamps("key")),
    Property("fill", ("LIGHT",), "The light that opens the shadows.", "fill: soft", _lamps("fill")),
    Property("rim", ("LIGHT",), "The light that edges the subject from behind.", "rim: hard", _lamps("rim")),
    Property("background", ("LIGHT",), "The light on what is behind the subject.", "background: practical 2700K",
             _lamps("background")),
    Property("practicals", ("LIGHT",), "The lamps that are seen in the picture.", "practicals: 2700K", _lamps("practicals")),
    Property(
        "move", (*_LEVELS, "MOVE"), "The camera's move over the length of the shot.", "move: push in 1.0 -> 1.2, ease-out",
        (Clause("static", "no move", {"kind": "static"}),
         Clause("push [in] [<zoom_from:zoom> -> <zoom_to:zoom>]", "nearer", {"kind": "push in"}),
         Clause("pull [out|back] [<zoom_from:zoom> -> <zoom_to:zoom>]", "further away", {"kind": "pull out"}),
         Clause("zoom|dolly in [<zoom_from:zoom> -> <zoom_to:zoom>]", "nearer, by the lens or on rails", {"kind": "push in"}),
         Clause("zoom|dolly out [<zoom_from:zoom> -> <zoom_to:zoom>]", "further away", {"kind": "pull out"}),
         Clause("pan <direction> [<zoom_from:zoom>]", "across the picture", {"kind": "pan"}),
         Clause("pan [<point_from:point>] -> <point_to:point>", "from one point to another", {"kind": "pan"}),
         Clause("tilt <direction:upright> [<zoom_from:zoom>]", "up or down the picture", {"kind": "tilt"}),
         Clause("ken burns [<point_from:point>] [<zoom_from:zoom>] -> [<point_to:point>] [<zoom_to:zoom>]",
                "from one window of the picture to another: zoom, pan or both", {"kind": "ken burns"}),
         Clause("truck <direction:sideways> [<zoom_from:zoom>]", "the camera goes sideways", {"kind": "truck"},
                later="drawn as a pan, without depth"),
         Clause("boom|crane|pedestal <direction:upright> [<zoom_from:zoom>]", "the camera goes up or down", {"kind": "boom"},
                later="drawn as a tilt, without depth"),
         Clause("dolly zoom [<zoom_from:zoom> -> <zoom_to:zoom>]", "nearer while the lens widens: the background falls away",
                {"kind": "dolly zoom"}, later="drawn as a push in"),
         Clause("orbit [<direction:sideways>] [<degrees>]", "around the subject", {"kind": "orbit"}, later="drawn as a pan"),
         Clause("roll <degrees>", "about the lens's own axis, clockwise; drawn in so that no corner is empty", {"kind": "roll"}),
         Clause("handheld [<amount>]", "on a shoulder: breath, sway, step and tremor", {"kind": "handheld"}),
         Clause("parallax [<direction>] [<amount>]", "near things move before far ones", {"kind": "parallax"},
                later="drawn as a slow push in"),
         Clause("keyframes <key_at:amount> <key_point:point> <key_zoom:zoom> "
                "{-> <key_at:amount> <key_point:point> <key_zoom:zoom>}",
                "window by window: when in the shot, its middle, its zoom", {"kind": "keyframes"}),
         *_EASE,
         Clause("<base:move-name>", "a MOVE by its name")),
        default="static", off=True, needs=("kind", "base"),
    ),
    Property("zoom", ("MOVE",), "The move's zoom, where the rest is its parent's.", "zoom: 1.0 -> 1.06",
             (Clause("[<zoom_from:zoom>] -> <zoom_to:zoom>", "from and to"), Clause("<zoom_from:zoom>", "all the way"))),
    Property("ease", ("MOVE",), "How the move goes, where the rest is its parent's.", "ease: ease-in-out", _EASE),
    Property("hold", (*_LEVELS, "TITLE"), "How long a shot stands.", "hold: 2s 12f", (Clause("<hold:time>", "a time"),),
             default="3s", needs=("hold",)),
    Property("compose", _LEVELS, "How the frame is composed.", "compose: thirds, leading lines",
             (Clause("<compose:composition>", "a rule of composition", repeats=True),), off=True),
    Property("palette", _LEVELS, "The colours of the picture, the first the strongest.", "palette: #2C3E50 #ECF0F1 #E74C3C",
             (Clause("<palette:colour> {<palette:colour>}", "colours", repeats=True),), off=True),
    Property(
        "generate", _LEVELS, "Who makes the pictures: the first of these that can, and how many takes.",
        "generate: sdxl or nano_banana or previz, 1 take",
        (Clause("<order:generator> {or <order:generator>}", "generators in order of preference"),
         Clause("<takes> takes|take", "pictures to choose from", later_fields={"takes": "one take is made"}, usual={"takes": 1})),
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
    Property("cut", ("FILM",), "Where the cuts fall that do not say it themselves.", "cut: on beat within 3f",
             (Clause("on <on:meeting> [within <within:time>]", "what a cut moves to, and how far at most"),),
             default="where the shots end", off=True, needs=("on",), later="cuts fall where the shots end"),
    Property("deliver", ("FILM",), "The formats that the film is delivered in.",
             "deliver: std.deliver.web_1080p, std.deliver.prores_422",
             (Clause("<deliver:delivery>", "a DELIVER by its name", repeats=True),), off=True,
             later="the film is made as one mp4"),
    Property("wears", ("CHARACTER",), "What the character wears.", "wears: tactical jacket, field uniform"),
    Property("build", ("CHARACTER",), "The character's build.", "build: athletic"),
    Property("voice", ("CHARACTER",), "The character's voice.", "voice: low, slow", later="dialogue is shown, not heard"),
    Property("refs", ("CHARACTER",), "Pictures of the character.", 'refs: "refs/sarah_front.png", "refs/sarah_left.png"',
             (Clause("<refs:picture>", "a picture", repeats=True),), later="the character is made from its description"),
    Property("match", ("CHARACTER",), "How near to the references the character must come.", "match: 80%",
             (Clause("<match:amount>", "a likeness"),), later="pictures are not compared with references"),
    Property(
        "primary", ("GRADE",), "The whole picture: exposure, contrast and white.",
        "primary: exposure +0.2st, contrast +15%, saturation -10%, temperature 5600K, tint 0",
        (Clause("exposure <exposure_st:stops>", "stops of light"),
         Clause("contrast <contrast:change>", "slope about mid-grey"),
         Clause("saturation <saturation:change>", "strength of colours"),
         Clause("temperature <temperature_k:neutral>", "5600K is neutral, lower is warmer"),
         Clause("tint <tint>", "magenta above, green below nought"),
         Clause("brightness <brightness:change>", "lighter or darker, evenly", later=_LEFT_OUT),
         Clause("vibrance <vibrance:change>", "strength of pale colours", later=_LEFT_OUT),
         Clause("highlights <highlights:change>", "the bright part", later=_LEFT_OUT),
         Clause("shadows <shadows:change>", "the dark part", later=_LEFT_OUT),
         Clause("lift <lift:offset>", "moves black", later=_LEFT_OUT),
         Clause("gamma <gamma:power>", "bends the middle", later=_LEFT_OUT),
         Clause("gain <gain:power>", "moves white", later=_LEFT_OUT),
         Clause("offset <offset>", "moves everything", later=_LEFT_OUT)),
    ),
    Property("skin", ("GRADE",), "Protection of skin from the grade.", "skin: protect 70%, softness 0.7",
             (Clause("protect <skin_protect:amount>", "how much of skin stays as it was"),
              Clause("softness <skin_softness:softness>", "how softly skin ends")), later="skin is graded as all else"),
    Property("lut", ("GRADE",), "A lookup table from a `.cube` file.", 'lut: "luts/cinematic.cube" 80%',
             (Clause("<lut:cube> [<lut_strength:amount>]", "the file, and how much of it"),), off=True),
    Property(
        "finish", ("GRADE",), "The last touches on each frame.", "finish: grain 10%, vignette 30%, sharpen 40%",
        (Clause("vignette <vignette:amount>", "darker towards the corners"),
         Clause("grain <grain:amount>", "film grain"),
         Clause("sharpen <sharpen:strong>", "crisper edges"),
         Clause("aberration <aberration_px:pixels>", "colours that part towards the corners", later=_LEFT_OUT),
         Clause("halation <halation:amount>", "red around lights, as film has it", later=_LEFT_OUT),
         Clause("bloom <bloom:amount>", "lights that glow", later=_LEFT_OUT),
         Clause("denoise <denoise:amount>", "less noise", later=_LEFT_OUT),
         Clause("letterbox <letterbox:ratio>", "black bars to a wider shape", later=_LEFT_OUT)),
    ),
    Property("container", ("DELIVER",), "The kind of file.", "container: mp4", (Clause("<container>", "a container"),)),
    Property("video", ("DELIVER",), "How the picture is encoded.", "video: h264, 8 bit, quality 18",
             (Clause("<video:codec>", "a codec"),
              Clause("<bits> bit|bits", "bits a colour"),
              Clause("<rate_mbps:megabits> Mbps", "megabits a second"),
              Clause("quality <quality:quality-number>", "constant quality: smaller is better"))),
    Property("audio", ("DELIVER",), "How the sound is encoded, and how loud it is.", "audio: aac, -14LUFS, peak -1dB",
             (Clause("<audio:sound-codec>", "a codec"),
              Clause("<loudness_lufs:loudness>", "loudness of the whole (EBU R 128)"),
              Clause("peak <peak_db:peak>", "the loudest moment"))),
    Property("subtitles", ("DELIVER",), "What becomes of dialogue.", "subtitles: srt",
             (Clause("<subtitles>", "a track of the file, a file beside it, or in the picture"),)),
    Property("still", ("SHOT",), "The shot's picture is this file.", 'still: "stills/key.png"',
             (Clause("<path:picture>", "a picture file"),), needs=("path",)),
    Property("clip", ("SHOT",), "The shot is this footage.", 'clip: "takes/a.mp4" from 00:00:03:00',
             (Clause("<path:footage> [from <start:time>]", "a video file, and where it begins"),
              Clause("from <start:time>", "where it begins")), needs=("path",)),
    Property("color", ("SHOT", "TITLE"), "The shot, or the card behind a TITLE, is one plain colour.", "color: #101418",
             (Clause("<hex:colour>", "the colour"),), needs=("hex",)),
    Property("sound", ("SHOT", "TITLE"), "A sound at a time of the shot.", 'sound: "fx/clatter.wav" at 18f, -6dB',
             (Clause("<path:audio> [at <at:time>]", "the sound file, and when it begins"),
              Clause("at <at:time>", "when it begins, from the cut"),
              Clause("<gain_db:decibels>", "louder or softer")), many=True, needs=("path",)),
)  # fmt: skip

BY_NAME: Mapping[str, Property] = {p.name: p for p in PROPERTIES}

TRANSITION: tuple[Clause, ...] = (Clause("<length:time>", "how long it takes"), *_EASE)
"""What may follow DISSOLVE and FADE."""

MOVING_TRANSITION: tuple[Clause, ...] = (
    Clause("<direction> [<length:time>]", "which way it goes, and how long it takes"),
    *TRANSITION,
)
"""What may follow WIPE and WHIP PAN."""

CUT: tuple[Clause, ...] = (
    Clause("on <on:meeting> [within <within:time>]", "what the cut moves to, and how far at most"),
)
"""What may follow CUT."""

LATER_TRANSITIONS: Mapping[str, str] = {
    "MATCH DISSOLVE": "made as a DISSOLVE of its length",
    "WIPE": "made as a DISSOLVE of its length",
    "WHIP PAN": "made as a DISSOLVE of its length",
    "on": "made as a cut where the shot ends",
}
"""What is done instead of transitions that are not rendered yet."""


def _moves() -> tuple[str, ...]:
    kinds = (str(c.sets["kind"]) for c in BY_NAME["move"].clauses if "kind" in c.sets)
    return tuple(dict.fromkeys(kinds))


MOVES = _moves()
"""The kinds of move."""


def names_in(block: str) -> tuple[str, ...]:
    """The properties that a kind of block takes, in the table's order."""
    return tuple(p.name for p in PROPERTIES if block in p.where)
