"""The light of a shot: time of day, sun or moon, a key on the character from the side the film names, a rim, a fill."""

from __future__ import annotations

import math
from dataclasses import dataclass

from apexlang.picture.previz.finish import Look
from apexlang.picture.previz.frame import Frame
from apexlang.picture.previz.kits.design import Design
from apexlang.picture.previz.model import Array
from apexlang.picture.previz.reading import Reading, linear_colour
from apexlang.picture.previz.rigs import Rig, rig_of
from apexlang.picture.previz.scene import Air, Lamp, Sun, Triple
from apexlang.picture.previz.tracer import Lighting


@dataclass(frozen=True)
class Hour:
    """The light of a time of day: sky colours, sun's temperature, strength and height (degrees), haze and cloud colours."""

    zenith: Triple
    horizon: Triple
    ground: Triple
    ambient: float
    kelvin: float
    strength: float
    elevation: float
    haze: Triple
    cloud: Triple
    clouds: float
    stars: float
    glow: float
    windows: float
    behind: bool


HOURS = {
    "DAY": Hour((0.10, 0.24, 0.52), (0.50, 0.64, 0.78), (0.20, 0.18, 0.15), 1.0, 5600, 3.2, 42, (0.52, 0.64, 0.76),
                (1.0, 0.98, 0.95), 0.55, 0.0, 0.45, 0.04, False),
    "DAWN": Hour((0.13, 0.21, 0.42), (0.90, 0.56, 0.42), (0.15, 0.13, 0.13), 0.75, 3500, 2.6, 9, (0.50, 0.45, 0.47),
                 (1.1, 0.62, 0.50), 0.75, 0.12, 1.6, 0.25, True),
    "DUSK": Hour((0.09, 0.10, 0.30), (1.00, 0.40, 0.16), (0.13, 0.09, 0.11), 0.65, 2500, 2.6, 7, (0.70, 0.32, 0.22),
                 (1.0, 0.42, 0.30), 0.8, 0.2, 1.4, 0.45, True),
    "NIGHT": Hour((0.010, 0.022, 0.065), (0.028, 0.060, 0.14), (0.014, 0.020, 0.036), 0.95, 9000, 0.55, 38, (0.028, 0.048, 0.09),
                  (0.045, 0.06, 0.10), 0.4, 1.0, 0.10, 0.42, True),
}  # fmt: skip


def black_body(kelvin: float) -> Triple:
    """Linear RGB of luminance 1 (Tanner Helland's fit of the sRGB values of black bodies)."""
    t = min(400.0, max(10.0, kelvin / 100))
    r = 255.0 if t <= 66 else 329.7 * (t - 60) ** -0.1332
    g = 99.47 * math.log(t) - 161.12 if t <= 66 else 288.12 * (t - 60) ** -0.0755
    b = 255.0 if t >= 66 else 0.0 if t <= 19 else 138.52 * math.log(t - 10) - 305.04
    linear = [(min(255.0, max(0.0, v)) / 255) ** 2.2 for v in (r, g, b)]
    luma = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return (round(linear[0] / luma, 6), round(linear[1] / luma, 6), round(linear[2] / luma, 6))


def tint(kelvin: float, balance: float) -> Triple:
    """Colour of a light seen by a camera balanced for another temperature."""
    a, b = black_body(kelvin), black_body(balance)
    return (a[0] / max(b[0], 0.02), a[1] / max(b[1], 0.02), a[2] / max(b[2], 0.02))


def _scaled(colour: Triple, k: float) -> Triple:
    return (colour[0] * k, colour[1] * k, colour[2] * k)


def _direction(x: float, y: float, z: float) -> Triple:
    k = 1 / math.sqrt(x * x + y * y + z * z)
    return (round(x * k, 9), round(y * k, 9), round(z * k, 9))


_LAMPLIGHT_BALANCE = 4300.0
"""A camera set for a room at night: lamps stay warm, moonlight turns blue."""

_SIDEWAYS = 0.08
"""Share of the sun's light that mist outside scatters to the side: little, so that it glows toward the sun and not elsewhere."""

_VAST = ("extreme wide", "establishing")
_LOW_SUN = 0.4

_SIDES = {"left": -1.0, "right": 1.0, "back": 0.35, "top": 0.15, "front": 0.4}
_KEY_PLACES = {"back": (0.9, 1.5, 1.8), "top": (0.1, 2.0, -0.35), "front": (0.45, 0.75, -2.3)}
_OFF = (0.0, 0.0, 0.0)


