"""What a paragraph becomes on the screen: the size of its shot, who is in it, how long it holds. Modest guesses, by fixed rules."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field

from apexlang.screenplay.cast import MOST_NAMED, Cast
from apexlang.screenplay.model import Dialogue

SHORT = 12
"""Words of a paragraph that is one look at one person."""

READ_A_SECOND = 3.0
"""Words of action that are seen in a second."""

SPOKEN_A_SECOND = 2.5

SHORTEST_S, LONGEST_ACTION_S, LONGEST_S = 2.0, 8.0, 600.0

_CLOSE = re.compile(r"(?:EXTREME )?CLOSE(?:[- ]?UP)?\b(?: ON)?|C\.?U\.?\b|ANGLE ON\b|TIGHT ON\b", re.I)
_WIDE = re.compile(r"(?:WIDE|ESTABLISHING|AERIAL)\b(?: SHOT)?|LONG SHOT\b", re.I)
_INSERT = re.compile(r"INSERT\b")
_POV = re.compile(r".{0,30}\bP\.?O\.?V\b\.?")
_WIDE_SCRIPTS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(slots=True)
class Shot:
    """A shot on its way into the text. `words`: of action; `spoken`: words of speech; `turns`: speeches."""

    size: str
    people: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    words: int = 0
    spoken: int = 0
    turns: int = 0
    speaker: str = ""
    waiting: bool = False
    """It has a title and no action yet: the next paragraph belongs to it."""

    @property
    def head(self) -> str:
        return f"SHOT {self.size}" + (f" of {', '.join(self.people)}" if self.people else "")

    @property
    def hold(self) -> str:
        return f"{hold(self.words, self.spoken, self.turns):g}s"


def words(text: str) -> int:
    """Words to read; of scripts that do not part words, two signs count as one."""
    wide = len(_WIDE_SCRIPTS.findall(text))
    return len(text.split()) + wide // 2


def hold(action: int, spoken: int, turns: int) -> float:
    """Seconds, to the half: a second, and one more for each three words of action, eight at most for these; the speeches at
    two and a half words a second, and half a second for each. Two seconds at least."""
    seen = min(1.0 + action / READ_A_SECOND, LONGEST_ACTION_S) if action else 0.0
    total = seen + spoken / SPOKEN_A_SECOND + turns * 0.5
    return min(max(math.ceil(total * 2) / 2, SHORTEST_S), LONGEST_S)


def size(text: str, people: list[str], first: bool) -> str:
    """The size that a paragraph of action asks for."""
    start = text.lstrip("*_ ")
    if _CLOSE.match(start):
        return "close-up"
    if _INSERT.match(start):
        return "insert"
    if _POV.match(start):
        return "pov"
    if first or _WIDE.match(start):
        return "wide"
    return "close-up" if len(people) == 1 and words(text) <= SHORT else "medium"


def of_action(text: str, cast: Cast, first: bool) -> Shot:
    """The shot of a paragraph."""
    people = cast.named(text)
    shown = [name for name in people if cast.usable(name)][:MOST_NAMED]
    return Shot(size(text, people, first), shown, words=words(text))


def of_speech(element: Dialogue, name: str, cast: Cast, first: bool) -> Shot:
    """The shot of a speech that no action comes before."""
    away = "O.S" in element.extension or "V.O" in element.extension
    people = [name] if cast.usable(name) and not away else []
    return Shot("wide" if first else "medium", people)


def speak(shot: Shot, element: Dialogue) -> None:
    """Adds a speech to what a shot has to hold for."""
    shot.turns += 1
    shot.spoken += sum(words(part.text) for part in element.parts if part.kind != "parenthetical")
