"""What the stage understands of a request: from words to choices, and a note of what it did not understand."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from apexlang.lexicon import words as w
from apexlang.lexicon.clauses import clauses, positive
from apexlang.picture.previz.kits.catalogue import INTERIORS
from apexlang.picture.previz.people import Role, roles
from apexlang.picture.previz.puppet.emotion import emotion_of
from apexlang.picture.previz.rigs import rig_of
from apexlang.plan.model import PictureRequest

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Reading:
    """`mood` low, normal or high key; `key_side` left, right, front, back or top; `key_said`: whether the film names it;
    `glow`: the sun is spoken of as it rises or sets; `shift`: thirds, in half widths, + left; `manner`: of the genre or the director;
    `square`: the camera stands square before the middle; `reverse`: it looks from the other side."""

    kit: str
    place: str
    interior: bool
    future: bool
    time: str
    rain: bool
    fog: bool
    snow: bool
    props: frozenset[str]
    roles: tuple[Role, ...]
    size: str
    angle: str
    mood: str
    key_side: str
    key_said: bool
    key_kelvin: float | None
    hard: bool
    volumetric: bool
    glow: bool
    rim: str | None
    fill: str | None
    shift: float
    palette: tuple[RGB, ...]
    noir: bool
    manner: w.Manner
    square: bool
    reverse: bool
    rigs: frozenset[str]
    compose: frozenset[str]
    notes: tuple[str, ...]


_ANGLES = {"low angle": "low", "high angle": "high", "dutch": "dutch", "overhead": "overhead"}
_SIDES = ("left", "right", "front", "back", "top")


def linear_colour(text: str) -> RGB | None:
    """`#rrggbb` or `#rgb` (sRGB) as linear light."""
    match = re.fullmatch(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", text.strip())
    if match is None:
        return None
    digits = match.group(1)
    if len(digits) == 3:
        digits = "".join(c * 2 for c in digits)
    c = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [v / 12.92 if v < 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in c]
    return round(linear[0], 6), round(linear[1], 6), round(linear[2], 6)


def read(request: PictureRequest) -> Reading:
    """Never fails: what is not understood is left to the place's own choice, and said in `notes`."""
    v = w.vocabulary(request.vocabulary)
    notes: list[str] = []
    place_words = w.words_of(request.place)
    prose_words = positive(w.words_of(request.prose))
    style = " ".join(request.style)
    style_words = w.words_of(style)
    light = " ".join(request.light).lower()
    light_words = w.words_of(light)
    interior = "EXT" not in request.setting.upper() and "EST" not in request.setting.upper()
    kit = _kit(v, interior, place_words, prose_words, request.place, notes)
    time = _time(v, request.time, light_words, prose_words)
    weather = w.all_of(v.weather, (*w.words_of(request.time), *place_words, *prose_words, *style_words))
    manner = _manner(v, light, style_words, prose_words)
    colours = tuple(c for text in (request.palette or manner.palette.split()) if (c := linear_colour(text)) is not None)
    cast, many, left_out = roles(request, v)
    notes += left_out
    props = w.all_of(v.props, (*place_words, *prose_words))
    if v.marks["none"] & set(w.words_of(request.prose)) & {"empty", "deserted"}:
        props -= {"crowd"}
    elif many:
        props |= {"crowd"}
    notes += _not_staged(request, v)
    size = request.size.lower()
    rigs = frozenset(request.light)
    compose = frozenset(c.lower() for c in request.compose)
    side = request.key_side if request.key_side in _SIDES else _side_of_rig(rigs)
    side = side or ("left" if zlib.crc32(request.place.encode("utf-8", "replace")) & 4 else "right")
    if "silhouette" in light or "contre-jour" in light or "silhouette" in compose:
        side = "back" if request.key_side is None else side
    if manner.frontal > 0.6 and request.key_side is None:
        side = "front"
    soft = {"overcast", "butterfly", "clamshell", "high key", "bounce", "natural", "available", "candlelight"} & rigs
    hard = request.key_quality == "hard" if request.key_quality else not soft
    if request.key_quality is None and manner.hardness is not None:
        hard = manner.hardness >= 0.5
    symmetric = manner.symmetric or bool({"symmetry", "centred", "vanishing point"} & compose)
    return Reading(
        kit=kit,
        place=request.place.strip().lower(),
        interior=interior,
        future=bool(v.marks["future"] & set(place_words)) or manner.name == "scifi",
        time=time,
        rain="rain" in weather, fog="fog" in weather, snow="snow" in weather,
        props=props,
        roles=() if size == "insert" else cast,
        size=size,
        angle=_ANGLES.get(request.angle.lower(), "eye"),
        mood=manner.key,
        key_side=side,
        key_said=request.key_side is not None,
        key_kelvin=request.key_kelvin or rig_of(rigs).kelvin,
        hard=hard,
        volumetric=request.key_quality == "volumetric" or "volumetric" in light or bool(v.marks["shafts"] & set(prose_words)),
        glow=bool(v.marks["glow"] & set(prose_words)),
        rim=request.rim, fill=request.fill,
        shift=0.0 if symmetric else _shift(request, cast, side),
        palette=colours,
        noir=manner.name == "noir" or manner.name == "mono",
        manner=manner,
        square=symmetric,
        reverse=bool(_REVERSE.search(request.prose)),
        rigs=rigs,
        compose=compose,
        notes=tuple(notes),
    )  # fmt: skip