def light(
    reading: Reading, design: Design, head: Triple, spread: float, crowd: int, frame: Frame | None = None
) -> Lighting:
    """`head`: the point that the key is set for, as the shot sees it; `spread`: metres of height of the frame, for wide shots;
    `crowd`: figures; `frame`: where on the set all this is. The lighting is the set's."""
    at = frame or Frame()
    rig = rig_of(reading.rigs)
    hour = HOURS[reading.time]
    night = reading.time == "NIGHT"
    outside = not reading.interior
    balance = 5600.0 if outside and not night else 4300.0 if outside else 4400.0 if not night else _LAMPLIGHT_BALANCE
    side = _SIDES[reading.key_side]
    sun = _sun(reading, design, hour, side, balance, at)
    key = _key(reading, design, hour, head, side, balance, spread, crowd, rig, at)
    rim = _rim(reading, design, head, side, balance, spread, rig, at)
    air = _air(reading, design, hour, night, rig)
    lively = 2.2 if reading.volumetric else 1.0
    scatter = design.shafts * reading.manner.haze * (0.5 if (night and outside) or _rising(reading) else 1.0)
    key_scatter = (
        (0.010 if reading.interior else 0.0035 if night else 0.0) if scatter > 0 or reading.volumetric else 0.0
    )
    if reading.volumetric and scatter == 0:
        scatter = 0.008
    close = min(1.0, max(0.35, spread / 3.3))
    return Lighting(
        sun=sun, key=key, rim=rim, air=air,
        practicals=_dimmed(design.practicals(), _practicals(reading) * rig.practicals * reading.manner.practicals),
        sun_shafts=scatter * lively * close, key_shafts=key_scatter * lively * close,
        shaft_side=_SIDEWAYS if outside else 0.25,
    )  # fmt: skip


def _practicals(reading: Reading) -> float:
    """How strong the lamps of the set are: at night they carry a room, in a low key they hold back."""
    if not reading.interior:
        return 1.0
    return 0.5 if reading.mood == "low" else 1.0


def _dimmed(practicals: Array, share: float) -> Array:
    out = practicals.copy()
    out[:, 3:6] *= share
    return out


def _sun(reading: Reading, design: Design, hour: Hour, side: float, balance: float, at: Frame) -> Sun:
    night = reading.time == "NIGHT"
    strength = hour.strength * design.sun * (2.0 if reading.volumetric and reading.interior else 1.0)
    if reading.mood == "low" and reading.interior and not reading.volumetric:
        strength *= 0.5
    if night and reading.interior and not reading.volumetric and reading.mood != "low":
        # the moon through a window is an accent: a room at night is lit by its lamps
        strength *= 0.45
    if (reading.rain or reading.fog) and not night:
        strength *= 0.25 if reading.rain else 0.55
    if reading.snow and not night:
        strength *= 0.5
    kelvin = hour.kelvin if not _rising(reading) else hour.kelvin - 500
    if reading.key_kelvin and not night and not reading.interior:
        kelvin = reading.key_kelvin
    colour = _scaled(tint(kelvin, balance), strength)
    if design.toward_sun is not None:
        # through the windows of the side that the camera has on the key's
        x, y, z = design.toward_sun
        there = at.direction((side, 0.0, 0.0))[0]
        toward = _direction(abs(x) * (1 if there >= 0 else -1), y, -z if reading.key_side == "back" else z)
    elif night:
        toward = at.direction(_direction(-side * 0.5, 0.62, 0.62))
    else:
        rising = _rising(reading)
        lift = design.sun_lift * (_LOW_SUN if rising else 1.0)
        high = math.radians(78 if reading.key_side == "top" else hour.elevation + lift)
        behind = reading.key_side == "back" or hour.behind
        x, z = (0.25, 1.0) if reading.key_side == "back" else (side * 0.82, 0.55 if behind else -0.68)
        if rising:
            x, z = side * 0.07, 1.0
        k = 1 / math.sqrt(x * x + z * z)
        toward = at.direction(_direction(x * k * math.cos(high), math.sin(high), z * k * math.cos(high)))
    overcast = reading.rain or reading.fog or reading.snow
    return Sun(toward, colour, 0.012 if reading.hard and not overcast else 0.10)


