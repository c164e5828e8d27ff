"""What the stage understands of a request: from words to choices, and a note of what it did not understand."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from apexlang.picture.previz import words as w
from apexlang.picture.previz.kits.catalogue import INTERIORS
from apexlang.picture.previz.puppet.emotion import emotion_of
from apexlang.plan.model import PictureRequest, Subject

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Role:
    """One subject as played in this shot."""

    subject: Subject
    pose: str
    emotion: str
    prop: str | None
    away: bool

    @property
    def looks_left(self) -> bool:
        """The side of the picture a character looks to, the same in every shot, so that two who talk face each other."""
        return zlib.crc32(self.subject.name.encode("utf-8", "replace")) % 2 == 0


@dataclass(frozen=True)
class Reading:
    """`mood` low, normal or high key; `key_side` left, right, front, back or top; `key_said`: whether the film names it;
    `glow`: the sun is spoken of as it rises or sets; `shift`: thirds, in half widths, + left."""

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
    notes: tuple[str, ...]


_ANGLES = {"low angle": "low", "high angle": "high", "dutch": "dutch", "overhead": "overhead"}
_SIDES = ("left", "right", "front", "back", "top")
_MOST = 4


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
    notes: list[str] = []
    place_words = w.words_of(request.place)
    prose_words = w.words_of(request.prose)
    style_words = w.words_of(" ".join(request.style))
    light = " ".join(request.light).lower()
    light_words = w.words_of(light)
    interior = "EXT" not in request.setting.upper() and "EST" not in request.setting.upper()
    kit = _kit(interior, place_words, prose_words, request.place, notes)
    time = _time(request.time, light_words, prose_words)
    weather = w.all_of(w.WEATHER, w.words_of(request.time) + place_words + prose_words + style_words)
    mood = w.first_of(w.MOODS, light_words) or w.first_of(w.MOODS, style_words + prose_words) or "normal"
    colours = tuple(c for text in request.palette if (c := linear_colour(text)) is not None)
    roles = tuple(_role(s, i, request.subjects, request.prose) for i, s in enumerate(request.subjects[:_MOST]))
    if len(request.subjects) > _MOST:
        notes.append("not staged: " + ", ".join(s.name for s in request.subjects[_MOST:]))
    notes += _not_staged(request)
    size = request.size.lower()
    side = request.key_side if request.key_side in _SIDES else None
    side = side or ("left" if zlib.crc32(request.place.encode("utf-8", "replace")) & 4 else "right")
    if "silhouette" in light and request.key_side is None:
        side = "back"
    quality = request.key_quality or (
        "soft" if light_words and {"overcast", "butterfly", "high"} & set(light_words) else "hard"
    )
    return Reading(
        kit=kit,
        place=request.place.strip().lower(),
        interior=interior,
        future=bool(w.SCIENCE_FICTION & set(place_words)) or "sci-fi" in style_words or "cyberpunk" in style_words,
        time=time,
        rain="rain" in weather, fog="fog" in weather, snow="snow" in weather,
        props=w.all_of(w.PROPS, place_words + prose_words),
        roles=() if size == "insert" else roles,
        size=size,
        angle=_ANGLES.get(request.angle.lower(), "eye"),
        mood=mood,
        key_side=side,
        key_said=request.key_side is not None,
        key_kelvin=request.key_kelvin or _rig_kelvin(light),
        hard=quality != "soft",
        volumetric=request.key_quality == "volumetric" or "volumetric" in light or bool(w.SHAFTS & set(prose_words)),
        glow=bool(w.GLOW & set(prose_words)),
        rim=request.rim, fill=request.fill,
        shift=_shift(request, roles, side),
        palette=colours,
        noir=bool({"noir", "monochrome"} & set(style_words)),
        notes=tuple(notes),
    )  # fmt: skip


_VEHICLES = frozenset(["car", "bridge"])
"""Kits that a place word asks for only where it stands in the heading: a car in the prose is a prop."""


def _kit(interior: bool, place: tuple[str, ...], prose: tuple[str, ...], heading: str, notes: list[str]) -> str:
    for text in (place, prose):
        # the last place word weighs most: in `forest cabin` one is in the cabin
        for word in reversed(text) if text is place else text:
            kit = w.look_up(w.KITS, word)
            if kit is not None and (kit in INTERIORS) == interior and (text is place or kit not in _VEHICLES):
                return _special(kit, set(place))
    for word in reversed(place):
        kit = w.look_up(w.KITS, word)
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


def _time(said: str, light: tuple[str, ...], prose: tuple[str, ...]) -> str:
    time = w.first_of(w.TIMES, w.words_of(said))
    if {"golden", "blue", "moonlight", "daylight"} & set(light):
        time = time or w.first_of(w.TIMES, light)
    return time or w.first_of(w.TIMES, prose) or "DAY"


def _rig_kelvin(light: str) -> float | None:
    for name, kelvin in (
        ("candlelight", 2100.0), ("firelight", 2200.0), ("tungsten", 3200.0), ("fluorescent", 4600.0), ("golden hour", 3300.0),
        ("blue hour", 9000.0), ("moonlight", 8500.0), ("neon", 7500.0), ("overcast", 6500.0),
    ):  # fmt: skip
        if name in light:
            return kelvin
    return None


def _shift(request: PictureRequest, roles: tuple[Role, ...], key_side: str) -> float:
    compose = " ".join(request.compose).lower()
    if len(request.subjects) != 1 or request.size in ("insert", "over the shoulder", "two-shot") or not roles:
        return 0.0
    if any(word in compose for word in ("symmetry", "centred", "centered", "fill the frame")):
        return 0.0
    strength = 0.25 if "close" in request.size else 1 / 3
    if not any(word in compose for word in ("thirds", "golden", "lead room", "negative space")):
        strength *= 0.35
    if roles[0].pose == "point" and key_side in ("left", "right"):
        return -strength if key_side == "left" else strength
    # the subject stands off the middle with room to look into
    return -strength if roles[0].looks_left else strength


def _clauses(prose: str) -> list[str]:
    return [c.strip() for c in re.split(r"[.;!?\n]+|,\s+|\s+(?:and|then|while|as)\s+", prose) if c.strip()]


def _role(subject: Subject, index: int, subjects: tuple[Subject, ...], prose: str) -> Role:
    others = {w.words_of(s.name)[0] for s in subjects if s.name != subject.name and w.words_of(s.name)}
    own = w.words_of(subject.name)
    mine: list[str] = []
    speaking_of_me = index == 0
    for clause in _clauses(prose):
        said = w.words_of(clause)
        if own and own[0] in said:
            speaking_of_me = True
        elif others & set(said):
            speaking_of_me = False
        if speaking_of_me:
            mine.append(clause)
    about = w.words_of(" ".join(mine))
    pose = w.first_of(w.ACTIONS, about) or "stand"
    prop = None
    if w.TAKES & set(about):
        prop = next((w.HELD[p] for word in about if (p := w.look_up(w.PROPS, word)) in w.HELD and p is not None), None)
    emotion = emotion_of(f"{subject.emotion or ''} {' '.join(mine)}")
    away = bool(w.AWAY & set(about)) and pose in ("walk", "stand", "run", "pockets")
    return Role(subject=subject, pose=pose, emotion=emotion, prop=prop, away=away)


def _not_staged(request: PictureRequest) -> list[str]:
    """Clauses in which not one word was understood."""
    names = {word for s in request.subjects for word in w.words_of(s.name)}
    notes = []
    for clause in _clauses(request.prose):
        said = [word for word in w.words_of(clause) if word not in w.SILENT]
        if not said or names & set(said):
            continue
        tables = (w.KITS, w.TIMES, w.WEATHER, w.PROPS, w.ACTIONS, w.MOODS)
        if w.GLOW & set(said):
            continue
        if not any(w.look_up(table, word) for word in said for table in tables) and emotion_of(clause) == "neutral":
            notes.append(f"not staged: {clause[:80]}")
    return notes[:6]
