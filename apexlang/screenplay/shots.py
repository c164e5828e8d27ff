"""What a paragraph becomes on the screen: the size of its shot, who is in it, how long it holds. Modest guesses, by fixed rules."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from apexlang.screenplay.cast import MOST_NAMED, Cast
from apexlang.screenplay.model import Dialogue

SHORT = 70
"""Characters of a paragraph that is one look at one person."""

SPOKEN_A_SECOND = 15.0
"""Characters of speech in a second: about what subtitles are held to."""

SEEN_A_SECOND = 20.0
"""Characters of action that are seen in a second, after a first second to find one's way."""

TURN_S = 0.5
"""Seconds between one speech and the next."""

SHORTEST_S, LONGEST_ACTION_S, LONGEST_S = 2.0, 8.0, 600.0

_CLOSE = re.compile(
    r"(?:EXTREME )?CLOSE(?:[- ]?UP)?\b|C\.?U\.?\b|(?:ANGLE|TIGHT) ON\b|(?:Extreme )?[Cc]lose(?:[- ]up)?(?: shot)? (?:on|of)\b"
)
_WIDE = re.compile(r"(?:WIDE|ESTABLISHING|AERIAL|LONG SHOT)\b|(?:Wide|Aerial|Establishing|Long) shot\b")
_INSERT = re.compile(r"INSERT\b")
_POV = re.compile(r".{0,30}\bP\.?O\.?V\b\.?")
_WIDE_SCRIPTS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_MEANT = re.compile(r"\b(?:he|she|they|him|her|them|his|their)\b", re.I)
_AWAY = re.compile(r"\b[OV]\.?\s?[SCO]\b")


@dataclass(slots=True)
class Shot:
    """A shot on its way into the text. `seen`, `spoken`: characters of action and of speech; `turns`: speeches."""

    size: str
    people: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    seen: int = 0
    spoken: int = 0
    turns: int = 0
    speaker: str = ""
    present: list[str] = field(default_factory=list)
    """Who speaks and is to be seen."""
    asked: bool = False
    """Its size is what the action asks for: `CLOSE ON the lamp`."""
    waiting: bool = False
    """It has a title and no action yet: the next paragraph belongs to it."""

    @property
    def shown(self) -> list[str]:
        """Those whom the action names; where it names nobody and asks for nothing, those who speak."""
        return self.people or ([] if self.asked else self.present[:MOST_NAMED])

    @property
    def head(self) -> str:
        return f"SHOT {self.size}" + (f" of {', '.join(self.shown)}" if self.shown else "")

    @property
    def hold(self) -> str:
        return f"{hold(self.seen, self.spoken, self.turns):g}s"


def length(text: str) -> int:
    """Characters to read; one of Chinese, Japanese or Korean counts as two."""
    return len(text) + len(_WIDE_SCRIPTS.findall(text))


def hold(seen: int, spoken: int, turns: int) -> float:
    """Seconds, to the next half: for action one, and one more for each 20 characters, 8 at most; for speech one for each 15
    characters and half a second for each speech. Two seconds at least."""
    action = min(1.0 + seen / SEEN_A_SECOND, LONGEST_ACTION_S) if seen else 0.0
    total = action + spoken / SPOKEN_A_SECOND + turns * TURN_S
    return min(max(math.ceil(total * 2) / 2, SHORTEST_S), LONGEST_S)


def asked(text: str) -> str:
    """The size that a text asks for by its words: `CLOSE ON the letter`, `SARAH'S POV`. Nothing where it does not."""
    start = text.lstrip("*_ ")
    for pattern, found in ((_CLOSE, "close-up"), (_INSERT, "insert"), (_POV, "pov"), (_WIDE, "wide")):
        if pattern.match(start):
            return found
    return ""


def size(text: str, people: list[str], opening: str) -> str:
    """The size of a paragraph of action: what it asks for itself; else, for the first of a scene, `opening`; close for a short
    look at one person, and medium."""
    found = asked(text) or opening
    if found:
        return found
    return "close-up" if len(people) == 1 and length(text) <= SHORT else "medium"


def of_action(text: str, cast: Cast, opening: str = "", before: Sequence[str] = ()) -> Shot:
    """The shot of a paragraph. `opening`: the size of a scene's first one, which this is; `before`: who was in the shot before,
    and so is meant where the text names nobody and says `he`, `she` or `they`."""
    people = cast.named(text)
    if not people and _MEANT.search(text):
        people = list(before)
    shown = [name for name in people if cast.usable(name)][:MOST_NAMED]
    return Shot(size(text, people, opening), shown, seen=length(text), asked=bool(asked(text)))


def speak(shot: Shot, element: Dialogue, name: str, cast: Cast) -> None:
    """Adds a speech to what a shot has to hold for, and its speaker to those who may be seen."""
    if name not in shot.present and cast.usable(name) and not _AWAY.search(element.extension):
        shot.present.append(name)
    shot.turns += 1
    shot.spoken += sum(length(part.text) for part in element.parts if part.kind != "parenthetical")