def _rising(reading: Reading) -> bool:
    """Whether the sun stands low in the picture: a view of the land at the edge of the day looks into the light."""
    return reading.time in ("DAWN", "DUSK") and not reading.interior and not reading.key_said and reading.size in _VAST


def _key(reading: Reading, design: Design, hour: Hour, head: Triple, side: float, balance: float, spread: float,
         crowd: int, rig: Rig, at: Frame) -> Lamp:  # fmt: skip
    night = reading.time == "NIGHT"
    dx, dy, dz = _KEY_PLACES.get(reading.key_side, (math.copysign(1.9, side), 1.15, -1.5))
    if not reading.interior and not night:
        # by day the sun is the key; a soft lamp from its side keeps a face open
        if reading.key_side not in ("back", "top"):
            dx, dy, dz = (math.copysign(2.6, side), 1.6, -2.6) if reading.key_side != "front" else (0.6, 1.2, -3.2)
        power = (4.6 if reading.key_side != "back" else 3.0) * design.key
        colour = tint(reading.key_kelvin or max(3200.0, hour.kelvin), balance)
        if rig.key is not None and reading.key_side not in ("back", "top", "front"):
            dx, dy, dz = _set_up(rig.key, side, 1.35)
        position = at.point((head[0] + dx, head[1] + dy, head[2] + dz))
        level = power * rig.level * (1 if spread < 6 else 0.0)
        radius = 0.5 if rig.radius is None else max(0.12, rig.radius)
        return Lamp(
            position, _tinted(_scaled(colour, level), rig.tint), radius, at.direction(_direction(-dx, -dy, -dz)), -2.0
        )
    power = {"low": 7.5, "normal": 9.5, "high": 13.0}[reading.mood]
    wide = max(1.0, min(1.7, 0.75 + 0.2 * crowd + 0.08 * spread))
    if night and reading.interior and spread < 2.2:
        # a lamp beside the faces: the walls are left to the lamps of the room
        wide = 0.80 + 0.12 * max(0, crowd - 1)
    if reading.mood == "low" and spread < 1.6:
        # near the face, so that its light has died before it reaches the wall
        wide = 0.55
    if rig.key is not None and reading.key_side not in ("back", "top", "front"):
        dx, dy, dz = _set_up(rig.key, side, 1.0)
    position = (head[0] + dx * wide, head[1] + dy * wide, head[2] + dz * wide)
    if reading.volumetric:
        # a beam from high up, as through a window, that the air can show
        position = (head[0] + dx * wide * 1.5, head[1] + 2.1, head[2] - abs(dz) * 0.4)
    position, centre = at.point(position), at.point(head)
    if design.walls is not None:
        position = _within(position, design.walls, 0.25)
    dx, dy, dz = centre[0] - position[0], centre[1] - 0.35 - position[1], centre[2] - position[2]
    d2 = dx * dx + dy * dy + dz * dz
    power *= (d2 + 0.2) / 7.5
    kelvin = reading.key_kelvin or (3600.0 if not night else 3300.0 if reading.interior else 4300.0)
    power *= design.key * rig.level
    radius = (0.05 if reading.hard else 0.45) if rig.radius is None else rig.radius
    if not reading.hard and not reading.volumetric:
        power *= 1.05
    cone = 0.86 if reading.volumetric else 0.70 if reading.mood == "low" else 0.2
    if night and reading.interior and spread < 2.2:
        cone = max(cone, 0.45)
    return Lamp(
        position, _tinted(_scaled(tint(kelvin, balance), power), rig.tint), radius, _direction(dx, dy, dz), cone
    )


_RIMS = {"practical": (3000.0, 1.5), "moonlight": (9500.0, 1.2), "hard": (6500.0, 1.6), "soft": (6500.0, 0.8), "bounce": (4800.0, 0.7),
         "volumetric": (7000.0, 1.5)}  # fmt: skip