def _manner(v: w.Vocabulary, light: str, style: tuple[str, ...], prose: tuple[str, ...]) -> w.Manner:
    """The manner of the look, else of the prose; the light's own key (low, high) has the last word."""
    light_name = w.first_of(v.manners, (light.replace(" ", "_"), *w.words_of(light.replace(" key", "_key"))))
    chosen = v.manner.get(w.first_of(v.manners, style) or w.first_of(v.manners, prose) or "", w.Manner())
    if light_name in ("dark", "bright"):
        key = v.manner[light_name].key
        return w.Manner(**{**chosen.__dict__, "key": key})
    return chosen if light_name is None or chosen.name else v.manner[light_name]


def _side_of_rig(rigs: frozenset[str]) -> str | None:
    """A rig that is the name of a place of the key."""
    return "front" if {"butterfly", "clamshell"} & rigs else None


_VEHICLES = frozenset(["car", "bridge"])
"""Kits that a place word asks for only where it stands in the heading: a car in the prose is a prop."""


def _kit(
    v: w.Vocabulary, interior: bool, place: tuple[str, ...], prose: tuple[str, ...], heading: str, notes: list[str]
) -> str:
    for text in (place, prose):
        # the last place word weighs most: in `forest cabin` one is in the cabin
        for word in reversed(text) if text is place else text:
            kit = w.look_up(v.places, word)
            if kit is not None and (kit in INTERIORS) == interior and (text is place or kit not in _VEHICLES):
                return _special(kit, set(place))
    for word in reversed(place):
        kit = w.look_up(v.places, word)
        if kit is not None:
            # a place of the other kind: outside a warehouse is a street, inside a forest hut a room
            return "room" if interior else "street" if kit in INTERIORS else kit
    kit = "room" if interior else "field"
    if heading.strip():
        notes.append(f"not staged: the place {heading.strip()[:60]!r}; a plain {kit} stands for it")
    return kit


def _special(kit: str, place: set[str]) -> str:
    """A word beside it can say more: the corridor of a ship is no bridge, the bridge over a river no ship's."""
    if kit == "bridge" and place & {"corridor", "hallway", "airlock"}:
        return "corridor"
    if kit == "corridor" and place & {"hotel"} and not place & {"corridor", "hallway", "hall"}:
        return "bedroom"
    return kit


def _time(v: w.Vocabulary, said: str, light: tuple[str, ...], prose: tuple[str, ...]) -> str:
    time = w.first_of(v.times, w.words_of(said))
    if {"golden", "blue", "moonlight", "daylight"} & set(light):
        time = time or w.first_of(v.times, light)
    return time or w.first_of(v.times, prose) or "DAY"


def _shift(request: PictureRequest, roles: tuple[Role, ...], key_side: str) -> float:
    compose = " ".join(request.compose).lower()
    if len(roles) != 1 or request.size in ("insert", "over the shoulder", "two-shot") or not roles:
        return 0.0
    if any(word in compose for word in ("symmetry", "centred", "centered", "fill the frame")):
        return 0.0
    strength = 0.25 if "close" in request.size else 1 / 3
    if not any(word in compose for word in ("thirds", "golden", "lead room", "negative space", "balance")):
        strength *= 0.35
    if roles[0].pose == "point" and key_side in ("left", "right"):
        return -strength if key_side == "left" else strength
    # the subject stands off the middle with room to look into
    return -strength if roles[0].looks_left else strength


def _not_staged(request: PictureRequest, v: w.Vocabulary) -> list[str]:
    """Clauses in which not one word was understood."""
    names = {word for s in request.subjects for word in w.words_of(s.name)}
    tables = (v.places, v.times, v.weather, v.props, v.actions, v.manners, v.people)
    known = v.marks["glow"] | v.marks["shafts"] | v.marks["away"] | v.marks["none"]
    notes = []
    for clause in clauses(request.prose):
        said = [word for word in w.words_of(clause) if word not in v.marks["silent"]]
        if not said or (names & set(said) and len(said) <= 2) or known & set(said):
            continue
        if emotion_of(clause) != "neutral" or any(w.look_up(table, word) for word in said for table in tables):
            continue
        notes.append(f"not staged: {clause[:80]}")
        if len(notes) == _MOST_NOTES:
            notes.append("not staged: and more of the like")
            break
    return notes


_MOST_NOTES = 6

_REVERSE = re.compile(
    r"\b(?:reverse (?:angle|shot|view)|from (?:the other side|across the line)|crosses? the line)\b", re.I
)
"""How a film says that the camera crosses the line."""
