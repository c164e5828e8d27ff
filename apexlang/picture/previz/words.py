"""The open vocabulary of the stage, as data: which words ask for which place, time, weather, thing, action.

A word may stand in the plural or as a verb form; `root` strips the common endings. To teach the stage a word, add it here.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final


def _table(rows: dict[str, str]) -> MappingProxyType[str, str]:
    return MappingProxyType({word: name for name, words in rows.items() for word in words.split()})


KITS: Final = _table({
    "street": "street avenue road city downtown town sidewalk pavement square plaza boulevard lane market shop storefront"
              " bar-front cafe-front intersection crossing highway bridge-over block district neighborhood neighbourhood"
              " metropolis chinatown parking village embassy hotel-front",
    "alley": "alley alleyway backstreet backalley passageway-outside courtyard",
    "rooftop": "rooftop rooftops roof terrace helipad penthouse-terrace skyline",
    "forest": "forest wood woods woodland jungle grove trees pine pines clearing trail thicket swamp orchard rainforest",
    "field": "field meadow plain plains prairie farm countryside hill hills hillside grassland pasture steppe park garden"
             " yard graveyard cemetery lawn camp battlefield moor",
    "mountain": "mountain mountains cliff ridge valley summit peak peaks alps alpine pass glacier gorge highland highlands",
    "desert": "desert dune dunes sand wasteland canyon mesa badlands mars planet sahara",
    "sea": "sea ocean beach pier shore coast harbor harbour dock docks lake river bay island lighthouse waterfront jetty boat",
    "room": "room living-room livingroom apartment flat house home lounge cabin attic parlor parlour den salon cottage"
            " nursery studio bathroom dining",
    "office": "office study library interrogation courtroom classroom bureau agency newsroom headquarters boardroom",
    "kitchen": "kitchen kitchenette pantry galley bakery",
    "bedroom": "bedroom hotel motel dormitory bunk suite",
    "bar": "bar pub tavern saloon nightclub club speakeasy casino",
    "diner": "diner restaurant cafe café cafeteria canteen coffeehouse pizzeria shop-inside",
    "church": "church chapel cathedral temple monastery abbey crypt sanctuary nave altar",
    "car": "car taxi cab van truck limousine limo automobile sedan jeep",
    "bridge": "bridge spaceship-bridge cockpit spaceship spacecraft starship command-deck control-room",
    "warehouse": "warehouse factory hangar garage barn depot basement cellar workshop storehouse mill foundry bunker dungeon"
                 " gym arena theater theatre stage station",
    "corridor": "corridor hallway hall tunnel passage passageway hospital ship lab laboratory prison subway"
                " metro stairwell elevator bulkhead airlock asylum submarine underpass school",
})  # fmt: skip
"""Place words and the kit that stands for them."""

SCIENCE_FICTION: Final = frozenset(
    [
        "spaceship",
        "ship",
        "spacecraft",
        "lab",
        "laboratory",
        "bulkhead",
        "airlock",
        "station",
        "orbital",
        "android",
        "submarine",
    ]
)

TIMES: Final = _table({
    "DAY": "day morning noon midday afternoon daytime sunny daylight overcast continuous later",
    "DAWN": "dawn sunrise daybreak early",
    "DUSK": "dusk sunset evening twilight magic golden gloaming sundown",
    "NIGHT": "night midnight nighttime moonlit moonlight late blue",
})  # fmt: skip

WEATHER: Final = _table({
    "rain": "rain rains raining rainy storm stormy downpour drizzle drizzling wet puddle puddles thunderstorm soaked",
    "fog": "fog foggy mist misty haze hazy smoke smoky steam dust dusty",
    "snow": "snow snows snowing snowy blizzard snowfall winter frost ice icy",
})  # fmt: skip

PROPS: Final = _table({
    "car": "car cars taxi cab sedan van truck vehicle traffic",
    "crates": "crate crates boxes pallets cargo",
    "barrel": "barrel barrels drum drums",
    "bench": "bench benches",
    "table": "table desk counter",
    "lamp": "lamp lamps lampshade",
    "candle": "candle candles candlelight",
    "bottle": "bottle bottles wine whiskey",
    "cup": "cup mug coffee tea",
    "book": "book books diary journal notebook",
    "letter": "letter note paper papers envelope document documents map telegram page",
    "key": "key keys",
    "phone": "phone telephone smartphone mobile",
    "photo": "photo photograph picture polaroid portrait",
    "gun": "gun pistol revolver weapon",
    "knife": "knife dagger blade",
    "watch": "watch clock timepiece",
    "flower": "flower flowers rose roses bouquet",
    "case": "suitcase briefcase case bag luggage",
    "lantern": "lantern torch flashlight",
    "neon": "neon sign signs billboard",
    "umbrella": "umbrella",
    "fire": "fire campfire bonfire flames",
    "tree": "tree oak",
    "rocks": "rock rocks boulder boulders stone stones",
    "fence": "fence gate railing",
    "door": "door doorway doors",
    "window": "window windows blinds curtains",
    "chair": "chair armchair stool",
    "sofa": "sofa couch settee",
    "pier": "pier jetty dock docks",
    "coin": "coin coins ring medal badge locket",
    "glass": "glass tumbler",
    "radio": "radio tape recorder cassette",
})  # fmt: skip

ACTIONS: Final = _table({
    "walk": "walk walks walking stride strides wander wanders stroll strolls approaches approach enters leaves crosses follows paces"
            " steps marches trudges",
    "run": "run runs running flees fleeing sprint sprints chases races rushes dashes bolts",
    "sit": "sit sits sitting seated sat perched slumped",
    "lean": "lean leans leaning",
    "crossed": "crossed folded",
    "point": "point points pointing aims aiming",
    "kneel": "kneel kneels kneeling",
    "crouch": "crouch crouches crouching hides hiding ducks squats bends",
    "wave": "wave waves waving greets beckons",
    "think": "think thinks thinking ponders considers wonders studies",
    "fear": "recoils cowers flinches trembles shields",
    "look back": "turns turning glances",
    "hold": "holds holding drinks drinking sips carries grips clutches reads reading cradles",
    "pockets": "waits waiting lingers loiters pockets",
    "stand": "stand stands standing stops stop stares watches looks faces listens",
})  # fmt: skip
"""What a person does and the pose that shows it."""

AWAY: Final = frozenset(["away", "behind", "horizon", "back", "silhouette", "departs", "leaves"])
"""Words for a figure seen from behind in wide shots."""

HELD: Final = MappingProxyType({
    "cup": "mug", "lantern": "lantern", "phone": "phone", "umbrella": "umbrella", "case": "case", "book": "book", "letter": "book",
})  # fmt: skip
"""Things a figure can have in hand."""

TAKES: Final = frozenset(
    [
        "hold",
        "holds",
        "holding",
        "carries",
        "carrying",
        "with",
        "grips",
        "clutches",
        "lifts",
        "raises",
        "drinks",
        "sips",
        "reads",
        "answers",
        "lights",
        "opens",
        "her",
        "his",
        "their",
    ]
)

MOODS: Final = _table({
    "low": "noir dark darkness shadow shadows shadowy gloomy sinister tense horror thriller moody dim menacing candlelight chiaroscuro"
           " silhouette rembrandt firelight low",
    "high": "bright airy cheerful comedy high butterfly radiant sunny",
})  # fmt: skip

SHAFTS: Final = frozenset(["shafts", "beams", "rays", "volumetric", "dusty", "smoke", "smoky", "god-rays", "haze"])

GLOW: Final = frozenset(["glow", "glows", "glowing", "sunrise", "sunset", "daybreak", "sunbeams", "sunlit", "ablaze"])
"""Words for a low sun that lights the sky."""

SILENT: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "but",
        "of",
        "in",
        "on",
        "at",
        "to",
        "from",
        "with",
        "without",
        "into",
        "over",
        "under",
        "through",
        "by",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "he",
        "she",
        "they",
        "them",
        "him",
        "her",
        "his",
        "their",
        "this",
        "that",
        "these",
        "those",
        "there",
        "here",
        "not",
        "no",
        "one",
        "two",
        "three",
        "for",
        "up",
        "down",
        "out",
        "off",
        "all",
        "very",
        "more",
        "between",
        "past",
        "toward",
        "towards",
        "across",
        "around",
        "along",
        "after",
        "before",
        "something",
        "someone",
        "nothing",
    ]
)
"""Words that ask for nothing by themselves."""

_ENDINGS = ("'s", "ing", "ies", "es", "ed", "s", "ly")


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words of a text, in order."""
    return tuple(re.findall(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", text.lower()))


def look_up(table: MappingProxyType[str, str], word: str) -> str | None:
    """What a word asks for, also in the plural or another form of the verb."""
    if word in table:
        return table[word]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            for candidate in (stem, stem + "e", stem + "y"):
                if candidate in table:
                    return table[candidate]
    return None


def first_of(table: MappingProxyType[str, str], words: tuple[str, ...]) -> str | None:
    """What the first word that the table knows asks for."""
    return next((name for word in words if (name := look_up(table, word)) is not None), None)


def all_of(table: MappingProxyType[str, str], words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name for word in words if (name := look_up(table, word)) is not None)