def _rim(reading: Reading, design: Design, head: Triple, side: float, balance: float, spread: float, rig: Rig, at: Frame,
         ) -> Lamp:  # fmt: skip
    if reading.rim == "none" or (spread > 6 and not reading.interior):
        return Lamp(at.point(head), _OFF, 0.1, (0.0, -1.0, 0.0), -2.0)
    night = reading.time == "NIGHT"
    # in a room at night an edge of light comes from a lamp, unless the film asks for the moon
    kelvin, gain = _RIMS.get(reading.rim or "", (3200.0, 0.8) if night and reading.interior else (7500.0, 1.0))
    power = {"low": 9.0, "normal": 5.0, "high": 3.0}[reading.mood] * gain * (rig.rim if reading.rim is None else 1.0)
    if not reading.interior and not night:
        power *= 0.8
    elif not reading.interior:
        power *= 1.5
    colour = tint(kelvin, balance)
    if reading.rim == "neon":
        p = max(reading.palette or ((0.1, 0.4, 1.0),), key=lambda c: max(c) - min(c))
        top = max(max(p), 0.02)
        colour = (0.15 + 1.6 * p[0] / top, 0.15 + 1.6 * p[1] / top, 0.15 + 1.6 * p[2] / top)
    away = 1.4 if spread > 2.5 else 1.0
    position = (head[0] - math.copysign(1.5, side) * away, head[1] + 1.0 * away, head[2] + 2.0 * away)
    position, centre = at.point(position), at.point(head)
    if design.walls is not None:
        position = _within(position, design.walls, 0.35)
    # flagged off the wall behind it
    axis = _direction(centre[0] - position[0], centre[1] - position[1], centre[2] - position[2])
    return Lamp(position, _scaled(colour, power * away * away), 0.35 if reading.rim == "soft" else 0.1, axis, 0.35)


def _air(reading: Reading, design: Design, hour: Hour, night: bool, rig: Rig) -> Air:
    mood = (
        {"low": 0.55, "normal": 1.0, "high": 1.35}[reading.mood]
        * design.fill
        * rig.fill
        * (1 + 0.6 * reading.manner.frontal)
    )
    fill = {None: 1.0, "none": 0.25, "soft": 1.3, "bounce": 2.0}.get(reading.fill, 1.1)
    p = reading.palette[0] if reading.palette else (1.0, 1.0, 1.0)
    level = max(sum(p) / 3, 0.03)
    cast = tuple(min(2.0, c / level) for c in p)
    zenith, horizon, ground, haze_colour = hour.zenith, hour.horizon, hour.ground, hour.haze
    if (reading.rain or reading.fog or reading.snow) and not night:
        grey = (horizon[0] + horizon[1] + horizon[2]) / 3 * (0.72 if reading.rain else 0.95)
        cool = (grey * 0.94, grey, grey * 1.07)
        zenith, horizon = _mixed(zenith, cool, 0.8), _mixed(horizon, cool, 0.6)
        haze_colour = _mixed(haze_colour, cool, 0.5)
    beyond = _scaled(hour.horizon, 1.7 if not night else 0.9)
    if reading.interior:
        base = (0.30, 0.30, 0.31) if not night and reading.mood != "low" else (0.10, 0.115, 0.15)
        if night and reading.mood != "low":
            base = (0.058, 0.060, 0.074)
        base = (base[0] * (0.75 + 0.25 * cast[0]), base[1] * (0.75 + 0.25 * cast[1]), base[2] * (0.75 + 0.25 * cast[2]))
        zenith, ground, horizon, haze_colour = _scaled(base, 1.05), _scaled(base, 0.75), base, _scaled(base, 0.9)
    else:
        haze_colour = (haze_colour[0] * (0.85 + 0.15 * cast[0]), haze_colour[1] * (0.85 + 0.15 * cast[1]),
                       haze_colour[2] * (0.85 + 0.15 * cast[2]))  # fmt: skip
    close = 0.5 if any(word in reading.size for word in ("close", "medium", "two", "shoulder", "insert")) else 1.0
    haze = (
        max(design.haze, 0.014 if reading.fog and not reading.interior else 0.0)
        * reading.manner.haze
        * (1.7 if reading.fog else 1.0)
        * (1.6 if reading.rain or reading.snow else 1.0)
        * close
    )
    return Air(
        zenith=zenith, horizon=horizon, ground=ground, ambient=hour.ambient * mood * fill if not reading.interior else mood * fill,
        indoors=reading.interior, haze=haze, haze_colour=haze_colour, haze_fall=design.haze_fall,
        reach=2.2 if reading.interior else 6.0, glow=hour.glow * (1.4 if reading.glow else 1.0),
        stars=0.0 if reading.rain or reading.fog else hour.stars,
        cloud=hour.clouds + (0.4 if reading.rain or reading.snow else 0.0), cloud_colour=hour.cloud, cloud_seed=11.9,
        disc=18.0 if not (reading.rain or reading.fog) else 0.0,
        disc_cosine=math.cos(math.radians(1.1 if night else 1.5)), wet=_wet(reading),
        lit_windows=hour.windows, snow=design.snow, beyond=beyond,
    )  # fmt: skip


