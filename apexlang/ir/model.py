"""The typed film: frozen nodes with spans. Lowering makes it from a file; a program may build it by hand: spans are optional.

Values are as written, in the unit that the field's name says. Inheritance (film < look < scene < shot) is `ir.resolve`'s work.
A value of `"none"` switches an inherited one off; None means "not said here".
"""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from apexlang.nodes import Frozen
from apexlang.source import Span
from apexlang.units import Rate, Time

Off = Literal["none"]


class Node(Frozen):
    """Frozen, closed, and with the place it came from. `where` maps a field's name to the span of its value."""

    span: Span | None = Field(default=None, repr=False, exclude=True)
    where: dict[str, Span] = Field(default_factory=dict, repr=False, exclude=True)


class Format(Node):
    """Frame size in pixels (even), exact rate, colour space of delivery."""

    width: int = 1920
    height: int = 1080
    rate: Rate = Rate(24)
    colour: Literal["rec709", "p3", "rec2020"] = "rec709"


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


Side = Literal["left", "right", "front", "back", "top"]


class Light(Node):
    """A light rig: names of rigs and moods (`three_point`, `low key`), and what is said of each lamp. A rig that the film
    defines is known by the film's name for it (`LightRig.name`)."""

    rig: tuple[str, ...] | None = None
    key_side: Side | None = None
    key_kelvin: float | None = None
    key_quality: Literal["hard", "soft", "volumetric"] | None = None
    rim: str | None = None
    rim_side: Side | None = None
    rim_kelvin: float | None = None
    fill: str | None = None
    fill_side: Side | None = None
    fill_kelvin: float | None = None
    background: str | None = None
    background_side: Side | None = None
    background_kelvin: float | None = None
    practicals_kelvin: float | None = None


class Move(Node):
    """A camera move. Zoom 1 is the largest window of the frame's shape in the picture; points are 0..1 of the picture, y down.

    `base`: the MOVE that it begins from, by the film's name; None or "static" in `kind` then leaves that move's kind. `amount`:
    strength of a `handheld` or `parallax`, 0..1; `degrees`: of an orbit or a roll. `keys`: (when, 0..1 of the shot; point; zoom).
    """

    kind: Literal[
        "static",
        "push in",
        "pull out",
        "pan",
        "tilt",
        "truck",
        "boom",
        "ken burns",
        "dolly zoom",
        "orbit",
        "roll",
        "handheld",
        "parallax",
        "keyframes",
    ] = "static"
    base: str | None = None
    amount: float | None = None
    degrees: float | None = None
    keys: tuple[tuple[float, tuple[float, float], float], ...] = ()
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
    lens: tuple[float, ...] | Off | None = None
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
    brightness: float | None = None
    vibrance: float | None = None
    highlights: float | None = None
    shadows: float | None = None
    lift: float | None = None
    gamma: float | None = None
    gain: float | None = None
    offset: float | None = None
    skin_protect: float | None = None
    skin_softness: float | None = None
    aberration_px: float | None = None
    halation: float | None = None
    bloom: float | None = None
    denoise: float | None = None
    letterbox: float | None = None


class Look(Node):
    name: str
    parent: str | None = None
    doc: str = ""
    settings: Settings = Settings()


class LightRig(Node):
    """A LIGHT: lamps and moods under one name. `light.rig` has moods only."""

    name: str
    parent: str | None = None
    doc: str = ""
    light: Light = Light()


class MoveKind(Node):
    """A MOVE. `says_kind` is False where only parts are said and the kind is the parent's."""

    name: str
    parent: str | None = None
    doc: str = ""
    move: Move = Move()
    says_kind: bool = False


class Delivery(Node):
    """A DELIVER: one format of the finished film. None: as the film has it."""

    name: str
    parent: str | None = None
    doc: str = ""
    width: int | None = None
    height: int | None = None
    rate: Rate | None = None
    colour: str | None = None
    container: str | None = None
    video: str | None = None
    bits: int | None = None
    rate_mbps: float | None = None
    quality: float | None = None
    audio: str | None = None
    loudness_lufs: float | None = None
    peak_db: float | None = None
    subtitles: str | None = None


class Character(Node):
    name: str
    description: str = ""
    wears: tuple[str, ...] = ()
    build: str | None = None
    voice: tuple[str, ...] = ()
    refs: tuple[str, ...] = ()
    match: float | None = None


class CutOn(Node):
    """Where cuts fall that do not say it themselves."""

    on: Literal["beat", "bar", "onset"]
    within: Time | None = None


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
    """A title over the picture, for the shot's length unless `length` is said. `card`: in the middle of a card of its own."""

    text: str
    card: bool = False
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
    """One shot. `source` None: a generator makes the picture from `prose`. `label` None: identity comes from what it says.

    A TITLE is a shot of size `title` with a colour for its picture and one centred text. A shot of a TEMPLATE stands where it is
    used: `span` is that place, `where["template"]` that of the SHOT line in the template.
    """

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
    """Between two shots. A dissolve, match dissolve, wipe or whip pan is centred on the cut and takes its frames from both
    shots' handles. `on`, `within`: of a cut, what it moves to, and how far at most. `style`: what kind of a cut it is."""

    kind: Literal["cut", "dissolve", "match dissolve", "wipe", "whip pan", "fade in", "fade out"] = "cut"
    length: Time | None = None
    curve: Curve = Curve()
    direction: Literal["left", "right", "up", "down"] | None = None
    on: Literal["beat", "bar", "onset"] | None = None
    within: Time | None = None
    style: Literal["smash", "match"] | None = None
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
    folder of the file that said them and arrive here relative to `path`'s folder, with `/`. `variants`: the names of those
    that the film has; `variant`: the one that was chosen."""

    title: str = ""
    path: str | None = Field(default=None, exclude=True)
    format: Format = Format()
    settings: Settings = Settings()
    cut: CutOn | None = None
    deliver: tuple[str, ...] = ()
    variant: str | None = None
    variants: tuple[str, ...] = ()
    music: tuple[Music, ...] = ()
    characters: tuple[Character, ...] = ()
    looks: tuple[Look, ...] = ()
    grades: tuple[Grade, ...] = ()
    lights: tuple[LightRig, ...] = ()
    moves: tuple[MoveKind, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    scenes: tuple[Scene, ...] = ()
    synopsis: tuple[str, ...] = ()
