"""Properties by the names that they have elsewhere: `duration:`, `fps:`, `colour:`, `lens:` in a shot."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from typing import NamedTuple

from apexlang.ir.table import BY_NAME
from apexlang.ir.values import read

Write = Callable[[str], str]


def _as_it_is(value: str) -> str:
    return value


def _rate(value: str) -> str:
    return f"{value}fps" if re.fullmatch(r"\d+(\.\d+)?", value) else value


def _aperture(value: str) -> str:
    return f"f/{value}" if re.fullmatch(r"\d+(\.\d+)?", value) else value


def _iso(value: str) -> str:
    return f"ISO {value}" if value.isdecimal() else value


def _shutter(value: str) -> str:
    return f"{value}s" if re.fullmatch(r"1/\d+", value) else value


def _quoted(value: str) -> str:
    return value if value.startswith('"') or not re.fullmatch(r"\S+\.\w+", value) else f'"{value}"'


def _zoom(value: str) -> str:
    if value in ("in", "out"):
        return f"zoom {value}"
    if re.fullmatch(r"\d+(\.\d+)?", value):
        return f"push in 1.0 -> {value}"
    return f"push in {value}"


def _after(word: str) -> Write:
    return lambda value: f"{word} {value}"


NAMES: dict[str, tuple[tuple[str, Write], ...]] = {
    **dict.fromkeys(("duration", "length", "dur", "time", "lasts", "seconds", "frames", "beats"), (("hold", _as_it_is),)),
    **dict.fromkeys(("colour", "background", "bg", "fill", "solid"), (("color", _as_it_is), ("palette", _as_it_is))),
    **dict.fromkeys(("colours", "colors", "colour-palette", "color-palette"), (("palette", _as_it_is),)),
    **dict.fromkeys(("fps", "framerate", "frame-rate", "frame_rate", "rate"), (("format", _rate),)),
    **dict.fromkeys(("resolution", "size", "dimensions", "res", "framesize"), (("format", _as_it_is),)),
    **dict.fromkeys(("lens", "focal", "focal-length", "focal_length", "focallength", "angle"), (("camera", _as_it_is),)),
    **dict.fromkeys(("aperture", "f-stop", "fstop", "f_stop", "iris"), (("camera", _aperture),)),
    **dict.fromkeys(("iso", "asa", "sensitivity"), (("camera", _iso),)),
    **dict.fromkeys(("shutter", "shutter-speed", "shutter_speed"), (("camera", _shutter),)),
    **dict.fromkeys(("image", "picture", "photo", "img", "pic", "src", "source", "file", "media"),
                    (("still", _quoted), ("clip", _quoted), ("sound", _quoted))),
    **dict.fromkeys(("video", "footage", "movie", "mov", "reel"), (("clip", _quoted),)),
    **dict.fromkeys(("audio", "sfx", "fx", "sounds", "soundfx", "effect", "noise"), (("sound", _quoted), ("music", _quoted))),
    **dict.fromkeys(("music", "song", "soundtrack", "score", "track"), (("music", _quoted), ("sound", _quoted))),
    **dict.fromkeys(("sound",), (("music", _quoted),)),
    **dict.fromkeys(("lights", "lighting", "rig"), (("light", _as_it_is),)),
    **dict.fromkeys(("motion", "movement", "moves", "camera-move", "camera_move", "animation"), (("move", _as_it_is),)),
    **dict.fromkeys(("zoom",), (("move", _zoom),)),
    **dict.fromkeys(("composition", "framing", "frame", "layout"), (("compose", _as_it_is),)),
    **dict.fromkeys(("grading", "color-grade", "colour-grade", "filter"), (("grade", _as_it_is),)),
    **dict.fromkeys(("style", "genre", "mood"), (("look", _as_it_is), ("light", _as_it_is))),
    **dict.fromkeys(("generator", "model", "engine"), (("generate", _as_it_is),)),
    **dict.fromkeys(("output", "export", "delivery"), (("deliver", _as_it_is),)),
    **dict.fromkeys(("clothes", "wardrobe", "costume", "outfit", "clothing"), (("wears", _as_it_is),)),
    **dict.fromkeys(("body", "physique"), (("build", _as_it_is),)),
    **dict.fromkeys(("reference", "references", "ref"), (("refs", _quoted),)),
}  # fmt: skip
"""What a name from elsewhere may be here, in order, and how its value is then written."""

MOVES = frozenset({"pan", "tilt", "truck", "dolly", "orbit", "push", "pull"})
PRIMARIES = frozenset({
    "exposure", "contrast", "saturation", "temperature", "tint", "brightness", "vibrance", "highlights", "shadows", "lift", "gamma",
    "gain", "offset",
})  # fmt: skip
FINISHES = frozenset({"vignette", "grain", "sharpen", "aberration", "halation", "bloom", "denoise", "letterbox"})

PROSE = frozenset({"action", "description", "prompt", "desc", "visual", "visuals"})
"""Names for what is simply written here."""

REMARKS = frozenset({"note", "notes", "comment", "todo", "author", "credit", "date", "copyright", "version"})
"""Names for what is for people only."""


class Meant(NamedTuple):
    """What a property is called here. `text`: the line as it is written here, from its word to the end of its value; `name`: its word;
    `certain`: whether it can be read so."""

    name: str
    text: str
    certain: bool


def meant(word: str, value: str, block: str, said: Collection[str]) -> Meant | None:
    """What `word: value` in a kind of block is called here. `said`: the properties that the block has besides: one that is there
    already is not written again."""
    options = list(NAMES.get(word, ()))
    if word in MOVES:
        options.append(("move", _after(word)))
    if word in PRIMARIES:
        options.append(("primary", _after(word)))
    if word in FINISHES:
        options.append(("finish", _after(word)))
    first: Meant | None = None
    for name, write in options:
        if block not in BY_NAME[name].where or name == word:
            continue
        new = write(value)
        free = BY_NAME[name].many or name not in said
        text = f"{name}: {new}"
        if free and read(name, new).usable:
            return Meant(name, text, True)
        first = first or Meant(name, text if free else "", False)
    return first