def _wet(reading: Reading) -> float:
    """How wet the ground is: rain, a rule of composition that wants reflections, or the night streets of film noir."""
    return 1.0 if reading.rain else 0.8 if "reflection" in reading.compose else 0.55 if reading.noir else 0.0


def _set_up(key: Triple, side: float, far: float) -> Triple:
    """A rig's key on the side that is asked for."""
    return math.copysign(key[0], side) * far, key[1] * far, key[2] * far


def _tinted(colour: Triple, by: Triple) -> Triple:
    return (colour[0] * by[0], colour[1] * by[1], colour[2] * by[2])


def _within(p: Triple, walls: tuple[float, float, float, float, float], clear: float) -> Triple:
    """A point of a room, `clear` metres from its walls at least."""
    x0, x1, z0, z1, high = walls
    return (
        round(min(x1 - clear, max(x0 + clear, p[0])), 6), round(min(high - clear, p[1]), 6),
        round(min(z1 - clear, max(z0 + clear, p[2])), 6),
    )  # fmt: skip


def _mixed(a: Triple, b: Triple, k: float) -> Triple:
    return (a[0] + (b[0] - a[0]) * k, a[1] + (b[1] - a[1]) * k, a[2] + (b[2] - a[2]) * k)


def look(reading: Reading, stops: float = 0.0) -> Look:
    """How the shot is printed: key of the mood, split-tone from the manner or the ends of the palette; `stops` off that exposure."""
    dark_outside = reading.time == "NIGHT" and not reading.interior
    mean = {"low": 0.095, "normal": 0.175, "high": 0.26}[reading.mood] * (
        0.42 if dark_outside else 0.55 if reading.time == "NIGHT" else 0.8 if _rising(reading) else 1.0
    )
    face = {"low": 0.29, "normal": 0.36, "high": 0.43}[reading.mood] * (0.85 if reading.time == "NIGHT" else 1.0)
    if reading.key_side == "back":
        face *= 0.6
    m = reading.manner
    low, high = (reading.palette[0], reading.palette[-1]) if reading.palette else ((0.9, 1.0, 1.15), (1.08, 1.0, 0.9))
    shadows = toned(linear_colour(m.shadows) or low, 0.22 if m.shadows else 0.13)
    highlights = toned(linear_colour(m.highlights) or high, 0.16 if m.highlights else 0.08)
    if "silhouette" in reading.rigs or "silhouette" in reading.compose:
        face *= 0.3
    return Look(
        mean=mean, face=face, ceiling=1.9 if dark_outside else 4.0, lift=1.7 if reading.mood == "low" else 3.0,
        shadows=shadows, highlights=highlights, saturation=0.96 * m.saturation, contrast=m.contrast, stops=stops,
    )  # fmt: skip


def toned(colour: Triple, share: float) -> Triple:
    """A tint about 1: so much of the colour, at its own level."""
    level = max(sum(colour) / 3, 0.02)
    r, g, b = (1 + share * (min(1.7, max(0.45, c / level)) - 1) for c in colour)
    return (r, g, b)


_LIGHT_VALUES = {("EXT", "DAY"): 14.0, ("EXT", "DAWN"): 9.0, ("EXT", "DUSK"): 8.0, ("EXT", "NIGHT"): 5.5,
                 ("INT", "DAY"): 8.0, ("INT", "DAWN"): 6.5, ("INT", "DUSK"): 6.0, ("INT", "NIGHT"): 5.5}  # fmt: skip
"""Exposure values at ISO 100 of places and times, as tables for photographers give them."""

_SHUTTER_S = 1 / 48
_MOST_UNDER, _MOST_OVER = -1.5, 0.35


def exposure_stops(reading: Reading, f_number: float, iso: float | None) -> float:
    """Stops off the metered exposure, where the film sets the sensitivity itself: EV = log2(N^2 / t) - log2(ISO / 100), t of half a
    frame. What is too much a filter takes away, as it would on a lens; what is too little stays dark."""
    if iso is None:
        return 0.0
    value = math.log2(f_number * f_number / _SHUTTER_S) - math.log2(iso / 100)
    scene = _LIGHT_VALUES["INT" if reading.interior else "EXT", reading.time]
    return round(min(_MOST_OVER, max(_MOST_UNDER, scene - value)), 6)
