"""From a name and a few words to a person: what is said is kept, what is not said comes from the name's own hash.

The same name and words are always the same person; another name is another face.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apexlang.picture.previz.puppet import words as w
from apexlang.picture.previz.puppet.reading import Description
from apexlang.picture.previz.puppet.spec import CHILD, NOSES, OLD, TEEN, Face, Spec, linear, mixed

SHAPES: Final = ("oval", "round", "square", "heart", "long", "pear")
_SHAPE_NUMBERS: Final[Mapping[str, tuple[float, float, float, float]]] = MappingProxyType(
    {
        "oval": (0.97, 1.0, 1.0, 1.0),
        "round": (1.07, 0.95, 1.10, 0.92),
        "square": (1.02, 1.0, 1.22, 1.2),
        "heart": (1.01, 1.0, 0.84, 0.78),
        "long": (0.91, 1.06, 0.96, 1.1),
        "pear": (0.99, 1.0, 1.24, 0.95),
    }
)
_NAME_WORDS = 3


class _Chance:
    """Choices of one name: the n-th question always has the same answer, however the others are answered."""

    def __init__(self, name: str) -> None:
        self._name = name.strip().upper()

    def number(self, question: str, low: float = 0.0, high: float = 1.0) -> float:
        """A number in low..high."""
        h = zlib.crc32(f"{question}/{self._name}/{question}".encode())
        h = (h ^ (h >> 15)) * 0x2C1B3C6D & 0xFFFFFFFF
        h = (h ^ (h >> 12)) * 0x297A2D39 & 0xFFFFFFFF
        return low + (high - low) * ((h ^ (h >> 15)) / 4294967295.0)

    def one_of(self, question: str, options: tuple[str, ...]) -> str:
        """One of the options."""
        return options[min(len(options) - 1, int(self.number(question) * len(options)))]


def _gender(name: str, text: Description, chance: _Chance) -> str:
    for value, options in (("woman", w.WOMAN), ("man", w.MAN)):
        if text.has(*options):
            return value
    names = re.findall(r"[a-z]+", name.lower())[:_NAME_WORDS]
    for n in names:
        if n in w.WOMAN_NAMES or n in w.WOMAN:
            return "woman"
        if n in w.MAN_NAMES or n in w.MAN:
            return "man"
    if names and names[0].endswith(("a", "ie", "elle", "ine")):
        return "woman"
    return chance.one_of("gender", ("woman", "man"))


def _age(text: Description, chance: _Chance) -> int:
    said = text.years()
    if said is not None:
        return said
    found = text.find(w.AGE)
    word = found[0] if found else ""
    low, high = {"child": (7, 11), "teen": (15, 17), "young": (21, 27), "middle": (43, 52), "old": (68, 78)}.get(
        word, (26, 44)
    )
    return int(chance.number("age", low, high + 0.99))


def _face(chance: _Chance, age: int, woman: bool, build: str) -> Face:
    child, old = age < CHILD, age >= OLD
    shapes = ("round", "oval", "pear") if child else SHAPES if not woman else ("oval", "round", "heart", "long", "oval")
    width, long, jaw, chin = _SHAPE_NUMBERS[chance.one_of("shape", shapes)]
    soft = 1.0 if child else 0.60 if age < TEEN else (0.64 if age < 32 else 0.50) if woman else 0.0
    n = chance.number
    cheek = n("cheek", 0.75, 1.15) + 0.12 * soft
    jaw *= 1 - 0.14 * soft
    if build == "heavy":
        jaw, cheek, width = jaw * 1.13, cheek + 0.3, width * 1.05
    elif build == "slim":
        cheek, width = cheek - 0.1, width * 0.96
    noses = (
        ("button", "ski", "button")
        if child
        else NOSES
        if not woman
        else ("button", "straight", "ski", "straight", "broad")
    )
    return Face(
        width=width,
        length=long,
        jaw=jaw,
        chin=chin * (1 - 0.24 * soft),
        cheek=cheek,
        nose=chance.one_of("nose", noses),
        nose_length=n("nose length", 0.85, 1.18) * (1 - 0.30 * soft) * (1.12 if old else 1.0),
        nose_width=n("nose width", 0.85, 1.2) * (1 - 0.22 * soft),
        eye_x=n("eye x", 0.140, 0.162),
        eye_y=n("eye y", -0.03, 0.0) - (0.035 if child else 0.0),
        eye_radius=(n("eye", 0.076, 0.087) + 0.018 * soft) * (0.95 if old else 1.0),
        tilt=n("tilt", -0.08, 0.13),
        brow=n("brow", 0.8, 1.3) * (0.60 if woman else 0.7 if child else 1.0) * (1.15 if old and not woman else 1.0),
        brow_arch=n("arch", 0.0, 0.026) + (0.014 if woman else 0.0),
        brow_spread=n("brow spread", 0.92, 1.08),
        ear=n("ear", 0.85, 1.15) * (1.18 if old else 1.0),
        ear_out=n("ear out", 0.1, 0.45),
        mouth=n("mouth", 0.090, 0.116) * (0.88 if child else 0.95 if woman else 1.0),
        lips=(n("lips", 0.6, 1.05) + (0.25 if woman else 0.0)) * (0.6 if old else 1.0),
        mouth_y=n("mouth y", -0.302, -0.286),
    )


def _hair(text: Description, chance: _Chance, age: int, woman: bool) -> str:
    found = text.find({k: v for k, v in w.HAIR_STYLE.items() if k not in ("long", "short", "side")})
    if found:
        return found[0]
    near_hair = [i for i in range(len(text.words)) if text.words[i].startswith("hair")]
    for i in near_hair:
        style = text.before(i, w.HAIR_STYLE, 4)
        if style:
            if style == "short" and woman:
                return "pixie"
            return style
    if text.has("long-haired", "longhaired"):
        return "long"
    if woman:
        old = ("bun", "bob", "curly", "bun")
        return chance.one_of("hair", old if age >= OLD else ("bob", "long", "pony", "bun", "bob"))
    old = ("bald", "side", "short", "bald")
    return chance.one_of("hair", old if age >= OLD else ("short", "side", "quiff", "slick", "messy"))


def _hair_colour(text: Description, chance: _Chance, age: int, skin: str) -> str:
    for noun in ("hair", "haired", "bob", "ponytail", "bun", "braids", "curls", "afro", "quiff", "pixie"):
        for i, t in enumerate(text.words):
            if t == noun or t.endswith("-" + noun):
                said = text.before(i, w.HAIR_WORDS, 4)
                if said:
                    return said
    if text.has("blonde", "blond"):
        return "blonde"
    if text.has("redhead", "redheaded", "red-headed"):
        return "red"
    if text.has("brunette"):
        return "brown"
    if age >= OLD:
        return chance.one_of("hair colour", ("grey", "white", "silver"))
    if skin in ("porcelain", "fair", "light", "olive"):
        options = ("black", "dark", "brown", "chestnut", "auburn", "sand", "brown", "dark")
        return chance.one_of("hair colour", options)
    return "black"


def _skin(text: Description, chance: _Chance) -> str:
    for i, t in enumerate(text.words):
        if t in ("skin", "skinned", "complexion") or t.endswith("-skinned"):
            said = text.before(
                i,
                MappingProxyType(
                    {
                        "porcelain": "porcelain ivory",
                        "fair": "fair pale white",
                        "light": "light",
                        "olive": "olive",
                        "tan": "tan tanned bronze",
                        "brown": "brown",
                        "dark": "dark",
                        "deep": "deep black ebony",
                    }
                ),
                2,
            )
            if said:
                return said
    if text.has("pale"):
        return "fair"
    if text.has("black") and text.has("black-woman", "black-man", "black-girl", "black-boy", "african"):
        return "dark"
    if text.has("asian", "chinese", "japanese", "korean"):
        return "light"
    if text.has("indian", "latina", "latino"):
        return "tan"
    if text.has("freckles", "freckled", "ginger", "redhead", "blonde", "blond", "auburn"):
        return chance.one_of("skin", ("porcelain", "fair", "light"))
    return chance.one_of("skin", ("fair", "light", "fair", "olive", "light", "tan", "brown", "dark"))


_TOPS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "coat": ("charcoal", "camel", "navy", "brown"),
        "suit": ("charcoal", "navy", "slate"),
        "jacket": ("brown", "olive", "navy", "rust"),
        "raincoat": ("yellow", "olive", "navy"),
        "sweater": ("green", "burgundy", "navy", "mustard", "teal"),
        "hoodie": ("grey", "teal", "maroon"),
        "shirt": ("sky", "cream", "olive", "rust", "denim"),
        "tee": ("white", "teal", "rust", "grey"),
        "uniform": ("navy", "slate"),
        "dress": ("teal", "plum", "rust", "navy", "rose"),
        "apron": ("sky", "cream", "brown"),
        "tactical": ("slate", "charcoal"),
        "vest": ("brown", "charcoal", "olive"),
        "spacesuit": ("orange", "slate", "white"),
    }
)


def _outfit(text: Description, chance: _Chance, age: int, woman: bool) -> tuple[str, int | None]:
    found = text.find(w.OUTFIT)
    if found:
        return found
    trade = text.find(w.TRADES)
    if trade:
        return trade[0], None
    if age < TEEN:
        return chance.one_of("outfit", ("hoodie", "sweater", "tee", "shirt")), None
    if age >= OLD:
        return chance.one_of(
            "outfit", ("sweater", "shirt", "vest", "dress") if woman else ("sweater", "shirt", "vest")
        ), None
    options = (
        ("shirt", "sweater", "jacket", "dress", "coat") if woman else ("shirt", "sweater", "jacket", "shirt", "coat")
    )
    return chance.one_of("outfit", options), None


def _height(age: int, woman: bool, text: Description, chance: _Chance) -> float:
    if age < CHILD:
        base = 0.80 + 0.055 * max(3, age)
    elif age < TEEN:
        base = 1.60
    elif age >= OLD:
        base = 1.60 if woman else 1.71
    else:
        base = 1.68 if woman else 1.79
    said = (
        1.06
        if text.has("tall", "towering")
        else 0.94
        if text.has("short-woman", "short-man", "small", "tiny", "petite")
        else 1.0
    )
    return round(base * said * chance.number("height", 0.985, 1.015), 4)


_SHADES: Final = MappingProxyType({"charcoal": "dark", "cream": "light pale bright"})
"""What a garment is that is only said to be dark or light."""


def describe(name: str, text: str, wears: tuple[str, ...] = (), build: str | None = None) -> Spec:
    """The person called `name`: `text` says who they are, `wears` what they have on (stronger than `text`).

    `build`: 'slim', 'average', 'heavy' or 'athletic' overrides the words. Never fails: words it does not know are passed over.
    """
    chance = _Chance(name)
    worn = " , ".join(wears)
    text_ = Description(f"{worn} , {text}" if wears else text)
    gender = _gender(name, text_, chance)
    woman = gender == "woman"
    age = _age(text_, chance)
    found_build = text_.find(w.BUILD)
    figure = (
        build if build in ("slim", "average", "heavy", "athletic") else found_build[0] if found_build else "average"
    )
    skin = _skin(text_, chance)
    hair = _hair(text_, chance, age, woman)
    hair_colour = _hair_colour(text_, chance, age, skin)
    beard = text_.find(w.BEARD)
    beard_colour = (text_.before(beard[1], w.HAIR_WORDS) if beard else None) or hair_colour
    eyes = None
    for i, t in enumerate(text_.words):
        if t in ("eyes", "eyed") or t.endswith("-eyed"):
            eyes = eyes or text_.before(i, w.EYE_WORDS)
    light_skin = skin in ("porcelain", "fair", "light")
    eyes = eyes or chance.one_of(
        "eyes", ("brown", "hazel", "green", "blue", "grey") if light_skin else ("brown", "dark")
    )
    outfit, at = _outfit(text_, chance, age, woman)
    said = text_.colour(at) if at is not None else None
    if said is None and at is not None:
        shade = text_.before(at, _SHADES, 3)
        said = linear(w.COLOURS[shade]) if shade else None
    top = said or linear(w.COLOURS[chance.one_of("top", _TOPS[outfit])])
    pattern = (text_.before(at, w.PATTERNS, 4) if at is not None else None) or (
        "knit" if outfit == "sweater" else "none"
    )
    accent_said = None
    if outfit == "apron":
        # the apron's colour is its own; the shirt under it is the main cloth
        accent_said, said = said, None
        under = text_.find({"shirt": "shirt blouse"})
        if under:
            said, pattern = text_.colour(under[1]), text_.before(under[1], w.PATTERNS, 4) or "none"
        top = said or linear(w.COLOURS[chance.one_of("top", ("rust", "sky", "cream", "olive"))])
    bottom = text_.find(w.BOTTOMS)
    bottom_colour = text_.colour(bottom[1]) if bottom else None
    if bottom_colour is None:
        default = (
            "denim"
            if bottom and bottom[0] == "jeans"
            else chance.one_of("bottom", ("charcoal", "navy", "brown", "slate"))
        )
        bottom_colour = linear(w.COLOURS[default])
    hat = text_.find(w.HAT)
    shoes = text_.find(w.FOOTWEAR)
    scarf_at = text_.find({"scarf": "scarf shawl"})
    tie_at = text_.find({"tie": "tie necktie"})
    accent = (
        accent_said
        or (text_.colour(tie_at[1]) if tie_at else None)
        or linear(w.COLOURS[chance.one_of("accent", ("burgundy", "teal", "mustard", "navy", "rust"))])
    )
    glasses = text_.find(w.GLASSES)
    if glasses and glasses[0] == "square" and text_.before(glasses[1], {"round": "round"}):
        glasses = ("round", glasses[1])
    shirt_at = (
        text_.find({"shirt": "shirt blouse turtleneck"}) if outfit in ("suit", "jacket", "coat", "vest") else None
    )
    shirt = (text_.colour(shirt_at[1]) if shirt_at else None) or linear(
        w.COLOURS[
            chance.one_of(
                "shirt", ("cream", "white", "ivory", "sky", "grey") if outfit != "suit" else ("white", "ivory")
            )
        ]
    )
    return Spec(
        name=name,
        age=age,
        gender=gender,
        build=figure,
        height=_height(age, woman, text_, chance),
        skin=linear(w.SKIN[skin]),
        eyes=linear(w.EYES[eyes]),
        hair=hair,
        hair_colour=linear(w.HAIR[hair_colour]),
        beard=beard[0] if beard and not woman else "none",
        beard_colour=linear(w.HAIR[beard_colour]),
        hat=hat[0] if hat else "none",
        hat_colour=(text_.colour(hat[1]) if hat else None)
        or (mixed(top, (0.035, 0.030, 0.028), 0.8) if outfit != "raincoat" else linear(w.COLOURS["navy"])),
        glasses=glasses[0] if glasses else "none",
        outfit=outfit,
        top=top,
        pattern=pattern,
        second=mixed(top, (0.02, 0.02, 0.025), 0.75) if max(top) > 0.12 else mixed(top, (0.6, 0.55, 0.45), 0.35),
        shirt=shirt,
        accent=accent,
        bottom=bottom[0] if bottom else "trousers",
        bottom_colour=bottom_colour,
        shoes=shoes[0] if shoes else "boots" if outfit in ("raincoat", "tactical", "spacesuit") else "shoes",
        shoe_colour=(text_.colour(shoes[1]) if shoes else None)
        or linear(chance.one_of("shoe", ("#2a1d16", "#1d1b1b", "#3b261a"))),
        scarf=((text_.colour(scarf_at[1]) or accent) if scarf_at else None),
        tie=tie_at is not None or outfit == "suit",
        gloves=text_.has("gloves", "gloved"),
        long_sleeves=text_.has("sleeves", "sleeved", "long-sleeved"),
        lipstick=text_.has("lipstick"),
        freckles=text_.has("freckles", "freckled"),
        scar=text_.has("scar", "scarred"),
        face=_face(chance, age, woman, figure),
        seed=zlib.crc32(name.strip().upper().encode()),
    )
