"""What the gallery shows: for each word of the vocabulary a small film of one shot. New words appear by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apexlang import resources
from apexlang.ir.vocabulary import ANGLES, COMPOSITIONS, MOODS, SIZES
from apexlang.lexicon.words import standard
from apexlang.picture.previz.kits.catalogue import INTERIORS, KITS
from apexlang.picture.previz.puppet import EMOTIONS


@dataclass(frozen=True)
class Entry:
    """`lines`: of the shot's scene, as they stand in a film; `cast`: the names of the people whom it needs."""

    section: str
    title: str
    lines: tuple[str, ...]
    cast: tuple[str, ...] = ("RUTH",)

    @property
    def label(self) -> str:
        return re.sub(r"[^a-z0-9]+", "_", f"{self.section} {self.title}".lower()).strip("_")


CAST = {
    "RUTH": ("A woman of thirty with red hair in a bob, green eyes, fair skin.", "red coat"),
    "OTIS": ("A tall black man in his sixties, bald, with a white beard and glasses.", "green knitted sweater"),
    "MARLOWE": ("A man in his forties with stubble, tan skin, dark hair.", "brown trench coat, fedora"),
    "INGRID": ("A grandmother of eighty with a grey bun and round glasses, fair skin.", "dress with dots"),
    "KIT": ("A boy of nine with ginger hair and freckles, fair skin.", "yellow raincoat"),
    "AMARA": ("A woman of twenty-five with an afro, dark skin.", "yellow jacket"),
    "JUNE": ("A teenager with long black hair, light skin.", "blue hoodie"),
    "BORIS": ("A heavy man of fifty with a moustache, light skin.", "plaid shirt, apron, flat cap"),
    "NADIA": ("A woman of forty with braids, brown skin.", "striped sweater, scarf"),
    "VICTOR": ("A thin man of fifty-five with grey hair, fair skin.", "dark suit, tie"),
    "SOLE": ("A woman of thirty-five with brown hair in a ponytail, olive skin.", "tactical jacket"),
    "EDDA": ("A girl of ten with blonde braids, fair skin.", "striped dress"),
}


def _shot(section: str, title: str, heading: str, shot: str, *lines: str, cast: tuple[str, ...] = ("RUTH",)) -> Entry:
    return Entry(section, title, (heading, f"  SHOT {shot}", *(f"    {line}" for line in lines)), cast)


_STREET = "EXT. CITY STREET - DAY"
_ROOM = "INT. LIVING ROOM - NIGHT"


def entries() -> Iterator[Entry]:
    """All of them, section by section."""
    yield from _frame()
    yield from _light()
    yield from _style()
    for kit in KITS:
        place = _example(kit)
        inside = "INT." if kit in INTERIORS else "EXT."
        for time in ("DAY", "NIGHT"):
            yield _shot(
                "places",
                f"{place.lower()}, {time.lower()}",
                f"{inside} {place} - {time}",
                "wide of RUTH",
                "camera: 28mm, f/4",
            )
    yield from _people()


SECTIONS = (
    "sizes", "angles", "lenses", "apertures", "composition", "times of day", "weather", "light", "rigs and moods", "looks", "genres",
    "directors", "palettes", "places", "people", "emotions", "actions", "things",
)  # fmt: skip
"""The sections in the order of the page."""


def _frame() -> Iterator[Entry]:
    pair = ("RUTH", "OTIS")
    for size in SIZES:
        two = size in ("two-shot", "over the shoulder")
        who = "" if size in ("insert", "pov") else " of RUTH and OTIS" if two else " of RUTH"
        lines = ("A letter and a key lie on the table.",) if size == "insert" else ()
        yield _shot("sizes", size, _ROOM if size == "insert" else _STREET, f"{size}{who}", *lines, cast=pair)
    for angle in ANGLES:
        yield _shot("angles", angle, _STREET, "full of RUTH", f"camera: 28mm, f/4, {angle}")
    for lens in (18, 24, 35, 50, 85, 135):
        yield _shot("lenses", f"{lens} mm", _STREET, "medium of RUTH", f"camera: {lens}mm, f/4")
    for stop in ("1.4", "2", "2.8", "5.6", "11"):
        yield _shot("apertures", f"f/{stop}", _STREET, "close-up of RUTH", f"camera: 85mm, f/{stop}")
    for rule in COMPOSITIONS:
        who = (
            "wide of RUTH"
            if rule in ("scale", "leading lines", "vanishing point", "low horizon", "high horizon")
            else "medium of RUTH"
        )
        yield _shot("composition", rule, _STREET, who, f"compose: {rule}", "camera: 35mm, f/4")


