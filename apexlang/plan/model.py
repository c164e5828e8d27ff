"""The plan: a timeline in whole frames and the jobs that make it, with keys. No spans, no paths of this machine in any key.

Frame numbers. Film frames count from 0. A shot's *own* frames count from the first frame of its head handle: own frame
`head` is the frame after the cut. A move runs over all `head + frames + tail` own frames.
"""

from __future__ import annotations

from typing import Literal

from apexlang.nodes import Frozen
from apexlang.units import Rate


class Format(Frozen):
    width: int
    height: int
    rate: Rate


class Curve(Frozen):
    name: str = "linear"
    args: tuple[float, ...] = ()


class Subject(Frozen):
    """A character in a picture: the same words in every shot, plus what this shot says of them. `mark`: the place in the scene, by
    the order in which it shows people, None for somebody alone; `pose`: in which an earlier shot left them, by its name."""

    name: str
    description: str = ""
    wears: tuple[str, ...] = ()
    build: str | None = None
    emotion: str | None = None
    mark: int | None = None
    pose: str | None = None


class PictureRequest(Frozen):
    """All that a generator may know of a shot. Content only: equal requests give equal pictures.

    `place` is the scene heading's place (the seed of the set: one place, one set). `seed` comes from the shot's identity and the take.
    `vocabulary`: words of the film's own that this shot uses, each with its section and its meaning.
    """

    width: int
    height: int
    quality: Literal["full", "draft"] = "full"
    seed: int = 0
    setting: str = "EXT."
    place: str = ""
    time: str = ""
    size: str = "medium"
    subjects: tuple[Subject, ...] = ()
    prose: str = ""
    lens_mm: float = 35.0
    aperture: float = 4.0
    iso: float | None = None
    angle: str = "eye level"
    light: tuple[str, ...] = ()
    key_side: str | None = None
    key_kelvin: float | None = None
    key_quality: str | None = None
    rim: str | None = None
    fill: str | None = None
    compose: tuple[str, ...] = ()
    palette: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    vocabulary: tuple[tuple[str, str, str], ...] = ()


class Generated(Frozen):
    kind: Literal["generated"] = "generated"
    key: str
    generator: str
    request: PictureRequest


class StillFile(Frozen):
    """`path` relative to the film's folder, for reading; `digest` is its content and the only part in a key."""

    kind: Literal["still"] = "still"
    path: str
    digest: str


class ClipFile(Frozen):
    """`start`: the footage frame (at the film's rate) shown at the shot's own frame `head`."""

    kind: Literal["clip"] = "clip"
    path: str
    digest: str
    start: int


class Plain(Frozen):
    kind: Literal["colour"] = "colour"
    hex: str


Picture = Generated | StillFile | ClipFile | Plain


class Grade(Frozen):
    """The effective grade, every value said. Neutral values change nothing at all."""

    exposure_st: float = 0.0
    contrast: float = 0.0
    saturation: float = 0.0
    temperature_k: float = 5600.0
    tint: float = 0.0
    lut: str | None = None
    lut_digest: str | None = None
    lut_strength: float = 1.0
    vignette: float = 0.0
    grain: float = 0.0
    sharpen: float = 0.0


class Key(Frozen):
    """A window on the way of a move: when (0..1 of the shot's own frames), zoom and centre as in Move."""

    at: float
    zoom: float
    centre: tuple[float, float]


class Move(Frozen):
    """From one window to another over the shot's own frames; zoom >= 1, centre 0..1 of the picture (y down).
    Windows are kept inside the picture by `motion`.

    `keys`: where there are more than two windows, all of them, in the order of time; from and to are then not read. `roll`:
    degrees that the camera turns clockwise over the shot. `unrest`: 0..1 of a handheld camera's, which goes by the clock:
    `seconds_a_frame`, 0 where nothing does.
    """

    zoom_from: float = 1.0
    zoom_to: float = 1.0
    centre_from: tuple[float, float] = (0.5, 0.5)
    centre_to: tuple[float, float] = (0.5, 0.5)
    curve: Curve = Curve(name="ease-in-out")
    keys: tuple[Key, ...] = ()
    roll: float = 0.0
    unrest: float = 0.0
    seconds_a_frame: float = 0.0


class Title(Frozen):
    """A SUPER: film frames `start` .. `start + frames`, faded over `fade` frames at both ends. `card`: in the middle of the frame,
    its lines as they are broken."""

    text: str
    start: int
    frames: int
    fade: int = 12
    card: bool = False


class Caption(Frozen):
    """A line of dialogue as a subtitle, in film frames."""

    who: str
    text: str
    start: int
    frames: int


class Shot(Frozen):
    """`start`, `frames`: its place between cuts on the timeline. `head`, `tail`: handles under its transitions."""

    index: int
    scene: int
    label: str
    identity: str
    size: str
    start: int
    frames: int
    head: int = 0
    tail: int = 0
    picture: Picture
    grade: Grade
    move: Move
    seed: int

    @property
    def own_frames(self) -> int:
        return self.head + self.frames + self.tail


class Slice(Frozen):
    """`count` own frames of a shot from `first`; `shot` None is black."""

    shot: int | None
    first: int
    count: int


class Segment(Frozen):
    """A piece of film that is encoded by itself: a body (`b` None) or a mix from `a` to `b` along `curve`.

    Mix at the segment's frame i of n: e = curve((i + 1/2) / n); picture = a (1 - e) + b e. `mix` and `direction` say which
    transition it is: all are mixed alike for now, so neither is part of the key.
    """

    index: int
    start: int
    frames: int
    a: Slice
    b: Slice | None = None
    curve: Curve = Curve()
    mix: str = "dissolve"
    direction: str | None = None
    titles: tuple[Title, ...] = ()
    key: str = ""


class Audio(Frozen):
    """One sound in the mix, placed in samples of 48 kHz. `skip`: where in the file it begins. None length: to its end.
    Fades are equal-power, in samples."""

    path: str
    digest: str
    track: Literal["music", "effects", "dialogue"]
    start: int
    skip: int = 0
    length: int | None = None
    gain_db: float = 0.0
    fade_in: int = 0
    fade_out: int = 0


class Encoding(Frozen):
    """Settings of the picture encoder, one for all segments.

    `level` None: as the encoder finds it. `keyint`: frames from keyframe to keyframe, None: as the encoder likes. `streamed`: each
    segment is a fragmented file without B-frames, beginning at zero, which a browser plays as it comes; joining is the same.
    """

    codec: Literal["libx264"] = "libx264"
    preset: str = "medium"
    crf: int = 18
    pixel_format: str = "yuv420p"
    profile: Literal["baseline", "high"] = "high"
    level: str | None = None
    keyint: int | None = None
    streamed: bool = False


class Job(Frozen):
    """A thing to be made. `inputs` are keys of other jobs. `done`: the store had it when the plan was made."""

    kind: Literal["generate", "segment", "mix", "mux"]
    key: str
    label: str
    inputs: tuple[str, ...] = ()
    done: bool = False


class SceneLine(Frozen):
    """What people read of a scene, in sheets and reports."""

    number: str | None
    heading: str
    synopsis: tuple[str, ...]


class Plan(Frozen):
    title: str
    format: Format
    encoding: Encoding
    frames: int
    scenes: tuple[SceneLine, ...]
    shots: tuple[Shot, ...]
    segments: tuple[Segment, ...]
    audio: tuple[Audio, ...]
    captions: tuple[Caption, ...]
    jobs: tuple[Job, ...]
    mix_key: str
    film_key: str
