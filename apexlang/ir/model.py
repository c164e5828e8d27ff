"""The typed film: frozen nodes with spans. Lowering makes it from a file; a program may build it by hand: spans are optional.

Values are as written, in the unit that the field's name says. Inheritance (film < look < scene < shot) is `ir.resolve`'s work.
A value of `"none"` switches an inherited one off; None means "not said here".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from apexlang.source import Span
from apexlang.units import Rate, Time

Off = Literal["none"]


class Node(BaseModel):
    """Frozen, closed, and with the place it came from. `where` maps a field's name to the span of its value."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    span: Span | None = Field(default=None, repr=False, exclude=True)
    where: dict[str, Span] = Field(default_factory=dict, repr=False, exclude=True)


class Format(Node):
    """Frame size in pixels (even), exact rate, colour space of delivery."""

    width: int = 1920
    height: int = 1080
    rate: Rate = Rate(24)
    colour: Literal["rec709"] = "rec709"


class Curve(Node):
    """How a change goes from 0 to 1. `args`: the exponent of `gamma`, the four numbers of `cubic-bezier`."""

    name: Literal["linear", "ease-in", "ease-out", "ease-in-out", "sine", "gamma", "cubic-bezier"] = "linear"
    args: tuple[float, ...] = ()


class Camera(Node):
    lens_mm: float | None = None
    aperture: float | None = None
    iso: float | None = None
    shutter_s: Fraction | None = None
    shutter_deg: float | None = None
    angle: Literal["eye level", "low angle", "high angle", "dutch", "overhead"] | None = None


class Light(Node):
    """A light rig: names of rigs or moods (`three_point`, `low key`), and what is said of the key."""

    rig: tuple[str, ...] | None = None
    key_side: Literal["left", "right", "front", "back", "top"] | None = None
    key_kelvin: float | None = None
    key_quality: Literal["hard", "soft", "volumetric"] | None = None
    rim: str | None = None
    fill: str | None = None


class Move(Node):
    """A camera move. Zoom 1 is the largest window of the frame's shape in the picture; points are 0..1 of the picture, y down."""

    kind: Literal["static", "push in", "pull out", "pan", "ken burns"] = "static"
    zoom_from: float | None = None
    zoom_to: float | None = None
    point_from: tuple[float, float] | None = None
    point_to: tuple[float, float] | None = None
    direction: Literal["left", "right", "up", "down"] | None = None
    curve: Curve | None = None


class Generate(Node):
    """Generators in order of preference, and how many takes of each picture."""

    order: tuple[str, ...]
    takes: int = 1


class Settings(Node):
    """What film, look, scene and shot may all say. Camera and light merge field by field, everything else as a whole."""

    look: str | Off | None = None
    grade: str | Off | None = None
    camera: Camera | Off | None = None
    light: Light | Off | None = None
    move: Move | Off | None = None
    hold: Time | None = None
    compose: tuple[str, ...] | Off | None = None
    palette: tuple[str, ...] | Off | None = None
    generate: Generate | None = None


class Grade(Node):
    """A named grade. Percentages are 0..1 fractions: contrast +.15; strengths 0..1. See `colour.grade` for the formulas."""

    name: str
    parent: str | None = None
    doc: str = ""
    exposure_st: float | None = None
    contrast: float | None = None
    saturation: float | None = None
    temperature_k: float | None = None
    tint: float | None = None
    lut: str | None = None
    lut_strength: float | None = None
    vignette: float | None = None
    grain: float | None = None
    sharpen: float | None = None


class Look(Node):
    name: str
    parent: str | None = None
    doc: str = ""
    settings: Settings = Settings()


class Character(Node):
    name: str
    description: str = ""
    wears: tuple[str, ...] = ()
    build: str | None = None
    refs: tuple[str, ...] = ()
    match: float | None = None


class Music(Node):
    """One piece of music under the film. Times are of the film; `start` is the point of the file that plays first."""

    path: str
    start: Time | None = None
    fade_in: Time | None = None
    fade_out: Time | None = None
    gain_db: float = 0.0


class SoundCue(Node):
    """A sound at a time of its shot (counted from the cut)."""

    path: str
    at: Time = Time()
    gain_db: float = 0.0


class Dialogue(Node):
    who: str
    text: str
    how: str | None = None


class Super(Node):
    """A title over the picture, for the shot's length unless `length` is said."""

    text: str
    length: Time | None = None


class Still(Node):
    path: str


class Clip(Node):
    path: str
    start: Time = Time()


class Colour(Node):
    """A plain picture: `#rrggbb`, Rec.709 code values."""

    hex: str


class Shot(Node):
    """One shot. `source` None: a generator makes the picture from `prose`. `label` None: identity comes from what it says."""

    size: str = "medium"
    subjects: tuple[str, ...] = ()
    label: str | None = None
    prose: tuple[str, ...] = ()
    dialogue: tuple[Dialogue, ...] = ()
    supers: tuple[Super, ...] = ()
    source: Still | Clip | Colour | None = None
    settings: Settings = Settings()
    sounds: tuple[SoundCue, ...] = ()
    muted: bool = False


class Transition(Node):
    """Between two shots. A dissolve is centred on the cut and takes its frames from both shots' handles."""

    kind: Literal["cut", "dissolve", "fade in", "fade out"] = "cut"
    length: Time | None = None
    curve: Curve = Curve()
    muted: bool = False


class Scene(Node):
    """`setting` is the heading's head (`INT.`), `place` and `time` what follows; `number` what stood between `#`s."""

    setting: str
    place: str
    time: str = ""
    number: str | None = None
    synopsis: tuple[str, ...] = ()
    prose: tuple[str, ...] = ()
    settings: Settings = Settings()
    items: tuple[Shot | Transition, ...] = ()
    muted: bool = False


class Film(Node):
    """A whole film, every USE taken in. `path` is the file it came from, as given; asset paths are relative to the
    folder of the file that said them and arrive here relative to `path`'s folder, with `/`."""

    title: str = ""
    path: str | None = Field(default=None, exclude=True)
    format: Format = Format()
    settings: Settings = Settings()
    music: tuple[Music, ...] = ()
    characters: tuple[Character, ...] = ()
    looks: tuple[Look, ...] = ()
    grades: tuple[Grade, ...] = ()
    scenes: tuple[Scene, ...] = ()
    synopsis: tuple[str, ...] = ()
