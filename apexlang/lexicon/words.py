"""The open vocabulary of the stage: which words ask for which place, time, weather, thing, action, manner.

The words are data, `stdlib/stage.toml`. A word may stand in the plural or as a verb form: the common endings are taken off.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any, Final

from apexlang import resources

Table = Mapping[str, str]

SECTIONS: Final = ("places", "times", "weather", "props", "actions", "held", "people", "manners")
"""The sections that a film's own `stage.toml` may add to: words by what they mean."""

_ENDINGS: Final = ("'s", "’s", "ing", "ies", "es", "ed", "s", "ly")


@dataclass(frozen=True)
class Manner:
    """How a genre or a director lights and prints. `key` low, normal or high; `contrast`, `saturation`, `haze`, `practicals` about 1;
    `hardness` of the key 0..1, None where it has none of its own; `frontal` 0..1; tints as `#rrggbb`, empty for none."""

    name: str = ""
    key: str = "normal"
    contrast: float = 1.0
    saturation: float = 1.0
    haze: float = 1.0
    practicals: float = 1.0
    hardness: float | None = None
    frontal: float = 0.0
    symmetric: bool = False
    shadows: str = ""
    highlights: str = ""
    palette: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """Every table from a word to what it means, and the sets of words that mean one thing."""

    places: Table
    times: Table
    weather: Table
    props: Table
    actions: Table
    held: Table
    people: Table
    counts: Table
    manners: Table
    marks: Mapping[str, frozenset[str]]
    manner: Mapping[str, Manner] = field(default_factory=dict)

    def table(self, section: str) -> Table:
        """One of SECTIONS."""
        found: Table = getattr(self, section)
        return found

    def meanings(self, section: str) -> frozenset[str]:
        """What the words of a section can mean."""
        return frozenset(self.table(section).values())


def _table(rows: Mapping[str, str]) -> Table:
    return MappingProxyType({word: name for name, words in rows.items() for word in words.split()})


@cache
def standard() -> Vocabulary:
    """The vocabulary that ships."""
    data: dict[str, Any] = tomllib.loads(resources.stage_words())
    return Vocabulary(
        places=_table(data["places"]), times=_table(data["times"]), weather=_table(data["weather"]), props=_table(data["props"]),
        actions=_table(data["actions"]), held=_table(data["held"]), people=MappingProxyType(dict(data["people"])),
        counts=_table(data["counts"]), manners=_table(data["manners"]),
        marks=MappingProxyType({name: frozenset(words.split()) for name, words in data["marks"].items()}),
        manner=MappingProxyType({name: Manner(name=name, **rows) for name, rows in data["manner"].items()}),
    )  # fmt: skip


@lru_cache(maxsize=64)
def vocabulary(own: tuple[tuple[str, str, str], ...] = ()) -> Vocabulary:
    """The standard vocabulary with a film's own words: (section, word, meaning)."""
    base = standard()
    if not own:
        return base
    tables = {name: dict(base.table(name)) for name in SECTIONS}
    for section, word, meaning in own:
        if section in tables:
            tables[section][word] = meaning
    return Vocabulary(
        **{name: MappingProxyType(rows) for name, rows in tables.items()}, counts=base.counts, marks=base.marks, manner=base.manner
    )  # fmt: skip


_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'’_][^\W\d_]+)*")
_MOST_WORDS: Final = 4000
"""Of one text: a shot that says more says it to nobody; the rest is not read, and that is noted."""


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words of a text, in order, the first few thousand."""
    found = []
    for match in _WORD.finditer(text.lower()):
        found.append(match.group(0))
        if len(found) == _MOST_WORDS:
            break
    return tuple(found)


@lru_cache(maxsize=8192)
def stems(word: str) -> tuple[str, ...]:
    """The word, and what it may be a form of."""
    found = [word, word + "s"]
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 2:
            stem = word[: -len(ending)]
            found += [stem, stem + "e", stem + "y"]
            if len(stem) > 3 and stem[-1] == stem[-2]:
                found.append(stem[:-1])
    return tuple(found)


def look_up(table: Table, word: str) -> str | None:
    """What a word asks for, also in the plural or another form of the verb."""
    return next((table[stem] for stem in stems(word) if stem in table), None)


def first_of(table: Table, words: Iterable[str]) -> str | None:
    """What the first word that the table knows asks for."""
    return next((name for word in words if (name := look_up(table, word)) is not None), None)


def all_of(table: Table, words: Iterable[str]) -> frozenset[str]:
    return frozenset(name for word in words if (name := look_up(table, word)) is not None)