def _light() -> Iterator[Entry]:
    for time in ("DAWN", "DAY", "DUSK", "NIGHT"):
        yield _shot("times of day", time.lower(), f"EXT. MOUNTAIN PASS - {time}", "wide of RUTH")
        yield _shot("times of day", f"{time.lower()}, in the street", f"EXT. CITY STREET - {time}", "wide of RUTH")
    for word in sorted(standard().meanings("weather")):
        for time in ("DAY", "NIGHT"):
            yield _shot(
                "weather", f"{word}, {time.lower()}", f"EXT. PARK - {time}", "wide of RUTH", f"{word.capitalize()}."
            )
    for side in ("left", "right", "front", "back", "top"):
        yield _shot(
            "light",
            f"key from {side}",
            _ROOM,
            "close-up of RUTH",
            f"light: key hard from {side}",
            "camera: 85mm, f/2.8",
        )
    for quality in ("hard", "soft", "volumetric"):
        yield _shot("light", f"key {quality}", _ROOM, "medium of RUTH", f"light: key {quality} from left")
    for kelvin in (2000, 3200, 5600, 10000):
        yield _shot(
            "light",
            f"{kelvin} K",
            _ROOM,
            "close-up of RUTH",
            f"light: key soft from left {kelvin}K",
            "camera: 85mm, f/2.8",
        )
    for fill in ("none", "soft", "bounce"):
        line = f"light: key hard from left, fill {fill}"
        yield _shot("light", f"fill {fill}", _ROOM, "close-up of RUTH", line, "camera: 85mm, f/2.8")
    for rim in ("none", "hard", "moonlight", "neon", "practical"):
        yield _shot("light", f"rim {rim}", _ROOM, "medium of RUTH", f"light: low key, rim {rim}", "camera: 50mm, f/2.8")
    for mood in MOODS:
        yield _shot("rigs and moods", mood, _ROOM, "medium of RUTH", f"light: {mood}", "camera: 50mm, f/2.8")


def looks() -> tuple[str, ...]:
    """The names of the library's looks."""
    return tuple(re.findall(r"^LOOK (\w+)", resources.stdlib("looks.apex") or "", re.M))


_GENRES = (
    "noir",
    "horror",
    "thriller",
    "romance",
    "western",
    "sci-fi",
    "comedy",
    "drama",
    "documentary",
    "action",
    "fantasy",
    "war",
)
_DIRECTORS = ("Anderson", "Fincher", "del Toro", "Nolan", "Kubrick", "Kar-wai", "Tarkovsky", "Villeneuve", "Spielberg")


def _style() -> Iterator[Entry]:
    for look in looks():
        yield _shot("looks", look, _ROOM, "medium of RUTH", f"look: std.looks.{look}")
    for genre in _GENRES:
        yield _shot("genres", genre, _ROOM, "medium of RUTH", f"The mood of {genre}.", "camera: 40mm, f/2.8")
    for name in _DIRECTORS:
        yield _shot("directors", name, _ROOM, "wide of RUTH", f"As {name} would have it.", "camera: 28mm, f/4")
    for name, colours in (
        ("embers", "#3b1f2b #a44a3f #f4a259"), ("deep sea", "#0d1b2a #1b4965 #5fa8d3"), ("moss", "#1d2b22 #4f6d4a #c9cba3"),
        ("neon", "#101b3b #e0218a #20c5d9"), ("pastel", "#f4c7ab #9bc1be #e36588"), ("bone and rust", "#e6ddc4 #9c6b4a #3a2e27"),
    ):  # fmt: skip
        yield _shot("palettes", name, "INT. LIVING ROOM - DAY", "wide of RUTH", f"palette: {colours}")


def _people() -> Iterator[Entry]:
    for name in CAST:
        described = CAST[name][0].rstrip(".")
        yield _shot("people", f"{name.capitalize()}: {described}", "INT. STUDIO - DAY", f"close-up of {name}",
                    "light: three_point", "camera: 85mm, f/2.8", cast=(name,))  # fmt: skip
    for emotion in EMOTIONS:
        yield Entry("emotions", emotion, ("INT. STUDIO - DAY", "  SHOT close-up of SOLE", f"    SOLE ({emotion}): Well.",
                                          "    camera: 85mm, f/2.8"), ("SOLE",))  # fmt: skip
    for pose in sorted(standard().meanings("actions")):
        word = _word(standard().actions, pose, verb=True)
        yield _shot(
            "actions",
            word,
            "EXT. PARK - DAY",
            "full of MARLOWE",
            f"MARLOWE {word}.",
            "camera: 40mm, f/5.6",
            cast=("MARLOWE",),
        )
    for thing in sorted(standard().meanings("props")):
        word = _word(standard().props, thing)
        held = thing in standard().held
        line = f"MARLOWE holds a {word}." if held else f"A {word}."
        yield _shot("things", word, "EXT. PARK - DAY" if thing in ("car", "bus", "bicycle", "tree", "rocks", "fence", "fire", "pier")
                    else _ROOM, "medium wide of MARLOWE" if held else "wide of MARLOWE", line, cast=("MARLOWE",))  # fmt: skip


def _word(table: Mapping[str, str], meaning: str, verb: bool = False) -> str:
    """A word that asks for a meaning: a verb as a person does it, else the meaning itself where it is a word."""
    words = [word for word, asks in table.items() if asks == meaning]
    if verb:
        return next((word for word in words if word.endswith("s") and not word.endswith("ss")), words[0])
    return meaning if meaning in words else words[0]


def _example(kit: str) -> str:
    words = [word for word, asks in standard().places.items() if asks == kit]
    chosen = {"room": "living-room", "bridge": "spaceship", "sea": "pier", "car": "car"}.get(kit) or (
        kit if kit in words else words[0]
    )
    return chosen.upper().replace("-", " ")


def film(chosen: list[Entry], size: tuple[int, int]) -> str:
    """The text of the film that makes the pictures of these entries."""
    names = list(dict.fromkeys(name for entry in chosen for name in entry.cast))
    parts = [f'FILM "Gallery"\n  format: {size[0]}x{size[1]}, 24fps, rec709\n  generate: previz\n']
    for name in names:
        description, wears = CAST[name]
        parts.append(f"CHARACTER {name}\n  {description}\n  wears: {wears}\n")
    for entry in chosen:
        heading, shot, *rest = entry.lines
        parts.append("\n".join((heading, f"{shot} #{entry.label}", *rest)) + "\n")
    return "\n".join(parts)
