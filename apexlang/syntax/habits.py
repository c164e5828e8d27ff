"""Habits from elsewhere: what writers of Fountain, of programs and of edit lists type, and what it is called here.

Each habit is a pattern of a line that is prose to the letter. It gives the message, and where the meaning is sure, the fix.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Habit:
    """`write`: what stands in place of the match (a template of `re`, or a function); None where only a person can tell.
    `says`: the message; `label`: at the place, where it is not what is meant; `helps`: what to do. `block`: the one kind of block
    that it is looked for in, TOP at the left edge."""

    pattern: re.Pattern[str]
    code: str
    says: str | Callable[[Match], str]
    label: str
    write: str | Callable[[Match], str | None] | None = None
    certain: Literal["safe", "maybe"] = "safe"
    helps: tuple[str, ...] = ("begin the line with `!` to keep it as prose",)
    block: str = ""

    def replacement(self, match: Match) -> str | None:
        if self.write is None or isinstance(self.write, str):
            return None if self.write is None else match.expand(self.write)
        return self.write(match)

    def message(self, match: Match) -> str:
        return self.says if isinstance(self.says, str) else self.says(match)


_COMPUTED = (
    "a film is not a program: there are no loops, conditions or functions in it",
    "for shots that are alike, write a `TEMPLATE`; a film that is computed is built through the Python API",
)

_MIXES = r"CROSS[- ]?FADE|CROSS[- ]?DISSOLVE|X-?FADE|X-?DISSOLVE|LAP[- ]DISSOLVE|MIX"

_SIZES: dict[str, str] = {
    "CLOSE ON": "close-up", "CLOSE UP": "close-up", "CLOSE-UP": "close-up", "CLOSEUP": "close-up", "CLOSE SHOT": "close-up",
    "ANGLE ON": "medium", "WIDE SHOT": "wide", "WIDE ON": "wide", "WIDE ANGLE": "wide", "MEDIUM SHOT": "medium", "FULL SHOT": "full",
    "LONG SHOT": "full", "ESTABLISHING SHOT": "establishing", "TWO SHOT": "two-shot", "INSERT": "insert", "POV": "pov",
    "EXTREME CLOSE UP": "extreme close-up", "EXTREME CLOSE-UP": "extreme close-up", "ECU": "extreme close-up",
    "OVER THE SHOULDER": "over the shoulder", "CU": "close-up", "MCU": "medium close-up", "WS": "wide", "MS": "medium", "LS": "full",
}  # fmt: skip
_SIZE = "|".join(re.escape(s) for s in sorted(_SIZES, key=len, reverse=True))


def _shot(match: Match) -> str | None:
    who = match[2].strip(" \t-–—:.")
    if who and match[1] in ("INSERT", "POV", "ESTABLISHING SHOT"):
        return None
    return f"SHOT {_SIZES[match[1]]}" + (f" of {who}" if who else "")


def _habit(pattern: str, code: str, says: str | Callable[[Match], str], label: str, **more: object) -> Habit:
    return Habit(re.compile(pattern), code, says, label, **more)  # type: ignore[arg-type]


HABITS: tuple[Habit, ...] = (
    # Comments of other languages.
    _habit(r";+|<!--(?=.*-->\s*$)", "W0107", "a comment begins with `//`", "this is prose", write="//"),
    _habit(r"--+(?=[ \t])", "W0107", "a comment begins with `//`", "this is prose", write="//", certain="maybe"),
    _habit(r"\*/", "W0107", "`*/` ends nothing: no `/*` is open above it", "this is prose", write="//", certain="maybe"),
    # Transitions by other names.
    _habit(rf"(?:>[ \t]*)?({_MIXES})(?:[ \t]+TO)?(?=[ \t]*$|[ \t]+[\d.]|[ \t]*[.:,])[.:]?", "W0108",
           lambda m: f"`{m[1]}` is prose: it is called DISSOLVE here", "", write="DISSOLVE"),
    _habit(r"(?:>[ \t]*)?(JUMP CUT|HARD CUT|STRAIGHT CUT)(?: TO)?[.:]?(?=[ \t]*$)", "W0108",
           lambda m: f"`{m[1]}` is prose: it is called CUT here", "", write="CUT"),
    _habit(r"(?:>[ \t]*)?(FADE (?:TO|FROM|UP TO) (?!BLACK)[A-Z]+)[.:]?(?=[ \t]*$|[ \t]+\d)", "W0108",
           lambda m: f"`{m[1]}` is prose: fades go to black, or come from it", "", write="FADE OUT", certain="maybe"),
    _habit(r"(FADE UP|FADE FROM BLACK|UP FROM BLACK)[.:]?(?=[ \t]*$|[ \t]+\d)", "W0108",
           lambda m: f"`{m[1]}` is prose: it is called FADE IN here", "", write="FADE IN"),
    _habit(r"(BLACK ?OUT|DIP TO BLACK|FADE)[.:]?(?=[ \t]*$|[ \t]+\d)", "W0108",
           lambda m: f"`{m[1]}` is prose: a fade is FADE IN or FADE OUT",
           "did you mean `FADE OUT`?", write="FADE OUT", certain="maybe"),
    _habit(r"TRANSITION[ \t]+(?i:(cut|dissolve|fade in|fade out|wipe|whip pan))\b", "W0108",
           "`TRANSITION` is prose: a transition is said by its own name", "", write=lambda m: m[1].upper()),
    _habit(r"FADE-?(IN|OUT)[.:]?(?=[ \t]*$|[ \t]+\d)", "W0108", lambda m: f"`{m[0].strip(' .:')}` is prose: it is two words", "",
           write=r"FADE \1"),
    _habit(r"(SMASH|MATCH)-?CUT(?: TO)?[.:]?(?=[ \t]*$)", "W0108", lambda m: f"`{m[0].strip(' .:')}` is prose: it is two words", "",
           write=r"\1 CUT"),
    # Titles.
    _habit(r"(SUPER|TITLE)(?: CARD)?[ \t]+(?=[\"“]|[A-Z]\w)", "W0109", lambda m: f"`{m[1]}` is prose: it has a colon",
           "", write=r"\1: "),
    # Shots as screenplays call them.
    _habit(rf"({_SIZE})(?: ON| OF)?((?:[ \t]*[-–—:][ \t]*|[ \t]+)[^a-z]*|[ \t]*)$", "W0109",
           lambda m: f"`{m[0].strip()}` is prose: a shot begins with `SHOT` and its size", "", write=_shot,
           certain="maybe", block="HEADING"),
    # Fountain.
    _habit(r">[ \t]*(?=[^a-z<]+$)", "W0109", "a transition needs no `>`", "delete this", write=""),
    _habit(r">[ \t]*(.*?)[ \t]*<[ \t]*$", "W0109", "a text in the middle of the picture is a TITLE or a SUPER", "this is prose",
           write=r"SUPER: \1", certain="maybe"),
    _habit(r"(?=={3,}[ \t]*$)", "W0109", "a film has no pages: this is prose", "a page break means nothing here", write="// "),
    _habit(r"Title:[ \t]*(\S.*?)[ \t]*$", "W0109", "a film's title stands after FILM", "this is prose",
           write=lambda m: 'FILM "' + m[1].strip('"“”_*').replace('"', '""') + '"', block="TOP"),
    _habit(r"(?=(?:Author|Authors|Credit|Source|Draft date|Contact|Copyright|Notes)s?:)", "W0109",
           "there is no title page: what is for people is a comment", "begin the line with `//`", write="// ", block="TOP"),
    # Style sheets and data.
    _habit(r"[-*+][ \t]+(?=[a-z][a-z0-9_-]*:[ \t])", "W0109", "a property begins with its name", "delete this", write=""),
    _habit(r"\"([a-z][a-z0-9_-]*)\"[ \t]*:[ \t]*(\S.{0,200}?),?$", "W0109", "a property's name has no quotation marks", "",
           write=r"\1: \2"),
    _habit(r"[{}\[\]();,]{1,3}$", "W0109", "blocks are made by indentation, without brackets", "delete this", write=""),
    # Edit decision lists.
    _habit(r"\d{3,6}[ \t]+\S+[ \t]+(?:V\d*|A\d*|AA|A2|B|AA/V|A/V|NONE)[ \t]+(?:C|D|W\d*|K)\b.*", "W0109",
           "this is an event of an edit list: a film is made of shots", "not a line of a film",
           helps=("an event is a SHOT with `clip: \"FILE\" from 00:00:03:00` and `hold: 2s 12f`; "
                  "a D is a DISSOLVE between two shots",)),
    _habit(r"(?=FCM:[ \t]*(?:NON-DROP|DROP))", "W0109", "drop-frame follows from the rate: `format: 29.97fps`",
           "not a line of a film", write="// "),
    _habit(r"(?=\*[ \t]*(?:FROM CLIP NAME|TO CLIP NAME|COMMENT|SOURCE FILE)\b)", "W0109", "a remark of an edit list is a comment here",
           "begin the line with `//`", write="// "),
    # Programs.
    _habit(r"([a-z_]\w*)[ \t]*=[ \t]*([^\s=].*)$", "W0109", "a name for a value stands under SET", "this is prose", block="TOP",
           helps=("write `SET`, and indented under it `name: value`; `{name}` then stands for it",)),
    _habit(r"from[ \t]+(std[\w.]*)[ \t]+import[ \t]+(\w+)[ \t]*;?(?=[ \t]*$)|import[ \t]+(std[\w.]*)[ \t]*;?(?=[ \t]*$)", "W0109",
           "a film takes in names with USE", "",
           write=lambda m: f"USE {m[1]}.{m[2]}" if m[1] else f"USE {m[3]}"),
    _habit(r"(?:import|include|#include)[ \t]+[\"'<]([^\"'>]+)[\"'>][ \t]*;?", "W0109", "a film takes in other files with USE",
           "", write=r'USE "\1"'),
    _habit(r"(?:import|from)[ \t]+[\w.]+(?:[ \t]+import\b.*)?[ \t]*$", "W0109", "a film takes in names with USE", "this is prose",
           helps=("like `USE std.grades.teal_orange` or `USE \"cast.apex\"`",)),
    _habit(r"(?:async[ \t]+)?(?:def|function|fn)[ \t]+(\w+)[ \t]*\(([^)]*)\)[ \t]*(?:->.*)?[:{]?[ \t]*$", "W0109",
           "what is used again is a TEMPLATE", "this is prose", certain="maybe", write=r"TEMPLATE \1 (\2)", helps=_COMPUTED[:1]),
    _habit(r"(?:for|while|if|elif|else|with|class|try|except|match)\b.*[:{][ \t]*$", "W0109", "a film has no loops and no conditions",
           "this is prose", helps=_COMPUTED),
)  # fmt: skip
"""In the order in which they are looked for."""

STRUCTURE_KEYS: dict[str, str] = {
    "shot": "SHOT", "scene": "SCENE", "film": "FILM", "character": "CHARACTER", "use": "USE", "import": "USE", "include": "USE",
    "template": "TEMPLATE", "variant": "VARIANT", "dissolve": "DISSOLVE", "fade-in": "FADE IN", "fade_in": "FADE IN",
    "fade-out": "FADE OUT", "fade_out": "FADE OUT", "super": "SUPER:", "caption": "SUPER:",
}  # fmt: skip
"""Small words with a colon that are meant as structure."""

STRUCTURE_CUES = frozenset(
    {"FILM", "USE", "SET", "CHARACTER", "LOOK", "GRADE", "MOVE", "DELIVER", "TEMPLATE", "VARIANT", "SHOT", "SCENE",
     "DISSOLVE", "FADE IN", "FADE OUT", "CUT"}
)  # fmt: skip
"""Words of structure that nobody is called: with a colon they look like a speaker."""


def habit(text: str, block: str) -> tuple[Habit, Match] | None:
    """The habit that a line of prose shows, if any. `block`: the kind of block that it stands in, TOP at the left edge."""
    if text[:1].isupper() and text[1:2].islower() and ":" not in text[:16]:  # nearly all prose begins so
        return None
    for one in HABITS:
        if one.block and one.block != block:
            continue
        match = one.pattern.match(text)
        if match is not None:
            return one, match
    return None
